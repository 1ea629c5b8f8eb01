// npm run coop -- keys: the keys that the coop signs with to other coops.
import { z } from "zod";
import { operator } from "@partcommune/shared/platform/actor";
import { askNewKeys } from "../federation/index.ts";
import { newId, realClock, realRandom } from "../platform/world.ts";
import { writing } from "./writing.ts";

const verb = { name: "keys rotate", input: z.strictObject({}), answer: z.object({ actors: z.int() }), status: 200 };

/** Has the server make new keys for the coop, its board, and everybody of it who signs. */
export async function rotateKeys(): Promise<void> {
  const session = newId({ random: realRandom }, realClock());
  const { actors } = await writing(async ({ perform }) => {
    const done = await perform(operator, verb, askNewKeys, {}, { key: `cli:${session}:1`, cause: session });
    return verb.answer.parse(JSON.parse(done.answer));
  });
  console.log(
    actors === 0
      ? "Nobody of this coop has signed anything yet; keys are made when they are first needed."
      : `New keys for ${actors} ${actors === 1 ? "actor" : "actors"}: the server makes them now, or when it next starts, and tells the other coops.`,
  );
}
