// Text that is not sent yet, kept on this device for its person and place; signing out clears it with everything else here.
import { readSession } from "@partcommune/shared/platform/api";
import { useEffect, useState } from "react";
import { useWanted } from "./call.tsx";

const restMs = 400;

export type Draft = {
  readonly text: string;
  readonly write: (text: string) => void;
  /** When it was kept; undefined while there is nothing, or while it is being typed. */
  readonly keptAt: number | undefined;
};

/** A text that survives a closed page: `place` says where it is typed, `message:engagement:0198…`. */
export function useDraft(place: string): Draft {
  const { person } = useWanted(readSession, {});
  const key = `draft:${person?.id ?? ""}:${place}`;
  const [text, write] = useState("");
  const [keptAt, setKeptAt] = useState<number>();
  useEffect(() => write(localStorage.getItem(key) ?? ""), [key]);
  useEffect(() => {
    setKeptAt(undefined);
    if (text === "") return localStorage.removeItem(key);
    const rested = setTimeout(() => {
      localStorage.setItem(key, text);
      setKeptAt(Date.now());
    }, restMs);
    return () => clearTimeout(rested);
  }, [key, text]);
  return { text, write, keptAt };
}
