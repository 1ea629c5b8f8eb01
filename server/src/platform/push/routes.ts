// The doors of push.
import * as api from "@partcommune/shared/platform/api/push";
import type { Door } from "../doors.ts";
import * as actions from "./actions.ts";
import { pushCard } from "./store.ts";

export function routes(door: Door): void {
  door.read(api.readPush, pushCard);
  door.write(api.subscribePush, actions.subscribePush);
  door.write(api.unsubscribePush, actions.unsubscribePush);
}
