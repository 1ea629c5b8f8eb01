// A bid that stands: what its bidder may still do with it, what it said before, and what it waits for.
import { confirmBid, withdrawBid, type listBids, type readJob } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct } from "../../platform/call.tsx";
import { useLearnt, useT } from "../../platform/i18n.tsx";
import { Form } from "../../ui/form.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { At, useUntil } from "../../ui/when.tsx";
import { Offered } from "./offered.tsx";
import { Revision } from "./bid-form.tsx";

type JobTold = ToldOf<typeof readJob>;
type BidTold = ToldOf<typeof listBids>["items"][number];

/** What a bid waits for since the job changed, for its bidder and for the client. */
export function Waiting({ bid: { confirmUntil, mine, acts } }: { readonly bid: BidTold }) {
  const t = useT();
  const until = useUntil();
  const learnt = useLearnt("offers");
  if (!learnt || !confirmUntil) return undefined;
  const said = { until: until(confirmUntil) };
  if (!mine) return <p>{t("marketplace.confirm.waits", said)}</p>;
  return <p role="status">{t(acts.includes("confirm") ? "marketplace.confirm.says" : "marketplace.confirm.revise", said)}</p>;
}

/** What a bid said before it was revised. */
export function Earlier({ bid: { earlier } }: { readonly bid: BidTold }) {
  const t = useT();
  const learnt = useLearnt("offers");
  if (!learnt || earlier.length === 0) return undefined;
  return (
    <Unfold says={t("marketplace.revise.earlier", { count: earlier.length })}>
      {earlier.map(({ pitch, revisedAt, ...offer }) => (
        <div key={revisedAt}>
          <p className="steps">
            <del>
              <Offered bid={offer} />
            </del>
            {" · "}
            {t("marketplace.revise.until")} <At at={revisedAt} />
          </p>
          <p className="letter">{pitch}</p>
        </div>
      ))}
    </Unfold>
  );
}

/** The acts of whoever placed it. */
export function BidderActs({ bid, job }: { readonly bid: BidTold; readonly job: JobTold }) {
  const learnt = useLearnt("offers");
  if (!learnt) return undefined;
  const { acts, id, version } = bid;
  return (
    <>
      {acts.includes("confirm") ? <Confirmation bid={id} version={version} /> : undefined}
      {acts.includes("revise") ? <Revision key={version} bid={bid} job={job} /> : undefined}
      {acts.includes("withdraw") ? <BidWithdrawal bid={id} /> : undefined}
    </>
  );
}

function Confirmation({ bid, version }: { readonly bid: string; readonly version: number }) {
  const t = useT();
  const { act, busy, refusal } = useAct(confirmBid);
  return (
    <Form act={async () => void (await act({ bid, version }))} says={t("marketplace.confirm.act")} busy={busy} ready refusal={refusal} />
  );
}

function BidWithdrawal({ bid }: { readonly bid: string }) {
  const t = useT();
  const { act, busy, refusal } = useAct(withdrawBid);
  return (
    <>
      <Refusal problem={refusal} />
      <button type="button" className="faint" disabled={busy} onClick={() => void act({ bid })}>
        {t("marketplace.bids.withdraw")}
      </button>
    </>
  );
}
