// How much of a vote it takes: fractions that are compared exactly, and what "so many people" means in a coop of any size.
import type { BylawClass } from "./words.ts";

/** `over` parts of `under`, under above zero. Two thirds is no decimal number. */
export type Fraction = { readonly over: bigint; readonly under: bigint };

/** A fraction as bylaws write it, "2/3". */
export function fractionOf(text: string): Fraction {
  const [over = "", under = ""] = text.split("/");
  return { over: BigInt(over), under: BigInt(under) };
}

/** Below zero when the first is less, zero when both are the same, by multiplying crosswise. */
export function compare(one: Fraction, other: Fraction): number {
  const difference = one.over * other.under - other.over * one.under;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** What a share of the votes must come to. Ordinary decisions take more than it, graver ones may equal it. */
export type Majority = Fraction & { readonly strict: boolean };

export const majorityFor = (text: string, class_: BylawClass): Majority => ({ ...fractionOf(text), strict: class_ === "ordinary" });

export const isReached = (share: Fraction, majority: Majority): boolean => compare(share, majority) >= (majority.strict ? 1 : 0);

/** How many people a bylaw's threshold asks for among so many: a part of them, rounded up, within its bounds, and never more than there are. */
export function peopleNeeded(
  { ppm, least, most }: { readonly ppm: bigint; readonly least: number; readonly most: number },
  among: number,
): number {
  const part = Number((BigInt(among) * ppm + 999_999n) / 1_000_000n);
  return Math.min(Math.max(part, least), most, Math.max(among, 1));
}
