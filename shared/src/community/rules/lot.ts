// The lot of the tellers: whoever has the seed and the names of those who came draws the same two.
import { orderOf } from "../../governance/rules/lot.ts";
import type { Id } from "../../platform/id.ts";

export const tellersDrawn = 2;

/** The first of those present in the order of the lot. */
export const drawTellers = (seed: string, present: readonly Id[]): readonly Id[] => orderOf(seed, present).slice(0, tellersDrawn);
