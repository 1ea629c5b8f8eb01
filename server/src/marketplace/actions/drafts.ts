// The verbs of a job that is being written: begun, kept, thrown away.
import type * as api from "@partcommune/shared/marketplace/api";
import { objectionToDraft } from "@partcommune/shared/marketplace/rules/draft";
import { postsFor } from "@partcommune/shared/marketplace/rules/job";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action } from "../../platform/scope.ts";
import * as store from "../store/drafts.ts";
import { clientOf } from "../store/jobs.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Begins a draft. */
export const beginDraft: Act<typeof api.beginDraft> = async (scope, { client, words }) => {
  found(await clientOf(scope, client));
  refuseIf(objectionToDraft(client, await store.draftsOf(scope, client), scope.actor));
  const id = scope.id();
  await store.beginDraft(scope, id, client, words);
  scope.emit({ type: "job.drafted", subject: id, body: { client }, about: [] });
  return { id, version: 1n };
};

/** Keeps what was typed since. Typing is no fact: nothing is told. */
export const keepDraft: Act<typeof api.keepDraft> = async (scope, { draft, client, version, words }) => {
  found(await store.clientOfDraft(scope, draft));
  refuseUnless(postsFor(scope.actor, client), "poster-needed");
  refuseUnless(await store.keepDraft(scope, { draft, client, version, words }), "draft-changed");
  return { version: version + 1n };
};

/** Throws a draft away. */
export const discardDraft: Act<typeof api.discardDraft> = async (scope, { draft }) => {
  const client = found(await store.clientOfDraft(scope, draft));
  refuseUnless(await store.takeDraft(scope, draft), "not-found");
  scope.emit({ type: "job.withdrawn", subject: draft, body: { client }, about: [] });
  return {};
};
