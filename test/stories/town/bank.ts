// The bank of a town: it carries out the files of payouts on the day they ask for, takes what clients pay, and writes a statement each morning.
import { dayAfter, isWorkingDay, type Calendar } from "@partcommune/shared/platform/calendar";
import type { Day } from "@partcommune/shared/platform/time";
import { camt, type Line } from "../../support/camt.ts";

export type Bank = {
  /** Somebody pays, by the bank's next open day, what they owe by then. */
  readonly takes: (day: Day, cents: () => bigint, reference: string) => void;
  /** The coop pays somebody itself, with these words. */
  readonly pays: (day: Day, cents: bigint, words: string) => void;
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

type Coming = Omit<Line, "amount"> & { readonly on: Day; readonly cents: () => bigint };

/** Opens an account with so much on it; what comes in on a day of rest of this calendar is booked on the next it works. */
export function openBank(opening: bigint, calendar: Calendar): Bank {
  const coming: Coming[] = [];
  let balance = opening;
  let count = 0;
  const openDay = (day: Day): Day => (isWorkingDay(day, calendar) ? day : openDay(dayAfter(day)));
  const named = (line: Omit<Coming, "ref">): void => void coming.push({ ...line, ref: `B${(count += 1)}` });
  return {
    takes: (day, cents, reference) => named({ on: openDay(day), cents, reference }),
    pays: (day, cents, words) => named({ on: openDay(day), cents: () => -cents, words }),
    carriesOut: (file) => {
      const on = /<ReqdExctnDt><Dt>([\d-]+)</.exec(file)?.[1] as Day;
      for (const [, endToEnd = "", amount = ""] of file.matchAll(/<EndToEndId>([A-Z2-7]{26})<.*?<InstdAmt Ccy="EUR">([\d.]+)</gs))
        named({ on: openDay(on), cents: () => -centsOf(amount), endToEnd });
    },
    statement: (day) => {
      const due = coming.filter(({ on }) => on < day);
      coming.splice(0, coming.length, ...coming.filter(({ on }) => on >= day));
      const lines = due.map(({ cents, ...line }) => ({ ...line, minor: cents() })).filter(({ minor }) => minor !== 0n);
      if (lines.length === 0) return undefined;
      const said = lines.map(({ minor, ...line }): Line => ({ ...line, amount: decimal(minor) }));
      const file = camt(said, { name: day, opening: decimal(balance), until: dayAfter(day, -1) });
      balance += lines.reduce((so, { minor }) => so + minor, 0n);
      return file;
    },
    balance: () => balance,
  };
}
