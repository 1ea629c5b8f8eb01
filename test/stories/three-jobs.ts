// Jobs of clients of one coop that members of another do: posted, bid on, signed by both, handed in, approved.
import {
  acceptBid,
  approveHandIn,
  handIn,
  listBids,
  listEngagements,
  placeBid,
  postJob,
  readEngagement,
  readJob,
  searchJobs,
  signEngagement,
  withdrawBid,
} from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import type { Caller } from "../support/coop.ts";
import { posterJob } from "../support/jobs.ts";
import { told } from "../support/told.ts";
import { eur } from "../support/treasury.ts";
import type { House, Three } from "./three-houses.ts";

/** Whose client has it done, at whose member's price, and when. */
export type Work = { readonly host: House; readonly home: House; readonly title: string; readonly price: string; readonly on?: Dates };

type Engagement = ToldOf<typeof readEngagement>;

/** What happens around the two signatures, where something does. */
export type Between = { readonly accepted?: () => Promise<void>; readonly countersigned?: () => Promise<void> };

/** When the work is done, and until when somebody may offer to do it. */
export type Dates = Readonly<Record<"startOn" | "endOn" | "bidsUntil", string>>;
const dates: Dates = { startOn: "2026-12-17", endOn: "2026-12-18", bidsUntil: "2026-12-16" };

/** The engagement about a job of this title, as one of its two sides reads it; what came to nothing only where nothing else did. */
export async function engagementOn(side: Caller, title: string): Promise<Engagement> {
  const found = (await told(side, listEngagements, {})).items.filter((each) => each.title === title);
  const one = found.find(({ state }) => state !== "lapsed") ?? found[0];
  if (!one) throw new Error(`there is no engagement about ${title}`);
  return told(side, readEngagement, { engagement: one.id });
}

/** Posted here; the job at its own coop. */
export async function posted({ host, title, price, on = dates }: Work): Promise<string> {
  const { place: _, ...remote } = posterJob(host.client);
  return (await told(host.buyer, postJob, { ...remote, ...on, title, price: eur(price) })).id;
}

/** Found there, bid on, taken back and bid on once more. In foul weather the last of it comes first, and stands all the same. */
export async function bid({ storm }: Three, { home, title, price }: Work): Promise<void> {
  const found = (await told(home.worker, searchJobs, { order: "newest" })).items.find((each) => each.title === title);
  const { id: job, version } = await told(home.worker, readJob, { job: found?.id ?? "" });
  const offer = { job, version, amount: eur(price), pitch: "I have done ten." };
  const { id: hasty } = await told(home.worker, placeBid, offer);
  const leaves = async (): Promise<void> => {
    storm.holdNext();
    await home.coop.settle();
    home.coop.wait(1_000);
  };
  await leaves();
  await told(home.worker, withdrawBid, { bid: hasty });
  await leaves();
  await told(home.worker, placeBid, offer);
}

/** The client takes the one bid that stands, and signs. */
export async function accepted({ host, title, price }: Work, job: string): Promise<void> {
  const standing = (await told(host.buyer, listBids, { job })).items.filter(({ state }) => state === "placed");
  const [only, ...others] = standing;
  if (!only || others.length > 0) throw new Error(`${standing.length} bids stand on ${title}`);
  await told(host.buyer, acceptBid, { bid: only.id, version: only.version, amount: eur(price) });
}

export async function signed(side: Caller, title: string): Promise<void> {
  const { id: engagement, hash } = await engagementOn(side, title);
  await told(side, signEngagement, { engagement, hash });
}

/** From the posting to the second signatures, which hold at both coops. */
export async function agreed(three: Three, works: readonly Work[], between: Between = {}): Promise<void> {
  const { arrived } = three;
  const jobs = new Map<Work, string>();
  for (const work of works) jobs.set(work, await posted(work));
  await arrived();
  for (const work of works) await bid(three, work);
  await arrived();
  for (const work of works) {
    await accepted(work, jobs.get(work) ?? "");
    await signed(work.host.buyer, work.title);
  }
  await (between.accepted ?? arrived)();
  for (const { home, title } of works) await signed(home.worker, title);
  await (between.countersigned ?? arrived)();
}

/** Handed in, and approved one after the other; each coop books its own part. */
export async function worked({ arrived }: Three, works: readonly Work[]): Promise<void> {
  for (const { home, title } of works) {
    const [milestone] = (await engagementOn(home.worker, title)).milestones;
    await told(home.worker, handIn, { milestone: milestone?.id ?? "", text: "All three sizes." });
  }
  await arrived();
  for (const { host, title } of works) {
    const [milestone] = (await engagementOn(host.buyer, title)).milestones;
    await told(host.buyer, approveHandIn, { milestone: milestone?.id ?? "", version: milestone?.version ?? 0 });
    await arrived();
  }
}
