// The runs that are made each month, each a link to what it was made of.
import type { readStress } from "@partcommune/shared/mutual/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Money } from "../../ui/money.tsx";
import { Day } from "../../ui/when.tsx";

type Kept = ToldOf<typeof readStress>["kept"];

export function KeptRuns({ kept }: { readonly kept: Kept }) {
  const t = useT();
  const [newest, ...earlier] = Map.groupBy(kept, ({ month }) => month).values();
  if (!newest) return undefined;
  return (
    <section aria-labelledby="kept">
      <h2 id="kept">{t("mutual.kept.title")}</h2>
      <Runs kept={newest} />
      {earlier.length > 0 ? (
        <details className="folded">
          <summary>{t("mutual.kept.earlier")}</summary>
          {earlier.map((runs) => (
            <Runs key={runs[0]?.month} kept={runs} />
          ))}
        </details>
      ) : undefined}
    </section>
  );
}

/** What the runs of one month came to. */
function Runs({ kept }: { readonly kept: Kept }) {
  const t = useT();
  return (
    <table className="cards">
      <caption>
        <Day on={kept[0]?.month ?? ""} />
      </caption>
      <thead>
        <tr>
          <th scope="col">{t("mutual.kept.run")}</th>
          <th scope="col" className="amount">
            {t("mutual.kept.lowest")}
          </th>
          <th scope="col" className="amount">
            {t("mutual.kept.shortfall")}
          </th>
        </tr>
      </thead>
      <tbody>
        {kept.map(({ month, preset, fields, lowest, shortfall }) => (
          <tr key={month + preset}>
            <th scope="row">
              <Link to="/fund/stress" search={fields}>
                {t(`mutual.stress.preset.${preset}`)}
              </Link>
            </th>
            <td className="amount" data-label={t("mutual.kept.lowest")}>
              <Money of={lowest} />
            </td>
            <td className="amount" data-label={t("mutual.kept.shortfall")}>
              <Money of={shortfall} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
