// What a bid asks for: its amount, the days it is for, and on which side of the bounds it lies if outside.
import { useT } from "../../platform/i18n.tsx";
import { Money } from "../../ui/money.tsx";
import type { BidTold } from "./bidder.ts";

export function Offered({ bid: { amount, days, outside } }: { readonly bid: Pick<BidTold, "amount" | "days" | "outside"> }) {
  const t = useT();
  return (
    <>
      <Money of={amount} />
      {days === undefined ? undefined : <span className="hint"> {t("marketplace.bids.forDays", { days })}</span>}
      {outside ? <span className="hint"> {t(`marketplace.bids.outside.${outside}`)}</span> : undefined}
    </>
  );
}
