// Jobs of other coops as they come to be known here: heard of, changed, gone.
import type { Id } from "@partcommune/shared/platform/id";
import { followedHost } from "../../federation/index.ts";
import { clientElsewhere } from "../../membership/index.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import { termsOf } from "../store/terms.ts";
import { tellBidders } from "./posted.ts";
import * as store from "../store/elsewhere.ts";

/** The coop that told of it. */
export type Teller = { readonly host: Id; readonly origin: string };

const about = (job: Id): readonly string[] => ["jobs", `job:${job}`];

/** Keeps a job as its coop tells it now. An older telling, and one that is known, change nothing. */
export async function hearJob(scope: Scope, { host, origin }: Teller, job: store.Heard): Promise<void> {
  const kept = await store.keptJob({ db: scope.tx }, job.id);
  if (!kept) {
    if (!job.isOpen) return;
    const client = await clientElsewhere(scope, job.client, { name: job.clientName, country: job.clientCountry });
    const id = await store.saveHeard(scope, host, client, job);
    if (id) scope.emit({ type: "job.heard", subject: id, body: { origin }, about: about(id) });
    return;
  }
  const before = await termsOf(scope, kept.job);
  if (kept.host === host && (await store.saveHeardAgain(scope, kept, job))) {
    scope.emit({ type: "job.heardAgain", subject: kept.job, body: { origin, open: job.isOpen }, about: about(kept.job) });
    const after = await termsOf(scope, kept.job);
    // Our members bid on what it said before: they are asked, as they are at the coop of the job.
    if (job.isOpen && before && after)
      await tellBidders(scope, kept.job, { version: await store.versionOf(scope, kept.job), before, after });
  }
}

/** Takes a job out of the search whose coop says, or shows, that it is no more. */
export async function hearJobGone(scope: Scope, { host, origin }: Teller, iri: string, end: store.End): Promise<void> {
  const kept = await store.keptJob({ db: scope.tx }, iri);
  if (kept?.host !== host || !(await store.endHeard(scope, kept.job, end))) return;
  scope.emit({ type: "job.heardAgain", subject: kept.job, body: { origin, open: false }, about: about(kept.job) });
}

/** Takes every job of a coop out of the search that we follow no more; those of one with a treaty in force stay. */
export const forgetJobs: Action<{ host: Id }, Record<string, never>> = async (scope, { host }) => {
  if (await followedHost(scope.tx, host)) return {};
  for (const { job, origin } of await store.openJobsOf(scope, host))
    if (await store.endHeard(scope, job, "hidden"))
      scope.emit({ type: "job.heardAgain", subject: job, body: { origin, open: false }, about: about(job) });
  return {};
};
