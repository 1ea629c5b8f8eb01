// Writing an offer, the first one alone or with colleagues or a revised one, with the way from price to budget.
import { useState } from "react";
import { placeBid, reviseBid, type listBids, type readJob } from "@partcommune/shared/marketplace/api";
import type { AskedOf, ToldOf } from "@partcommune/shared/platform/endpoint";
import { moneyFrom, moneyText } from "@partcommune/shared/platform/money";
import type { ProblemBody } from "@partcommune/shared/platform/refusal";
import { useAct } from "../../platform/call.tsx";
import { useLearnt, useT } from "../../platform/i18n.tsx";
import { amountFrom } from "../../ui/decimal.ts";
import { LongField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { useMoney } from "../../ui/money.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { daysIn, offeredIn, OfferPrice, useIsPaid, type PriceTyped } from "./offer-price.tsx";
import { PotsOf } from "./pots.tsx";
import { Shared } from "./shared-fee.tsx";
import { TeamFields } from "./team-fields.tsx";
import { alone, missingOf, teamFrom } from "./team-typed.ts";
import { Way } from "./way.tsx";

type JobTold = ToldOf<typeof readJob>;
type BidTold = ToldOf<typeof listBids>["items"][number];

export function BidForm({ job, currency }: { readonly job: JobTold; readonly currency: string }) {
  const t = useT();
  const { act, busy, refusal } = useAct(placeBid);
  const { id, version } = job;
  return (
    <section className="example bidding" aria-labelledby="bid">
      <h2 id="bid">{t("marketplace.bids.place")}</h2>
      <OfferForm
        job={job}
        first={{ ...nothingTyped(job), pitch: "" }}
        currency={currency}
        says={t("marketplace.bids.place")}
        asksColleagues={!job.elsewhere}
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
        job={job}
        first={{ ...typedOf(job, bid), pitch }}
        currency={amount.currency}
        says={t("marketplace.revise.act")}
        together={parts.length > 1}
        send={async (offer) => void (await act({ bid: id, version, ...offer }))}
        busy={busy}
        refusal={refusal}
      />
    </Unfold>
  );
}

/** The fields of a first offer. */
const nothingTyped = ({ priceKind, price }: JobTold): PriceTyped => ({
  by: priceKind === "hourly" ? "hours" : "whole",
  price: price?.amount ?? "",
  rate: "",
  days: "",
  hours: "",
});

/** The fields filled with what a bid offers, as far as the job still asks for it. */
const typedOf = (job: JobTold, { amount, rate, days }: BidTold): PriceTyped => ({
  ...nothingTyped(job),
  price: job.price?.amount ?? amount.amount,
  rate: rate?.amount ?? "",
  days: days ? String(days) : "",
  hours: rate ? String(moneyFrom(amount).minor / moneyFrom(rate).minor) : "",
});

type Offer = Pick<AskedOf<typeof placeBid>, "amount" | "rate" | "days" | "pitch" | "team">;

type OfferProps = {
  readonly job: JobTold;
  readonly first: PriceTyped & { readonly pitch: string };
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

function OfferForm({ job, first, currency, says, asksColleagues = false, together = false, send, busy, refusal }: OfferProps) {
  const t = useT();
  const say = useMoney();
  const [typed, type] = useState<PriceTyped>(first);
  const [pitch, setPitch] = useState(first.pitch);
  const [team, setTeam] = useState(alone);
  const learnt = useLearnt("teams");
  const whole = offeredIn(typed, currency);
  const days = job.priceKind === "open" ? daysIn(typed) : undefined;
  const amount = whole ? moneyText(whole) : amountFrom(typed.price, currency);
  const rate = job.priceKind === "hourly" ? { rate: amountFrom(typed.rate, currency) } : {};
  const isPaid = useIsPaid(job, typed, currency);
  const colleagues = teamFrom(team, currency);
  return (
    <Form
      act={() => send({ amount, ...rate, pitch, ...(days === undefined ? {} : { days }), ...(colleagues ? { team: colleagues } : {}) })}
      says={colleagues ? t("teams.ask") : says}
      busy={busy}
      ready={isPaid && whole !== undefined && missingOf(team, whole).minor === 0n && pitch.trim() !== ""}
      refusal={refusal}
    >
      <OfferPrice job={job} currency={currency} typed={typed} change={type} refusal={refusal} />
      {whole ? (
        <div className="becoming">
          <h3>{t("marketplace.home.example", { price: say(amount) })}</h3>
          <Way prices={[whole]} together={learnt && (together || colleagues !== undefined)} />
          {job.elsewhere?.hostSharePpm === undefined ? (
            <PotsOf price={whole} />
          ) : (
            <Shared price={whole} coop={job.elsewhere.coop} hostSharePpm={job.elsewhere.hostSharePpm} />
          )}
        </div>
      ) : undefined}
      <LongField
        label={t("marketplace.bids.pitch")}
        name="pitch"
        hint={job.blind ? t("marketplace.bids.blind") : ""}
        value={pitch}
        change={setPitch}
        fault={faultAt(refusal, "/pitch")}
      />
      {asksColleagues ? <TeamFields team={team} change={setTeam} whole={whole} /> : undefined}
    </Form>
  );
}
