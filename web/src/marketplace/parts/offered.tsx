// What a bid asks for: its amount or its rate with the most it can come to, the days it is for, and on which side of the bounds it lies if outside.
import { useT } from "../../platform/i18n.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import type { BidTold } from "./bidder.ts";

export function Offered({ bid: { amount, rate, days, outside } }: { readonly bid: Pick<BidTold, "amount" | "rate" | "days" | "outside"> }) {
  const t = useT();
  const say = useMoney();
  return (
    <>
      {rate ? t("marketplace.bids.hourly", { rate: say(rate), cap: say(amount) }) : <Money of={amount} />}
      {days === undefined ? undefined : <span className="hint"> {t("marketplace.bids.forDays", { days })}</span>}
      {outside ? <span className="hint"> {t(`marketplace.bids.outside.${outside}`)}</span> : undefined}
    </>
  );
}
