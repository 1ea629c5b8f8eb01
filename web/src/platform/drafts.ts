// Unsent writing kept on this device, by person, kind and subject, so that a closed tab or a dead network loses nothing.
import { clear, createStore, del, get, set } from "idb-keyval";
import { useCallback, useEffect, useRef, useState } from "react";

export type DraftKind = "bid" | "expense" | "message" | "handIn" | "job" | "proposal";
export type DraftOf = { readonly person: string; readonly kind: DraftKind; readonly subject: string };
/** `base` is the version of the thing the draft was begun on: when it moved meanwhile, both are shown. */
export type Draft<Content> = { readonly content: Content; readonly keptAt: number; readonly base?: string };

const restMs = 400;
const store = () => createStore("partcommune-drafts", "drafts");
const keyOf = ({ person, kind, subject }: DraftOf): string => [person, kind, subject].join(" ");

export const keepDraft = <Content>(of: DraftOf, draft: Draft<Content>): Promise<void> => set(keyOf(of), draft, store());
export const draftOf = <Content>(of: DraftOf): Promise<Draft<Content> | undefined> => get<Draft<Content>>(keyOf(of), store());
export const dropDraft = (of: DraftOf): Promise<void> => del(keyOf(of), store());
/** On signing out, after the person was asked. */
export const dropAllDrafts = (): Promise<void> => clear(store());

export type Drafting<Content> = {
  readonly content: Content;
  readonly change: (content: Content) => void;
  readonly keptAt: number | undefined;
  readonly base: string | undefined;
  readonly drop: () => void;
};

/** The content of a form, begun from its draft when there is one, kept 400 ms after the last key. */
export function useDraft<Content>(of: DraftOf, empty: Content, base?: string): Drafting<Content> {
  const [draft, setDraft] = useState<Draft<Content>>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { person, kind, subject } = of;
  useEffect(() => {
    void draftOf<Content>({ person, kind, subject }).then(setDraft, () => undefined);
    return () => clearTimeout(timer.current);
  }, [person, kind, subject]);
  const change = useCallback(
    (content: Content) => {
      const next = { content, keptAt: Date.now(), ...(base ? { base } : {}) };
      setDraft((before) => ({ ...next, keptAt: before?.keptAt ?? 0 }));
      clearTimeout(timer.current);
      timer.current = setTimeout(
        () =>
          void keepDraft({ person, kind, subject }, next).then(
            () => setDraft(next),
            () => undefined,
          ),
        restMs,
      );
    },
    [person, kind, subject, base],
  );
  const drop = useCallback(() => {
    clearTimeout(timer.current);
    setDraft(undefined);
    void dropDraft({ person, kind, subject });
  }, [person, kind, subject]);
  return { content: draft?.content ?? empty, change, keptAt: draft?.keptAt || undefined, base: draft?.base, drop };
}
