// Long lists on their way into the database: a statement takes 65 535 values, and no list of a coop is bounded by that; and while one is written down as text, nobody else is answered.

/** As many rows as are written down in some milliseconds. */
export const mostTogether = 1_000;

/** A list in parts of at most so many, in its order. */
export const batchesOf = <Each>(all: readonly Each[], most: number): readonly (readonly Each[])[] =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, at) => all.slice(at * most, (at + 1) * most));
