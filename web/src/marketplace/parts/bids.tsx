// Bids on a job's page: the form, one's own bid, and for the client the list of all.
import { listBids, type readJob } from "@partcommune/shared/marketplace/api";
import { readMe } from "@partcommune/shared/membership/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Money } from "../../ui/money.tsx";
import { Link } from "../../ui/link.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { later } from "../../ui/later.tsx";
import { ReferenceList } from "./reference-list.tsx";
import { Acceptance } from "./acceptance.tsx";
import { ToEngagement } from "./to-engagement.tsx";

const BidForm = later(async () => (await import("./bid-form.tsx")).BidForm);
const BidderActs = later(async () => (await import("./standing.tsx")).BidderActs);
const Earlier = later(async () => (await import("./standing.tsx")).Earlier);
const TeamOfBid = later(async () => (await import("./team.tsx")).TeamOfBid);
const Waiting = later(async () => (await import("./standing.tsx")).Waiting);

type JobTold = ToldOf<typeof readJob>;
type BidTold = ToldOf<typeof listBids>["items"][number];

const mayBid = ["trial", "member", "associate"];

export function Bids({ job, currency }: { readonly job: JobTold; readonly currency: string }) {
  const t = useT();
  const { items } = useWanted(listBids, { job: job.id }, `job:${job.id}`);
  const { person } = useWanted(readMe, {});
  const own = items.find(({ parts, acts }) => acts.includes("withdraw") && parts.some(({ you, signed }) => you && signed));
  const canBid = job.state === "open" && !job.mine && !own && mayBid.includes(person?.stage ?? "");
  return (
    <>
      {job.mine ? <h2>{t("marketplace.bids.title", { count: items.length })}</h2> : undefined}
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
  const { parts, amount, pitch, state, mine } = bid;
  const acceptable = job.mine && state === "placed" && (job.state === "open" || job.state === "closed");
  return (
    <li>
      <div>
        {mine ? <h2>{t("marketplace.bids.yours")}</h2> : <h3>{parts.map(({ name }) => name).join(", ")}</h3>}
        <p className="letter">{pitch}</p>
        <p className="steps">{t(`marketplace.bid.${state}`)}</p>
        {parts.length > 1 ? <TeamOfBid bid={bid} /> : undefined}
        <Waiting bid={bid} />
        {mine ? undefined : <AboutBidder bid={bid} />}
        <Earlier bid={bid} />
      </div>
      <p>
        <strong>
          <Money of={amount} />
        </strong>
      </p>
      {bid.acts.length > 0 ? <BidderActs bid={bid} job={job} /> : undefined}
      {acceptable ? <Acceptance bid={bid} /> : undefined}
      {state === "accepted" ? <ToEngagement job={job.id} /> : undefined}
    </li>
  );
}

/** Who the bidder is, as far as they show it, and what clients wrote about them. */
function AboutBidder({ bid: { bidder, handle, references, parts } }: { readonly bid: BidTold }) {
  const t = useT();
  return (
    <>
      {handle && parts.length === 1 ? (
        <p>
          <Link to={`/members/${handle}`}>{t("marketplace.bids.page", { member: bidder })}</Link>
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
