// Claims between coops in SQL, and what is agreed with a sister and not yet claimed.
import { sql } from "kysely";
import { claimTable, type Claimed, type ClaimState, type ClaimVerb } from "@partcommune/shared/federation/rules/claim";
import type { Figures } from "@partcommune/shared/money/rules/split";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import { stateAfter, statesBefore } from "@partcommune/shared/platform/table";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Database, Tx } from "../../platform/database.ts";
import type { Scope, View } from "../../platform/scope.ts";

export type NewClaim = {
  readonly host: Id;
  readonly ours: boolean;
  readonly claimed: Claimed;
  readonly state: ClaimState;
  /** Our paper about the work. */
  readonly invoice?: Id | null;
  /** That raised it, and the hash of what it said. */
  readonly statement?: string;
  readonly sha256?: string;
  readonly acceptedAt?: Instant;
};

export const columnsOf = ({ gross, fee, hostFund, homeFund, member, due }: Figures) => ({
  currency: gross.currency,
  gross_minor: gross.minor,
  fee_minor: fee.minor,
  host_fund_minor: hostFund.minor,
  home_fund_minor: homeFund.minor,
  member_minor: member.minor,
  due_minor: due.minor,
});

/** Saves a claim, unless there is one for this milestone: a second one has no effect. */
export async function saveClaim(
  { tx, now, id }: Scope,
  { claimed, statement, sha256, invoice, acceptedAt, ...row }: NewClaim,
): Promise<Id | undefined> {
  const { engagement, milestone, turn, ...figures } = claimed;
  const saved = await tx
    .insertInto("federation.claim")
    .values({
      id: id(),
      ...row,
      engagement,
      milestone,
      turn,
      invoice: invoice ?? null,
      ...columnsOf(figures),
      statement: statement ?? null,
      sha256: sha256 ?? null,
      accepted_at: acceptedAt ?? null,
      at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return saved?.id;
}

export type HeldClaim = Claimed & {
  readonly id: Id;
  readonly host: Id;
  readonly ours: boolean;
  readonly state: ClaimState;
  readonly invoice: Id | null;
  readonly statement: string | null;
  readonly sha256: string | null;
  readonly acceptedAt: Instant | null;
  /** Of a dispute: what the other side reckons; none where it knows of nothing. */
  readonly theirs: bigint | null;
};

const claims = (db: Database | Tx) => db.selectFrom("federation.claim as claim").selectAll("claim");
type Row = Awaited<ReturnType<ReturnType<typeof claims>["executeTakeFirstOrThrow"]>>;

function claimFrom(row: Row): HeldClaim {
  const { id, host, ours, engagement, milestone, turn, invoice, state, currency, statement, sha256 } = row;
  const { accepted_at: acceptedAt, theirs_minor: theirs } = row;
  const money = (minor: bigint): Money => ({ minor, currency });
  return {
    id,
    host,
    ours,
    engagement,
    milestone,
    turn,
    invoice,
    statement,
    sha256,
    acceptedAt,
    theirs,
    state: state as ClaimState,
    gross: money(row.gross_minor),
    fee: money(row.fee_minor),
    hostFund: money(row.host_fund_minor),
    homeFund: money(row.home_fund_minor),
    member: money(row.member_minor),
    due: money(row.due_minor),
  };
}

/** A claim by its id, held until the transaction ends. */
export async function claimHeld({ tx }: Pick<Scope, "tx">, id: Id): Promise<HeldClaim | undefined> {
  const row = await claims(tx).where("id", "=", id).forUpdate().executeTakeFirst();
  return row && claimFrom(row);
}

/** A claim by its id, as it stands. */
export async function claimById({ db }: Pick<View, "db">, id: Id): Promise<HeldClaim | undefined> {
  const row = await claims(db).where("id", "=", id).executeTakeFirst();
  return row && claimFrom(row);
}

export type ClaimName = Pick<Claimed, "engagement" | "milestone" | "turn">;

/** The one claim for a milestone in its turn, held until the transaction ends; a withdrawn one where none stands. */
export async function claimOf(
  { tx }: Pick<Scope, "tx">,
  host: Id,
  { engagement, milestone, turn }: ClaimName,
): Promise<HeldClaim | undefined> {
  const row = await claims(tx)
    .where("host", "=", host)
    .where("engagement", "=", engagement)
    .where("milestone", "=", milestone)
    .where("turn", "=", turn)
    .orderBy((eb) => eb("state", "=", "withdrawn"))
    .orderBy("at", "desc")
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return row && claimFrom(row);
}

/** The claim for the work that a paper of ours is about. */
export async function claimForWork({ tx }: Pick<Scope, "tx">, invoice: Id): Promise<HeldClaim | undefined> {
  const row = await claims(tx)
    .where("invoice", "=", invoice)
    .where("turn", "=", 0)
    .where("state", "<>", "withdrawn")
    .forUpdate()
    .executeTakeFirst();
  return row && claimFrom(row);
}

/** What was accepted of a loss of one milestone and of what came in of it, in the order of its turns, before this one. */
export async function acceptedBefore(
  { tx }: Pick<Scope, "tx">,
  host: Id,
  { engagement, milestone, turn }: ClaimName,
): Promise<readonly HeldClaim[]> {
  const rows = await claims(tx)
    .where("host", "=", host)
    .where("engagement", "=", engagement)
    .where("milestone", "=", milestone)
    .where("turn", ">", 0)
    .where("turn", "<", turn)
    .where("state", "in", ["accepted", "netted", "settled"])
    .orderBy("turn")
    .execute();
  return rows.map(claimFrom);
}

/** The claim that a statement raised. */
export async function claimRaisedBy({ tx }: Pick<Scope, "tx">, host: Id, statement: string): Promise<HeldClaim | undefined> {
  const row = await claims(tx).where("host", "=", host).where("statement", "=", statement).forUpdate().executeTakeFirst();
  return row && claimFrom(row);
}

export type Change = Partial<ReturnType<typeof columnsOf>> & {
  readonly statement?: string | null;
  readonly sha256?: string | null;
  readonly reason?: string | null;
  readonly theirs_minor?: bigint | null;
  readonly accepted_at?: Instant;
  readonly round?: Id | null;
};

/** Moves a claim by a verb. True for exactly one caller. */
export async function moveClaim({ tx, now }: Pick<Scope, "tx" | "now">, id: Id, verb: ClaimVerb, change: Change = {}): Promise<boolean> {
  const moved = await tx
    .updateTable("federation.claim")
    .set({ state: stateAfter(claimTable, verb), at: now, ...change })
    .where("id", "=", id)
    .where("state", "in", [...statesBefore(claimTable, verb)])
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

/** Keeps which paper of ours the work is about that was claimed before it was approved here. */
export async function nameInvoice({ tx }: Pick<Scope, "tx">, id: Id, invoice: Id): Promise<void> {
  await tx.updateTable("federation.claim").set({ invoice }).where("id", "=", id).execute();
}

/** We expect after all what was claimed too early: our figures, and theirs beside them. */
export async function expectDisputed({ tx }: Pick<Scope, "tx">, id: Id, figures: Figures, theirs: bigint): Promise<void> {
  await tx
    .updateTable("federation.claim")
    .set({ ...columnsOf(figures), theirs_minor: theirs })
    .where("id", "=", id)
    .execute();
}

/** A claim that we know of from the other side alone stands in no book of ours. */
export const isBooked = sql<boolean>`(ours = (turn = 0) or state <> 'disputed' or theirs_minor is not null)`;

/** What one side owes the other and is not settled, and what may become so: agreed work that is not approved. `ours`: what we are owed. */
export async function exposureOf(db: Database | Tx, host: Id, ours: boolean, currency: string): Promise<Money> {
  const { rows } = await sql<{ minor: bigint }>`
    select coalesce((select sum(due_minor) from federation.claim
        where host = ${host} and ours = ${ours} and currency = ${currency} and state not in ('settled', 'withdrawn') and ${isBooked}), 0)::bigint
      + coalesce((select sum(agreed_minor - approved_minor) from federation.commitment
        where host = ${host} and ours = ${ours} and currency = ${currency}), 0)::bigint as minor`.execute(db);
  return { minor: rows[0]?.minor ?? 0n, currency };
}

export type Commitment = { readonly host: Id; readonly engagement: string; readonly amount: Money };

/** Keeps what was agreed; an engagement that is agreed anew has the new amount. */
export async function saveCommitment(
  { tx, now }: Pick<Scope, "tx" | "now">,
  { host, engagement, amount }: Commitment,
  ours: boolean,
): Promise<void> {
  const agreed = { currency: amount.currency, agreed_minor: amount.minor, at: now };
  await tx
    .insertInto("federation.commitment")
    .values({ host, engagement, ours, ...agreed })
    .onConflict((conflict) => conflict.columns(["host", "engagement"]).doUpdateSet(agreed))
    .execute();
}

/** So much of it is approved, and claimed from now on. */
export async function saveApproved({ tx }: Pick<Scope, "tx">, { host, engagement, amount }: Commitment): Promise<void> {
  await tx
    .updateTable("federation.commitment")
    .set({ approved_minor: sql<bigint>`least(agreed_minor, approved_minor + ${amount.minor}::bigint)` })
    .where("host", "=", host)
    .where("engagement", "=", engagement)
    .execute();
}

/** Nothing more comes of it. */
export async function endCommitment({ tx }: Pick<Scope, "tx">, host: Id, engagement: string): Promise<void> {
  await tx
    .updateTable("federation.commitment")
    .set((eb) => ({ approved_minor: eb.ref("agreed_minor") }))
    .where("host", "=", host)
    .where("engagement", "=", engagement)
    .execute();
}
