// Into which budget the reader's part of a work goes: each who does it says so for themselves.
import { listBudgets } from "@partcommune/shared/marketplace/api";
import { chooseBudget } from "@partcommune/shared/marketplace/api/budget";
import { useState } from "react";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import type { EngagementTold } from "./told.ts";

export function Into({ engagement: { id, team } }: { readonly engagement: EngagementTold }) {
  const t = useT();
  const { items } = useWanted(listBudgets, {});
  const into = team.find(({ you }) => you)?.into;
  const name = items.find((budget) => budget.id === into)?.name;
  return (
    <section aria-labelledby="into">
      <h2 id="into">{t("workspace.budgets.into.title")}</h2>
      <p>
        {name ? t("workspace.budgets.into.is", { name }) : t("workspace.budgets.into.first")}{" "}
        {items.length > 1 ? undefined : t("workspace.budgets.into.none")} <Link to="/my/budgets">{t("workspace.budgets.title")}</Link>
      </p>
      <p>
        <Link to="/my/expenses" search={{ budget: into ?? "first" }}>
          {t("workspace.budgets.into.expenses")}
        </Link>
      </p>
      {items.length > 1 ? (
        <Unfold says={t("workspace.budgets.into.change")}>
          <Choose key={into ?? "first"} engagement={id} into={into ?? "first"} />
        </Unfold>
      ) : undefined}
    </section>
  );
}

function Choose({ engagement, into }: { readonly engagement: string; readonly into: string }) {
  const t = useT();
  const { items } = useWanted(listBudgets, {});
  const [chosen, setChosen] = useState(into);
  const { act, busy, refusal } = useAct(chooseBudget);
  return (
    <Form
      act={async () => void (await act({ engagement, chosen }))}
      says={t("workspace.budgets.into.act")}
      busy={busy}
      ready={chosen !== into}
      refusal={refusal}
    >
      <Pick
        label={t("workspace.budgets.into.pick")}
        name="budget"
        value={chosen}
        change={setChosen}
        hint={t("workspace.budgets.into.hint")}
        options={items.map(({ id, name }) => ({ value: id ?? "first", says: name ?? t("workspace.budgets.first") }))}
      />
    </Form>
  );
}
