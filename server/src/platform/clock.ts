// The clock asks, it is not told: once a minute, what is due now? A deadline that moves needs no job moved.
import { clock } from "@partcommune/shared/platform/actor";
import type { Duty } from "./domain.ts";
import type { Perform } from "./perform.ts";
import { Refused } from "./refused.ts";
import { coopCard } from "./store.ts";
import type { View } from "./scope.ts";
import type { World } from "./world.ts";

/** Does everything due at the view's instant, and says how much that was; before a coop is founded nothing is. Several processes may ask at once: the key decides who acts. */
export async function keepTime(
  duties: readonly Duty[],
  view: View,
  { perform, reach }: { readonly perform: Perform; readonly reach: World["reach"] },
  failed: (error: unknown) => void,
): Promise<number> {
  if (!(await coopCard(view)).founded) return 0;
  let done = 0;
  for (const { verb, due, act } of duties) {
    for (const { key, input } of await due(view)) {
      reach("due-found");
      const call = { key: `due:${verb.name}:${key}`, cause: "clock" };
      await perform(clock, verb, act, input, call).catch((error: unknown) => {
        // A thing that another hand dealt with in the meantime refuses by itself; anything else is told, and the next thing gets its turn.
        if (!(error instanceof Refused)) failed(error);
      });
      done += 1;
      reach("due-done");
    }
  }
  return done;
}
