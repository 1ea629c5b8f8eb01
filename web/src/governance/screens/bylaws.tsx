// The rules in force: what members voted, and how many of them it takes to change it.
import { listBylaws } from "@partcommune/shared/governance/api";
import { isHeeded } from "@partcommune/shared/governance/rules/unheeded";
import { readCoop } from "@partcommune/shared/platform/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { written } from "../../ui/when.tsx";
import { useSayBylaw } from "../parts/value.tsx";

type Card = ToldOf<typeof listBylaws>["items"][number];

export function Bylaws() {
  const t = useT();
  const { items } = useWanted(listBylaws, {});
  const { currency } = useWanted(readCoop, {});
  return (
    <section>
      <h1>{t("governance.bylaws.title")}</h1>
      <p className="lead">{t("governance.bylaws.lead")}</p>
      <table className="cards rules">
        <caption>{t("governance.bylaws.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("governance.bylaws.rule")}</th>
            <th scope="col">{t("governance.bylaws.value")}</th>
            <th scope="col">{t("governance.bylaws.class")}</th>
            <th scope="col">{t("governance.bylaws.since")}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((card) => (
            <Row key={card.key} card={card} currency={currency ?? "EUR"} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ card, currency }: { readonly card: Card; readonly currency: string }) {
  const t = useT();
  const { language } = useSpeech();
  const say = useSayBylaw(currency);
  const classes = {
    ordinary: t("governance.class.ordinary"),
    important: t("governance.class.important"),
    constitutional: t("governance.class.constitutional"),
  };
  const since = written(language, { dateStyle: "long", timeZone: "UTC" }, new Date(card.validFrom));
  return (
    <tr>
      <th scope="row">
        <Link to={`/bylaws/${card.key}`}>{t(`governance.bylaw.${card.key}`)}</Link> <span className="code">{card.key}</span>
        {isHeeded(card.key) ? undefined : <small className="hint"> {t("governance.bylaws.unheeded")}</small>}
      </th>
      <td data-label={t("governance.bylaws.value")}>{say(card.unit, card.value)}</td>
      <td data-label={t("governance.bylaws.class")}>{classes[card.class]}</td>
      <td data-label={t("governance.bylaws.since")}>
        {since}, {t("governance.bylaws.version", { version: card.version })}
      </td>
    </tr>
  );
}
