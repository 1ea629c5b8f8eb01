// The law of treaties: how two coops come to one, and what becomes of it.
import type { Row } from "../../platform/table.ts";

export const treatyStates = ["offered", "received", "accepted", "active", "paused", "refused", "withdrawn", "ended"] as const;
export type TreatyState = (typeof treatyStates)[number];

export const treatyVerbs = [
  "offer",
  "receive",
  "redraft",
  "withdraw",
  "refuse",
  "accept",
  "countersign",
  "pause",
  "resume",
  "end",
  "expire",
] as const;
export type TreatyVerb = (typeof treatyVerbs)[number];

/**
 * The life of a treaty as one of the two coops sees it. `offer`: our members voted for it, and it goes to the other coop. `receive`: theirs
 * did, and ours have yet to. `redraft`: whoever offered lays other terms on the table. `accept`: our members voted for what was offered to
 * us. `countersign`: both hold the other's signature, and it is in force. `pause`: no new jobs and bids pass for now, all else goes on.
 * `end`, `expire`: nothing new passes any more; what runs is brought to its end.
 */
export const treatyTable: readonly Row<TreatyState, TreatyVerb>[] = [
  { from: "none", verb: "offer", who: "software", to: "offered", fact: "treaty.offered" },
  { from: "none", verb: "receive", who: "software", to: "received", fact: "treaty.received" },
  { from: "offered", verb: "redraft", who: "officer", to: "offered", fact: "treaty.redrafted" },
  { from: "received", verb: "redraft", who: "software", to: "received", fact: "treaty.redrafted" },
  { from: "offered", verb: "withdraw", who: "officer", to: "withdrawn", fact: "treaty.withdrawn" },
  { from: "received", verb: "withdraw", who: "software", to: "withdrawn", fact: "treaty.withdrawn" },
  { from: "offered", verb: "refuse", who: "software", to: "refused", fact: "treaty.refused" },
  { from: "received", verb: "refuse", who: "officer", to: "refused", fact: "treaty.refused" },
  { from: "received", verb: "accept", who: "software", to: "accepted", fact: "treaty.accepted" },
  { from: "offered", verb: "countersign", who: "software", to: "active", fact: "treaty.begun" },
  { from: "accepted", verb: "countersign", who: "software", to: "active", fact: "treaty.begun" },
  { from: "active", verb: "pause", who: "officer", to: "paused", fact: "treaty.paused" },
  { from: "paused", verb: "resume", who: "officer", to: "active", fact: "treaty.resumed" },
  { from: "active", verb: "end", who: "software", to: "ended", fact: "treaty.ended" },
  { from: "paused", verb: "end", who: "software", to: "ended", fact: "treaty.ended" },
  { from: "active", verb: "expire", who: "clock", to: "ended", fact: "treaty.ended" },
  { from: "paused", verb: "expire", who: "clock", to: "ended", fact: "treaty.ended" },
];
