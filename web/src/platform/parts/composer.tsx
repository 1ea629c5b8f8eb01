// The field for the next message: kept on this device until it is sent, sent by itself once the line is back, with files beside it.
import { writeMessage } from "@partcommune/shared/platform/api/messages";
import { topicOf, type Subject } from "@partcommune/shared/platform/subject";
import { useEffect } from "react";
import { LongField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { useOwnTime } from "../../ui/when.tsx";
import { useAct } from "../call.tsx";
import { useDraft } from "../drafts.ts";
import { useT } from "../i18n.tsx";
import { useUploads } from "../upload.ts";
import { FilePicker } from "./files.tsx";

export function Composer({ on, hint }: { readonly on: Subject; readonly hint: string | undefined }) {
  const t = useT();
  const time = useOwnTime();
  const { text, write, keptAt } = useDraft(`message:${topicOf(on)}`);
  const uploads = useUploads(on);
  const { act, busy, refusal } = useAct(writeMessage);
  const send = async (): Promise<void> => {
    if (!(await act({ ...on, text, ...(uploads.arrived.length > 0 ? { files: [...uploads.arrived] } : {}) }))) return;
    write("");
    uploads.forget();
  };
  useOnceBack(refusal?.status === 0, send);
  return (
    <Form
      act={send}
      says={t("platform.thread.send")}
      busy={busy}
      ready={!uploads.busy && (text.trim() !== "" || uploads.arrived.length > 0)}
      refusal={refusal}
    >
      <LongField
        label={t("platform.thread.text")}
        name="message"
        rows={3}
        value={text}
        change={write}
        hint={keptAt ? t("platform.thread.kept", { time: time(keptAt) }) : (hint ?? t("platform.thread.hint"))}
        fault={faultAt(refusal, "/text")}
      />
      <FilePicker uploads={uploads} />
    </Form>
  );
}

/** A message that found no way out leaves when the browser says that the line is back. The key stays, so it arrives once. */
function useOnceBack(waits: boolean, send: () => Promise<void>): void {
  useEffect(() => {
    if (!waits) return undefined;
    const leave = (): void => void send();
    addEventListener("online", leave);
    return () => removeEventListener("online", leave);
  });
}
