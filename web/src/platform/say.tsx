// A text with links or emphasis inside: the sentence stays whole for the translator, the marked stretches become elements.
import { cloneElement, Fragment, type ReactElement, type ReactNode } from "react";
import { useT } from "./i18n.tsx";

type Marked = Readonly<Record<string, ReactElement<{ children?: ReactNode }>>>;

/** `<Say id="money.fee" with={{ see: <Link to="/fund" /> }} />` for "170.00 become common. <see>See where they go.</see>" */
export function Say({
  id,
  values,
  with: marks,
}: {
  readonly id: string;
  readonly values?: Readonly<Record<string, string | number>>;
  readonly with: Marked;
}) {
  const pieces = useT()(id, values).split(/<(\w+)>(.*?)<\/\1>/su);
  return <>{pieces.map((piece, at) => stretch(pieces, piece, at, marks))}</>;
}

/** `split` with two groups gives plain, name, inner, plain, name, inner, … */
function stretch(pieces: readonly string[], piece: string, at: number, marks: Marked): ReactNode {
  if (at % 3 === 1) return undefined;
  const mark = at % 3 === 2 ? marks[pieces[at - 1] ?? ""] : undefined;
  return mark ? cloneElement(mark, { key: at }, piece) : <Fragment key={at}>{piece}</Fragment>;
}
