// Every stage of a count as a table, by the method of the vote.
import type { PointsStage } from "@partcommune/shared/governance/rules/counting/points";
import type { Schulze } from "@partcommune/shared/governance/rules/counting/schulze";
import type { Stv } from "@partcommune/shared/governance/rules/counting/stv";
import type { YesNo } from "@partcommune/shared/governance/rules/counting/yes-no";
import type { Notice } from "@partcommune/shared/governance/rules/notice";
import type { ReactNode } from "react";
import { useSpeech, useT } from "../../platform/i18n.tsx";

export function Stages({ notice, stages }: { readonly notice: Notice; readonly stages: unknown }) {
  const t = useT();
  const named = (key: string): string =>
    key === "keep" ? t("votes.keep") : (notice.options.find((option) => option.key === key)?.title ?? notice.titles[key] ?? key);
  if (notice.method === "yesNo") return <OfYesNo stages={stages as YesNo} notice={notice} />;
  if (notice.method === "stv") return <OfStv stages={stages as Stv} named={named} />;
  if (notice.method === "schulze") return <OfSchulze stages={stages as Schulze} named={named} />;
  return <OfPoints stages={stages as PointsStage} named={named} />;
}

type Named = { readonly named: (key: string) => string };

function Table({
  caption,
  heads,
  children,
}: {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly children: ReactNode;
}) {
  return (
    <div className="framed">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function OfYesNo({ stages, notice }: { readonly stages: YesNo; readonly notice: Notice }) {
  const t = useT();
  const { language } = useSpeech();
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 2 });
  const { colleges, share } = stages;
  const heads = [t("votes.stage.college"), t("votes.answer.yes"), t("votes.answer.no"), t("votes.answer.abstain")];
  return (
    <>
      <Table caption={t("votes.stage.answers")} heads={heads}>
        {colleges.map(({ college, yes, no, abstain }) => (
          <tr key={college}>
            <th scope="row">{t(`governance.college.${college}`)}</th>
            <td>{yes}</td>
            <td>{no}</td>
            <td>{abstain}</td>
          </tr>
        ))}
      </Table>
      {share ? (
        <p>
          {t("votes.stage.share", {
            share: `${share.over}/${share.under}`,
            percent: percent.format(Number(share.over) / Number(share.under)),
            majority: `${notice.majority.over}/${notice.majority.under}`,
          })}
        </p>
      ) : undefined}
    </>
  );
}

function OfStv({ stages, named }: { readonly stages: Stv } & Named) {
  const t = useT();
  const candidates = stages.stages[0]?.votes.map(({ key }) => key) ?? [];
  const said = (does: string, of: string | undefined): string =>
    does === "first" ? t("votes.stv.first") : t(`votes.stv.${does}`, { name: named(of ?? "") });
  return (
    <>
      <p>{t("votes.stv.quota", { valid: stages.valid, quota: stages.quota })}</p>
      <Table caption={t("votes.stage.stages")} heads={["", ...candidates.map(named), t("votes.stv.exhausted"), t("votes.stv.rounding")]}>
        {stages.stages.map(({ does, of, elected, votes, exhausted, rounding }, at) => (
          <tr key={at}>
            <th scope="row">
              {at + 1}. {said(does, of)}
              {elected.length > 0 ? (
                <small className="hint">{t("votes.stv.elected", { names: elected.map(named).join(", ") })}</small>
              ) : undefined}
            </th>
            {candidates.map((key) => (
              <td key={key}>{votes.find((each) => each.key === key)?.votes ?? "–"}</td>
            ))}
            <td>{exhausted}</td>
            <td>{rounding}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}

function OfSchulze({ stages, named }: { readonly stages: Schulze } & Named) {
  const t = useT();
  const matrix = (caption: string, rows: readonly (readonly string[])[]) => (
    <Table caption={caption} heads={["", ...stages.options.map(named)]}>
      {rows.map((row, at) => (
        <tr key={stages.options[at]}>
          <th scope="row">{named(stages.options[at] ?? "")}</th>
          {row.map((cell, column) => (
            <td key={stages.options[column]}>{column === at ? "–" : cell}</td>
          ))}
        </tr>
      ))}
    </Table>
  );
  return (
    <>
      {matrix(t("votes.schulze.pairs"), stages.pairs)}
      {matrix(t("votes.schulze.paths"), stages.paths)}
    </>
  );
}

function OfPoints({ stages, named }: { readonly stages: PointsStage } & Named) {
  const t = useT();
  return (
    <Table caption={t("votes.stage.points")} heads={["", t("votes.points"), t("votes.points.mean")]}>
      {stages.options.map(({ key, points, mean }) => (
        <tr key={key}>
          <th scope="row">{named(key)}</th>
          <td>{points}</td>
          <td>
            {mean.over}/{mean.under}
          </td>
        </tr>
      ))}
    </Table>
  );
}
