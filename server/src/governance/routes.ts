// Governance's door for people.
import * as api from "@partcommune/shared/governance/api";
import type { Door } from "../platform/doors.ts";
import * as actions from "./actions/founding.ts";
import * as store from "./store/bylaws.ts";

export function routes(door: Door): void {
  door.write(api.foundCoop, actions.foundCoop);
  door.read(api.listBylaws, (view) => store.bylawsInForce(view));
  door.read(api.listBylawVersions, store.versionsOf);
}
