// Chance in a simulation: the same for the same seed.
import { seededRandom } from "../platform/world.ts";

export type Chance = {
  /** A whole number from 0 to below this. */
  readonly below: (end: number) => number;
  readonly some: <Each>(list: readonly Each[]) => Each;
};

export function chanceFrom(seed: string): Chance {
  const random = seededRandom(seed);
  const below = (end: number): number => Buffer.from(random(6)).readUIntBE(0, 6) % end;
  return {
    below,
    some: (list) => {
      const [one] = list.slice(below(list.length));
      if (one === undefined) throw new RangeError("nothing to choose from");
      return one;
    },
  };
}
