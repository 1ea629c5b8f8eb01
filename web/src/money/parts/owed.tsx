// What members are owed and nobody has ordered: what can be paid now, and what the rest waits for.
import { useState } from "react";
import { listPayables, orderPayouts } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { moneyFrom, moneyText, sum, type MoneyText } from "@partcommune/shared/platform/money";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Tick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { Day, useDay } from "../../ui/when.tsx";

type Payable = ToldOf<typeof listPayables>["items"][number];

export function Owed({ items, acts }: { readonly items: readonly Payable[]; readonly acts: boolean }) {
  const t = useT();
  const ready = items.filter(({ waitsFor }) => waitsFor === undefined);
  const waiting = items.filter(({ waitsFor }) => waitsFor !== undefined);
  return (
    <>
      <section aria-labelledby="ready">
        <h2 id="ready">{t("money.owed.ready")}</h2>
        {ready.length === 0 ? <p role="status">{t("money.owed.noneReady")}</p> : <Order items={ready} acts={acts} />}
      </section>
      <section aria-labelledby="notReady">
        <h2 id="notReady">{t("money.owed.waiting")}</h2>
        {waiting.length === 0 ? <p role="status">{t("money.owed.noneWaiting")}</p> : undefined}
        <ul className="rows">
          {waiting.map((payable) => (
            <Waiting key={payable.id} payable={payable} />
          ))}
        </ul>
      </section>
    </>
  );
}

/** The chosen of what is ready, as one frozen batch; whoever orders signs first. */
function Order({ items, acts }: { readonly items: readonly Payable[]; readonly acts: boolean }) {
  const t = useT();
  const say = useMoney();
  const day = useDay();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { act, busy, refusal } = useAct(orderPayouts);
  const chosen = items.filter(({ id }) => !left.has(id));
  const total = totalOf(chosen.map(({ amount }) => amount));
  const tick = (id: string, on: boolean): void => setLeft(new Set(on ? [...left].filter((each) => each !== id) : [...left, id]));
  const says = ({ member, invoice, amount, dueOn }: Payable): string =>
    dueOn
      ? t("money.owed.line.due", { member, invoice, amount: say(amount), day: day(dueOn) })
      : t("money.owed.line", { member, invoice, amount: say(amount) });
  if (!acts)
    return (
      <ul className="plain">
        {items.map((payable) => (
          <li key={payable.id}>{says(payable)}</li>
        ))}
      </ul>
    );
  return (
    <Form
      act={async () => void (await act({ payables: chosen.map(({ id }) => id) }))}
      says={t("money.owed.order", { count: chosen.length, total: total ? say(total) : "0" })}
      busy={busy}
      ready={chosen.length > 0}
      refusal={refusal}
    >
      {items.map((payable) => (
        <Tick key={payable.id} name="payable" label={says(payable)} value={!left.has(payable.id)} change={(on) => tick(payable.id, on)} />
      ))}
    </Form>
  );
}

/** Amounts of one currency together; of two there is no sum, and the door refuses the order. */
function totalOf([first, ...rest]: readonly MoneyText[]): MoneyText | undefined {
  if (!first || rest.some(({ currency }) => currency !== first.currency)) return first;
  return moneyText(rest.reduce((total, each) => sum(total, moneyFrom(each)), moneyFrom(first)));
}

function Waiting({ payable: { member, invoice, amount, dueOn, waitsFor } }: { readonly payable: Payable }) {
  const t = useT();
  return (
    <li>
      <div>
        <h3>{member}</h3>
        <p>
          {invoice} · {waitsFor === "iban" ? t("money.owed.waitsFor.iban") : t("money.owed.waitsFor.client")}
        </p>
        {dueOn ? (
          <p>
            {t("money.owed.dueOn")} <Day on={dueOn} />
          </p>
        ) : undefined}
      </div>
      <p>
        <strong>
          <Money of={amount} />
        </strong>
      </p>
    </li>
  );
}
