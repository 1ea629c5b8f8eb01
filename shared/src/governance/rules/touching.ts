// What each bylaw decides, in a word, for whoever asks what a change of it would touch.
import type { BylawKeyName } from "./bylaws.ts";

/** The first word of the key of a bylaw that decides no posted amount. */
type Room =
  Exclude<BylawKeyName, "fee.rate" | "fund.split"> extends infer Key ? (Key extends `${infer First}.${string}` ? First : never) : never;

/** What a bylaw may decide besides amounts: what may be done, by whom and when. None of it moves a posted amount of the past. */
export const touches = [
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

/** Undefined for the two that decide what is posted: of them the past tells more than a word. */
export const touchOf = (key: BylawKeyName): Touch | undefined => (byRoom as Readonly<Record<string, Touch>>)[key.split(".", 1)[0] ?? ""];
