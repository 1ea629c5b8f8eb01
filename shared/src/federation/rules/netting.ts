// The law of setting off: what several coops owe each other in a month becomes one figure for each of them, and all reckon the same.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { amountText, type Money } from "../../platform/money.ts";
import type { Row } from "../../platform/table.ts";
import type { Day, Instant } from "../../platform/time.ts";

export const roundStates = ["open", "dropped", "posted", "settled"] as const;
export type RoundState = (typeof roundStates)[number];

export const roundVerbs = ["open", "post", "drop", "settle"] as const;
export type RoundVerb = (typeof roundVerbs)[number];

/**
 * A round with one sister as one of the two sees it. `open`: one of them has said what it holds. `post`: both hold the other's equal hash, and it
 * is in the book for good. `drop`: nothing is in both lists; it waits for the next month. `settle`: the difference is paid, or there is none.
 */
export const roundTable: readonly Row<RoundState, RoundVerb>[] = [
  { from: "none", verb: "open", who: "software", to: "open", fact: "netting.opened" },
  { from: "open", verb: "post", who: "software", to: "posted", fact: "netting.posted" },
  { from: "open", verb: "drop", who: "software", to: "dropped", fact: "netting.dropped" },
  { from: "posted", verb: "settle", who: "software", to: "settled", fact: "netting.settled" },
];

/** A claim that both sides hold: by the address of the statement that raised it, with the hash of what that said. */
export type Agreed = {
  readonly id: string;
  readonly sha256: string;
  /** The coop that is owed, and the one that owes, by the addresses of their actors. */
  readonly creditor: string;
  readonly debtor: string;
  readonly due: Money;
};

/** What a coop gets of a round; below zero, what it pays. */
export type Net = { readonly party: string; readonly net: Money };

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** The figure of every coop that has a part in these claims, in the order of their addresses. They add up to nothing. All are of one currency. */
export function netOf(claims: readonly Agreed[]): readonly Net[] {
  const [first] = claims;
  if (!first) return [];
  const { currency } = first.due;
  const nets = new Map<string, bigint>();
  for (const { creditor, debtor, due } of claims) {
    if (due.currency !== currency) throw new RangeError(`${due.currency} is not set off against ${currency}`);
    nets.set(creditor, (nets.get(creditor) ?? 0n) + due.minor);
    nets.set(debtor, (nets.get(debtor) ?? 0n) - due.minor);
  }
  return [...nets].toSorted(([one], [other]) => compare(one, other)).map(([party, minor]) => ({ party, net: { minor, currency } }));
}

/** A round is called by the month whose claims it sets off, and its currency. */
export const roundName = (month: string, currency: string): string => `${month}/${currency}`;

/** The month before a day, as `2026-12`. */
export function monthBefore(day: Day): string {
  const [year = 0, month = 0] = day.split("-").map(Number);
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, "0")}`;
}

/** The first instant that does not belong to a round: of the month after the one it is called by. */
export function endOfRound(name: string): Instant {
  const [year = 0, month = 0] = name.slice(0, 7).split("-").map(Number);
  const after = month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, "0")}`;
  return `${after}-01T00:00:00.000Z` as Instant;
}

/** Whether the day has come on which the month before is set off. */
export const isDue = (today: Day, nettingDay: number): boolean => Number(today.slice(8)) >= nettingDay;

/** A round between two coops: its claims in the order of their addresses, and what each of the two gets. */
export type Round = {
  readonly round: string;
  readonly parties: readonly string[];
  readonly claims: readonly { readonly id: string; readonly sha256: string }[];
  readonly net: readonly { readonly party: string; readonly amount: string }[];
};

export function roundOf(round: string, claims: readonly Agreed[]): Round {
  const net = netOf(claims);
  return {
    round,
    parties: net.map(({ party }) => party),
    claims: claims.map(({ id, sha256: hash }) => ({ id, sha256: hash })).toSorted((one, other) => compare(one.id, other.id)),
    net: net.map(({ party, net: money }) => ({ party, amount: amountText(money) })),
  };
}

/** SHA-256 of a round in canonical JSON (RFC 8785): texts alone, with the keys in their order. */
export function hashOfRound({ round, parties, claims, net }: Round): string {
  const text = JSON.stringify({
    claims: claims.map(({ id, sha256: hash }) => ({ id, sha256: hash })),
    net: net.map(({ party, amount }) => ({ amount, party })),
    parties,
    round,
  });
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** What both lists hold, as each coop counts it: the same claim with the same hash. */
export const inBoth = <One extends { readonly id: string; readonly sha256: string }>(
  ours: readonly One[],
  theirs: readonly { readonly id: string; readonly sha256: string }[],
): readonly One[] => {
  const known = new Map(theirs.map(({ id, sha256: hash }) => [id, hash]));
  return ours.filter(({ id, sha256: hash }) => known.get(id) === hash);
};
