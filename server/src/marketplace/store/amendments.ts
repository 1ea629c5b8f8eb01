// Changes of signed work in SQL: proposed once at a time, signed once by each side, and then what the engagement and its milestones are.
import type { Outcome, AgreedTerms, Amendment } from "@partcommune/shared/marketplace/rules/amendment";
import type { AgreedMilestone } from "@partcommune/shared/marketplace/rules/amended";
import type { CoverCheck } from "@partcommune/shared/marketplace/rules/cover";
import type { Side } from "@partcommune/shared/marketplace/rules/engagement";
import { milestoneTable, type MilestoneState } from "@partcommune/shared/marketplace/rules/milestone";
import type { PlannedMilestone } from "@partcommune/shared/marketplace/rules/plan";
import { stateAfter, statesBefore } from "@partcommune/shared/platform/table";
import type { Id } from "@partcommune/shared/platform/id";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import type { Raised } from "../../mutual/index.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { signersIn, type Signer } from "./amendment-signatures.ts";

const changeable = statesBefore(milestoneTable, "amend");

export type Agreed = AgreedTerms & {
  readonly paper: string;
  readonly hash: Buffer;
  /** The highest number that any milestone ever had, dropped ones too. */
  readonly lastNumber: number;
};

/** What both sides of an engagement have signed, as it stands. */
export async function agreedTerms({ db }: Pick<View, "db">, engagement: Id, currency: string): Promise<Agreed> {
  const row = await db
    .selectFrom("marketplace.engagement")
    .select(["start_on", "end_on", "text", "quote", "quote_hash"])
    .where("id", "=", engagement)
    .executeTakeFirstOrThrow();
  const milestones = await db
    .selectFrom("marketplace.milestone")
    .selectAll()
    .where("engagement", "=", engagement)
    .orderBy("number")
    .execute();
  return {
    startOn: row.start_on,
    endOn: row.end_on,
    text: row.text,
    paper: row.quote,
    hash: row.quote_hash,
    lastNumber: milestones.at(-1)?.number ?? 0,
    milestones: milestones.filter(({ dropped }) => !dropped).map((each) => agreedFrom(each, currency)),
  };
}

type MilestoneRow = {
  readonly id: Id;
  readonly number: number;
  readonly title: string;
  readonly amount_minor: bigint;
  readonly due_on: Day | null;
  readonly parallel: boolean;
  readonly state: string;
  readonly handed_in_at: Instant | null;
};

const agreedFrom = (row: MilestoneRow, currency: string): AgreedMilestone => ({
  id: row.id,
  number: row.number,
  changeable: row.handed_in_at === null && changeable.includes(row.state as MilestoneState),
  ...plannedFrom(row, currency),
});

type PlannedRow = Pick<MilestoneRow, "title" | "amount_minor" | "due_on" | "parallel">;

const plannedFrom = (row: PlannedRow, currency: string): PlannedMilestone => ({
  title: row.title,
  amount: { minor: row.amount_minor, currency },
  ...(row.due_on === null ? {} : { dueOn: row.due_on }),
  parallel: row.parallel,
});

export type AmendedMilestone = PlannedMilestone & {
  readonly id: Id;
  readonly kind: "added" | "changed" | "dropped";
  readonly number: number;
};

export type NewAmendment = {
  readonly engagement: Id;
  readonly by: Side;
  readonly person: Id;
  readonly reason: string;
  readonly standsUntil: Instant;
  readonly before: Pick<Agreed, "paper" | "hash">;
  readonly paper: string;
  readonly hash: Buffer;
  readonly amountMinor: bigint;
  readonly endOn: Day;
  readonly text: string;
  readonly checks: readonly CoverCheck[];
  readonly milestones: readonly AmendedMilestone[];
};

/** Saves a proposed change; its id. */
export async function saveAmendment({ tx, now, id: newId }: Scope, amendment: NewAmendment): Promise<Id> {
  const { engagement, by, person, reason, standsUntil, before, paper, hash, amountMinor, endOn, text, checks, milestones } = amendment;
  const id = newId();
  const { before: last } = await tx
    .selectFrom("marketplace.amendment")
    .select(({ fn }) => fn.countAll<bigint>().as("before"))
    .where("engagement", "=", engagement)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto("marketplace.amendment")
    .values({
      id,
      engagement,
      number: Number(last) + 1,
      proposed_by: by,
      person,
      reason,
      at: now,
      stands_until: standsUntil,
      before: before.paper,
      amends: before.hash,
      paper,
      hash,
      amount_minor: amountMinor,
      end_on: endOn,
      text,
      held_up: [...checks],
    })
    .execute();
  if (milestones.length > 0) await saveMilestones({ tx }, id, milestones);
  return id;
}

const saveMilestones = ({ tx }: Pick<Scope, "tx">, amendment: Id, milestones: readonly AmendedMilestone[]): Promise<unknown> =>
  tx
    .insertInto("marketplace.amended_milestone")
    .values(
      milestones.map(({ id: milestone, kind, number, title, amount, dueOn, parallel }) => ({
        amendment,
        milestone,
        kind,
        number,
        title,
        amount_minor: amount.minor,
        due_on: dueOn ?? null,
        parallel,
      })),
    )
    .execute();

export type OpenAmendment = Amendment & {
  readonly id: Id;
  readonly amountMinor: bigint;
  readonly endOn: Day;
  readonly text: string;
  readonly paper: string;
  readonly hashBytes: Buffer;
};

/** The change that waits for its signatures. Its engagement is held by whoever asks, and so is this. */
export const openAmendment = ({ tx }: Pick<Scope, "tx">, engagement: Id): Promise<OpenAmendment | undefined> =>
  waitingAmendment({ db: tx }, engagement);

/** The same, for who only reads. */
export async function waitingAmendment({ db }: Pick<View, "db">, engagement: Id): Promise<OpenAmendment | undefined> {
  const row = await db
    .selectFrom("marketplace.amendment")
    .selectAll()
    .where("engagement", "=", engagement)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  if (!row) return undefined;
  const { id, amount_minor: amountMinor, end_on: endOn, text, paper, hash: hashBytes } = row;
  return { id, amountMinor, endOn, text, paper, hashBytes, ...lawful(row, await signersIn({ db }, [id])) };
}

type LawfulRow = {
  readonly proposed_by: string;
  readonly hash: Buffer;
  readonly stands_until: Instant;
  readonly client_signed_at: Instant | null;
  readonly held_up: readonly string[];
  readonly covered_by: Id | null;
};

/** A row as the rules ask about it. */
const lawful = (row: LawfulRow, signers: readonly Signer[]): Amendment => ({
  by: row.proposed_by as Side,
  hash: row.hash.toString("hex"),
  standsUntil: row.stands_until,
  signedBy: [...(row.client_signed_at ? (["client"] as const) : []), ...signers.map(({ member }) => member)],
  heldUp: row.held_up.length > 0 && row.covered_by === null,
});

/** Ends a change that comes to nothing. True for exactly one caller. */
export async function endAmendment(
  { tx, now }: Scope,
  id: Id,
  outcome: Exclude<Outcome, "open" | "signed">,
  because: string | null,
): Promise<boolean> {
  const ended = await tx
    .updateTable("marketplace.amendment")
    .set({ ended_at: now, outcome, ended_because: because })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return ended.numUpdatedRows === 1n;
}

/** Keeps an adviser's word for the checks that do not hold. True for exactly one caller. */
export async function saveAmendmentCover({ tx }: Scope, id: Id, adviser: Id, note: string): Promise<boolean> {
  const saved = await tx
    .updateTable("marketplace.amendment")
    .set({ covered_by: adviser, cover_note: note })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .where("covered_by", "is", null)
    .executeTakeFirst();
  return saved.numUpdatedRows === 1n;
}

export type Touched = AmendedMilestone & { readonly was?: PlannedMilestone["amount"] };

/** The milestones a change touches, each with what it costs before where it is none of the new ones. */
export async function touchedBy({ db }: Pick<View, "db">, amendment: Id, currency: string): Promise<readonly Touched[]> {
  const rows = await db
    .selectFrom("marketplace.amended_milestone as wanted")
    .leftJoin("marketplace.milestone as milestone", "milestone.id", "wanted.milestone")
    .select(["wanted.milestone as id", "wanted.kind", "wanted.number", "wanted.title", "wanted.amount_minor", "wanted.due_on"])
    .select(["wanted.parallel", "milestone.amount_minor as before"])
    .where("wanted.amendment", "=", amendment)
    .orderBy("wanted.number")
    .execute();
  return rows.map(({ id, kind, number, before, ...row }) => ({
    id,
    kind: kind as Touched["kind"],
    number,
    ...plannedFrom(row, currency),
    ...(before === null ? {} : { was: { minor: before, currency } }),
  }));
}

/** The milestones that are added or cost more. */
export const raisedIn = (touched: readonly Touched[]): readonly Raised[] =>
  touched.flatMap(({ id, kind, amount, was }) =>
    kind === "added" || (kind === "changed" && was && amount.minor > was.minor) ? [{ id, price: amount, was }] : [],
  );

/** Makes of a milestone what both have signed. False where work was handed in meanwhile. */
export async function amendMilestone({ tx }: Scope, engagement: Id, touched: Touched): Promise<boolean> {
  const { id, kind, number, title, amount, dueOn, parallel } = touched;
  const planned = { title, amount_minor: amount.minor, due_on: dueOn ?? null, parallel };
  if (kind === "added") {
    await tx
      .insertInto("marketplace.milestone")
      .values({ ...planned, id, engagement, number, state: "waiting" })
      .execute();
    return true;
  }
  const dropped = kind === "dropped";
  const changed = await tx
    .updateTable("marketplace.milestone")
    .set((column) => ({
      ...(dropped ? { dropped, state: stateAfter(milestoneTable, "drop") } : planned),
      version: column("version", "+", 1n),
    }))
    .where("id", "=", id)
    .where("handed_in_at", "is", null)
    .where("state", "in", changeable)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

/** Changes whose fourteen days are over. */
export const amendmentsToLapse = ({ db, now }: View): Promise<readonly { readonly id: Id; readonly engagement: Id }[]> =>
  db
    .selectFrom("marketplace.amendment")
    .select(["id", "engagement"])
    .where("ended_at", "is", null)
    .where("stands_until", "<=", now)
    .limit(500)
    .execute();
