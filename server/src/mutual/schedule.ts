// The mutual fund's door for the clock.
import { Nothing } from "@partcommune/shared/platform/api";
import { duty, type Duty } from "../platform/domain.ts";
import { MonthToRun, runPresets, watchFund, Watching } from "./actions/watching.ts";
import { monthToRun } from "./store/stress-runs.ts";
import { unwatched } from "./store/warnings.ts";

export const duties: readonly Duty[] = [
  duty({
    verb: { name: "fund.watch", input: Watching, answer: Nothing, status: 200 },
    due: async (view) => {
      const entry = (await unwatched(view))?.toString();
      return entry === undefined ? [] : [{ key: `${view.now.slice(0, 10)}:${entry}`, input: { entry } }];
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
];
