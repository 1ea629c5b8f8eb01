// What happens between coops.
import type { Miss } from "./rules/neighbour.ts";

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
    /** Something of ours is on its way to others. */
    "activity.published": { readonly activity: string };
  }
}
