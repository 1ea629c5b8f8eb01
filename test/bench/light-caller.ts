// A caller of HTTP that costs next to nothing: on two cores, what a caller takes the server it measures does not have, and the faster of two loses more by it.
import { once } from "node:events";
import { connect } from "node:net";

/** What is posted: where to, and the headers that go with the body. */
export type Post = { readonly url: URL; readonly headers: Readonly<Record<string, string>>; readonly body: Buffer };

export type LightCaller = {
  /** Posts and waits for the whole answer; its status. One at a time. */
  readonly post: (asked: Post) => Promise<number>;
  readonly close: () => void;
};

/** Opens one connection that is kept. */
export async function openLightCaller({ hostname, port }: URL): Promise<LightCaller> {
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, "connect");
  let [read, waiting]: [string, PromiseWithResolvers<number> | undefined] = ["", undefined];
  socket.setEncoding("latin1").on("data", (text: string) => {
    read += text;
    if (!isWhole(read)) return;
    const status = Number(read.slice("HTTP/1.1 ".length, "HTTP/1.1 ".length + 3));
    read = "";
    waiting?.resolve(status);
  });
  const gone = (error?: Error): void => waiting?.reject(error ?? new Error("the connection was closed"));
  socket.on("error", gone).on("close", () => gone());
  return {
    post: (asked) => {
      waiting = Promise.withResolvers<number>();
      socket.write(bytesOf(asked));
      return waiting.promise;
    },
    close: () => void socket.destroy(),
  };
}

function bytesOf({ url, headers, body }: Post): Buffer {
  const lines = Object.entries({ host: url.host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST ${url.pathname} HTTP/1.1\r\n${lines.join("")}\r\n`, "latin1"), body]);
}

/** Whether an answer has come to its end: by its length, or by its last chunk. */
function isWhole(answer: string): boolean {
  const head = answer.indexOf("\r\n\r\n");
  if (head < 0) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(answer.slice(0, head + 2))?.[1];
  return length === undefined ? answer.endsWith("0\r\n\r\n") : answer.length >= head + 4 + Number(length);
}
