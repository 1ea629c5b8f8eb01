// What a client may do with a job of theirs: change it, take bids for longer, open it again, take it back.
import { useState } from "react";
import { extendJob, readJob, reopenJob, withdrawJob } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct, useAsked } from "../../platform/call.tsx";
import { useLearnt, useT } from "../../platform/i18n.tsx";
import { useLive } from "../../platform/live.tsx";
import { DateField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { faultAt, Refusal } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { useUntil } from "../../ui/when.tsx";

type JobTold = ToldOf<typeof readJob>;

export function Posted({ job }: { readonly job: JobTold }) {
  const t = useT();
  if (!useLearnt("offers") || job.acts.length === 0) return undefined;
  const { id, acts } = job;
  return (
    <section className="form" aria-label={t("marketplace.posted.title")}>
      <Closed job={job} />
      {acts.includes("change") ? (
        <p>
          <Link to={`/client/jobs/${id}/change`}>{t("marketplace.change.open")}</Link>
        </p>
      ) : undefined}
      {acts.includes("extend") ? <MoreTime job={job} verb="extend" /> : undefined}
      {acts.includes("reopen") ? <MoreTime job={job} verb="reopen" /> : undefined}
      {acts.includes("withdraw") ? <Withdrawal job={id} /> : undefined}
    </section>
  );
}

/** What becomes of a closed job, and until when its client has a choice. */
function Closed({ job: { acts, reopenUntil, lapsesAt } }: { readonly job: JobTold }) {
  const t = useT();
  const until = useUntil();
  if (!lapsesAt) return undefined;
  return (
    <>
      <p>{t("marketplace.posted.lapses", { until: until(lapsesAt) })}</p>
      {reopenUntil && acts.includes("reopen") ? <p>{t("marketplace.posted.reopen", { until: until(reopenUntil) })}</p> : undefined}
    </>
  );
}

const endpoints = { extend: extendJob, reopen: reopenJob } as const;

type More = { readonly job: JobTold; readonly verb: keyof typeof endpoints };

function MoreTime({ job, verb }: More) {
  const t = useT();
  return (
    <Unfold says={t(`marketplace.${verb}.open`)}>
      <Until job={job} verb={verb} />
    </Unfold>
  );
}

/** A later day until which bids are taken, on an open job or on one that is opened again. */
function Until({ job: { id }, verb }: More) {
  const t = useT();
  const [bidsUntil, setBidsUntil] = useState("");
  const { act, busy, refusal } = useAct(endpoints[verb]);
  return (
    <Form
      act={async () => void (await act({ job: id, bidsUntil }))}
      says={t(`marketplace.${verb}.act`)}
      busy={busy}
      ready={bidsUntil !== ""}
      refusal={refusal}
    >
      <DateField
        label={t("marketplace.post.bidsUntil")}
        hint={t(`marketplace.${verb}.hint`)}
        name="bidsUntil"
        value={bidsUntil}
        change={setBidsUntil}
        fault={faultAt(refusal, "/bidsUntil")}
      />
    </Form>
  );
}

/** The same where its client is told that an agreement on it came to nothing: opened again in one step, or that it is open. */
export function OpenAgain({ job: id }: { readonly job: string }) {
  const t = useT();
  const job = useAsked(readJob, { job: id }, useLearnt("offers"), `job:${id}`);
  useLive(`job:${id}`);
  if (!job) return undefined;
  if (job.state === "open") return <p>{t("marketplace.reopen.done")}</p>;
  return job.acts.includes("reopen") ? <Until job={job} verb="reopen" /> : undefined;
}

function Withdrawal({ job }: { readonly job: string }) {
  const t = useT();
  const { act, busy, refusal } = useAct(withdrawJob);
  return (
    <>
      <Refusal problem={refusal} />
      <button type="button" className="faint" disabled={busy} onClick={() => void act({ job })}>
        {t("marketplace.job.withdraw")}
      </button>
    </>
  );
}
