// The end of a price's way, for who is employed: the contributions of both sides, and what comes into the hand.
import { amountText, type Money as Amount } from "@partcommune/shared/platform/money";
import { useLearnt, useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Link } from "../../ui/link.tsx";
import { Money } from "../../ui/money.tsx";
import { usePay, type Pay, type PayTold } from "./pay-asked.ts";

/** What of a budget comes into the hand of whoever reads. A business of its own reads nothing: its contributions are its own matter. */
export function InHand({ budget }: { readonly budget: Amount }) {
  const learnt = useLearnt("pay");
  const told = usePay({ amount: amountText(budget) });
  if (!learnt || told?.because === "status") return undefined;
  return told?.estimate ? <Lines pay={told.estimate} /> : <NotKnown told={told} />;
}

function Lines({ pay: { employer, employee, net, model } }: { readonly pay: Pay }) {
  const t = useT();
  return (
    <>
      <dl className="facts">
        <Fact says={t("pay.row.employer")}>
          <Money of={employer} />
        </Fact>
        <Fact says={t("pay.row.employee")}>
          <Money of={employee} />
        </Fact>
        <Fact says={t("pay.row.net")}>
          <strong>
            <Money of={net} />
          </strong>
        </Fact>
      </dl>
      <p className="hint">
        {t("pay.estimate", { model })} <Link to="/compare">{t("pay.link")}</Link>
      </p>
    </>
  );
}

/** Why there is no figure: it is not there yet, or nobody could say it honestly. */
export function NotKnown({ told }: { readonly told: PayTold | undefined }) {
  const t = useT();
  return <p role="status">{t(told?.state === "none" ? `pay.none.${told.because ?? "country"}` : "pay.reckoning")}</p>;
}
