// When the fund warns in public, and when its board answers.
import type { Ppm } from "../../platform/money.ts";
import { refuse, type Refusal } from "../../platform/refusal.ts";
import { concentrations, type Concentration } from "./concentration.ts";

export const warningCauses = ["coverage", ...concentrations] as const;
export type WarningCause = (typeof warningCauses)[number];

export const answerKinds = ["accepted", "plan"] as const;

/** The board answers within so many days. */
export const answerDays = 30;
/** In the first days of its work everything hangs on one client, and nobody learns anything from hearing it. */
export const youngDays = 30;

export type Found = { readonly cause: WarningCause; readonly ppm: Ppm; readonly limit: Ppm };

/** Everything of which members voted to be told. */
export function warningsOf(coverage: Ppm | undefined, limit: Ppm, found: readonly Concentration[]): readonly Found[] {
  const hanging = found.filter(({ level }) => level === "red").map(({ by, ppm, limit: most }) => ({ cause: by, ppm, limit: most }));
  return coverage !== undefined && coverage < limit ? [{ cause: "coverage", ppm: coverage, limit }, ...hanging] : hanging;
}

/** A warning is answered once. */
export const objectionToAnswer = ({ isAnswered }: { readonly isAnswered: boolean }): Refusal | undefined =>
  isAnswered ? refuse("not-in-this-state", { state: "answered" }) : undefined;
