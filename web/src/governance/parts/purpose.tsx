// What became of money that a proposal set aside: what is left, every payment with its reason, or why it was not taken.
import { readProposalPurpose } from "@partcommune/shared/governance/api/purpose";
import { useAsked } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { Day } from "../../ui/when.tsx";

export function Purpose({ proposal }: { readonly proposal: string }) {
  const t = useT();
  const say = useMoney();
  const told = useAsked(readProposalPurpose, { proposal }, true, `proposal:${proposal}`);
  if (!told) return <p role="status">{t("votes.purpose.waits")}</p>;
  const { state, amount, left, short, returned, payments, pot } = told;
  if (state === "unpaid")
    return (
      <p role="status" className="kept">
        {t("votes.purpose.unpaid", { pot: t(`governance.pot.${pot}`), short: short ? say(short) : "" })}
      </p>
    );
  return (
    <section aria-labelledby="purpose">
      <h2 id="purpose">{t("votes.purpose.title")}</h2>
      <dl className="facts">
        <Fact says={t("votes.purpose.set")}>
          <Money of={amount} />
        </Fact>
        {returned ? (
          <Fact says={t("votes.purpose.returned")}>
            <Money of={returned} />
          </Fact>
        ) : (
          <Fact says={t("votes.purpose.left")}>
            <Money of={left} />
          </Fact>
        )}
      </dl>
      {payments.length === 0 ? <p>{t("votes.purpose.none")}</p> : undefined}
      <ul className="rows">
        {payments.map(({ on, amount: paid, reason }) => (
          <li key={`${on} ${reason} ${paid.amount}`}>
            <span>
              {reason}{" "}
              <small className="hint">
                <Day on={on} />
              </small>
            </span>
            <Money of={paid} />
          </li>
        ))}
      </ul>
    </section>
  );
}
