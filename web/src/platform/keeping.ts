// What somebody types, kept by the coop once typing rests, so that it can be finished on another day or another device.
import { useEffect, useRef, useState } from "react";

const restMs = 1_500;

export type Keeping = {
  /** When it was kept last, by the clock of this device. */
  readonly keptAt: number | undefined;
  /** What was typed last is not kept. */
  readonly failed: boolean;
  /** Waits until what is on its way is kept. */
  readonly settled: () => Promise<void>;
};

/** Keeps each new value, one after the other; the first one is known already. */
export function useKept<Value>(value: Value, keep: (value: Value) => Promise<void>): Keeping {
  const line = useRef(Promise.resolve());
  const known = useRef(value);
  const [state, setState] = useState<Pick<Keeping, "keptAt" | "failed">>({ keptAt: undefined, failed: false });
  useEffect(() => {
    if (value === known.current) return undefined;
    const next = async (): Promise<void> => {
      known.current = value;
      try {
        await keep(value);
        setState({ keptAt: Date.now(), failed: false });
      } catch {
        setState({ keptAt: undefined, failed: true });
      }
    };
    const rested = setTimeout(() => void (line.current = line.current.then(next)), restMs);
    return () => clearTimeout(rested);
  }, [keep, value]);
  return { ...state, settled: () => line.current };
}
