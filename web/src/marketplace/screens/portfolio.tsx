// The adviser's members, each with what is told about them and why, and the way to hand one over.
import { listPortfolio } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { NameAdviser } from "../../membership/parts/name-adviser.tsx";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { At, useDay } from "../../ui/when.tsx";

type Followed = ToldOf<typeof listPortfolio>["items"][number];

export function Portfolio() {
  const t = useT();
  const { items } = useWanted(listPortfolio, {}, "desk:portfolio");
  return (
    <section>
      <h1>{t("marketplace.portfolio.title")}</h1>
      <p className="lead">{t("marketplace.portfolio.lead")}</p>
      {items.length === 0 ? <p role="status">{t("marketplace.portfolio.empty")}</p> : undefined}
      <ul className="plain">
        {items.map((followed) => (
          <Row key={followed.member} followed={followed} />
        ))}
      </ul>
    </section>
  );
}

function Row({ followed: { member, name, trade, stage, branch, from, note, alerts } }: { readonly followed: Followed }) {
  const t = useT();
  return (
    <li className="milestone">
      <h2>{name}</h2>
      <p>
        {trade} · {t(`membership.people.stage.${stage}`)} · {branch} · {t("marketplace.portfolio.since")} <At at={from} />
      </p>
      {note ? (
        <>
          <p>{t("marketplace.portfolio.note")}</p>
          <blockquote className="letter">{note}</blockquote>
        </>
      ) : undefined}
      <Alerts alerts={alerts} />
      <NameAdviser member={member} name={name} handover />
    </li>
  );
}

function Alerts({ alerts }: Pick<Followed, "alerts">) {
  const t = useT();
  const day = useDay();
  if (alerts.length === 0) return <p>{t("marketplace.portfolio.quiet")}</p>;
  return (
    <ul>
      {alerts.map(({ kind, on, about = "" }) => (
        <li key={`${kind} ${on} ${about}`}>{t(`marketplace.alert.${kind}`, { day: day(on), about })}</li>
      ))}
    </ul>
  );
}
