// The doors of the transparency logs: anybody may ask.
import * as api from "@partcommune/shared/platform/api/transparency";
import type { Door } from "../doors.ts";
import { consistencyTold, headsTold, headTold, inclusionTold } from "./heads.ts";

export function routes(door: Door): void {
  door.read(api.readHead, headTold);
  door.read(api.listHeads, headsTold);
  door.read(api.readConsistency, consistencyTold);
  door.read(api.readInclusion, inclusionTold);
}
