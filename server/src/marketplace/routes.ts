// The marketplace's door for people.
import * as api from "@partcommune/shared/marketplace/api";
import type { Door } from "../platform/doors.ts";
import { acceptBid } from "./actions/acceptance.ts";
import { approveHandIn } from "./actions/approval.ts";
import * as covering from "./actions/cover.ts";
import * as working from "./actions/work.ts";
import * as bidding from "./actions/bids.ts";
import * as posting from "./actions/jobs.ts";
import { setMySkills } from "./actions/skills.ts";
import * as binding from "./actions/engagements.ts";
import * as bids from "./store/bids.ts";
import * as engagements from "./store/engagements.ts";
import * as jobs from "./store/jobs.ts";
import { searchPage } from "./store/search.ts";
import * as skills from "./store/skills.ts";
import * as workspace from "./store/workspace.ts";

export function routes(door: Door): void {
  door.write(api.postJob, posting.postJob);
  door.read(api.searchJobs, searchPage);
  door.read(api.readJob, jobs.jobPage);
  door.read(api.listSkills, skills.skillsCalled);
  door.read(api.listMySkills, skills.skillsOf);
  door.write(api.setMySkills, setMySkills);
  door.write(api.withdrawJob, posting.withdrawJob);
  door.write(api.placeBid, bidding.placeBid);
  door.read(api.listBids, bids.bidsSeenBy);
  door.write(api.withdrawBid, bidding.withdrawBid);
  door.write(api.acceptBid, acceptBid);
  door.read(api.listEngagements, engagements.engagementsOf);
  door.read(api.readEngagement, workspace.engagementPage);
  door.write(api.signEngagement, binding.signEngagement);
  door.write(api.declineEngagement, binding.declineEngagement);
  door.read(api.listUncovered, workspace.uncovered);
  door.write(api.coverEngagement, covering.coverEngagement);
  door.write(api.sendBackEngagement, covering.sendBackEngagement);
  door.write(api.startEngagement, working.startEngagement);
  door.write(api.cancelEngagement, working.cancelEngagement);
  door.write(api.handIn, working.handIn);
  door.write(api.approveHandIn, approveHandIn);
  door.write(api.askChanges, working.askChanges);
  door.write(api.openDispute, working.openDispute);
  door.write(api.endDispute, working.endDispute);
  door.topic("engagement", (view, engagement) => workspace.engagementPage(view, { engagement }));
  door.topic("job", (view, job) => jobs.jobPage(view, { job, labels: "en" }));
}
