// Payout batches: each frozen, with its total and its two signers, and the bank's line for every member in it.
import { cancelPayout, printSelfBilled, signPayout, type listPayouts } from "@partcommune/shared/money/api";
import { pathWith, type ToldOf } from "@partcommune/shared/platform/endpoint";
import { moneyFrom, moneyText, sum, zero } from "@partcommune/shared/platform/money";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Form } from "../../ui/form.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { At, Day } from "../../ui/when.tsx";
import { BankSays } from "./bank-says.tsx";
import { LineForm } from "./line-form.tsx";
import { PayoutFile } from "./payout-file.tsx";
import { waitingOf } from "./waiting-items.ts";

type Batch = ToldOf<typeof listPayouts>["items"][number];
type Item = Batch["items"][number];

export function Payouts({ payouts, acts }: { readonly payouts: readonly Batch[]; readonly acts: boolean }) {
  const t = useT();
  const over = payouts.filter(({ state }) => ["settled", "refused", "cancelled"].includes(state));
  return (
    <section aria-labelledby="payouts">
      <h2 id="payouts">{t("money.payouts.title")}</h2>
      {payouts.length === 0 ? <p role="status">{t("money.payouts.none")}</p> : undefined}
      <ul className="plain">
        {payouts.map((batch) => (over.includes(batch) ? undefined : <OneBatch key={batch.id} batch={batch} acts={acts} />))}
      </ul>
      {over.length > 0 ? (
        <details className="folded">
          <summary>{t("money.payouts.over", { count: over.length })}</summary>
          <ul className="plain">
            {over.map((batch) => (
              <OneBatch key={batch.id} batch={batch} acts={acts} />
            ))}
          </ul>
        </details>
      ) : undefined}
    </section>
  );
}

function OneBatch({ batch, acts }: { readonly batch: Batch; readonly acts: boolean }) {
  const t = useT();
  const { state, total, orderedBy, orderedAt, signedBy, mine, items, hash, said } = batch;
  return (
    <li className="milestone">
      <h3>
        <Money of={total} /> · {t(`money.payout.${state}`)}
      </h3>
      <dl className="facts">
        <Fact says={t("money.payout.first")}>
          {orderedBy}, <At at={orderedAt} />
        </Fact>
        <Fact says={t("money.payout.second")}>{signedBy ?? t("money.payout.missing")}</Fact>
      </dl>
      {said ? <BankSays said={said} /> : undefined}
      {acts ? <WholeLine batch={batch} /> : undefined}
      <ul className="rows">
        {items.map((item) => (
          <OneItem key={item.id} item={item} payable={acts && (state === "signed" || state === "exported")} />
        ))}
      </ul>
      <p className="code">
        {t("money.invoice.hash")} {hash}
      </p>
      {acts && (state === "signed" || state === "exported") ? <PayoutFile batch={batch} /> : undefined}
      {acts && state === "ordered" ? <Signing batch={batch} mine={mine} /> : undefined}
    </li>
  );
}

/** The bank's line for all that waits, where it books a payout as one sum. */
function WholeLine({ batch }: { readonly batch: Batch }) {
  const t = useT();
  const waiting = waitingOf(batch).map(({ amount }) => moneyFrom(amount));
  if (waiting.length < 2) return undefined;
  const expected = moneyText(sum(zero(batch.total.currency), ...waiting));
  return <LineForm opens={t("money.batch.enter")} means={{ kind: "batchSettled", payout: batch.id }} expected={expected} />;
}

function OneItem({
  item: { id, member, iban, amount, vat, pay, paper, settledOn, refusedOn, said, refusedBefore },
  payable,
}: {
  readonly item: Item;
  readonly payable: boolean;
}) {
  const t = useT();
  const say = useMoney();
  return (
    <li>
      <div>
        <h4>{member}</h4>
        <p>
          {iban}
          {paper ? (
            <>
              {" "}
              · <a href={pathWith(printSelfBilled.path, { paper: paper.id })}>{t("money.payout.paper", { number: paper.number })}</a>
            </>
          ) : undefined}
        </p>
        {said && (!settledOn || said.status === "RJCT") ? <BankSays said={said} /> : undefined}
        {refusedOn ? (
          <p>
            {t("money.payout.refusedOn")} <Day on={refusedOn} />
          </p>
        ) : undefined}
        {refusedBefore ? <BankSays said={refusedBefore} before /> : undefined}
        {paper?.wrong ? <p role="status">{t("money.payout.wrong", { because: paper.wrong })}</p> : undefined}
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
        {pay ? (
          <>
            <br />
            {t("money.ofBudget", { cost: say(pay.cost) })}
          </>
        ) : undefined}
        {settledOn ? (
          <>
            <br />
            {t("money.payout.settledOn")} <Day on={settledOn} />
          </>
        ) : undefined}
      </p>
      {payable && !settledOn && !refusedOn ? (
        <LineForm opens={t("money.payout.enter", { member })} means={{ kind: "payoutSettled", item: id }} expected={amount} />
      ) : undefined}
    </li>
  );
}

/** The second signature is another person's; whoever ordered can only cancel. */
function Signing({ batch: { id, hash, total }, mine }: { readonly batch: Batch; readonly mine: boolean }) {
  const t = useT();
  const say = useMoney();
  const sign = useAct(signPayout);
  const cancel = useAct(cancelPayout);
  return (
    <>
      {mine ? (
        <p role="status">{t("money.payout.another")}</p>
      ) : (
        <Form
          act={async () => void (await sign.act({ payout: id, hash }))}
          says={t("money.payout.sign", { total: say(total) })}
          busy={sign.busy}
          ready
          refusal={sign.refusal}
        />
      )}
      <details className="unfold faint">
        <summary>{t("money.payout.cancel.open")}</summary>
        <Form
          act={async () => void (await cancel.act({ payout: id }))}
          says={t("money.payout.cancel")}
          busy={cancel.busy}
          ready
          refusal={cancel.refusal}
        >
          <p>{t("money.payout.cancel.says")}</p>
        </Form>
      </details>
    </>
  );
}
