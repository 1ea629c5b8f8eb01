// What becomes of a price, as one bar: bottle green for a person, hatched for what is common. A label says each in words.
import { Hatch } from "./hatch.tsx";

export type Slice = { readonly key: string; readonly label: string; readonly parts: number; readonly common: boolean };

export function Bar({ says, slices }: { readonly says: string; readonly slices: readonly Slice[] }) {
  return (
    <div role="img" aria-label={says} className="bar">
      {slices
        .filter(({ parts }) => parts > 0)
        .map(({ key, parts, common }) =>
          common ? <Hatch key={key} style={{ flexGrow: parts }} /> : <span key={key} className="mine" style={{ flexGrow: parts }} />,
        )}
    </div>
  );
}
