// The marketplace's door for people.
import * as api from "@partcommune/shared/marketplace/api";
import type { Door } from "../platform/doors.ts";
import * as actions from "./actions.ts";
import * as store from "./store.ts";

export function routes(door: Door): void {
  door.write(api.postJob, actions.postJob);
  door.read(api.listJobs, store.openJobs);
  door.read(api.readJob, store.jobPage);
  door.write(api.withdrawJob, actions.withdrawJob);
  door.topic("job", (view, job) => store.jobPage(view, { job }));
}
