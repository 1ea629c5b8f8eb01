// Writing an offer, the first one alone or with colleagues or a revised one, with the way from price to budget.
import { useState } from "react";
import { placeBid, reviseBid, type listBids, type readJob } from "@partcommune/shared/marketplace/api";
import type { AskedOf, ToldOf } from "@partcommune/shared/platform/endpoint";
import { minorFrom, type MoneyText } from "@partcommune/shared/platform/money";
import type { ProblemBody } from "@partcommune/shared/platform/refusal";
import { useAct } from "../../platform/call.tsx";
import { useLearnt, useT } from "../../platform/i18n.tsx";
import { decimalFrom } from "../../ui/decimal.ts";
import { Field, LongField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { useMoney } from "../../ui/money.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { TeamFields } from "./team-fields.tsx";
import { alone, missingOf, teamFrom } from "./team-typed.ts";
import { Way } from "./way.tsx";

type JobTold = ToldOf<typeof readJob>;
type BidTold = ToldOf<typeof listBids>["items"][number];

export function BidForm({ job, currency }: { readonly job: JobTold; readonly currency: string }) {
  const t = useT();
  const { act, busy, refusal } = useAct(placeBid);
  const { id, version, price } = job;
  return (
    <section className="example bidding" aria-labelledby="bid">
      <h2 id="bid">{t("marketplace.bids.place")}</h2>
      <OfferForm
        first={{ price: price?.amount ?? "", pitch: "" }}
        fixed={price !== undefined}
        blind={job.blind}
        currency={currency}
        says={t("marketplace.bids.place")}
        asksColleagues
        send={async (offer) => void (await act({ job: id, version, ...offer }))}
        busy={busy}
        refusal={refusal}
      />
    </section>
  );
}

export function Revision({ job, bid }: { readonly job: JobTold; readonly bid: BidTold }) {
  const t = useT();
  const { act, busy, refusal } = useAct(reviseBid);
  const { id, version, amount, pitch, parts } = bid;
  return (
    <Unfold says={t("marketplace.revise.open")}>
      <OfferForm
        first={{ price: job.price?.amount ?? amount.amount, pitch }}
        fixed={job.price !== undefined}
        blind={job.blind}
        currency={amount.currency}
        says={t("marketplace.revise.act")}
        together={parts.length > 1}
        send={async ({ amount: wanted, pitch: why }) => void (await act({ bid: id, version, amount: wanted, pitch: why }))}
        busy={busy}
        refusal={refusal}
      />
    </Unfold>
  );
}

type Offer = { readonly amount: MoneyText; readonly pitch: string } & Pick<AskedOf<typeof placeBid>, "team">;

type OfferProps = {
  readonly first: { readonly price: string; readonly pitch: string };
  readonly fixed: boolean;
  readonly blind: boolean;
  readonly currency: string;
  readonly says: string;
  /** Colleagues may be asked to join. */
  readonly asksColleagues?: boolean;
  /** Several are on it already. */
  readonly together?: boolean;
  readonly send: (offer: Offer) => Promise<void>;
  readonly busy: boolean;
  readonly refusal: ProblemBody | undefined;
};

function OfferForm({ first, fixed, blind, currency, says, asksColleagues = false, together = false, send, busy, refusal }: OfferProps) {
  const t = useT();
  const say = useMoney();
  const [price, setPrice] = useState(first.price);
  const [pitch, setPitch] = useState(first.pitch);
  const [team, setTeam] = useState(alone);
  const learnt = useLearnt("teams");
  const amount = { amount: decimalFrom(price, currency), currency };
  const minor = minorFrom(amount.amount, currency);
  const whole = minor !== undefined && minor > 0n ? { minor, currency } : undefined;
  const colleagues = teamFrom(team, currency);
  return (
    <Form
      act={() => send({ amount, pitch, ...(colleagues ? { team: colleagues } : {}) })}
      says={colleagues ? t("teams.ask") : says}
      busy={busy}
      ready={whole !== undefined && missingOf(team, whole).minor === 0n && pitch.trim() !== ""}
      refusal={refusal}
    >
      <Field
        label={t("marketplace.post.price", { currency })}
        name="price"
        mode="decimal"
        value={price}
        change={setPrice}
        hint={fixed ? t("marketplace.bids.fixed") : ""}
        fault={faultAt(refusal, "/amount")}
      />
      {whole ? (
        <div className="becoming">
          <h3>{t("marketplace.home.example", { price: say(amount) })}</h3>
          <Way prices={[whole]} together={learnt && (together || colleagues !== undefined)} />
        </div>
      ) : undefined}
      <LongField
        label={t("marketplace.bids.pitch")}
        name="pitch"
        hint={blind ? t("marketplace.bids.blind") : ""}
        value={pitch}
        change={setPitch}
        fault={faultAt(refusal, "/pitch")}
      />
      {asksColleagues ? <TeamFields team={team} change={setTeam} whole={whole} /> : undefined}
    </Form>
  );
}
