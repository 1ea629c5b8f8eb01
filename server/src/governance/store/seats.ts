// Seats of the board in SQL: who was elected, from when until when, and how it ended.
import { sql } from "kysely";
import type { Held } from "@partcommune/shared/governance/rules/election";
import type { College } from "@partcommune/shared/governance/rules/words";
import type { Id } from "@partcommune/shared/platform/id";
import { millisecondsOf, type Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";
import { belonging } from "./roll.ts";

export type Seat = Held & {
  readonly id: Id;
  readonly college: College;
  readonly vote: Id;
  /** Whether they sit; whoever is elected before the term begins waits. */
  readonly isTaken: boolean;
  /** When they leave, where they resigned. */
  readonly leavesAt: Instant | null;
};

const columns = ["id", "college", "person", "vote", "from_at", "taken_at", "until_at", "leaves_at"] as const;
type Row = {
  readonly id: Id;
  readonly college: string;
  readonly person: Id;
  readonly vote: Id;
  readonly from_at: Instant;
  readonly taken_at: Instant | null;
  readonly until_at: Instant;
  readonly leaves_at: Instant | null;
};
const seatOf = ({ college, from_at, taken_at, until_at, leaves_at, ...row }: Row): Seat => ({
  ...row,
  college: college as College,
  from: from_at,
  until: until_at,
  isTaken: taken_at !== null,
  leavesAt: leaves_at,
});

export type NewSeat = Omit<Seat, "id" | "isTaken" | "leavesAt">;

/** Seats that are held or waited for, of one college or of all. */
export async function seatsOf({ db }: Pick<View, "db">, college?: College): Promise<readonly Seat[]> {
  const rows = await db
    .selectFrom("governance.seat")
    .select(columns)
    .where("ended_at", "is", null)
    .$if(college !== undefined, (query) => query.where("college", "=", college ?? ""))
    .orderBy("until_at")
    .orderBy("id")
    .execute();
  return rows.map(seatOf);
}

/** Those of them that somebody sits on. */
export const sittingOf = async (view: Pick<View, "db">, college?: College): Promise<readonly Seat[]> =>
  (await seatsOf(view, college)).filter(({ isTaken }) => isTaken);

/** Who had a seat by these ballots and left it before its term: by the members' word or their own. */
export async function leftBefore({ db }: Pick<View, "db">, vote: Id): Promise<readonly Id[]> {
  const rows = await db
    .selectFrom("governance.seat")
    .select("person")
    .where("vote", "=", vote)
    .where("ended_by", "in", ["recall", "resigned", "left"])
    .execute();
  return rows.map(({ person }) => person);
}

/** A seat that has not ended. */
export async function seatById({ db }: Pick<View, "db">, id: Id): Promise<Seat | undefined> {
  const row = await db.selectFrom("governance.seat").select(columns).where("id", "=", id).where("ended_at", "is", null).executeTakeFirst();
  return row && seatOf(row);
}

/** Keeps who was elected to a seat; they sit on it once they took it. */
export async function saveSeat({ tx, id: newId }: Scope, { from, until, ...seat }: NewSeat): Promise<Id> {
  const id = newId();
  await tx
    .insertInto("governance.seat")
    .values({ id, ...seat, from_at: from, until_at: until })
    .execute();
  return id;
}

/** Sits down. True for exactly one caller. */
export async function takeSeat({ tx, now }: Scope, id: Id): Promise<boolean> {
  const taken = await tx
    .updateTable("governance.seat")
    .set({ taken_at: now })
    .where("id", "=", id)
    .where("taken_at", "is", null)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return taken.numUpdatedRows === 1n;
}

/** A term begins earlier than it was to: the seat it follows is vacant. */
export async function bringForward({ tx, now }: Scope, id: Id): Promise<void> {
  await tx.updateTable("governance.seat").set({ from_at: now }).where("id", "=", id).where("taken_at", "is", null).execute();
}

/** Keeps when somebody leaves. */
export async function saveResignation({ tx }: Scope, id: Id, at: Instant): Promise<void> {
  await tx.updateTable("governance.seat").set({ leaves_at: at }).where("id", "=", id).where("ended_at", "is", null).execute();
}

/** Seats whose person resigned and whose day has come, or who no longer belongs to the college. */
export async function seatsLeft({ db, now }: View): Promise<readonly { readonly seat: Id; readonly cause: "resigned" | "left" }[]> {
  const { rows } = await sql<{ seat: Id; cause: "resigned" | "left" }>`
    select id as seat, case when belongs then 'resigned' else 'left' end as cause
    from governance.seat cross join lateral (select coalesce(${belonging(sql`seat.person`, sql`seat.college`)}, false) as belongs) college
    where ended_at is null and (leaves_at <= ${now}::timestamptz or not belongs) order by id limit 100`.execute(db);
  return rows;
}

/** Whether a person belongs to a college, however new. */
export async function belongs({ db }: Pick<View, "db">, person: Id, college: College): Promise<boolean> {
  const { rows } = await sql<{ is: boolean | null }>`select ${belonging(sql`${person}::uuid`, sql`${college}::text`)} as is`.execute(db);
  return rows[0]?.is === true;
}

export type SeatEnd = "term" | "recall" | "resigned" | "left";

/** Ends a seat. True for exactly one caller. */
export async function endSeat({ tx, now }: Scope, id: Id, by: SeatEnd): Promise<boolean> {
  const ended = await tx
    .updateTable("governance.seat")
    .set({ ended_at: now, ended_by: by })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return ended.numUpdatedRows === 1n;
}

/** Seats of those elected whose term has begun, and on which they do not sit yet. */
export async function seatsToTake({ db, now }: View): Promise<readonly Id[]> {
  const rows = await db
    .selectFrom("governance.seat")
    .select("id")
    .where("ended_at", "is", null)
    .where("taken_at", "is", null)
    .where("from_at", "<=", now)
    .orderBy("from_at")
    .orderBy("id")
    .limit(100)
    .execute();
  return rows.map(({ id }) => id);
}

/** Whether members ever elected anybody: until then the founders sit. */
export async function hasElected({ db }: Pick<View, "db">): Promise<boolean> {
  return (await db.selectFrom("governance.seat").select("id").limit(1).executeTakeFirst()) !== undefined;
}

/** When the coop was founded: version 1 of its bylaws came into force. */
export async function foundedAt({ db }: Pick<View, "db">): Promise<Instant | undefined> {
  const row = await db
    .selectFrom("governance.bylaw_version")
    .select("valid_from")
    .where("cause", "=", "founding")
    .limit(1)
    .executeTakeFirst();
  return row?.valid_from;
}

const underWay = ["deliberation", "final", "appealed", "admitted", "convened", "passed"] as const;

/** Elections that are under way, by the college whose seats they fill. */
export async function electionsUnderWay({
  db,
}: Pick<View, "db">): Promise<readonly { readonly proposal: Id; readonly college: College }[]> {
  const rows = await db
    .selectFrom("governance.proposal")
    .select(["id", sql<College>`payload ->> 'college'`.as("college")])
    .where("kind", "=", "election")
    .where("state", "in", [...underWay])
    .execute();
  return rows.map(({ id, college }) => ({ proposal: id, college }));
}

/** When the clock last called each college in vain: nobody stood. */
export async function callsLapsed({ db }: Pick<View, "db">): Promise<ReadonlyMap<College, Instant>> {
  const rows = await db
    .selectFrom("governance.proposal")
    .select([sql<College>`payload ->> 'college'`.as("college"), sql<Instant>`max(published_at)`.as("at")])
    .where("kind", "=", "election")
    .where("author", "is", null)
    .where("state", "=", "lapsed")
    .groupBy("college")
    .execute();
  return new Map(rows.map(({ college, at }) => [college, at]));
}

/** Whatever bears on the seats of the board is done one after the other, of all colleges: nobody holds two, and the role is of who sits. */
export const whileSeating = async ({ tx }: Scope): Promise<void> =>
  void (await sql`select pg_advisory_xact_lock(hashtextextended('seats', 0))`.execute(tx));

const yearMs = 365 * 86_400_000;

/** How many terms in a row a person has held a seat, up to the one that runs, however long it was held over. A gap of a year begins anew. */
export async function termsInRow({ db, now }: Pick<View, "db" | "now">, person: Id): Promise<number> {
  const seats = await db
    .selectFrom("governance.seat")
    .select(["from_at", "until_at", "ended_at"])
    .where("person", "=", person)
    .where("taken_at", "is not", null)
    .orderBy("from_at", "desc")
    .limit(20)
    .execute();
  let before = now;
  const gap = seats.findIndex(({ from_at, until_at, ended_at }) => {
    const sat = ended_at ?? now;
    const apart = millisecondsOf(before) - millisecondsOf(sat > until_at ? sat : until_at);
    before = from_at;
    return apart > yearMs;
  });
  return gap < 0 ? seats.length : gap;
}

/** Whose candidacies a tally says were elected. */
export const electedOf = (tally: string): readonly Id[] => (JSON.parse(tally) as { readonly elected?: readonly Id[] }).elected ?? [];
