// What a screen reader is told besides what has focus: one polite and one assertive region, in the shell.
import { createContext, use, useCallback, useEffect, useRef, useState, type ReactNode } from "react";

type Tone = "polite" | "assertive";
export type Tell = (text: string, tone?: Tone) => void;

const Told = createContext<Tell>(() => undefined);

/** `const tell = useTell()`, then `tell("26 jobs")`. */
export const useTell = (): Tell => use(Told);

export function Telling({ children }: { readonly children: ReactNode }) {
  const [said, setSaid] = useState({ polite: "", assertive: "" });
  const tell = useCallback<Tell>((text, tone = "polite") => setSaid((before) => ({ ...before, [tone]: again(before[tone], text) })), []);
  return (
    <Told value={tell}>
      {children}
      <div role="status" aria-live="polite" className="heard">
        {said.polite}
      </div>
      <div role="alert" aria-live="assertive" className="heard">
        {said.assertive}
      </div>
    </Told>
  );
}

/** The same words twice are no change to a screen reader; a trailing space makes them one. */
const again = (before: string, text: string): string => (before === text ? `${text}\u00a0` : text);

const quietMs = 700;

/** Says a text once it has not changed for a while; what stood there when the page came is not said. */
export function useTellWhenQuiet(text: string): void {
  const tell = useTell();
  const said = useRef(text);
  useEffect(() => {
    if (said.current === text) return undefined;
    const timer = setTimeout(() => {
      said.current = text;
      tell(text);
    }, quietMs);
    return () => clearTimeout(timer);
  }, [tell, text]);
}
