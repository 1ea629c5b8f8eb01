// Objections to a roll as the board answers them: each with a reason, by somebody it is not about.
import { answerObjection, listObjections } from "@partcommune/shared/governance/api/roll";
import { useState } from "react";
import { useAct, useAsked } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { LongField, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import type { VoteTold } from "../screens/vote.tsx";
import { Objection, type ObjectionTold } from "./objection.tsx";

export function BoardObjections({ vote: { id } }: { readonly vote: VoteTold }) {
  const t = useT();
  const items = useAsked(listObjections, { vote: id }, true, `vote:${id}`)?.items ?? [];
  if (items.length === 0) return undefined;
  return (
    <>
      <h3>{t("votes.objections")}</h3>
      <ul className="rows">
        {items.map((objection) => (
          <Objection key={objection.id} objection={objection}>
            {objection.answer ? undefined : <Answer objection={objection} />}
          </Objection>
        ))}
      </ul>
    </>
  );
}

const decisions = ["reject", "uphold"] as const;

function Answer({ objection: { id } }: { readonly objection: ObjectionTold }) {
  const t = useT();
  const [decision, setDecision] = useState<(typeof decisions)[number]>("reject");
  const [reason, setReason] = useState("");
  const { act, busy, refusal } = useAct(answerObjection);
  return (
    <Unfold says={t("votes.objections.answer")}>
      <Form
        act={async () => void (await act({ objection: id, upheld: decision === "uphold", reason }))}
        says={t("votes.objections.send")}
        busy={busy}
        ready={reason.trim() !== ""}
        refusal={refusal}
      >
        <Pick
          label={t("votes.objections.decision")}
          name="decision"
          value={decision}
          change={setDecision}
          options={decisions.map((value) => ({ value, says: t(`votes.objections.${value}`) }))}
        />
        <LongField label={t("votes.objections.reason")} name="reason" value={reason} change={setReason} rows={3} />
      </Form>
    </Unfold>
  );
}
