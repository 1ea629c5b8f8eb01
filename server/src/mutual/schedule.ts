// The fund's door for the clock: every minute somebody may be paid ahead, come into the queue, or leave it.
import { z } from "zod";
import { duty, type Duty } from "../platform/domain.ts";
import { frontInTurn, wouldMove } from "./actions/fronting.ts";

const Fronted = z.object({ fronted: z.int(), queued: z.int() });

export const duties: readonly Duty[] = [
  duty({
    verb: { name: "guarantee.front", input: z.strictObject({}), answer: Fronted, status: 200 },
    due: async (view) => ((await wouldMove(view)) ? [{ key: view.now.slice(0, 16), input: {} }] : []),
    act: frontInTurn,
  }),
];
