// The verbs of a posted job: more time, another beginning, a change, and its end by the clock.
import type * as api from "@partcommune/shared/marketplace/api";
import { isSealed } from "@partcommune/shared/marketplace/rules/choosing";
import { objectionToBargain } from "@partcommune/shared/marketplace/rules/job";
import {
  bidOnFields,
  changedFields,
  objectionToChange,
  objectionToChanging,
  objectionToExtending,
  objectionToReopening,
  type JobTerms,
} from "@partcommune/shared/marketplace/rules/posted";
import { confirmMs } from "@partcommune/shared/marketplace/rules/revision";
import { objectionToSkills } from "@partcommune/shared/marketplace/rules/skill";
import { dayOf, endOfDay } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { later } from "@partcommune/shared/platform/time";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import { changeTerms, saveChange } from "../store/changes.ts";
import { sealingOf } from "../store/choosing.ts";
import { moveJob } from "../store/jobs.ts";
import * as store from "../store/posted.ts";
import { askBidsAgain, reassembleBids } from "../store/revisions.ts";
import { knownSkills } from "../store/skills.ts";
import { termsOf } from "../store/terms.ts";
import { aboutBid } from "./about-bid.ts";
import { rejectOthers } from "./engagements.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

const aboutJob = (id: Id): readonly string[] => ["jobs", `job:${id}`];

/** Takes bids for longer. */
export const extendJob: Act<typeof api.extendJob> = async (scope, { job: id, bidsUntil: lastDay }) => {
  const job = found(await store.postedJob(scope, id));
  const bidsUntil = endOfDay(lastDay, job.zone);
  refuseIf(objectionToExtending(job, bidsUntil, scope.actor, scope.now));
  refuseUnless(await store.extendJob(scope, id, job.version, bidsUntil), "job-changed");
  scope.emit({ type: "job.extended", subject: id, body: { client: job.client }, about: aboutJob(id) });
  return { bidsUntil };
};

/** Opens a closed job again; the bids that stand stay. */
export const reopenJob: Act<typeof api.reopenJob> = async (scope, { job: id, bidsUntil: lastDay }) => {
  const job = found(await store.postedJob(scope, id));
  const bidsUntil = endOfDay(lastDay, job.zone);
  refuseIf(objectionToReopening(job, bidsUntil, scope.actor, scope.now));
  refuseUnless(await store.reopenJob(scope, id, bidsUntil), "not-in-this-state", { state: job.state });
  scope.emit({ type: "job.reopened", subject: id, body: { client: job.client }, about: aboutJob(id) });
  return { bidsUntil };
};

/** Says the work anew; whoever bid on what it said is asked again. */
export const changeJob: Act<typeof api.changeJob> = async (scope, { job: id, version: shown, ...said }) => {
  const job = found(await store.postedJob(scope, id));
  refuseIf(objectionToChanging(job, scope.actor, scope.now));
  const before = found(await termsOf(scope, id));
  const after: JobTerms = { ...said, skills: [...new Set(said.skills)] };
  refuseIf(objectionToChange(before, after, shown, job) ?? objectionToBargain(after, { ...job, today: dayOf(scope.now, job.zone) }));
  refuseIf(objectionToSkills(after.skills, await knownSkills(scope, after.skills)));
  refuseUnless(await changeTerms(scope, id, shown, after), "job-changed");
  const version = shown + 1n;
  const fields = changedFields(before, after);
  scope.emit({ type: "job.changed", subject: id, body: { client: job.client, fields }, about: aboutJob(id) });
  const asked = await tellBidders(scope, id, { version, before, after });
  return { version, ...(asked === undefined ? {} : { askedAgain: asked }) };
};

type Versions = { readonly version: bigint; readonly before: JobTerms; readonly after: JobTerms };

/** Keeps what bids were made on and asks each bidder again; how many are asked, unless they are sealed. None where nothing of it differs. */
export async function tellBidders(scope: Scope, job: Id, { version, before, after }: Versions): Promise<number | undefined> {
  const differs = changedFields(before, after);
  const fields = bidOnFields.filter((field) => differs.includes(field));
  const sealing = await sealingOf(scope, job);
  if (fields.length === 0) return isSealed(sealing) ? undefined : 0;
  await saveChange(scope, job, { version, fields, before, after });
  const asked = await askBidsAgain(scope, job, later(scope.now, confirmMs));
  for (const bid of asked) scope.emit({ type: "bid.askedAgain", subject: bid, body: { job }, about: aboutBid(job, sealing) });
  const together = await reassembleBids(scope, job);
  for (const bid of together) scope.emit({ type: "bid.assembled", subject: bid, body: { job }, about: aboutBid(job, sealing) });
  return isSealed(sealing) ? undefined : asked.length + together.length;
}

/** Ends a closed job for which nobody was chosen in time, and says no to every bid that stands. */
export const lapseJob: Action<{ job: Id }, Record<string, never>> = async (scope, { job: id }) => {
  const { client, state } = found(await store.postedJob(scope, id));
  refuseUnless(await moveJob(scope, id, "lapse"), "not-in-this-state", { state });
  await rejectOthers(scope, id);
  scope.emit({ type: "job.lapsed", subject: id, body: { client }, about: aboutJob(id) });
  return {};
};
