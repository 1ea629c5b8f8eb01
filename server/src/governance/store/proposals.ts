// Proposals in SQL: begun, worded, moved on.
import { sql, type Selectable, type Updateable } from "kysely";
import type { Payload, ProposalKind, ProposalState, ProposalVerb } from "@partcommune/shared/governance/rules/proposal";
import { classOf, openStates, proposalTable, subjectsOf } from "@partcommune/shared/governance/rules/proposal";
import type { BylawClass } from "@partcommune/shared/governance/rules/words";
import type { Id } from "@partcommune/shared/platform/id";
import { afterVerb, statesBefore } from "@partcommune/shared/platform/table";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";
import type { GovernanceProposal } from "../../platform/tables.ts";

export type Words = {
  readonly title: string;
  readonly text: string;
  readonly language: string;
  readonly payload: Payload;
  readonly inAssembly: boolean;
};

/** A proposal as its verbs meet it. */
export type Held = Words & {
  readonly id: Id;
  readonly author: Id | null;
  readonly kind: ProposalKind;
  readonly class: BylawClass;
  readonly state: ProposalState;
  readonly amends: Id | null;
  readonly version: bigint;
  readonly reading: 1 | 2;
  readonly vote: Id | null;
  /** The end of the deliberation, once that is known. */
  readonly deliberateUntil: Instant | null;
  readonly prolonged: boolean;
  readonly admittedAt: Instant | null;
  /** A second reading is not voted before. */
  readonly notBefore: Instant | null;
  /** Too few came to its first vote: the second convocation asks for fewer. */
  readonly second: boolean;
  readonly endedAt: Instant | null;
};

export const heldColumns = [
  "id",
  "author",
  "kind",
  "class",
  "title",
  "text",
  "language",
  "payload",
  "state",
  "amends",
  "version",
  "reading",
  "vote",
  "convened_before",
  "in_assembly",
  "deliberate_until",
  "prolonged",
  "admitted_at",
  "not_before",
  "ended_at",
] as const;

type Row = Selectable<Pick<GovernanceProposal, (typeof heldColumns)[number]>>;

export const heldOf = ({ convened_before, in_assembly, deliberate_until, admitted_at, not_before, ended_at, ...row }: Row): Held => ({
  ...row,
  deliberateUntil: deliberate_until,
  endedAt: ended_at,
  second: convened_before,
  inAssembly: in_assembly,
  admittedAt: admitted_at,
  notBefore: not_before,
  kind: row.kind as ProposalKind,
  class: row.class as BylawClass,
  state: row.state as ProposalState,
  payload: row.payload as Payload,
  reading: row.reading as 1 | 2,
});

/** A proposal, held until the act ends; another's draft is not there. */
export async function heldProposal({ tx, actor }: Scope, id: Id): Promise<Held | undefined> {
  const row = await tx.selectFrom("governance.proposal").select(heldColumns).where("id", "=", id).forUpdate().executeTakeFirst();
  const isTheirs = row?.state !== "draft" || (actor.kind === "person" && actor.member === row.author);
  return row && isTheirs ? heldOf(row) : undefined;
}

/** What begins with its first words: a draft, or at once what others read. */
export type Begun = { readonly author: Id | null; readonly verb: ProposalVerb; readonly amends?: Id | undefined; readonly times?: Times };
type Times = Partial<Readonly<Record<"published_at" | "idea_until" | "deliberate_until", Instant>>>;

export async function saveProposal(scope: Scope, { author, verb, amends, times }: Begun, words: Words): Promise<Id> {
  const { tx, now, id: newId } = scope;
  const id = newId();
  const { payload, inAssembly, ...said } = words;
  await tx
    .insertInto("governance.proposal")
    .values({
      id,
      author,
      ...said,
      kind: payload.kind,
      class: await classNow(scope, payload),
      payload: JSON.stringify(payload),
      in_assembly: inAssembly,
      subjects: [...subjectsOf(payload)],
      amends: amends ?? null,
      state: afterVerb(proposalTable, "none" as ProposalState, verb),
      drafted_at: now,
      ...times,
    })
    .execute();
  await keepRevision({ tx, now }, id, 1n, words);
  return id;
}

/** How grave it is by the bylaws of now. */
export const classNow = async ({ bylaw, now }: Scope, payload: Payload): Promise<BylawClass> =>
  classOf(payload, (await bylaw("treaty.class", now)).value);

async function keepRevision(
  { tx, now }: Pick<Scope, "tx" | "now">,
  proposal: Id,
  version: bigint,
  { title, text, payload }: Pick<Words, "title" | "text" | "payload">,
): Promise<void> {
  await tx
    .insertInto("governance.proposal_revision")
    .values({ proposal, version, title, text, payload: JSON.stringify(payload), at: now })
    .execute();
}

/** Words it anew as its next version, to be deliberated until then. False when it is not at the version that was shown. */
export async function saveRevision(
  scope: Scope,
  id: Id,
  shown: bigint,
  { payload, inAssembly, ...said }: Words,
  { deliberateUntil, prolonged }: Pick<Held, "deliberateUntil" | "prolonged">,
): Promise<boolean> {
  const saved = await scope.tx
    .updateTable("governance.proposal")
    .set({
      ...said,
      payload: JSON.stringify(payload),
      class: await classNow(scope, payload),
      subjects: [...subjectsOf(payload)],
      in_assembly: inAssembly,
      deliberate_until: deliberateUntil,
      prolonged,
      version: shown + 1n,
    })
    .where("id", "=", id)
    .where("version", "=", shown)
    .where("state", "in", statesBefore(proposalTable, "revise"))
    .executeTakeFirst();
  if (saved.numUpdatedRows !== 1n) return false;
  await keepRevision(scope, id, shown + 1n, { ...said, payload });
  return true;
}

type Change = Omit<Updateable<GovernanceProposal>, "state">;

/** Moves a proposal on. True for exactly one of several at once. */
export async function moveProposal({ tx }: Scope, id: Id, from: ProposalState, verb: ProposalVerb, change: Change = {}): Promise<boolean> {
  const moved = await tx
    .updateTable("governance.proposal")
    .set({ ...change, state: afterVerb(proposalTable, from, verb) })
    .where("id", "=", id)
    .where("state", "=", from)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

/** How many proposals a member has open. Two published at once must count each other. */
export async function openOf({ tx }: Scope, author: Id): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`proposals ${author}`}, 0))`.execute(tx);
  const { count } = await tx
    .selectFrom("governance.proposal")
    .select(({ fn }) => fn.countAll<bigint>().as("count"))
    .where("author", "=", author)
    .where("state", "in", [...openStates])
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Open proposals about something, held until the act ends. Two begun at once must see each other. */
export async function openAbout({ tx }: Scope, subject: string): Promise<readonly Held[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`proposals ${subject}`}, 0))`.execute(tx);
  const rows = await tx
    .selectFrom("governance.proposal")
    .select(heldColumns)
    .where(sql<boolean>`subjects @> array[${subject}::text]`)
    .where("state", "in", [...openStates])
    .orderBy("id")
    .forUpdate()
    .execute();
  return rows.map(heldOf);
}

/** How many associates there are: what thresholds of proposals are parts of. */
export async function associates({ db }: Pick<View, "db">): Promise<number> {
  const { count } = await db
    .selectFrom("membership.member_card")
    .select(({ fn }) => fn.countAll<bigint>().as("count"))
    .where("stage", "=", "associate")
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function saveArgument(
  { tx, now, id: newId }: Scope,
  proposal: Id,
  member: Id,
  side: "for" | "against",
  text: string,
): Promise<Id> {
  const id = newId();
  await tx.insertInto("governance.argument").values({ id, proposal, member, side, text, at: now }).execute();
  return id;
}

/** The proposals a vote is about, held until the act ends. */
export async function proposalsOf({ tx }: Scope, vote: Id): Promise<readonly Held[]> {
  const rows = await tx
    .selectFrom("governance.proposal")
    .select(heldColumns)
    .where("vote", "=", vote)
    .where("state", "=", "convened")
    .orderBy("id")
    .forUpdate()
    .execute();
  return rows.map(heldOf);
}

/** The proposals that a vote carried. */
export async function passedOf({ tx }: Scope, vote: Id): Promise<readonly { readonly id: Id }[]> {
  return tx.selectFrom("governance.proposal").select("id").where("vote", "=", vote).where("state", "=", "passed").execute();
}

/** What a vote settled, one way or the other, held until the act ends. */
export async function settledBy({ tx }: Scope, vote: Id): Promise<readonly { readonly id: Id; readonly state: ProposalState }[]> {
  const rows = await tx
    .selectFrom("governance.proposal")
    .select(["id", "state"])
    .where("vote", "=", vote)
    .where("state", "in", statesBefore(proposalTable, "annul"))
    .orderBy("id")
    .forUpdate()
    .execute();
  return rows.map((row) => ({ ...row, state: row.state as ProposalState }));
}
