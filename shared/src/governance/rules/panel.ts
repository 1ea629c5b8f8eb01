// The law of panels: few people drawn by lot who decide whether a contested vote stands, or whether a text may be voted after all.
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Row } from "../../platform/table.ts";

export const problems = {
  "not-drawn": { status: 403, says: "You were not drawn to this panel, or your seat went to somebody else.", rule: "a lot says who sits" },
  "decision-unlike": { status: 422, says: "This panel decides about something else." },
  "not-a-party": {
    status: 403,
    says: "A seat is refused by whoever wrote the proposal, or by whoever contests the vote.",
    rule: "each party may refuse one seat",
  },
  "challenged-already": { status: 409, says: "Your side has refused a seat already.", rule: "each party may refuse one seat" },
  "seat-gone": { status: 409, says: "Nobody is asked for this seat any more." },
} as const satisfies Problems;

/** Why a panel is called. `contest`: enough people contest a vote. `appeal`: a text was kept from the vote, and its author asks again. */
export const causes = ["contest", "appeal"] as const;
export type Cause = (typeof causes)[number];

/** What a panel may say. `recount`: the same code counts again; the vote stands when it comes to the same. */
export const decisionsOf = { contest: ["reject", "recount", "annul"], appeal: ["admit", "stand"] } as const;
export const decisions = [...decisionsOf.contest, ...decisionsOf.appeal] as const;
export type Decision = (typeof decisions)[number];

export const panelStates = ["drawing", "asking", "sitting", "decided", "lapsed"] as const;
export type PanelState = (typeof panelStates)[number];
export const panelVerbs = ["call", "ask", "challenge", "sit", "speak", "decide", "lapse"] as const;
export type PanelVerb = (typeof panelVerbs)[number];

/**
 * The life of a panel. `ask`: the lot is drawn, and people are asked in its order. `challenge`: a party refuses one seat. `sit`: all seats
 * are taken, or nobody is left to ask. `decide`: more than half say the same. `lapse`: too few took a seat, or they did not decide in time.
 */
export const panelTable: readonly Row<PanelState, PanelVerb>[] = [
  { from: "none", verb: "call", who: "software", to: "drawing", fact: "panel.called" },
  { from: "drawing", verb: "ask", who: "software", to: "asking", fact: "panel.asked" },
  { from: "drawing", verb: "lapse", who: "software", to: "lapsed", fact: "panel.lapsed" },
  { from: "asking", verb: "challenge", who: "party", to: "asking", fact: "panel.challenged" },
  { from: "asking", verb: "sit", who: "software", to: "sitting", fact: "panel.sat" },
  { from: "asking", verb: "lapse", who: "software", to: "lapsed", fact: "panel.lapsed" },
  { from: "sitting", verb: "speak", who: "drawn", to: "sitting", fact: "panel.spoken" },
  { from: "sitting", verb: "decide", who: "software", to: "decided", fact: "panel.decided" },
  { from: "sitting", verb: "lapse", who: "clock", to: "lapsed", fact: "panel.lapsed" },
];

export const seatStates = ["asked", "accepted", "declined", "silent", "challenged", "spare"] as const;
export type SeatState = (typeof seatStates)[number];
export const seatVerbs = ["ask", "accept", "decline", "pass", "challenge", "spare"] as const;
export type SeatVerb = (typeof seatVerbs)[number];

/** The life of a seat. `pass`: no answer in time, the next one is asked. `spare`: an odd number sits, and this one is over. */
export const seatTable: readonly Row<SeatState, SeatVerb>[] = [
  { from: "none", verb: "ask", who: "software", to: "asked", fact: "panel.asked" },
  { from: "asked", verb: "accept", who: "drawn", to: "accepted", fact: "panel.answered" },
  { from: "asked", verb: "decline", who: "drawn", to: "declined", fact: "panel.answered" },
  { from: "accepted", verb: "decline", who: "drawn", to: "declined", fact: "panel.answered" },
  { from: "asked", verb: "pass", who: "clock", to: "silent", fact: "panel.passed" },
  { from: "asked", verb: "challenge", who: "party", to: "challenged", fact: "panel.challenged" },
  { from: "accepted", verb: "challenge", who: "party", to: "challenged", fact: "panel.challenged" },
  { from: "accepted", verb: "spare", who: "software", to: "spare", fact: "panel.sat" },
];

/** How long whoever is drawn has to answer, and the parties at least to refuse a seat. */
export const answerDays = 3;
/** Fewer decide nothing together. */
export const leastSeats = 3;
/** A panel that does not decide is followed by one more. */
export const mostRounds = 2;

const oddUpTo = (many: number): number => (many % 2 === 1 ? many : many - 1);

/** How many seats a panel has where so many can be drawn: an odd number, so that two answers never tie. */
export const seatsFrom = (wished: number, pool: number): number => oddUpTo(Math.min(wished, pool));

/** Whether so few can be drawn that those who carried the text and the board are drawn from as well. */
export const isTooFew = (pool: number): boolean => pool < leastSeats;

/** What more than half of the seats say; undefined while there is no such thing. */
export const decisionFrom = (words: readonly (Decision | null)[]): Decision | undefined =>
  decisions.find((decision) => words.filter((word) => word === decision).length * 2 > words.length);

export type Party = "author" | "contesters";

/** Why a seat cannot be refused. `refused`: which sides have refused one already. */
export function objectionToChallenging(
  party: Party | undefined,
  refused: readonly Party[],
  seat: { readonly state: SeatState } | undefined,
): Refusal | undefined {
  if (party === undefined) return refuse("not-a-party");
  if (refused.includes(party)) return refuse("challenged-already");
  return seat?.state === "asked" || seat?.state === "accepted" ? undefined : refuse("seat-gone");
}

/** Why this is nothing a panel called for that cause can say. */
export const objectionToDecision = (cause: Cause, decision: Decision): Refusal | undefined =>
  (decisionsOf[cause] as readonly Decision[]).includes(decision) ? undefined : refuse("decision-unlike");
