// The turnout of the last votes: one by one, all together, and by groups in which nobody can be found.
import type { readParticipation } from "@partcommune/shared/governance/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import type { ReactNode } from "react";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";

type Told = ToldOf<typeof readParticipation>;
type Row = { readonly key: string; readonly says: ReactNode; readonly roll: number; readonly came: number };

export function Turnout({ told: { votes, whole, splits } }: { readonly told: Told }) {
  const t = useT();
  if (votes.length === 0) return <p>{t("participation.none")}</p>;
  const each = votes.map(({ id, title, ...came }) => ({ key: id, says: <Link to={`/votes/${id}`}>{title}</Link>, ...came }));
  return (
    <section className="job">
      <h2>{t("participation.turnout")}</h2>
      <Rows
        caption={t("participation.votes")}
        head={t("participation.head.vote")}
        rows={[...each, { key: "whole", says: <strong>{t("participation.whole")}</strong>, ...whole }]}
      />
      <p className="hint">{t(splits.length === 0 ? "participation.tooFew" : "participation.kept")}</p>
      {splits.map((split) => (
        <Split key={split.by} split={split} />
      ))}
    </section>
  );
}

function Split({ split: { by, groups, rest } }: { readonly split: Told["splits"][number] }) {
  const t = useT();
  const named = (part: string): string => {
    if (part === "") return t(`participation.none.${by}`);
    return by === "membership" ? t(`participation.band.${part}`) : part;
  };
  const rows = groups.map(({ part, ...came }) => ({ key: part, says: named(part), ...came }));
  return (
    <Rows
      caption={t(`participation.group.${by}`)}
      head={t("participation.head.group")}
      rows={rest ? [...rows, { key: "rest", says: t("participation.rest"), ...rest }] : rows}
    />
  );
}

function Rows({ caption, head, rows }: { readonly caption: string; readonly head: string; readonly rows: readonly Row[] }) {
  const t = useT();
  const { language } = useSpeech();
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  return (
    <table className="cards">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          {(["roll", "came", "part"] as const).map((name) => (
            <th key={name} scope="col" className="amount">
              {t(`participation.head.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, says, roll, came }) => (
          <tr key={key}>
            <th scope="row">{says}</th>
            <td className="amount" data-label={t("participation.head.roll")}>
              {roll}
            </td>
            <td className="amount" data-label={t("participation.head.came")}>
              {came}
            </td>
            <td className="amount" data-label={t("participation.head.part")}>
              {percent.format(came / roll)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
