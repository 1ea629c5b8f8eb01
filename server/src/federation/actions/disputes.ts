// How a dispute about a claim ends: whoever raised it withdraws it or raises it anew, whoever owes accepts it after all. Both are told under signature, and the book follows what both hold.
import { answerFrom, claimFrom, type Statement } from "@partcommune/federation/statement";
import type * as api from "@partcommune/shared/federation/api/settling";
import {
  addsUp,
  isAsExpected,
  isOurWord,
  kindOfClaim,
  objectionToClaimAct,
  type ClaimAct,
  type Claimed,
} from "@partcommune/shared/federation/rules/claim";
import { legsOfLossKept, legsOfSettlementConceded, legsOfSettlementYielded } from "@partcommune/shared/money/rules/legs-of-sisters";
import type { Figures } from "@partcommune/shared/money/rules/split";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import { bookOpened, post } from "../../money/index.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import * as store from "../store/claims.ts";
import { sisterOfHost, type Sister } from "../store/sisters.ts";
import { claimStated, lastAnswerTo } from "../store/statements.ts";
import { aboutClaims, answer, heardAt, textsOf, told, wholeSeconds } from "./claim-words.ts";
import { borne } from "./shares.ts";
import { state } from "./statements.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** What stands in our book of a claim: of one that is withdrawn, or that we know from the other coop alone, nothing. */
const bookedOf = ({ state: at, due, theirs, ...claim }: store.HeldClaim): bigint =>
  at === "withdrawn" || (!isOurWord(claim) && at === "disputed" && theirs === null) ? 0n : due.minor;

/** Books what the end of a dispute changes, from what stood in our book to what both hold; `by`: the statement that says so. */
const booked = (scope: Scope, claim: store.HeldClaim, to: bigint, by: string): Promise<void> =>
  changed(scope, claim, { minor: to - bookedOf(claim), currency: claim.due.currency }, by);

/** Who bears what the two coops come to hold instead: of work the reserve; of a loss the guarantee pot, as it would where nobody shared it. */
const bearers = {
  work: (ours: boolean) =>
    ours
      ? ({ kind: "settlement.yielded", legsOf: legsOfSettlementYielded } as const)
      : ({ kind: "settlement.conceded", legsOf: legsOfSettlementConceded } as const),
  loss: () => ({ kind: "loss.host", legsOf: legsOfLossKept }) as const,
  recovery: () => ({ kind: "loss.host", legsOf: legsOfLossKept }) as const,
};

type Changing = Pick<store.HeldClaim, "host" | "ours" | "turn">;

/** What stands in our book of a claim changes by so much. */
async function changed(scope: Scope, { host, ours, turn }: Changing, change: Money, by: string): Promise<void> {
  if (change.minor === 0n) return;
  const { zone } = await bookOf(scope.tx);
  const { kind, legsOf } = bearers[kindOfClaim(turn)](ours);
  await bookOpened(scope);
  const entry = { kind, key: `claim:${by}`, on: dayOf(scope.now, zone), legs: legsOf(host, change), bylaws: [], cites: { sister: host } };
  await post(scope, [entry]);
}

/** What came in of a loss that we claim no more of the sister is ours, and the pot that bore it gets it back. */
export const borneAlone = (scope: Scope, loss: store.HeldClaim, { minor, currency }: Money, turn: number): Promise<void> =>
  changed(scope, loss, { minor: -minor, currency }, `${loss.id}:${turn}`);

/** A claim, where a treasurer can do this about it now, and the coop that it is with. */
async function forTreasurer(scope: Scope, id: Id, act: ClaimAct): Promise<{ readonly claim: store.HeldClaim; readonly sister: Sister }> {
  const claim = found(await store.claimHeld(scope, id));
  refuseIf(objectionToClaimAct(claim, act));
  return { claim, sister: found(await sisterOfHost(scope.tx, claim.host)) };
}

const emit = (scope: Scope, type: "claim.withdrawn" | "claim.raised" | "claim.accepted", claim: store.HeldClaim): void =>
  scope.emit({ type, subject: claim.id, body: told(claim), about: aboutClaims });

/** Refuses figures that are no claim: their parts are not the whole, or they are in money that we keep no book of. */
async function refuseUnsound(scope: Scope, figures: Figures & { readonly turn: number }, { name: coop }: Sister): Promise<void> {
  const { currency } = await bookOf(scope.tx);
  refuseUnless(addsUp(figures) && figures.gross.currency === currency, "claim-unsound", { coop });
}

export const withdrawClaim: Act<typeof api.withdrawClaim> = async (scope, { claim: id, reason }) => {
  const { claim, sister } = await forTreasurer(scope, id, "withdraw");
  const words = { claim: found(claim.statement ?? undefined), sha256: found(claim.sha256 ?? undefined), reason };
  const { jti } = await state(scope, sister, "settlement-withdrawal", words);
  await store.moveClaim(scope, id, "withdraw", { reason });
  await booked(scope, claim, 0n, jti);
  emit(scope, "claim.withdrawn", claim);
  return {};
};

export const raiseClaimAnew: Act<typeof api.raiseClaimAnew> = async (scope, { claim: id, reason }) => {
  const { claim, sister } = await forTreasurer(scope, id, "raise");
  const { engagement, milestone, turn, statement: replaces } = claim;
  const said = await lastAnswerTo(scope, claim.host, replaces ?? "");
  const expected = said === undefined ? undefined : answerFrom(said).expected;
  refuseUnless(expected !== undefined, "claim-sum-unknown", { coop: sister.name });
  await refuseUnsound(scope, { ...expected, turn }, sister);
  const name = { engagement, milestone, ...(turn === 0 ? {} : { turn }) };
  const words = { treaty: sister.iri, ...name, ...textsOf(expected), replaces, reason };
  const { jti: statement, sha256 } = await state(scope, sister, "settlement-claim", words);
  await store.moveClaim(scope, id, "raise", { ...store.columnsOf(expected), statement, sha256, reason, theirs_minor: null });
  await booked(scope, claim, expected.due.minor, statement);
  emit(scope, "claim.raised", claim);
  return {};
};

export const acceptClaim: Act<typeof api.acceptClaim> = async (scope, { claim: id, reason }) => {
  const { claim, sister } = await forTreasurer(scope, id, "accept");
  const { host, sha256 } = claim;
  const statement = found(claim.statement ?? undefined);
  const claimed = await claimIn(scope, host, statement);
  await refuseUnsound(scope, claimed, sister);
  await store.moveClaim(scope, id, "accept", {
    ...store.columnsOf(claimed),
    accepted_at: wholeSeconds(scope.now),
    theirs_minor: null,
    reason,
  });
  await (kindOfClaim(claim.turn) === "work" ? booked(scope, claim, claimed.due.minor, statement) : borne(scope, host, claimed));
  await answer(scope, host, { claim: statement, sha256, answer: "accepted", reason });
  emit(scope, "claim.accepted", claim);
  return {};
};

/** What a sister claimed in a statement. */
const claimIn = async (scope: Scope, host: Id, jti: string): Promise<ReturnType<typeof claimFrom>> =>
  claimFrom(found(await claimStated(scope, { host, jti, ours: false })).payload);

/** A sister claims no more what we dispute. What we had expected we expect again. */
export async function hearWithdrawal(scope: Scope, host: Id, said: Statement<"settlement-withdrawal">): Promise<void> {
  const claim = await store.claimRaisedBy(scope, host, said.claim);
  if (!claim || isOurWord(claim) || claim.sha256 !== said.sha256) return;
  const { reason } = said;
  const moved =
    claim.theirs === null
      ? await store.moveClaim(scope, claim.id, "withdraw", { reason })
      : await store.moveClaim(scope, claim.id, "expect", { reason, statement: null, sha256: null, theirs_minor: null });
  if (moved) emit(scope, "claim.withdrawn", claim);
}

/** A sister accepts what we claimed, at once or after all, even where we have withdrawn it or said it anew meanwhile: the words it signed are what both hold. */
export async function acceptedThere(scope: Scope, host: Id, said: Statement<"settlement-answer">): Promise<void> {
  const stated = await claimStated(scope, { host, jti: said.claim, ours: true });
  if (stated?.sha256 !== said.sha256) return;
  const claimed = claimFrom(stated.payload);
  const claim = await store.claimOf(scope, host, claimed);
  if (!claim || !isOurWord(claim)) return;
  const holds = { ...store.columnsOf(claimed), statement: said.claim, sha256: said.sha256, theirs_minor: null };
  const change = { ...holds, accepted_at: heardAt(scope, said.iat), ...(said.reason === undefined ? {} : { reason: said.reason }) };
  if (!(await store.moveClaim(scope, claim.id, "accept", change))) return;
  await booked(scope, claim, claimed.due.minor, said.jti);
  emit(scope, "claim.accepted", claim);
}

/** Our client approved what a sister claimed before: what it claimed may be right now, and what a treasurer took from the reserve for it returns. */
export async function expectedAfterAll(scope: Scope, early: store.HeldClaim, expected: Claimed): Promise<"right" | "differs" | "known"> {
  if (early.state !== "disputed") {
    await booked(scope, { ...early, due: expected.due }, 0n, `${early.id}:expected`);
    return "known";
  }
  const said = await claimIn(scope, early.host, early.statement ?? "");
  await store.expectDisputed(scope, early.id, expected, said.due.minor);
  return addsUp(said) && isAsExpected(said, expected) ? "right" : "differs";
}
