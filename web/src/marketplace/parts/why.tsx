// Why a job stands where it stands: what it has of each factor, what the factor weighs, and what that makes.
import { factors } from "@partcommune/shared/governance/rules/factors";
import { Link } from "../../ui/link.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import type { Found, Weights } from "./search-told.ts";

const million = 1_000_000;

export function Why({ why, weights }: { readonly why: NonNullable<Found["why"]>; readonly weights: Weights }) {
  const t = useT();
  const { language } = useSpeech();
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  const points = new Intl.NumberFormat(language, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  const counting = factors.filter((factor) => why.factors[factor] > 0);
  return (
    <details className="why">
      <summary>{t("marketplace.why.title", { points: points.format(why.score / 10_000) })}</summary>
      <ul className="plain">
        {counting.map((factor) => (
          <li key={factor}>
            {t("marketplace.why.line", {
              factor: t(`governance.factor.${factor}`),
              value: percent.format(why.factors[factor] / million),
              weight: percent.format(weights[factor] / million),
              points: points.format((why.factors[factor] * weights[factor]) / million / 10_000),
            })}
          </li>
        ))}
      </ul>
      <Link to="/ranking">{t("marketplace.why.rule")}</Link>
    </details>
  );
}
