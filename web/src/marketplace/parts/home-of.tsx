// Of which other coop a bidder is a member.
import { useT } from "../../platform/i18n.tsx";
import type { BidTold } from "./bidder.ts";

export function HomeOf({ bid: { home } }: { readonly bid: Pick<BidTold, "home"> }) {
  const t = useT();
  return home ? <p className="hint">{t("marketplace.bids.home", { coop: home.coop })}</p> : undefined;
}
