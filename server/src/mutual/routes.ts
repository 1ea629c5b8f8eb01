// The mutual fund's door for people.
import * as api from "@partcommune/shared/mutual/api";
import type { Door } from "../platform/doors.ts";
import * as fund from "./store/fund.ts";

export function routes(door: Door): void {
  door.read(api.readFund, (view) => fund.fundPage(view));
}
