// The values a vote would put into force, as its notice has them.
import { listBylaws } from "@partcommune/shared/governance/api";
import type { Notice } from "@partcommune/shared/governance/rules/notice";
import type { Payload } from "@partcommune/shared/governance/rules/proposal";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { useDay } from "../../ui/when.tsx";
import { useSayBylaw } from "./value.tsx";

export function NewRules({ notice, currency }: { readonly notice: Notice; readonly currency: string }) {
  const t = useT();
  const { items } = useWanted(listBylaws, {}, "bylaws");
  const say = useSayBylaw(currency);
  const day = useDay();
  const versions = Object.entries<Payload>(notice.versions).filter(([, { kind }]) => kind === "bylaws");
  if (versions.length === 0) return undefined;
  return (
    <table className="cards">
      <caption>{t("votes.newRules")}</caption>
      <tbody>
        {versions.flatMap(([proposal, payload]) =>
          payload.kind !== "bylaws"
            ? []
            : payload.changes.map(({ key, value }) => (
                <tr key={`${proposal} ${key}`}>
                  <th scope="row">
                    <Link to={`/bylaws/${key}`}>{t(`governance.bylaw.${key}`)}</Link>
                    {versions.length > 1 ? <small className="hint">{notice.titles[proposal]}</small> : undefined}
                    {payload.from ? <small className="hint">{t("votes.newRules.from", { day: day(payload.from) })}</small> : undefined}
                  </th>
                  <td data-label={t("votes.difference.then")}>
                    <ins>{say(items.find((each) => each.key === key)?.unit ?? "count", value as never)}</ins>
                  </td>
                </tr>
              )),
        )}
      </tbody>
    </table>
  );
}
