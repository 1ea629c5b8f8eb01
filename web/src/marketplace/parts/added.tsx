// What others of a team add to the work, and the form to add one's own part.
import { addPart } from "@partcommune/shared/marketplace/api";
import { useAct } from "../../platform/call.tsx";
import { useDraft } from "../../platform/drafts.ts";
import { useT } from "../../platform/i18n.tsx";
import { FilePicker, Files } from "../../platform/parts/files.tsx";
import { useUploads } from "../../platform/upload.ts";
import { LongField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { At } from "../../ui/when.tsx";
import type { MilestoneTold } from "./told.ts";

export function Added({ milestone: { added } }: { readonly milestone: Pick<MilestoneTold, "added"> }) {
  const t = useT();
  if (added.length === 0) return undefined;
  return (
    <ol className="plain">
      {added.map(({ by, at, text, files }) => (
        <li key={`${at}${by}`}>
          <p className="hint">
            {t("teams.added.by", { name: by })}, <At at={at} />
          </p>
          {text === "" ? undefined : <p className="letter">{text}</p>}
          <Files files={files} />
        </li>
      ))}
    </ol>
  );
}

type AddPartProps = { readonly milestone: MilestoneTold; readonly engagement: string };

/** Words, files or both; who leads hands them in with the rest. */
export function AddPart({ milestone: { id }, engagement }: AddPartProps) {
  const t = useT();
  const { text, write } = useDraft(`addPart:${id}`);
  const uploads = useUploads({ subjectKind: "engagement", subject: engagement });
  const { act, busy, refusal } = useAct(addPart);
  const send = async (): Promise<void> => {
    if (await act({ milestone: id, text, ...(uploads.arrived.length > 0 ? { files: [...uploads.arrived] } : {}) })) write("");
  };
  return (
    <Form
      act={send}
      says={t("teams.added.act")}
      busy={busy}
      ready={!uploads.busy && (text.trim() !== "" || uploads.arrived.length > 0)}
      refusal={refusal}
    >
      <LongField
        label={t("teams.added.text")}
        name="part"
        value={text}
        change={write}
        hint={t("teams.added.hint")}
        fault={faultAt(refusal, "/text")}
        rows={4}
      />
      <FilePicker uploads={uploads} />
    </Form>
  );
}
