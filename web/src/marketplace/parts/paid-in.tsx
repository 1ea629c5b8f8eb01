// The money a job is paid in: the coop's own, or another of which a rate is known today.
import { readRatesToday } from "@partcommune/shared/money/api/rates";
import { readCoop } from "@partcommune/shared/platform/api";
import { useAsked, useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Pick } from "../../ui/field.tsx";

/** `currency`: empty for the coop's own. Nothing is asked where there is nothing to choose. */
export function PaidIn({ currency, change }: { readonly currency: string; readonly change: (currency: string) => void }) {
  const t = useT();
  const { language } = useSpeech();
  const { currency: home = "EUR" } = useWanted(readCoop, {});
  const { rates = [] } = useAsked(readRatesToday, {}, true) ?? {};
  if (rates.length === 0) return undefined;
  const chosen = currency || home;
  const called = new Intl.DisplayNames(language, { type: "currency" });
  return (
    <Pick
      label={t("offers.paidIn")}
      hint={chosen === home ? "" : t("offers.paidIn.foreign", { home })}
      name="currency"
      value={chosen}
      change={change}
      options={[home, ...rates.map((rate) => rate.currency)].map((value) => ({ value, says: `${value} · ${called.of(value) ?? value}` }))}
    />
  );
}
