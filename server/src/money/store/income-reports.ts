// Reports of income in SQL: what each fixed of whom, who took its file, and what the file is made of.
import { sql } from "kysely";
import type { readReportedIncome } from "@partcommune/shared/money/api/income-report";
import type { Reported } from "@partcommune/shared/money/rules/dpi";
import type { Quarter, Quarters } from "@partcommune/shared/money/rules/income-report";
import { seesAllMoney } from "@partcommune/shared/money/rules/rights";
import { sellerOf } from "@partcommune/shared/money/rules/self-billing";
import { readsOwn } from "@partcommune/shared/platform/actor";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import { memberCard } from "../../membership/index.ts";
import type { Cell } from "../../platform/csv.ts";
import { found } from "../../platform/refused.ts";
import { insertion } from "../../platform/rows.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { billingsAt } from "./billing.ts";
import { openIban } from "./ibans.ts";
import type { Reading } from "./ledger.ts";
import { inColumns } from "./tables.ts";
import { openTaxpayer } from "./taxpayers.ts";

/** Lets one at a time report, until the transaction ends. */
export async function takeReporting({ tx }: Pick<Scope, "tx">): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('money:income'))`.execute(tx);
}

type QuarterRow = { no: number; paid_minor: bigint; fees_minor: bigint; works: number };

function quartersFrom(rows: readonly QuarterRow[]): Quarters {
  const quarter = (no: number): Quarter => {
    const { paid_minor: paidMinor, fees_minor: feesMinor, works } = found(rows.find((row) => row.no === no));
    return { paidMinor, feesMinor, works };
  };
  return [quarter(1), quarter(2), quarter(3), quarter(4)];
}

const quarterRows = (db: Reading["db"]) =>
  db
    .selectFrom("money.income_quarter as quarter")
    .innerJoin("money.income_reported as reported", "reported.id", "quarter.reported")
    .select(["reported.id as of", "reported.member", "reported.year", "reported.report"])
    .select(["quarter.no", "quarter.paid_minor", "quarter.fees_minor", "quarter.works"]);

/** What was reported of whom in a year. */
export async function reportedIn({ db }: Reading, year: number): Promise<ReadonlyMap<Id, Quarters>> {
  const rows = Map.groupBy(await quarterRows(db).where("reported.year", "=", year).execute(), ({ member }) => member);
  return new Map([...rows].map(([member, of]) => [member, quartersFrom(of)]));
}

/** What was reported of a member, the last year first; for them and for who keeps the books. */
export async function reportedIncome(
  view: View,
  { member }: InputOf<typeof readReportedIncome>,
): Promise<AnswerOf<typeof readReportedIncome>> {
  const { db, actor } = view;
  const isOwn = readsOwn(actor, member);
  found(isOwn || (seesAllMoney(actor) && (await memberCard(view, member)) !== undefined) || undefined);
  const { currency } = await bookOf(db);
  const rows = await quarterRows(db)
    .innerJoin("money.income_report as report", "report.id", "reported.report")
    .select("report.at")
    .where("reported.member", "=", member)
    .orderBy("reported.year", "desc")
    .execute();
  const money = (minor: bigint) => ({ minor, currency });
  const items = [...Map.groupBy(rows, ({ year }) => year)].map(([year, of]) => ({
    year,
    reportedAt: found(of[0]).at,
    quarters: quartersFrom(of).map(({ paidMinor, feesMinor, works }) => ({ paid: money(paidMinor), fees: money(feesMinor), works })),
  }));
  return { items };
}

export const reportedColumns = ["quarter", "works", "paid", "fees", "currency", "reportedAt"] as const;

/** What was reported of a member in a year, quarter by quarter; no row where nothing was. */
export async function reportedOfYear({ db }: Reading, member: Id, year: number): Promise<readonly (readonly Cell[])[]> {
  const { currency } = await bookOf(db);
  const rows = await quarterRows(db)
    .innerJoin("money.income_report as report", "report.id", "reported.report")
    .select("report.at")
    .where("reported.member", "=", member)
    .where("reported.year", "=", year)
    .orderBy("quarter.no")
    .execute();
  return inColumns(
    rows.map(({ no, works, paid_minor: paid, fees_minor: fees, at }) => ({ quarter: no, works, paid, fees, currency, reportedAt: at })),
    reportedColumns,
  );
}

/** The coop as it stood on its papers when it reported. */
export type OperatorFrozen = {
  readonly name: string;
  readonly street: string;
  readonly postcode: string;
  readonly town: string;
  readonly country: string;
  readonly currency: string;
  readonly taxNumber: string;
  readonly vatNumber?: string;
};

export type NewReport = {
  readonly id: Id;
  readonly year: number;
  readonly no: number;
  readonly person: Id;
  readonly operator: string;
  readonly told: readonly {
    readonly member: Id;
    readonly billing: Id;
    readonly taxpayer: Id;
    readonly ibans: readonly Id[];
    readonly quarters: Quarters;
  }[];
};

/** Fixes a report. The caller holds the turn. */
export async function saveReport({ tx, now, id: newId }: Scope, { told, ...report }: NewReport): Promise<void> {
  await tx
    .insertInto("money.income_report")
    .values({ ...report, at: now })
    .execute();
  if (told.length === 0) return;
  const { id, year } = report;
  const reported = told.map((each) => ({ each, row: newId() }));
  const rows = reported.map(({ each: { member, billing, taxpayer, ibans }, row }) => ({
    id: row,
    report: id,
    year,
    member,
    billing,
    taxpayer,
    ibans: [...ibans],
  }));
  const quarters = reported.flatMap(({ each, row }) =>
    each.quarters.map(({ paidMinor, feesMinor, works }, at) => ({
      reported: row,
      no: at + 1,
      paid_minor: paidMinor,
      fees_minor: feesMinor,
      works,
    })),
  );
  await insertion("money.income_reported", rows).execute(tx);
  await insertion("money.income_quarter", quarters).execute(tx);
}

export type ReportMade = { readonly id: Id; readonly no: number; readonly at: Instant; readonly by: string; readonly members: number };

/** The reports of a year, the first first. */
export async function reportsOf({ db }: Reading, year: number): Promise<readonly ReportMade[]> {
  const { rows } = await sql<ReportMade>`
    select report.id, no, report.at, coalesce(card.name, '') as by, (select count(*)::integer from money.income_reported where report = report.id) as members
    from money.income_report report join membership.person_card card on card.id = report.person where year = ${year} order by no`.execute(
    db,
  );
  return rows;
}

/** Writes down who takes the file of a report. */
export async function saveTaking({ tx, now, id }: Scope, report: Id, person: Id): Promise<void> {
  await tx.insertInto("money.income_taking").values({ id: id(), report, person, at: now }).execute();
}

export type Taking = { readonly report: Id; readonly person: Id; readonly by: string; readonly at: Instant };

/** Who took the files of a year, first first. */
export async function takingsOf({ db }: Reading, year: number): Promise<readonly Taking[]> {
  const rows = await db
    .selectFrom("money.income_taking as taking")
    .innerJoin("money.income_report as report", "report.id", "taking.report")
    .innerJoin("membership.person_card as taker", "taker.id", "taking.person")
    .select(["taking.report", "taking.person", "taking.at", "taker.name as by"])
    .where("report.year", "=", year)
    .orderBy("taking.id")
    .execute();
  return rows.map((row) => ({ ...row, by: row.by ?? "" }));
}

/** The people whose income a report tells of. */
export async function peopleReported({ db }: Pick<View, "db">, report: Id): Promise<readonly Id[]> {
  const rows = await db
    .selectFrom("money.income_reported as reported")
    .innerJoin("membership.member_card as card", "card.id", "reported.member")
    .select("card.person")
    .where("reported.report", "=", report)
    .execute();
  return rows.flatMap(({ person }) => person ?? []);
}

export type ReportToWrite = {
  readonly id: Id;
  readonly at: Instant;
  readonly operator: OperatorFrozen;
  /** The first report of the year, by which the coop itself was told. */
  readonly firstId: Id;
  readonly sellers: readonly (Omit<Reported, "docRef"> & { readonly id: Id })[];
};

/** What the file of a report is made of; undefined where there is none. */
export async function reportToWrite(view: Pick<View, "db" | "keys">, year: number, no: number): Promise<ReportToWrite | undefined> {
  const reports = await view.db.selectFrom("money.income_report").selectAll().where("year", "=", year).where("no", "in", [1, no]).execute();
  const [first, report] = [reports.find((each) => each.no === 1), reports.find((each) => each.no === no)];
  if (!first || !report) return undefined;
  const operator = JSON.parse(report.operator) as OperatorFrozen;
  return { id: report.id, at: report.at, operator, firstId: first.id, sellers: await sellersIn(view, report.id) };
}

async function sellersIn({ db, keys }: Pick<View, "db" | "keys">, report: Id): Promise<ReportToWrite["sellers"]> {
  const quarters = Map.groupBy(await quarterRows(db).where("reported.report", "=", report).execute(), ({ of }) => of);
  const rows = await db
    .selectFrom("money.income_reported as reported")
    .innerJoin("money.taxpayer as taxpayer", "taxpayer.id", "reported.taxpayer")
    .select(["reported.id", "reported.member", "reported.billing", "reported.ibans", "taxpayer.sealed"])
    .where("reported.report", "=", report)
    .orderBy("reported.id")
    .execute();
  const billings = await billingsAt(
    { db },
    rows.map(({ billing }) => billing),
  );
  const accounts = await accountsAt(
    { db, keys },
    rows.flatMap(({ ibans }) => ibans),
  );
  return rows.map(({ id, member, billing, ibans, sealed }) => {
    const { name, street, postcode, town, country, vatNumber } = sellerOf(found(billings.get(billing)).details);
    const seller = { id, name, street, postcode, town, country, vatNumber, taxpayer: openTaxpayer(keys, member, sealed) };
    return { ...seller, ibans: ibans.map((iban) => found(accounts.get(iban))), quarters: quartersFrom(quarters.get(id) ?? []) };
  });
}

async function accountsAt({ db, keys }: Pick<View, "db" | "keys">, ids: readonly Id[]): Promise<ReadonlyMap<Id, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom("money.iban").select(["id", "member", "sealed"]).where("id", "in", ids).execute();
  return new Map(rows.map(({ id, member, sealed }) => [id, openIban(keys, member, sealed)]));
}
