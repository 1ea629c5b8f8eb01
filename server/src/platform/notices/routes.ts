// The doors of notices.
import * as api from "@partcommune/shared/platform/api/notices";
import { personActing } from "../acting.ts";
import type { Door } from "../doors.ts";
import * as telling from "./actions.ts";
import * as store from "./store.ts";

export function routes(door: Door): void {
  door.read(api.listNotices, store.noticesOf);
  door.read(api.readBell, (view) => store.bell(view));
  door.write(api.markNoticesRead, telling.markNoticesRead);
  door.read(api.readNoticeChoices, (view) => store.choicesOf(view.db, personActing(view.actor)));
  door.write(api.chooseNotices, telling.chooseNotices);
  door.write(api.unsubscribe, telling.unsubscribe);
  door.topic("person", async ({ actor }, id) => (actor.kind === "person" && actor.person === id ? id : undefined));
}
