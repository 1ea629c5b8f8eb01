// What a member owes, how it goes down by itself or earlier by choice, and every advance with how far it is.
import { repayAdvance } from "@partcommune/shared/money/api";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { amountFrom } from "../../ui/decimal.ts";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { At, Day } from "../../ui/when.tsx";
import type { AdvancesTold } from "./advance-limit.tsx";

export function Advances({ told }: { readonly told: AdvancesTold }) {
  const t = useT();
  const { owed, available, repaymentShare, items } = told;
  const owes = /[1-9]/.test(owed.amount);
  return (
    <section aria-labelledby="advances">
      <h2 id="advances">{t("outlays.advances.title")}</h2>
      <dl className="figures two">
        <div>
          <dt>{t("outlays.owed")}</dt>
          <dd>
            <Money of={owed} />
          </dd>
        </div>
        <div>
          <dt>{t("outlays.available")}</dt>
          <dd>
            <Money of={available} />
          </dd>
        </div>
      </dl>
      <p className="hint">{t("outlays.owed.hint", { share: String(repaymentShare / 10_000) })}</p>
      {owes && /[1-9]/.test(available.amount) ? <Repay currency={owed.currency} /> : undefined}
      {items.length === 0 ? <p role="status">{t("outlays.advances.none")}</p> : undefined}
      <ul className="rows">
        {items.map((item) => (
          <Advance key={item.id} advance={item} />
        ))}
      </ul>
    </section>
  );
}

function Advance({
  advance: { amount, repaid, lost, state, askedAt, paidOn, waitsFor },
}: {
  readonly advance: AdvancesTold["items"][number];
}) {
  const t = useT();
  const say = useMoney();
  return (
    <li>
      <div>
        <h3>
          {t("outlays.advance.of")} <At at={askedAt} />
        </h3>
        <p>
          {t(`outlays.advance.${state}`)} {waitsFor ? <Waits waitsFor={waitsFor} /> : undefined}
          {paidOn ? (
            <>
              {" "}
              {t("outlays.advance.paidOn")} <Day on={paidOn} />.
            </>
          ) : undefined}
        </p>
        {/[1-9]/.test(repaid.amount) && state !== "repaid" ? <p>{t("outlays.advance.repaidSoFar", { sum: say(repaid) })}</p> : undefined}
        {/[1-9]/.test(lost.amount) ? <p>{t("outlays.advance.lostSum", { sum: say(lost) })}</p> : undefined}
      </div>
      <strong>
        <Money of={amount} />
      </strong>
    </li>
  );
}

/** What keeps it from being ordered, and who can change that. */
function Waits({ waitsFor }: { readonly waitsFor: string }) {
  const t = useT();
  return waitsFor === "iban" ? (
    <>
      {t("outlays.waits.iban")} <Link to="/my/money">{t("outlays.waits.iban.set")}</Link>
    </>
  ) : (
    t("outlays.waits.cash")
  );
}

function Repay({ currency }: { readonly currency: string }) {
  const t = useT();
  const [typed, setTyped] = useState("");
  const { act, busy, refusal } = useAct(repayAdvance);
  const repay = async (): Promise<void> => {
    if (await act({ amount: amountFrom(typed, currency) })) setTyped("");
  };
  return (
    <details className="unfold">
      <summary>{t("outlays.repay.open")}</summary>
      <Form act={repay} says={t("outlays.repay")} busy={busy} ready={typed.trim() !== ""} refusal={refusal}>
        <Field
          label={t("outlays.repay.amount", { currency })}
          name="amount"
          mode="decimal"
          value={typed}
          change={setTyped}
          hint={t("outlays.repay.hint")}
          fault={faultAt(refusal, "/amount")}
        />
      </Form>
    </details>
  );
}
