// Contesting what a vote came to, before it is carried out.
import { contestVote } from "@partcommune/shared/governance/api";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { LongField, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { Until } from "../../ui/when.tsx";
import type { VoteTold } from "../screens/vote.tsx";

const grounds = ["roll", "text", "secrecy", "count", "competence"] as const;

export function Contest({ vote: { id, contestUntil } }: { readonly vote: VoteTold }) {
  const t = useT();
  const [ground, setGround] = useState<(typeof grounds)[number]>("count");
  const [text, setText] = useState("");
  const { act, busy, told, refusal } = useAct(contestVote);
  return (
    <Unfold faint says={t("votes.contest")}>
      {told ? (
        <p role="status">{t("votes.contest.done", { count: told.contests, needed: told.needed })}</p>
      ) : (
        <Form
          act={async () => void (await act({ vote: id, ground, text }))}
          says={t("votes.contest.send")}
          busy={busy}
          ready={text.trim() !== ""}
          refusal={refusal}
        >
          <p>
            {t("votes.contest.says")} {contestUntil ? <Until at={contestUntil} /> : undefined}
          </p>
          <Pick
            label={t("votes.contest.ground")}
            name="ground"
            value={ground}
            change={setGround}
            options={grounds.map((value) => ({ value, says: t(`votes.contest.${value}`) }))}
          />
          <LongField label={t("votes.argue.text")} name="contest" value={text} change={setText} rows={4} />
        </Form>
      )}
    </Unfold>
  );
}
