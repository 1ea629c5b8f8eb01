// The marketplace's door for people.
import * as api from "@partcommune/shared/marketplace/api";
import type { Door } from "../platform/doors.ts";
import * as bidding from "./actions/bids.ts";
import * as posting from "./actions/jobs.ts";
import * as bids from "./store/bids.ts";
import * as jobs from "./store/jobs.ts";

export function routes(door: Door): void {
  door.write(api.postJob, posting.postJob);
  door.read(api.listJobs, jobs.openJobs);
  door.read(api.readJob, jobs.jobPage);
  door.write(api.withdrawJob, posting.withdrawJob);
  door.write(api.placeBid, bidding.placeBid);
  door.read(api.listBids, bids.bidsSeenBy);
  door.write(api.withdrawBid, bidding.withdrawBid);
  door.topic("job", (view, job) => jobs.jobPage(view, { job }));
}
