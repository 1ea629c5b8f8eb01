// What a line of the bank means that has to do with nobody's work: what was paid for, to whom, and the VAT in it.
import type { enterBankLine } from "@partcommune/shared/money/api";
import { explainLine } from "@partcommune/shared/money/api/statement";
import { costs, incomes } from "@partcommune/shared/money/rules/accounts";
import { vatAskers } from "@partcommune/shared/money/rules/cost";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { amountFrom, ppmFrom } from "../../ui/decimal.ts";
import { Field, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { LineForm } from "./line-form.tsx";

type Means = AskedOf<typeof enterBankLine>["means"];
type Refused = Parameters<typeof faultAt>[0];

const left = [...costs.map((cost) => `costPaid:${cost}` as const), "premiumPaid"] as const;
const came = [
  ...incomes.map((income) => `incomeReceived:${income}` as const),
  ...costs.map((cost) => `costRefunded:${cost}` as const),
] as const;
type What = (typeof left)[number] | (typeof came)[number];

const noVat = "none";
export type Typed = {
  readonly what: What;
  readonly party: string;
  readonly by: (typeof vatAskers)[number] | "none";
  readonly rate: string;
  readonly vat: string;
};

/** What was typed, as a door takes it. */
export function meansFrom({ what, party, by, rate, vat }: Typed, currency: string): Extract<Means, { party: string }> {
  const [kind, word] = what.split(":");
  if (kind === "premiumPaid") return { kind, party };
  if (kind === "incomeReceived") return { kind, party, income: word as (typeof incomes)[number] };
  const asked =
    by === "supplier"
      ? ({ by, rate: ppmFrom(rate), vat: amountFrom(vat, currency) } as const)
      : by === "us"
        ? ({ by } as const)
        : undefined;
  const bill = { party, cost: word as (typeof costs)[number], ...(asked ? { vat: asked } : {}) };
  return kind === "costPaid" ? { kind, ...bill } : { kind: "costRefunded", ...bill };
}

/** Whether all of it was typed. */
export const isWhole = ({ party, by, rate, vat }: Typed): boolean =>
  party.trim() !== "" && (by !== "supplier" || (rate !== "" && vat !== ""));

/** The fields of it. */
export function CostFields({
  isIn,
  typed,
  type,
  refusal,
}: {
  readonly isIn: boolean;
  readonly typed: Typed;
  readonly type: (typed: Typed) => void;
  readonly refusal?: Refused;
}) {
  const t = useT();
  const of = (name: "party" | "rate" | "vat") => ({
    name,
    value: typed[name],
    change: (value: string) => type({ ...typed, [name]: value }),
  });
  const isBill = typed.what.startsWith("cost");
  const says = (what: What): string => {
    const [kind, word] = what.split(":");
    if (kind === "premiumPaid") return t("costs.premium");
    if (kind === "incomeReceived") return t(`costs.income.${word as (typeof incomes)[number]}`);
    const cost = t(`costs.cost.${word as (typeof costs)[number]}`);
    return kind === "costPaid" ? cost : t("costs.back", { what: cost });
  };
  return (
    <>
      <Pick
        label={t("costs.what")}
        name="what"
        value={typed.what}
        change={(what) => type({ ...typed, what })}
        options={(isIn ? came : left).map((value) => ({ value, says: says(value) }))}
      />
      <Field label={t(isIn ? "costs.payer" : "costs.payee")} {...of("party")} fault={faultAt(refusal, "/means/party")} />
      {isBill ? (
        <Pick
          label={t("costs.vat")}
          name="by"
          value={typed.by}
          change={(by) => type({ ...typed, by })}
          options={([noVat, ...vatAskers] as const).map((value) => ({ value, says: t(`costs.vat.${value}`) }))}
        />
      ) : undefined}
      {isBill && typed.by === "supplier" ? (
        <>
          <Field label={t("costs.rate")} mode="decimal" {...of("rate")} fault={faultAt(refusal, "/means/vat/rate")} />
          <Field
            label={t("costs.vat.sum")}
            mode="decimal"
            hint={t("costs.vat.hint")}
            {...of("vat")}
            fault={faultAt(refusal, "/means/vat/vat")}
          />
        </>
      ) : undefined}
    </>
  );
}

/** Nothing typed yet. */
export const blank = (isIn: boolean, party: string): Typed => ({
  what: isIn ? "incomeReceived:interest" : "costPaid:bank",
  party,
  by: noVat,
  rate: "",
  vat: "",
});

/** Says of a waiting line that it is a cost of the coop, or comes in besides the fee. */
export function ExplainCost({
  line: { id, came: isIn, party, currency },
  done,
}: {
  readonly line: { readonly id: string; readonly came: boolean; readonly party: string; readonly currency: string };
  readonly done: () => void;
}) {
  const t = useT();
  const [typed, type] = useState(blank(isIn, party));
  const { act, busy, refusal } = useAct(explainLine);
  const explain = async (): Promise<void> => {
    if (await act({ waiting: id, means: meansFrom(typed, currency) })) done();
  };
  return (
    <Unfold says={t(isIn ? "costs.isIncome" : "costs.isCost")}>
      <Form act={explain} says={t("money.unexplained.say")} busy={busy} ready={isWhole(typed)} refusal={refusal}>
        <CostFields isIn={isIn} typed={typed} type={type} refusal={refusal} />
      </Form>
    </Unfold>
  );
}

/** Costs and what comes in besides the fee, typed where no file of the bank says them. */
export function CostLines({ currency }: { readonly currency: string }) {
  const t = useT();
  const [isIn, turn] = useState(false);
  const [typed, type] = useState(blank(false, ""));
  return (
    <section aria-labelledby="costs">
      <h2 id="costs">{t("costs.title")}</h2>
      <p className="hint">{t("costs.hint")}</p>
      <Pick
        label={t("costs.direction")}
        name="direction"
        value={isIn ? "in" : "out"}
        change={(direction) => {
          turn(direction === "in");
          type(blank(direction === "in", typed.party));
        }}
        options={(["out", "in"] as const).map((value) => ({ value, says: t(`costs.direction.${value}`) }))}
      />
      <CostFields isIn={isIn} typed={typed} type={type} />
      {isWhole(typed) ? (
        <LineForm opens={t("costs.enter")} means={meansFrom(typed, currency)} expected={{ amount: "", currency }} />
      ) : undefined}
    </section>
  );
}
