// What moved a budget, newest first, with what was on it after each.
import type { readStatement } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useSpeech } from "../../platform/i18n.tsx";
import { Money } from "../../ui/money.tsx";
import { Day } from "../../ui/when.tsx";

type Movement = ToldOf<typeof readStatement>["items"][number];

export function Movements({ items, more }: { readonly items: readonly Movement[]; readonly more: boolean }) {
  const { t, knows } = useSpeech();
  const named = (kind: string): string => (knows(`money.kind.${kind}`) ? t(`money.kind.${kind}`) : kind);
  return (
    <section aria-labelledby="movements">
      <h2 id="movements">{t("money.movements.title")}</h2>
      {items.length === 0 ? (
        <p role="status">{t("money.movements.empty")}</p>
      ) : (
        <table className="cards">
          <caption className="heard">{t("money.movements.title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("money.movements.what")}</th>
              <th scope="col">{t("money.movements.on")}</th>
              <th scope="col">{t("money.movements.amount")}</th>
              <th scope="col">{t("money.movements.balance")}</th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ id, on, kind, invoice, amount, balance }) => (
              <tr key={id}>
                <th scope="row">
                  {named(kind)}
                  {invoice ? <span className="about">{invoice}</span> : undefined}
                </th>
                <td data-label={t("money.movements.on")}>
                  <Day on={on} />
                </td>
                <td data-label={t("money.movements.amount")}>
                  <Money of={amount} />
                </td>
                <td data-label={t("money.movements.balance")}>
                  <Money of={balance} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {more ? <p className="hint">{t("money.more", { count: items.length })}</p> : undefined}
    </section>
  );
}
