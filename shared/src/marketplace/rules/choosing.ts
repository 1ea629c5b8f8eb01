// The law of choosing among bids: the order they stand in, what a blind job hides, and how long a sealed one says nothing.
import type { Actor } from "../../platform/actor.ts";
import type { Id } from "../../platform/id.ts";
import type { Sha256 } from "../../platform/merkle.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Instant } from "../../platform/time.ts";
import type { Visibility } from "./invitation.ts";
import { jobTable, postsFor, type JobState } from "./job.ts";
import { objectionToVerb } from "../../platform/table.ts";

/** As many bids as stand side by side, and on a shortlist. */
export const mostShortlisted = 6;

export const problems = {
  "bids-sealed": {
    status: 409,
    says: "The bids on this job are sealed until {bidsUntil}: nobody reads or accepts one before.",
    rule: "sealed bids",
    changedBy: "nobody: whoever bid relied on it",
  },
  "bids-opened": {
    status: 409,
    says: "The sealed bids on this job are open: what they say stays as it is, and no others come.",
    rule: "sealed bids",
  },
  "shortlist-needed": {
    status: 409,
    says: "Names are hidden on this job: only a bid on the shortlist is accepted.",
    rule: "blind choice",
    changedBy: "the client, who fixes the shortlist once the time for bids is over",
  },
  "shortlist-fixed": { status: 409, says: "The shortlist of this job is fixed and stays as it is.", rule: "blind choice" },
  "shortlist-not-of-bids": { status: 422, says: "A shortlist names bids on this job that still stand.", rule: "blind choice" },
  "job-not-blind": { status: 409, says: "Names are shown on this job from the start: it needs no shortlist." },
  "blind-takes-no-invitations": {
    status: 422,
    says: "Names are hidden on this job, so nobody is invited to it by name.",
    rule: "blind choice",
  },
  "text-names-you": {
    status: 422,
    says: "Names are hidden on this job: leave yours, addresses and links out of your text.",
    rule: "blind choice",
  },
} as const satisfies Problems;

/** Whether bids are read as they come, or all at once when the time for them is over. */
export const biddings = ["open", "sealed"] as const;
export type Bidding = (typeof biddings)[number];

export type Sealing = { readonly bidding: Bidding; readonly state: JobState };

/** Whether nobody but its bidder sees a bid. The clock opens them all at once; those on a job that was withdrawn before stay sealed. */
export const isSealed = ({ bidding, state }: Sealing): boolean => bidding === "sealed" && (state === "open" || state === "withdrawn");

/** Why a bid says what it said when the seals were broken; it may still be confirmed or withdrawn. */
export const objectionToOpened = ({ bidding, state }: Sealing): Refusal | undefined =>
  bidding === "sealed" && state !== "open" ? refuse("bids-opened") : undefined;

/** The bids as the lot of their job puts them: by the hash of lot and member, so that neither price nor hour counts and a bid placed anew keeps its place. */
export function inOrderOfLot<Bid extends { readonly id: Id; readonly member: Id }>(
  bids: readonly Bid[],
  lot: Uint8Array,
  sha256: Sha256,
): readonly Bid[] {
  const drawn = ({ id, member }: Bid): string =>
    hex(sha256(new Uint8Array([...lot, ...Array.from(member, (sign) => sign.codePointAt(0) ?? 0)]))) + id;
  return bids.toSorted((one, other) => (drawn(one) < drawn(other) ? -1 : 1));
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export type Choice = Sealing & { readonly blind: boolean; readonly shortlisted: boolean; readonly bidsUntil: Instant };

/** Why nobody may answer a bid yet, whatever it says. */
export const objectionToAnswering = (bid: Choice): Refusal | undefined =>
  isSealed(bid) ? refuse("bids-sealed", { bidsUntil: bid.bidsUntil }) : undefined;

/** Why a bid may not be accepted yet, whatever it says. */
export function objectionToChoice(bid: Choice): Refusal | undefined {
  const unfit = objectionToAnswering(bid);
  if (unfit) return unfit;
  return bid.blind && !bid.shortlisted ? refuse("shortlist-needed") : undefined;
}

export type ToShortlist = { readonly client: Id; readonly state: JobState; readonly blind: boolean; readonly fixedAt: Instant | null };

/** Why this person may not fix the shortlist of this job now. It waits for the end of the time for bids, so that every bid is read without a name. */
export function objectionToShortlist(job: ToShortlist, actor: Actor): Refusal | undefined {
  if (!postsFor(actor, job.client)) return refuse("poster-needed");
  if (!job.blind) return refuse("job-not-blind");
  if (job.fixedAt !== null) return refuse("shortlist-fixed");
  return objectionToVerb(jobTable, job.state, "shortlist");
}

/** Why nobody may be invited by name. */
export const objectionToNaming = (job: { readonly blind: boolean; readonly visibility?: Visibility }): Refusal | undefined =>
  job.blind && job.visibility !== "public" && job.visibility !== "members" ? refuse("blind-takes-no-invitations") : undefined;

export type Identity = { readonly name: string; readonly handle?: string | undefined };

/** Ends of addresses that people write without the rest of a link; "node.js" is none. */
const address = /@|https?:|www\.|\b[\w-]+\.(?:be|fr|nl|de|es|it|se|at|hu|lu|eu|com|org|net|coop|io|info|me|example)\b/i;

const bare = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;

/** Why a text may not stand on a job that hides names: it holds the writer's own, an address or a link. */
export function objectionToNamedText(text: string, { name, handle = "" }: Identity): Refusal | undefined {
  const own = [name, handle, ...name.split(/\s+/).filter((part) => part.length > 2)].map(bare).filter((each) => each.trim() !== "");
  return address.test(text) || own.some((each) => bare(text).includes(each)) ? refuse("text-names-you") : undefined;
}
