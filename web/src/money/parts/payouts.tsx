// Payout batches: frozen when the first treasurer orders them, paid once a second one has signed the same paper.
import { cancelPayout, signPayout, type listPayouts } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useAwake } from "../../ui/awake.ts";
import { Money, useMoney } from "../../ui/money.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { At, Day } from "../../ui/when.tsx";

type Batch = ToldOf<typeof listPayouts>["items"][number];

export function Payouts({ items, acts }: { readonly items: readonly Batch[]; readonly acts: boolean }) {
  const t = useT();
  return (
    <section aria-labelledby="payouts">
      <h2 id="payouts">{t("money.payouts.title")}</h2>
      {items.length === 0 ? <p role="status">{t("money.payouts.empty")}</p> : undefined}
      {items.map((batch) => (
        <BatchCard key={batch.id} batch={batch} acts={acts} />
      ))}
    </section>
  );
}

function BatchCard({ batch, acts }: { readonly batch: Batch; readonly acts: boolean }) {
  const t = useT();
  const { total, orderedBy, orderedAt, signedBy, state, hash, items } = batch;
  return (
    <article className="paper">
      <h3>
        <Money of={total} /> · {t(`money.payout.${state}`)}
      </h3>
      <ul className="plain">
        <li>
          {t("money.payout.first", { name: orderedBy })}, <At at={orderedAt} />
        </li>
        <li>{signedBy ? t("money.payout.second", { name: signedBy }) : t("money.payout.noSecond")}</li>
      </ul>
      <ul className="rows">
        {items.map(({ id, member, iban, amount, settledOn }) => (
          <li key={id}>
            <div>
              <h4>{member}</h4>
              <p>
                {iban}
                {settledOn ? (
                  <>
                    {" "}
                    · {t("money.payout.reached")} <Day on={settledOn} />
                  </>
                ) : undefined}
              </p>
            </div>
            <p>
              <strong className={settledOn ? "done-money" : ""}>
                <Money of={amount} />
              </strong>
            </p>
          </li>
        ))}
      </ul>
      <p className="code">{hash}</p>
      {acts && state === "ordered" ? <Acts batch={batch} /> : undefined}
    </article>
  );
}

function Acts({ batch: { id, hash, mine, total } }: { readonly batch: Batch }) {
  const t = useT();
  const awake = useAwake();
  const price = useMoney()(total);
  const sign = useAct(signPayout);
  const cancel = useAct(cancelPayout);
  const busy = !awake || sign.busy || cancel.busy;
  return (
    <div className="form">
      <Refusal problem={sign.refusal ?? cancel.refusal} />
      <p className="acts">
        {mine ? (
          <span>{t("money.payout.another")}</span>
        ) : (
          <button type="button" disabled={busy} onClick={() => void sign.act({ payout: id, hash })}>
            {t("money.payout.sign", { price })}
          </button>
        )}
        <button type="button" className="quiet" disabled={busy} onClick={() => void cancel.act({ payout: id })}>
          {t("money.payout.cancel")}
        </button>
      </p>
    </div>
  );
}
