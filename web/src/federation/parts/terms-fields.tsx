// The terms of a treaty as somebody types them, and how far officers may go from them.
import { creditRisks, type Exposure, type Mandate, type Terms } from "@partcommune/shared/governance/rules/terms";
import type { Instant } from "@partcommune/shared/platform/time";
import { useT } from "../../platform/i18n.tsx";
import { DateField, Field, Pick } from "../../ui/field.tsx";
import { faultAt } from "../../ui/refusal.tsx";

type Refusal = Parameters<typeof faultAt>[0];

export type TypedTerms = Readonly<Record<"share" | "netting" | "settle" | "countries" | "begins" | "ends", string>> & {
  readonly risk: Terms["creditRisk"];
  /** In the order of the currencies. */
  readonly exposure: readonly string[];
};

/** 200 000 parts per million as "20". */
const percentOf = (ppm: number): string => String(ppm / 10_000);
/** "20,5" as 205 000; what is no number is for the coop to refuse. */
const ppmOf = (text: string): number => Math.round(Number(text.trim().replace(",", ".")) * 10_000);
const amountOf = (text: string): string => text.replaceAll(/[\s\u00a0\u202f]/g, "").replace(",", ".");
/** Treaties begin and end with days of no coop's own zone. */
const dayOf = (at: string): string => at.slice(0, 10);
const instantOf = (day: string): Instant => `${day}T00:00:00.000Z` as Instant;

export const typedTerms = (terms: Terms): TypedTerms => ({
  share: percentOf(terms.hostSharePpm),
  exposure: terms.exposure.map(({ amount }) => amount),
  risk: terms.creditRisk,
  netting: String(terms.nettingDay),
  settle: String(terms.settleWithinDays),
  countries: terms.countries.join(", "),
  begins: dayOf(terms.startsAt),
  ends: dayOf(terms.expiresAt),
});

const limitsFrom = (typed: readonly string[], exposure: readonly Exposure[]): Exposure[] =>
  exposure.map(({ currency }, at) => ({ currency, amount: amountOf(typed[at] ?? "") }));

/** What was typed as terms, in the currencies of those it began from. */
export const termsFrom = (typed: TypedTerms, from: Terms) => ({
  hostSharePpm: ppmOf(typed.share),
  currencies: [...from.currencies],
  exposure: limitsFrom(typed.exposure, from.exposure),
  creditRisk: typed.risk,
  nettingDay: Number(typed.netting),
  settleWithinDays: Number(typed.settle),
  countries: typed.countries
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter((code) => code !== ""),
  startsAt: instantOf(typed.begins),
  expiresAt: instantOf(typed.ends),
});

type FieldsProps<Typed> = { readonly typed: Typed; readonly change: (typed: Typed) => void; readonly refusal: Refusal };

export function TermsFields({ typed, change, refusal, currencies }: FieldsProps<TypedTerms> & { readonly currencies: readonly string[] }) {
  const t = useT();
  const of = (name: "share" | "netting" | "settle" | "countries" | "begins" | "ends", pointer: string) => ({
    label: t(`votes.treaty.term.${name}`),
    name,
    value: typed[name],
    change: (value: string) => change({ ...typed, [name]: value }),
    fault: faultAt(refusal, `/terms/${pointer}`),
  });
  return (
    <>
      <Field {...of("share", "hostSharePpm")} label={t("federation.field.share")} mode="decimal" />
      {typed.exposure.map((amount, at) => (
        <Field
          key={currencies[at] ?? at}
          label={t("federation.field.exposure", { currency: currencies[at] ?? "" })}
          name={`exposure-${at}`}
          mode="decimal"
          value={amount}
          change={(value) => change({ ...typed, exposure: typed.exposure.with(at, value) })}
          fault={faultAt(refusal, `/terms/exposure/${at}`)}
        />
      ))}
      <Pick
        label={t("votes.treaty.term.risk")}
        name="risk"
        value={typed.risk}
        change={(risk) => change({ ...typed, risk })}
        options={creditRisks.map((value) => ({ value, says: t(`votes.treaty.risk.${value}`) }))}
      />
      <Field {...of("netting", "nettingDay")} label={t("federation.field.netting")} mode="numeric" />
      <Field {...of("settle", "settleWithinDays")} label={t("federation.field.settle")} mode="numeric" />
      <Field {...of("countries", "countries")} hint={t("federation.field.countries")} />
      <DateField {...of("begins", "startsAt")} />
      <DateField {...of("ends", "expiresAt")} />
    </>
  );
}

export type TypedMandate = Readonly<Record<"shareLeast" | "shareMost" | "settleLeast" | "settleMost" | "ends", string>> & {
  readonly exposure: readonly string[];
};

export const typedMandate = ({ hostSharePpm, exposure, settleWithinDays, expiresBy }: Mandate): TypedMandate => ({
  shareLeast: percentOf(hostSharePpm[0]),
  shareMost: percentOf(hostSharePpm[1]),
  settleLeast: String(settleWithinDays[0]),
  settleMost: String(settleWithinDays[1]),
  exposure: exposure.map(({ amount }) => amount),
  ends: dayOf(expiresBy),
});

export const mandateFrom = (typed: TypedMandate, from: Mandate) => ({
  hostSharePpm: [ppmOf(typed.shareLeast), ppmOf(typed.shareMost)] as [number, number],
  exposure: limitsFrom(typed.exposure, from.exposure),
  settleWithinDays: [Number(typed.settleLeast), Number(typed.settleMost)] as [number, number],
  expiresBy: instantOf(typed.ends),
});

/** How far officers may go from the terms without asking the members again. */
export function MandateFields({
  typed,
  change,
  refusal,
  currencies,
}: FieldsProps<TypedMandate> & { readonly currencies: readonly string[] }) {
  const t = useT();
  const of = (name: Exclude<keyof TypedMandate, "exposure">, pointer: string) => ({
    label: t(`federation.mandate.${name}`),
    name: `mandate-${name}`,
    value: typed[name],
    change: (value: string) => change({ ...typed, [name]: value }),
    fault: faultAt(refusal, `/mandate/${pointer}`),
  });
  return (
    <fieldset className="milestone">
      <legend>{t("votes.treaty.mandate")}</legend>
      <p className="hint">{t("federation.mandate.says")}</p>
      <Field {...of("shareLeast", "hostSharePpm/0")} mode="decimal" />
      <Field {...of("shareMost", "hostSharePpm/1")} mode="decimal" />
      {typed.exposure.map((amount, at) => (
        <Field
          key={currencies[at] ?? at}
          label={t("federation.mandate.exposure", { currency: currencies[at] ?? "" })}
          name={`mandate-exposure-${at}`}
          mode="decimal"
          value={amount}
          change={(value) => change({ ...typed, exposure: typed.exposure.with(at, value) })}
          fault={faultAt(refusal, `/mandate/exposure/${at}`)}
        />
      ))}
      <Field {...of("settleLeast", "settleWithinDays/0")} mode="numeric" />
      <Field {...of("settleMost", "settleWithinDays/1")} mode="numeric" />
      <DateField {...of("ends", "expiresBy")} />
    </fieldset>
  );
}
