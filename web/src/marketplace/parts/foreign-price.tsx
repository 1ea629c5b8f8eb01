// What work priced in foreign money means for whoever does it: what it is worth today, and that they are promised the coop's own money.
import { readRatesToday } from "@partcommune/shared/money/api/rates";
import { ppmOfText, worthOf } from "@partcommune/shared/money/rules/foreign";
import { readCoop } from "@partcommune/shared/platform/api";
import { moneyFrom, moneyText, type MoneyText } from "@partcommune/shared/platform/money";
import { useAsked, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useMoney } from "../../ui/money.tsx";
import { Day } from "../../ui/when.tsx";

export function ForeignPrice({ amount }: { readonly amount: MoneyText }) {
  const t = useT();
  const say = useMoney();
  const { currency: home = "EUR" } = useWanted(readCoop, {});
  const isForeign = amount.currency !== home;
  const rate = useAsked(readRatesToday, {}, isForeign)?.rates.find(({ currency }) => currency === amount.currency);
  if (!isForeign) return undefined;
  const worth = rate && moneyText(worthOf(moneyFrom(amount), { home: ppmOfText(rate.home), foreign: ppmOfText(rate.foreign) }, home));
  return (
    <section aria-labelledby="foreign">
      <h2 id="foreign">{t("workspace.foreign.title", { currency: amount.currency })}</h2>
      {rate && worth ? (
        <p>
          {t("workspace.foreign.worth", { amount: say(amount), worth: say(worth) })} (<Day on={rate.on} />, {rate.source}: {rate.home}{" "}
          {home} = {rate.foreign} {rate.currency})
        </p>
      ) : undefined}
      <p>{t("workspace.foreign.promise", { home, currency: amount.currency })}</p>
    </section>
  );
}
