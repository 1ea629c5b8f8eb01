// Asking a person about what a rule said: one's own words, and by when another person answers.
import { useState } from "react";
import { askPerson } from "@partcommune/shared/platform/api/review";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { useAct } from "../platform/call.tsx";
import { useT } from "../platform/i18n.tsx";
import { LongField } from "./field.tsx";
import { faultAt, RefusalWords } from "./refusal-words.tsx";
import { Unfold } from "./unfold.tsx";
import { useUntil } from "./when.tsx";

/** It may stand inside another form, so it is none itself. */
export function AskPerson({ about }: { readonly about: Omit<AskedOf<typeof askPerson>, "text"> }) {
  const t = useT();
  const until = useUntil();
  const [text, setText] = useState("");
  const { act, busy, told, refusal } = useAct(askPerson);
  if (told) return <p role="status">{t("platform.review.asked", { until: until(told.answerBy) })}</p>;
  return (
    <Unfold says={t("platform.review.ask")}>
      <div className="form">
        <LongField
          label={t("platform.review.text")}
          name="review"
          value={text}
          change={setText}
          hint={t("platform.review.hint")}
          fault={faultAt(refusal, "/text")}
        />
        {refusal ? <RefusalWords problem={refusal} /> : undefined}
        <p className="acts">
          <button type="button" disabled={busy || text.trim() === ""} onClick={() => void act({ ...about, text })}>
            {t("platform.review.send")}
          </button>
        </p>
      </div>
    </Unfold>
  );
}
