// Facts: what happened, in the past tense. Each domain adds its own to the register by declaration merging.
import type { Id } from "./id.ts";
import type { Letterhead } from "./letterhead.ts";
import type { PackReview } from "./packs.ts";
import type { NoticeKind } from "./rules/notices.ts";
import type { Subject } from "./subject.ts";
import type { Instant } from "./time.ts";

export interface Facts {
  /** A letter lies in the outbox; what it says stays there. */
  "letter.written": { readonly kind: string };
  /** The board changed what stands on papers: who changed the account that clients pay to is never in doubt. */
  "letterhead.changed": Letterhead;
  /** The board named who looked through the rules of the coop's country. */
  "country.reviewed": PackReview;
  /** Somebody wrote to the thread of a thing; what they wrote stays there. */
  "message.written": Subject;
  "message.edited": Subject;
  "message.removed": Subject;
  /** Somebody has read further than before, up to this message. */
  "message.read": Subject;
  /** A person was told of something, or has read it; the subject is the person. */
  "notices.changed": Record<string, never>;
  /** Notices of these kinds wait to be pushed to a device, the subject; what they say is not in it. */
  "push.handedOut": { readonly kinds: readonly NoticeKind[] };
  /** The operator entered days that are still to come in calendars; the subject is this entering. */
  "calendar.entered": { readonly countries: readonly string[]; readonly days: number };
  /** A list is read in by the operator; what it brings has the run's id for a cause. */
  "import.begun": { readonly kind: string; readonly file: string };
  "import.ended": { readonly brought: number; readonly known: number };
  /** So many of what a run brought have ended. */
  "import.takenBack": { readonly taken: number };
}
export type FactType = keyof Facts;

/** A fact as an action tells it. */
export type Told<T extends FactType = FactType> = { [K in T]: { readonly type: K; readonly subject: Id; readonly body: Facts[K] } }[T];

/** A fact as the log keeps it. `cause` is the id of the request that brought it about. */
export type Fact<T extends FactType = FactType> = Told<T> & {
  readonly id: Id;
  readonly at: Instant;
  readonly actor: string;
  readonly cause: string;
};
