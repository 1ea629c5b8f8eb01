// What a member is owed, invoice by invoice, each with its day or with what it waits for.
import type { readStatement } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";
import { Money } from "../../ui/money.tsx";
import { useDay } from "../../ui/when.tsx";

type Payable = ToldOf<typeof readStatement>["payables"][number];

export function Payables({ payables, hasAccount }: { readonly payables: readonly Payable[]; readonly hasAccount: boolean }) {
  const t = useT();
  const coming = payables.some(({ state }) => state !== "paid");
  return (
    <section aria-labelledby="payables">
      <h2 id="payables">{t("money.payables.title")}</h2>
      {payables.length === 0 ? <p role="status">{t("money.payables.empty")}</p> : undefined}
      {coming && !hasAccount ? <p className="warn">{t("money.payables.noAccount")}</p> : undefined}
      <ul className="rows">
        {payables.map((payable) => (
          <Row key={payable.id} payable={payable} />
        ))}
      </ul>
    </section>
  );
}

function Row({ payable }: { readonly payable: Payable }) {
  const t = useT();
  return (
    <li>
      <div>
        <h3>{t("money.payables.for", { invoice: payable.invoice })}</h3>
        <p>
          <Course payable={payable} />
        </p>
      </div>
      <p>
        <strong className={payable.state === "paid" ? "done-money" : ""}>
          <Money of={payable.amount} />
        </strong>
      </p>
    </li>
  );
}

/** Only what has reached a bank account is called paid. */
function Course({ payable: { state, dueOn } }: { readonly payable: Payable }) {
  const t = useT();
  const day = useDay();
  if (state === "paid") return <>{t("money.payable.paid")}</>;
  if (state === "ordered") return <>{t("money.payable.ordered")}</>;
  if (dueOn) return <>{t("money.payable.due", { day: day(dueOn) })}</>;
  return <>{state === "ready" ? t("money.payable.ready") : t("money.payable.waiting")}</>;
}
