// Rounds of setting off in SQL.
import { sql } from "kysely";
import { roundTable, type Agreed, type RoundState, type RoundVerb } from "@partcommune/shared/federation/rules/netting";
import type { Open } from "@partcommune/shared/federation/rules/claim";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { Id } from "@partcommune/shared/platform/id";
import { stateAfter, statesBefore } from "@partcommune/shared/platform/table";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import type { Database, Tx } from "../../platform/database.ts";
import type { Scope } from "../../platform/scope.ts";

export type HeldRound = {
  readonly id: Id;
  readonly host: Id;
  readonly name: string;
  readonly currency: string;
  readonly state: RoundState;
  readonly hash: string;
  readonly statement: string | null;
  readonly net: bigint;
  readonly moved: bigint;
  readonly dueOn: Day;
};

const rounds = (db: Database | Tx) =>
  db
    .selectFrom("federation.netting_round")
    .select([
      "id",
      "host",
      "name",
      "currency",
      "state",
      "hash",
      "statement",
      "net_minor as net",
      "moved_minor as moved",
      "due_on as dueOn",
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof rounds>["executeTakeFirstOrThrow"]>>;
const roundFrom = ({ state, ...row }: Row): HeldRound => ({ ...row, state: state as RoundState });

/** A round with a sister, held until the transaction ends. */
export async function roundHeld({ tx }: Pick<Scope, "tx">, host: Id, name: string): Promise<HeldRound | undefined> {
  const row = await rounds(tx).where("host", "=", host).where("name", "=", name).forUpdate().executeTakeFirst();
  return row && roundFrom(row);
}

export type NewRound = Pick<HeldRound, "host" | "name" | "currency" | "hash" | "dueOn" | "net">;

/** Opens a round; undefined where one of this name stands. */
export async function saveRound({ tx, now, id }: Scope, { dueOn, net, ...round }: NewRound): Promise<Id | undefined> {
  const saved = await tx
    .insertInto("federation.netting_round")
    .values({ id: id(), ...round, state: "open", due_on: dueOn, net_minor: net, sent_at: now, at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return saved?.id;
}

/** Keeps what we stated last of a round. */
export async function saveStated(
  { tx, now }: Pick<Scope, "tx" | "now">,
  id: Id,
  { hash, statement, net }: Pick<HeldRound, "hash" | "net"> & { readonly statement: string },
): Promise<void> {
  await tx.updateTable("federation.netting_round").set({ hash, statement, net_minor: net, sent_at: now }).where("id", "=", id).execute();
}

export type RoundChange = { readonly theirs?: string; readonly hash?: string; readonly net_minor?: bigint; readonly due_on?: Day };

/** Moves a round by a verb. True for exactly one caller. */
export async function moveRound(
  { tx, now }: Pick<Scope, "tx" | "now">,
  id: Id,
  verb: RoundVerb,
  change: RoundChange = {},
): Promise<boolean> {
  const moved = await tx
    .updateTable("federation.netting_round")
    .set({ state: stateAfter(roundTable, verb), at: now, ...change })
    .where("id", "=", id)
    .where("state", "in", [...statesBefore(roundTable, verb)])
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

/** Counts what a bank booked of a round; what has moved of it then. */
export async function saveMoved({ tx }: Pick<Scope, "tx">, id: Id, minor: bigint): Promise<void> {
  await tx
    .updateTable("federation.netting_round")
    .set((eb) => ({ moved_minor: eb("moved_minor", "+", minor) }))
    .where("id", "=", id)
    .execute();
}

/** Rounds with a sister that are posted and not yet paid, the oldest first. */
export async function unpaidRounds({ tx }: Pick<Scope, "tx">, host: Id, currency: string): Promise<readonly HeldRound[]> {
  const rows = await rounds(tx)
    .where("host", "=", host)
    .where("currency", "=", currency)
    .where("state", "=", "posted")
    .orderBy("name")
    .forUpdate()
    .execute();
  return rows.map(roundFrom);
}

/** What is to be paid to a coop next: the days of its rounds, or since when the oldest claim waits for one. */
export async function openWith(db: Database | Tx, host: Id): Promise<Open> {
  const rows = await db
    .selectFrom("federation.netting_round")
    .select("due_on")
    .where("host", "=", host)
    .where("state", "=", "posted")
    .where("net_minor", "<", 0n)
    .execute();
  const { oldest } = await db
    .selectFrom("federation.claim")
    .select((eb) => eb.fn.min("accepted_at").as("oldest"))
    .where("host", "=", host)
    .where("ours", "=", false)
    .where("state", "=", "accepted")
    .executeTakeFirstOrThrow();
  return { due: rows.map(({ due_on: day }) => day), ...(oldest === null ? {} : { oldest: dayOf(oldest, "UTC") }) };
}

export type RoundClaim = Agreed & { readonly row: Id; readonly ours: boolean; readonly engagement: string; readonly milestone: string };

type Parties = { readonly ours: string; readonly theirs: string };

/** The claims that are in a round; without one, those that may come into the next: accepted by both before an instant, and in none. */
export async function claimsFor(
  { tx }: Pick<Scope, "tx">,
  {
    host,
    currency,
    before,
    round,
  }: { readonly host: Id; readonly currency: string; readonly before: Instant; readonly round?: Id | undefined },
  parties: Parties,
): Promise<readonly RoundClaim[]> {
  const rows = await tx
    .selectFrom("federation.claim")
    .select(["id", "ours", "statement", "sha256", "due_minor", "engagement", "milestone"])
    .where("host", "=", host)
    .where("currency", "=", currency)
    .$if(round === undefined, (query) => query.where("state", "=", "accepted").where("accepted_at", "<", before).where("round", "is", null))
    .$if(round !== undefined, (query) => query.where("round", "=", round ?? ""))
    .orderBy("statement")
    .forUpdate()
    .execute();
  return rows.map(({ id: row, ours, statement, sha256, due_minor: minor, engagement, milestone }) => ({
    row,
    ours,
    engagement,
    milestone,
    id: statement ?? "",
    sha256: sha256 ?? "",
    due: {
      minor,
      currency,
    },
    creditor: ours ? parties.ours : parties.theirs,
    debtor: ours ? parties.theirs : parties.ours,
  }));
}

/** Puts claims into a round, or back among those that wait for the next. */
export async function placeClaims({ tx }: Pick<Scope, "tx">, claims: readonly { readonly row: Id }[], round: Id | null): Promise<void> {
  if (claims.length === 0) return;
  await tx
    .updateTable("federation.claim")
    .set({ round })
    .where(
      "id",
      "in",
      claims.map(({ row }) => row),
    )
    .where("state", "=", "accepted")
    .execute();
}

/** Hosts with a claim that waits to be set off since before an instant, and the currency, where the round of this month has not begun. */
export async function waitingSisters(
  db: Database | Tx,
  before: Instant,
  month: string,
): Promise<readonly { readonly host: Id; readonly currency: string }[]> {
  return db
    .selectFrom("federation.claim as claim")
    .select(["claim.host", "claim.currency"])
    .distinct()
    .where("claim.state", "=", "accepted")
    .where("claim.accepted_at", "<", before)
    .where("claim.round", "is", null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("federation.netting_round as round")
            .select("round.id")
            .whereRef("round.host", "=", "claim.host")
            .where("round.name", "=", sql<string>`${month} || '/' || claim.currency`),
        ),
      ),
    )
    .execute();
}

/** Rounds that we stated before an instant and that are still open. */
export const unansweredRounds = async (db: Database | Tx, sentBefore: Instant): Promise<readonly HeldRound[]> =>
  (await rounds(db).where("state", "=", "open").where("sent_at", "<=", sentBefore).execute()).map(roundFrom);

/** Posted rounds of sisters in force that were to be paid before a day. */
export async function overdueRounds(db: Database | Tx, today: Day): Promise<readonly HeldRound[]> {
  const rows = await rounds(db)
    .where("state", "=", "posted")
    .where("due_on", "<", today)
    .where("host", "in", db.selectFrom("federation.treaty").select("host").where("state", "=", "active"))
    .execute();
  return rows.map(roundFrom);
}
