// What the community records.
import type { Id } from "../platform/id.ts";
import type { Instant } from "../platform/time.ts";
import type { SignedPart } from "./rules/minutes.ts";
import type { Said } from "./rules/answer.ts";
import type { Way } from "./rules/assembly.ts";

type Plain = Record<string, never>;

declare module "../platform/events.ts" {
  interface Facts {
    /** Of a gathering the subject is the gathering. */
    "gathering.called": { readonly title: string; readonly from: Instant };
    /** `moved`: to another hour or another place. */
    "gathering.changed": { readonly moved: boolean };
    "gathering.cancelled": Plain;
    /** Whoever acted says whether they come. */
    "gathering.answered": { readonly said: Said };
    /** A place came free and is kept for a person until then. */
    "place.offered": { readonly person: Id; readonly until: Instant };
    "place.lapsed": { readonly person: Id };
    /** Every member is written to. */
    "assembly.convened": Plain;
    "assembly.attended": { readonly person: Id; readonly way: Way | "left" };
    "assembly.handedOver": { readonly person: Id };
    "assembly.opened": Plain;
    "assembly.tellersDrawn": { readonly seed: string; readonly tellers: readonly Id[] };
    "assembly.closed": Plain;
    "assembly.lapsed": Plain;
    /** Of an item the subject is the item. */
    "item.opened": { readonly gathering: Id };
    "papers.entered": { readonly gathering: Id };
    "item.closed": { readonly gathering: Id };
    "item.left": { readonly gathering: Id };
    "minutes.drafted": { readonly hash: string };
    "minutes.signed": { readonly part: SignedPart };
    "minutes.completed": Plain;
    "minutes.added": { readonly addendum: Id };
    /** The link of a person's calendar is another one now; the subject is the person. */
    "calendar.renewed": Plain;
  }
}
