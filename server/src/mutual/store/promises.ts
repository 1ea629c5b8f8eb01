// Promises of the guarantee in SQL.
import { sql } from "kysely";
import type { z } from "zod";
import type { PromiseCard } from "@partcommune/shared/mutual/api";
import {
  guaranteeQuestions,
  promiseOfAll,
  type GuaranteeAnswer,
  type GuaranteeQuestion,
  type Lack,
} from "@partcommune/shared/mutual/rules/guarantee";
import type { Rate } from "@partcommune/shared/money/rules/foreign";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Scope, View } from "../../platform/scope.ts";

/** Holds the client's line until the transaction ends, so that of two promises at once the second counts the first. */
export async function standInLine({ tx }: Pick<Scope, "tx">, client: Id): Promise<void> {
  await tx
    .insertInto("mutual.exposed_client")
    .values({ client })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await tx.selectFrom("mutual.exposed_client").select("client").where("client", "=", client).forUpdate().execute();
}

/** What is promised for a client's engagements and neither collected nor ended. */
export async function exposureOf({ db }: Pick<View, "db">, client: Id, currency: string): Promise<Money> {
  const row = await db
    .selectFrom("mutual.promise")
    .select((eb) =>
      eb.fn
        .coalesce(eb.fn.sum<string>(sql<bigint>`amount_minor + moved_minor - collected_minor - released_minor`), eb.val("0"))
        .as("minor"),
    )
    .where("client", "=", client)
    .where("currency", "=", currency)
    .where("guaranteed", "=", true)
    .where("ended_at", "is", null)
    .executeTakeFirstOrThrow();
  return { minor: BigInt(row.minor), currency };
}

type Exchange = Pick<Rate, "home" | "foreign">;

export type NewPromise = {
  readonly engagement: Id;
  /** Absent at the engagement's signing. */
  readonly addition?: { readonly amendment: Id; readonly milestones: readonly Id[] } | undefined;
  readonly client: Id;
  readonly member: Id;
  readonly amount: Money;
  /** By which a foreign price was reckoned. */
  readonly rate: Exchange | undefined;
  readonly workingDays: number;
  readonly answers: readonly GuaranteeAnswer[];
  readonly bylaws: readonly bigint[];
};

/** Which questions did not hold. */
export const lackingOf = (answers: readonly GuaranteeAnswer[]): readonly GuaranteeQuestion[] =>
  answers.filter(({ holds }) => !holds).map(({ question }) => question);

type LacksKept = Readonly<Partial<Record<GuaranteeQuestion, { readonly [Figure in keyof Lack]: string }>>>;

const textOfLacks = (answers: readonly GuaranteeAnswer[]): LacksKept =>
  Object.fromEntries(
    answers.flatMap(({ question, lack }) =>
      lack ? [[question, { has: String(lack.has.minor), needs: String(lack.needs.minor), short: String(lack.short.minor) }]] : [],
    ),
  );

function lackKept(kept: LacksKept, question: GuaranteeQuestion, currency: string): { readonly lack?: Lack } {
  const found = kept[question];
  const money = (minor: string): Money => ({ minor: BigInt(minor), currency });
  return found ? { lack: { has: money(found.has), needs: money(found.needs), short: money(found.short) } } : {};
}

/** Saves what was answered. Of each signing each who does the work has one standing answer; a second is a fault of ours. */
export async function savePromise({ tx, id, now }: Scope, promise: NewPromise): Promise<Id> {
  const { engagement, addition, client, member, amount, rate, workingDays, answers, bylaws } = promise;
  const lacking = lackingOf(answers);
  const key = id();
  await tx
    .insertInto("mutual.promise")
    .values({
      id: key,
      engagement,
      amendment: addition?.amendment ?? null,
      milestones: addition ? [...addition.milestones] : null,
      client,
      member,
      amount_minor: amount.minor,
      currency: amount.currency,
      rate_home_ppm: rate?.home ?? null,
      rate_foreign_ppm: rate?.foreign ?? null,
      guaranteed: lacking.length === 0,
      working_days: workingDays,
      lacking: [...lacking],
      lacks: JSON.stringify(textOfLacks(answers)),
      bylaws: [...bylaws],
      promised_at: now,
    })
    .execute();
  return key;
}

/** Whose answer is asked for: one member's, or without a name that of all together; at the engagement's signing, or at an amendment's. */
export type Whose = { readonly member?: Id | undefined; readonly amendment?: Id | undefined };

/** What was answered the last time it was signed; undefined while it was not. */
export async function promiseOf(
  { db }: Pick<View, "db">,
  engagement: Id,
  { member, amendment }: Whose = {},
): Promise<z.output<typeof PromiseCard> | undefined> {
  const rows = await db
    .selectFrom("mutual.promise")
    .distinctOn("member")
    .select(["working_days", "lacking", "lacks", "currency", "promised_at"])
    .where("engagement", "=", engagement)
    .where("amendment", amendment === undefined ? "is" : "=", amendment ?? null)
    .$if(member !== undefined, (query) => query.where("member", "=", member ?? ""))
    .orderBy("member")
    .orderBy("promised_at", "desc")
    .execute();
  return promiseOfAll(rows.map((row) => ({ workingDays: row.working_days, answers: answersKept(row), promisedAt: row.promised_at })));
}

/** All seven answers of a kept promise. */
export const answersKept = (row: {
  readonly lacking: readonly string[];
  readonly lacks: unknown;
  readonly currency: string;
}): readonly GuaranteeAnswer[] =>
  guaranteeQuestions.map((question) => ({
    question,
    holds: !row.lacking.includes(question),
    ...lackKept(row.lacks as LacksKept, question, row.currency),
  }));

/** One answer of an engagement, as it stands. */
export type Answered = {
  readonly id: Id;
  readonly guaranteed: boolean;
  readonly workingDays: number;
  readonly milestones: readonly Id[] | null;
  readonly isOpen: boolean;
  /** By which a foreign price was reckoned. */
  readonly rate: Exchange | undefined;
};

/** Every answer that one member was given about an engagement, in the order they were given. */
export async function answersOf({ db }: Pick<View, "db">, engagement: Id, member: Id): Promise<readonly Answered[]> {
  const rows = await db
    .selectFrom("mutual.promise")
    .select(["id", "guaranteed", "working_days", "milestones", "ended_at", "rate_home_ppm", "rate_foreign_ppm"])
    .where("engagement", "=", engagement)
    .where("member", "=", member)
    .orderBy("promised_at")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    guaranteed: row.guaranteed,
    workingDays: row.working_days,
    milestones: row.milestones,
    isOpen: row.ended_at === null,
    rate:
      row.rate_home_ppm === null || row.rate_foreign_ppm === null ? undefined : { home: row.rate_home_ppm, foreign: row.rate_foreign_ppm },
  }));
}

/** Keeps how much of a promise the client has paid, however often and in whichever order it is told. */
export async function noteCollected({ tx }: Pick<Scope, "tx">, promise: Id, { minor }: Money): Promise<void> {
  await tx
    .updateTable("mutual.promise")
    // What was released meanwhile is not collected, too: a credit may come after its invoice was paid.
    .set({ collected_minor: sql<bigint>`greatest(collected_minor, least(${minor}::bigint, amount_minor + moved_minor - released_minor))` })
    .where("id", "=", promise)
    .where("ended_at", "is", null)
    .execute();
}

/** Keeps that so much more, or less, is promised, since the rate of an invoice stands. */
export async function noteMoved({ tx }: Pick<Scope, "tx">, promise: Id, { minor }: Money): Promise<void> {
  await tx
    .updateTable("mutual.promise")
    .set((eb) => ({ moved_minor: eb("moved_minor", "+", minor) }))
    .where("id", "=", promise)
    .where("ended_at", "is", null)
    .execute();
}

/** Keeps that so much of a promise was never owed in the end. */
export async function noteReleased({ tx }: Pick<Scope, "tx">, promise: Id, { minor }: Money): Promise<void> {
  await tx
    .updateTable("mutual.promise")
    .set({ released_minor: sql<bigint>`least(released_minor + ${minor}::bigint, amount_minor + moved_minor - collected_minor)` })
    .where("id", "=", promise)
    .where("ended_at", "is", null)
    .execute();
}

/** Ends promises of which nothing is open any more: collected, unless nothing ever was. */
export async function endIfNothingOpen({ tx, now }: Pick<Scope, "tx" | "now">, engagement: Id): Promise<void> {
  await tx
    .updateTable("mutual.promise")
    .set({
      ended_at: now,
      ended_because: sql<string>`case when collected_minor > 0 then 'collected' else 'engagementEnded' end`,
    })
    .where("engagement", "=", engagement)
    .where("ended_at", "is", null)
    .where(sql<boolean>`collected_minor + released_minor >= amount_minor + moved_minor`)
    .execute();
}

/** Ends what was promised, with its engagement. True for exactly one caller; a promise that ended before stays as it ended. */
export async function endPromise({ tx, now }: Pick<Scope, "tx" | "now">, engagement: Id): Promise<boolean> {
  const ended = await tx
    .updateTable("mutual.promise")
    .set({ ended_at: now, ended_because: "engagementEnded" })
    .where("engagement", "=", engagement)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return ended.numUpdatedRows === 1n;
}

/** Whether a person buys for a client: then the payer would be the member. */
export async function buysFor({ db }: Pick<View, "db">, person: Id, client: Id): Promise<boolean> {
  const row = await db
    .selectFrom("membership.buyer_card")
    .select("person")
    .where("client", "=", client)
    .where("person", "=", person)
    .executeTakeFirst();
  return row !== undefined;
}
