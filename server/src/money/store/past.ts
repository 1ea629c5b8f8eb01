// Invoices of the past with the parts they were made of and everything posted of them, in SQL: what a replay begins with.
import { sql } from "kysely";
import type { Followed, PayPosted } from "@partcommune/shared/money/rules/replay";
import { accountOf } from "@partcommune/shared/money/rules/accounts";
import { paysWork } from "@partcommune/shared/money/rules/entry";
import { legsAtHome } from "@partcommune/shared/money/rules/foreign";
import { rateOf } from "@partcommune/shared/money/rules/invoice";
import type { Leg, TeamPart } from "@partcommune/shared/money/rules/legs";
import { dayAfter } from "@partcommune/shared/platform/calendar";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money, Ppm } from "@partcommune/shared/platform/money";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import type { Reading } from "./ledger.ts";

/** Days, both counted. */
export type Window = { readonly from: Day; readonly until: Day };

/** An entry that followed an invoice, with the legs it has. */
export type Step = Followed & { readonly posted: readonly Leg[] };

export type PastInvoice = {
  readonly id: Id;
  readonly engagement: Id;
  readonly client: Id;
  readonly price: Money;
  readonly vatRate: Ppm;
  /** The versions it obeyed. */
  readonly bylaws: readonly bigint[];
  /** Who did which part of the work, with the branch they were in on the day of the invoice. */
  readonly team: readonly (TeamPart & { readonly branch: Id | null })[];
  readonly posted: readonly Leg[];
  readonly followed: readonly Step[];
};

const pageSize = 500;

/** What each branch is called. */
export async function branchNames({ db }: Reading): Promise<ReadonlyMap<Id, string>> {
  const rows = await db.selectFrom("membership.branch_card").select(["id", "name"]).execute();
  return new Map(rows.map(({ id, name }) => [id ?? "", name ?? ""]));
}

/** How many entries with a day of a window were booked after an instant. */
export async function bookedSince({ db }: Reading, { from, until }: Window, at: Instant): Promise<number> {
  const { count } = await db
    .selectFrom("ledger.entry")
    .select(({ fn }) => fn.countAll<bigint>().as("count"))
    .where("at", ">", at)
    .where("value_on", ">=", from)
    .where("value_on", "<=", until)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The last day of those with more than so many invoices after it; undefined where a window holds no more than that. */
export async function dayBeforeNewest({ db }: Reading, { from, until }: Window, most: number): Promise<Day | undefined> {
  const row = await db
    .selectFrom("money.document")
    .select("issued_on")
    .where("kind", "=", "invoice")
    .where("issued_on", ">=", from)
    .where("issued_on", "<=", until)
    .orderBy("issued_on", "desc")
    .orderBy("id", "desc")
    .offset(most)
    .limit(1)
    .executeTakeFirst();
  return row?.issued_on;
}

/** The invoices of a window, page by page in the order of their days, with what followed of them until its end. */
export async function* pastInvoices(reading: Reading, window: Window): AsyncGenerator<readonly PastInvoice[]> {
  let after: { readonly on: Day; readonly id: Id } = { on: dayAfter(window.from, -1), id: lastOfAll };
  for (;;) {
    const rows = await invoicesAfter(reading, after, window.until);
    const last = rows.at(-1);
    if (!last) return;
    const steps = await followedOf(reading, rows, window.until);
    yield rows.map((row) => ({ ...invoiceFrom(row), followed: steps.get(row.id) ?? [] }));
    after = { on: last.issuedOn, id: last.id };
  }
}

const lastOfAll = "ffffffff-ffff-ffff-ffff-ffffffffffff";

type LegText = readonly [code: string, currency: string, amount: string];

const legsAsText = sql`(select jsonb_agg(jsonb_build_array(code, leg.currency, amount::text) order by no)
  from ledger.leg join ledger.account using (account_id) where leg.entry_id = entry.entry_id)`;

const legsFrom = (legs: readonly LegText[]): readonly Leg[] =>
  legs.map(([code, currency, amount]) => ({ account: accountOf(code), money: { minor: BigInt(amount), currency } }));

type InvoiceRow = {
  readonly id: Id;
  readonly engagement: Id;
  readonly client: Id;
  readonly issuedOn: Day;
  readonly currency: string;
  readonly net: bigint;
  readonly percent: string;
  readonly bylaws: readonly string[];
  readonly legs: readonly LegText[];
  readonly team: readonly (readonly [member: Id, part: string, branch: Id | null, into: Id | null])[];
};

async function invoicesAfter({ db }: Reading, after: { readonly on: Day; readonly id: Id }, until: Day): Promise<readonly InvoiceRow[]> {
  const { rows } = await sql<InvoiceRow>`
    select document.id, document.engagement, document.client, issued_on as "issuedOn", coop.currency, home_net_minor as net,
      frozen::jsonb ->> 'vatPercent' as percent, entry.bylaws::text[] as bylaws, ${legsAsText} as legs,
      (select jsonb_agg(jsonb_build_array(earning.member, part::text, branch, into_budget) order by number)
        from money.earning left join membership.branch_place as place
          on place.member = earning.member and from_on <= issued_on and (to_on is null or to_on > issued_on)
        where earning.invoice = document.id) as team
    from platform.coop, money.document join ledger.entry on entry.key = 'invoice:' || document.id || ':issued'
    where (issued_on, document.id) > (${after.on}::date, ${after.id}::uuid) and issued_on <= ${until}::date
    order by issued_on, document.id limit ${pageSize}`.execute(db);
  return rows;
}

const invoiceFrom = ({
  id,
  engagement,
  client,
  currency,
  net,
  percent,
  bylaws,
  legs,
  team,
}: InvoiceRow): Omit<PastInvoice, "followed"> => ({
  id,
  engagement,
  client,
  price: { minor: net, currency },
  vatRate: rateOf(percent),
  bylaws: bylaws.map(BigInt),
  posted: legsAtHome(legsFrom(legs), currency),
  team: team.map(([member, part, branch, into]) => ({ member, part: BigInt(part), branch, into: into ?? undefined })),
});

type StepRow = {
  readonly kind: string;
  readonly invoice: Id;
  readonly net: bigint | null;
  readonly vat: bigint | null;
  readonly currency: string;
  /** Whom the bank has paid by it. */
  readonly member: Id | null;
  /** Of an invoice in a member's name. */
  readonly percent: string | null;
  /** Of pay. */
  readonly payee: Id | null;
  readonly pay: Readonly<Record<"net" | "employee" | "employer" | "along" | "kept", string>> | null;
  readonly legs: readonly LegText[];
};

/** What was posted of these invoices until a day, in the order of the book. */
async function followedOf({ db }: Reading, invoices: readonly InvoiceRow[], until: Day): Promise<ReadonlyMap<Id, readonly Step[]>> {
  const engagements = [...new Set(invoices.map(({ engagement }) => engagement))];
  const { rows } = await sql<StepRow>`
    select entry.kind, coalesce(note.invoice, entry.document_id) as invoice, note.home_net_minor as net, note.home_vat_minor as vat, coop.currency,
      item.member, paper.frozen::jsonb ->> 'vatPercent' as percent, ${legsAsText} as legs, pay.member as payee,
      case when pay.id is not null then jsonb_build_object('net', pay.net_minor::text, 'employee', employee_minor::text,
        'employer', employer_minor::text, 'along', along_minor::text, 'kept', (left_minor - cost_minor)::text) end as pay
    from platform.coop, ledger.entry
      left join money.credit_note as note on note.id = entry.document_id
      left join money.payout_item as item on item.settled_line = entry.bank_line_id
      left join money.self_billed as paper on entry.kind = 'member.billed' and entry.key = 'payout-item:' || paper.item || ':ordered'
      left join money.payout_item as ordered on entry.key = 'payout-item:' || ordered.id || ':ordered'
      left join money.pay on pay.id = ordered.pay
    where entry.engagement_id = any(${engagements}::uuid[]) and value_on <= ${until}::date
      and (entry.kind in ('invoice.credited', 'payout.settled', 'advance.repaid', 'vat.billed') or entry.kind = any(${[...paysWork]}::ledger.kind_name[]))
    order by entry_id`.execute(db);
  return new Map([...Map.groupBy(rows, ({ invoice }) => invoice)].map(([invoice, steps]) => [invoice, steps.map(stepFrom)]));
}

function stepFrom({ kind, net, vat, currency, member, percent, legs, payee, pay }: StepRow): Step {
  const posted = legsAtHome(legsFrom(legs), currency);
  if (kind === "invoice.credited") {
    const credited = { net: { minor: net ?? 0n, currency }, vat: { minor: vat ?? 0n, currency } };
    return { kind: "credited", credited, posted };
  }
  const whose = payee ?? posted.find(({ account }) => account.owner)?.account.owner ?? "";
  if (kind === "advance.repaid" || kind === "vat.billed") return { kind: "used", member: whose, posted };
  if (kind !== "payout.settled") {
    return { kind: "ordered", member: whose, vatRate: rateOf(percent ?? "0"), posted, ...(pay ? { pay: payPosted(pay, currency) } : {}) };
  }
  const bank = posted.find(({ account }) => account.class === "asset")?.account.code.replace(/^bank:/, "") ?? "";
  return { kind: "settled", member: member ?? "", bank, posted };
}

const payPosted = (pay: NonNullable<StepRow["pay"]>, currency: string): PayPosted => {
  const money = (minor: string): Money => ({ minor: BigInt(minor), currency });
  const { net, employee, employer, along, kept } = pay;
  return { net: money(net), employee: money(employee), employer: money(employer), along: money(along), kept: money(kept) };
};
