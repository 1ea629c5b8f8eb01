// A line of the bank that means several things: invoices that a client paid by one transfer, a charge that was kept back from it.
import type { listOpenInvoices } from "@partcommune/shared/money/api";
import { explainLine, type listWaitingLines } from "@partcommune/shared/money/api/statement";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { minus, moneyFrom, moneyText } from "@partcommune/shared/platform/money";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { amountFrom } from "../../ui/decimal.ts";
import { Field, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { blank, CostFields, isWhole, meansFrom, type Typed } from "./cost-fields.tsx";

type Waiting = ToldOf<typeof listWaitingLines>["items"][number];
type Invoice = ToldOf<typeof listOpenInvoices>["items"][number];
type Part = { readonly key: number; readonly amount: string; readonly invoice: string; readonly cost?: Typed };

const openOf = ({ gross, paid, credited }: Invoice): string =>
  moneyText(minus(minus(moneyFrom(gross), moneyFrom(credited)), moneyFrom(paid))).amount;

/** Parts of a line that came: each an invoice, or what was kept back or came besides. What is said of each is checked as if it stood alone. */
export function ExplainSeveral({
  line: {
    id,
    amount: { currency },
    party,
  },
  invoices,
  done,
}: {
  readonly line: Waiting;
  readonly invoices: readonly Invoice[];
  readonly done: () => void;
}) {
  const t = useT();
  const [parts, setParts] = useState<readonly Part[]>([]);
  const { act, busy, refusal } = useAct(explainLine);
  const change = (at: number, part: Partial<Part>): void => setParts(parts.map((each, nth) => (nth === at ? { ...each, ...part } : each)));
  const add = (part: Omit<Part, "key">): void => setParts([...parts, { ...part, key: (parts.at(-1)?.key ?? 0) + 1 }]);
  const open = invoices.filter((invoice) => invoice.gross.currency === currency);
  const left = open.find(({ id: invoice }) => !parts.some((part) => part.invoice === invoice));
  const explain = async (): Promise<void> => {
    const said = parts.map(({ amount, invoice, cost }) => ({
      amount: amountFrom(amount, currency),
      means: cost ? meansFrom(cost, currency) : ({ kind: "clientPaid", invoice } as const),
    }));
    if (await act({ waiting: id, means: { kind: "several", parts: said as never } })) done();
  };
  return (
    <Unfold says={t("costs.several")}>
      <Form
        act={explain}
        says={t("money.unexplained.say")}
        busy={busy}
        ready={parts.length > 1 && parts.every(({ amount, cost }) => amount.trim() !== "" && (!cost || isWhole(cost)))}
        refusal={refusal}
      >
        <p className="hint">{t("costs.several.says")}</p>
        {parts.map((part, at) => (
          <fieldset key={part.key}>
            <legend>{t("costs.several.part", { number: at + 1 })}</legend>
            {part.cost ? (
              <CostFields isIn={false} typed={part.cost} type={(cost) => change(at, { cost })} />
            ) : (
              <Pick
                label={t("costs.several.invoice")}
                name={`invoice-${part.key}`}
                value={part.invoice}
                change={(invoice) => change(at, { invoice, amount: amountOf(open, invoice) })}
                options={open.map(({ id: value, number, client }) => ({ value, says: `${number} · ${client}` }))}
              />
            )}
            <Field
              label={t("money.line.amount", { currency })}
              mode="decimal"
              name={`amount-${part.key}`}
              value={part.amount}
              change={(typed) => change(at, { amount: typed })}
            />
            <button type="button" className="faint" onClick={() => setParts(parts.filter((each) => each.key !== part.key))}>
              {t("costs.several.drop")}
            </button>
          </fieldset>
        ))}
        <p className="acts">
          {left ? (
            <button type="button" className="quiet" onClick={() => add({ invoice: left.id, amount: openOf(left) })}>
              {t("costs.several.addInvoice")}
            </button>
          ) : undefined}
          <button type="button" className="quiet" onClick={() => add({ invoice: "", amount: "", cost: blank(false, party) })}>
            {t("costs.several.addCost")}
          </button>
        </p>
      </Form>
    </Unfold>
  );
}

const amountOf = (open: readonly Invoice[], id: string): string => {
  const invoice = open.find((each) => each.id === id);
  return invoice ? openOf(invoice) : "";
};
