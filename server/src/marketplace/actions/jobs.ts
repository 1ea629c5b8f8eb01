// The verbs of the marketplace: each loads, asks the rule, saves, and records what happened.
import type * as api from "@partcommune/shared/marketplace/api";
import { objectionToNaming } from "@partcommune/shared/marketplace/rules/choosing";
import { objectionToPublishing, objectionToWithdrawal } from "@partcommune/shared/marketplace/rules/job";
import { moneyAskedIn } from "@partcommune/shared/marketplace/rules/price";
import { objectionToSkills } from "@partcommune/shared/marketplace/rules/skill";
import { dayOf, endOfDay } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { ownerOf } from "../../membership/index.ts";
import { rateToday } from "../../money/index.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { rejectOthers } from "./engagements.ts";
import { endingFrom } from "./ending.ts";
import { clientOfDraft, takeDraft } from "../store/drafts.ts";
import * as store from "../store/jobs.ts";
import { closeJob as endJob, postedJob } from "../store/posted.ts";
import { knownSkills } from "../store/skills.ts";
import { saveJob } from "../store/terms.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Posts a job, open for bids at once. */
export const postJob: Act<typeof api.postJob> = async (scope, { bidsUntil: lastDay, draft, currency: wanted, ...input }) => {
  const { actor, now, tx } = scope;
  const { currency: home, country, zone } = await bookOf(tx);
  const currency = wanted ?? moneyAskedIn(input) ?? home;
  await rateToday(viewOf(scope), currency); // what no rate is known of, nobody is asked to work for
  const bidsUntil = endOfDay(lastDay, zone);
  const client = found(await store.clientOf(scope, input.client));
  refuseIf(objectionToPublishing({ ...input, bidsUntil }, client, { currency, country, today: dayOf(now, zone) }, actor, now));
  refuseIf(objectionToNaming(input));
  const postedBy = await posterFor(scope, input.client);
  const skills = [...new Set(input.skills)];
  refuseIf(objectionToSkills(skills, await knownSkills(scope, skills)));
  const id = draft === undefined ? scope.id() : await takenDraft(scope, draft);
  await saveJob(scope, { ...input, skills, id, postedBy, currency, bidsUntil });
  scope.emit({ type: "job.opened", subject: id, body: { client: input.client }, about: ["jobs", `job:${id}`] });
  return { id };
};

/** The draft that becomes a job: gone from the drafts in the same transaction. */
async function takenDraft(scope: Scope, draft: Id): Promise<Id> {
  found(await clientOfDraft(scope, draft));
  refuseUnless(await takeDraft(scope, draft), "not-found");
  return draft;
}

/** In whose name a job stands: who posts it, or the client's owner when a list brings it. */
async function posterFor(scope: Scope, client: Id): Promise<Id> {
  if (scope.actor.kind === "operator") return found(await ownerOf(viewOf(scope), client));
  refuseUnless(scope.actor.kind === "person", "sign-in-first");
  return scope.actor.person;
}

/** Withdraws a job that nobody was awarded; its page stays and says so. */
export const withdrawJob: Act<typeof api.withdrawJob> = async (scope, { job: id }) => {
  const job = found(await store.jobToWithdraw(scope, id));
  refuseIf(objectionToWithdrawal(job, scope.actor));
  refuseUnless(await store.moveJob(scope, id, "withdraw"), "not-in-this-state", { state: job.state });
  await rejectOthers(scope, id);
  scope.emit({ type: "job.withdrawn", subject: id, body: { client: job.client }, about: ["jobs", `job:${id}`] });
  return {};
};

/** Closes a job whose time for bids is over, as of its deadline. */
export const closeJob: Action<{ job: Id }, Record<string, never>> = async (scope, { job: id }) => {
  const { client, bidsUntil, zone, state } = found(await postedJob(scope, id));
  refuseUnless(await endJob(scope, id, "close", endingFrom(bidsUntil, zone)), "not-in-this-state", { state });
  scope.emit({ type: "job.closed", subject: id, body: { client }, about: ["jobs", `job:${id}`] });
  return {};
};
