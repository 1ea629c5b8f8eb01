// What somebody asked a person about: on their settings page with its answer, on the desk with what was refused.
import { listOwnReviews } from "@partcommune/shared/membership/api/reviews";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { RefusalWords } from "../../ui/refusal-words.tsx";
import { At, useUntil } from "../../ui/when.tsx";

type Own = ToldOf<typeof listOwnReviews>["items"][number];

/** What was refused, told as it was then, with the figures of then. */
export function WhatWasSaid({ review }: { readonly review: Omit<Own, "decided" | "answerBy"> }) {
  const { id, refusal, says, rule, changedBy, facts } = review;
  const problem = { type: `/problems/${refusal}`, title: refusal, status: 409, detail: says, instance: id, facts };
  return <RefusalWords quiet problem={{ ...problem, ...(rule ? { rule } : {}), ...(changedBy ? { changedBy } : {}) }} />;
}

export function OwnReviews() {
  const t = useT();
  const { items } = useWanted(listOwnReviews, {});
  if (items.length === 0) return undefined;
  return (
    <>
      <h2>{t("membership.review.own")}</h2>
      <ul className="rows">
        {items.map((review) => (
          <li key={review.id} className="person">
            <blockquote className="letter">{review.text}</blockquote>
            <WhatWasSaid review={review} />
            <Answered review={review} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Answered({ review: { decided, answerBy } }: { readonly review: Own }) {
  const t = useT();
  const until = useUntil();
  if (!decided) return <p role="status">{t("membership.review.waits", { until: until(answerBy) })}</p>;
  const { by, decision, reason, doneBy, at } = decided;
  return (
    <div>
      <p>
        <strong>{t(`membership.review.decision.${decision}`)}</strong> · {by}, <At at={at} />
      </p>
      <p className="letter">{reason}</p>
      {doneBy ? <p>{t("membership.review.doneBy.is", { who: doneBy })}</p> : undefined}
    </div>
  );
}
