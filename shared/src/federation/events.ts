// What happens between coops.
import type { Id } from "../platform/id.ts";
import type { MoneyText } from "../platform/money.ts";
import type { Miss } from "./rules/neighbour.ts";

type OfTreaty = { readonly host: Id; readonly origin: string };
type OfClaim = { readonly host: Id; readonly engagement: string; readonly milestone: string; readonly ours: boolean };
type OfRound = { readonly host: Id; readonly name: string };

declare module "../platform/events.ts" {
  interface Facts {
    /** An officer named the address of another coop. */
    "neighbour.asked": { readonly origin: string };
    /** A coop answered there and said who it is. */
    "neighbour.found": { readonly origin: string; readonly name: string };
    "neighbour.missed": { readonly origin: string; readonly why: Miss };
    /** Our board asked to follow theirs. */
    "neighbour.followed": { readonly origin: string };
    "neighbour.welcomed": { readonly origin: string };
    "neighbour.turnedAway": { readonly origin: string };
    "neighbour.left": { readonly origin: string };
    /** An officer blocked a coop, or did so no more; the subject is its host. */
    "host.blocked": { readonly origin: string };
    "host.unblocked": { readonly origin: string };
    /** An actor of ours signs with new keys; the subject is the key. */
    "actorKey.made": { readonly actor: string };
    /** An operator wants new ones; the subject is the key that it signs requests with. */
    "actorKey.due": { readonly actor: string };
    /** It signs requests with another key from now on. */
    "actorKey.changed": { readonly actor: string };
    /** Our offer leaves under this address. The subject of each is the treaty. */
    "treaty.offered": OfTreaty & { readonly offer: string };
    /** Other terms lie on the table; `offer`: the address under which ours leave. */
    "treaty.redrafted": OfTreaty & { readonly offer?: string };
    "treaty.received": OfTreaty;
    /** Our offer passed theirs on the way, and is taken back. */
    "treaty.gaveWay": OfTreaty & { readonly offer: string };
    "treaty.withdrawn": OfTreaty & { readonly offer: string; readonly byUs: boolean };
    "treaty.refused": OfTreaty & { readonly offer: string; readonly byUs: boolean };
    /** Our members said yes to their offer; the agreement stands at this address. */
    "treaty.accepted": OfTreaty & { readonly offer: string; readonly iri: string };
    /** In force. `byUs`: ours was the last signature. */
    "treaty.begun": OfTreaty & { readonly iri: string; readonly byUs: boolean };
    "treaty.paused": OfTreaty;
    "treaty.resumed": OfTreaty;
    "treaty.ended": OfTreaty & { readonly byUs: boolean; readonly because: "vote" | "expiry" | "them" };
    /** It ends in so many days; the board is told. */
    "treaty.ending": OfTreaty & { readonly days: number };
    /** What members voted could not be carried out: other terms lie on the table, or nothing does. The subject is the coop. */
    "treaty.missed": OfTreaty & { readonly proposal: Id };
    /** Somebody elsewhere follows our board, or does so no more. */
    "follower.came": { readonly follower: string };
    "follower.went": { readonly follower: string };
    /** A head of a book is kept by a witness: ours by the coop that is the subject, or its own by us. */
    "head.witnessed": { readonly ours: boolean; readonly size: number };
    /** The book does not continue what its witness kept: it was rewritten. `ours`: ours was, as the subject says. */
    "book.forked": { readonly ours: boolean; readonly size: number };
    /** A claim between a sister and us; the subject is the claim. `ours`: we are owed. */
    "claim.expected": OfClaim;
    "claim.raised": OfClaim;
    "claim.accepted": OfClaim;
    "claim.disputed": OfClaim;
    "claim.withdrawn": OfClaim;
    "claim.netted": OfClaim & { readonly round: Id };
    "claim.settled": OfClaim & { readonly round: Id };
    /** Work is agreed with a sister, or approved, or came to its end; the subject is its host. */
    "commitment.changed": { readonly engagement: string };
    /** What one coop may come to owe the other comes near the limit of the treaty. `ours`: what we may be owed. */
    "exposure.near": { readonly host: Id; readonly ours: boolean; readonly exposure: MoneyText };
    /** We say something to a sister under our signature; the subject is the statement. */
    "statement.made": { readonly host: Id };
    "statement.signed": { readonly host: Id };
    /** The subject is the round. */
    "netting.opened": OfRound;
    "netting.posted": OfRound;
    "netting.dropped": OfRound;
    "netting.settled": OfRound;
    /** Something of ours is on its way to others. */
    "activity.published": { readonly activity: string };
  }
}
