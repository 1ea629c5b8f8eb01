// Day or night: the system's choice unless the reader made one, set before the first paint.
import { useSyncExternalStore } from "react";

export const schemes = ["system", "day", "night"] as const;
export type Scheme = (typeof schemes)[number];

const kept = "scheme";

/** Runs in the head under the page's nonce, so that a night reader never sees a white flash. */
export const schemeScript = `try{const s=localStorage.getItem("${kept}");if(s==="day"||s==="night")document.documentElement.dataset.scheme=s}catch{}`;

const watchers = new Set<() => void>();

function choose(scheme: Scheme): void {
  const { dataset } = document.documentElement;
  if (scheme === "system") delete dataset["scheme"];
  else dataset["scheme"] = scheme;
  // A browser that keeps nothing (private window, full disk) still shows the choice until the tab closes.
  try {
    localStorage.setItem(kept, scheme);
  } catch {}
  for (const told of watchers) told();
}

const watch = (told: () => void) => {
  watchers.add(told);
  return () => watchers.delete(told);
};

const chosen = (): Scheme => schemes.find((scheme) => scheme === document.documentElement.dataset["scheme"]) ?? "system";

export function useScheme(): readonly [Scheme, (scheme: Scheme) => void] {
  return [useSyncExternalStore(watch, chosen, () => "system" as const), choose];
}
