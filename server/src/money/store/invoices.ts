// Invoices in SQL: numbers without gaps, papers that are written once, and who may read them.
import { sql } from "kysely";
import type { listInvoices, listOpenInvoices, readInvoice } from "@partcommune/shared/money/api";
import { claimNumberText } from "@partcommune/shared/money/rules/claim-paper";
import { creditNumberText } from "@partcommune/shared/money/rules/credit";
import { numberText, type Amounts } from "@partcommune/shared/money/rules/invoice";
import { selfBilledNumberText } from "@partcommune/shared/money/rules/self-billing";
import { buysForClient, isPartyTo, seesAllMoney, seesInvoice } from "@partcommune/shared/money/rules/rights";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { sum, zero, type Money, type Ppm } from "@partcommune/shared/platform/money";
import type { Rate } from "@partcommune/shared/money/rules/foreign";
import type { Earned } from "@partcommune/shared/money/rules/collection";
import type { Day } from "@partcommune/shared/platform/time";
import { cursorOf, isBehind } from "../../platform/list.ts";
import { found } from "../../platform/refused.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { dunningOf } from "./late.ts";

const numbered = { invoice: numberText, creditNote: creditNumberText, claim: claimNumberText, selfBilled: selfBilledNumberText } as const;
export type Series = keyof typeof numbered;

export type Numbered = { readonly number: string; readonly issuedOn: Day };

/**
 * Takes the next number of a series and year for each of these (`branch`: the country, or of what is billed in a member's name that member),
 * and the day it bears: never one before the number below it. In their order, which is that of the numbers of one branch.
 */
export async function takeNumbers(
  { tx }: Pick<Scope, "tx">,
  kind: Series,
  branches: readonly string[],
  today: Day,
): Promise<readonly Numbered[]> {
  const year = Number(today.slice(0, 4));
  const wanted = [...Map.groupBy(branches, (branch) => branch)].map(([branch, { length }]) => ({ branch, many: length }));
  // Whoever takes numbers of several holds them in one order.
  const { rows } = await sql<{ branch: string; next: bigint; last_on: Day }>`
    insert into money.series as series (kind, branch, year, next, last_on)
    select ${kind}, branch, ${year}::smallint, many + 1, ${today}::date
    from unnest(${wanted.map(({ branch }) => branch)}::text[], ${wanted.map(({ many }) => many)}::bigint[]) wanted (branch, many) order by branch
    on conflict (kind, branch, year) do update
      set next = series.next + excluded.next - 1, last_on = greatest(series.last_on, excluded.last_on)
    returning branch, next, last_on`.execute(tx);
  const taken = new Map(rows.map((row) => [row.branch, row]));
  const left = new Map(wanted.map(({ branch, many }) => [branch, BigInt(many)]));
  return branches.map((branch) => {
    const { next, last_on: issuedOn } = found(taken.get(branch));
    const before = found(left.get(branch));
    left.set(branch, before - 1n);
    return { number: numbered[kind](branch, year, next - before), issuedOn };
  });
}

/** One of them. */
export async function takeNumber(scope: Pick<Scope, "tx">, kind: Series, branch: string, today: Day): Promise<Numbered> {
  return found((await takeNumbers(scope, kind, [branch], today))[0]);
}

/** Whose work an invoice is about, and for whom. */
export type Parts = {
  readonly engagement: Id;
  readonly milestone: Id;
  /** None where the client is the sister's, and what is owed is claimed of that. */
  readonly client?: Id;
  readonly team: readonly Id[];
  readonly about: string;
  readonly sister?: SistersPart;
};

/** The other coop; what it is owed of this, where its member did the work; and what of a loss the coop of the member bears. */
export type SistersPart = { readonly host: Id; readonly due?: Money; readonly homeLossPpm: Ppm };

export type NewInvoice = Parts &
  Amounts & {
    readonly id: Id;
    readonly number: string;
    readonly issuedOn: Day;
    readonly payBy: Day;
    /** In the coop's own money, by the rate; the same where there is none. */
    readonly atHome: Amounts;
    readonly rate: Rate | undefined;
    readonly reference: string;
    readonly earnings: readonly (Earned & { readonly part: bigint })[];
    readonly frozen: string;
    readonly hash: Buffer;
  };

/** Freezes an invoice with what each earns of it, and opens the row that counts what is paid of it. */
export async function saveInvoice({ tx, now }: Scope, invoice: NewInvoice): Promise<void> {
  const { net, vat, gross, atHome, rate, earnings, team, issuedOn, payBy, sister, ...row } = invoice;
  const kind = row.client === undefined ? "claim" : "invoice";
  const budget = sum(zero(atHome.net.currency), ...earnings.map((each) => each.budget));
  await tx
    .insertInto("money.document")
    .values({
      ...row,
      team: [...team],
      kind,
      sister: sister?.host ?? null,
      sister_minor: sister?.due?.minor ?? 0n,
      home_loss_ppm: sister?.homeLossPpm ?? 0n,
      issued_on: issuedOn,
      pay_by: payBy,
      currency: net.currency,
      net_minor: net.minor,
      vat_minor: vat.minor,
      gross_minor: gross.minor,
      home_net_minor: atHome.net.minor,
      home_vat_minor: atHome.vat.minor,
      rate_on: rate?.on ?? null,
      rate_home_ppm: rate?.home ?? null,
      rate_foreign_ppm: rate?.foreign ?? null,
      budget_minor: budget.minor,
      issued_at: now,
    })
    .execute();
  // What a sister owes it owes whether or not its client pays, so its claim holds nobody's money back.
  const paid = kind === "claim" ? gross.minor : 0n;
  const worth = kind === "claim" ? 0n : atHome.gross.minor;
  await tx
    .insertInto("money.collection")
    .values({ invoice: invoice.id, pay_by: payBy, gross_minor: gross.minor, worth_minor: worth, paid_minor: paid })
    .execute();
  if (earnings.length === 0) return;
  await tx
    .insertInto("money.earning")
    .values(
      earnings.map(({ member, into, part, budget: { minor } }, at) => ({
        invoice: invoice.id,
        number: at + 1,
        member,
        into_budget: into ?? null,
        part,
        budget_minor: minor,
      })),
    )
    .execute();
}

export type PaperAcross = { readonly engagement: Id; readonly host: Id; readonly homeLossPpm: Ppm };

/** A paper about work that two coops share; undefined where it is of ours alone. */
export async function paperAcross({ tx }: Pick<Scope, "tx">, invoice: Id): Promise<PaperAcross | undefined> {
  return tx
    .selectFrom("money.document")
    .select(["engagement", "sister as host", "home_loss_ppm as homeLossPpm"])
    .where("id", "=", invoice)
    .where("sister", "is not", null)
    .$narrowType<{ host: Id }>()
    .executeTakeFirst();
}

const cardColumns = [
  "document.id",
  "document.number",
  "document.issued_on",
  "document.pay_by",
  "document.about",
  "document.currency",
  "document.net_minor",
  "document.vat_minor",
  "document.gross_minor",
  "document.issued_at",
  "collection.paid_minor",
  "collection.credited_minor",
  "collection.lost_minor",
  "collection.worth_minor",
] as const;

const cards = ({ db }: Pick<View, "db">) =>
  db
    .selectFrom("money.document as document")
    .innerJoin("money.collection as collection", "collection.invoice", "document.id")
    .where("document.kind", "=", "invoice")
    .select(cardColumns)
    .select(sql<string>`(select currency from platform.coop)`.as("home"))
    // As the paper names it, whatever the organisation is called today.
    .select(sql<string>`frozen::jsonb #>> '{client,name}'`.as("client_name"));

type Row = Awaited<ReturnType<ReturnType<typeof cards>["executeTakeFirstOrThrow"]>>;

const cardOf = (row: Row): AnswerOf<typeof listInvoices>["items"][number] => {
  const money = (minor: bigint): Money => ({ minor, currency: row.currency });
  return {
    id: row.id,
    number: row.number,
    issuedOn: row.issued_on,
    payBy: row.pay_by,
    client: row.client_name,
    about: row.about,
    net: money(row.net_minor),
    vat: money(row.vat_minor),
    gross: money(row.gross_minor),
    paid: money(row.paid_minor),
    credited: money(row.credited_minor),
    lost: money(row.lost_minor),
    worth: { minor: row.worth_minor, currency: row.home },
  };
};

/** The invoices of a client, newest first. Who neither buys for it nor keeps the books is told that there is no such client. */
export async function invoicesOf(
  view: View,
  { client, limit, after }: InputOf<typeof listInvoices>,
): Promise<AnswerOf<typeof listInvoices>> {
  found(buysForClient(view.actor, client) || ((await isClient(view, client)) && seesAllMoney(view.actor)) || undefined);
  const rows = await cards(view)
    .where("document.client", "=", client)
    .where((eb) => isBehind(eb, after, "<", "document.issued_at", "document.id"))
    .orderBy("document.issued_at", "desc")
    .orderBy("document.id", "desc")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(cardOf), ...(rows.length > limit && last ? { next: cursorOf(last.issued_at, last.id) } : {}) };
}

const isClient = async ({ db }: View, client: Id): Promise<boolean> =>
  (await db.selectFrom("membership.client_card").select("id").where("id", "=", client).executeTakeFirst()) !== undefined;

/** What is not paid in full, due first on top. */
export async function openInvoices(
  view: View,
  { limit, after }: InputOf<typeof listOpenInvoices>,
): Promise<AnswerOf<typeof listOpenInvoices>> {
  const rows = await cards(view)
    .where((eb) => eb(eb("collection.paid_minor", "+", eb.ref("collection.credited_minor")), "<", eb.ref("collection.gross_minor")))
    .where((eb) => isBehind(eb, after, ">", "collection.pay_by", "collection.invoice"))
    .orderBy("collection.pay_by")
    .orderBy("collection.invoice")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(cardOf), ...(rows.length > limit && last ? { next: cursorOf(last.pay_by, last.id) } : {}) };
}

/** One invoice as it was issued, for those who may read it. */
export async function invoicePage(view: View, { invoice }: InputOf<typeof readInvoice>): Promise<AnswerOf<typeof readInvoice>> {
  const row = found(
    await cards(view)
      .select(["document.client", "document.team", "document.engagement", "document.reference", "document.frozen", "document.hash"])
      .$narrowType<{ client: Id }>()
      .where("document.id", "=", invoice)
      .executeTakeFirst(),
  );
  found(seesInvoice(view.actor, row) || undefined);
  const { reference, frozen, hash, engagement } = row;
  const place = isPartyTo(view.actor, row) ? { engagement } : {};
  return {
    ...cardOf(row),
    ...place,
    reference,
    frozen,
    hash: hash.toString("hex"),
    dunning: [...((await dunningOf(view, [invoice])).get(invoice) ?? [])],
    credits: await notesOn(view, row),
  };
}

/** The credit notes of an invoice that whoever asks may read, oldest first. */
async function notesOn({ db }: View, { id, currency }: Row): Promise<AnswerOf<typeof readInvoice>["credits"]> {
  const rows = await db.selectFrom("money.credit_note").selectAll().where("invoice", "=", id).orderBy("issued_at").orderBy("id").execute();
  return rows.map(({ id: note, number, issued_on: issuedOn, net_minor: net, vat_minor: vat, gross_minor: gross, frozen, hash }) => ({
    id: note,
    number,
    issuedOn,
    net: { minor: net, currency },
    vat: { minor: vat, currency },
    gross: { minor: gross, currency },
    frozen,
    hash: hash.toString("hex"),
  }));
}

/** One credit note as it was issued, for those who may read its invoice. */
export async function creditNote(view: View, { note }: { readonly note: Id }): Promise<{ readonly frozen: string }> {
  const row = found(
    await view.db
      .selectFrom("money.credit_note as note")
      .innerJoin("money.document as document", "document.id", "note.invoice")
      .select(["note.frozen", "document.client", "document.team"])
      .$narrowType<{ client: Id }>()
      .where("note.id", "=", note)
      .executeTakeFirst(),
  );
  found(seesInvoice(view.actor, row) || undefined);
  return { frozen: row.frozen };
}
