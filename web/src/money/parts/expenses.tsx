// A member's expenses: each with how far it is, and one that is not repaid with why, from when it should be, and what helps meanwhile.
import { withdrawExpense, type listExpenses } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Files } from "../../platform/parts/files.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { Day } from "../../ui/when.tsx";

export type ExpensesTold = ToldOf<typeof listExpenses>;
type Expense = ExpensesTold["items"][number];

export function Expenses({ items }: Pick<ExpensesTold, "items">) {
  const t = useT();
  return (
    <section aria-labelledby="expenses">
      <h2 id="expenses">{t("outlays.expenses.title")}</h2>
      {items.length === 0 ? <p role="status">{t("outlays.expenses.none")}</p> : undefined}
      <ul className="rows">
        {items.map((item) => (
          <Row key={item.id} expense={item} />
        ))}
      </ul>
    </section>
  );
}

function Row({ expense }: { readonly expense: Expense }) {
  const t = useT();
  const { kind, about, spentOn, amount, units = 0, source = "", state, files, budget } = expense;
  return (
    <li>
      <div>
        <h3>{about}</h3>
        <p>
          {t(`outlays.kind.${kind}`, { units, source })} · <Day on={spentOn} />
          {budget ? ` · ${t("outlays.expense.budget", { name: budget })}` : ""}
        </p>
        <Files files={files} />
        <p>
          <Standing expense={expense} />
        </p>
        {state === "waiting" || state === "covered" ? <Withdraw expense={expense} /> : undefined}
      </div>
      <strong>
        <Money of={amount} />
      </strong>
    </li>
  );
}

/** How far it is, and why no further. */
function Standing({ expense: { state, missing, from, waitsFor, paidOn, because = "" } }: { readonly expense: Expense }) {
  const t = useT();
  const say = useMoney();
  if (state === "waiting")
    return (
      <>
        {t("outlays.expense.missing", { sum: missing ? say(missing) : "" })}{" "}
        {from ? (
          <>
            {t("outlays.expense.from")} <Day on={from} />.
          </>
        ) : (
          t("outlays.expense.never")
        )}{" "}
        <a href="#limit">{t("outlays.expense.advance")}</a>
      </>
    );
  return (
    <>
      {t(`outlays.expense.${state}`, { because })}
      {waitsFor ? (
        <>
          {" "}
          {t("outlays.waits.iban")} <Link to="/my/money">{t("outlays.waits.iban.set")}</Link>
        </>
      ) : undefined}
      {paidOn ? (
        <>
          {" "}
          {t("outlays.advance.paidOn")} <Day on={paidOn} />.
        </>
      ) : undefined}
    </>
  );
}

function Withdraw({ expense: { id, about } }: { readonly expense: Expense }) {
  const t = useT();
  const { act, busy, refusal } = useAct(withdrawExpense);
  return (
    <details className="unfold">
      <summary>{t("outlays.expense.withdraw.of", { about })}</summary>
      <Form act={async () => void (await act({ expense: id }))} says={t("outlays.expense.withdraw")} busy={busy} ready refusal={refusal} />
    </details>
  );
}
