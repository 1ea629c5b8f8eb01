// Who sees money that is not their own.
import type { Actor } from "../../platform/actor.ts";
import type { Id } from "../../platform/id.ts";

/** Treasurers and accountants see all papers. */
export const seesAllMoney = (actor: Actor): boolean =>
  actor.kind === "person" && (actor.roles.includes("treasurer") || actor.roles.includes("accountant"));

export const buysForClient = (actor: Actor, client: Id): boolean =>
  actor.kind === "person" && actor.buysFor.some((buying) => buying.client === client);

/** An invoice is read by its client's buyers, by the member who did the work, and by the treasury. */
export const seesInvoice = (actor: Actor, { client, member }: { readonly client: Id; readonly member: Id }): boolean =>
  seesAllMoney(actor) || buysForClient(actor, client) || (actor.kind === "person" && actor.member === member);
