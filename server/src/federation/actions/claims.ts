// The verbs of claims: what we expect to owe, what we say we are owed, what a sister says, and what it answers.
import type { Statement } from "@partcommune/federation/statement";
import {
  addsUp,
  comesNear,
  fallsOn,
  isAsExpected,
  isOurWord,
  kindOfClaim,
  limitIn,
  type Claimed,
} from "@partcommune/shared/federation/rules/claim";
import { figuresOfPart } from "@partcommune/shared/money/rules/split";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { Id } from "@partcommune/shared/platform/id";
import { moneyText, type Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { bookOf } from "../../platform/store.ts";
import { found, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Scope, type View } from "../../platform/scope.ts";
import * as store from "../store/claims.ts";
import { openWith } from "../store/netting.ts";
import { sisterOfHost, type Sister } from "../store/sisters.ts";
import { aboutClaims, answer, textsOf, told, wholeSeconds } from "./claim-words.ts";
import { acceptedThere, borneAlone, expectedAfterAll } from "./disputes.ts";
import { hearShare } from "./shares.ts";
import { state, type Stated } from "./statements.ts";

/** One approved milestone of work across a border: by the address of its engagement, on the origin of the coop that has the client; `invoice`: our paper about it. */
export type OneClaim = Omit<Claimed, "turn"> & { readonly host: Id; readonly invoice: Id };

/** A client of ours approved work of a sister's member: its coop will say what it is owed, and we know what that must be. */
export async function expectClaim(scope: Scope, { host, invoice, ...work }: OneClaim): Promise<void> {
  const claimed = { ...work, turn: 0 };
  const early = await store.claimOf(scope, host, claimed);
  if (early && early.state !== "withdrawn") return expectEarly(scope, early, claimed, invoice);
  const id = found(await store.saveClaim(scope, { host, ours: false, claimed, invoice, state: "expected" }));
  scope.emit({ type: "claim.expected", subject: id, body: told({ host, ...claimed, ours: false }), about: aboutClaims });
}

/** What was claimed too early is what we expect now, or is answered with what we do. */
async function expectEarly(scope: Scope, early: store.HeldClaim, claimed: Claimed, invoice: Id): Promise<void> {
  await store.nameInvoice(scope, early.id, invoice);
  const stands = await expectedAfterAll(scope, early, claimed);
  if (stands === "known") return;
  const [statement, sha256] = [found(early.statement ?? undefined), found(early.sha256 ?? undefined)];
  if (stands === "right") return accepted(scope, early, { jti: statement, sha256 });
  await answer(scope, early.host, { claim: statement, sha256, answer: "disputed", expected: textsOf(claimed) });
}

/** A client elsewhere approved work of ours: we say to its coop what we are owed. Said again, it has no effect. */
export async function raiseClaim(scope: Scope, { host, invoice, ...work }: OneClaim): Promise<void> {
  const claimed = { ...work, turn: 0 };
  const { engagement, milestone } = claimed;
  const standing = await store.claimOf(scope, host, claimed);
  if (standing && standing.state !== "withdrawn") return;
  const sister = found(await sisterOfHost(scope.tx, host));
  const words = { treaty: sister.iri, engagement, milestone, ...textsOf(claimed) };
  const { jti: statement, sha256 } = await state(scope, sister, "settlement-claim", words);
  const id = found(await store.saveClaim(scope, { host, ours: true, claimed, invoice, state: "raised", statement, sha256 }));
  scope.emit({ type: "claim.raised", subject: id, body: told({ host, engagement, milestone, ours: true }), about: aboutClaims });
}

/** Of the work that an invoice of ours is about: a price that is lost, or came in after all, and what a sister takes back or gets of that. */
export type OneShare = Pick<Claimed, "turn" | "gross" | "due"> & { readonly host: Id; readonly invoice: Id };

/** A loss, or what came in of it, stands in our book: we say to the sister what it bears of that. Of a loss that was withdrawn it bears nothing. */
export async function raiseShare(scope: Scope, { host, invoice, turn, gross, due }: OneShare): Promise<void> {
  const work = found(await store.claimForWork(scope, invoice));
  const { engagement, milestone } = work;
  const name = { engagement, milestone, turn };
  if (await store.claimOf(scope, host, name)) return;
  const loss = await store.claimOf(scope, host, { ...name, turn: 1 });
  if (loss?.state === "withdrawn") return borneAlone(scope, loss, due, turn);
  const sister = found(await sisterOfHost(scope.tx, host));
  const claimed = { ...figuresOfPart(work, gross, due), ...name };
  const { jti: statement, sha256 } = await state(scope, sister, "settlement-claim", { treaty: sister.iri, ...name, ...textsOf(claimed) });
  const id = found(await store.saveClaim(scope, { host, ours: false, claimed, state: "raised", statement, sha256 }));
  scope.emit({ type: "claim.raised", subject: id, body: told({ ...name, host, ours: false }), about: aboutClaims });
}

/** What a sister claims is accepted where it is to the cent what we expect; otherwise people look at it, and nothing moves in the book. */
export async function hearClaim(scope: Scope, host: Id, said: Statement<"settlement-claim">, sha256: string): Promise<void> {
  if (kindOfClaim(said.turn) !== "work") return hearShare(scope, host, said, sha256);
  const { engagement, jti: statement } = said;
  refuseUnless(engagement.startsWith(`${scope.origin}/engagements/`), "statement-unreadable");
  const last = await store.claimOf(scope, host, said);
  const known = last?.state === "withdrawn" ? undefined : last;
  if (known && known.state !== "expected" && !isAnew(known, said)) return;
  if (known && addsUp(said) && isAsExpected(said, known)) return accepted(scope, known, { jti: statement, sha256 });
  await disputed(scope, host, said, { known, sha256 });
}

/** Whether a disputed claim is raised anew; about work that we know nothing of there is no other sum. */
const isAnew = ({ state: at, theirs, statement }: store.HeldClaim, said: Statement<"settlement-claim">): boolean =>
  at === "disputed" && theirs !== null && said.replaces === statement;

async function accepted(scope: Scope, known: store.HeldClaim, { jti: statement, sha256 }: Stated): Promise<void> {
  await store.moveClaim(scope, known.id, "accept", { statement, sha256, accepted_at: wholeSeconds(scope.now), theirs_minor: null });
  await answer(scope, known.host, { claim: statement, sha256, answer: "accepted" });
  scope.emit({ type: "claim.accepted", subject: known.id, body: told(known), about: aboutClaims });
}

type Disputed = { readonly known: store.HeldClaim | undefined; readonly sha256: string };

async function disputed(scope: Scope, host: Id, said: Statement<"settlement-claim">, { known, sha256 }: Disputed): Promise<void> {
  const { engagement, milestone, jti: statement } = said;
  const id = known
    ? await disputedKnown(scope, known, said, sha256)
    : await store.saveClaim(scope, { host, ours: false, claimed: said, state: "disputed", statement, sha256 });
  if (id === undefined) return;
  const expected = known ? { expected: textsOf(known) } : {};
  await answer(scope, host, { claim: statement, sha256, answer: "disputed", ...expected });
  scope.emit({ type: "claim.disputed", subject: id, body: told({ host, engagement, milestone, ours: false }), about: aboutClaims });
}

async function disputedKnown(scope: Scope, known: store.HeldClaim, said: Statement<"settlement-claim">, sha256: string): Promise<Id> {
  await store.moveClaim(scope, known.id, "dispute", { statement: said.jti, sha256, theirs_minor: said.due.minor });
  return known.id;
}

/** What a sister answers to a claim of ours. An answer to other words than ours is none. */
export async function hearAnswer(scope: Scope, host: Id, said: Statement<"settlement-answer">): Promise<void> {
  if (said.answer === "accepted") return acceptedThere(scope, host, said);
  const claim = await store.claimRaisedBy(scope, host, said.claim);
  if (!claim || !isOurWord(claim) || claim.sha256 !== said.sha256) return;
  const change = { theirs_minor: said.expected?.due.minor ?? null };
  if (await store.moveClaim(scope, claim.id, "dispute", change))
    scope.emit({ type: "claim.disputed", subject: claim.id, body: told(claim), about: aboutClaims });
}

/** Agreed work counts as exposure until it is approved. Whoever has the client will owe: its origin is the one of the engagement. */
export async function noteAgreed(scope: Scope, commitment: store.Commitment): Promise<void> {
  const { host, engagement } = commitment;
  const ours = !engagement.startsWith(`${scope.origin}/`);
  const before = await exposureAt(viewOf(scope), host, ours ? "theirs" : "ours");
  await store.saveCommitment(scope, commitment, ours);
  const after = await exposureAt(viewOf(scope), host, ours ? "theirs" : "ours");
  const { terms } = found(await sisterOfHost(scope.tx, host));
  if (comesNear(before, after, limitIn(terms, after.currency)))
    scope.emit({ type: "exposure.near", subject: host, body: { host, ours, exposure: moneyText(after) }, about: aboutClaims });
  scope.emit({ type: "commitment.changed", subject: host, body: { engagement }, about: aboutClaims });
}

/** So much of it is approved: what is owed of that stands in the claim. */
export async function noteApproved(scope: Scope, commitment: store.Commitment): Promise<void> {
  const { host, engagement } = commitment;
  await store.saveApproved(scope, commitment);
  scope.emit({ type: "commitment.changed", subject: host, body: { engagement }, about: aboutClaims });
}

/** Nothing more comes of it: it was cancelled, or ended with less. */
export async function noteEnded(scope: Scope, { host, engagement }: Omit<store.Commitment, "amount">): Promise<void> {
  await store.endCommitment(scope, host, engagement);
  scope.emit({ type: "commitment.changed", subject: host, body: { engagement }, about: aboutClaims });
}

/** What we may come to owe a sister as things stand, in our currency; `theirs`: what it may come to owe us. */
export async function exposureAt(view: Pick<View, "db">, host: Id, whose: "ours" | "theirs" = "ours"): Promise<Money> {
  const { currency } = await bookOf(view.db);
  return store.exposureOf(view.db, host, whose === "theirs", currency);
}

/** The day on which it should fall. */
export const exposureFallsOn = async ({ db, now }: View, { host, terms }: Sister): Promise<Day> =>
  fallsOn(dayOf(now, "UTC"), terms, await openWith(db, host));
