// What a bidder asks for: the whole amount, or a day rate that is worked out, and the ways out of too little pay.
import { listBylaws } from "@partcommune/shared/governance/api";
import type { readJob } from "@partcommune/shared/marketplace/api";
import { daysPaid, leastPrice } from "@partcommune/shared/marketplace/rules/pay";
import { readCoop } from "@partcommune/shared/platform/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { moneyText, type Money } from "@partcommune/shared/platform/money";
import type { ProblemBody } from "@partcommune/shared/platform/refusal";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { priceFrom } from "../../ui/decimal.ts";
import { Field, Pick as Choose } from "../../ui/field.tsx";
import { useMoney } from "../../ui/money.tsx";
import { faultAt } from "../../ui/refusal.tsx";

type JobTold = ToldOf<typeof readJob>;

export type PriceTyped = { readonly by: "whole" | "days"; readonly price: string; readonly dayRate: string; readonly days: string };

/** How many days of work are typed; undefined while they are none. */
export const daysIn = ({ days }: Pick<PriceTyped, "days">): number | undefined =>
  /^[1-9]\d{0,2}$/.test(days.trim()) ? Number(days) : undefined;

/** What was typed comes to; undefined while it is no amount. */
export function offeredIn(typed: PriceTyped, currency: string): Money | undefined {
  if (typed.by === "whole") return priceFrom(typed.price, currency);
  const [rate, days] = [priceFrom(typed.dayRate, currency), daysIn(typed)];
  return rate && days !== undefined ? { minor: rate.minor * BigInt(days), currency } : undefined;
}

type PriceProps = {
  readonly job: JobTold;
  readonly currency: string;
  readonly typed: PriceTyped;
  readonly change: (typed: PriceTyped) => void;
  readonly refusal: ProblemBody | undefined;
};

export function OfferPrice({ job, currency, typed, change, refusal }: PriceProps) {
  const t = useT();
  const whole = (
    <Field
      label={t("marketplace.post.price", { currency })}
      name="price"
      mode="decimal"
      value={typed.price}
      change={(price) => change({ ...typed, price })}
      hint={job.priceKind === "fixed" ? t("marketplace.bids.fixed") : ""}
      fault={faultAt(refusal, "/amount")}
    />
  );
  if (job.priceKind === "fixed") return whole;
  return (
    <div className="asked">
      <Choose
        label={t("marketplace.bids.by")}
        name="by"
        value={typed.by}
        change={(by) => change({ ...typed, by })}
        options={[
          { value: "whole", says: t("marketplace.bids.by.whole") },
          { value: "days", says: t("marketplace.bids.by.days") },
        ]}
      />
      <div className="beside">
        {typed.by === "whole" ? (
          whole
        ) : (
          <Field
            label={t("marketplace.bids.dayRate", { currency })}
            name="dayRate"
            mode="decimal"
            value={typed.dayRate}
            change={(dayRate) => change({ ...typed, dayRate })}
          />
        )}
        <Field
          label={t("marketplace.bids.days")}
          name="days"
          mode="numeric"
          value={typed.days}
          change={(days) => change({ ...typed, days })}
          hint={t("marketplace.bids.days.hint", { days: job.weekdays })}
          fault={faultAt(refusal, "/days")}
        />
      </div>
      <TooLittle job={job} currency={currency} typed={typed} change={change} />
    </div>
  );
}

type Floor = { readonly hour: Money; readonly least: Money; readonly daysPaid: number };

/** The voted floor that an offer is under; undefined where it is not. */
export function useFloor({ priceKind, place, weekdays }: JobTold, typed: PriceTyped, currency: string): Floor | undefined {
  const { items } = useWanted(listBylaws, {});
  const { country = "" } = useWanted(readCoop, {});
  const floors = items.find(({ key }) => key === "marketplace.wageFloors")?.value as Readonly<Record<string, string>> | undefined;
  const hour = priceFrom(floors?.[place?.country ?? country] ?? "", currency);
  const amount = offeredIn(typed, currency);
  if (priceKind === "fixed" || !hour || !amount) return undefined;
  const least = leastPrice(hour, BigInt(daysIn(typed) ?? weekdays));
  return amount.minor < least.minor ? { hour, least, daysPaid: Number(daysPaid(amount, hour)) } : undefined;
}

/** Says that an offer pays too little, with both ways out of it ready. */
function TooLittle({ job, currency, typed, change }: Omit<PriceProps, "refusal">) {
  const t = useT();
  const say = useMoney();
  const floor = useFloor(job, typed, currency);
  const amount = offeredIn(typed, currency);
  if (!floor || !amount) return undefined;
  const { hour, least, daysPaid: paid } = floor;
  const whole = { ...typed, by: "whole" as const };
  const days = daysIn(typed) ?? job.weekdays;
  return (
    <div role="status">
      <p className="fault">{t("marketplace.bids.floor", { price: say(moneyText(amount)), days, hour: say(moneyText(hour)) })}</p>
      <p className="acts">
        <button type="button" className="quiet" onClick={() => change({ ...whole, price: moneyText(least).amount })}>
          {t("marketplace.bids.floor.raise", { least: say(moneyText(least)) })}
        </button>
        {paid > 0 ? (
          <button type="button" className="quiet" onClick={() => change({ ...whole, price: moneyText(amount).amount, days: String(paid) })}>
            {t("marketplace.bids.floor.shorten", { days: paid })}
          </button>
        ) : undefined}
      </p>
    </div>
  );
}
