// The law of an agenda: what stands on it, and how the chair goes through it.
import type { Id } from "../../platform/id.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { objectionToVerb, type Row } from "../../platform/table.ts";
import type { GatheringState } from "./gathering.ts";

export const mostItems = 40;

export const problems = {
  "item-without-proposal": { status: 422, says: "“{title}” needs a proposal that is to be voted." },
  "item-not-voted": { status: 422, says: "Nothing is voted under “{title}”. Make it a vote, or leave the proposal out." },
  "proposal-twice": { status: 422, says: "A proposal stands twice on this agenda." },
  "tellers-missing": {
    status: 409,
    says: "Draw the two tellers first.",
    rule: "two tellers watch an assembly",
    changedBy: "the chair, who draws them",
  },
} as const satisfies Problems;

/** `vote`, `election`: a proposal is put to the vote under it. */
export const itemKinds = ["report", "discussion", "vote", "election"] as const;
export type ItemKind = (typeof itemKinds)[number];

export const itemStates = ["waiting", "open", "closed", "notReached"] as const;
export type ItemState = (typeof itemStates)[number];

export const itemVerbs = ["put", "open", "close", "leave"] as const;
export type ItemVerb = (typeof itemVerbs)[number];

/** The life of an item. `leave`: the assembly ended, or was not held, before it came to it. */
export const itemTable: readonly Row<ItemState, ItemVerb>[] = [
  { from: "none", verb: "put", who: "board", to: "waiting", fact: "assembly.convened" },
  { from: "waiting", verb: "open", who: "chair", to: "open", fact: "item.opened" },
  { from: "waiting", verb: "leave", who: "software", to: "notReached", fact: "item.left" },
  { from: "open", verb: "close", who: "chair", to: "closed", fact: "item.closed" },
  { from: "open", verb: "close", who: "clock", to: "closed", fact: "item.closed" },
];

export type ItemPut = { readonly kind: ItemKind; readonly title: string; readonly proposal?: Id | undefined };

export const isVoted = (kind: ItemKind): boolean => kind === "vote" || kind === "election";

/** Why an agenda cannot stand so. */
export function objectionToAgenda(items: readonly ItemPut[]): Refusal | undefined {
  for (const { kind, title, proposal } of items) {
    if (isVoted(kind) && proposal === undefined) return refuse("item-without-proposal", { title });
    if (!isVoted(kind) && proposal !== undefined) return refuse("item-not-voted", { title });
  }
  const proposals = items.flatMap(({ proposal }) => proposal ?? []);
  return new Set(proposals).size < proposals.length ? refuse("proposal-twice") : undefined;
}

/** What an item meets when the chair comes to it. */
export type Meeting = { readonly state: GatheringState; readonly tellers: number; readonly open: string | undefined };

/** Why the chair cannot open this item now: one at a time, and under the eyes of two tellers. */
export function objectionToOpeningItem(meeting: Meeting, item: ItemState): Refusal | undefined {
  if (meeting.state !== "open") return refuse("not-in-this-state", { state: meeting.state });
  if (meeting.tellers === 0) return refuse("tellers-missing");
  return (
    objectionToVerb(itemTable, item, "open") ?? (meeting.open === undefined ? undefined : refuse("item-open", { title: meeting.open }))
  );
}
