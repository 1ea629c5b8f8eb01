// Fedify beside a coop: started for a test, asked over a pipe, and gone with it.
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Test } from "tap";
import type { Asked, Heard, Looked, Sent } from "./fedify-peer.ts";

export type Fedify = {
  readonly origin: string;
  readonly ask: <Question extends Asked>(asked: Question) => Promise<AnswerTo<Question>>;
};
type AnswerTo<Question extends Asked> = Question extends { look: string }
  ? Looked
  : Question extends { send: string }
    ? Sent
    : Question extends { verify: unknown }
      ? readonly (string | undefined)[]
      : readonly Heard[];

type Reply = { readonly no: number; readonly answer?: unknown; readonly fault?: string };

export async function openFedify(t: Test): Promise<Fedify> {
  const child = fork(join(import.meta.dirname, "fedify-peer.ts"));
  const gone = once(child, "exit");
  t.teardown(async () => {
    child.disconnect();
    await gone;
  });
  const [origin] = (await Promise.race([once(child, "message"), gone])) as unknown[];
  if (typeof origin !== "string") throw new Error("Fedify did not open");
  const waiting = new Map<number, (reply: Reply) => void>();
  child.on("message", (reply: Reply) => waiting.get(reply.no)?.(reply));
  let asks = 0;
  const ask: Fedify["ask"] = async (asked) => {
    const no = (asks += 1);
    const { promise, resolve } = Promise.withResolvers<Reply>();
    waiting.set(no, resolve);
    child.send({ no, asked });
    const { answer, fault } = await promise;
    if (fault !== undefined) throw new Error(fault);
    return answer as AnswerTo<typeof asked>;
  };
  return { origin, ask };
}
