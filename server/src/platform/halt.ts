// What stops a command at a terminal: one sentence for the person who typed it, and nothing was changed.

/** Thrown where a command cannot go on for a reason its person can mend; the terminal prints the sentence alone. */
export class Halt extends Error {}

/** Stops unless a condition holds. */
export function haltUnless(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Halt(sentence);
}
