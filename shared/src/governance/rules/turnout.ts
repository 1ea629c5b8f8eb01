// Whether enough came: a part of the roll, compared without a division.
import type { Notice } from "./notice.ts";
import type { College } from "./words.ts";

/** How many of a college stood on the roll, and how many of them cast. Abstaining counts as casting. */
export type Came = { readonly college: College; readonly roll: number; readonly cast: number };

const reaches = ({ roll, cast }: Pick<Came, "roll" | "cast">, ppm: number): boolean =>
  BigInt(cast) * 1_000_000n >= BigInt(ppm) * BigInt(roll) && cast > 0;

/** The colleges that anybody stands in: one that is empty can neither come nor stay away. */
export const standingOf = (came: readonly Came[]): readonly College[] => came.filter(({ roll }) => roll > 0).map(({ college }) => college);

/** All colleges together. */
export const inAll = (came: readonly Came[]): Pick<Came, "roll" | "cast"> => ({
  roll: came.reduce((sum, { roll }) => sum + roll, 0),
  cast: came.reduce((sum, { cast }) => sum + cast, 0),
});

/** Whether a vote that too few came to is convened once more: where it was not prolonged instead, and not asked before. */
export const isAskedAnew = ({ convocation, extensionDays }: Pick<Notice, "convocation" | "extensionDays">): boolean =>
  convocation === 1 && extensionDays === 0;

/** Whether those who cast are at least so many parts per million of the roll; of what is constitutional in every college. */
export const isQuorate = (came: readonly Came[], ppm: number, { everyCollege }: Pick<Notice, "everyCollege">): boolean =>
  everyCollege ? came.every((each) => each.roll === 0 || reaches(each, ppm)) && inAll(came).roll > 0 : reaches(inAll(came), ppm);
