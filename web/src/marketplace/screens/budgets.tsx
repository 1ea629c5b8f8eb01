// One's budgets: what is on each, what of that is held and why, the work that leads there, and the way to open, rename and close them.
import { listBudgets } from "@partcommune/shared/marketplace/api";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Link } from "../../ui/link.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { Close, Open, Rename, type BudgetTold } from "../parts/budgets.tsx";

export function Budgets() {
  const t = useT();
  const { items } = useWanted(listBudgets, {});
  return (
    <section>
      <h1>{t("workspace.budgets.title")}</h1>
      <p>
        {t("workspace.budgets.lead")} <Link to="/my/money">{t("workspace.budgets.money")}</Link>
      </p>
      <div className="split">
        <div className="stack">
          {items.map((budget) => (
            <Budget key={budget.id ?? "first"} budget={budget} />
          ))}
        </div>
        <div className="stack">
          <Open />
        </div>
      </div>
    </section>
  );
}

function Budget({ budget }: { readonly budget: BudgetTold }) {
  const t = useT();
  const { id, name, balance, available, held, works } = budget;
  const called = name ?? t("workspace.budgets.first");
  const place = `budget-${id ?? "first"}`;
  return (
    <section aria-labelledby={place}>
      <h2 id={place}>{called}</h2>
      <dl className="facts">
        <Fact says={t("workspace.budgets.balance")}>
          <Money of={balance} />
        </Fact>
        <Fact says={t("workspace.budgets.available")}>
          <Money of={available} />
        </Fact>
        {held.length > 0 ? (
          <Fact says={t("workspace.budgets.held")}>
            <Held held={held} />
          </Fact>
        ) : undefined}
        <Fact says={t("workspace.budgets.works")}>
          <Works works={works} />
        </Fact>
      </dl>
      <p>
        <Link to="/my/money" search={{ budget: id ?? "first" }}>
          {t("workspace.budgets.entries.named", { name: called })}
        </Link>{" "}
        ·{" "}
        <Link to="/my/expenses" search={{ budget: id ?? "first" }}>
          {t("workspace.budgets.expenses.named", { name: called })}
        </Link>
      </p>
      {id !== undefined && name !== undefined ? (
        <>
          <Rename key={name} budget={id} name={name} />
          <Close budget={id} />
        </>
      ) : undefined}
    </section>
  );
}

/** What waits for which client's payment. */
function Held({ held }: Pick<BudgetTold, "held">) {
  const t = useT();
  const say = useMoney();
  return held.map(({ invoice, amount }) => t("workspace.budgets.held.of", { amount: say(amount), invoice })).join(" · ");
}

function Works({ works }: Pick<BudgetTold, "works">) {
  const t = useT();
  if (works.length === 0) return t("workspace.budgets.works.none");
  return (
    <ul className="plain">
      {works.map(({ id, title, client }) => (
        <li key={id}>
          <Link to={`/my/engagements/${id}`}>{title}</Link> · {client}
        </li>
      ))}
    </ul>
  );
}
