// A second choice: folded until somebody wants it.
import type { ReactNode } from "react";

export function Unfold({ says, children }: { readonly says: string; readonly children: ReactNode }) {
  return (
    <details className="unfold">
      <summary>{says}</summary>
      {children}
    </details>
  );
}
