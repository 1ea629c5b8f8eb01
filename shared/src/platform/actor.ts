// Who acts: a visitor, a person with the roles they hold at this moment, another server, the clock, or the operator at the machine.
import type { Id } from "./id.ts";
import type { Instant } from "./time.ts";

/** What a person may be at this coop. A member or a client's buyer is known by their own thing, not by a role. */
export const roles = ["operator", "board", "treasurer", "adviser", "accountant"] as const;
export type Role = (typeof roles)[number];

/** A person's part in a client organisation. */
export const buyerRoles = ["owner", "poster", "approver", "payer"] as const;
export type BuyerRole = (typeof buyerRoles)[number];
export type Buying = { readonly client: Id; readonly role: BuyerRole };

export type Person = {
  readonly kind: "person";
  readonly person: Id;
  readonly session: Id;
  /** When they last proved by passkey, in this session, that it is they. */
  readonly provedAt?: Instant;
  readonly roles: readonly Role[];
  readonly member?: Id;
  /** The membership they had and left: its papers stay theirs, and nothing else of it does. */
  readonly formerMember?: Id;
  readonly buysFor: readonly Buying[];
};

export type Actor =
  | Person
  | { readonly kind: "visitor"; readonly left?: true }
  /** Another server, known by what it signed; where somebody of a sister signed, with the member or the client that they are here. */
  | { readonly kind: "peer"; readonly origin: string; readonly member?: Id; readonly buysFor?: readonly Buying[] }
  | { readonly kind: "clock" }
  | { readonly kind: "listener" }
  | { readonly kind: "operator" };

export const visitor: Actor = { kind: "visitor" };
/** Nobody any more: a session ran out by itself, and its browser has not noticed. */
export const leftVisitor: Actor = { kind: "visitor", left: true };
export const clock: Actor = { kind: "clock" };
export const listener: Actor = { kind: "listener" };
export const operator: Actor = { kind: "operator" };

/** The member who acts: one of ours, or one of a sister's. */
export const memberActing = (actor: Actor): Id | undefined => (actor.kind === "person" || actor.kind === "peer" ? actor.member : undefined);

/** As which member somebody reads what is their own: as the one they are, or were. */
export const memberReading = (actor: Actor): Id | undefined =>
  memberActing(actor) ?? (actor.kind === "person" ? actor.formerMember : undefined);

/** Whether a member's papers are read by that member: in person, since a sister sends nobody to read. */
export const readsOwn = (actor: Actor, member: Id): boolean => actor.kind === "person" && memberReading(actor) === member;

/** For whom somebody buys, here or at a sister. */
export const buyingOf = (actor: Actor): readonly Buying[] =>
  actor.kind === "person" || actor.kind === "peer" ? (actor.buysFor ?? []) : [];

/** How an actor stands in the event log and in front of a key: `person:<id>`, `peer:<origin>` or the kind alone. */
export function actorName(actor: Actor): string {
  if (actor.kind === "person") return `person:${actor.person}`;
  return actor.kind === "peer" ? `peer:${actor.origin}` : actor.kind;
}
