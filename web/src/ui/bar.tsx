// What becomes of a price, as one bar: bottle green for a person, hatched for what is common, paper for contributions, ink for what somebody else keeps. A label says each in words.
import { Hatch } from "./hatch.tsx";

export type Slice = { readonly key: string; readonly parts: number; readonly as: "mine" | "common" | "contributions" | "lost" };

export function Bar({ says, slices }: { readonly says: string; readonly slices: readonly Slice[] }) {
  return (
    <div role="img" aria-label={says} className="bar">
      {slices
        .filter(({ parts }) => parts > 0)
        .map(({ key, parts, as }) =>
          as === "common" ? <Hatch key={key} style={{ flexGrow: parts }} /> : <span key={key} className={as} style={{ flexGrow: parts }} />,
        )}
    </div>
  );
}
