// The lines of one pay: what the budget bears, the contributions of both sides, and what comes into the hand.
import type { readStatement } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Money } from "../../ui/money.tsx";
import { Unfold } from "../../ui/unfold.tsx";

type Pay = NonNullable<ToldOf<typeof readStatement>["payables"][number]["pay"]>;

export function PayLines({ pay: { cost, employer, gross, employee, along, inHand, model } }: { readonly pay: Pay }) {
  const t = useT();
  const lines = [
    ["payroll.mine.budget", cost],
    ["payroll.mine.employer", employer],
    ["payroll.mine.gross", gross],
    ["payroll.mine.employee", employee],
  ] as const;
  return (
    <Unfold says={t("payroll.mine.open")}>
      <dl className="facts sums">
        {lines.map(([says, amount]) => (
          <Fact key={says} says={t(says)}>
            <Money of={amount} />
          </Fact>
        ))}
        {along ? (
          <Fact says={t("payroll.mine.along")}>
            <Money of={along} />
          </Fact>
        ) : undefined}
        <Fact says={t("payroll.mine.inHand")}>
          <strong>
            <Money of={inHand} />
          </strong>
        </Fact>
      </dl>
      <p className="hint">{t("payroll.model", { model })}</p>
    </Unfold>
  );
}
