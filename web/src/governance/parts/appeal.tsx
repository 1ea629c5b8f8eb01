// An author who does not accept a no asks a panel drawn by lot.
import { appealProposal } from "@partcommune/shared/governance/api";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { LongField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import type { ProposalTold } from "../screens/proposal.tsx";

export function Appeal({ proposal: { id } }: { readonly proposal: ProposalTold }) {
  const t = useT();
  const [text, setText] = useState("");
  const { act, busy, refusal } = useAct(appealProposal);
  return (
    <Unfold says={t("panels.appeal")}>
      <Form
        act={async () => void (await act({ proposal: id, text }))}
        says={t("panels.appeal.send")}
        busy={busy}
        ready={text.trim() !== ""}
        refusal={refusal}
      >
        <p>{t("panels.appeal.says")}</p>
        <LongField label={t("panels.appeal.why")} name="appeal" value={text} change={setText} rows={5} />
      </Form>
    </Unfold>
  );
}
