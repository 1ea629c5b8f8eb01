// The bids on a job as each reader may see them, in SQL: sealed ones by their bidder alone, those on a blind job without names.
import { createHash } from "node:crypto";
import type { listBids } from "@partcommune/shared/marketplace/api";
import { buysFrom } from "@partcommune/shared/marketplace/rules/acceptance";
import type { BidState } from "@partcommune/shared/marketplace/rules/bid";
import { inOrderOfLot, isSealed, type Bidding } from "@partcommune/shared/marketplace/rules/choosing";
import type { JobState } from "@partcommune/shared/marketplace/rules/job";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { found } from "../../platform/refused.ts";
import type { View } from "../../platform/scope.ts";
import { newestReferences } from "./references.ts";
import { jobSeenBy } from "./seen-jobs.ts";

type Told = AnswerOf<typeof listBids>;
type Bid = Told["items"][number];

/** The bids on a job that this person may see: all for its client, their own for a member, none for anybody else. */
export async function bidsSeenBy(view: View, { job: id }: InputOf<typeof listBids>): Promise<Told> {
  const { actor } = view;
  const job = found(await jobOf(view, id));
  const sealed = isSealed({ bidding: job.bidding as Bidding, state: job.state as JobState });
  const member = actor.kind === "person" ? actor.member : undefined;
  const isClient = buysFrom(actor, job.client);
  const rows = await bidsOn(view, id);
  const drawn = inOrderOfLot(rows, job.lot, sha256).map((row, at) => ({ ...row, place: at + 1 }));
  const seen = drawn.filter(
    (row) => row.member === member || (isClient && !sealed && (job.bidding === "open" || row.state !== "withdrawn")),
  );
  const named = seen.filter((row) => isClient && (!job.blind || row.shortlisted !== null));
  const [matched, references] = [
    await matchedOf(view, job.skills, isClient ? seen : []),
    await newestReferences(
      view,
      named.map((row) => row.member),
    ),
  ];
  return {
    items: seen.map((row) => ({
      ...cardOf(row, member),
      ...(isClient ? { place: row.place } : {}),
      ...(named.includes(row) || row.member === member ? { bidder: row.name ?? "" } : {}),
      ...(named.includes(row) && row.handle ? { handle: row.handle } : {}),
      matched: [...(matched.get(row.member) ?? [])],
      references: named.includes(row) ? [...(references.get(row.member) ?? [])] : [],
    })),
    ...(sealed && job.state === "open" ? { sealedUntil: job.bids_until } : {}),
    ...(job.shortlisted_at && (isClient || seen.length > 0) ? { shortlist: { at: job.shortlisted_at, by: job.by ?? "" } } : {}),
  };
}

const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();

const jobOf = ({ db, actor }: View, id: Id) =>
  db
    .selectFrom("marketplace.job as job")
    .leftJoin("membership.person_card as fixer", "fixer.id", "job.shortlisted_by")
    .select(["job.client", "job.state", "job.bidding", "job.blind", "job.lot", "job.skills", "job.bids_until", "job.shortlisted_at"])
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
    .select(["bid.id", "bid.member", "card.name", "bid.amount_minor", "bid.currency", "bid.pitch", "bid.state", "bid.placed_at"])
    .select(["bid.version", "page.handle", "shortlisted.bid as shortlisted"])
    .where("bid.job", "=", job)
    .execute();

type Row = Awaited<ReturnType<typeof bidsOn>>[number];

const cardOf = (row: Row, member: Id | undefined): Omit<Bid, "bidder" | "place" | "handle" | "matched" | "references"> => ({
  id: row.id,
  amount: { minor: row.amount_minor, currency: row.currency },
  pitch: row.pitch,
  state: row.state as BidState,
  placedAt: row.placed_at,
  mine: row.member === member,
  version: row.version,
  shortlisted: row.shortlisted !== null,
});

/** Which of a job's skills each of these bidders says to have. */
async function matchedOf(
  { db }: View,
  skills: readonly Id[],
  bids: readonly { readonly member: Id }[],
): Promise<ReadonlyMap<Id, readonly Id[]>> {
  if (skills.length === 0 || bids.length === 0) return new Map();
  const rows = await db
    .selectFrom("marketplace.member_skill")
    .select(["member", "skill"])
    .where(
      "member",
      "in",
      bids.map(({ member }) => member),
    )
    .where("skill", "in", skills)
    .orderBy("skill")
    .execute();
  return new Map([...Map.groupBy(rows, ({ member }) => member)].map(([member, of]) => [member, of.map(({ skill }) => skill)]));
}
