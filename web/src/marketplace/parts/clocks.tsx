// The two clocks: by when the member is paid, and by when the client pays. They run apart; that is what the coop is for.
import { listBylaws } from "@partcommune/shared/governance/api";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { moneyFrom } from "@partcommune/shared/platform/money";
import { useMoney } from "../../ui/money.tsx";
import { useDay } from "../../ui/when.tsx";
import type { EngagementTold, MilestoneTold } from "./told.ts";

type ClocksProps = { readonly engagement: EngagementTold; readonly milestone: MilestoneTold };

/** Of one milestone: large where it is the only one, small beside the others. */
export function Clocks({ engagement, milestone }: ClocksProps) {
  const t = useT();
  const { side, client, member, milestones } = engagement;
  const [forMember, forClient] = [useMemberClock(engagement, milestone), useClientClock(engagement, milestone)];
  return (
    <dl className={milestones.length > 1 ? "facts" : "figures two"}>
      <div>
        <dt>{side === "member" ? t("marketplace.clock.you") : t("marketplace.clock.member", { member })}</dt>
        <dd>{forMember}</dd>
      </div>
      <div>
        <dt>{side === "client" ? t("marketplace.clock.youPay") : t("marketplace.clock.client", { client })}</dt>
        <dd>{forClient}</dd>
      </div>
    </dl>
  );
}

function useMemberClock({ promise, side, shared }: EngagementTold, { payable }: MilestoneTold): string {
  const t = useT();
  const day = useDay();
  const money = useMoney();
  if (payable?.state === "paid" && side === "member") return t("marketplace.clock.paidToYou", { amount: money(payable.amount) });
  if (payable?.state === "paid") return t("marketplace.clock.paid");
  if (payable?.dueOn) return t("marketplace.clock.by", { day: day(payable.dueOn) });
  if (!payable && promise?.guaranteed) return t("marketplace.clock.working", { days: promise.workingDays });
  return t(shared?.isHome ? "workspace.clock.nextPayout" : "marketplace.clock.afterClient");
}

/** At a member's home nobody waits for a client of another coop: that coop owes the work from its approval on. */
function useClientClock({ shared }: EngagementTold, { invoice }: MilestoneTold): string {
  const t = useT();
  const day = useDay();
  const { items } = useWanted(listBylaws, {});
  if (shared?.isHome) return t("workspace.clock.at", { coop: shared.coop });
  if (invoice)
    return moneyFrom(invoice.paid).minor >= moneyFrom(invoice.gross).minor
      ? t("marketplace.clock.paid")
      : t("marketplace.clock.by", { day: day(invoice.payBy) });
  const days = items.find(({ key }) => key === "payment.clientDays")?.value;
  return t("marketplace.clock.days", { days: Number(days ?? 0) });
}
