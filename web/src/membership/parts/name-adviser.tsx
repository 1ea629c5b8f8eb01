// Naming the adviser who follows a member: by the board, or handed over with a note.
import { useState } from "react";
import { listAdvisers, nameAdviser } from "@partcommune/shared/membership/api/portfolio";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { LongField, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";

type Naming = { readonly member: string; readonly name: string; readonly handover?: boolean };

export function NameAdviser({ member, name, handover = false }: Naming) {
  const t = useT();
  const { items } = useWanted(listAdvisers, {});
  const [adviser, setAdviser] = useState("");
  const [note, setNote] = useState("");
  const { act, busy, refusal } = useAct(nameAdviser);
  if (items.length === 0) return undefined;
  const written = note.trim() === "" ? {} : { note };
  return (
    <Unfold says={handover ? t("membership.adviser.handOver", { name }) : t("membership.adviser.nameFor", { name })}>
      <Form
        act={async () => void (await act({ member, adviser, ...written }))}
        says={t("membership.adviser.name")}
        busy={busy}
        ready={adviser !== "" && (!handover || note.trim() !== "")}
        refusal={refusal}
      >
        <Pick
          label={t("membership.adviser.who")}
          name="adviser"
          value={adviser}
          change={setAdviser}
          options={[{ value: "", says: t("membership.adviser.choose") }, ...items.map(({ id, name: says }) => ({ value: id, says }))]}
        />
        <LongField
          label={t("membership.adviser.note")}
          name="note"
          value={note}
          change={setNote}
          hint={t("membership.adviser.note.hint")}
          fault={faultAt(refusal, "/note")}
        />
      </Form>
    </Unfold>
  );
}
