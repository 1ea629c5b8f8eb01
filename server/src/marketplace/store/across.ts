// Bids and agreements by the names they have between two coops, in SQL.
import type { SharedBid } from "@partcommune/federation/translate/bid";
import { bidTable, type BidState } from "@partcommune/shared/marketplace/rules/bid";
import type { CreditRisk } from "@partcommune/shared/governance/rules/terms";
import type { Offer } from "@partcommune/shared/marketplace/rules/price";
import { statesBefore } from "@partcommune/shared/platform/table";
import type { JsonObject } from "@partcommune/shared/platform/json";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope, View } from "../../platform/scope.ts";

/** A bid as it crosses: the activity that carries what it says now, and the fee at which its member works. */
export type BidElsewhere = {
  readonly bid: Id;
  readonly offer: string;
  readonly treaty: string;
  readonly bylaw: string;
  readonly feePpm: number;
  readonly offeredAt: Instant;
};

/** Keeps under which name a bid crosses now; a later one takes the place of the one before. */
export async function saveBidElsewhere({ tx }: Scope, { bid, offer, treaty, bylaw, feePpm, offeredAt }: BidElsewhere): Promise<void> {
  const told = { offer, treaty, bylaw, fee_ppm: feePpm, offered_at: offeredAt };
  await tx
    .insertInto("marketplace.bid_elsewhere")
    .values({ bid, ...told })
    .onConflict((conflict) => conflict.column("bid").doUpdateSet(told))
    .execute();
}

const crossed = ({ db }: Pick<View, "db">) =>
  db.selectFrom("marketplace.bid_elsewhere").select(["bid", "offer", "treaty", "bylaw", "fee_ppm as feePpm", "offered_at as offeredAt"]);

/** How a bid crosses; undefined for one that stays here. */
export const bidElsewhere = (view: Pick<View, "db">, bid: Id): Promise<BidElsewhere | undefined> =>
  crossed(view).where("bid", "=", bid).executeTakeFirst();

/** The bid that an activity carries. */
export const bidOfOffer = (view: Pick<View, "db">, offer: string): Promise<BidElsewhere | undefined> =>
  crossed(view).where("offer", "=", offer).executeTakeFirst();

/** A bid that crosses, with its job: `host` is the coop of the job, undefined where it is ours and the member is not. */
export type CrossedBid = BidElsewhere & {
  readonly job: Id;
  readonly client: Id;
  readonly member: Id;
  readonly state: BidState;
  readonly version: bigint;
  readonly host: Id | undefined;
  readonly rejectedBecause: string | undefined;
  readonly jobState: string;
};

/** A bid as the other coop is told of it; undefined for one that stays here. */
export async function crossedBid({ db }: Pick<View, "db">, bid: Id): Promise<CrossedBid | undefined> {
  const row = await db
    .selectFrom("marketplace.bid_elsewhere as crossed")
    .innerJoin("marketplace.bid as bid", "bid.id", "crossed.bid")
    .innerJoin("marketplace.job as job", "job.id", "bid.job")
    .select([
      "crossed.bid",
      "crossed.offer",
      "crossed.treaty",
      "crossed.bylaw",
      "crossed.fee_ppm as feePpm",
      "crossed.offered_at as offeredAt",
    ])
    .select([
      "bid.job",
      "job.client",
      "bid.member",
      "bid.state",
      "bid.version",
      "job.elsewhere",
      "bid.rejected_because",
      "job.state as jobState",
    ])
    .where("crossed.bid", "=", bid)
    .executeTakeFirst();
  if (!row) return undefined;
  const { elsewhere, rejected_because, state, ...rest } = row;
  return { ...rest, state: state as BidState, host: elsewhere ?? undefined, rejectedBecause: rejected_because ?? undefined };
}

type OfferedBid = Omit<SharedBid, "home" | "treaty" | "bylaw" | "feePpm" | "validUntil" | "offeredAt"> & { readonly bidsUntil: Instant };

/** What a bid of ours on a job elsewhere says. */
export async function offeredBid({ db }: Pick<View, "db">, bid: Id): Promise<OfferedBid> {
  const row = await db
    .selectFrom("marketplace.bid as bid")
    .innerJoin("marketplace.job as job", "job.id", "bid.job")
    .innerJoin("marketplace.job_elsewhere as kept", "kept.job", "job.id")
    .innerJoin("membership.member_card as card", "card.id", "bid.member")
    .select(["kept.iri as job", "kept.wire_version as jobVersion", "card.name", "bid.pitch", "bid.days", "job.bids_until as bidsUntil"])
    .select(["bid.amount_minor as minor", "bid.currency", "bid.rate_minor"])
    .where("bid.id", "=", bid)
    .executeTakeFirstOrThrow();
  const { name, minor, currency, rate_minor: rate, days, ...rest } = row;
  const price = { amount: { minor, currency }, rate: rate === null ? undefined : { minor: rate, currency } };
  return { ...rest, ...price, memberName: name ?? "", days: days ?? undefined };
}

/** The bid of a member on a job that waits for an answer, or for its member. */
export async function standingBid({ tx }: Pick<Scope, "tx">, job: Id, member: Id) {
  const row = await tx
    .selectFrom("marketplace.bid")
    .select(["id", "state", "version"])
    .where("job", "=", job)
    .where("member", "=", member)
    .where("state", "in", statesBefore(bidTable, "withdraw"))
    .executeTakeFirst();
  return row && { ...row, state: row.state as BidState };
}

/** Whether a member of a sister has said something about a job since: bid anew, or otherwise. */
export async function hasOfferedSince({ tx }: Pick<Scope, "tx">, job: Id, member: Id, at: Instant): Promise<boolean> {
  const row = await tx
    .selectFrom("marketplace.bid_elsewhere as crossed")
    .innerJoin("marketplace.bid as bid", "bid.id", "crossed.bid")
    .select("bid.id")
    .where("bid.job", "=", job)
    .where("bid.member", "=", member)
    .where("crossed.offered_at", ">", at)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether a bid offers just this already. */
export async function saysTheSame(
  { tx }: Pick<Scope, "tx">,
  bid: Id,
  { amount, rate, days, pitch }: Offer & { readonly pitch: string },
): Promise<boolean> {
  const row = await tx
    .selectFrom("marketplace.bid")
    .select(["amount_minor", "rate_minor", "days", "pitch"])
    .where("id", "=", bid)
    .executeTakeFirst();
  return (
    row?.amount_minor === amount.minor && row.rate_minor === (rate?.minor ?? null) && row.days === (days ?? null) && row.pitch === pitch
  );
}

/** The other coop's id of a member of theirs; undefined for one of ours. */
export async function homeOf({ db }: Pick<View, "db">, member: Id): Promise<Id | undefined> {
  const row = await db.selectFrom("membership.member_card").select("host").where("id", "=", member).executeTakeFirst();
  return row?.host ?? undefined;
}

/** An agreement of two coops. */
export type EngagementElsewhere = {
  readonly engagement: Id;
  readonly host: Id;
  /** Whether the member is ours; else the client is. */
  readonly isHome: boolean;
  readonly iri: string;
  readonly accept: string;
  readonly feePpm: number;
  readonly hostSharePpm: number;
  readonly creditRisk: CreditRisk;
  readonly agreement: JsonObject;
};

export async function saveEngagementElsewhere({ tx }: Scope, { agreement, ...across }: EngagementElsewhere): Promise<void> {
  const { engagement, host, isHome, iri, accept, feePpm, hostSharePpm, creditRisk } = across;
  const terms = { fee_ppm: feePpm, host_share_ppm: hostSharePpm, credit_risk: creditRisk };
  const row = { engagement, host, is_home: isHome, iri, accept, ...terms };
  await tx
    .insertInto("marketplace.engagement_elsewhere")
    .values({ ...row, agreement: JSON.stringify(agreement) })
    .execute();
}

const shared = ({ db }: Pick<View, "db">) => db.selectFrom("marketplace.engagement_elsewhere").selectAll();
type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof shared>["executeTakeFirst"]>>>;

const sharedFrom = ({ is_home, fee_ppm, host_share_ppm, credit_risk, agreement, ...row }: Row): EngagementElsewhere => ({
  ...row,
  isHome: is_home,
  feePpm: fee_ppm,
  hostSharePpm: host_share_ppm,
  creditRisk: credit_risk as CreditRisk,
  agreement: agreement as JsonObject,
});

/** What two coops agreed; undefined for work that is ours alone. */
export async function engagementElsewhere(view: Pick<View, "db">, engagement: Id): Promise<EngagementElsewhere | undefined> {
  const row = await shared(view).where("engagement", "=", engagement).executeTakeFirst();
  return row && sharedFrom(row);
}

/** The same by the activity that carried it, by its own address, or by its id here. */
export async function engagementOf(
  view: Pick<View, "db">,
  by: "accept" | "iri" | "engagement",
  name: string,
): Promise<EngagementElsewhere | undefined> {
  const row = await shared(view).where(by, "=", name).executeTakeFirst();
  return row && sharedFrom(row);
}

/** Whether work is shared with another coop. */
export const isAcross = async ({ tx }: Pick<Scope, "tx">, engagement: Id): Promise<boolean> =>
  (await engagementElsewhere({ db: tx }, engagement)) !== undefined;
