// What each bylaw decides, in a word, for whoever asks what a change of it would touch.
import type { BylawKeyName } from "./bylaws.ts";

/** The first word of a bylaw's key. */
type Room = BylawKeyName extends infer Key ? (Key extends `${infer First}.${string}` ? First : never) : never;

/** `fees` are amounts that were posted. All others decide what may be done, by whom and when, and move no posted amount of the past. */
export const touches = [
  "fees",
  "withdrawals",
  "promises",
  "advances",
  "cover",
  "yearEnd",
  "warnings",
  "days",
  "members",
  "decisions",
  "work",
  "sisters",
  "gatherings",
] as const;
export type Touch = (typeof touches)[number];

const byRoom: Readonly<Record<Room, Touch>> = {
  fee: "fees",
  fund: "fees",
  pot: "withdrawals",
  guarantee: "promises",
  advance: "advances",
  insurance: "cover",
  coaching: "cover",
  reserve: "yearEnd",
  surplus: "yearEnd",
  coverage: "warnings",
  concentration: "warnings",
  payment: "days",
  share: "members",
  member: "members",
  board: "decisions",
  vote: "decisions",
  roll: "decisions",
  proposal: "decisions",
  proxy: "decisions",
  delegation: "decisions",
  jury: "decisions",
  dispute: "decisions",
  marketplace: "work",
  treaty: "sisters",
  netting: "sisters",
  initiative: "gatherings",
  gathering: "gatherings",
};

export const touchOf = (key: BylawKeyName): Touch => byRoom[key.split(".", 1)[0] as Room];
