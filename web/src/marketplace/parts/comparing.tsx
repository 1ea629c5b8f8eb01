// The client picks up to six bids to see side by side; on a job that hides names, the pick becomes its shortlist.
import { useState } from "react";
import { fixShortlist, listBids, type readJob } from "@partcommune/shared/marketplace/api";
import { mostShortlisted } from "@partcommune/shared/marketplace/rules/choosing";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Tick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { At, Until } from "../../ui/when.tsx";
import { Acceptance } from "./acceptance.tsx";
import { isAcceptable, isRejectable, useBidder } from "./bidder.ts";
import { Comparison } from "./comparison.tsx";
import { Rejection } from "./rejection.tsx";

type JobTold = ToldOf<typeof readJob>;

export function Comparing({ job }: { readonly job: JobTold }) {
  const t = useT();
  const { items, sealedUntil, shortlist } = useWanted(listBids, { job: job.id }, `job:${job.id}`);
  const standing = items.filter(({ state }) => state === "placed" || state === "accepted");
  const [picked, pick] = useState<readonly string[]>();
  const shown = standing.filter(({ id, shortlisted }, at) => picked?.includes(id) ?? (shortlist ? shortlisted : at < mostShortlisted));
  const ids = shown.map(({ id }) => id);
  return (
    <section aria-labelledby="compare">
      <h2 id="compare">{t("marketplace.compare.title")}</h2>
      {sealedUntil ? (
        <p>
          {t("marketplace.bids.sealed")} <Until at={sealedUntil} />
        </p>
      ) : undefined}
      {shortlist ? (
        <p>
          {t("marketplace.shortlist.by", shortlist)} <At at={shortlist.at} />
        </p>
      ) : undefined}
      {!sealedUntil && standing.length === 0 ? <p>{t("marketplace.bids.title", { count: 0 })}</p> : undefined}
      {standing.length > 0 ? <p>{t("marketplace.compare.lot")}</p> : undefined}
      {standing.length > 1 ? <Picking of={standing} picked={ids} pick={pick} /> : undefined}
      {shown.length > 0 ? <Comparison job={job} bids={shown} /> : undefined}
      {shown.map((bid) => (isAcceptable(job, bid) ? <Acceptance key={bid.id} bid={bid} named /> : undefined))}
      {shown.map((bid) => (isRejectable(job, bid) ? <Rejection key={bid.id} bid={bid} /> : undefined))}
      {job.blind && !shortlist ? <Shortlist job={job} bids={ids} /> : undefined}
    </section>
  );
}

type PickingProps = {
  readonly of: ToldOf<typeof listBids>["items"];
  readonly picked: readonly string[];
  readonly pick: (ids: readonly string[]) => void;
};

function Picking({ of, picked, pick }: PickingProps) {
  const t = useT();
  const nameOf = useBidder();
  return (
    <fieldset className="ticks">
      <legend>{t("marketplace.compare.pick", { most: mostShortlisted })}</legend>
      {of.map((bid) => (
        <Tick
          key={bid.id}
          label={nameOf(bid)}
          name={bid.id}
          value={picked.includes(bid.id)}
          change={(on) => pick(on ? [...picked, bid.id].slice(-mostShortlisted) : picked.filter((id) => id !== bid.id))}
        />
      ))}
    </fieldset>
  );
}

/** Names are shown once it is fixed; before the time for bids is over it cannot be. */
function Shortlist({ job, bids }: { readonly job: JobTold; readonly bids: readonly string[] }) {
  const t = useT();
  const { act, busy, refusal } = useAct(fixShortlist);
  if (job.state === "open") return <p>{t("marketplace.shortlist.later")}</p>;
  if (job.state !== "closed") return undefined;
  return (
    <Form
      act={async () => void (await act({ job: job.id, bids: [...bids] }))}
      says={t("marketplace.shortlist.fix", { count: bids.length })}
      busy={busy}
      ready={bids.length > 0}
      refusal={refusal}
    >
      <p>{t("marketplace.shortlist.says")}</p>
    </Form>
  );
}
