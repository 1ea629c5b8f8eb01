// Budgets below zero: a treasurer proposes which pot bears one and why, another confirms, and until then the next pay is of so much less.
import { confirmCorrection, discardCorrection, listCorrections, listOverdrawn, proposeCorrection } from "@partcommune/shared/money/api";
import { bearers, type Bearer } from "@partcommune/shared/money/rules/overdraft";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { decimalFrom } from "../../ui/decimal.ts";
import { Field, LongField, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { faultAt } from "../../ui/refusal.tsx";

type Overdrawn = ToldOf<typeof listOverdrawn>["items"][number];
type Correction = ToldOf<typeof listCorrections>["items"][number];

/** The desk's list of budgets and of what was said about them; nothing where none ever stood below zero. */
export function Corrections({ acts }: { readonly acts: boolean }) {
  const t = useT();
  const budgets = useWanted(listOverdrawn, {}, "desk:money").items;
  const corrections = useWanted(listCorrections, {}, "desk:money").items;
  if (budgets.length === 0 && corrections.length === 0) return undefined;
  const waiting = new Set(corrections.flatMap(({ member, state }) => (state === "proposed" ? [member] : [])));
  return (
    <section aria-labelledby="corrections">
      <h2 id="corrections">{t("money.corrections.title")}</h2>
      <p className="hint">{t("money.corrections.hint")}</p>
      <ul className="rows">
        {budgets.map((budget) => (
          <Budget key={budget.member} budget={budget} acts={acts && !waiting.has(budget.member)} />
        ))}
        {corrections.map((correction) => (
          <Row key={correction.id} correction={correction} acts={acts && correction.state === "proposed"} />
        ))}
      </ul>
    </section>
  );
}

function Budget({ budget, acts }: { readonly budget: Overdrawn; readonly acts: boolean }) {
  const t = useT();
  return (
    <li>
      <div>
        <h3>{budget.name}</h3>
        <p>{t("money.correction.below")}</p>
      </div>
      <strong>
        <Money of={budget.overdrawn} />
      </strong>
      {acts ? <Propose budget={budget} /> : undefined}
    </li>
  );
}

function Propose({ budget: { member, name, overdrawn } }: { readonly budget: Overdrawn }) {
  const t = useT();
  const { currency } = overdrawn;
  const [amount, setAmount] = useState(overdrawn.amount);
  const [bearer, setBearer] = useState<Bearer>("reserve");
  const [reason, setReason] = useState("");
  const { act, busy, refusal } = useAct(proposeCorrection);
  return (
    <details className="unfold">
      <summary>{t("money.correction.open", { name })}</summary>
      <Form
        act={async () => void (await act({ member, amount: { amount: decimalFrom(amount, currency), currency }, bearer, reason }))}
        says={t("money.correction.propose")}
        busy={busy}
        ready={reason.trim() !== ""}
        refusal={refusal}
      >
        <Field
          label={t("money.correction.amount", { currency })}
          name="amount"
          mode="decimal"
          value={amount}
          change={setAmount}
          fault={faultAt(refusal, "/amount")}
        />
        <Pick
          label={t("money.correction.bearer")}
          name="bearer"
          value={bearer}
          change={setBearer}
          options={bearers.map((value) => ({ value, says: t(`governance.pot.${value}`) }))}
        />
        <LongField
          label={t("money.correction.reason")}
          name="reason"
          value={reason}
          change={setReason}
          hint={t("money.correction.reason.hint")}
          rows={3}
          fault={faultAt(refusal, "/reason")}
        />
      </Form>
    </details>
  );
}

function Row({ correction, acts }: { readonly correction: Correction; readonly acts: boolean }) {
  const t = useT();
  const { name, amount, bearer, reason, state, proposedBy, confirmedBy } = correction;
  return (
    <li>
      <div>
        <h3>{name}</h3>
        <p>{t("money.borne", { pot: t(`governance.pot.${bearer}`) })}</p>
        {reason === undefined ? undefined : <p className="letter">{reason}</p>}
        <p className="steps">
          {t(`money.correction.${state}`)} · {t("money.credit.by", { name: proposedBy })}
          {confirmedBy ? ` · ${t("money.line.confirmedBy", { name: confirmedBy })}` : ""}
        </p>
      </div>
      <strong>
        <Money of={amount} />
      </strong>
      {acts ? <Confirmation correction={correction} /> : undefined}
    </li>
  );
}

function Confirmation({ correction: { id, mine, amount, bearer } }: { readonly correction: Correction }) {
  const t = useT();
  const say = useMoney();
  const confirm = useAct(confirmCorrection);
  const discard = useAct(discardCorrection);
  return (
    <div className="unfold">
      {mine ? (
        <p>{t("money.loss.another")}</p>
      ) : (
        <Form
          act={async () => void (await confirm.act({ correction: id }))}
          says={t("money.correction.confirm", { sum: say(amount), pot: t(`governance.pot.${bearer}`) })}
          busy={confirm.busy}
          ready
          refusal={confirm.refusal}
        />
      )}
      <details className="unfold">
        <summary>{t("money.correction.discard.open")}</summary>
        <Form
          act={async () => void (await discard.act({ correction: id }))}
          says={t("money.loss.discard")}
          busy={discard.busy}
          ready
          refusal={discard.refusal}
        />
      </details>
    </div>
  );
}
