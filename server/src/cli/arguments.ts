// What stands behind a flag, read before the command is loaded; anything else was asked wrongly.
import { InvalidArgumentError } from "commander";
import { bylawKeys } from "@partcommune/shared/governance/rules/bylaws";
import type { Day } from "@partcommune/shared/platform/time";
import { changeFrom, type Wanted } from "@partcommune/shared/governance/rules/change-text";

/** `fee.rate=79000` as one more value to try. */
export function oneMoreValue(text: string, before: readonly Wanted[] = []): readonly Wanted[] {
  const [name = "", ...rest] = text.split("=");
  const key = bylawKeys.find((each) => each === name);
  if (key === undefined) throw new InvalidArgumentError(`There is no bylaw ${name}.`);
  const wanted = changeFrom(key, rest.join("="));
  if ("faults" in wanted) throw new InvalidArgumentError(`${key} takes: ${wanted.faults.join("; ")}.`);
  return [...before.filter((each) => each.key !== key), wanted];
}

/** A whole number within bounds; anything else was asked wrongly. */
export const countBetween =
  (least: number, most: number) =>
  (text: string): number => {
    const count = Number(text);
    if (Number.isInteger(count) && least <= count && count <= most) return count;
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
  };

/** A day that is moved by hand. */
export type Moved = { readonly day: Day; readonly name: string };

/** `2027-12-11=munkanap` as one more day that somebody enters by hand. */
export function oneMoreDay(text: string, before: readonly Moved[] = []): readonly Moved[] {
  const [, day, name] = /^(\d{4}-\d\d-\d\d)=(.+)$/.exec(text) ?? [];
  if (day === undefined || name === undefined) throw new InvalidArgumentError("Write the day and what it is called: 2027-12-11=munkanap.");
  return [...before, { day: day as Day, name }];
}

/** A year as a command is given it. */
export function yearFrom(text: string): number {
  if (!/^20\d\d$/.test(text)) throw new InvalidArgumentError("Write a year: 2027.");
  return Number(text);
}
