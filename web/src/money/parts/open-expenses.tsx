// What members spent and is not repaid, as the treasury looks at it: each with its receipt, and a way to refuse it with a reason.
import { listOpenExpenses, refuseExpense } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Files } from "../../platform/parts/files.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Day } from "../../ui/when.tsx";

type Expense = ToldOf<typeof listOpenExpenses>["items"][number];

/** The desk's list; nothing where nobody handed any in. */
export function OpenExpenses({ acts }: { readonly acts: boolean }) {
  const t = useT();
  const { items } = useWanted(listOpenExpenses, {}, "desk:money");
  if (items.length === 0) return undefined;
  return (
    <section aria-labelledby="open-expenses">
      <h2 id="open-expenses">{t("outlays.desk.expenses")}</h2>
      <p className="hint">{t("outlays.desk.expenses.hint")}</p>
      <ul className="rows">
        {items.map((expense) => (
          <Row key={expense.id} expense={expense} acts={acts} />
        ))}
      </ul>
    </section>
  );
}

function Row({ expense, acts }: { readonly expense: Expense; readonly acts: boolean }) {
  const t = useT();
  const say = useMoney();
  const { member, kind, about, spentOn, amount, vat, units = 0, source = "", files, state } = expense;
  return (
    <li>
      <div>
        <h3>{member}</h3>
        <p>
          {about} · {t(`outlays.kind.${kind}`, { units, source })} · <Day on={spentOn} />
          {kind === "receipt" ? ` · ${t("outlays.desk.vat", { sum: say(vat) })}` : ""}
        </p>
        <Files files={files} />
        <p className="steps">{t(`outlays.desk.expense.${state}`)}</p>
      </div>
      <strong>
        <Money of={amount} />
      </strong>
      {acts ? <Refuse expense={expense} /> : undefined}
    </li>
  );
}

function Refuse({ expense: { id, about } }: { readonly expense: Expense }) {
  const t = useT();
  const [because, setBecause] = useState("");
  const { act, busy, refusal } = useAct(refuseExpense);
  return (
    <details className="unfold">
      <summary>{t("outlays.desk.refuse.of", { about })}</summary>
      <Form
        act={async () => void (await act({ expense: id, because }))}
        says={t("outlays.desk.refuse")}
        busy={busy}
        ready={because.trim() !== ""}
        refusal={refusal}
      >
        <Field
          label={t("outlays.desk.refuse.because")}
          name="because"
          value={because}
          change={setBecause}
          hint={t("outlays.desk.refuse.hint")}
          fault={faultAt(refusal, "/because")}
        />
      </Form>
    </details>
  );
}
