// How far one's own bid has come on its way to another coop.
import { useT } from "../../platform/i18n.tsx";
import { At } from "../../ui/when.tsx";
import type { BidTold } from "./bidder.ts";

export function Way({ of: { coop, state, tries, at } }: { readonly of: NonNullable<BidTold["way"]> }) {
  const t = useT();
  if (state === "sent")
    return (
      <p className="hint">
        {t("marketplace.way.sent", { coop, tries })} <At at={at} />
      </p>
    );
  return <p className="hint">{t(state === "due" ? "marketplace.way.due" : "marketplace.way.lost", { coop, tries })}</p>;
}
