// The live line of the signed-in part: it hears that a thing changed, never what, and asks again through the usual door.
import { readSession } from "@partcommune/shared/platform/api";
import { useQueryClient, type Query, type QueryClient } from "@tanstack/react-query";
import { createContext, use, useEffect, useState, type ReactNode } from "react";

/** `since` is when the line was lost; undefined while it is up or has been down for less than five seconds. */
export type LiveState = { readonly since: number | undefined };
type Hint = { readonly topic: string; readonly type?: string; readonly seq?: number };

const firstMs = 1_000;
const longestMs = 30_000;
const patienceMs = 5_000;
const showOut = 1008;

const Line = createContext<{ readonly state: LiveState; readonly watch: (topic: string) => () => void }>({
  state: { since: undefined },
  watch: () => () => undefined,
});

export const useLiveState = (): LiveState => use(Line).state;

/** Keeps a thing on screen true while it is shown: `useLive("engagement:0198…")`. */
export function useLive(topic: string): void {
  const { watch } = use(Line);
  useEffect(() => watch(topic), [watch, topic]);
}

/** `on` for the signed-in: a visitor's browser keeps no connection open. */
export function Live({ on, children }: { readonly on: boolean; readonly children: ReactNode }) {
  const query = useQueryClient();
  const [since, setSince] = useState<number>();
  const [line, setLine] = useState<ReturnType<typeof openLine>>();
  useEffect(() => {
    if (!on) return undefined;
    const shownOut = (): void => void query.invalidateQueries({ queryKey: [readSession.path] });
    const opened = openLine((hint) => askAgain(query, hint), setSince, shownOut);
    setLine(opened);
    return opened.close;
  }, [query, on]);
  return <Line value={{ state: { since }, watch: line?.watch ?? deaf }}>{children}</Line>;
}

const deaf = () => () => undefined;

/** `*` comes after a gap on the server's side: all that is on screen may be old. */
function askAgain(query: QueryClient, { topic }: Hint): void {
  const told = ({ meta }: Query): boolean => topic === "*" || meta?.["topic"] === topic;
  void query.invalidateQueries({ predicate: told, refetchType: "active" });
}

/** One socket that comes back by itself, and the count of who watches which topic. */
function openLine(hear: (hint: Hint) => void, lost: (since: number | undefined) => void, shownOut: () => void) {
  const watched = new Map<string, number>();
  let socket: WebSocket | undefined;
  let tries = 0;
  let closed = false;
  let timers: ReturnType<typeof setTimeout>[] = [];
  /** The server keeps the list it was told last. */
  const tellWatched = (): void => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ watch: [...watched.keys()] }));
  };
  const opened = (): void => {
    forgetTimers();
    lost(undefined);
    tellWatched();
    if (tries > 0) hear({ topic: "*" });
    tries = 0;
  };
  const gone = ({ code }: CloseEvent): void => {
    if (closed) return;
    // Whoever is shown out may be signed out: asking who is here says so, and then this line is closed.
    if (code === showOut) shownOut();
    const since = Date.now();
    if (tries === 0) timers.push(setTimeout(() => lost(since), patienceMs));
    timers.push(setTimeout(connect, waitMs(tries)));
    tries += 1;
  };
  const forgetTimers = (): void => {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
  };
  const connect = (): void => {
    socket = new WebSocket(`${location.origin.replace("http", "ws")}/live`);
    socket.addEventListener("open", opened);
    socket.addEventListener("close", gone);
    socket.addEventListener("message", ({ data }: MessageEvent<string>) => hear(JSON.parse(data) as Hint));
  };
  const close = (): void => {
    closed = true;
    forgetTimers();
    socket?.close();
  };
  const watch = (topic: string) => {
    const count = watched.get(topic) ?? 0;
    watched.set(topic, count + 1);
    if (count === 0) tellWatched();
    return () => void unwatch(topic);
  };
  const unwatch = (topic: string): void => {
    const left = (watched.get(topic) ?? 1) - 1;
    if (left > 0) return void watched.set(topic, left);
    watched.delete(topic);
    tellWatched();
  };
  connect();
  return { watch, close };
}

/** Doubles from one second to thirty, a fifth more or less, so that a thousand readers do not come back in one breath. */
const waitMs = (tries: number): number => Math.min(longestMs, firstMs * 2 ** tries) * (0.8 + Math.random() * 0.4);
