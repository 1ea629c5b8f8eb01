// One's own application: what one was answered, what members read of one, and the way to ask them where the board said no.
import { appealToMembers, presentMyself, stopPresenting, takeAppealBack } from "@partcommune/shared/governance/api/admission";
import { readApplication } from "@partcommune/shared/governance/api";
import { languages } from "@partcommune/shared/platform/page";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Field, LongField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { ProposalRow } from "../parts/proposal-row.tsx";

type Told = NonNullable<ToldOf<typeof readApplication>["application"]>;
type Part = { readonly told: Told };

export function Application() {
  const t = useT();
  const { application } = useWanted(readApplication, {}, "proposals");
  return (
    <section className="sheet">
      <h1>{t("votes.application.title")}</h1>
      {application ? (
        <Standing told={application} />
      ) : (
        <p>
          {t("votes.application.none")} <Link to="/join">{t("votes.application.join")}</Link>
        </p>
      )}
    </section>
  );
}

/** What one was answered, and what one can do about it. */
function Standing({ told }: Part) {
  const t = useT();
  const { stage, refusedBecause, proposals, appeal, words } = told;
  const waits = stage === "applicant" || stage === "refused";
  const asked = proposals.some(({ state }) => !settled.has(state));
  return (
    <>
      <p role="status" className="lead">
        {t(stage === "refused" ? "votes.application.refused" : stage === "applicant" ? "votes.application.waits" : "votes.application.in")}
      </p>
      {refusedBecause ? <blockquote className="letter">{refusedBecause}</blockquote> : undefined}
      {proposals.length > 0 ? (
        <>
          <h2>{t("votes.application.asked")}</h2>
          <ul className="rows">
            {proposals.map((card) => (
              <ProposalRow key={card.id} card={card} />
            ))}
          </ul>
        </>
      ) : undefined}
      {stage === "refused" && !asked ? <Appeal told={told} /> : undefined}
      {stage === "applicant" && !asked ? <Present key={words} told={told} /> : undefined}
      {waits && words !== undefined && !asked ? <Hide /> : undefined}
      {appeal ? <TakeBack /> : undefined}
    </>
  );
}

const settled: ReadonlySet<string> = new Set([
  "enacted",
  "rejected",
  "noQuorum",
  "blocked",
  "annulled",
  "inadmissible",
  "lapsed",
  "withdrawn",
  "merged",
]);

/** The members decide where the board said no. */
function Appeal({ told: { name, words = "" } }: Part) {
  const t = useT();
  const { language } = useSpeech();
  const goTo = useNavigate();
  const [title, setTitle] = useState(t("votes.application.appeal.title", { name }));
  const [text, setText] = useState(words);
  const { act, busy, refusal } = useAct(appealToMembers);
  const appeal = async (): Promise<void> => {
    const made = await act({ title, text, language: languages.find((each) => each === language) ?? "en" });
    if (made) await goTo({ href: `/${language}/proposals/${made.id}` });
  };
  return (
    <>
      <h2>{t("votes.application.appeal")}</h2>
      <Form
        act={appeal}
        says={t("votes.application.appeal.send")}
        busy={busy}
        ready={title.trim().length >= 3 && text.trim() !== ""}
        refusal={refusal}
      >
        <p>{t("votes.application.appeal.says")}</p>
        <Field label={t("votes.title")} name="title" value={title} change={setTitle} fault={faultAt(refusal, "/title")} />
        <LongField
          label={t("votes.application.words")}
          hint={t("votes.application.words.hint")}
          name="text"
          value={text}
          change={setText}
          fault={faultAt(refusal, "/text")}
        />
      </Form>
    </>
  );
}

/** Words on oneself, so that any associate can propose to let one in. */
function Present({ told: { words = "" } }: Part) {
  const t = useT();
  const [text, setText] = useState(words);
  const { act, busy, refusal } = useAct(presentMyself);
  return (
    <>
      <h2>{t("votes.application.present")}</h2>
      <Form
        act={async () => void (await act({ text }))}
        says={t("votes.application.present.send")}
        busy={busy}
        ready={text.trim() !== "" && text !== words}
        refusal={refusal}
      >
        <p>{t(words === "" ? "votes.application.present.says" : "votes.application.present.shown")}</p>
        <LongField
          label={t("votes.application.words")}
          hint={t("votes.application.words.hint")}
          name="text"
          value={text}
          change={setText}
          fault={faultAt(refusal, "/text")}
        />
      </Form>
    </>
  );
}

function Hide() {
  const t = useT();
  const { act, busy, refusal } = useAct(stopPresenting);
  return (
    <Unfold faint says={t("votes.application.hide")}>
      <Form act={async () => void (await act({}))} says={t("votes.application.hide")} busy={busy} ready refusal={refusal}>
        <p>{t("votes.application.hide.says")}</p>
      </Form>
    </Unfold>
  );
}

function TakeBack() {
  const t = useT();
  const { act, busy, refusal } = useAct(takeAppealBack);
  return (
    <Unfold faint says={t("votes.application.takeBack")}>
      <Form act={async () => void (await act({}))} says={t("votes.application.takeBack")} busy={busy} ready refusal={refusal}>
        <p>{t("votes.application.takeBack.says")}</p>
      </Form>
    </Unfold>
  );
}
