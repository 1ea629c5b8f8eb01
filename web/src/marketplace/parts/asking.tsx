// The two forms of questions on a job: a member asks, the client answers.
import { useState } from "react";
import { answerQuestion, askQuestion } from "@partcommune/shared/marketplace/api";
import type { Audience } from "@partcommune/shared/marketplace/rules/question";
import { useAct } from "../../platform/call.tsx";
import { useLearnt, useT } from "../../platform/i18n.tsx";
import { LongField, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import type { QuestionTold } from "./questions.tsx";

export function Asking({ job }: { readonly job: string }) {
  const t = useT();
  const [text, setText] = useState("");
  const [audience, setAudience] = useState<Audience>("public");
  const { act, busy, told, refusal } = useAct(askQuestion);
  const learnt = useLearnt("offers");
  const ask = async (): Promise<void> => {
    if (await act({ job, text, audience })) setText("");
  };
  if (!learnt) return undefined;
  return (
    <>
      <Unfold says={t("marketplace.questions.ask")}>
        <Form act={ask} says={t("marketplace.questions.send")} busy={busy} ready={text.trim() !== ""} refusal={refusal}>
          <LongField
            label={t("marketplace.questions.text")}
            name="question"
            rows={3}
            value={text}
            change={setText}
            fault={faultAt(refusal, "/text")}
          />
          <Pick
            label={t("marketplace.questions.audience")}
            name="audience"
            value={audience}
            change={setAudience}
            hint={t(`marketplace.questions.hint.${audience}`)}
            options={[
              { value: "public", says: t("marketplace.questions.to.public") },
              { value: "private", says: t("marketplace.questions.to.private") },
            ]}
          />
        </Form>
      </Unfold>
      {told ? <p role="status">{t("marketplace.questions.sent")}</p> : undefined}
    </>
  );
}

export function Answering({ question: { id, audience } }: { readonly question: QuestionTold }) {
  const t = useT();
  const [text, setText] = useState("");
  const { act, busy, refusal } = useAct(answerQuestion);
  if (!useLearnt("offers")) return undefined;
  return (
    <Form
      act={async () => void (await act({ question: id, text }))}
      says={t("marketplace.questions.reply")}
      busy={busy}
      ready={text.trim() !== ""}
      refusal={refusal}
    >
      <LongField
        label={t("marketplace.questions.yours")}
        name={`answer-${id}`}
        rows={3}
        value={text}
        change={setText}
        hint={t(`marketplace.questions.read.${audience}`)}
        fault={faultAt(refusal, "/text")}
      />
    </Form>
  );
}
