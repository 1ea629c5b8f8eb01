// How the list of jobs is ordered: what counts, what members voted that it weighs, since when, and how to object.
import { listBylawVersions } from "@partcommune/shared/governance/api";
import { factors, type PerFactor } from "@partcommune/shared/governance/rules/factors";
import { useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { At } from "../../ui/when.tsx";

export function Ranking() {
  const t = useT();
  const { items } = useWanted(listBylawVersions, { key: "marketplace.rankingWeights" });
  const { language } = useSpeech();
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 4 });
  const [now] = items;
  const weights = now?.value as PerFactor<number> | undefined;
  return (
    <section>
      <h1>{t("ranking.title")}</h1>
      <p className="lead">{t("ranking.lead")}</p>
      {weights ? (
        <table className="cards">
          <caption>{t("ranking.caption")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("ranking.factor")}</th>
              <th scope="col">{t("ranking.counts")}</th>
              <th scope="col">{t("ranking.weight")}</th>
            </tr>
          </thead>
          <tbody>
            {factors.map((factor) => (
              <tr key={factor}>
                <th scope="row">{t(`governance.factor.${factor}`)}</th>
                <td data-label={t("ranking.counts")}>{t(`ranking.factor.${factor}`)}</td>
                <td data-label={t("ranking.weight")}>{percent.format(weights[factor] / 1_000_000)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : undefined}
      <section>
        <h2>{t("ranking.not")}</h2>
        <p>{t("ranking.not.says")}</p>
      </section>
      <section>
        <h2>{t("ranking.history")}</h2>
        <ul className="plain">
          {items.map(({ version, validFrom, cause }) => (
            <li key={version}>
              {t("ranking.version", { version })} <At at={validFrom} />
              {cause === "founding" ? `, ${t("ranking.founding")}` : undefined}
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{t("ranking.object")}</h2>
        <p>{t("ranking.object.says")}</p>
        <Link to="/bylaws">{t("ranking.bylaws")}</Link>
      </section>
    </section>
  );
}
