// What two coops bear of a client who never pays: whoever has the client says what the other bears of it, and what of that comes back. The other's book follows what both hold.
import type { Statement } from "@partcommune/federation/statement";
import { addsUp, expectedOfLoss, isAsLost, type Bearing, type Claimed } from "@partcommune/shared/federation/rules/claim";
import type { Id } from "@partcommune/shared/platform/id";
import { bearShare, homeLossOf } from "../../money/index.ts";
import { found, refuseUnless } from "../../platform/refused.ts";
import type { Scope } from "../../platform/scope.ts";
import * as store from "../store/claims.ts";
import { sisterOfHost } from "../store/sisters.ts";
import { aboutClaims, answer, textsOf, told, wholeSeconds } from "./claim-words.ts";

type Said = Statement<"settlement-claim">;

/** Books a loss that our coop bears a part of, or what came back of it, by the work that both hold. */
export async function borne(scope: Scope, host: Id, claimed: Claimed): Promise<void> {
  const { engagement, milestone, turn, gross, due } = claimed;
  const { invoice, gross: price } = found(await store.claimOf(scope, host, { engagement, milestone, turn: 0 }));
  const isAfterLoss = turn === 1 || (await store.acceptedBefore(scope, host, claimed)).length > 0;
  refuseUnless(isAfterLoss, "not-in-this-state", { state: "disputed" });
  await bearShare(scope, { invoice: found(invoice ?? undefined), turn, price, gross, due });
}

/** A sister says what we bear of a client of theirs: accepted and booked where it is what we reckon, and disputed otherwise, and then nothing moves. */
export async function hearShare(scope: Scope, host: Id, said: Said, sha256: string): Promise<void> {
  const { origin } = found(await sisterOfHost(scope.tx, host));
  refuseUnless(said.engagement.startsWith(`${origin}/engagements/`), "statement-unreadable");
  const last = await store.claimOf(scope, host, said);
  const known = last?.state === "withdrawn" ? undefined : last;
  const isAnew = known?.state === "disputed" && said.replaces === known.statement;
  if (known && !isAnew) return;
  const bearing = await bearingOf(scope, host, said);
  const isRight = bearing !== undefined && addsUp(said) && isAsLost(said, bearing);
  const id = await kept(scope, host, { said, sha256, known, isRight });
  const words = { claim: said.jti, sha256 };
  if (isRight) {
    await borne(scope, host, said);
    await answer(scope, host, { ...words, answer: "accepted" });
  } else {
    const expected = bearing && expectedOfLoss(bearing, said);
    await answer(scope, host, { ...words, answer: "disputed", ...(expected ? { expected: textsOf(expected) } : {}) });
  }
  const type = isRight ? "claim.accepted" : "claim.disputed";
  scope.emit({ type, subject: id, body: told({ ...said, host, ours: true }), about: aboutClaims });
}

/** What of it our coop bears, by the treaty under which it was agreed; undefined where we claim the work itself no more. What it speaks of may still be on its way. */
async function bearingOf(scope: Scope, host: Id, said: Said): Promise<Bearing | undefined> {
  const work = await store.claimOf(scope, host, { ...said, turn: 0 });
  const before = said.turn === 1 ? work : await store.claimOf(scope, host, { ...said, turn: said.turn - 1 });
  if (!work || !before) throw new Error("what a sister says of a loss speaks of what is not here yet");
  if (work.state === "withdrawn" || work.invoice === null) return undefined;
  return { work, homeLossPpm: await homeLossOf(scope, work.invoice), before: await store.acceptedBefore(scope, host, said) };
}

type Kept = { readonly said: Said; readonly sha256: string; readonly known: store.HeldClaim | undefined; readonly isRight: boolean };

async function kept(scope: Scope, host: Id, { said, sha256, known, isRight }: Kept): Promise<Id> {
  const { jti: statement } = said;
  const acceptedAt = wholeSeconds(scope.now);
  if (!known) {
    const row = { host, ours: true, claimed: said, statement, sha256 };
    return found(
      await store.saveClaim(scope, { ...row, ...(isRight ? { state: "accepted" as const, acceptedAt } : { state: "disputed" as const }) }),
    );
  }
  const change = { ...store.columnsOf(said), statement, sha256 };
  if (isRight) await store.moveClaim(scope, known.id, "accept", { ...change, accepted_at: acceptedAt });
  else await store.moveClaim(scope, known.id, "dispute", change);
  return known.id;
}
