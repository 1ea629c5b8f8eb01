// The terms of a treaty in words, with how far officers may go from them, or with what another text says instead.
import type { Exposure, Mandate, Terms } from "@partcommune/shared/governance/rules/terms";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { decimalFrom } from "../../ui/decimal.ts";
import { useMoney } from "../../ui/money.tsx";
import { useDay } from "../../ui/when.tsx";

type Props = {
  readonly terms: Terms;
  readonly caption: string;
  readonly mandate?: Mandate | undefined;
  /** Terms that lay there before: only what differs is shown, struck out beside what replaces it. */
  readonly before?: Terms | undefined;
};

export function TermsTable({ terms, caption, mandate, before }: Props) {
  const t = useT();
  const say = useSayTerms();
  const [said, earlier] = [say(terms), before && say(before)];
  const bounds = useSayMandate()(mandate);
  const shown = named.filter((name) => !earlier || earlier[name] !== said[name]);
  if (shown.length === 0) return <p>{t("votes.treaty.same")}</p>;
  return (
    <table className="cards">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t("votes.treaty.term")}</th>
          <th scope="col">{t("votes.treaty.says")}</th>
          {mandate ? <th scope="col">{t("votes.treaty.mandate")}</th> : undefined}
        </tr>
      </thead>
      <tbody>
        {shown.map((name) => (
          <tr key={name}>
            <th scope="row">{t(`votes.treaty.term.${name}`)}</th>
            <td data-label={t("votes.treaty.says")}>
              {earlier ? (
                <>
                  <del>{earlier[name]}</del> <ins>{said[name]}</ins>
                </>
              ) : (
                said[name]
              )}
            </td>
            {mandate ? <td data-label={t("votes.treaty.mandate")}>{bounds[name] ?? t("votes.treaty.mandate.none")}</td> : undefined}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The terms in the order in which they are read. */
const named = ["share", "exposure", "risk", "netting", "settle", "countries", "begins", "ends"] as const;
type Named = (typeof named)[number];

function useSayTerms(): (terms: Terms) => Readonly<Record<Named, string>> {
  const t = useT();
  const { language } = useSpeech();
  const [day, amounts, percent] = [useDayOf(), useSayAmounts(), usePercent()];
  const countries = new Intl.DisplayNames(language, { type: "region" });
  const list = new Intl.ListFormat(language);
  return (terms) => ({
    share: percent(terms.hostSharePpm),
    exposure: amounts(terms.exposure),
    risk: t(`votes.treaty.risk.${terms.creditRisk}`),
    netting: t("votes.treaty.netting", { day: terms.nettingDay }),
    settle: t("votes.treaty.days", { count: terms.settleWithinDays }),
    countries: list.format(terms.countries.map((code) => countries.of(code) ?? code)),
    begins: day(terms.startsAt),
    ends: day(terms.expiresAt),
  });
}

/** What officers may agree to without another vote, term by term; a term that is not named stays as it was voted. */
function useSayMandate(): (mandate: Mandate | undefined) => Readonly<Partial<Record<Named, string>>> {
  const t = useT();
  const [day, amounts, percent] = [useDayOf(), useSayAmounts(), usePercent()];
  return (mandate) => {
    if (!mandate) return {};
    const { hostSharePpm: share, settleWithinDays: days } = mandate;
    return {
      share: t("votes.treaty.between", { least: percent(share[0]), most: percent(share[1]) }),
      exposure: t("votes.treaty.atMost", { most: amounts(mandate.exposure) }),
      settle: t("votes.treaty.days.between", { least: days[0], most: days[1] }),
      ends: t("votes.treaty.atLatest", { day: day(mandate.expiresBy) }),
    };
  };
}

/** Treaties begin and end with days of no coop's own zone. */
function useDayOf(): (at: string) => string {
  const day = useDay();
  return (at) => day(at.slice(0, 10));
}

function useSayAmounts(): (exposure: readonly Exposure[]) => string {
  const { language } = useSpeech();
  const money = useMoney();
  const list = new Intl.ListFormat(language);
  return (exposure) => list.format(exposure.map(({ amount, currency }) => money({ amount: decimalFrom(amount, currency), currency })));
}

function usePercent(): (ppm: number) => string {
  const { language } = useSpeech();
  const format = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 4 });
  return (ppm) => format.format(ppm / 1_000_000);
}
