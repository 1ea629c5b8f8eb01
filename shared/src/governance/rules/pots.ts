// The pots of the mutual fund, in the order that breaks ties when a fee is split.

export const pots = ["guarantee", "insurance", "coaching", "advances", "reserve", "running"] as const;
export type Pot = (typeof pots)[number];

/** A value for each pot: its part of the fee in ppm, its floor, what it holds. */
export type PerPot<Value> = Readonly<Record<Pot, Value>>;
