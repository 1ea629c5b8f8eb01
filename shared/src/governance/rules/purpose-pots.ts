// The pots out of which members can set money aside; the others keep promises that were made.
import type { Pot } from "./pots.ts";

export const purposePots = ["running", "reserve"] as const satisfies readonly Pot[];
export type PurposePot = (typeof purposePots)[number];
