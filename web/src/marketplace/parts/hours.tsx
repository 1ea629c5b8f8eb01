// Work that is paid by the hour: the hours that are handed in, and what they come to.
import { payOfHours } from "@partcommune/shared/marketplace/rules/price";
import { moneyFrom, moneyText, type MoneyText } from "@partcommune/shared/platform/money";
import type { ProblemBody } from "@partcommune/shared/platform/refusal";
import { localeOf, useSpeech, useT } from "../../platform/i18n.tsx";
import { Field } from "../../ui/field.tsx";
import { useMoney } from "../../ui/money.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import type { MilestoneTold } from "./told.ts";

/** "37,5" and "37.5" are 2250 minutes; undefined while it is no time. */
export function minutesIn(typed: string): number | undefined {
  const text = typed.trim().replace(",", ".");
  const minutes = /^\d{1,4}(\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 60) : 0;
  return minutes > 0 ? minutes : undefined;
}

type HoursProps = {
  readonly rate: MoneyText;
  readonly cap: MoneyText;
  readonly worked: string;
  readonly change: (worked: string) => void;
  readonly refusal: ProblemBody | undefined;
};

export function Hours({ rate, cap, worked, change, refusal }: HoursProps) {
  const t = useT();
  const say = useMoney();
  const minutes = minutesIn(worked);
  const said = { rate: say(rate), cap: say(cap) };
  const price = minutes === undefined ? undefined : moneyText(payOfHours(moneyFrom(rate), minutes, moneyFrom(cap)));
  return (
    <Field
      label={t("workspace.hours.worked")}
      name="hours"
      mode="decimal"
      value={worked}
      change={change}
      hint={price ? t("workspace.hours.comes", { ...said, price: say(price) }) : t("workspace.hours.hint", said)}
      fault={faultAt(refusal, "/minutes")}
    />
  );
}

/** The hours that were handed in, with the rate and the cap they are reckoned by. */
export function HoursSaid({ hours: { minutes, rate, cap } }: { readonly hours: NonNullable<MilestoneTold["hours"]> }) {
  const t = useT();
  const say = useMoney();
  const hours = new Intl.NumberFormat(localeOf(useSpeech().language), { maximumFractionDigits: 2 }).format(minutes / 60);
  return <p>{t("workspace.hours.said", { hours, rate: say(rate), cap: say(cap) })}</p>;
}
