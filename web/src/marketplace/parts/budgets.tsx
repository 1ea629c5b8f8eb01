// A member's budgets as they are changed: opened, renamed, closed.
import type { listBudgets } from "@partcommune/shared/marketplace/api";
import { closeBudget } from "@partcommune/shared/marketplace/api/budget";
import { openBudget, renameBudget } from "@partcommune/shared/money/api/budget";
import { mostBudgets } from "@partcommune/shared/money/rules/budget";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";

export type BudgetTold = ToldOf<typeof listBudgets>["items"][number];

export function Open() {
  const t = useT();
  const [name, setName] = useState("");
  const { act, busy, refusal } = useAct(openBudget);
  const send = async (): Promise<void> => {
    if (await act({ name })) setName("");
  };
  return (
    <section aria-labelledby="open">
      <h2 id="open">{t("workspace.budgets.open")}</h2>
      <Form act={send} says={t("workspace.budgets.open")} busy={busy} ready={name.trim() !== ""} refusal={refusal}>
        <Field
          label={t("workspace.budgets.open.name")}
          name="name"
          value={name}
          change={setName}
          hint={t("workspace.budgets.open.hint", { most: mostBudgets })}
          fault={faultAt(refusal, "/name")}
        />
      </Form>
    </section>
  );
}

type Own = { readonly budget: string; readonly name: string };

export function Rename({ budget, name: called }: Own) {
  const t = useT();
  const [name, setName] = useState(called);
  const { act, busy, refusal } = useAct(renameBudget);
  const ready = name.trim() !== "" && name !== called;
  return (
    <Unfold says={t("workspace.budgets.rename")}>
      <Form
        act={async () => void (await act({ budget, name }))}
        says={t("workspace.budgets.rename.act")}
        busy={busy}
        ready={ready}
        refusal={refusal}
      >
        <Field label={t("workspace.budgets.open.name")} name="name" value={name} change={setName} fault={faultAt(refusal, "/name")} />
      </Form>
    </Unfold>
  );
}

export function Close({ budget }: Pick<Own, "budget">) {
  const t = useT();
  const { act, busy, refusal } = useAct(closeBudget);
  return (
    <Unfold says={t("workspace.budgets.close")} faint>
      <Form act={async () => void (await act({ budget }))} says={t("workspace.budgets.close.act")} busy={busy} ready refusal={refusal}>
        <p>{t("workspace.budgets.close.says")}</p>
      </Form>
    </Unfold>
  );
}
