// Entering one line of the bank's statement: the day, the amount, the bank's own reference, and what it means.
import { enterBankLine } from "@partcommune/shared/money/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import type { MoneyText } from "@partcommune/shared/platform/money";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { amountFrom } from "../../ui/decimal.ts";
import { DateField, Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";

type Means = AskedOf<typeof enterBankLine>["means"];

type LineProps = {
  readonly opens: string;
  readonly means: Means;
  readonly expected: MoneyText;
  /** Of an invoice in foreign money: what of that is open. The bank credits another sum, in the coop's own money. */
  readonly settles?: MoneyText | undefined;
};

/** `expected` is what the line should say; the treasurer writes what the bank says. */
export function LineForm({ opens, means, expected, settles }: LineProps) {
  const t = useT();
  const [line, setLine] = useState({ bookedOn: "", amount: expected.amount, reference: "" });
  const [settled, setSettled] = useState(settles?.amount ?? "");
  const { act, busy, refusal } = useAct(enterBankLine);
  const { currency } = expected;
  const of = (name: keyof typeof line) => ({
    name,
    value: line[name],
    change: (value: string) => setLine({ ...line, [name]: value }),
    fault: faultAt(refusal, `/${name}`),
  });
  const enter = async (): Promise<void> => {
    const said = settles && means.kind === "clientPaid" ? { ...means, settles: amountFrom(settled, settles.currency) } : means;
    await act({ ...line, amount: amountFrom(line.amount, currency), means: said });
  };
  return (
    <details className="unfold">
      <summary>{opens}</summary>
      <Form
        act={enter}
        says={t("money.line.enter")}
        busy={busy}
        ready={line.bookedOn !== "" && line.reference.trim() !== ""}
        refusal={refusal}
      >
        <DateField label={t("money.line.bookedOn")} {...of("bookedOn")} />
        {settles ? (
          <Field
            label={t("money.line.settles", { currency: settles.currency })}
            name="settles"
            mode="decimal"
            value={settled}
            change={setSettled}
            fault={faultAt(refusal, "/means/settles")}
          />
        ) : undefined}
        <Field label={t(settles ? "money.line.credited" : "money.line.amount", { currency })} mode="decimal" {...of("amount")} />
        <Field label={t("money.line.reference")} hint={t("money.line.reference.hint")} {...of("reference")} />
      </Form>
    </details>
  );
}
