// The mutual fund's door for people.
import * as api from "@partcommune/shared/mutual/api";
import type { Door } from "../platform/doors.ts";
import { answerWarning } from "./actions/watching.ts";
import * as fund from "./store/fund.ts";
import { stressPage } from "./store/stress.ts";

export function routes(door: Door): void {
  door.read(api.readFund, (view) => fund.fundPage(view));
  door.write(api.answerWarning, answerWarning);
  door.read(api.readStress, (view) => stressPage(view));
}
