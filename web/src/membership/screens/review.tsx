// The desk of questions to a person: what a rule said, what somebody says about it, and the answer in writing.
import { useState } from "react";
import { decideReview, listReviews } from "@partcommune/shared/membership/api/reviews";
import { decisions, type Decision } from "@partcommune/shared/membership/rules/review";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Field, LongField, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { At, useUntil } from "../../ui/when.tsx";
import { WhatWasSaid } from "../parts/reviews.tsx";

type Waiting = ToldOf<typeof listReviews>["items"][number];

export function Review() {
  const t = useT();
  const { items } = useWanted(listReviews, {}, "desk:review");
  return (
    <section>
      <h1>{t("membership.review.title")}</h1>
      <p className="lead">{t("membership.review.lead")}</p>
      {items.length === 0 ? <p role="status">{t("membership.review.empty")}</p> : undefined}
      <ul className="plain">
        {items.map((review) => (
          <Row key={review.id} review={review} />
        ))}
      </ul>
    </section>
  );
}

function Row({ review }: { readonly review: Waiting }) {
  const t = useT();
  const until = useUntil();
  const { name, text, at, answerBy, late, mine } = review;
  return (
    <li className="milestone">
      <h2>{t("membership.review.from", { name })}</h2>
      <p>
        <At at={at} /> ·{" "}
        {late ? <strong className="wrong">{t("membership.review.late")}</strong> : t("membership.review.due", { until: until(answerBy) })}
      </p>
      <WhatWasSaid review={review} />
      <blockquote className="letter">{text}</blockquote>
      {mine ? <p className="hint">{t("membership.review.mine")}</p> : <Decide review={review} />}
    </li>
  );
}

function Decide({ review: { id, name } }: { readonly review: Waiting }) {
  const t = useT();
  const [decision, setDecision] = useState<Decision>("stands");
  const [reason, setReason] = useState("");
  const [doneBy, setDoneBy] = useState("");
  const { act, busy, refusal } = useAct(decideReview);
  const carriedOut = decision === "changes" && doneBy.trim() !== "" ? { doneBy } : {};
  return (
    <Form
      act={async () => void (await act({ review: id, decision, reason, ...carriedOut }))}
      says={t("membership.review.answer", { name })}
      busy={busy}
      ready={reason.trim() !== "" && (decision === "stands" || doneBy.trim() !== "")}
      refusal={refusal}
    >
      <Pick
        label={t("membership.review.decision")}
        name="decision"
        value={decision}
        change={setDecision}
        options={decisions.map((each) => ({ value: each, says: t(`membership.review.decision.${each}`) }))}
        hint={t("membership.review.decision.hint")}
      />
      <LongField
        label={t("membership.review.reason")}
        name="reason"
        value={reason}
        change={setReason}
        hint={t("membership.review.reason.hint")}
        fault={faultAt(refusal, "/reason")}
      />
      {decision === "changes" ? (
        <Field
          label={t("membership.review.doneBy")}
          name="doneBy"
          value={doneBy}
          change={setDoneBy}
          hint={t("membership.review.doneBy.hint")}
          fault={faultAt(refusal, "/doneBy")}
        />
      ) : undefined}
    </Form>
  );
}
