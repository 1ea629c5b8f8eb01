// Seats of the board in SQL: who was elected, for how long, and how it ended.
import { sql } from "kysely";
import type { listSeats } from "@partcommune/shared/governance/api";
import type { College } from "@partcommune/shared/governance/rules/words";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { millisecondsOf, type Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";

export type Seat = { readonly id: Id; readonly college: string; readonly person: Id; readonly vote: Id; readonly until: Instant };

const columns = ["id", "college", "person", "vote", "until_at"] as const;
const seatOf = ({ until_at, ...row }: Omit<Seat, "until"> & { readonly until_at: Instant }): Seat => ({ ...row, until: until_at });

/** Seats that are held, of one college or of all. */
export async function seatsOf({ db }: Pick<View, "db">, college?: string): Promise<readonly Seat[]> {
  const rows = await db
    .selectFrom("governance.seat")
    .select(columns)
    .where("ended_at", "is", null)
    .$if(college !== undefined, (query) => query.where("college", "=", college ?? ""))
    .orderBy("id")
    .execute();
  return rows.map(seatOf);
}

export async function seatById({ db }: Pick<View, "db">, id: Id): Promise<Seat | undefined> {
  const row = await db.selectFrom("governance.seat").select(columns).where("id", "=", id).executeTakeFirst();
  return row && seatOf(row);
}

export async function saveSeat({ tx, now, id: newId }: Scope, { until, ...seat }: Omit<Seat, "id">): Promise<Id> {
  const id = newId();
  await tx
    .insertInto("governance.seat")
    .values({ id, ...seat, from_at: now, until_at: until })
    .execute();
  return id;
}

/** Ends a seat. True for exactly one caller. */
export async function endSeat({ tx, now }: Scope, id: Id, by: "term" | "recall" | "replaced"): Promise<boolean> {
  const ended = await tx
    .updateTable("governance.seat")
    .set({ ended_at: now, ended_by: by })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return ended.numUpdatedRows === 1n;
}

/** Seats whose term is over. */
export async function seatsToEnd({ db, now }: View): Promise<readonly Id[]> {
  const rows = await db
    .selectFrom("governance.seat")
    .select("id")
    .where("ended_at", "is", null)
    .where("until_at", "<=", now)
    .orderBy("id")
    .limit(100)
    .execute();
  return rows.map(({ id }) => id);
}

export type TermEnd = { readonly college: College; readonly until: Instant };

/** When the first seat of each college that ever elected one ends, and for which nobody has asked for an election; now, where none is held any more. */
export async function termEnds({ db, now }: Pick<View, "db" | "now">): Promise<readonly TermEnd[]> {
  const rows = await db
    .selectFrom("governance.seat as seat")
    .select(["college", sql<Instant>`coalesce(min(until_at) filter (where ended_at is null), ${now}::timestamptz(3))`.as("until")])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("governance.proposal as asked")
            .select("asked.id")
            .where("asked.kind", "=", "election")
            .where("asked.state", "in", ["deliberation", "final", "admitted", "convened", "passed"])
            .where(sql<boolean>`asked.payload ->> 'college' = seat.college`),
        ),
      ),
    )
    .groupBy("college")
    .execute();
  return rows.map(({ college, until }) => ({ college: college as College, until }));
}

/** Calls for a college are made one after the other. */
export const whileCalling = async ({ tx }: Scope, college: College): Promise<void> =>
  void (await sql`select pg_advisory_xact_lock(hashtextextended(${`election ${college}`}, 0))`.execute(tx));

export async function personOfMember({ tx }: Scope, member: Id): Promise<Id> {
  const row = await tx.selectFrom("membership.member_card").select("person").where("id", "=", member).executeTakeFirstOrThrow();
  return row.person ?? "";
}

const yearMs = 365 * 86_400_000;

/** How many terms in a row a person has held a seat, up to the one that runs. A gap of a year begins anew. */
export async function termsInRow({ db, now }: Pick<View, "db" | "now">, person: Id): Promise<number> {
  const seats = await db
    .selectFrom("governance.seat")
    .select(["from_at", "until_at"])
    .where("person", "=", person)
    .where("from_at", "<=", now)
    .orderBy("from_at", "desc")
    .limit(20)
    .execute();
  let before = now;
  const gap = seats.findIndex(({ from_at, until_at }) => {
    const apart = millisecondsOf(before) - millisecondsOf(until_at);
    before = from_at;
    return apart > yearMs;
  });
  return gap < 0 ? seats.length : gap;
}

/** Who a tally says was elected. */
export const electedOf = (tally: string): readonly Id[] => (JSON.parse(tally) as { readonly elected?: readonly Id[] }).elected ?? [];

/** Who sits on the board, by name. */
export async function seatsShown(view: View): Promise<AnswerOf<typeof listSeats>> {
  const seats = await seatsOf(view);
  const names = await view.people(seats.map(({ person }) => person));
  return {
    items: seats.map(({ id, college, person, vote, until }) => ({
      id,
      name: names.get(person)?.name ?? "",
      college: college as College,
      vote,
      until,
    })),
  };
}
