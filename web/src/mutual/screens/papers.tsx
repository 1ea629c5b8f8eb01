// What stands on the coop's papers, and by whose word its country's rules are right: the board's page.
import { useState } from "react";
import { changeLetterhead, readCoop, readLetterhead, reviewCountry } from "@partcommune/shared/platform/api";
import { rowsOf } from "@partcommune/shared/platform/packs";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { DateField, Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { useDay } from "../../ui/when.tsx";
import { emptyLetterhead, isReady, letterheadAsked, LetterheadFields } from "../parts/letterhead.tsx";

export function Papers() {
  const t = useT();
  return (
    <section>
      <h1>{t("governance.papers.title")}</h1>
      <p className="lead">{t("governance.setup.letterhead.says")}</p>
      <Letterhead />
      <Country />
    </section>
  );
}

function Letterhead() {
  const t = useT();
  const known = useWanted(readLetterhead, {}, "coop");
  const [letterhead, setLetterhead] = useState({ ...emptyLetterhead, ...known });
  const { act, busy, told, refusal } = useAct(changeLetterhead);
  return (
    <section aria-labelledby="letterhead">
      <h2 id="letterhead">{t("governance.papers.letterhead")}</h2>
      <Form
        act={async () => void (await act(letterheadAsked(letterhead)))}
        says={t("governance.papers.keep")}
        busy={busy}
        ready={isReady(letterhead)}
        refusal={refusal}
      >
        <LetterheadFields letterhead={letterhead} change={setLetterhead} refusal={refusal} at="" />
      </Form>
      {told ? <p role="status">{t("governance.papers.kept")}</p> : undefined}
    </section>
  );
}

/** Which rules papers are written by here, each with its law, and who looked them through. */
function Country() {
  const t = useT();
  const { language } = useSpeech();
  const { country = "", draft, review } = useWanted(readCoop, {}, "coop");
  const say = useDay();
  const name = new Intl.DisplayNames(language, { type: "region" }).of(country) ?? country;
  const stands = review
    ? t("governance.papers.reviewed", { reviewer: review.reviewer, day: say(review.reviewedOn) })
    : t(draft ? "governance.papers.draft" : "governance.papers.ours");
  return (
    <section aria-labelledby="country">
      <h2 id="country">{t("governance.papers.country", { country: name })}</h2>
      <p>{stands}</p>
      <table className="cards">
        <thead>
          <tr>
            <th scope="col">{t("governance.papers.row.what")}</th>
            <th scope="col">{t("governance.papers.row.says")}</th>
            <th scope="col">{t("governance.papers.row.law")}</th>
          </tr>
        </thead>
        <tbody>
          {rowsOf(country).map(({ kind, says, from, source }) => (
            <tr key={`${kind} ${says}`}>
              <th scope="row">{t(`governance.papers.row.${kind}`)}</th>
              <td data-label={t("governance.papers.row.says")}>
                {from ? t("governance.papers.row.from", { says, day: say(from) }) : says}
              </td>
              <td data-label={t("governance.papers.row.law")}>{source}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {review ? (
        <details className="unfold faint">
          <summary>{t("governance.papers.review.other")}</summary>
          <Review />
        </details>
      ) : (
        <Review />
      )}
    </section>
  );
}

function Review() {
  const t = useT();
  const [review, setReview] = useState({ reviewer: "", reviewedOn: "" });
  const { act, busy, refusal } = useAct(reviewCountry);
  return (
    <Form
      act={async () => void (await act(review))}
      says={t("governance.papers.review.act")}
      busy={busy}
      ready={review.reviewer.trim() !== "" && review.reviewedOn !== ""}
      refusal={refusal}
    >
      <Field
        label={t("governance.papers.reviewer")}
        name="reviewer"
        value={review.reviewer}
        change={(reviewer) => setReview({ ...review, reviewer })}
        hint={t("governance.papers.reviewer.hint")}
        fault={faultAt(refusal, "/reviewer")}
      />
      <DateField
        label={t("governance.papers.reviewedOn")}
        name="reviewedOn"
        value={review.reviewedOn}
        change={(reviewedOn) => setReview({ ...review, reviewedOn })}
        fault={faultAt(refusal, "/reviewedOn")}
      />
    </Form>
  );
}
