// What a teller counted of the papers under an item.
import { enterPapers } from "@partcommune/shared/community/api/meeting";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";

const answers = ["yes", "no", "abstain"] as const;

export function Papers({ id, item }: { readonly id: string; readonly item: string }) {
  const t = useT();
  const [typed, type] = useState({ yes: "", no: "", abstain: "" });
  const { act, busy, refusal } = useAct(enterPapers);
  const send = async (): Promise<void> =>
    void (await act({ gathering: id, item, yes: Number(typed.yes), no: Number(typed.no), abstain: Number(typed.abstain) }));
  const isWhole = answers.every((answer) => /^\d+$/.test(typed[answer].trim()));
  return (
    <Form act={send} says={t("community.papers.send")} busy={busy} ready={isWhole} refusal={refusal}>
      <p>{t("community.papers.ask")}</p>
      {answers.map((answer) => (
        <Field
          key={answer}
          label={t(`community.papers.${answer}`)}
          name={answer}
          value={typed[answer]}
          change={(value) => type({ ...typed, [answer]: value })}
          fault={faultAt(refusal, `/${answer}`)}
        />
      ))}
    </Form>
  );
}
