// A rule as it stands and as it would be, side by side.
import type { readProposal } from "@partcommune/shared/governance/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { useSayBylaw } from "./value.tsx";

type Difference = ToldOf<typeof readProposal>["differences"][number];

export function Differences({ differences, currency }: { readonly differences: readonly Difference[]; readonly currency: string }) {
  const t = useT();
  const say = useSayBylaw(currency);
  if (differences.length === 0) return undefined;
  return (
    <table className="cards">
      <caption>{t("votes.difference.caption")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("governance.bylaws.rule")}</th>
          <th scope="col">{t("votes.difference.now")}</th>
          <th scope="col">{t("votes.difference.then")}</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ key, unit, before, after, base, current }) => (
          <tr key={key}>
            <th scope="row">
              <Link to={`/bylaws/${key}`}>{t(`governance.bylaw.${key}`)}</Link> <span className="code">{key}</span>
            </th>
            <td data-label={t("votes.difference.now")}>
              <del>{say(unit as never, before)}</del>
              {base === current ? undefined : <small className="hint">{t("votes.difference.moved")}</small>}
            </td>
            <td data-label={t("votes.difference.then")}>
              <ins>{say(unit as never, after)}</ins>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
