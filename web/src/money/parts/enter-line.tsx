// Entering a line of the bank's statement: what the bank says, and what it means here.
import { useState } from "react";
import { enterBankLine, type listPayouts } from "@partcommune/shared/money/api";
import { readCoop } from "@partcommune/shared/platform/api";
import type { AskedOf, ToldOf } from "@partcommune/shared/platform/endpoint";
import type { MoneyText } from "@partcommune/shared/platform/money";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useSpeech } from "../../platform/i18n.tsx";
import { decimalFrom, typedFrom } from "../../ui/decimal.ts";
import { DateField, Field, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { useMoney } from "../../ui/money.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { openOf, type InvoiceCard } from "./invoice-table.tsx";

type Means = AskedOf<typeof enterBankLine>["means"];
type Batch = ToldOf<typeof listPayouts>["items"][number];
type Choice = { readonly value: string; readonly says: string; readonly means: Means; readonly amount?: MoneyText };
type Props = { readonly invoices: readonly InvoiceCard[]; readonly payouts: readonly Batch[] };

const share = "share";
const blank = { bookedOn: "", amount: "", reference: "", member: "" };

/** What a line can mean now: an open invoice, a signed payment the bank has not shown yet, or a share. */
function useChoices({ invoices, payouts }: Props): readonly Choice[] {
  const { t } = useSpeech();
  const say = useMoney();
  const paid = invoices.map((invoice) => ({
    value: invoice.id,
    says: t("money.enter.clientPaid", { number: invoice.number, client: invoice.client, open: say(openOf(invoice)) }),
    means: { kind: "clientPaid" as const, invoice: invoice.id },
    amount: openOf(invoice),
  }));
  const settled = payouts
    .filter(({ state }) => state === "signed")
    .flatMap(({ items }) => items)
    .filter(({ settledOn }) => settledOn === undefined)
    .map(({ id, member, amount }) => ({
      value: id,
      says: t("money.enter.payoutSettled", { member, amount: say(amount) }),
      means: { kind: "payoutSettled" as const, item: id },
      amount,
    }));
  return [...paid, ...settled, { value: share, says: t("money.enter.sharePaid"), means: { kind: "sharePaid", member: "" } }];
}

export function EnterLine(props: Props) {
  const { t, language } = useSpeech();
  const { currency = "EUR" } = useWanted(readCoop, {});
  const choices = useChoices(props);
  const [line, setLine] = useState(blank);
  const [value, setValue] = useState("");
  const { act, busy, refusal } = useAct(enterBankLine);
  const chosen = choices.find((choice) => choice.value === value);
  const choose = (picked: string): void => {
    setValue(picked);
    const amount = choices.find((choice) => choice.value === picked)?.amount;
    setLine({ ...line, amount: amount ? typedFrom(amount, language) : "" });
  };
  const of = (name: keyof typeof blank) => ({ name, value: line[name], change: (text: string) => setLine({ ...line, [name]: text }) });
  const ready = chosen !== undefined && line.bookedOn !== "" && line.amount.trim() !== "" && line.reference.trim() !== "";
  const send = async (): Promise<void> => {
    const means: Means | undefined = value === share ? { kind: "sharePaid", member: line.member.trim() } : chosen?.means;
    if (!means) return;
    const amount = { amount: decimalFrom(line.amount, currency), currency };
    if (!(await act({ bookedOn: line.bookedOn, amount, reference: line.reference, means }))) return;
    setLine(blank);
    setValue("");
  };
  const options = [{ value: "", says: t("money.enter.choose") }, ...choices];
  return (
    <section aria-labelledby="enter" className="sheet">
      <h2 id="enter">{t("money.enter.title")}</h2>
      <Form act={send} says={t("money.enter.act")} busy={busy} ready={ready} refusal={refusal}>
        <Pick
          label={t("money.enter.means")}
          name="means"
          value={value}
          change={choose}
          options={options}
          fault={faultAt(refusal, "/means")}
        />
        {value === share ? <Field label={t("money.enter.member")} hint={t("money.enter.member.hint")} {...of("member")} /> : undefined}
        <DateField label={t("money.enter.bookedOn")} fault={faultAt(refusal, "/bookedOn")} {...of("bookedOn")} />
        <Field label={t("money.enter.amount", { currency })} mode="decimal" fault={faultAt(refusal, "/amount")} {...of("amount")} />
        <Field
          label={t("money.enter.reference")}
          hint={t("money.enter.reference.hint")}
          fault={faultAt(refusal, "/reference")}
          {...of("reference")}
        />
      </Form>
    </section>
  );
}
