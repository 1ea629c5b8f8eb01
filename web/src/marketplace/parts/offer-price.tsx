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

export type PriceTyped = {
  readonly by: "whole" | "days" | "hours";
  readonly price: string;
  readonly rate: string;
  readonly days: string;
  readonly hours: string;
};

/** How many days of work are typed; undefined while they are none. */
export const daysIn = ({ days }: Pick<PriceTyped, "days">): number | undefined =>
  /^[1-9]\d{0,2}$/.test(days.trim()) ? Number(days) : undefined;

/** The most hours that are typed; undefined while they are none. */
const hoursIn = ({ hours }: Pick<PriceTyped, "hours">): number | undefined =>
  /^[1-9]\d{0,3}$/.test(hours.trim()) ? Number(hours) : undefined;

/** What was typed comes to, by the hour at most; undefined while it is no amount. */
export function offeredIn(typed: PriceTyped, currency: string): Money | undefined {
  if (typed.by === "whole") return priceFrom(typed.price, currency);
  const [rate, times] = [priceFrom(typed.rate, currency), typed.by === "days" ? daysIn(typed) : hoursIn(typed)];
  return rate && times !== undefined ? { minor: rate.minor * BigInt(times), currency } : undefined;
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
  if (job.priceKind === "hourly") return <HourlyPrice job={job} currency={currency} typed={typed} change={change} refusal={refusal} />;
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
            name="rate"
            mode="decimal"
            value={typed.rate}
            change={(rate) => change({ ...typed, rate })}
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

/** A rate, and how many hours it is for at most: together the cap. */
function HourlyPrice({ job, currency, typed, change, refusal }: PriceProps) {
  const t = useT();
  return (
    <div className="asked">
      <div className="beside">
        <Field
          label={t("marketplace.bids.hourRate", { currency })}
          name="rate"
          mode="decimal"
          value={typed.rate}
          change={(rate) => change({ ...typed, rate })}
          fault={faultAt(refusal, "/rate")}
        />
        <Field
          label={t("marketplace.bids.hours")}
          name="hours"
          mode="numeric"
          value={typed.hours}
          change={(hours) => change({ ...typed, hours })}
          hint={t("marketplace.bids.hours.hint")}
          fault={faultAt(refusal, "/amount")}
        />
      </div>
      <LowRate job={job} currency={currency} typed={typed} change={change} />
    </div>
  );
}

/** Says that a rate is under the floor, with the way out of it ready. */
function LowRate({ job, currency, typed, change }: Omit<PriceProps, "refusal">) {
  const t = useT();
  const say = useMoney();
  const hour = useHour(job, currency);
  const rate = priceFrom(typed.rate, currency);
  if (!hour || !rate || rate.minor >= hour.minor) return undefined;
  const said = { rate: say(moneyText(rate)), hour: say(moneyText(hour)) };
  return (
    <div role="status">
      <p className="fault">{t("marketplace.bids.floor.rate", said)}</p>
      <p className="acts">
        <button type="button" className="quiet" onClick={() => change({ ...typed, rate: moneyText(hour).amount })}>
          {t("marketplace.bids.floor.raise", { least: said.hour })}
        </button>
      </p>
    </div>
  );
}

/** The least pay of an hour where the work of a job is done; undefined where members voted none, and of foreign money, where the offer is told. */
function useHour({ place }: JobTold, currency: string): Money | undefined {
  const { items } = useWanted(listBylaws, {});
  const { country = "", currency: home } = useWanted(readCoop, {});
  const floors = items.find(({ key }) => key === "marketplace.wageFloors")?.value as Readonly<Record<string, string>> | undefined;
  return currency === home ? priceFrom(floors?.[place?.country ?? country] ?? "", currency) : undefined;
}

type Floor = { readonly hour: Money; readonly least: Money; readonly daysPaid: number };

/** The voted floor that an offer for days of work is under; undefined where it is not. */
function useFloor(job: JobTold, typed: PriceTyped, currency: string): Floor | undefined {
  const hour = useHour(job, currency);
  const amount = offeredIn(typed, currency);
  if (!hour || !amount) return undefined;
  const least = leastPrice(hour, BigInt(daysIn(typed) ?? job.weekdays));
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

/** Whether an offer pays what members voted at least. Nobody who bids on a fixed price could change it. */
export function useIsPaid(job: JobTold, typed: PriceTyped, currency: string): boolean {
  const hour = useHour(job, currency);
  const floor = useFloor(job, typed, currency);
  const rate = priceFrom(typed.rate, currency);
  if (job.priceKind === "hourly") return !hour || (rate !== undefined && rate.minor >= hour.minor);
  return job.priceKind === "fixed" || floor === undefined;
}
