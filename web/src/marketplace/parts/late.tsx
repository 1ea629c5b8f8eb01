// What was done because a client did not pay, each with its day.
import { useT } from "../../platform/i18n.tsx";
import { useMoney } from "../../ui/money.tsx";
import { useDay } from "../../ui/when.tsx";
import type { MilestoneTold } from "./told.ts";

export function Late({ invoice: { dunning, lost } }: { readonly invoice: NonNullable<MilestoneTold["invoice"]> }) {
  const t = useT();
  const day = useDay();
  const say = useMoney();
  const isLost = /[1-9]/.test(lost.amount);
  if (dunning.length === 0 && !isLost) return undefined;
  return (
    <ul>
      {dunning.map(({ kind, sentOn }) => (
        <li key={`${kind}-${sentOn}`}>{t(`marketplace.dunning.${kind}`, { day: day(sentOn) })}</li>
      ))}
      {isLost ? <li>{t("marketplace.dunning.lost", { sum: say(lost) })}</li> : undefined}
    </ul>
  );
}
