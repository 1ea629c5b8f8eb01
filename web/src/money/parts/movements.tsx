// What moved a member's budget, newest first, with what it held after each movement.
import type { readStatement } from "@partcommune/shared/money/api";
import { paysWork } from "@partcommune/shared/money/rules/entry";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";
import { Money } from "../../ui/money.tsx";
import { Day } from "../../ui/when.tsx";

type Movement = ToldOf<typeof readStatement>["items"][number];

/** The kinds that members meet; the book knows more, and they are told as corrections. */
const told: readonly string[] = [
  "invoice.issued",
  "invoice.credited",
  "invoice.lost",
  ...paysWork,
  "payout.rejected",
  "advance.repaid",
  "vat.billed",
];

export function Movements({ items }: { readonly items: readonly Movement[] }) {
  const t = useT();
  return (
    <section aria-labelledby="movements">
      <h2 id="movements">{t("money.movements.title")}</h2>
      {items.length === 0 ? (
        <p role="status">{t("money.movements.none")}</p>
      ) : (
        <table className="cards">
          <caption>{t("money.movements.caption")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("money.movements.what")}</th>
              <th scope="col">{t("money.movements.on")}</th>
              <th scope="col" className="amount">
                {t("money.movements.amount")}
              </th>
              <th scope="col" className="amount">
                {t("money.movements.balance")}
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ id, on, kind, invoice, borne, amount, balance }) => (
              <tr key={id}>
                <th scope="row">
                  {t(`money.kind.${told.includes(kind) ? kind : "correction"}`)}
                  {invoice ? <small>{invoice}</small> : undefined}
                  {borne ? <small>{t("money.borne", { pot: t(`governance.pot.${borne.by}`) })}</small> : undefined}
                  {borne?.reason === undefined ? undefined : <small>{borne.reason}</small>}
                </th>
                <td data-label={t("money.movements.on")}>
                  <Day on={on} />
                </td>
                <td className="amount" data-label={t("money.movements.amount")}>
                  <Money of={amount} />
                </td>
                <td className="amount" data-label={t("money.movements.balance")}>
                  <Money of={balance} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
