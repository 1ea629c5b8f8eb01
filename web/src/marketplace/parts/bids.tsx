// Bids on a job's page: the form with the way from price to budget, one's own bid, and for the client the list of all.
import { useState } from "react";
import { listBids, placeBid, withdrawBid, type readJob } from "@partcommune/shared/marketplace/api";
import { readMe } from "@partcommune/shared/membership/api";
import { minorFrom } from "@partcommune/shared/platform/money";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { decimalFrom } from "../../ui/decimal.ts";
import { Field, LongField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { faultAt, Refusal } from "../../ui/refusal.tsx";
import { Link } from "../../ui/link.tsx";
import { At, Until } from "../../ui/when.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { useBidder, type BidTold } from "./bidder.ts";
import { mayBid } from "./may-bid.ts";
import { ReferenceList } from "./reference-list.tsx";
import { Acceptance } from "./acceptance.tsx";
import { ToEngagement } from "./to-engagement.tsx";
import { Way } from "./way.tsx";

type JobTold = ToldOf<typeof readJob>;

export function Bids({ job, currency }: { readonly job: JobTold; readonly currency: string }) {
  const t = useT();
  const { items, sealedUntil, shortlist } = useWanted(listBids, { job: job.id }, `job:${job.id}`);
  const { person } = useWanted(readMe, {});
  const own = items.find(({ mine, state }) => mine && state === "placed");
  const canBid = job.state === "open" && !job.mine && !own && mayBid(person?.stage);
  return (
    <>
      {job.mine && !sealedUntil ? <h2>{t("marketplace.bids.title", { count: items.length })}</h2> : undefined}
      {job.mine && sealedUntil ? (
        <h2>
          {t("marketplace.bids.sealed")} <Until at={sealedUntil} />
        </h2>
      ) : undefined}
      {job.mine ? (
        <p className="acts">
          <Link to={`/client/jobs/${job.id}`} className="button">
            {t(job.blind ? "marketplace.choose.blind" : "marketplace.choose.open")}
          </Link>
        </p>
      ) : undefined}
      {shortlist ? (
        <p>
          {t("marketplace.shortlist.by", shortlist)} <At at={shortlist.at} />
        </p>
      ) : undefined}
      <ul className="rows">
        {items.map((bid) => (
          <BidRow key={bid.id} bid={bid} job={job} />
        ))}
      </ul>
      {canBid ? <BidForm job={job} currency={currency} /> : undefined}
    </>
  );
}

function BidRow({ bid, job }: { readonly bid: BidTold; readonly job: JobTold }) {
  const t = useT();
  const { act, busy, refusal } = useAct(withdrawBid);
  const name = useBidder()(bid);
  const { id, amount, pitch, state, mine, shortlisted } = bid;
  const acceptable = job.mine && state === "placed" && (!job.blind || shortlisted) && (job.state === "open" || job.state === "closed");
  return (
    <li>
      <div>
        {mine ? <h2>{t("marketplace.bids.yours")}</h2> : <h3>{name}</h3>}
        <p className="letter">{pitch}</p>
        <p className="steps">
          {t(`marketplace.bid.${state}`)}
          {shortlisted ? ` · ${t("marketplace.shortlist.on")}` : undefined}
        </p>
        {mine ? undefined : <AboutBidder bid={bid} />}
        <Refusal problem={refusal} />
      </div>
      <p>
        <strong>
          <Money of={amount} />
        </strong>
      </p>
      {mine && state === "placed" ? (
        <button type="button" className="faint" disabled={busy} onClick={() => void act({ bid: id })}>
          {t("marketplace.bids.withdraw")}
        </button>
      ) : undefined}
      {acceptable ? <Acceptance bid={bid} /> : undefined}
      {state === "accepted" ? <ToEngagement job={job.id} /> : undefined}
    </li>
  );
}

/** Who the bidder is, as far as they show it, and what clients wrote about them. */
function AboutBidder({ bid }: { readonly bid: BidTold }) {
  const { handle, references } = bid;
  const member = useBidder()(bid);
  const t = useT();
  return (
    <>
      {handle ? (
        <p>
          <Link to={`/members/${handle}`}>{t("marketplace.bids.page", { member })}</Link>
        </p>
      ) : undefined}
      {references.length > 0 ? (
        <Unfold says={t("marketplace.bids.references", { count: references.length })}>
          <ReferenceList references={references} />
        </Unfold>
      ) : undefined}
    </>
  );
}

function BidForm({ job, currency }: { readonly job: JobTold; readonly currency: string }) {
  const t = useT();
  const say = useMoney();
  const [price, setPrice] = useState(job.price?.amount ?? "");
  const [pitch, setPitch] = useState("");
  const { act, busy, refusal } = useAct(placeBid);
  const amount = { amount: decimalFrom(price, currency), currency };
  const minor = minorFrom(amount.amount, currency);
  return (
    <section className="example bidding" aria-labelledby="bid">
      <h2 id="bid">{t("marketplace.bids.place")}</h2>
      <Form
        act={async () => void (await act({ job: job.id, amount, pitch }))}
        says={t("marketplace.bids.place")}
        busy={busy}
        ready={minor !== undefined && minor > 0n && pitch.trim() !== ""}
        refusal={refusal}
      >
        <Field
          label={t("marketplace.post.price", { currency })}
          name="price"
          mode="decimal"
          value={price}
          change={setPrice}
          hint={job.price ? t("marketplace.bids.fixed") : ""}
          fault={faultAt(refusal, "/amount")}
        />
        {minor !== undefined && minor > 0n ? (
          <div className="becoming">
            <h3>{t("marketplace.home.example", { price: say(amount) })}</h3>
            <Way prices={[{ minor, currency }]} />
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
      </Form>
    </section>
  );
}
