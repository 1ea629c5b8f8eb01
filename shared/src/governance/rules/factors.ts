// What jobs are ordered by when they are ordered for a reader, in the order in which it is told. Members vote what each weighs.

export const factors = ["text", "skills", "place", "fresh", "fewBids", "closing", "firstChance"] as const;
export type Factor = (typeof factors)[number];

/** A value for each factor: its weight, or what a job has of it. */
export type PerFactor<Value> = Readonly<Record<Factor, Value>>;
