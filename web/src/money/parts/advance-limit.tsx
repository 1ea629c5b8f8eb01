// How much one may have in advance: three lines that each sum up, the one that counts marked, with what would raise it; and the ask.
import { askAdvance, type readAdvances } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import type { MoneyText } from "@partcommune/shared/platform/money";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { amountFrom } from "../../ui/decimal.ts";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { faultAt } from "../../ui/refusal.tsx";

export type AdvancesTold = ToldOf<typeof readAdvances>;

/** Parts per million as people say them. */
const percent = (ppm: number): string => String(ppm / 10_000);

export function Limit({ told: { limit, lines, secured, budgetShare } }: { readonly told: AdvancesTold }) {
  const t = useT();
  const say = useMoney();
  const values = { secured: say(secured), share: percent(budgetShare) };
  const binding = lines.find(({ binds }) => binds);
  return (
    <section aria-labelledby="limit">
      <h2 id="limit">{t("outlays.limit.title", { limit: say(limit) })}</h2>
      <table className="cards">
        <caption>{t("outlays.limit.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("outlays.limit.of")}</th>
            <th scope="col" className="amount">
              {t("outlays.limit.whole")}
            </th>
            <th scope="col" className="amount">
              {t("outlays.limit.taken")}
            </th>
            <th scope="col" className="amount">
              {t("outlays.limit.free")}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ of, whole, taken, free, binds }) => (
            <tr key={of}>
              <th scope="row">
                {t(`outlays.line.${of}`, values)}
                {binds ? <small>{t("outlays.limit.binds")}</small> : undefined}
              </th>
              <td className="amount" data-label={t("outlays.limit.whole")}>
                <Money of={whole} />
              </td>
              <td className="amount" data-label={t("outlays.limit.taken")}>
                <Money of={taken} />
              </td>
              <td className="amount" data-label={t("outlays.limit.free")}>
                {binds ? (
                  <strong>
                    <Money of={free} />
                  </strong>
                ) : (
                  <Money of={free} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {binding ? <p>{t(`outlays.raises.${binding.of}`, values)}</p> : undefined}
      <p>
        <Link to="/bylaws">{t("outlays.limit.rules")}</Link>
      </p>
    </section>
  );
}

export function AskAdvance({ limit }: { readonly limit: MoneyText }) {
  const t = useT();
  const [typed, setTyped] = useState("");
  const { act, busy, told, refusal } = useAct(askAdvance);
  const { currency } = limit;
  const ask = async (): Promise<void> => {
    if (await act({ amount: amountFrom(typed, currency) })) setTyped("");
  };
  return (
    <section aria-labelledby="ask">
      <h2 id="ask">{t("outlays.ask.title")}</h2>
      {told ? <p role="status">{t("outlays.ask.told")}</p> : undefined}
      <Form act={ask} says={t("outlays.ask")} busy={busy} ready={typed.trim() !== ""} refusal={refusal}>
        <Field
          label={t("outlays.ask.amount", { currency })}
          name="amount"
          mode="decimal"
          value={typed}
          change={setTyped}
          hint={t("outlays.ask.hint")}
          fault={faultAt(refusal, "/amount")}
        />
      </Form>
    </section>
  );
}
