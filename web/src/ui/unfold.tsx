// A second choice: folded until somebody wants it; `faint` where it ends something.
import type { ReactNode } from "react";

type UnfoldProps = { readonly says: string; readonly faint?: boolean; readonly children: ReactNode };

export function Unfold({ says, faint = false, children }: UnfoldProps) {
  return (
    <details className={faint ? "unfold faint" : "unfold"}>
      <summary>{says}</summary>
      {children}
    </details>
  );
}
