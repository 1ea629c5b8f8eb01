// When the fund warns in public, and when its board answers.
import { pots, type PerPot, type Pot } from "../../governance/rules/pots.ts";
import { wholePpm, type Ppm } from "../../platform/money.ts";
import { refuse, type Refusal } from "../../platform/refusal.ts";
import { concentrations, type Concentration } from "./concentration.ts";

export const warningCauses = ["coverage", "floor", ...concentrations] as const;
export type WarningCause = (typeof warningCauses)[number];

export const answerKinds = ["accepted", "plan"] as const;

/** The board answers within so many days. */
export const answerDays = 30;
/** In the first days of its work everything hangs on one client, and nobody learns anything from hearing it. */
export const youngDays = 30;

/** What is beyond what members voted; below its floor is one pot, and beside it another may be. */
export type Found = { readonly cause: WarningCause; readonly pot?: Pot; readonly ppm: Ppm; readonly limit: Ppm };

/** The coverage, where it is less than members voted. */
export const coverageMissed = (coverage: Ppm | undefined, limit: Ppm): readonly Found[] =>
  coverage !== undefined && coverage < limit ? [{ cause: "coverage", ppm: coverage, limit }] : [];

/** What more of the work hangs on than members voted. */
export const hangingTooMuch = (found: readonly Concentration[]): readonly Found[] =>
  found.filter(({ level }) => level === "red").map(({ by, ppm, limit }) => ({ cause: by, ppm, limit }));

/** The pots that hold all that must stay in them. */
export const potsFilled = (held: PerPot<bigint>, floors: PerPot<bigint>): readonly Pot[] => pots.filter((pot) => held[pot] >= floors[pot]);

/** The pots that fell below their floors. One that was never filled has not fallen: that it begins with less is what its founders read before they began. */
export const potsFallen = (held: PerPot<bigint>, floors: PerPot<bigint>, everFilled: ReadonlySet<Pot>): readonly Found[] =>
  pots
    .filter((pot) => held[pot] < floors[pot] && everFilled.has(pot))
    .map((pot) => ({ cause: "floor", pot, ppm: partOf(held[pot], floors[pot]), limit: wholePpm }));

/** Of a floor, rounded down; nothing of one where there is none or less than nothing. */
const partOf = (held: bigint, floor: bigint): Ppm => (held > 0n && floor > 0n ? (held * wholePpm) / floor : 0n);

/** A warning is answered once. */
export const objectionToAnswer = ({ isAnswered }: { readonly isAnswered: boolean }): Refusal | undefined =>
  isAnswered ? refuse("not-in-this-state", { state: "answered" }) : undefined;
