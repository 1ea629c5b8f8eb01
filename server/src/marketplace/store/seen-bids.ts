// The bids on a job as each reader may see them, in SQL: sealed ones by their bidder alone, those on a blind job without names.
import { createHash } from "node:crypto";
import type { listBids } from "@partcommune/shared/marketplace/api";
import { buysFrom } from "@partcommune/shared/marketplace/rules/acceptance";
import type { BidState, BidVerb } from "@partcommune/shared/marketplace/rules/bid";
import { inOrderOfLot, isSealed, objectionToOpened } from "@partcommune/shared/marketplace/rules/choosing";
import { outsideBounds, type PriceAsked } from "@partcommune/shared/marketplace/rules/price";
import { actsOnBid } from "@partcommune/shared/marketplace/rules/revision";
import { objectionToBidSignature } from "@partcommune/shared/marketplace/rules/team";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { sisterOfHost, waysOf, type Way } from "../../federation/index.ts";
import { found } from "../../platform/refused.ts";
import type { View } from "../../platform/scope.ts";
import { isFullySigned, partsShown, type ShownPart } from "./bid-parts.ts";
import { bidOnFrom, type BidOnJob } from "./bid-on.ts";
import { offerFrom, priceColumns } from "./price.ts";
import { newestReferences } from "./references.ts";
import { earlierOffers, standingFrom } from "./revisions.ts";
import { jobSeenBy } from "./seen-jobs.ts";

type Told = AnswerOf<typeof listBids>;
type Bid = Told["items"][number];

/** The bids on a job that this person may see: for its client those that everybody on them signed, their own for a member, none for anybody else. */
export async function bidsSeenBy(view: View, { job: id }: InputOf<typeof listBids>): Promise<Told> {
  const { actor } = view;
  const row = found(await jobOf(view, id));
  const { elsewhere, country: _, service: __, ...rest } = row;
  const job = { ...rest, ...bidOnFrom(row), host: elsewhere ?? undefined };
  const reader = { member: actor.kind === "person" ? actor.member : undefined, isClient: buysFrom(actor, job.client) };
  const rows = await bidsOn(view, id);
  const parts = await partsShown(
    view,
    rows.map((bid) => bid.id),
  );
  // What is not signed by all takes no place among those that are: nobody but those on it may know of it.
  const together = rows.map((bid) => ({ ...bid, people: parts.get(bid.id) ?? [] })).filter((bid) => bid.whole || isMine(bid));
  const drawn = inOrderOfLot(together, job.lot, sha256).map((bid, at) => ({ ...bid, place: at + 1 }));
  const isRead = reader.isClient && !isSealed(job);
  const seen = drawn.filter((bid) => isMine(bid) || (isRead && (job.bidding === "open" || bid.state !== "withdrawn")));
  return {
    items: await told(view, job, reader, seen),
    ...(isSealed(job) && job.state === "open" ? { sealedUntil: job.bidsUntil } : {}),
    ...(job.shortlisted_at && (reader.isClient || seen.length > 0) ? { shortlist: { at: job.shortlisted_at, by: job.by ?? "" } } : {}),
  };
}

type Reader = { readonly member: Id | undefined; readonly isClient: boolean };
type Job = BidOnJob & { readonly host: Id | undefined; readonly skills: readonly Id[] };

/** These bids as their reader may see them: names and what leads to them only where the job does not hide them. */
async function told(view: View, job: Job, { isClient }: Reader, seen: readonly Drawn[]): Promise<Bid[]> {
  const named = seen.filter((bid) => isClient && (!job.blind || bid.shortlisted !== null));
  const matched = await matchedOf(view, job.skills, isClient ? seen : []);
  const references = await newestReferences(
    view,
    named.flatMap(({ people }) => people.map(({ member }) => member)),
  );
  const earlier = await earlierOffers(
    view,
    seen.flatMap((bid) => (isMine(bid) || job.bidding === "open" ? [bid.id] : [])),
  );
  const ways = await waysSeen(view, job, seen.filter(isMine));
  return seen.map((bid) => ({
    ...cardOf(bid, job),
    ...ways.get(bid.id),
    parts: named.includes(bid) || isMine(bid) ? bid.people.map(partShown) : [],
    ...(isClient ? { place: bid.place } : {}),
    ...(named.includes(bid) || isMine(bid) ? { bidder: bid.name ?? "" } : {}),
    ...(named.includes(bid) && bid.handle ? { handle: bid.handle } : {}),
    ...(named.includes(bid) ? homeFrom(bid) : {}),
    acts: actsOnOwn(view, bid, job),
    earlier: [...(earlier.get(bid.id) ?? [])],
    matched: [...new Set(bid.people.flatMap(({ member }) => matched.get(member) ?? []))],
    references: named.includes(bid) ? bid.people.flatMap(({ member }) => references.get(member) ?? []) : [],
  }));
}

/** How far one's own bids on a job of a sister have come. */
async function waysSeen(view: View, { host }: Pick<Job, "host">, own: readonly Drawn[]): Promise<ReadonlyMap<Id, Pick<Bid, "way">>> {
  const sister = host === undefined || own.length === 0 ? undefined : await sisterOfHost(view.db, host);
  const ways = sister
    ? await waysOf(
        view,
        own.flatMap(({ offer }) => offer ?? []),
      )
    : new Map<string, Way>();
  return new Map(
    own.flatMap(({ id, offer }) => {
      const way = ways.get(offer ?? "");
      return sister && way ? [[id, { way: { coop: sister.name, state: way.state, tries: way.tries, at: way.at } }] as const] : [];
    }),
  );
}

/** The coop of a bidder who is none of ours. */
const homeFrom = ({ coop, fee_ppm: fee }: Drawn): Pick<Bid, "home"> =>
  coop === null || fee === null ? {} : { home: { coop, feePpm: BigInt(fee) } };

/** Whether the reader is on a bid. */
const isMine = ({ people }: Pick<Drawn, "people">): boolean => people.some(({ you }) => you);

/** A part without whose it is: nobody is told the id of a membership. */
function partShown({ number, name, handle, amount, ppm, signed, you }: ShownPart): Bid["parts"][number] {
  return { number, name, amount, signed, you, ...(handle === undefined ? {} : { handle }), ...(ppm === undefined ? {} : { ppm }) };
}

/** What the reader may do with a bid they are on: its lead all that the law leaves, each other one sign or withdraw. */
function actsOnOwn({ actor, now }: View, bid: Drawn, job: Job): BidVerb[] {
  const own = bid.people.find(({ you }) => you);
  if (!own) return [];
  const standing = standingFrom(bid);
  const signed = bid.people.flatMap((part) => (part.signed ? [part.member] : []));
  const leads = actor.kind === "person" && actor.member === bid.member;
  const verbs = actsOnBid(standing, job, now).filter((verb) => verb === "withdraw" || (leads && verb !== "sign"));
  return [
    ...(objectionToBidSignature({ ...standing, signed }, own.member, bid.version) ? [] : (["sign"] as const)),
    ...verbs.filter((verb) => verb !== "revise" || !objectionToOpened(job)),
  ];
}

const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();

const jobOf = ({ db, actor }: View, id: Id) =>
  db
    .selectFrom("marketplace.job as job")
    .leftJoin("membership.person_card as fixer", "fixer.id", "job.shortlisted_by")
    .select([
      "job.client",
      "job.state",
      "job.version",
      "job.bids_until",
      "job.currency",
      "job.bidding",
      "job.elsewhere",
      "job.blind",
      "job.country",
      "job.service",
    ])
    .select(priceColumns)
    .select(["job.lot", "job.skills", "job.shortlisted_at"])
    .select("fixer.name as by")
    .where("job.id", "=", id)
    .where(jobSeenBy(actor))
    .executeTakeFirst();

const bidsOn = ({ db }: View, job: Id) =>
  db
    .selectFrom("marketplace.bid as bid")
    .innerJoin("membership.member_card as card", "card.id", "bid.member")
    .leftJoin("membership.profile_card as page", "page.member", "bid.member")
    .leftJoin("marketplace.shortlisted as shortlisted", "shortlisted.bid", "bid.id")
    .leftJoin("federation.host_card as home", "home.id", "card.host")
    .leftJoin("marketplace.bid_elsewhere as crossed", "crossed.bid", "bid.id")
    .select(["home.name as coop", "crossed.fee_ppm", "crossed.offer"])
    .select(["bid.id", "bid.member", "card.name", "bid.amount_minor", "bid.currency", "bid.pitch", "bid.state", "bid.placed_at"])
    .select([
      "bid.version",
      "bid.rate_minor",
      "bid.days",
      "bid.rejected_because",
      "bid.confirm_until",
      "page.handle",
      "shortlisted.bid as shortlisted",
    ])
    .select(isFullySigned.as("whole"))
    .where("bid.job", "=", job)
    .execute();

type Row = Awaited<ReturnType<typeof bidsOn>>[number];
type Drawn = Row & { readonly place: number; readonly people: readonly ShownPart[] };

const cardOf = (
  row: Drawn,
  job: PriceAsked,
): Omit<Bid, "bidder" | "parts" | "place" | "home" | "way" | "handle" | "acts" | "earlier" | "matched" | "references"> => ({
  id: row.id,
  ...offerFrom(row),
  ...outsideFrom(job, row),
  pitch: row.pitch,
  state: row.state as BidState,
  placedAt: row.placed_at,
  mine: isMine(row),
  version: row.version,
  ...(row.rejected_because === null ? {} : { rejectedBecause: row.rejected_because }),
  ...(row.confirm_until === null ? {} : { confirmUntil: row.confirm_until }),
  shortlisted: row.shortlisted !== null,
});

/** On which side of a job's bounds an offer lies, if outside. */
function outsideFrom(job: PriceAsked, { amount_minor: minor, currency }: Row): Pick<Bid, "outside"> {
  const outside = outsideBounds(job, { minor, currency });
  return outside ? { outside } : {};
}

/** Which of a job's skills each of these bidders says to have. */
async function matchedOf(
  { db }: View,
  skills: readonly Id[],
  bids: readonly Pick<Drawn, "people">[],
): Promise<ReadonlyMap<Id, readonly Id[]>> {
  if (skills.length === 0 || bids.length === 0) return new Map();
  const rows = await db
    .selectFrom("marketplace.member_skill")
    .select(["member", "skill"])
    .where(
      "member",
      "in",
      bids.flatMap(({ people }) => people.map(({ member }) => member)),
    )
    .where("skill", "in", skills)
    .orderBy("skill")
    .execute();
  return new Map([...Map.groupBy(rows, ({ member }) => member)].map(([member, of]) => [member, of.map(({ skill }) => skill)]));
}
