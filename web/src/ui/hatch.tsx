// Money that becomes common, drawn as mustard hatching: always and only that.
import type { CSSProperties } from "react";

export function Hatch({ style }: { readonly style?: CSSProperties }) {
  return <span className="hatch" {...(style ? { style } : {})} />;
}
