// One line of a list of facts: what it is, and what holds.
import type { ReactNode } from "react";

export function Fact({ says, children }: { readonly says: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{says}</dt>
      <dd>{children}</dd>
    </div>
  );
}
