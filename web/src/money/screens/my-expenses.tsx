// What one may have ahead of one's work and why, what one owes, what one spent for the work, and how all of it is settled.
import { readMe } from "@partcommune/shared/membership/api";
import { listExpenses, readAdvances } from "@partcommune/shared/money/api";
import { useSearch } from "@tanstack/react-router";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useLive } from "../../platform/live.tsx";
import { isMember } from "../../platform/parts/is-member.ts";
import { Link } from "../../ui/link.tsx";
import { AskAdvance, Limit } from "../parts/advance-limit.tsx";
import { Advances } from "../parts/advances.tsx";
import { AllowanceForms, ReceiptForm } from "../parts/expense-forms.tsx";
import { Expenses } from "../parts/expenses.tsx";
import { budgetIn } from "../parts/one-budget.ts";

export function MyExpenses() {
  const t = useT();
  const { person } = useWanted(readMe, {});
  return (
    <section>
      <h1>{t("outlays.title")}</h1>
      {person?.member && isMember(person.stage) ? (
        <Mine member={person.member} />
      ) : (
        <p role="status">
          {t("money.mine.noMember")} <Link to="/join">{t("money.mine.join")}</Link>
        </p>
      )}
    </section>
  );
}

function Mine({ member }: { readonly member: string }) {
  const t = useT();
  const topic = `member:${member}`;
  useLive(topic);
  const into = budgetIn(useSearch({ strict: false }));
  const advances = useWanted(readAdvances, {}, topic);
  const expenses = useWanted(listExpenses, {}, topic);
  return (
    <>
      <p className="lead">{t("outlays.lead")}</p>
      <p>
        <Link to="/my/money">{t("outlays.money")}</Link>
      </p>
      <div className="split">
        <div className="stack">
          <Limit told={advances} />
          <Advances told={advances} />
          <Expenses items={expenses.items} />
        </div>
        <div className="stack">
          {advances.isLeaving ? <p role="status">{t("outlays.leaving")}</p> : <AskAdvance limit={advances.limit} />}
          <p className="hint">
            {into.budget === undefined || into.budget === "first" ? t("outlays.into.first") : t("outlays.into.chosen")}{" "}
            <Link to="/my/budgets">{t("outlays.into.others")}</Link>
          </p>
          <ReceiptForm member={member} currency={advances.limit.currency} into={into} />
          <AllowanceForms allowances={expenses.allowances} into={into} />
        </div>
      </div>
    </>
  );
}
