// The fund's door for the clock: every minute somebody may be paid ahead, come into the queue, or leave it; it looks at its own figures, and each month it asks what would break it and rehearses its own end.
import { z } from "zod";
import { Nothing } from "@partcommune/shared/platform/api";
import { duty, type Duty } from "../platform/domain.ts";
import { frontInTurn, wouldMove } from "./actions/fronting.ts";
import { MonthToRun, runPresets, watchFund, Watching } from "./actions/watching.ts";
import { callRehearsal } from "./actions/rehearsing.ts";
import { monthToRehearse } from "./store/winding-down.ts";
import { monthToRun } from "./store/stress-runs.ts";
import { unwatched } from "./store/warnings.ts";

const Fronted = z.object({ fronted: z.int(), queued: z.int() });

export const duties: readonly Duty[] = [
  duty({
    verb: { name: "guarantee.front", input: z.strictObject({}), answer: Fronted, status: 200 },
    due: async (view) => ((await wouldMove(view)) ? [{ key: view.now.slice(0, 16), input: {} }] : []),
    act: frontInTurn,
  }),
  duty({
    verb: { name: "fund.watch", input: Watching, answer: Nothing, status: 200 },
    due: async (view) => {
      const newest = await unwatched(view);
      return newest ? [{ key: `${newest.today}:${newest.entry}`, input: { ...newest, entry: String(newest.entry) } }] : [];
    },
    act: watchFund,
  }),
  duty({
    verb: { name: "fund.stress", input: MonthToRun, answer: Nothing, status: 200 },
    due: async (view) => {
      const month = await monthToRun(view);
      return month === undefined ? [] : [{ key: month, input: { month } }];
    },
    act: runPresets,
  }),
  duty({
    verb: { name: "windDown.call", input: MonthToRun, answer: Nothing, status: 200 },
    due: async (view) => {
      const month = await monthToRehearse(view);
      return month === undefined ? [] : [{ key: month, input: { month } }];
    },
    act: callRehearsal,
  }),
];
