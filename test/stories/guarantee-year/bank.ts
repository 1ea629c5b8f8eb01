// The bank of a year: it carries out the files of payouts on the day they ask for, takes what clients pay, and writes a statement each morning.
import { dayAfter, isWorkingDay, type Calendar } from "@partcommune/shared/platform/calendar";
import type { Day } from "@partcommune/shared/platform/time";
import { camt, type Line } from "../../support/camt.ts";

export type Bank = {
  /** Somebody pays, by the bank's next open day. */
  readonly takes: (day: Day, cents: bigint, reference: string) => void;
  /** Reads a file of transfers. */
  readonly carriesOut: (file: string) => void;
  /** Everything that was booked before this day and on no statement yet; nothing where there is nothing. */
  readonly statement: (day: Day) => string | undefined;
  /** What is on the account when everything on statements is booked, in cents. */
  readonly balance: () => bigint;
};

const decimal = (minor: bigint): string => {
  const digits = String(minor < 0n ? -minor : minor).padStart(3, "0");
  return `${minor < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
const centsOf = (amount: string): bigint => BigInt(amount.replace(".", ""));

type Booked = Line & { readonly on: Day };

/** Opens an account with so much on it; what comes in on a day of rest of this calendar is booked on the next it works. */
export function openBank(opening: bigint, calendar: Calendar): Bank {
  const coming: Booked[] = [];
  let balance = opening;
  let count = 0;
  const openDay = (day: Day): Day => (isWorkingDay(day, calendar) ? day : openDay(dayAfter(day)));
  const named = (line: Omit<Booked, "ref">): void => void coming.push({ ...line, ref: `B${(count += 1)}` });
  return {
    takes: (day, cents, reference) => named({ on: openDay(day), amount: decimal(cents), reference }),
    carriesOut: (file) => {
      const on = /<ReqdExctnDt><Dt>([\d-]+)</.exec(file)?.[1] as Day;
      for (const [, endToEnd = "", amount = ""] of file.matchAll(/<EndToEndId>([A-Z2-7]{26})<.*?<InstdAmt Ccy="EUR">([\d.]+)</gs))
        named({ on: openDay(on), amount: `-${amount}`, endToEnd });
    },
    statement: (day) => {
      const lines = coming.filter(({ on }) => on < day);
      if (lines.length === 0) return undefined;
      coming.splice(0, coming.length, ...coming.filter(({ on }) => on >= day));
      const file = camt(lines, { name: day, opening: decimal(balance), until: dayAfter(day, -1) });
      balance += lines.reduce((so, { amount }) => so + centsOf(amount), 0n);
      return file;
    },
    balance: () => balance,
  };
}
