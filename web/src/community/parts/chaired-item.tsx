// What the chair does with an item: come to it, and close it with what is to be kept of it.
import { closeItem, openItem } from "@partcommune/shared/community/api/meeting";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { LongField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import type { ItemTold } from "./agenda.tsx";

type Part = { readonly id: string; readonly item: ItemTold };

/** `free`: no other item is open. */
export function ChairedItem({ id, item, free }: Part & { readonly free: boolean }) {
  if (item.state === "waiting") return free ? <Open id={id} item={item} /> : undefined;
  return item.state === "open" ? <Close id={id} item={item} /> : undefined;
}

function Open({ id, item }: Part) {
  const t = useT();
  const { act, busy, refusal } = useAct(openItem);
  return (
    <Form
      act={async () => void (await act({ gathering: id, item: item.id }))}
      says={t(item.vote ? "community.item.open.vote" : "community.item.open")}
      busy={busy}
      ready
      refusal={refusal}
    />
  );
}

function Close({ id, item }: Part) {
  const t = useT();
  const [note, setNote] = useState("");
  const { act, busy, refusal } = useAct(closeItem);
  return (
    <Form
      act={async () => void (await act({ gathering: id, item: item.id, note }))}
      says={t(item.vote ? "community.item.close.vote" : "community.item.close")}
      busy={busy}
      ready
      refusal={refusal}
    >
      <LongField label={t("community.item.note")} hint={t("community.item.note.hint")} name="note" value={note} change={setNote} rows={3} />
    </Form>
  );
}
