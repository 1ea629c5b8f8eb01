// The law of a vote: its days, who may cast, when it counts, and what it came to.
import type { Row } from "../../platform/table.ts";

/** How ballots are read. `yesNo`: one question. `schulze`: rival versions and "keep as it is". `stv`: seats. */
export const methods = ["yesNo", "approval", "score", "schulze", "stv"] as const;
export type Method = (typeof methods)[number];

/** `rollCall`: names are public after the close. `paper`: counted by two tellers where a college is too small to be secret. */
export const modes = ["rollCall", "paper"] as const;
export type Mode = (typeof modes)[number];

export const outcomes = ["passed", "rejected", "noQuorum"] as const;
export type Outcome = (typeof outcomes)[number];

export const voteStates = ["convened", "open", "extended", "closed", "counted", "contested", "upheld", "ended", "annulled"] as const;
export type VoteState = (typeof voteStates)[number];

export const voteVerbs = [
  "convene",
  "open",
  "cast",
  "extend",
  "close",
  "count",
  "contest",
  "hold",
  "uphold",
  "annul",
  "end",
  "callOff",
] as const;
export type VoteVerb = (typeof voteVerbs)[number];

/**
 * The life of a vote. `open`: the roll is frozen with it. `extend`: too few came, once; what was cast stands. `close`: nothing is taken
 * any more. `count`: the tally stands and may be contested. `hold`: enough contest it, and a panel drawn by lot decides. `uphold`: it
 * stands, and nobody contests it again. `end`: the time to contest is over and what passed is carried out. In an assembly its chair opens
 * and closes it; `callOff`: the assembly was not held, or did not come to it.
 */
export const voteTable: readonly Row<VoteState, VoteVerb>[] = [
  { from: "none", verb: "convene", who: "clock", to: "convened", fact: "vote.convened" },
  { from: "convened", verb: "open", who: "clock", to: "open", fact: "vote.opened" },
  { from: "convened", verb: "open", who: "chair", to: "open", fact: "vote.opened" },
  { from: "convened", verb: "callOff", who: "software", to: "annulled", fact: "vote.calledOff" },
  { from: "open", verb: "cast", who: "voter", to: "open", fact: "vote.cast" },
  { from: "open", verb: "extend", who: "clock", to: "extended", fact: "vote.extended" },
  { from: "extended", verb: "cast", who: "voter", to: "extended", fact: "vote.cast" },
  { from: "open", verb: "close", who: "clock", to: "closed", fact: "vote.closed" },
  { from: "open", verb: "close", who: "chair", to: "closed", fact: "vote.closed" },
  { from: "extended", verb: "close", who: "clock", to: "closed", fact: "vote.closed" },
  { from: "closed", verb: "count", who: "clock", to: "counted", fact: "vote.counted" },
  { from: "counted", verb: "contest", who: "voter", to: "counted", fact: "vote.contested" },
  { from: "counted", verb: "hold", who: "software", to: "contested", fact: "vote.held" },
  { from: "contested", verb: "uphold", who: "software", to: "upheld", fact: "vote.upheld" },
  { from: "contested", verb: "annul", who: "software", to: "annulled", fact: "vote.annulled" },
  { from: "upheld", verb: "end", who: "clock", to: "ended", fact: "vote.ended" },
  { from: "counted", verb: "end", who: "clock", to: "ended", fact: "vote.ended" },
];
