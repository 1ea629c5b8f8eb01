// Payroll by months: who was paid or waits, the table for the payroll office, its figures as they come back, and what the social offices are owed.
import { importPayroll, readPayroll, readPayrollFile } from "@partcommune/shared/money/api";
import { pathWith, type ToldOf } from "@partcommune/shared/platform/endpoint";
import { moneyFrom, moneyText, sum } from "@partcommune/shared/platform/money";
import { useState } from "react";
import { queryOf, useAct, useAsked } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { Day } from "../../ui/when.tsx";
import { LineForm } from "./line-form.tsx";
import { ReadIn } from "./read-in.tsx";

type Told = ToldOf<typeof readPayroll>;

export function Payroll({ acts }: { readonly acts: boolean }) {
  const t = useT();
  const [wanted, want] = useState<Told["month"]>();
  const told = useAsked(readPayroll, wanted === undefined ? {} : { month: wanted }, true, "desk:money");
  if (!told) return undefined;
  const { month, before, next, works, figures, open } = told;
  return (
    <section aria-labelledby="payroll">
      <h2 id="payroll">{t("payroll.title")}</h2>
      <p>
        <Day on={month} /> – <Day on={open.until} />
      </p>
      <p className="acts">
        <button type="button" className="faint" onClick={() => want(before)}>
          {t("payroll.before")}
        </button>
        {next ? (
          <button type="button" className="faint" onClick={() => want(next)}>
            {t("payroll.next")}
          </button>
        ) : undefined}
      </p>
      {works.length === 0 ? <p>{t("payroll.none")}</p> : <Works works={works} />}
      <p>
        <a href={pathWith(readPayrollFile.path, {}) + queryOf([["month", month]])}>{t("payroll.csv")}</a>
      </p>
      {figures.length > 0 ? <Figures figures={figures} /> : undefined}
      {acts ? <OfficeFile /> : undefined}
      <Open open={open} acts={acts} />
    </section>
  );
}

function Works({ works }: Pick<Told, "works">) {
  const t = useT();
  const say = useMoney();
  return (
    <ul className="rows">
      {works.map(({ payable, name, reference, invoice, cost, net, model }) => (
        <li key={payable}>
          <div>
            <h3>{name}</h3>
            <p>
              {invoice} · {reference ?? t("payroll.undeclared")}
            </p>
            <p className="steps">{model === undefined ? t("payroll.waits") : t("payroll.model", { model })}</p>
          </div>
          <p>
            <strong>
              <Money of={net ?? cost} />
            </strong>
            {net ? (
              <>
                <br />
                {t("payroll.of", { cost: say(cost) })}
              </>
            ) : undefined}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** What the office said of the month, member by member. */
function Figures({ figures }: Pick<Told, "figures">) {
  const t = useT();
  const say = useMoney();
  return (
    <>
      <h3>{t("payroll.figures")}</h3>
      <dl className="facts sums">
        {figures.map(({ member, name, net, employee, employer }) => (
          <Fact key={member} says={name}>
            {t("payroll.figure", { net: say(net), employee: say(employee), employer: say(employer) })}
          </Fact>
        ))}
      </dl>
    </>
  );
}

function OfficeFile() {
  const t = useT();
  const { act, busy, refusal, told } = useAct(importPayroll);
  const read = async (file: File): Promise<void> => void (await act({ file: await file.text() }));
  return (
    <ReadIn
      label={t("payroll.file")}
      hint={t("payroll.file.hint")}
      accepts=".csv,text/csv"
      says={t("payroll.read")}
      {...{ busy, refusal, read }}
    >
      {told ? <p role="status">{t("payroll.told", told)}</p> : undefined}
    </ReadIn>
  );
}

/** What both sides owe the social offices; the bank's line says what was paid, and another confirms it. */
function Open({ open: { until, employee, employer }, acts }: Pick<Told, "open"> & { readonly acts: boolean }) {
  const t = useT();
  const owed = sum(moneyFrom(employee), moneyFrom(employer));
  return (
    <>
      <dl className="facts sums">
        <Fact says={t("payroll.employee")}>
          <Money of={employee} />
        </Fact>
        <Fact says={t("payroll.employer")}>
          <Money of={employer} />
        </Fact>
        <Fact says={t("payroll.owed")}>
          <Money of={moneyText(owed)} />
        </Fact>
      </dl>
      {acts && owed.minor > 0n ? (
        <LineForm
          key={`${until} ${owed.minor}`}
          opens={t("payroll.paid")}
          means={{ kind: "payrollRemitted", until }}
          expected={moneyText(owed)}
        />
      ) : undefined}
    </>
  );
}
