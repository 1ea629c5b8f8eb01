// Parting a price into milestones while typing: each with its part, and what is left of the whole said at every key.
import { minorFrom, moneyText, type Money, type MoneyText } from "@partcommune/shared/platform/money";
import type { ProblemBody } from "@partcommune/shared/platform/refusal";
import { useT } from "../../platform/i18n.tsx";
import { decimalFrom } from "../../ui/decimal.ts";
import { DateField, Field, Tick } from "../../ui/field.tsx";
import { useMoney } from "../../ui/money.tsx";
import { faultAt } from "../../ui/refusal.tsx";

export type Step = {
  readonly key: number;
  readonly title: string;
  readonly amount: string;
  readonly dueOn: string;
  readonly parallel: boolean;
};

const most = 20;
const blank = (key: number): Step => ({ key, title: "", amount: "", dueOn: "", parallel: false });

/** What was typed, as a door takes it; nothing where the price stays whole. */
export const planFrom = (steps: readonly Step[], currency: string) =>
  steps.length === 0
    ? {}
    : {
        milestones: steps.map(({ title, amount, dueOn, parallel }, at) => ({
          title,
          amount: { amount: decimalFrom(amount, currency), currency },
          ...(dueOn ? { dueOn } : {}),
          parallel: at > 0 && parallel,
        })),
      };

/** The steps of a plan that was made before. */
export const stepsFrom = (
  milestones: readonly { title: string; amount: MoneyText; dueOn?: string | undefined; parallel: boolean }[],
): readonly Step[] =>
  milestones.map(({ title, amount, dueOn = "", parallel }, key) => ({ key, title, amount: amount.amount, dueOn, parallel }));

/** What each step costs; what is no amount counts as nothing. */
const pricesOf = (steps: readonly Step[], currency: string): readonly Money[] =>
  steps.map(({ amount }) => ({ minor: minorFrom(decimalFrom(amount, currency), currency) ?? 0n, currency }));

const sumOf = (prices: readonly Money[]): bigint => prices.reduce((sum, { minor }) => sum + minor, 0n);

/** Whether the steps are the whole price, each with a name and an amount. */
export const isPlanned = (steps: readonly Step[], price: Money | undefined): boolean =>
  steps.length === 0 ||
  (price !== undefined &&
    sumOf(pricesOf(steps, price.currency)) === price.minor &&
    steps.every(({ title }) => title.trim() !== "") &&
    pricesOf(steps, price.currency).every(({ minor }) => minor > 0n));

/** The invoices a price becomes: one, or one of each step. */
export const invoicesOf = (steps: readonly Step[], price: Money): readonly [Money, ...Money[]] => {
  const [first, ...others] = pricesOf(steps, price.currency);
  return first && isPlanned(steps, price) ? [first, ...others] : [price];
};

type PlanProps = {
  readonly steps: readonly Step[];
  readonly change: (steps: readonly Step[]) => void;
  readonly price: Money | undefined;
  readonly currency: string;
  readonly refusal: ProblemBody | undefined;
};

export function Plan({ steps, change, price, currency, refusal }: PlanProps) {
  const t = useT();
  const next = Math.max(0, ...steps.map(({ key }) => key)) + 1;
  const more = (): void => change(steps.length === 0 ? [blank(next), blank(next + 1)] : [...steps, blank(next)]);
  const alter = (key: number, to: Partial<Step>): void => change(steps.map((step) => (step.key === key ? { ...step, ...to } : step)));
  return (
    <section aria-labelledby="plan" className="plan">
      <h2 id="plan">{t("marketplace.plan.title")}</h2>
      <p className="hint">{t("marketplace.plan.says")}</p>
      {steps.map((step, at) => (
        <StepFields
          key={step.key}
          step={step}
          number={at + 1}
          currency={currency}
          alter={(to) => alter(step.key, to)}
          remove={() => change(steps.length <= 2 ? [] : steps.filter(({ key }) => key !== step.key))}
          fault={(name) => faultAt(refusal, `/milestones/${at}/${name}`)}
        />
      ))}
      {steps.length > 0 ? <Left steps={steps} price={price} currency={currency} /> : undefined}
      <p className="acts">
        <button type="button" className="quiet" disabled={steps.length >= most} onClick={more}>
          {steps.length === 0 ? t("marketplace.plan.begin") : t("marketplace.plan.more")}
        </button>
      </p>
    </section>
  );
}

/** How the steps stand to the price, told at every key. */
function Left({ steps, price, currency }: Pick<PlanProps, "steps" | "price" | "currency">) {
  const t = useT();
  const say = useMoney();
  const sum = sumOf(pricesOf(steps, currency));
  const whole = price?.minor ?? 0n;
  const said = { sum: say(moneyText({ minor: sum, currency })), price: say(moneyText({ minor: whole, currency })) };
  const rest = say(moneyText({ minor: whole > sum ? whole - sum : sum - whole, currency }));
  const words =
    sum === whole
      ? t("marketplace.plan.whole", said)
      : t(sum < whole ? "marketplace.plan.left" : "marketplace.plan.over", { ...said, rest });
  return (
    <p role="status" className={sum === whole ? "" : "fault"}>
      {words}
    </p>
  );
}

type StepProps = {
  readonly step: Step;
  readonly number: number;
  readonly currency: string;
  readonly alter: (to: Partial<Step>) => void;
  readonly remove: () => void;
  readonly fault: (name: string) => string | undefined;
};

/** The fields of one milestone. */
export function StepFields({ step: { title, amount, dueOn, parallel }, number, currency, alter, remove, fault }: StepProps) {
  const t = useT();
  return (
    <fieldset className="milestone">
      <legend>{t("marketplace.milestone.number", { number })}</legend>
      <Field
        label={t("marketplace.plan.what", { number })}
        name={`title-${number}`}
        value={title}
        change={(value) => alter({ title: value })}
        fault={fault("title")}
      />
      <Field
        label={t("marketplace.plan.amount", { number, currency })}
        name={`amount-${number}`}
        mode="decimal"
        value={amount}
        change={(value) => alter({ amount: value })}
        fault={fault("amount")}
      />
      <DateField
        label={t("marketplace.plan.dueOn", { number })}
        name={`dueOn-${number}`}
        value={dueOn}
        change={(value) => alter({ dueOn: value })}
        hint={t("marketplace.plan.dueOn.hint")}
        fault={fault("dueOn")}
      />
      {number > 1 ? (
        <Tick
          label={t("marketplace.plan.parallel", { number: number - 1 })}
          name={`parallel-${number}`}
          value={parallel}
          change={(value) => alter({ parallel: value })}
        />
      ) : undefined}
      <p className="acts">
        <button type="button" className="quiet" onClick={remove}>
          {t("marketplace.plan.remove", { number })}
        </button>
      </p>
    </fieldset>
  );
}
