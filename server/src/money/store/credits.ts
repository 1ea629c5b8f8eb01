// Credits and credit notes in SQL.
import { sql, type Expression } from "kysely";
import type { Amounts, InvoicePaper } from "@partcommune/shared/money/rules/invoice";
import type { Bearer } from "@partcommune/shared/money/rules/overdraft";
import type { Parties } from "@partcommune/shared/money/rules/rights";
import type { Credited } from "@partcommune/shared/money/rules/legs";
import type { Id } from "@partcommune/shared/platform/id";
import type { Earned } from "@partcommune/shared/money/rules/collection";
import { sum, zero, type Money, type Ppm } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";
import { earningsOf } from "./collections.ts";

export type NewCredit = {
  readonly invoice: Id;
  readonly net: Money;
  readonly reason: string;
  readonly bearer: Bearer | undefined;
  readonly proposedBy: Id;
};

/** Saves a proposed credit, unless one of this invoice waits already. */
export async function saveCredit({ tx, now, id }: Scope, { net, bearer, proposedBy, ...rest }: NewCredit): Promise<Id | undefined> {
  const money = { net_minor: net.minor, currency: net.currency };
  const row = await tx
    .insertInto("money.credit")
    .values({ id: id(), ...rest, ...money, bearer: bearer ?? null, state: "proposed", proposed_by: proposedBy, proposed_at: now })
    .onConflict((conflict) => conflict.column("invoice").where("state", "=", sql.lit("proposed")).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export type Proposed = {
  readonly id: Id;
  readonly invoice: Id;
  readonly net: Money;
  readonly reason: string;
  readonly bearer?: Bearer;
  readonly state: string;
  readonly proposedBy: Id;
  readonly agreed: readonly string[];
  readonly parties: Parties & { readonly engagement: Id };
  /** What the client and each of the team are called. */
  readonly names: ReadonlyMap<string, string>;
};

export async function creditAt({ tx }: Pick<Scope, "tx">, id: Id): Promise<Proposed | undefined> {
  const row = await tx
    .selectFrom("money.credit as credit")
    .innerJoin("money.document as document", "document.id", "credit.invoice")
    .selectAll("credit")
    .select(["document.client", "document.team", "document.engagement", "document.frozen"])
    .$narrowType<{ client: Id }>()
    .select((eb) => agreedIn(eb.ref("credit.id")))
    .select(teamNames.as("teamNames"))
    .where("credit.id", "=", id)
    .executeTakeFirst();
  if (!row) return undefined;
  const { invoice, net_minor: minor, currency, reason, state, proposed_by: proposedBy, agreed, client, team, engagement } = row;
  const paper = JSON.parse(row.frozen) as InvoicePaper;
  const names = new Map([["client", paper.client.name], ...team.map((member, at) => [member, row.teamNames[at] ?? ""] as const)]);
  const borne = row.bearer === null ? {} : { bearer: row.bearer as Bearer };
  return {
    id,
    invoice,
    net: { minor, currency },
    reason,
    ...borne,
    state,
    proposedBy,
    agreed,
    parties: { client, team, engagement },
    names,
  };
}

/** What those who did the work are called, in the order of the invoice. */
const teamNames = sql<string[]>`array(
  select card.name from unnest(document.team) with ordinality as part (member, number)
  join membership.member_card card on card.id = part.member order by part.number)`;

/** Who has agreed to a credit: the client, and the ids of those who did the work. */
const agreedIn = (credit: Expression<Id>) =>
  sql<string[]>`array(select coalesce(member::text, side) from money.credit_agreement where credit = ${credit} order by at, member)`.as(
    "agreed",
  );

/** Keeps that the client, or one who did the work, agreed. True for exactly one caller. */
export async function saveAgreement({ tx, now }: Scope, credit: Id, word: string, person: Id): Promise<boolean> {
  const whose = word === "client" ? { side: "client", member: null } : { side: "member", member: word };
  const saved = await tx
    .insertInto("money.credit_agreement")
    .values({ credit, ...whose, person, at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return saved.numInsertedOrUpdatedRows === 1n;
}

export type Waiting = { readonly id: Id; readonly net: Money; readonly reason: string; readonly agreed: readonly string[] };

/** The credits of an engagement that wait, by milestone. Whoever asks has the right to see the engagement. */
export async function waitingCredits({ db }: Pick<View, "db">, engagement: Id): Promise<ReadonlyMap<Id, Waiting>> {
  const rows = await db
    .selectFrom("money.credit as credit")
    .innerJoin("money.document as document", "document.id", "credit.invoice")
    .select(["document.milestone", "credit.id", "credit.net_minor", "credit.currency", "credit.reason"])
    .select((eb) => agreedIn(eb.ref("credit.id")))
    .where("document.engagement", "=", engagement)
    .where("credit.state", "=", "proposed")
    .execute();
  return new Map(
    rows.map(({ milestone, id, net_minor: minor, currency, reason, agreed }) => [
      milestone,
      { id, net: { minor, currency }, reason, agreed },
    ]),
  );
}

/** An invoice with what was credited of it and what was paid; held until the transaction ends, so that payments and credits of it stand in line. */
export type Creditable = {
  readonly client: Id;
  /** Somebody of a sister did the work, and its coop is owed for it already: by its host, with what of a loss it bears. */
  readonly sister: { readonly host: Id; readonly homeLossPpm: Ppm } | undefined;
  readonly engagement: Id;
  readonly milestone: Id;
  readonly frozen: string;
  readonly whole: Credited;
  readonly before: Credited;
  /** The same two in the coop's own money, by the rate of the invoice. */
  readonly atHome: { readonly whole: Credited; readonly before: Credited };
  /** What is open of it is worth in that. */
  readonly worth: Money;
  /** What each who did the work still earns of it, the lead first. */
  readonly earnings: readonly Earned[];
  readonly gross: Money;
  readonly creditedGross: Money;
  readonly paid: Money;
};

export async function invoiceToCredit({ tx }: Pick<Scope, "tx">, invoice: Id): Promise<Creditable | undefined> {
  const standing = await tx.selectFrom("money.collection").selectAll().where("invoice", "=", invoice).forUpdate().executeTakeFirst();
  if (!standing) return undefined;
  const paper = await tx
    .selectFrom("money.document")
    .innerJoin("platform.coop as coop", (join) => join.onTrue())
    .selectAll("money.document")
    .select("coop.currency as home")
    .where("money.document.id", "=", invoice)
    .where("kind", "=", "invoice")
    .$narrowType<{ client: Id }>()
    .executeTakeFirst();
  if (!paper) return undefined;
  const notes = await tx
    .selectFrom("money.credit_note")
    .select((eb) =>
      (["net_minor", "vat_minor", "home_net_minor", "home_vat_minor"] as const).map((each) => eb.fn.sum<string | null>(each).as(each)),
    )
    .where("invoice", "=", invoice)
    .executeTakeFirstOrThrow();
  const money = (minor: bigint): Money => ({ minor, currency: paper.currency });
  const home = (minor: bigint): Money => ({ minor, currency: paper.home });
  const { client, engagement, milestone, frozen } = paper;
  return {
    client,
    sister: paper.sister === null ? undefined : { host: paper.sister, homeLossPpm: paper.home_loss_ppm },
    engagement,
    milestone,
    frozen,
    whole: { net: money(paper.net_minor), vat: money(paper.vat_minor) },
    before: { net: money(BigInt(notes.net_minor ?? 0)), vat: money(BigInt(notes.vat_minor ?? 0)) },
    atHome: {
      whole: { net: home(paper.home_net_minor), vat: home(paper.home_vat_minor) },
      before: { net: home(BigInt(notes.home_net_minor ?? 0)), vat: home(BigInt(notes.home_vat_minor ?? 0)) },
    },
    worth: home(standing.worth_minor),
    earnings: (await earningsOf({ tx }, [invoice], paper.home)).get(invoice) ?? [],
    gross: money(paper.gross_minor),
    creditedGross: money(standing.credited_minor),
    paid: money(standing.paid_minor),
  };
}

/** The credit notes of an invoice, oldest first. */
export const notesOf = async ({ tx }: Pick<Scope, "tx">, invoice: Id): Promise<readonly Id[]> =>
  (await tx.selectFrom("money.credit_note").select("id").where("invoice", "=", invoice).orderBy("issued_at").orderBy("id").execute()).map(
    ({ id }) => id,
  );

export type NewNote = Amounts & {
  readonly id: Id;
  readonly number: string;
  readonly invoice: Id;
  readonly issuedOn: Day;
  /** In the coop's own money, by the rate of the invoice. */
  readonly atHome: Amounts;
  /** What less of the invoice is open by it, in that. */
  readonly worth: Money;
  /** What each who earned of it gives back. */
  readonly backs: readonly Earned[];
  /** What a pot bears of it, because they were paid. */
  readonly borne: Money;
  readonly frozen: string;
  readonly hash: Buffer;
};

/** Freezes a credit note, and counts it where the invoice's payments are counted and where each member is owed. */
export async function saveNote(
  { tx, now }: Scope,
  { net, vat, gross, atHome, worth, backs, borne, issuedOn, ...row }: NewNote,
): Promise<void> {
  const back = sum(zero(atHome.net.currency), ...backs.map(({ budget }) => budget));
  const amounts = {
    currency: net.currency,
    net_minor: net.minor,
    vat_minor: vat.minor,
    gross_minor: gross.minor,
    home_net_minor: atHome.net.minor,
    home_vat_minor: atHome.vat.minor,
    budget_minor: back.minor,
    borne_minor: borne.minor,
  };
  await tx
    .insertInto("money.credit_note")
    .values({ ...row, ...amounts, issued_on: issuedOn, issued_at: now })
    .execute();
  await tx
    .updateTable("money.collection")
    .set((eb) => ({
      credited_minor: eb("credited_minor", "+", gross.minor),
      worth_minor: eb("worth_minor", "-", worth.minor),
      credited_budget_minor: eb("credited_budget_minor", "+", back.minor),
    }))
    .where("invoice", "=", row.invoice)
    .execute();
  for (const { member, budget } of backs)
    for (const table of ["money.earning", "money.payable"] as const)
      await tx
        .updateTable(table)
        .set((eb) => ({ credited_minor: eb("credited_minor", "+", budget.minor) }))
        .where("invoice", "=", row.invoice)
        .where("member", "=", member)
        .execute();
}
