// The marketplace's door for the clock.
import { z } from "zod";
import { rhythms } from "@partcommune/shared/marketplace/rules/saved-search";
import { CountJson, IdText, Nothing } from "@partcommune/shared/platform/api";
import { duty, type Duty } from "../platform/domain.ts";
import { lapseAmendment } from "./actions/amendment-end.ts";
import { approveBySilence } from "./actions/approval.ts";
import { lapseEngagement } from "./actions/engagements.ts";
import { closeJob } from "./actions/jobs.ts";
import { lapseJob } from "./actions/posted.ts";
import { leaveSettled, settled } from "./actions/leaving.ts";
import { lapseBid } from "./actions/revisions.ts";
import { tellFinds } from "./actions/searches.ts";
import { refreshWords } from "./actions/words.ts";
import { endReference } from "./actions/references.ts";
import { remindClient, startEngagement } from "./actions/work.ts";
import { amendmentsToLapse } from "./store/amendments.ts";
import { engagementsToStart } from "./store/engagements.ts";
import { jobsToClose } from "./store/jobs.ts";
import { jobsToLapse } from "./store/posted.ts";
import { bidsToLapse } from "./store/revisions.ts";
import { findsDue } from "./store/searches.ts";
import { milestonesToApprove, milestonesToRemind } from "./store/milestones.ts";
import { quotesToLapse } from "./store/quotes.ts";
import { referencesToEnd } from "./store/references.ts";

export const duties: readonly Duty[] = [
  duty({
    verb: { name: "job.close", input: z.strictObject({ job: IdText }), answer: Nothing, status: 200 },
    due: async (view) => (await jobsToClose(view)).map(({ id, bidsUntil }) => ({ key: `${id}:${bidsUntil}`, input: { job: id } })),
    act: closeJob,
  }),
  duty({
    verb: { name: "job.lapse", input: z.strictObject({ job: IdText }), answer: Nothing, status: 200 },
    due: async (view) => (await jobsToLapse(view)).map(({ id, lapsesAt }) => ({ key: `${id}:${lapsesAt}`, input: { job: id } })),
    act: lapseJob,
  }),
  duty({
    verb: { name: "bid.lapse", input: z.strictObject({ bid: IdText, job: IdText, version: CountJson }), answer: Nothing, status: 200 },
    due: async (view) =>
      (await bidsToLapse(view)).map(({ id, job, version }) => ({
        key: `${id}:${version}`,
        input: { bid: id, job, version: Number(version) },
      })),
    act: lapseBid,
  }),
  duty({
    verb: { name: "engagement.lapse", input: z.strictObject({ engagement: IdText }), answer: Nothing, status: 200 },
    due: async (view) => (await quotesToLapse(view)).map(({ id, signUntil }) => ({ key: `${id}:${signUntil}`, input: { engagement: id } })),
    act: lapseEngagement,
  }),
  duty({
    verb: { name: "engagement.lapseAmendment", input: z.strictObject({ engagement: IdText }), answer: Nothing, status: 200 },
    due: async (view) => (await amendmentsToLapse(view)).map(({ id, engagement }) => ({ key: id, input: { engagement } })),
    act: lapseAmendment,
  }),
  duty({
    verb: { name: "engagement.start", input: z.strictObject({ engagement: IdText }), answer: Nothing, status: 200 },
    due: async (view) => (await engagementsToStart(view)).map(({ id }) => ({ key: id, input: { engagement: id } })),
    act: startEngagement,
  }),
  duty({
    verb: { name: "milestone.remind", input: z.strictObject({ milestone: IdText }), answer: Nothing, status: 200 },
    due: async (view) => (await milestonesToRemind(view)).map(({ id, at }) => ({ key: `${id}:${at}`, input: { milestone: id } })),
    act: remindClient,
  }),
  duty({
    verb: { name: "milestone.approveBySilence", input: z.strictObject({ milestone: IdText }), answer: Nothing, status: 200 },
    due: async (view) => (await milestonesToApprove(view)).map(({ id, at }) => ({ key: `${id}:${at}`, input: { milestone: id } })),
    act: approveBySilence,
  }),
  duty({
    verb: { name: "search.tell", input: z.strictObject({ person: IdText, rhythm: z.enum(rhythms) }), answer: Nothing, status: 200 },
    due: async (view) =>
      (await findsDue(view)).map(({ person, rhythm, at }) => ({ key: `${person}:${rhythm}:${at}`, input: { person, rhythm } })),
    act: tellFinds,
  }),
  duty({
    verb: { name: "search.refreshWords", input: Nothing, answer: Nothing, status: 200 },
    due: async ({ now }) => [{ key: now.slice(0, "2026-12-01T09".length), input: {} }],
    act: refreshWords,
  }),
  duty({
    verb: { name: "member.leave", input: z.strictObject({ member: IdText }), answer: Nothing, status: 200 },
    due: async (view) => (await settled(view)).map((member) => ({ key: member, input: { member } })),
    act: leaveSettled,
  }),
  duty({
    verb: { name: "reference.end", input: z.strictObject({ reference: IdText }), answer: Nothing, status: 200 },
    due: async (view) => (await referencesToEnd(view)).map(({ id }) => ({ key: id, input: { reference: id } })),
    act: endReference,
  }),
];
