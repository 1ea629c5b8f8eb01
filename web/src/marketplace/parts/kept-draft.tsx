// A job that is kept as a draft while it is typed.
import { useCallback, useRef } from "react";
import { beginDraft, keepDraft } from "@partcommune/shared/marketplace/api";
import { useRouteContext } from "@tanstack/react-router";
import { freshKey } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useKept, type Keeping } from "../../platform/keeping.ts";
import { Link } from "../../ui/link.tsx";
import { useOwnTime } from "../../ui/when.tsx";
import { wordsToKeep, type JobWords } from "./job-form.tsx";

export type Draft = { readonly id: string; readonly version: number };

export type Written = { readonly client: string; readonly words: JobWords };

/** Keeps what is written of a job; a draft begins with the first change. */
export function useKeptDraft(written: Written, first: Draft | undefined): Keeping & { readonly draft: () => string | undefined } {
  const { call } = useRouteContext({ from: "__root__" });
  const draft = useRef(first);
  const keep = useCallback(
    async ({ client, words }: Written): Promise<void> => {
      const said = { client, words: wordsToKeep(words) };
      const key = freshKey();
      draft.current = draft.current
        ? { ...draft.current, ...(await call(keepDraft, { draft: draft.current.id, version: draft.current.version, ...said }, { key })) }
        : await call(beginDraft, said, { key });
    },
    [call],
  );
  return { ...useKept(written, keep), draft: () => draft.current?.id };
}

/** Whether what is typed is kept, and where it is found again. */
export function DraftKept({ keeping: { keptAt, failed } }: { readonly keeping: Keeping }) {
  const t = useT();
  const time = useOwnTime();
  return (
    <p className="hint" role="status">
      {failed ? t("marketplace.draft.failed") : undefined}
      {keptAt ? t("marketplace.draft.kept", { time: time(keptAt) }) : undefined} <Link to="/client/jobs">{t("marketplace.own.title")}</Link>
    </p>
  );
}
