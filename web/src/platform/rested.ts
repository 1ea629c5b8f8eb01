// What is typed or moved, once it rests: each value on the way to another would be asked for in vain.
import { useEffect, useState } from "react";

const restMs = 400;

/** The last value that stayed for a while; at first what stands there. */
export function useRested(value: string): string {
  const [rested, rest] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => rest(value), restMs);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
