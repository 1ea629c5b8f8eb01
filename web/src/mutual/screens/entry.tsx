// One entry of the book: what it moved, the rules it obeyed with their votes, and its seal.
import { readFundEntry } from "@partcommune/shared/mutual/api";
import { entryKinds } from "@partcommune/shared/money/rules/entry";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useParams } from "@tanstack/react-router";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Money } from "../../ui/money.tsx";
import { useDay } from "../../ui/when.tsx";
import { Seal } from "../parts/seal.tsx";

type Told = ToldOf<typeof readFundEntry>;

export function Entry() {
  const t = useT();
  const day = useDay();
  const { entry = "" } = useParams({ strict: false });
  const { id, kind, on, legs, bylaws, seal } = useWanted(readFundEntry, { entry });
  const known = entryKinds.find((each) => each === kind);
  return (
    <article className="job">
      <header>
        <h1>{t("entries.entry.title")}</h1>
        <p className="lead">{t("entries.entry.on", { kind: known ? t(`entries.kind.${known}`) : kind, day: day(on) })}</p>
        <p className="code">{id}</p>
      </header>
      <Legs legs={legs} />
      <Rules bylaws={bylaws} />
      <Seal seal={seal} />
      <p>
        <Link to="/fund">{t("entries.fund")}</Link>
      </p>
    </article>
  );
}

function Legs({ legs }: Pick<Told, "legs">) {
  const t = useT();
  return (
    <>
      <table className="cards">
        <caption>{t("entries.entry.legs")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("entries.entry.account")}</th>
            <th scope="col" className="amount">
              {t("entries.amount")}
            </th>
          </tr>
        </thead>
        <tbody>
          {legs.map(({ account, amount }, at) => (
            <tr key={`${account} ${at}`}>
              <th scope="row" className="code">
                {account}
              </th>
              <td className="amount" data-label={t("entries.amount")}>
                <Money of={amount} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="hint">{t("entries.entry.side")}</p>
    </>
  );
}

function Rules({ bylaws }: Pick<Told, "bylaws">) {
  const t = useT();
  return (
    <section aria-labelledby="rules">
      <h2 id="rules">{t("entries.entry.rules")}</h2>
      {bylaws.length === 0 ? <p>{t("entries.entry.noRules")}</p> : undefined}
      <ul>
        {bylaws.map(({ key, version, vote }) => (
          <li key={key}>
            <Link to={`/bylaws/${key}`}>{t("entries.entry.rule", { rule: t(`governance.bylaw.${key}`), version })}</Link>,{" "}
            {vote ? <Link to={`/votes/${vote}`}>{t("entries.entry.vote")}</Link> : t("entries.entry.founding")}
          </li>
        ))}
      </ul>
    </section>
  );
}
