// A line of the bank that means several things: invoices that a client paid by one transfer less a charge that was kept back, a loan's instalment with its interest, contributions and VAT that left in one sum.
import { listLenders, type enterBankLine, type listOpenInvoices } from "@partcommune/shared/money/api";
import { explainLine, type listWaitingLines } from "@partcommune/shared/money/api/statement";
import type { AskedOf, ToldOf } from "@partcommune/shared/platform/endpoint";
import { moneyText } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { useState } from "react";
import { useAct, useAsked } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { amountFrom } from "../../ui/decimal.ts";
import { DateField, Field, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { openOf } from "./open-of.ts";
import { blank, CostFields, isWhole, meansFrom, type Typed } from "./cost-fields.tsx";

type Waiting = ToldOf<typeof listWaitingLines>["items"][number];
type Invoice = ToldOf<typeof listOpenInvoices>["items"][number];
type Lender = ToldOf<typeof listLenders>["items"][number];
type PartMeans = Extract<AskedOf<typeof enterBankLine>["means"], { kind: "several" }>["parts"][number]["means"];

/** What a part is said to be. `office`: what the state or the social offices are paid for all months until a day. */
type What =
  | { readonly of: "invoice"; readonly invoice: string }
  | { readonly of: "loan"; readonly lender: string }
  | { readonly of: "office"; readonly kind: "vatPaid" | "payrollRemitted"; readonly until: string }
  | { readonly of: "cost"; readonly cost: Typed };
type Part = { readonly key: number; readonly amount: string; readonly what: What };

/** What is said of a part, as a door takes it. */
function partMeans(what: What, currency: string): PartMeans {
  if (what.of === "invoice") return { kind: "clientPaid", invoice: what.invoice };
  if (what.of === "loan") return { kind: "loanRepaid", lender: what.lender };
  return what.of === "office" ? { kind: what.kind, until: what.until as Day } : meansFrom(what.cost, currency);
}

const isSaid = ({ amount, what }: Part): boolean =>
  amount.trim() !== "" && (what.of !== "cost" || isWhole(what.cost)) && (what.of !== "office" || what.until !== "");

/** The parts of a line, one after the other. What is said of each is checked as if it stood alone. */
export function ExplainSeveral({
  line: {
    id,
    came,
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
  const { items: lenders = [] } = useAsked(listLenders, {}, !came, "desk:money") ?? {};
  const { act, busy, refusal } = useAct(explainLine);
  const change = (at: number, part: Partial<Part>): void => setParts(parts.map((each, nth) => (nth === at ? { ...each, ...part } : each)));
  const add = (what: What, amount = ""): void => setParts([...parts, { what, amount, key: (parts.at(-1)?.key ?? 0) + 1 }]);
  const open = invoices.filter((invoice) => invoice.gross.currency === currency);
  const explain = async (): Promise<void> => {
    const said = parts.map(({ amount, what }) => ({ amount: amountFrom(amount, currency), means: partMeans(what, currency) }));
    if (await act({ waiting: id, means: { kind: "several", parts: said } })) done();
  };
  return (
    <Unfold says={t("costs.several")}>
      <Form act={explain} says={t("money.unexplained.say")} busy={busy} ready={parts.length > 1 && parts.every(isSaid)} refusal={refusal}>
        <p className="hint">{t(came ? "costs.several.says" : "costs.several.saysLeft")}</p>
        {parts.map((part, at) => (
          <fieldset key={part.key}>
            <legend>{t("costs.several.part", { number: at + 1 })}</legend>
            <PartFields part={part} invoices={open} lenders={lenders} change={(news) => change(at, news)} />
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
          {came ? (
            <MoreCame
              left={open.find(({ id: invoice }) => !parts.some(({ what }) => what.of === "invoice" && what.invoice === invoice))}
              add={add}
            />
          ) : (
            <MoreLeft lenders={lenders} add={add} />
          )}
          <button type="button" className="quiet" onClick={() => add({ of: "cost", cost: blank(false, party) })}>
            {t(came ? "costs.several.addKept" : "costs.several.addCost")}
          </button>
        </p>
      </Form>
    </Unfold>
  );
}

type Add = (what: What, amount?: string) => void;

function MoreCame({ left, add }: { readonly left: Invoice | undefined; readonly add: Add }) {
  const t = useT();
  return left ? (
    <button type="button" className="quiet" onClick={() => add({ of: "invoice", invoice: left.id }, moneyText(openOf(left)).amount)}>
      {t("costs.several.addInvoice")}
    </button>
  ) : undefined;
}

function MoreLeft({ lenders: [first], add }: { readonly lenders: readonly Lender[]; readonly add: Add }) {
  const t = useT();
  return (
    <>
      {first ? (
        <button type="button" className="quiet" onClick={() => add({ of: "loan", lender: first.id })}>
          {t("costs.several.addLoan")}
        </button>
      ) : undefined}
      <button type="button" className="quiet" onClick={() => add({ of: "office", kind: "payrollRemitted", until: "" })}>
        {t("costs.several.addContributions")}
      </button>
      <button type="button" className="quiet" onClick={() => add({ of: "office", kind: "vatPaid", until: "" })}>
        {t("costs.several.addVat")}
      </button>
    </>
  );
}

/** What is asked of a part besides its amount. */
function PartFields({
  part: { key, what },
  invoices,
  lenders,
  change,
}: {
  readonly part: Part;
  readonly invoices: readonly Invoice[];
  readonly lenders: readonly Lender[];
  readonly change: (news: Partial<Part>) => void;
}) {
  const t = useT();
  if (what.of === "cost") return <CostFields isIn={false} typed={what.cost} type={(cost) => change({ what: { of: "cost", cost } })} />;
  if (what.of === "office")
    return (
      <DateField
        label={t(what.kind === "vatPaid" ? "costs.several.vatUntil" : "costs.several.contributionsUntil")}
        name={`until-${key}`}
        value={what.until}
        change={(until) => change({ what: { ...what, until } })}
      />
    );
  if (what.of === "loan")
    return (
      <Pick
        label={t("costs.several.lender")}
        name={`lender-${key}`}
        value={what.lender}
        change={(lender) => change({ what: { of: "loan", lender } })}
        options={lenders.map(({ id: value, name: says }) => ({ value, says }))}
      />
    );
  return (
    <Pick
      label={t("costs.several.invoice")}
      name={`invoice-${key}`}
      value={what.invoice}
      change={(invoice) => change({ what: { of: "invoice", invoice }, amount: amountOf(invoices, invoice) })}
      options={invoices.map(({ id: value, number, client }) => ({ value, says: `${number} · ${client}` }))}
    />
  );
}

const amountOf = (open: readonly Invoice[], id: string): string => {
  const invoice = open.find((each) => each.id === id);
  return invoice ? moneyText(openOf(invoice)).amount : "";
};
