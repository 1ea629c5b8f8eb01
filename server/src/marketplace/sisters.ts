// The marketplace among coops: which jobs are told to whoever follows our board, what we show of them, and what becomes of those of others.
import { originOf, type Iri } from "@partcommune/federation/iri";
import { isObject } from "@partcommune/federation/read";
import type { JsonObject } from "@partcommune/shared/platform/json";
import { jobToNote, jobToProposal, noteOf, proposalOfNote, type SharedJob } from "@partcommune/federation/translate/job";
import { ctx, PUBLIC } from "@partcommune/federation/vocabulary";
import type { Fact } from "@partcommune/shared/platform/events";
import { isId, type Id } from "@partcommune/shared/platform/id";
import { followedHost, hears, isTold, openSisters, type Heard, type Shows, type Sisters, type Tells } from "../federation/index.ts";
import type { Lane } from "../platform/domain.ts";
import { bookOf } from "../platform/store.ts";
import { noteHtml } from "./actions/print-note.ts";
import { readingLane, readJobAt, takeOver, type Shown } from "./actions/reading.ts";
import { agreements } from "./sisters/agreements.ts";
import { bids } from "./sisters/bids.ts";
import { work } from "./sisters/work.ts";
import * as store from "./store/elsewhere.ts";

const board = (origin: string): string => `${origin}/jobs`;

const toldAs = (job: SharedJob, origin: string, zone: string): JsonObject =>
  jobToNote(job, { id: noteOf(job.id), board: board(origin), followers: `${board(origin)}/followers`, content: noteHtml(job, zone) });

/** The job that a fact is about. */
const jobOf = ({ subject, body }: Fact): Id => ("job" in body && typeof body.job === "string" ? body.job : subject);

/** Our board tells of public jobs: a note for people, which names the proposal for coops. */
const tellJob: Tells = {
  name: "marketplace.tellJobs",
  facts: ["job.opened", "job.changed", "job.extended", "job.reopened", "job.closed", "job.withdrawn", "job.lapsed", "engagement.signed"],
  tell: async (view, fact) => {
    const { job, gone } = (await store.sharedJob(view, jobOf(fact))) ?? {};
    if (!job) return undefined;
    const actor = board(view.origin);
    const said = { actor: "jobs", to: [PUBLIC], cc: [`${actor}/followers`] } as const;
    if (gone) return { ...said, type: "Delete", object: { id: noteOf(job.id), type: "Tombstone", formerType: "Note" } };
    const { zone } = await bookOf(view.db);
    return { ...said, type: fact.type === "job.opened" ? "Create" : "Update", object: toldAs(job, view.origin, zone) };
  },
};

/** The client of a public job tells it to the coops with which a treaty is in force; what it says now takes the place of what it said, if it said anything: there may have been nobody to tell. */
const tellProposal: Tells = {
  name: "marketplace.tellProposals",
  facts: tellJob.facts,
  tell: async (view, fact) => {
    const { job, gone } = (await store.sharedJob(view, jobOf(fact))) ?? {};
    const to = (await openSisters(view.db)).map(({ origin }) => `${origin}/actor`);
    if (!job || to.length === 0) return undefined;
    const before = await isTold(view, job.id);
    const said = { actor: `clients/${job.client.slice(`${view.origin}/clients/`.length)}`, to } as const;
    if (gone) return before ? { ...said, type: "Delete", object: { id: job.id, type: "Tombstone", formerType: "Proposal" } } : undefined;
    const object = jobToProposal(job, `${view.origin}/actor/followers`);
    return { ...said, type: before ? "Update" : "Create", object, prove: true };
  },
};

/** A sister's client tells of its own job: it is read where it stands, as its board's is. */
const hearProposal = hears<Shown | undefined>({
  inbox: "any",
  types: ["Create", "Update", "Delete"],
  bring: async (fetcher, heard) => {
    const { object, origin, type } = heard;
    return object.startsWith(`${origin}/jobs/`) && (type === "Delete" || isProposal(heard)) ? readJobAt(fetcher, object) : undefined;
  },
  hear: async (scope, { host, object }, shown) => {
    const from = shown && (await followedHost(scope.tx, host));
    if (from) await takeOver(scope, from, object, shown);
  },
});

const isProposal = ({ document }: Heard): boolean => isObject(document["object"]) && document["object"]["type"] === "Proposal";

/** The job that a board speaks of: a note names it, and of a note that is no more the address tells. */
function jobNamedIn({ type, actor, document, object }: Heard): Iri | undefined {
  if (type === "Delete") return object === actor ? undefined : object.replace(/\/note$/, "");
  const note = document["object"];
  return isObject(note) ? proposalOfNote(note) : undefined;
}

/** A board that we follow spoke of a job: it is read where it stands, so that nobody is believed about another's. */
const hearBoard = hears<{ readonly iri: Iri; readonly shown: Shown } | undefined>({
  inbox: "jobs",
  types: ["Create", "Update", "Delete"],
  bring: async (fetcher, heard) => {
    const iri = jobNamedIn(heard);
    return iri === undefined || originOf(iri) !== heard.origin ? undefined : { iri, shown: await readJobAt(fetcher, iri) };
  },
  hear: async (scope, { host }, brought) => {
    const from = brought && (await followedHost(scope.tx, host));
    if (from) await takeOver(scope, from, brought.iri, brought.shown);
  },
});

/** A job by its address, as a proposal. One that was withdrawn is gone; one that is not public was never there. */
const showJob: Shows = {
  path: "/jobs/:job",
  show: async (view, { job = "" }) => {
    const shared = isId(job) ? await store.sharedJob(view, job) : undefined;
    return shared?.gone ? "gone" : shared && jobToProposal(shared.job, `${view.origin}/actor/followers`);
  },
};

const showNote: Shows = {
  path: "/jobs/:job/note",
  show: async (view, { job = "" }) => {
    const shared = isId(job) ? await store.sharedJob(view, job) : undefined;
    if (!shared || shared.gone) return shared && "gone";
    const { zone } = await bookOf(view.db);
    return { "@context": ctx, ...toldAs(shared.job, view.origin, zone) };
  },
};

const pageOf = 200;

/** The public jobs that are open now, newest first, each with its version: who has that version need not read it again. */
const showOpen: Shows = {
  path: "/jobs/open",
  show: async (view, { after }) => {
    if (after !== undefined && !isId(after)) return undefined;
    const jobs = await store.openShared(view, after, pageOf);
    const iri = `${board(view.origin)}/open`;
    const last = jobs.length === pageOf ? jobs.at(-1) : undefined;
    return {
      "@context": ctx,
      id: after === undefined ? iri : `${iri}?after=${after}`,
      type: "OrderedCollectionPage",
      partOf: iri,
      orderedItems: jobs.map(({ id, version }) => ({ id: `${board(view.origin)}/${id}`, type: "Proposal", "pc:version": version })),
      ...(last ? { next: `${iri}?after=${last.id}` } : {}),
    };
  },
};

export const sisters: Sisters = {
  tells: [tellJob, tellProposal, ...bids.tells, ...agreements.tells, ...work.tells],
  hears: [hearBoard, hearProposal, ...bids.hears, ...agreements.hears, ...work.hears],
  shows: [showOpen, showJob, showNote, ...bids.shows],
};
export const lanes: readonly Lane[] = [readingLane];
