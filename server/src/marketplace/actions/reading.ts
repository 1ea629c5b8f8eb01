// Reading a neighbour's jobs: one that its board spoke of, or all that it lists as open.
import { z } from "zod";
import type { Fetcher, WhyNot } from "@partcommune/federation/fetcher";
import type { JsonObject } from "@partcommune/shared/platform/json";
import { originOf } from "@partcommune/federation/iri";
import { oneId } from "@partcommune/federation/read";
import { proposalFromWire, type SharedJob } from "@partcommune/federation/translate/job";
import { Nothing } from "@partcommune/shared/platform/api";
import { later } from "@partcommune/shared/platform/time";
import {
  followedHost,
  followedHosts,
  mayBeAsked,
  noteAnswered,
  noteRead,
  noteSilent,
  reachOf,
  type FollowedHost,
} from "../../federation/index.ts";
import type { Lane, Listening } from "../../platform/domain.ts";
import type { Scope } from "../../platform/scope.ts";
import * as store from "../store/elsewhere.ts";
import { hearJob, hearJobGone } from "./elsewhere.ts";

/** What a coop shows under a job's address: the job, that it is gone for good, that it is not for us to see, or nothing that we can read. */
export type Shown = store.Heard | "gone" | "hidden" | "unclear";

const without: Readonly<Record<number, Shown>> = { 404: "hidden", 410: "gone" };

/** What is shown may be mended, but asking again at once would not mend it. */
const unreadable: readonly WhyNot[] = ["otherId", "notActivity", "refusedAddress", "redirects", "tooLarge"];

/** A coop that did not show what it was asked for, for now. */
class NotShown extends Error {
  readonly why: WhyNot;
  constructor(what: string, why: WhyNot) {
    super(`${what}: ${why}`);
    this.why = why;
  }
}

/** Reads a job where it stands. A coop that does not answer is asked again: the error is the lane's. */
export async function readJobAt(fetcher: Fetcher, iri: string): Promise<Shown> {
  const answer = await fetcher.get(iri, "activity");
  if (answer.ok) return heardIn(proposalFromWire(answer.document), iri) ?? "unclear";
  const shown = without[answer.status ?? 0];
  if (shown) return shown;
  if (unreadable.includes(answer.why)) return "unclear";
  throw new NotShown(`${new URL(iri).host} does not show its job`, answer.why);
}

/** A job that is public, stands under its own address with everything of its own on that origin, and leaves out nothing that ours say. */
function heardIn(job: SharedJob | undefined, iri: string): store.Heard | undefined {
  if (!job?.isPublic || job.id !== iri) return undefined;
  const { text, language, trade, startOn, endOn, bidsUntil, url, clientName, clientCountry } = job;
  const isWhole = text && language && trade && startOn && endOn && startOn <= endOn && bidsUntil && url && clientName && clientCountry;
  if (!isWhole || ![job.client, url].every((each) => originOf(each) === originOf(iri))) return undefined;
  return { ...job, text, language, trade, startOn, endOn, bidsUntil, url, clientName, clientCountry };
}

/** Takes over what a coop shows now. */
export async function takeOver(scope: Scope, from: FollowedHost, iri: string, shown: Shown): Promise<void> {
  const teller = { host: from.id, origin: from.origin };
  if (shown === "gone" || shown === "hidden") await hearJobGone(scope, teller, iri, shown);
  else if (shown !== "unclear") await hearJob(scope, teller, shown);
}

const hourMs = 3_600_000;
const mostPages = 50;
/** Of one coop no more jobs are taken: a list without an end would be read for days. */
const mostJobs = 2_000;

/** Each neighbour's list of open jobs, read whole when we begin to follow it and every hour: what was missed is found again. Who is silent rests, as for letters. */
export const readingLane: Lane = {
  name: "marketplace.reading",
  due: (view) => followedHosts(view, later(view.now, -hourMs)),
  work: async (listening, host) => {
    const [from, fetcher] = [await followedHost(listening.db, host), await reachOf(listening)];
    if (!from || !fetcher || !(await mayBeAsked(listening.view(), host))) return;
    try {
      await readAll(listening, fetcher, from);
    } catch (error) {
      if (!(error instanceof NotShown) || !["network", "timeout"].includes(error.why)) throw error;
      return noteSilent(listening, host);
    }
    await noteAnswered(listening, host);
  },
};

/** Reads what is new on its list, and what we hold that is not on it any more. */
async function readAll(listening: Listening, fetcher: Fetcher, from: FollowedHost): Promise<void> {
  const listed = await openAt(fetcher, from);
  const kept = await store.keptOpen(listening, from.id);
  const news = [...listed].filter(([iri, version]) => kept.get(iri) !== version).map(([iri]) => iri);
  const missing = [...kept.keys()].filter((iri) => !listed.has(iri));
  for (const iri of [...news, ...missing]) await readInto(listening, from, iri, await readJobAt(fetcher, iri));
  await noteRead(listening.view(), from.id);
}

const verb = { name: "jobs.read", input: z.strictObject({}), answer: Nothing, status: 200 };

/** One act in the neighbour's name. */
async function perform(
  { perform: act }: Listening,
  { origin }: FollowedHost,
  key: string,
  take: (scope: Scope) => Promise<void>,
): Promise<void> {
  await act({ kind: "peer", origin }, verb, async (scope) => (await take(scope), {}), {}, { key, cause: "reading" });
}

async function readInto(listening: Listening, from: FollowedHost, iri: string, shown: Shown): Promise<void> {
  const version = typeof shown === "string" ? shown : `${shown.version}:${shown.isOpen}`;
  await perform(listening, from, `read:${iri}:${version}:${listening.view().now}`, (scope) => takeOver(scope, from, iri, shown));
}

/** Everything a board lists as open, with the version of each. */
async function openAt(fetcher: Fetcher, { jobs, origin }: FollowedHost): Promise<ReadonlyMap<string, number>> {
  const listed = new Map<string, number>();
  let page: string | undefined = jobs;
  for (let read = 0; page !== undefined && read < mostPages && listed.size < mostJobs; read += 1) {
    const answer = await fetcher.get(page, "activity");
    if (!answer.ok) throw new NotShown(`${origin} does not list its jobs`, answer.why);
    for (const [iri, version] of itemsOf(answer.document)) if (originOf(iri) === origin && listed.size < mostJobs) listed.set(iri, version);
    const next = oneId(answer.document["next"]);
    page = next !== undefined && originOf(next) === origin ? next : undefined;
  }
  return listed;
}

const Item = z.object({ id: z.string(), "pc:version": z.int32().min(1) });

const itemsOf = (page: JsonObject): readonly (readonly [string, number])[] =>
  [page["orderedItems"] ?? []].flat().flatMap((each) => {
    const item = Item.safeParse(each);
    return item.success ? [[item.data.id, item.data["pc:version"]] as const] : [];
  });
