// Bids on a job's page: the form, one's own bid, and for the client the list of all.
import { listBids, type readJob } from "@partcommune/shared/marketplace/api";
import { readMe } from "@partcommune/shared/membership/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useWanted } from "../../platform/call.tsx";
import { useLearnt, useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { At, Until } from "../../ui/when.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { later } from "../../ui/later.tsx";
import { isAcceptable, isRejectable, useBidder, type BidTold } from "./bidder.ts";
import { mayBid } from "./may-bid.ts";
import { HomeOf } from "./home-of.tsx";
import { Offered } from "./offered.tsx";
import { ReferenceList } from "./reference-list.tsx";
import { Acceptance } from "./acceptance.tsx";
import { Rejection } from "./rejection.tsx";
import { ToEngagement } from "./to-engagement.tsx";

const BidForm = later(async () => (await import("./bid-form.tsx")).BidForm);
const Way = later(async () => (await import("./bid-way.tsx")).Way);
const BidderActs = later(async () => (await import("./standing.tsx")).BidderActs);
const Earlier = later(async () => (await import("./standing.tsx")).Earlier);
const TeamOfBid = later(async () => (await import("./team.tsx")).TeamOfBid);
const Waiting = later(async () => (await import("./standing.tsx")).Waiting);

type JobTold = ToldOf<typeof readJob>;

export function Bids({ job, currency }: { readonly job: JobTold; readonly currency: string }) {
  const t = useT();
  const { items, sealedUntil, shortlist } = useWanted(listBids, { job: job.id }, `job:${job.id}`);
  const { person } = useWanted(readMe, {});
  if (!useLearnt("offers")) return undefined;
  const own = items.find(({ parts, acts }) => acts.includes("withdraw") && parts.some(({ you, signed }) => you && signed));
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
  const name = useBidder()(bid);
  const { parts, pitch, state, mine, shortlisted } = bid;
  return (
    <li>
      <div>
        {mine ? <h2>{t("marketplace.bids.yours")}</h2> : <h3>{name}</h3>}
        <p className="letter">{pitch}</p>
        <p className="steps">
          {t(`marketplace.bid.${state}`)}
          {shortlisted ? ` · ${t("marketplace.shortlist.on")}` : undefined}
        </p>
        {bid.rejectedBecause === undefined ? undefined : <Because says={bid.rejectedBecause} />}
        {parts.length > 1 ? <TeamOfBid bid={bid} /> : undefined}
        <Waiting bid={bid} />
        <HomeOf bid={bid} />
        {bid.way ? <Way of={bid.way} /> : undefined}
        {mine ? undefined : <AboutBidder bid={bid} />}
        <Earlier bid={bid} />
      </div>
      <p>
        <strong>
          <Offered bid={bid} />
        </strong>
      </p>
      {bid.acts.length > 0 ? <BidderActs bid={bid} job={job} /> : undefined}
      {isAcceptable(job, bid) ? <Acceptance bid={bid} /> : undefined}
      {isRejectable(job, bid) ? <Rejection bid={bid} /> : undefined}
      {state === "accepted" ? <ToEngagement job={job.id} /> : undefined}
    </li>
  );
}

/** What its client wrote when they said no. */
function Because({ says }: { readonly says: string }) {
  const t = useT();
  return (
    <>
      <p className="hint">{t("marketplace.reject.because")}</p>
      <p className="letter">{says}</p>
    </>
  );
}

/** Who the bidder is, as far as they show it, and what clients wrote about them. */
function AboutBidder({ bid }: { readonly bid: BidTold }) {
  const { handle, references, parts } = bid;
  const member = useBidder()(bid);
  const t = useT();
  return (
    <>
      {handle && parts.length === 1 ? (
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
