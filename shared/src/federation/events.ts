// What happens between coops.
import type { Id } from "../platform/id.ts";
import type { Miss } from "./rules/neighbour.ts";

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
    /** An actor of ours signs with new keys; the subject is the key. */
    "actorKey.made": { readonly actor: string };
    /** Somebody elsewhere follows our board, or does so no more. */
    "follower.came": { readonly follower: string };
    "follower.went": { readonly follower: string };
    /** A claim between a sister and us; the subject is the claim. `ours`: we are owed. */
    "claim.expected": OfClaim;
    "claim.raised": OfClaim;
    "claim.accepted": OfClaim;
    "claim.disputed": OfClaim;
    "claim.netted": OfClaim & { readonly round: Id };
    "claim.settled": OfClaim & { readonly round: Id };
    /** Work is agreed with a sister, or approved, or came to its end; the subject is its host. */
    "commitment.changed": { readonly engagement: string };
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
