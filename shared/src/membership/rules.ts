// The law of membership: who is let in, by whom, and what a membership goes through.
import { refuse, type Problems, type Refusal } from "../platform/refusal.ts";
import { isBefore, type Instant } from "../platform/time.ts";
import type { Id } from "../platform/id.ts";

export const problems = {
  "address-taken": { status: 409, says: "A person with this address is known already. Sign in with it instead." },
  "code-wrong": {
    status: 403,
    says: "This code does not open the door. It may be mistyped, used, or older than 15 minutes; ask for a new one.",
  },
  "too-many-codes": { status: 429, says: "Three letters have gone to this address within 15 minutes. Use the newest, or wait a little." },
  "member-already": {
    status: 409,
    says: "You have a membership here already. A person is never two members.",
    rule: "one person, one membership",
  },
  "own-admission": {
    status: 403,
    says: "Nobody admits themselves. Another board member decides.",
    rule: "four eyes",
    changedBy: "another board member",
  },
  "client-already": { status: 409, says: "You have founded an organisation of this name already." },
} as const satisfies Problems;

export const codeMinutes = 15;
export const codesAtOnce = 3;

/** Letters without vowels or look-alikes: a code is read aloud, typed on a phone, and never spells a word. */
export const codeAlphabet = "23456789BCDFGHJKLMNPQRSTVWXYZ";
export const codeLength = 10;

/**
 * A code as it is sent. Ten letters of 29 are 48 bits: nobody guesses one within its 15 minutes,
 * so tries are not counted and nobody can lock another person out.
 */
export function codeFrom(random: Uint8Array): string {
  let letters = "";
  // Bytes past the last whole multiple of 29 are skipped: each letter is equally likely.
  for (const byte of random) if (letters.length < codeLength && byte < 232) letters += codeAlphabet[byte % codeAlphabet.length];
  return letters;
}

/** What a person typed, brought to the form that was sent: case, spaces and dashes do not matter. */
export const codeAsTyped = (text: string): string => text.toUpperCase().replaceAll(/[^0-9A-Z]/g, "");

export type SentCode = { readonly expiresAt: Instant; readonly usedAt: Instant | null };

/** Whether a code that was found still opens the door. Absent, used and expired are told alike. */
export const objectionToCode = (code: SentCode | undefined, now: Instant): Refusal | undefined =>
  code === undefined || code.usedAt !== null || !isBefore(now, code.expiresAt) ? refuse("code-wrong") : undefined;

export const stages = ["applicant", "trial", "member", "associate", "leaving", "left"] as const;
export type Stage = (typeof stages)[number];
export const statuses = ["employee", "employed-entrepreneur", "invoiced"] as const;
export type Status = (typeof statuses)[number];

/** What a membership goes through: from, verb, who, to, and the fact that is recorded. */
export const membershipTable = [
  { from: "applicant", verb: "admit", who: "board", to: "trial", fact: "member.admitted" },
  { from: "trial", verb: "confirm", who: "board", to: "member", fact: "member.confirmed" },
  { from: "member", verb: "payShare", who: "treasurer", to: "associate", fact: "member.associated" },
] as const;

export type Membership = { readonly person: Id; readonly stage: Stage };

/** Why this person may not admit this applicant. */
export function objectionToAdmission(membership: Membership, admitter: Id): Refusal | undefined {
  if (membership.stage !== "applicant") return refuse("not-in-this-state", { state: membership.stage });
  if (membership.person === admitter) return refuse("own-admission");
  return undefined;
}
