// The law of minutes: made of what was recorded, signed by three, corrected by what is added and never by what is changed.
import type { Figures } from "../../governance/rules/figures.ts";
import type { Outcome } from "../../governance/rules/vote.ts";
import type { Id } from "../../platform/id.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Row } from "../../platform/table.ts";
import type { Instant } from "../../platform/time.ts";
import type { ItemKind, ItemState } from "./agenda.ts";
import type { Way } from "./assembly.ts";

export const problems = {
  "signers-only": {
    status: 403,
    says: "Minutes are signed, and corrected by addenda, by the chair and the two tellers.",
    rule: "who watched an assembly signs for it",
  },
  "minutes-unlike": { status: 409, says: "These are not the minutes as they stand. Read them again." },
  "signed-already": { status: 409, says: "You have signed these minutes already." },
} as const satisfies Problems;

export const minutesStates = ["drafted", "signed"] as const;
export type MinutesState = (typeof minutesStates)[number];

export const minutesVerbs = ["draft", "sign", "complete", "add"] as const;
export type MinutesVerb = (typeof minutesVerbs)[number];

/** The life of minutes. `complete`: the last of those who sign has signed. Nobody changes a word of them. */
export const minutesTable: readonly Row<MinutesState, MinutesVerb>[] = [
  { from: "none", verb: "draft", who: "software", to: "drafted", fact: "minutes.drafted" },
  { from: "drafted", verb: "sign", who: "signer", to: "drafted", fact: "minutes.signed" },
  { from: "drafted", verb: "complete", who: "software", to: "signed", fact: "minutes.completed" },
  { from: "drafted", verb: "add", who: "signer", to: "drafted", fact: "minutes.added" },
  { from: "signed", verb: "add", who: "signer", to: "signed", fact: "minutes.added" },
];

/** What minutes say, as canonical JSON (RFC 8785); names as they were that day. */
export type Minutes = {
  readonly coop: string;
  readonly gathering: Id;
  readonly title: string;
  readonly place?: string;
  readonly online: boolean;
  readonly calledAt: Instant;
  readonly calledBy: string;
  readonly openedAt: Instant;
  readonly closedAt: Instant;
  readonly chair: string;
  readonly tellers: readonly string[];
  /** What the lot of the tellers was drawn with, in hex, and among whom. */
  readonly lot?: { readonly seed: string; readonly pool: readonly Id[] };
  readonly present: readonly { readonly name: string; readonly way: Way; readonly from: Instant; readonly until?: Instant }[];
  readonly items: readonly {
    readonly kind: ItemKind;
    readonly title: string;
    readonly state: ItemState;
    readonly openedAt?: Instant;
    readonly closedAt?: Instant;
    readonly note?: string;
    readonly proposal?: Id;
    readonly vote?: Figures & { readonly id: Id; readonly outcome: Outcome; readonly tally: string };
  }[];
};

export const signedParts = ["chair", "teller"] as const;
export type SignedPart = (typeof signedParts)[number];

export type ToSign = { readonly hash: string; readonly part: SignedPart | undefined; readonly signed: boolean };

/** Why this person may not sign these minutes. */
export function objectionToSigning({ hash, part, signed }: ToSign, shown: string): Refusal | undefined {
  if (part === undefined) return refuse("signers-only");
  if (hash !== shown) return refuse("minutes-unlike");
  return signed ? refuse("signed-already") : undefined;
}
