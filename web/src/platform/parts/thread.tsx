// The thread of a thing: what was said, oldest on top, how far the other has read, and the field for the next word.
import { listMessages, markRead } from "@partcommune/shared/platform/api/messages";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { topicOf, type Subject } from "@partcommune/shared/platform/subject";
import { useRouteContext } from "@tanstack/react-router";
import { Suspense, useEffect, useRef, useState } from "react";
import { freshKey, useWanted } from "../call.tsx";
import { useT } from "../i18n.tsx";
import { useTell } from "../said.tsx";
import { Composer } from "./composer.tsx";
import { Message } from "./message.tsx";

type OnSubject = { readonly on: Subject };
type Told = ToldOf<typeof listMessages>;

/** `says` and `hint`: what it is called and who reads it, where it is no exchange between two sides. */
export function Thread({ on, says, hint }: OnSubject & { readonly says?: string; readonly hint?: string }) {
  const t = useT();
  const { items, mayWrite, readBy } = useWanted(listMessages, on, topicOf(on));
  useArrivals(items);
  useReading(items);
  return (
    <section className="thread" aria-labelledby="thread">
      <h2 id="thread" tabIndex={-1}>
        {says ?? t("platform.thread.title")}
      </h2>
      {items.length === 0 ? <p role="status">{t("platform.thread.empty")}</p> : <Said on={on} />}
      <Read items={items} readBy={readBy} />
      {mayWrite ? <Composer on={on} hint={hint} /> : <p>{t("platform.thread.closed")}</p>}
    </section>
  );
}

/** One page of the thread, and above it, once somebody asks, the page before. */
function Said({ on, after }: OnSubject & { readonly after?: string }) {
  const t = useT();
  const { items, next } = useWanted(listMessages, { ...on, ...(after ? { after } : {}) }, topicOf(on));
  const [earlier, show] = useState(false);
  return (
    <>
      {next && earlier ? (
        <Suspense fallback={<p role="status">{t("platform.thread.earlier.wait")}</p>}>
          <Said on={on} after={next} />
        </Suspense>
      ) : undefined}
      {next && !earlier ? (
        <button type="button" className="quiet" onClick={() => show(true)}>
          {t("platform.thread.earlier")}
        </button>
      ) : undefined}
      <ol className="said">
        {items.toReversed().map((message) => (
          <Message key={message.id} message={message} />
        ))}
      </ol>
    </>
  );
}

/** Says under the newest word of one's own who has read it. */
function Read({ items: [newest], readBy }: Pick<Told, "items" | "readBy">) {
  const t = useT();
  const names = readBy.filter(({ upTo }) => upTo === newest?.id).map(({ name }) => name);
  return newest?.author.me && names.length > 0 ? (
    <p className="hint">{t("platform.thread.readBy", { names: names.join(", ") })}</p>
  ) : undefined;
}

/** Tells a screen reader who wrote while the page was open. */
function useArrivals([newest]: Told["items"]): void {
  const t = useT();
  const tell = useTell();
  const known = useRef(newest?.id);
  useEffect(() => {
    if (newest && newest.id !== known.current && !newest.author.me) tell(t("platform.thread.wrote", { name: newest.author.name }));
    known.current = newest?.id;
  }, [newest, t, tell]);
}

/** What stands on a page that is looked at counts as read. */
function useReading([newest]: Told["items"]): void {
  const { call } = useRouteContext({ from: "__root__" });
  const message = newest && !newest.author.me ? newest.id : undefined;
  useEffect(() => {
    const note = (): void => {
      // A mark that gets lost is made at the next visit.
      if (message && document.visibilityState === "visible") void call(markRead, { message }, { key: freshKey() }).catch(() => undefined);
    };
    note();
    document.addEventListener("visibilitychange", note);
    return () => document.removeEventListener("visibilitychange", note);
  }, [call, message]);
}
