// A wire to PostgreSQL that a test can cut and mend, as a machine or a network between would.
import { connect, createServer, type Socket } from "node:net";
import type { Test } from "tap";

export type Wire = {
  /** The database's address through the wire. */
  readonly url: string;
  /** Ends every connection and lets none in. */
  readonly cut: () => Promise<void>;
  readonly mend: () => Promise<void>;
  /** From now on until it is mended the database hears what it is told, and nobody hears its answers. */
  readonly deafen: () => void;
};

export async function openWire(t: Test, target: string): Promise<Wire> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let deaf = false;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => void (open.delete(one), other.destroy()));
      one.on("data", (bytes) => void (deaf && one === far ? undefined : other.write(bytes)));
      one.on("end", () => other.end());
    }
  });
  const listen = (at: number): Promise<void> => new Promise((ready) => void server.listen(at, "127.0.0.1", ready));
  await listen(0);
  const { port: here } = server.address() as { port: number };
  const cut = async (): Promise<void> => {
    for (const socket of open) socket.destroy();
    if (server.listening) await new Promise((closed) => void server.close(closed));
  };
  t.teardown(cut);
  return {
    url: Object.assign(new URL(target), { port: String(here) }).href,
    cut,
    mend: async () => {
      deaf = false;
      await listen(here);
    },
    deafen: () => void (deaf = true),
  };
}
