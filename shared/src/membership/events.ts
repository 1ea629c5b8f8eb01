// What membership records.
import type { Decision } from "./rules/review.ts";
import type { Decider } from "./rules.ts";
import type { Role } from "../platform/actor.ts";
import type { Id } from "../platform/id.ts";
import type { Day } from "../platform/time.ts";

declare module "../platform/events.ts" {
  interface Facts {
    /** A person is known to the coop. */
    "person.joined": Record<string, never>;
    "passkey.added": { readonly passkey: Id };
    "passkey.removed": { readonly passkey: Id };
    "password.changed": Record<string, never>;
    /** An organisation that can post jobs; the person who founded it owns it. */
    "client.founded": { readonly owner: Id };
    /** From now on other words stand on its invoices; which, its row says. */
    "client.described": { readonly by: Id };
    "member.applied": { readonly person: Id };
    "member.admitted": { readonly by: Decider };
    /** The board said no; why stands with the application, for the applicant and the board. */
    "member.refused": { readonly by: Decider };
    /** An applicant shows the members some words on themselves, or no longer. */
    "member.presented": { readonly shown: boolean };
    "member.confirmed": { readonly by: Decider };
    /** The member owns their first share; from now on they vote. */
    "member.associated": Record<string, never>;
    /** A member gave notice: they finish what they signed, and take on nothing new. */
    "member.leaving": Record<string, never>;
    /** They took it back, and are what they were. */
    "member.staying": Record<string, never>;
    /** Nothing of theirs was open any more: the membership has ended. */
    "member.left": Record<string, never>;
    /** A list was read in by mistake, and nothing had come of it: the membership ends, and the person is forgotten if nothing else is theirs. */
    "member.takenBack": Record<string, never>;
    "client.takenBack": Record<string, never>;
    "person.forgotten": Record<string, never>;
    "branch.opened": { readonly parent: Id | null; readonly name: string; readonly country: string; readonly region: string };
    /** From now on its members rest on the days of this region too; empty: on the country's alone. */
    "branch.regionSet": { readonly region: string };
    "branch.renamed": { readonly name: string };
    "branch.closed": Record<string, never>;
    /** From a day on the member is in this branch; what was planned from that day on is gone. */
    "member.moved": { readonly branch: Id; readonly from: Day; readonly by: Decider };
    /** Somebody wants a person to look at what a rule said. */
    "review.asked": { readonly refusal: string };
    "review.decided": { readonly decision: Decision; readonly by: Id };
    /** A member wrote their own page; what it says stays there. */
    "profile.saved": { readonly shown: boolean };
    /** From now on this adviser follows the member. */
    "adviser.named": { readonly adviser: Id; readonly by: Id };
    /** Nobody follows the member any more: their adviser has lost the role. */
    "adviser.left": { readonly adviser: Id };
    /** Somebody who is employed was declared to the social office; its number stays with the record. */
    "employment.recorded": { readonly member: Id };
    /** Its last day is known, or it was entered by mistake. */
    "employment.ended": { readonly member: Id; readonly mistaken: boolean };
    "borderPaper.recorded": { readonly member: Id; readonly country: string };
    "role.given": { readonly role: Role; readonly by: Id | null };
    "role.ended": { readonly role: Role; readonly by: Id | null };
  }
}
