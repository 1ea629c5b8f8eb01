// The entry of a line of the bank: posted once, under the line's own key.
import type { Entry } from "@partcommune/shared/money/rules/entry";
import type { Line } from "../store/bank-lines.ts";

/** The coop's one bank account. */
export const bankName = "main";

/** What a line does to the book. */
export const entryOf = (
  { id, bookedOn: on }: Pick<Line, "id" | "bookedOn">,
  kind: Entry["kind"],
  legs: Entry["legs"],
  cites: Entry["cites"] = {},
): Entry => ({
  kind,
  key: `bank-line:${id}:booked`,
  on,
  legs,
  bylaws: [],
  cites: { ...cites, bankLine: id },
});

/** What was ordered and what left the account, where the bank's line is the first that the book hears of it. */
export const orderedAndPaid = (
  line: Pick<Line, "id" | "bookedOn">,
  ordered: Pick<Entry, "kind" | "legs">,
  paid: Entry,
): readonly Entry[] => [{ ...ordered, key: `bank-line:${line.id}:ordered`, on: line.bookedOn, bylaws: [], cites: paid.cites ?? {} }, paid];
