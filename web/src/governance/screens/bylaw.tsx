// One rule: what it is, every value it ever had, and the vote behind each.
import { listBylaws, listBylawVersions } from "@partcommune/shared/governance/api";
import { isHeeded } from "@partcommune/shared/governance/rules/unheeded";
import { readCoop, readSession } from "@partcommune/shared/platform/api";
import { getRouteApi } from "@tanstack/react-router";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { At } from "../../ui/when.tsx";
import { useSayBylaw } from "../parts/value.tsx";

const route = getRouteApi("/$language/bylaws/$key");

export function Bylaw() {
  const t = useT();
  const { key } = route.useParams();
  const { items } = useWanted(listBylaws, {}, "bylaws");
  const { items: versions } = useWanted(listBylawVersions, { key: key as never }, "bylaws");
  const { currency = "EUR" } = useWanted(readCoop, {});
  const { person } = useWanted(readSession, {});
  const say = useSayBylaw(currency);
  const card = items.find((each) => each.key === key);
  if (!card) return undefined;
  return (
    <article className="job">
      <h1>{t(`governance.bylaw.${key}`)}</h1>
      <p className="sum">
        <strong>{say(card.unit, card.value)}</strong>
      </p>
      <p>
        {t("votes.bylaw.takes", { majority: t(`governance.class.${card.class}`) })} <span className="code">{key}</span>
      </p>
      {isHeeded(key) ? undefined : <p role="note">{t("votes.bylaw.unheeded")}</p>}
      {person?.stage === "associate" ? (
        <p className="acts">
          <Link to={`/proposals/new?key=${key}`} className="button">
            {t("votes.bylaw.change")}
          </Link>
        </p>
      ) : undefined}
      <table className="cards">
        <caption>{t("votes.bylaw.history")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("governance.bylaws.value")}</th>
            <th scope="col">{t("governance.bylaws.since")}</th>
            <th scope="col">{t("votes.bylaw.cause")}</th>
          </tr>
        </thead>
        <tbody>
          {versions.map(({ version, value, validFrom, cause }) => (
            <tr key={version}>
              <td data-label={t("governance.bylaws.value")}>
                {say(card.unit, value)} <small className="hint">{t("governance.bylaws.version", { version })}</small>
              </td>
              <td data-label={t("governance.bylaws.since")}>
                <At at={validFrom} />
              </td>
              <td data-label={t("votes.bylaw.cause")}>
                {cause === "founding" ? t("votes.bylaw.founding") : <Link to={`/votes/${cause}`}>{t("votes.bylaw.vote")}</Link>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
}
