// The marketplace's door for people.
import * as api from "@partcommune/shared/marketplace/api";
import type { Door } from "../platform/doors.ts";
import * as bids from "./actions/bids.ts";
import * as engagements from "./actions/engagements.ts";
import * as actions from "./actions/jobs.ts";
import { bidsSeenBy } from "./store/bids.ts";
import { engagementPage, engagementsOf } from "./store/engagements.ts";
import * as store from "./store/jobs.ts";

export function routes(door: Door): void {
  door.write(api.postJob, actions.postJob);
  door.read(api.listJobs, store.openJobs);
  door.read(api.readJob, store.jobPage);
  door.write(api.withdrawJob, actions.withdrawJob);
  door.write(api.placeBid, bids.placeBid);
  door.read(api.listBids, bidsSeenBy);
  door.write(api.withdrawBid, bids.withdrawBid);
  door.write(api.acceptBid, bids.acceptBid);
  door.read(api.listEngagements, engagementsOf);
  door.read(api.readEngagement, engagementPage);
  door.write(api.signEngagement, engagements.signEngagement);
  door.write(api.declineEngagement, engagements.declineEngagement);
  door.topic("engagement", (view, engagement) => engagementPage(view, { engagement }));
  door.topic("job", (view, job) => store.jobPage(view, { job }));
}
