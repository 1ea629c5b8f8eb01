// On whom a year of work hangs: the largest client, coop, branch and activity, against what members voted.
import type { readFund } from "@partcommune/shared/mutual/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useSpeech, useT } from "../../platform/i18n.tsx";

type Found = ToldOf<typeof readFund>["concentration"];

export function Concentration({ found }: { readonly found: Found }) {
  const t = useT();
  const { language } = useSpeech();
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
  return (
    <section aria-labelledby="concentration">
      <h2 id="concentration">{t("mutual.concentration.title")}</h2>
      {found.length === 0 ? <p>{t("mutual.concentration.none")}</p> : <p>{t("mutual.concentration.says")}</p>}
      <ul className="rows">
        {found.map(({ by, name = "", ppm, limitPpm, level }) => (
          <li key={by}>
            <div>
              <h3>{t(`mutual.concentration.${by}`, { name })}</h3>
              <p className={level === "red" ? "wrong" : "hint"}>
                {t(`mutual.concentration.level.${level}`, { limit: percent.format(limitPpm / 1_000_000) })}
              </p>
            </div>
            <strong>{percent.format(ppm / 1_000_000)}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}
