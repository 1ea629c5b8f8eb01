// What a proposal would do, in one sentence, where that is no change of a rule.
import type { Payload } from "@partcommune/shared/governance/rules/proposal";
import { useT } from "../../platform/i18n.tsx";
import { decimalFrom } from "../../ui/decimal.ts";
import { useMoney } from "../../ui/money.tsx";
import { useDay } from "../../ui/when.tsx";

type AskedProps = { readonly payload: Payload; readonly currency: string; readonly name?: string | undefined };

/** `name`: of who would be let in. */
export function Asked({ payload, currency, name = "–" }: AskedProps) {
  const t = useT();
  const say = useMoney();
  const day = useDay();
  if (payload.kind === "bylaws") return undefined;
  const values = {
    name,
    ...(payload.kind === "election" ? { seats: payload.seats, college: t(`governance.college.${payload.college}`) } : {}),
    ...(payload.kind === "budget"
      ? {
          amount: say({ amount: decimalFrom(payload.amount, currency), currency }),
          pot: t(`governance.pot.${payload.pot}`),
          purpose: payload.purpose,
          until: day(payload.until),
        }
      : {}),
  };
  return <p className="kept">{t(`votes.asks.${payload.kind}`, values)}</p>;
}
