// The refusals that belong to no domain: how a request must look, and what happens when the machine is busy.
import { refuse, type Problems, type Refusal } from "./refusal.ts";
import { isBefore, later, type Instant } from "./time.ts";

export const problems = {
  unreadable: { status: 400, says: "The request holds fields that nobody asked for, or cannot be read." },
  "key-missing": {
    status: 400,
    says: "Every write carries an Idempotency-Key of 1 to 255 visible characters, so that a repeat is one act.",
  },
  "sign-in-first": { status: 401, says: "Sign in first." },
  "session-ended": {
    status: 401,
    says: "You were away for a while, so your session has ended. Sign in again; what you have typed stays here.",
    rule: "sessions end when unused",
    settledAlone: true,
  },
  "role-needed": { status: 403, says: "This needs the role {roles}.", rule: "roles", changedBy: "the board" },
  "members-only": {
    status: 403,
    says: "This is for members of the coop.",
    rule: "membership",
    changedBy: "the board, which admits members",
  },
  "clients-only": {
    status: 403,
    says: "This is for clients of the coop.",
    rule: "clients",
    changedBy: "the owner of a client organisation",
  },
  "proof-needed": {
    status: 403,
    says: "This asks for a proof by passkey, not older than five minutes, that it is you. Without a passkey, add one on your settings page.",
    rule: "fresh proof",
    settledAlone: true,
  },
  "foreign-origin": { status: 403, says: "Writes are taken only from this coop's own pages." },
  "not-found": { status: 404, says: "There is no such thing, or it is not yours to see." },
  "same-key-in-flight": { status: 409, says: "The same act is being carried out at this moment." },
  "not-in-this-state": { status: 409, says: "This cannot be done now: it is {state}.", rule: "the order of the steps" },
  "too-big": { status: 413, says: "The request is larger than 1 MiB." },
  "wrong-type": { status: 415, says: "The body must be application/json." },
  "not-as-asked": { status: 422, says: "Some values are not as asked." },
  "idempotency-mismatch": { status: 422, says: "This key was used for another act." },
  "too-many": { status: 429, says: "Too many requests. Wait {seconds} seconds." },
  "our-fault": { status: 500, says: "This could not be done. Nothing was lost. Try again, or tell us the code below." },
  "try-again": { status: 503, says: "The coop is busy. Nothing is decided; repeat the same act." },
  "not-founded": { status: 409, says: "This coop is not founded yet.", changedBy: "its first person, in the wizard" },
  "iban-unreadable": {
    status: 422,
    says: "This is not the number of a bank account that payments in the SEPA area can reach ({because}).",
  },
  "country-not-reviewed": {
    status: 409,
    says: "Nobody who files papers in {country} has looked through its rules in this software yet, so no work is agreed on and no real invoice leaves.",
    rule: "a country's rules are looked through before its first paper",
    changedBy: "the board, which names on its page of papers who looked them through",
  },
  "review-in-future": { status: 422, says: "{reviewedOn} has not been yet." },
  "vat-number-wrong": {
    status: 422,
    says: "{number} cannot be a VAT number: a digit is wrong or missing.",
    rule: "Directive 2006/112/EC, article 215: each country reckons the digits of its numbers",
    changedBy: "whoever types it, from a paper of the business",
  },
  "vat-number-unlike": { status: 422, says: "A VAT number of {country} looks different: {like}." },
} as const satisfies Problems;

export const proofMinutes = 5;

/** Why an act that asks for a fresh proof is not taken now. A mailed code is no proof: whoever reads another's post is not they. */
export const objectionToProof = (provedAt: Instant | undefined, now: Instant): Refusal | undefined =>
  provedAt !== undefined && isBefore(now, later(provedAt, proofMinutes * 60_000)) ? undefined : refuse("proof-needed");
