// What differs from country to country, as dated rows with their source. They are seeds: an accountant confirms them before a coop opens.
import type { MoneyText, Ppm } from "./money.ts";
import { refuse, type Refusal } from "./refusal.ts";
import type { Day } from "./time.ts";

/** Countries of which every row here was gone through once more, line by line; an accountant's word is `confirmedBy`. The others are drafts. */
const goneThrough: ReadonlySet<string> = new Set(["BE", "FR"]);

/** Who looked through the rules of a coop's country for it, and when. */
export type PackReview = { readonly reviewer: string; readonly reviewedOn: Day };

export type PackStanding = { readonly country: string; readonly demo: boolean; readonly review?: PackReview };

/** Whether the rules of this country wait for somebody who knows them. */
export const isDraft = ({ country, review }: Omit<PackStanding, "demo">): boolean => !goneThrough.has(country) && review === undefined;

/** Why a coop agrees on no work and issues no real paper yet. A demo's papers are specimens. */
export const objectionToPapers = (pack: PackStanding): Refusal | undefined =>
  isDraft(pack) && !pack.demo ? refuse("country-not-reviewed", { country: pack.country }) : undefined;

/** Nobody looked through rules on a day that has not been. */
export const objectionToReview = ({ reviewedOn }: PackReview, today: Day): Refusal | undefined =>
  reviewedOn > today ? refuse("review-in-future", { reviewedOn }) : undefined;

/** A standard rate of VAT and the day from which it holds. */
export type VatRow = {
  readonly country: string;
  readonly from: Day;
  readonly rate: Ppm;
  readonly source: string;
  /** The accountant who confirmed the row, and when; `doctor` names the rows without one. */
  readonly confirmedBy?: string;
};

const row = (country: string, from: string, rate: Ppm, source: string): VatRow => ({ country, from: from as Day, rate, source });

/** A coming change is a new row, never an edit: an invoice obeys the row of its day. */
export const vatRows: readonly VatRow[] = [
  row("AT", "1984-01-01", 200_000n, "Umsatzsteuergesetz 1994, § 10 Abs. 1"),
  row("BE", "1996-01-01", 210_000n, "Arrêté royal n° 20 du 20 juillet 1970, art. 1"),
  row("DE", "2021-01-01", 190_000n, "Umsatzsteuergesetz, § 12 Abs. 1"),
  row("ES", "2012-09-01", 210_000n, "Ley 37/1992, art. 90.uno"),
  row("FR", "2014-01-01", 200_000n, "Code général des impôts, art. 278"),
  row("HU", "2012-01-01", 270_000n, "2007. évi CXXVII. törvény, 82. § (1)"),
  row("IT", "2013-10-01", 220_000n, "D.P.R. 633/1972, art. 16"),
  row("NL", "2012-10-01", 210_000n, "Wet op de omzetbelasting 1968, art. 9 lid 1"),
  row("SE", "1990-07-01", 250_000n, "Mervärdesskattelag (2023:200), 9 kap. 2 §"),
];

const ofDay = <Row extends { readonly from: Day }>(rows: readonly Row[], day: Day): Row | undefined =>
  rows.filter(({ from }) => from <= day).toSorted((one, other) => (one.from < other.from ? 1 : -1))[0];

/** The standard rate of a country on a day; undefined where no row covers it. */
export const standardVat = (wanted: string, day: Day): Ppm | undefined =>
  ofDay(
    vatRows.filter(({ country }) => country === wanted),
    day,
  )?.rate;

/** Services that the law of some country taxes less than others, or not at all. */
export const services = ["authorsRights", "homeWorks", "training"] as const;
export type Service = (typeof services)[number];

/** How a country taxes such a service from a day on; without a rate it is exempt. */
export type ServiceRow = {
  readonly country: string;
  readonly service: Service;
  readonly from: Day;
  readonly rate?: Ppm;
  readonly law: string;
  readonly confirmedBy?: string;
};

/** Whether the work is what the law means, an adviser says before it begins: these rows only say what follows. */
export const serviceRows: readonly ServiceRow[] = [
  {
    country: "BE",
    service: "authorsRights",
    from: "1996-01-01" as Day,
    rate: 60_000n,
    law: "Arrêté royal n° 20 du 20 juillet 1970, tableau A, XXIX",
  },
  {
    country: "BE",
    service: "homeWorks",
    from: "2016-02-12" as Day,
    rate: 60_000n,
    law: "Arrêté royal n° 20 du 20 juillet 1970, tableau A, XXXVIII",
  },
  {
    country: "DE",
    service: "authorsRights",
    from: "2021-01-01" as Day,
    rate: 70_000n,
    law: "Umsatzsteuergesetz, § 12 Abs. 2 Nr. 7 Buchst. c",
  },
  { country: "DE", service: "training", from: "2025-01-01" as Day, law: "Umsatzsteuergesetz, § 4 Nr. 21" },
  { country: "FR", service: "authorsRights", from: "2014-01-01" as Day, rate: 100_000n, law: "Code général des impôts, art. 279, g" },
  { country: "FR", service: "homeWorks", from: "2014-01-01" as Day, rate: 100_000n, law: "Code général des impôts, art. 279-0 bis" },
  { country: "FR", service: "training", from: "2014-01-01" as Day, law: "Code général des impôts, art. 261, 4, 4°, a" },
];

/** How the law of a country taxes a service on a day; undefined where it taxes it like any other. */
export const serviceLaw = (wanted: string, service: Service, day: Day): ServiceRow | undefined =>
  ofDay(
    serviceRows.filter((each) => each.country === wanted && each.service === service),
    day,
  );

/** The services a country taxes otherwise on a day. */
export const servicesTaxedOtherwise = (country: string, day: Day): readonly ServiceRow[] =>
  services.flatMap((service) => serviceLaw(country, service, day) ?? []);

/** What the law gives whoever is paid late by a company: interest so many points above the reference rate, and a sum for the costs of recovery. */
export type LateLaw = { readonly points: string; readonly costs: MoneyText; readonly law: string };
export type LateRow = LateLaw & { readonly country: string; readonly confirmedBy?: string };

const late = (country: string, points: string, costs: string, law: string): LateRow => {
  const [amount = "", currency = ""] = costs.split(" ");
  return { country, points, costs: { amount, currency }, law };
};

/** As each country enacted Directive 2011/7/EU, articles 3 and 6. */
export const lateRows: readonly LateRow[] = [
  late("AT", "9.2", "40.00 EUR", "Unternehmensgesetzbuch, §§ 456, 458"),
  late("BE", "8", "40.00 EUR", "Loi du 2 août 2002, art. 5, 6"),
  late("DE", "9", "40.00 EUR", "Bürgerliches Gesetzbuch, § 288 Abs. 2, 5"),
  late("ES", "8", "40.00 EUR", "Ley 3/2004, art. 7, 8"),
  late("FR", "10", "40.00 EUR", "Code de commerce, art. L441-10, D441-5"),
  late("HU", "8", "40.00 EUR", "2013. évi V. törvény, 6:155. §; 2016. évi IX. törvény"),
  late("IT", "8", "40.00 EUR", "D.Lgs. 231/2002, art. 5, 6"),
  late("NL", "8", "40.00 EUR", "Burgerlijk Wetboek 6:119a, 6:120, 6:96 lid 4"),
  late("SE", "8", "450.00 SEK", "Räntelag (1975:635), 6 §; lag (1981:739), 4 a §"),
];

/** The law of a country; undefined where no row is kept. */
export function lateLaw(wanted: string): LateLaw | undefined {
  const kept = lateRows.find(({ country }) => country === wanted);
  return kept && { points: kept.points, costs: kept.costs, law: kept.law };
}

/** By which law VAT on what a client never pays comes back. */
export type ReliefRow = { readonly country: string; readonly from: Day; readonly law: string; readonly confirmedBy?: string };

/** From the first day of which a book is kept here; the laws are older. A country without a row grants nothing that could be booked. */
export const reliefRows: readonly ReliefRow[] = [
  { country: "BE", from: "2026-01-01" as Day, law: "Code de la TVA, art. 77, § 1er, 7°, et § 1erbis" },
  { country: "FR", from: "2026-01-01" as Day, law: "Code général des impôts, art. 272, 1" },
];

/** The law of a country on a day; undefined where no row is kept. */
export const reliefLaw = (wanted: string, day: Day): string | undefined =>
  reliefRows.find(({ country, from }) => country === wanted && from <= day)?.law;

/** By which law a small business asks no VAT. Spain has none. */
export type SmallBusinessRow = { readonly country: string; readonly law: string; readonly confirmedBy?: string };

/** As the law of each country is cited on an invoice. */
export const smallBusinessRows: readonly SmallBusinessRow[] = [
  { country: "AT", law: "Umsatzsteuergesetz 1994, § 6 Abs. 1 Z 27" },
  { country: "BE", law: "Art. 56bis CTVA" },
  { country: "DE", law: "Umsatzsteuergesetz, § 19" },
  { country: "FR", law: "Art. 293 B CGI" },
  { country: "HU", law: "2007. évi CXXVII. törvény, 187. §" },
  { country: "IT", law: "Legge 190/2014, art. 1, commi 54-89" },
  { country: "NL", law: "Wet op de omzetbelasting 1968, art. 25" },
  { country: "SE", law: "Mervärdesskattelag (2023:200), 18 kap." },
];

/** The law of a country; undefined where no row is kept. */
export const smallBusinessLaw = (country: string): string | undefined => smallBusinessRows.find((each) => each.country === country)?.law;

/** How a country calls what an employer tells the social office before somebody works, and the form of its number where we know it. */
export type DeclarationRow = {
  readonly country: string;
  readonly scheme: string;
  readonly form?: RegExp;
  readonly like?: string;
  readonly source: string;
  readonly confirmedBy?: string;
};

/** Sweden knows none: whoever keeps the records enters what its office gives. */
export const declarationRows: readonly DeclarationRow[] = [
  { country: "AT", scheme: "ELDA", source: "Allgemeines Sozialversicherungsgesetz, § 33" },
  {
    country: "BE",
    scheme: "Dimona",
    form: /^\d{10,13}$/,
    like: "123456789012",
    source: "Arrêté royal du 5 novembre 2002, art. 4",
  },
  { country: "DE", scheme: "Meldung", source: "Sozialgesetzbuch IV, § 28a" },
  { country: "ES", scheme: "Alta", source: "Real Decreto 84/1996, art. 32" },
  { country: "FR", scheme: "DPAE", source: "Code du travail, art. L1221-10" },
  { country: "HU", scheme: "T1041", source: "2017. évi CL. törvény, 1. melléklet" },
  { country: "IT", scheme: "UniLav", source: "Decreto-legge 510/1996, art. 9-bis" },
  { country: "NL", scheme: "Eerstedagsmelding", source: "Wet op de loonbelasting 1964, art. 28bis" },
];

/** The declaration of a country; undefined where no row is kept. */
export const declarationOf = (country: string): DeclarationRow | undefined => declarationRows.find((each) => each.country === country);

/** By which model the pay of who is employed is estimated, in which currency and from which day. */
export type PayRow = {
  readonly country: string;
  readonly currency: string;
  readonly from: Day;
  readonly model: "modele-social";
  readonly source: string;
  readonly confirmedBy?: string;
};

/**
 * A country without a row has no estimate, which its pages say. What would be needed is more than rates: in Belgium the tax that is kept
 * back goes by family and the employer's part by sector, and a figure without them would be an invented one.
 */
export const payRows: readonly PayRow[] = [
  {
    country: "FR",
    currency: "EUR",
    from: "2026-01-01" as Day,
    model: "modele-social",
    source: "Urssaf, mon-entreprise.urssaf.fr, modele-social",
  },
];

/** The model of a country on a day; undefined where none is kept. */
export const payModel = (wanted: string, day: Day): PayRow | undefined =>
  payRows.find(({ country, from }) => country === wanted && from <= day);

/** The member states of the European Union, by ISO 3166 code. */
export const euCountries: ReadonlySet<string> = new Set(
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" "),
);

/** How the VAT numbers of a country begin; Greece writes EL. */
export const vatPrefixOf = (country: string): string => (country === "GR" ? "EL" : country);

/** Who is owed, as a coop that ends states it. Pots, purposes and shares are its own money and come after all who are owed. */
export const creditors = ["wages", "taxes", "members", "sisters", "lenders", "others"] as const;
export type Creditor = (typeof creditors)[number];

/** In which order a country pays who is owed; those of one rank share alike. */
export type PayOrder = {
  readonly country: string;
  readonly ranks: readonly (readonly Creditor[])[];
  readonly source: string;
  readonly confirmedBy?: string;
};

const alike: readonly Creditor[] = ["members", "sisters", "lenders", "others"];
const wagesThenTaxes: PayOrder["ranks"] = [["wages"], ["taxes"], alike];

/** What a wind-down statement is ordered by. The law and the liquidator decide, not these rows. */
export const payOrders: readonly PayOrder[] = [
  { country: "AT", ranks: [["wages", "taxes", ...alike]], source: "Insolvenzordnung, §§ 46, 50" },
  { country: "BE", ranks: wagesThenTaxes, source: "Loi hypothécaire du 16 décembre 1851, art. 19" },
  { country: "DE", ranks: [["wages", "taxes", ...alike]], source: "Insolvenzordnung, §§ 38, 55" },
  { country: "ES", ranks: wagesThenTaxes, source: "Real Decreto Legislativo 1/2020, art. 280" },
  { country: "FR", ranks: wagesThenTaxes, source: "Code du travail, art. L3253-2; Code général des impôts, art. 1920" },
  { country: "HU", ranks: wagesThenTaxes, source: "1991. évi XLIX. törvény, 57. §" },
  { country: "IT", ranks: wagesThenTaxes, source: "Codice civile, art. 2751-bis, 2778" },
  { country: "NL", ranks: [["taxes"], ["wages"], alike], source: "Burgerlijk Wetboek 3:288; Invorderingswet 1990, art. 21" },
  { country: "SE", ranks: [["wages"], ["taxes", ...alike]], source: "Förmånsrättslag (1970:979), 12 §" },
];

/** The order of a country; where no row is kept, nobody comes first. */
export const payOrderOf = (country: string): PayOrder =>
  payOrders.find((each) => each.country === country) ?? { country, ranks: [creditors], source: "" };

export const rowKinds = ["vat", ...services, "late", "smallBusiness", "declaration", "pay"] as const;

/** A row as whoever looks a country's rules through reads it: what it settles, what it says, from which day, and by which law. */
export type PackRow = {
  readonly kind: (typeof rowKinds)[number];
  readonly says: string;
  readonly from?: Day;
  readonly source: string;
};

/** Every row by which work is agreed on and papers are written in a country. */
export function rowsOf(wanted: string): readonly PackRow[] {
  const of = <Row extends { readonly country: string }>(rows: readonly Row[], tell: (row: Row) => PackRow): readonly PackRow[] =>
    rows.filter(({ country }) => country === wanted).map(tell);
  return [
    ...of(vatRows, ({ from, rate, source }) => ({ kind: "vat", says: `${Number(rate) / 10_000} %`, from, source })),
    ...of(serviceRows, ({ service, from, rate = 0n, law }) => ({
      kind: service,
      says: `${Number(rate) / 10_000} %`,
      from,
      source: law,
    })),
    ...of(lateRows, ({ points, costs, law }) => ({ kind: "late", says: `${points} %; ${costs.amount} ${costs.currency}`, source: law })),
    ...of(smallBusinessRows, ({ law }) => ({ kind: "smallBusiness", says: "0 %", source: law })),
    ...of(declarationRows, ({ scheme, source }) => ({ kind: "declaration", says: scheme, source })),
    ...of(payRows, ({ model, from, source }) => ({ kind: "pay", says: model, from, source })),
  ];
}
