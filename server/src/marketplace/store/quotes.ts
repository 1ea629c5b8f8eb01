// Quotes in SQL: frozen as they are made, signed once by each side, lapsed when nobody did.
import type { Selectable } from "kysely";
import {
  engagementTable,
  type EngagementState,
  type Parties,
  type Quote,
  type Side,
} from "@partcommune/shared/marketplace/rules/engagement";
import type { PlannedMilestone } from "@partcommune/shared/marketplace/rules/plan";
import type { Service } from "@partcommune/shared/platform/packs";
import { stateAfter, statesBefore } from "@partcommune/shared/platform/table";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";
import type { DB } from "../../platform/tables.ts";
import { signersOf } from "./teams.ts";

/** The job and the bid an engagement came from; neither where a member declared it. */
export type Origin = { readonly job: Id; readonly bid: Id };

export type NewEngagement = Parties & {
  readonly id: Id;
  readonly origin: Origin | undefined;
  readonly clientName: string;
  readonly title: string;
  readonly text: string;
  readonly amount: Money;
  readonly rate: Money | undefined;
  readonly milestones: readonly PlannedMilestone[];
  readonly quote: string;
  readonly quoteHash: Buffer;
  readonly signUntil: Instant;
  readonly startOn: Day;
  readonly endOn: Day;
  readonly zone: string;
  readonly country: string | null;
  readonly service?: Service;
  readonly silenceDays: number;
};

/** Saves an engagement as quoted, with its milestones. */
export async function saveEngagement(scope: Scope, engagement: NewEngagement): Promise<void> {
  const { origin, clientName, team, amount, rate, milestones, quoteHash, signUntil, startOn, endOn, silenceDays, ...row } = engagement;
  await scope.tx
    .insertInto("marketplace.engagement")
    .values({
      ...row,
      team: [...team],
      job: origin?.job ?? null,
      bid: origin?.bid ?? null,
      client_name: clientName,
      amount_minor: amount.minor,
      currency: amount.currency,
      rate_minor: rate?.minor ?? null,
      state: stateAfter(engagementTable, "quote"),
      quote_hash: quoteHash,
      quoted_at: scope.now,
      sign_until: signUntil,
      start_on: startOn,
      end_on: endOn,
      silence_days: silenceDays,
    })
    .execute();
  await saveMilestones(scope, engagement.id, milestones);
}

const saveMilestones = ({ tx, id }: Scope, engagement: Id, milestones: readonly PlannedMilestone[]): Promise<unknown> =>
  tx
    .insertInto("marketplace.milestone")
    .values(
      milestones.map(({ title, amount, dueOn, parallel }, at) => ({
        id: id(),
        engagement,
        number: at + 1,
        title,
        amount_minor: amount.minor,
        due_on: dueOn ?? null,
        parallel,
        state: "waiting",
      })),
    )
    .execute();

export type QuoteToSign = Quote & { readonly origin: Origin | undefined };

/** A quote held until the transaction ends, so that of two signatures at once the second sees the first. */
export async function quoteToSign({ tx }: Scope, id: Id): Promise<QuoteToSign | undefined> {
  const row = await tx.selectFrom("marketplace.engagement").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  return row && { ...quoteFrom(row, await signersOf({ db: tx }, id)), origin: originFrom(row) };
}

export const originFrom = ({ job, bid }: { readonly job: Id | null; readonly bid: Id | null }): Origin | undefined =>
  job === null || bid === null ? undefined : { job, bid };

type QuoteColumns = "client" | "member" | "team" | "state" | "quote_hash" | "sign_until" | "client_signed_at";

/** A quote as the rules ask about it, with those of its team who have signed. */
export const quoteFrom = (row: Pick<Selectable<DB["marketplace.engagement"]>, QuoteColumns>, signers: readonly Id[]): Quote => ({
  client: row.client,
  member: row.member,
  team: row.team,
  state: row.state as EngagementState,
  hash: row.quote_hash.toString("hex"),
  signUntil: row.sign_until,
  signedBy: [...(row.client_signed_at ? (["client"] as const) : []), ...signers],
});

/** Keeps that a side has signed and, with the second one, moves to `signed`. */
export async function saveSignature({ tx, now }: Scope, id: Id, side: Side, signer: Id | null, isLast: boolean): Promise<boolean> {
  const signature = side === "client" ? { client_signer: signer, client_signed_at: now } : { member_signed_at: now };
  const last = isLast ? { state: stateAfter(engagementTable, "sign"), signed_at: now, sent_back_because: null } : {};
  const saved = await tx
    .updateTable("marketplace.engagement")
    .set((column) => ({ ...signature, ...last, version: column("version", "+", 1n) }))
    .where("id", "=", id)
    .where("state", "in", statesBefore(engagementTable, "sign"))
    .where(side === "client" ? "client_signed_at" : "member_signed_at", "is", null)
    .executeTakeFirst();
  return saved.numUpdatedRows === 1n;
}

/** Quotes whose fourteen days are over. */
export const quotesToLapse = ({ db, now }: View): Promise<readonly { readonly id: Id; readonly signUntil: Instant }[]> =>
  db
    .selectFrom("marketplace.engagement")
    .select(["id", "sign_until as signUntil"])
    .where("state", "in", statesBefore(engagementTable, "lapse"))
    .where("sign_until", "<=", now)
    .limit(500)
    .execute();
