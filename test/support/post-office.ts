// A mail server on this machine that keeps what it is given, for a coop in a process of its own.
import { SMTPServer } from "smtp-server";
import { freePort } from "@partcommune/server/platform/postgres";

export type PostOffice = {
  /** Where letters are brought, as `MAIL_URL` says it. */
  readonly url: string;
  /** The text of every letter to an address, the newest last. */
  readonly lettersTo: (address: string) => readonly string[];
  readonly close: () => Promise<void>;
};

export async function openPostOffice(): Promise<PostOffice> {
  const letters: { readonly to: string; readonly text: string }[] = [];
  const port = await freePort();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => void chunks.push(chunk));
      stream.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        letters.push(...envelope.rcptTo.map(({ address }) => ({ to: address, text })));
        done();
      });
    },
  });
  server.on("error", () => undefined); // a client that is killed hangs up in the middle of a word
  await new Promise<void>((open) => server.listen(port, "127.0.0.1", open));
  return {
    url: `smtp://127.0.0.1:${port}`,
    lettersTo: (address) => letters.filter(({ to }) => to === address).map(({ text }) => text),
    close: () => new Promise((closed) => void server.close(() => closed())),
  };
}
