// The verbs of setting off: two coops state what they both hold until their hashes are equal, and only then does it enter the book.
import type { Statement } from "@partcommune/federation/statement";
import { endOfRound, hashOfRound, inBoth, roundOf, type Round } from "@partcommune/shared/federation/rules/netting";
import { legsOfSettlementNetted } from "@partcommune/shared/money/rules/legs-of-sisters";
import { dayAfter, dayOf } from "@partcommune/shared/platform/calendar";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import { bookOpened, post } from "../../money/index.ts";
import { bookOf } from "../../platform/store.ts";
import { found } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import { moveClaim } from "../store/claims.ts";
import * as store from "../store/netting.ts";
import { sisterOfHost, type Sister } from "../store/sisters.ts";
import { state } from "./statements.ts";

const about: readonly string[] = ["desk:money", "sisters"];

const currencyOf = (name: string): string => name.slice(-3);

const partiesWith = (
  { origin: ours }: Pick<Scope, "origin">,
  { origin: theirs }: Sister,
): { readonly ours: string; readonly theirs: string } => ({
  ours: `${ours}/actor`,
  theirs: `${theirs}/actor`,
});

/** What of a round we get; below zero, what we pay. */
const netIn = (claims: readonly store.RoundClaim[]): bigint =>
  claims.reduce((so, { ours, due }) => (ours ? so + due.minor : so - due.minor), 0n);

/** Opens a round with a sister with all that is accepted and in none; undefined where there is nothing to set off, or it has begun. */
async function opened(
  scope: Scope,
  sister: Sister,
  name: string,
  only?: Statement<"netting-round">["claims"],
): Promise<store.HeldRound | undefined> {
  const { host } = sister;
  const currency = currencyOf(name);
  const waiting = await store.claimsFor(scope, { host, currency, before: endOfRound(name) }, partiesWith(scope, sister));
  const claims = only ? inBoth(waiting, only) : waiting;
  if (!only && claims.length === 0) return undefined;
  const dueOn = dayAfter(dayOf(scope.now, "UTC"), sister.terms.settleWithinDays);
  const id = await store.saveRound(scope, { host, name, currency, hash: hashOfRound(roundOf(name, claims)), net: netIn(claims), dueOn });
  if (id === undefined) return undefined;
  await store.placeClaims(scope, claims, id);
  scope.emit({ type: "netting.opened", subject: id, body: { host, name }, about });
  return store.roundHeld(scope, host, name);
}

/** Says what we hold of a round. `answers`: what was said by the other, which needs no answer to this one. */
async function stated(scope: Scope, sister: Sister, held: store.HeldRound, round: Round, net: bigint, answers?: string): Promise<void> {
  const hash = hashOfRound(round);
  const words = {
    ...round,
    parties: [...round.parties],
    claims: round.claims.map((each) => ({ ...each })),
    net: round.net.map((each) => ({ ...each })),
  };
  const said = await state(scope, sister, "netting-round", { ...words, sha256: hash, ...(answers === undefined ? {} : { answers }) });
  await store.saveStated(scope, held.id, { hash, statement: said.jti, net });
}

/** The netting day has come: whoever's origin sorts first begins. */
export const beginRound: Action<{ host: Id; name: string }, Record<string, never>> = async (scope, { host, name }) => {
  const sister = found(await sisterOfHost(scope.tx, host));
  const held = await opened(scope, sister, name);
  if (held) await restated(scope, sister, held);
  return {};
};

/** Says again what was not answered: a message was lost, or the other coop rests. */
export const repeatRound: Action<{ host: Id; name: string }, Record<string, never>> = async (scope, { host, name }) => {
  const held = await store.roundHeld(scope, host, name);
  if (held?.state === "open") await restated(scope, found(await sisterOfHost(scope.tx, host)), held);
  return {};
};

async function restated(scope: Scope, sister: Sister, held: store.HeldRound, answers?: string): Promise<void> {
  const claims = await claimsIn(scope, sister, held);
  await stated(scope, sister, held, roundOf(held.name, claims), netIn(claims), answers);
}

const claimsIn = (
  scope: Scope,
  sister: Sister,
  { host, currency, name, id: round }: store.HeldRound,
): Promise<readonly store.RoundClaim[]> =>
  store.claimsFor(scope, { host, currency, before: endOfRound(name), round }, partiesWith(scope, sister));

/** Why what a sister says of a round is none: its hash is of other words, or it is of a month that is not over, or of money that we do not keep. */
async function isNoRound(scope: Scope, said: Statement<"netting-round">): Promise<boolean> {
  const { currency } = await bookOf(scope.tx);
  return hashOfRound(said) !== said.sha256 || currencyOf(said.round) !== currency || scope.now < endOfRound(said.round);
}

/** A sister says what it holds of a round. What both hold is the round; where its hash is equal on both sides, it is posted. */
export async function hearRound(scope: Scope, host: Id, said: Statement<"netting-round">): Promise<void> {
  if (await isNoRound(scope, said)) return;
  const sister = found(await sisterOfHost(scope.tx, host));
  const known = await store.roundHeld(scope, host, said.round);
  if (!known && said.answers !== undefined) return;
  const held = known ?? (await opened(scope, sister, said.round, said.claims));
  if (!held) return;
  // An answer to what was decided needs none; an ask does, for ours was lost on its way.
  if (held.state !== "open") return said.answers === undefined ? restated(scope, sister, held, said.jti) : undefined;
  await compared(scope, sister, held, said);
}

async function compared(scope: Scope, sister: Sister, held: store.HeldRound, said: Statement<"netting-round">): Promise<void> {
  const all = await claimsIn(scope, sister, held);
  const both = inBoth(all, said.claims);
  const kept = new Set(both.map(({ row }) => row));
  await store.placeClaims(
    scope,
    all.filter(({ row }) => !kept.has(row)),
    null,
  );
  const round = roundOf(held.name, both);
  const hash = hashOfRound(round);
  if (said.answers === undefined || held.hash !== hash) await stated(scope, sister, held, round, netIn(both), said.jti);
  if (both.length === 0) return dropped(scope, held);
  if (hash === said.sha256) await posted(scope, sister, held, both, hash);
}

async function dropped(scope: Scope, { id, host, name }: store.HeldRound): Promise<void> {
  if (await store.moveRound(scope, id, "drop")) scope.emit({ type: "netting.dropped", subject: id, body: { host, name }, about });
}

const sumOf = (claims: readonly store.RoundClaim[], whose: boolean, currency: string): Money => ({
  minor: claims.reduce((so, { ours, due }) => (ours === whose ? so + due.minor : so), 0n),
  currency,
});

/** Both hold the other's equal hash. It is posted once, under the name of the round, and never taken back. */
async function posted(
  scope: Scope,
  sister: Sister,
  held: store.HeldRound,
  claims: readonly store.RoundClaim[],
  hash: string,
): Promise<void> {
  const { id: round, host, name, currency } = held;
  const { zone } = await bookOf(scope.tx);
  const due_on = dayAfter(dayOf(scope.now, "UTC"), sister.terms.settleWithinDays);
  if (!(await store.moveRound(scope, round, "post", { theirs: hash, hash, net_minor: netIn(claims), due_on }))) return;
  const pair = [scope.origin, sister.origin].toSorted().join(" ");
  const legs = legsOfSettlementNetted(host, sumOf(claims, false, currency), sumOf(claims, true, currency));
  await bookOpened(scope);
  const entry = { kind: "settlement.netted", key: `netting:${name}:${pair}`, on: dayOf(scope.now, zone), bylaws: [] } as const;
  // Of claims that come to nothing in both directions, nothing moves.
  await post(scope, legs.length === 0 ? [] : [{ ...entry, legs, cites: { sister: host } }]);
  scope.emit({ type: "netting.posted", subject: round, body: { host, name }, about });
  for (const { row, ours, engagement, milestone } of claims) {
    await moveClaim(scope, row, "net");
    scope.emit({ type: "claim.netted", subject: row, body: { host, engagement, milestone, ours, round }, about });
  }
  if (netIn(claims) === 0n) await settled(scope, sister, held);
}

/** Nothing of a round is open any more. */
async function settled(scope: Scope, sister: Sister, held: store.HeldRound): Promise<void> {
  const { id: round, host, name } = held;
  await store.moveRound(scope, round, "settle");
  scope.emit({ type: "netting.settled", subject: round, body: { host, name }, about });
  for (const { row, ours, engagement, milestone } of await claimsIn(scope, sister, held)) {
    await moveClaim(scope, row, "settle");
    scope.emit({ type: "claim.settled", subject: row, body: { host, engagement, milestone, ours, round }, about });
  }
}

/** A bank has booked money between a sister and us: above zero it came, below zero it left. The oldest round is paid first. */
export async function noteMoved(scope: Scope, host: Id, { minor, currency }: Money): Promise<void> {
  let left = minor;
  for (const held of await store.unpaidRounds(scope, host, currency)) {
    const open = held.net - held.moved;
    if (left === 0n || open > 0n !== left > 0n) continue;
    const moved = open > 0n === left < open ? left : open;
    await store.saveMoved(scope, held.id, moved);
    left -= moved;
    if (moved === open) await settled(scope, found(await sisterOfHost(scope.tx, host)), held);
  }
}
