// A payout that the bank booked as one sum: which it is, and which of its transfers did not leave with the others.
import { listPayouts } from "@partcommune/shared/money/api";
import { explainLine, type listWaitingLines } from "@partcommune/shared/money/api/statement";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { moneyFrom, moneyText, sum, zero } from "@partcommune/shared/platform/money";
import { useState } from "react";
import { useAct, useAsked } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { useStampDay } from "../../ui/when.tsx";
import { waitingOf } from "./waiting-items.ts";

type Waiting = ToldOf<typeof listWaitingLines>["items"][number];

export function ExplainBatch({ line, done }: { readonly line: Waiting; readonly done: () => void }) {
  const t = useT();
  const say = useMoney();
  const day = useStampDay();
  const { items: payouts = [] } = useAsked(listPayouts, {}, true, "desk:money") ?? {};
  const [chosen, choose] = useState("");
  const [out, leaveOut] = useState<readonly string[]>([]);
  const { act, busy, refusal } = useAct(explainLine);
  const open = payouts.filter((payout) => waitingOf(payout).length > 0 && payout.total.currency === line.amount.currency);
  const payout = open.find(({ id }) => id === chosen) ?? open[0];
  if (!payout) return undefined;
  const items = waitingOf(payout);
  const meant = items.filter(({ id }) => !out.includes(id));
  const comesTo = moneyText(sum(zero(line.amount.currency), ...meant.map(({ amount }) => moneyFrom(amount))));
  const without = items.flatMap(({ id }) => (out.includes(id) ? [id] : []));
  const explain = async (): Promise<void> => {
    const means = { kind: "batchSettled", payout: payout.id, ...(without.length > 0 ? { without } : {}) } as const;
    if (await act({ waiting: line.id, means })) done();
  };
  return (
    <Unfold says={t("money.batch.open")}>
      <Form act={explain} says={t("money.unexplained.say")} busy={busy} ready={comesTo.amount === line.amount.amount} refusal={refusal}>
        <p className="hint">{t("money.batch.says")}</p>
        <Pick
          label={t("money.batch.payout")}
          name={`payout-${line.id}`}
          value={payout.id}
          change={choose}
          options={open.map(({ id: value, orderedAt, total }) => ({ value, says: `${day(orderedAt)} · ${say(total)}` }))}
        />
        <fieldset>
          <legend>{t("money.batch.left")}</legend>
          {items.map(({ id, member, amount }) => (
            <label key={id} className="tick">
              <input
                type="checkbox"
                checked={!out.includes(id)}
                onChange={({ target }) => leaveOut(target.checked ? out.filter((each) => each !== id) : [...out, id])}
              />
              <span>
                {member} · <Money of={amount} />
              </span>
            </label>
          ))}
        </fieldset>
        <p role="status">{t("money.batch.sum", { sum: say(comesTo), line: say(line.amount) })}</p>
      </Form>
    </Unfold>
  );
}
