// Whether enough came: a part of the roll, compared without a division.

/** Whether those who cast are at least so many parts per million of the roll. Abstaining counts as coming. */
export const isQuorate = (cast: number, roll: number, ppm: number): boolean =>
  BigInt(cast) * 1_000_000n >= BigInt(ppm) * BigInt(roll) && cast > 0;
