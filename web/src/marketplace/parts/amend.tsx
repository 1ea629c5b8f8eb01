// Proposing to change signed work: its last day, its text, and the milestones of which nothing was handed in.
import { proposeAmendment } from "@partcommune/shared/marketplace/api";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { moneyFrom, moneyText, sum, zero } from "@partcommune/shared/platform/money";
import { decimalFrom, priceFrom } from "../../ui/decimal.ts";
import { DateField, LongField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { useMoney } from "../../ui/money.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { StepFields, type Step } from "./plan.tsx";
import type { EngagementTold, MilestoneTold } from "./told.ts";

type Wanted = Step & { readonly id?: string };

/** Nothing of it was handed in yet. */
const isOpen = ({ state, handIns }: MilestoneTold): boolean => handIns.length === 0 && (state === "waiting" || state === "underWay");

const stepFrom = ({ id, number, title, amount, dueOn, parallel }: MilestoneTold): Wanted => ({
  id,
  key: number,
  title,
  amount: amount.amount,
  dueOn: dueOn ?? "",
  parallel,
});

export function Amend({ engagement }: { readonly engagement: EngagementTold }) {
  const t = useT();
  const { id, milestones, amount, quote } = engagement;
  const { text: signed } = JSON.parse(quote) as { readonly text: string };
  const [steps, setSteps] = useState(() => milestones.filter(isOpen).map(stepFrom));
  const [text, setText] = useState(signed);
  const [endOn, setEndOn] = useState<string>(engagement.endOn);
  const [reason, setReason] = useState("");
  const { act, busy, refusal } = useAct(proposeAmendment);
  const { currency } = amount;
  return (
    <Form
      act={async () => void (await act({ engagement: id, reason, text, endOn, milestones: steps.map((step) => askedOf(step, currency)) }))}
      says={t("workspace.amend.propose")}
      busy={busy}
      ready={reason.trim() !== "" && steps.every(({ title, amount: typed }) => title.trim() !== "" && typed.trim() !== "")}
      refusal={refusal}
    >
      <p>{t("workspace.amend.says")}</p>
      <Fixed milestones={milestones} />
      <Steps steps={steps} change={setSteps} last={milestones.length} currency={currency} />
      <Price steps={steps} milestones={milestones} currency={currency} />
      <DateField label={t("workspace.amendment.endOn")} name="endOn" value={endOn} change={setEndOn} fault={faultAt(refusal, "/endOn")} />
      <LongField label={t("workspace.amend.text")} name="text" value={text} change={setText} fault={faultAt(refusal, "/text")} />
      <LongField
        label={t("workspace.amend.reason")}
        name="reason"
        value={reason}
        change={setReason}
        hint={t("workspace.amend.reason.hint")}
        fault={faultAt(refusal, "/reason")}
        rows={3}
      />
    </Form>
  );
}

const askedOf = ({ id, title, amount, dueOn, parallel }: Wanted, currency: string) => ({
  ...(id === undefined ? {} : { id }),
  title,
  amount: { amount: decimalFrom(amount, currency), currency },
  ...(dueOn ? { dueOn } : {}),
  parallel,
});

/** What no change touches, said before anybody tries. */
function Fixed({ milestones }: Pick<EngagementTold, "milestones">) {
  const t = useT();
  const fixed = milestones.filter((milestone) => !milestone.dropped && !isOpen(milestone));
  if (fixed.length === 0) return undefined;
  return <p className="hint">{t("workspace.amend.fixed", { titles: fixed.map(({ title }) => title).join(", ") })}</p>;
}

/** What the whole comes to as it is typed; what is no amount counts as nothing. */
function Price({ steps, milestones, currency }: Pick<StepsProps, "steps" | "currency"> & Pick<EngagementTold, "milestones">) {
  const t = useT();
  const say = useMoney();
  const fixed = milestones.filter((milestone) => !milestone.dropped && !isOpen(milestone)).map(({ amount }) => moneyFrom(amount));
  const typed = steps.map(({ amount }) => priceFrom(amount, currency) ?? zero(currency));
  const price = [...fixed, ...typed].reduce((whole, each) => sum(whole, each), zero(currency));
  return <p role="status">{t("workspace.amend.price", { price: say(moneyText(price)) })}</p>;
}

type StepsProps = {
  readonly steps: readonly Wanted[];
  readonly change: (steps: Wanted[]) => void;
  /** How many milestones there ever were. */
  readonly last: number;
  readonly currency: string;
};

function Steps({ steps, change, last, currency }: StepsProps) {
  const t = useT();
  const next = Math.max(last, ...steps.map(({ key }) => key)) + 1;
  const alter = (key: number, to: Partial<Step>): void => change(steps.map((step) => (step.key === key ? { ...step, ...to } : step)));
  return (
    <section aria-label={t("marketplace.plan.title")} className="plan">
      {steps.map((step) => (
        <StepFields
          key={step.key}
          step={step}
          number={step.key}
          currency={currency}
          alter={(to) => alter(step.key, to)}
          remove={() => change(steps.filter(({ key }) => key !== step.key))}
          fault={() => undefined}
        />
      ))}
      <p className="acts">
        <button
          type="button"
          className="quiet"
          onClick={() => change([...steps, { key: next, title: "", amount: "", dueOn: "", parallel: false }])}
        >
          {t("marketplace.plan.more")}
        </button>
      </p>
    </section>
  );
}
