// A file that somebody reads in: chosen, read, and what came of it below.
import type { ProblemBody } from "@partcommune/shared/platform/refusal";
import { useId, useState, type ReactNode } from "react";
import { Form } from "../../ui/form.tsx";

type Reading = {
  readonly label: string;
  readonly hint: string;
  /** The kinds of file that are offered, as the browser names them. */
  readonly accepts: string;
  readonly says: string;
  readonly busy: boolean;
  readonly refusal: ProblemBody | undefined;
  readonly read: (file: File) => Promise<void>;
  readonly children: ReactNode;
};

export function ReadIn({ label, hint, accepts, says, busy, refusal, read, children }: Reading) {
  const id = useId();
  const [file, setFile] = useState<File>();
  return (
    <Form
      act={async () => {
        if (file) await read(file);
      }}
      says={says}
      busy={busy}
      ready={file !== undefined}
      refusal={refusal}
    >
      <div className="field">
        <label htmlFor={id}>{label}</label>
        <input id={id} type="file" accept={accepts} aria-describedby={`${id}-hint`} onChange={({ target }) => setFile(target.files?.[0])} />
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      </div>
      {children}
    </Form>
  );
}
