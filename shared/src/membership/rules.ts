// The law of membership: who is let in, by whom, and what a membership goes through.
import { refuse, type Problems, type Refusal } from "../platform/refusal.ts";
import { objectionToProof } from "../platform/rules.ts";
import { buyingOf, type Actor, type Role } from "../platform/actor.ts";
import { isBefore, type Instant } from "../platform/time.ts";
import type { Id } from "../platform/id.ts";

export const problems = {
  "address-taken": { status: 409, says: "A person with this address is known already. Sign in with it instead." },
  "code-wrong": {
    status: 403,
    says: "This code does not open the door. It may be mistyped, used, or older than 15 minutes; ask for a new one.",
  },
  "too-many-codes": { status: 429, says: "Three letters have gone to this address within 15 minutes. Use the newest, or wait a little." },
  "question-spent": {
    status: 403,
    says: "This question of the passkey was answered already, is older than five minutes, or was asked elsewhere. Begin again.",
  },
  "passkey-wrong": { status: 403, says: "This passkey does not open the door here. Use another one, or a mailed code." },
  "passkey-copied": {
    status: 403,
    says: "This passkey counts backwards, as a copy of it would. Remove it and add another.",
    rule: "a passkey exists once",
  },
  "passkey-held": { status: 409, says: "This passkey is added already." },
  "passkeys-enough": { status: 409, says: "You have {most} passkeys. Remove one that you do not use." },
  "no-passkey": { status: 409, says: "You have no passkey here yet. Add one on your settings page." },
  "sign-in-by-code": {
    status: 403,
    says: "A password alone does not change how you sign in. Sign in with a mailed code or a passkey, then come back.",
    rule: "a password opens, and changes nothing about opening",
    settledAlone: true,
  },
  "passwords-off": { status: 409, says: "This coop has no passwords. Sign in with a passkey or a mailed code.", changedBy: "the coop" },
  "password-wrong": { status: 403, says: "Address and password do not open the door together. A mailed code or a passkey does, too." },
  "password-guessable": {
    status: 422,
    says: "This password holds a name that others know, or repeats few letters. Several words that do not belong together are better.",
  },
  "too-many-tries": {
    status: 429,
    says: "Too many tries with this address. Wait 15 minutes, or sign in with a mailed code or a passkey: those stay open.",
  },
  "member-already": {
    status: 409,
    says: "You have a membership here already. A person is never two members.",
    rule: "one person, one membership",
  },
  "own-admission": {
    status: 403,
    says: "Nobody admits themselves. Another board member decides.",
    rule: "always two people",
    changedBy: "another board member",
  },
  "own-confirmation": {
    status: 403,
    says: "Nobody confirms themselves. Another board member decides.",
    rule: "always two people",
    changedBy: "another board member",
  },
  "own-role": {
    status: 403,
    says: "Nobody gives a role to themselves. Another board member decides.",
    rule: "always two people",
    changedBy: "another board member",
  },
  "role-held": { status: 409, says: "This person has the role {role} already." },
  "role-not-held": { status: 409, says: "This person does not have the role {role}." },
  "board-elected": {
    status: 409,
    says: "Members elected the board. Its seats are given and ended by them.",
    rule: "who is elected sits",
    changedBy: "the members, by vote",
  },
  "last-board": {
    status: 409,
    says: "This is the last person on the board. Give the role to somebody else first.",
    rule: "a coop has a board",
  },
  "client-already": { status: 409, says: "You have founded an organisation of this name already." },
  "owner-needed": {
    status: 403,
    says: "Only the owner of an organisation says what stands on its invoices.",
    rule: "roles of a client",
    changedBy: "the owner of the organisation",
  },
} as const satisfies Problems;

/** How long a question waits for its passkey. */
export const questionMinutes = 5;

export const mostPasskeys = 20;

/** Whether a passkey's counter says that it is the only one of its kind. Those that do not count always say 0. */
export const objectionToCounter = (kept: bigint, told: bigint): Refusal | undefined =>
  told > kept || (told === 0n && kept === 0n) ? undefined : refuse("passkey-copied");

export type Standing = { readonly passkeys: number; readonly openedBy: string; readonly provedAt: Instant | undefined };

/**
 * Why somebody may not change how they sign in. Whoever has a passkey proves with it, so that a read mailbox changes nothing;
 * whoever has none comes in by code, so that a password seen over a shoulder changes nothing.
 */
export function objectionToKeyChange({ passkeys, openedBy, provedAt }: Standing, now: Instant): Refusal | undefined {
  if (passkeys > 0) return objectionToProof(provedAt, now);
  return openedBy === "password" ? refuse("sign-in-by-code") : undefined;
}

export const passwordLetters = { fewest: 12, most: 200 } as const;
export const triesAtOnce = 10;
export const tryMinutes = 15;

const fewestDifferentLetters = 5;
const shortestName = 4;

/** Why this password is too easy to guess for anyone who knows its person. */
export function objectionToPassword(password: string, names: readonly string[]): Refusal | undefined {
  const said = password.toLowerCase();
  const known = names.flatMap((name) => name.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length >= shortestName);
  if (new Set(said).size < fewestDifferentLetters || known.some((word) => said.includes(word))) return refuse("password-guessable");
  return undefined;
}

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

export const stages = ["applicant", "refused", "trial", "member", "associate", "leaving", "left"] as const;
export type Stage = (typeof stages)[number];
/** The stages in which one is in a branch. */
export const placed: readonly Stage[] = ["trial", "member", "associate", "leaving"];
export const statuses = ["employee", "employed-entrepreneur", "invoiced"] as const;
export type Status = (typeof statuses)[number];

/** What a membership goes through: from, verb, who, to, and the fact that is recorded. */
export const membershipTable = [
  { from: "none", verb: "apply", who: "person", to: "applicant", fact: "member.applied" },
  { from: "applicant", verb: "admit", who: "board", to: "trial", fact: "member.admitted" },
  { from: "applicant", verb: "refuse", who: "board", to: "refused", fact: "member.refused" },
  { from: "refused", verb: "admit", who: "board", to: "trial", fact: "member.admitted" },
  { from: "trial", verb: "confirm", who: "board", to: "member", fact: "member.confirmed" },
  { from: "member", verb: "payShare", who: "treasurer", to: "associate", fact: "member.associated" },
  { from: "trial", verb: "giveNotice", who: "person", to: "leaving", fact: "member.leaving" },
  { from: "member", verb: "giveNotice", who: "person", to: "leaving", fact: "member.leaving" },
  { from: "associate", verb: "giveNotice", who: "person", to: "leaving", fact: "member.leaving" },
  { from: "leaving", verb: "stay", who: "person", to: "trial", fact: "member.staying" },
  { from: "leaving", verb: "stay", who: "person", to: "member", fact: "member.staying" },
  { from: "leaving", verb: "stay", who: "person", to: "associate", fact: "member.staying" },
  { from: "leaving", verb: "leave", who: "software", to: "left", fact: "member.left" },
  { from: "applicant", verb: "takeBack", who: "operator", to: "left", fact: "member.takenBack" },
  { from: "trial", verb: "takeBack", who: "operator", to: "left", fact: "member.takenBack" },
  { from: "member", verb: "takeBack", who: "operator", to: "left", fact: "member.takenBack" },
  { from: "associate", verb: "takeBack", who: "operator", to: "left", fact: "member.takenBack" },
] as const;

/** Whoever decides; null for the operator's command, which brings in what others decided elsewhere, and for a vote of the members. */
export type Decider = Id | null;

export type Membership = { readonly person: Id; readonly stage: Stage };

/** Whoever applied and is not let in: not yet, or not by the board. */
export const outside: readonly Stage[] = ["applicant", "refused"];

/** Why this person may not admit this applicant. What the board refused, it may think over, and members may decide otherwise. */
export const objectionToAdmission = (membership: Membership, admitter: Decider): Refusal | undefined =>
  objectionToAnswering(outside, membership, admitter);

/** Why this person may not refuse this applicant. */
export const objectionToRefusing = (membership: Membership, refuser: Decider): Refusal | undefined =>
  objectionToAnswering(["applicant"], membership, refuser);

function objectionToAnswering(from: readonly Stage[], { person, stage }: Membership, by: Decider): Refusal | undefined {
  if (!from.includes(stage)) return refuse("not-in-this-state", { state: stage });
  return person === by ? refuse("own-admission") : undefined;
}

/** Why this person may not end this person's trial with a membership. */
export function objectionToConfirmation(membership: Membership, confirmer: Decider): Refusal | undefined {
  if (membership.stage !== "trial") return refuse("not-in-this-state", { state: membership.stage });
  if (membership.person === confirmer) return refuse("own-confirmation");
  return undefined;
}

type Verb = (typeof membershipTable)[number]["verb"];
/** By which a membership ends. */
export type EndingVerb = Extract<(typeof membershipTable)[number], { readonly to: "left" }>["verb"];

/** The stages a verb starts from. */
export const stagesBefore = (verb: Verb): readonly Stage[] =>
  membershipTable.flatMap((row) => (row.verb === verb && row.from !== "none" ? [row.from] : []));

const objectionToMoving = ({ stage }: Membership, verb: Verb): Refusal | undefined =>
  stagesBefore(verb).includes(stage) ? undefined : refuse("not-in-this-state", { state: stage });

/** Why a membership cannot be taken back. */
export const objectionToTakingBack = (membership: Membership): Refusal | undefined => objectionToMoving(membership, "takeBack");

/** Why somebody does not give notice: who leaves holds no office, and a coop keeps a board. Who was elected leaves their seat to the ballots. */
export const objectionToNotice = (membership: Membership, board: readonly Id[], elected: boolean): Refusal | undefined =>
  objectionToMoving(membership, "giveNotice") ??
  (board.includes(membership.person) && !elected ? objectionToRoleEnding("board", membership.person, board, false) : undefined);

/** Why somebody does not take their notice back. */
export const objectionToStaying = (membership: Membership): Refusal | undefined => objectionToMoving(membership, "stay");

/** Why a role is not given: the board gives roles, and nobody climbs by their own hand. */
export const objectionToRole = (giver: Id, receiver: Id, role: Role, elected: boolean): Refusal | undefined =>
  giver === receiver ? refuse("own-role") : objectionToBoardByHand(role, elected);

/** Once members have elected a board, its seats are theirs to give and to end. */
const objectionToBoardByHand = (role: Role, elected: boolean): Refusal | undefined =>
  role === "board" && elected ? refuse("board-elected") : undefined;

/** Why a role is not ended: a coop without a board could never have one again. */
export const objectionToRoleEnding = (role: Role, person: Id, board: readonly Id[], elected: boolean): Refusal | undefined =>
  objectionToBoardByHand(role, elected) ??
  (role === "board" && board.every((seated) => seated === person) ? refuse("last-board") : undefined);

/** Why this person does not speak for an organisation. */
export const objectionToDescribing = (actor: Actor, client: Id): Refusal | undefined =>
  buyingOf(actor).some((buying) => buying.client === client && buying.role === "owner") ? undefined : refuse("owner-needed");
