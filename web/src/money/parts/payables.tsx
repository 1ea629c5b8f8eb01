// What members are owed: the ready ones are chosen and ordered together, the waiting ones say what they wait for.
import { orderPayouts, type listPayables } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { moneyFrom, moneyText, sum, zero } from "@partcommune/shared/platform/money";
import { Fragment, useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Tick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { Day } from "../../ui/when.tsx";
import { BankSays } from "./bank-says.tsx";

type Payable = ToldOf<typeof listPayables>["items"][number];

export function Payables({ payables, acts }: { readonly payables: readonly Payable[]; readonly acts: boolean }) {
  const t = useT();
  const ready = payables.filter(({ waitsFor }) => waitsFor === undefined);
  const waiting = payables.filter(({ waitsFor }) => waitsFor !== undefined);
  return (
    <section aria-labelledby="payables">
      <h2 id="payables">{t("money.desk.payables")}</h2>
      {payables.length === 0 ? <p role="status">{t("money.desk.payables.none")}</p> : undefined}
      {acts && ready.length > 0 ? <Order ready={ready} /> : <Rows payables={ready} />}
      <Rows payables={waiting} />
    </section>
  );
}

function Rows({ payables }: { readonly payables: readonly Payable[] }) {
  const t = useT();
  const say = useMoney();
  return (
    <ul className="rows">
      {payables.map(({ id, member, about, invoice, amount, dueOn, waitsFor, queue, vat, cost, refusedBefore }) => (
        <li key={id}>
          <div>
            <h3>{member}</h3>
            <p>
              {invoice ?? t(`money.about.${about}`)} ·{" "}
              {about === "advance" && waitsFor === "cash"
                ? t("money.advance.short")
                : t(`money.waits.${waitsFor ?? "nothing"}`, { place: queue?.place ?? 0, before: queue ? say(queue.before) : "" })}
            </p>
            {refusedBefore ? <BankSays said={refusedBefore} before /> : undefined}
          </div>
          <p>
            <strong>
              <Money of={amount} />
            </strong>
            {vat ? (
              <>
                <br />
                {t("money.withVat", { vat: say(vat) })}
              </>
            ) : undefined}
            {cost && cost.amount !== amount.amount ? (
              <>
                <br />
                {t("money.ofBudget", { cost: say(cost) })}
              </>
            ) : undefined}
            {dueOn ? (
              <>
                <br />
                {t("money.payables.dueOn")} <Day on={dueOn} />
              </>
            ) : undefined}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** All that is ready is chosen at first; leaving one out is the exception. */
function Order({ ready }: { readonly ready: readonly Payable[] }) {
  const t = useT();
  const say = useMoney();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { act, busy, refusal } = useAct(orderPayouts);
  const chosen = ready.filter(({ id }) => !left.has(id));
  const currency = ready[0]?.amount.currency ?? "EUR";
  const total = chosen.reduce((all, { amount }) => (amount.currency === currency ? sum(all, moneyFrom(amount)) : all), zero(currency));
  const leave = (id: string, takes: boolean): void => setLeft(new Set(takes ? [...left].filter((each) => each !== id) : [...left, id]));
  return (
    <Form
      act={async () => void (await act({ payables: chosen.map(({ id }) => id) }))}
      says={t("money.desk.order", { count: chosen.length, total: say(moneyText(total)) })}
      busy={busy}
      ready={chosen.length > 0}
      refusal={refusal}
    >
      {ready.map(({ id, member, about, invoice, amount, refusedBefore }) => (
        <Fragment key={id}>
          <Tick
            label={t("money.desk.payable", { member, invoice: invoice ?? t(`money.about.${about}`), amount: say(amount) })}
            name={id}
            value={!left.has(id)}
            change={(takes) => leave(id, takes)}
          />
          {refusedBefore ? <BankSays said={refusedBefore} before /> : undefined}
        </Fragment>
      ))}
      <p className="hint">{t("money.desk.order.hint")}</p>
    </Form>
  );
}
