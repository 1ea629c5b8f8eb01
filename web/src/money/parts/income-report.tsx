// The report of what members were paid in a year, for the tax office: how it stands, whom it lacks, and its files.
import {
  askTaxpayers,
  downloadIncomeReport,
  readIncomeReport,
  reportIncome,
  takeIncomeReport,
} from "@partcommune/shared/money/api/income-report";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { queryOf, useAct, useAsked } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Form } from "../../ui/form.tsx";
import { Tick } from "../../ui/field.tsx";
import { useMoney } from "../../ui/money.tsx";
import { At, Day } from "../../ui/when.tsx";

type Told = ToldOf<typeof readIncomeReport>;
type OfYear = { readonly year: number; readonly told: Told };

/** Asked for by whoever wants it: it reads every payment of the year. */
export function IncomeReport({ year }: { readonly year: number }) {
  const t = useT();
  const [wanted, want] = useState(false);
  const told = useAsked(readIncomeReport, { year }, wanted, "desk:money");
  return (
    <>
      <h3>{t("incomes.desk.title")}</h3>
      <p>{t("incomes.desk.says")}</p>
      {told ? (
        <Standing year={year} told={told} />
      ) : (
        <p className="acts">
          <button type="button" className="faint" disabled={wanted} onClick={() => want(true)}>
            {t("incomes.desk.show", { year: String(year) })}
          </button>
        </p>
      )}
    </>
  );
}

function Standing({ year, told }: OfYear) {
  const t = useT();
  const say = useMoney();
  const { reports, lacking, elsewhere, differing, ready, paid } = told;
  return (
    <>
      {reports.map((report) => (
        <Made key={report.no} year={year} report={report} />
      ))}
      {differing.length > 0 ? <p className="wrong">{t("incomes.desk.differing", { names: namesOf(differing) })}</p> : undefined}
      <p role="status">{t("incomes.desk.ready", { count: ready, paid: say(paid) })}</p>
      {lacking.length > 0 ? <Lacking year={year} lacking={lacking} /> : undefined}
      {elsewhere.length > 0 ? <p>{t("incomes.desk.elsewhere", { names: namesOf(elsewhere) })}</p> : undefined}
      {told.opensOn === undefined ? (
        <Reporting key={told.leftOut} year={year} told={told} />
      ) : (
        <p>
          {t("incomes.desk.opensOn")} <Day on={told.opensOn} />.
        </p>
      )}
    </>
  );
}

const namesOf = (people: readonly { readonly name: string }[]): string => people.map(({ name }) => name).join(", ");

/** A report that was made, and who took its file; whoever takes it leaves a trace. */
function Made({ year, report: { no, at, by, members, taken } }: { readonly year: number; readonly report: Told["reports"][number] }) {
  const t = useT();
  const { act, busy, refusal } = useAct(takeIncomeReport);
  return (
    <>
      <h4>{t("incomes.desk.reported", { no })}</h4>
      <p>
        {t("incomes.desk.by", { by, members })} <At at={at} />
      </p>
      {taken.length > 0 ? (
        <ul className="steps">
          {taken.map(({ by: name, at: when }, place) => (
            <li key={place}>
              {t("incomes.desk.taken", { name })} <At at={when} />
            </li>
          ))}
        </ul>
      ) : undefined}
      {taken.some(({ mine }) => mine) ? (
        <p>
          <a
            href={
              downloadIncomeReport.path +
              queryOf([
                ["year", year],
                ["no", no],
              ])
            }
            download
          >
            {t("incomes.desk.download", { no })}
          </a>
        </p>
      ) : (
        <Form act={async () => void (await act({ year, no }))} says={t("incomes.desk.take")} busy={busy} ready refusal={refusal}>
          <p className="hint">{t("incomes.desk.takeSays")}</p>
        </Form>
      )}
    </>
  );
}

function Lacking({ year, lacking }: { readonly year: number } & Pick<Told, "lacking">) {
  const t = useT();
  const { act, busy, refusal, told } = useAct(askTaxpayers);
  return (
    <>
      <h4>{t("incomes.desk.lacking", { count: lacking.length })}</h4>
      <ul>
        {lacking.map(({ member, name, lacks, askedAt, times }) => (
          <li key={member}>
            {t("incomes.desk.lacks", { name, lacks: lacks.map((lack) => t(`incomes.desk.lack.${lack}`)).join(", ") })}
            {askedAt ? (
              <>
                , {t("incomes.desk.askedTimes", { times })} <At at={askedAt} />
              </>
            ) : undefined}
          </li>
        ))}
      </ul>
      <Form act={async () => void (await act({ year }))} says={t("incomes.desk.ask")} busy={busy} ready refusal={refusal}>
        {told ? <p role="status">{t("incomes.desk.asked", told)}</p> : undefined}
      </Form>
    </>
  );
}

/** The act itself; who is left out is said by name. */
function Reporting({ year, told: { ready, lacking, leftOut, reports } }: OfYear) {
  const t = useT();
  const [without, leave] = useState(lacking.length === 0);
  const { act, busy, refusal } = useAct(reportIncome);
  const nobody = reports.length === 0 && lacking.length === 0;
  if (ready === 0 && !nobody) return undefined;
  return (
    <Form
      act={async () => void (await act({ year, leftOut }))}
      says={ready === 0 ? t("incomes.desk.nobody") : t("incomes.desk.report", { count: ready })}
      busy={busy}
      ready={without}
      refusal={refusal}
    >
      {lacking.length > 0 ? (
        <Tick label={t("incomes.desk.without", { count: lacking.length })} name="without" value={without} change={leave} />
      ) : undefined}
    </Form>
  );
}
