// Who sees money that is not their own.
import { memberReading, readsOwn, type Actor } from "../../platform/actor.ts";
import type { Id } from "../../platform/id.ts";

/** Treasurers and accountants see all papers. */
export const seesAllMoney = (actor: Actor): boolean =>
  actor.kind === "person" && (actor.roles.includes("treasurer") || actor.roles.includes("accountant"));

export const buysForClient = (actor: Actor, client: Id): boolean =>
  actor.kind === "person" && actor.buysFor.some((buying) => buying.client === client);

export type Parties = { readonly client: Id; readonly team: readonly Id[] };

/** Whether this person stands on a side of the work: buys for its client, or did it. */
export const isPartyTo = (actor: Actor, { client, team }: Parties): boolean =>
  buysForClient(actor, client) || team.some((member) => readsOwn(actor, member));

/** Whose word this person gives about money of the work: `client` where they bind it, of a team their own. */
export function moneyWordOf(actor: Actor, { client, team }: Parties): string | undefined {
  if (actor.kind !== "person") return undefined;
  const own = memberReading(actor);
  if (own !== undefined && team.includes(own)) return own;
  return actor.buysFor.some((buying) => buying.client === client && (buying.role === "owner" || buying.role === "approver"))
    ? "client"
    : undefined;
}

/** An invoice is read by its client's buyers, by those who did the work, and by the treasury. */
export const seesInvoice = (actor: Actor, parties: Parties): boolean => seesAllMoney(actor) || isPartyTo(actor, parties);
