// What a kilometre with one's own car and a day away come to, as dated rows with their source. A country without a row for a day offers none: an accountant confirms them before a coop opens.
import type { Day } from "./time.ts";

export const allowanceKinds = ["kilometres", "days"] as const;
export type AllowanceKind = (typeof allowanceKinds)[number];

export type Allowance = {
  readonly kind: AllowanceKind;
  readonly country: string;
  readonly from: Day;
  /** The last day, where the next rate is published by then and not known before. */
  readonly until?: Day;
  /** Of the currency's unit, for one kilometre or one whole day. */
  readonly tenThousandths: bigint;
  readonly currency: string;
  readonly source: string;
};

export const allowances: readonly Allowance[] = [
  {
    kind: "kilometres",
    country: "BE",
    from: "2024-07-01" as Day,
    until: "2025-06-30" as Day,
    tenThousandths: 4_415n,
    currency: "EUR",
    source: "Arrêté royal du 18 janvier 1965, art. 13, montant annuel",
  },
  {
    kind: "kilometres",
    country: "BE",
    from: "2025-07-01" as Day,
    until: "2026-06-30" as Day,
    tenThousandths: 4_449n,
    currency: "EUR",
    source: "Arrêté royal du 18 janvier 1965, art. 13, montant annuel",
  },
  {
    kind: "kilometres",
    country: "DE",
    from: "2014-01-01" as Day,
    tenThousandths: 3_000n,
    currency: "EUR",
    source: "Einkommensteuergesetz, § 9 Abs. 1 Satz 3 Nr. 4a",
  },
  {
    kind: "days",
    country: "DE",
    from: "2020-01-01" as Day,
    tenThousandths: 280_000n,
    currency: "EUR",
    source: "Einkommensteuergesetz, § 9 Abs. 4a Satz 3 Nr. 1",
  },
];

/** The row that holds in a country on a day. */
export const allowanceOn = (kind: AllowanceKind, country: string, on: Day): Allowance | undefined =>
  allowances
    .filter((row) => row.kind === kind && row.country === country && row.from <= on && (row.until === undefined || on <= row.until))
    .toSorted((one, other) => (one.from < other.from ? 1 : -1))[0];
