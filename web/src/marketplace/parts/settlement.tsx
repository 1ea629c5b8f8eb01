// How a dispute ends: who mediates, what each side proposed, and the share of the price on which both agreed.
import { agreeToSettlement, proposeSettlement } from "@partcommune/shared/marketplace/api";
import { priceAt, shareStep } from "@partcommune/shared/marketplace/rules/settlement";
import { moneyFrom, moneyText, type MoneyText } from "@partcommune/shared/platform/money";
import type { ProblemBody } from "@partcommune/shared/platform/refusal";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { LongField, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { useUntil } from "../../ui/when.tsx";
import type { MilestoneTold } from "./told.ts";

type Sides = { readonly client: string; readonly member: string };
type Dispute = NonNullable<MilestoneTold["dispute"]>;
type Proposal = Dispute["proposals"][number];

export function Settlement({ milestone, client, member }: Sides & { readonly milestone: MilestoneTold }) {
  const t = useT();
  const { dispute, settledAt, acts, id, amount } = milestone;
  if (settledAt)
    return (
      <p>
        {t(settledAt.share === 0 ? "marketplace.settlement.atNothing" : "marketplace.settlement.at", { share: settledAt.share })}{" "}
        <Money of={settledAt.price} />
      </p>
    );
  if (!dispute) return undefined;
  return (
    <>
      <Guide dispute={dispute} client={client} member={member} />
      {acts.includes("propose") ? <Propose milestone={id} amount={amount} last={dispute.proposals.at(-1)?.share} /> : undefined}
    </>
  );
}

/** What can end the dispute, who mediates, and the proposals so far. */
export function Guide({ dispute, client, member }: Sides & { readonly dispute: Dispute }) {
  const t = useT();
  const { mediator, proposals } = dispute;
  return (
    <>
      <p>{t("marketplace.settlement.guide")}</p>
      <p>{mediator ? t("marketplace.settlement.mediator", { name: mediator }) : t("marketplace.settlement.noMediator")}</p>
      <ul className="rows">
        {proposals.map((proposal) => (
          <Card
            key={proposal.id}
            proposal={proposal}
            names={{ client, member, adviser: mediator ?? t("marketplace.settlement.adviser") }}
          />
        ))}
      </ul>
    </>
  );
}

function Card({ proposal, names }: { readonly proposal: Proposal; readonly names: Readonly<Record<Proposal["by"], string>> }) {
  const t = useT();
  const until = useUntil();
  const { by, share, price, reason, agreed, missing, standing, standsUntil, acts } = proposal;
  const who = agreed.map((side) => names[side]);
  return (
    <li>
      <div>
        <h4>{t("marketplace.settlement.proposed", { name: names[by], share })}</h4>
        <p className="letter">{reason}</p>
        <p className="steps">
          {t(`marketplace.settlement.${standing}`, { until: until(standsUntil) })}
          {who.length > 0 ? ` · ${t("marketplace.settlement.agreed.by", { names: who.join(", ") })}` : ""}
          {missing.length > 0 ? ` · ${t("teams.missing", { names: missing.join(", ") })}` : ""}
        </p>
      </div>
      <strong>
        <Money of={price} />
      </strong>
      {acts.includes("agree") ? <Agree proposal={proposal} /> : undefined}
    </li>
  );
}

/** Says before the button what agreeing does: it binds at once where everybody else has agreed. */
function Agree({ proposal: { id, share, price, last } }: { readonly proposal: Proposal }) {
  const t = useT();
  const money = useMoney();
  const { act, busy, refusal } = useAct(agreeToSettlement);
  const ends = share === 0 ? "marketplace.settlement.agree.nothing" : "marketplace.settlement.agree.ends";
  return (
    <Form
      act={async () => void (await act({ settlement: id }))}
      says={t("marketplace.settlement.agree", { share })}
      busy={busy}
      ready
      refusal={refusal}
    >
      <p>{t(last ? ends : "marketplace.settlement.agree.waits", { price: money(price) })}</p>
    </Form>
  );
}

type Proposing = { readonly milestone: string; readonly amount: MoneyText; readonly last: number | undefined };

function Propose({ milestone, ...rest }: Proposing) {
  const t = useT();
  const { act, busy, refusal } = useAct(proposeSettlement);
  return (
    <details className="unfold">
      <summary>{t("marketplace.settlement.propose.open")}</summary>
      <ShareForm {...rest} send={async (wish) => void (await act({ milestone, ...wish }))} busy={busy} refusal={refusal} />
    </details>
  );
}

type Wish = { readonly share: number; readonly reason: string };
type ShareFormProps = Omit<Proposing, "milestone"> & {
  readonly send: (wish: Wish) => Promise<void>;
  readonly busy: boolean;
  readonly refusal: ProblemBody | undefined;
};

const shares = Array.from({ length: 100 / shareStep + 1 }, (_, step) => String(step * shareStep));

/** A share of the price, with what it comes to, and the sentence that says why. */
export function ShareForm({ amount, last = 50, send, busy, refusal }: ShareFormProps) {
  const t = useT();
  const money = useMoney();
  const [share, setShare] = useState(String(last));
  const [reason, setReason] = useState("");
  const priceOf = (percent: string): string => money(moneyText(priceAt(moneyFrom(amount), Number(percent))));
  return (
    <Form
      act={async () => send({ share: Number(share), reason })}
      says={t("marketplace.settlement.propose", { share })}
      busy={busy}
      ready={reason.trim() !== ""}
      refusal={refusal}
    >
      <Pick
        label={t("marketplace.settlement.share")}
        name="share"
        value={share}
        change={setShare}
        hint={t("marketplace.settlement.share.hint")}
        options={shares.map((value) => ({
          value,
          says: t("marketplace.settlement.share.option", { share: value, price: priceOf(value) }),
        }))}
      />
      <LongField
        label={t("marketplace.settlement.reason")}
        name="reason"
        value={reason}
        change={setReason}
        hint={t("marketplace.settlement.reason.hint")}
        fault={faultAt(refusal, "/reason")}
      />
    </Form>
  );
}
