// Which figure a page of entries is about, and as of which day, as its address says. What is no figure counts as all pots.
import { figureIds, type FigureId } from "@partcommune/shared/mutual/rules/figures";

export type FigureAsked = { readonly figure: FigureId; readonly on?: string; readonly after?: string };

export function figureIn(address: Readonly<Record<string, unknown>>): FigureAsked {
  const { on, after } = address;
  return {
    figure: figureIds.find((id) => id === address["figure"]) ?? "total",
    ...(/^\d{4}-\d{2}-\d{2}$/.test(String(on)) ? { on: String(on) } : {}),
    ...(typeof after === "string" ? { after } : {}),
  };
}
