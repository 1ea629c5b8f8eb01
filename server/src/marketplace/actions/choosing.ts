// Choosing among bids: the verbs.
import type * as api from "@partcommune/shared/marketplace/api";
import { objectionToShortlist } from "@partcommune/shared/marketplace/rules/choosing";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { personActing } from "../../platform/acting.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action } from "../../platform/scope.ts";
import * as store from "../store/choosing.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Fixes the shortlist of a blind job: who lifted the veil, and when, is kept. */
export const fixShortlist: Act<typeof api.fixShortlist> = async (scope, { job: id, bids }) => {
  const job = found(await store.jobToShortlist(scope, id));
  refuseIf(objectionToShortlist(job, scope.actor));
  refuseUnless(await store.fixShortlist(scope, id, personActing(scope.actor)), "shortlist-fixed");
  const chosen = [...new Set(bids)];
  refuseUnless((await store.shortlist(scope, id, chosen)) === chosen.length, "shortlist-not-of-bids");
  scope.emit({ type: "job.shortlisted", subject: id, body: { client: job.client, bids: chosen.length }, about: [`job:${id}`] });
  return {};
};
