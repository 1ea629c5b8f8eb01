// What governance records.
import type { Id } from "../platform/id.ts";
import type { Day, Instant } from "../platform/time.ts";
import type { Cause, Decision, Party } from "./rules/panel.ts";
import type { College } from "./rules/words.ts";
import type { Outcome } from "./rules/vote.ts";

/** Of a proposal the subject is the proposal, of a vote the vote. */
type Plain = Record<string, never>;

declare module "../platform/events.ts" {
  interface Facts {
    /** The coop exists: its card and version 1 of every bylaw stand. */
    "coop.founded": { readonly name: string; readonly country: string; readonly currency: string };
    "proposal.drafted": Plain;
    /** `late`: it asks for something else so shortly before its words are fixed that this is put off. */
    "proposal.revised": { readonly version: number; readonly published: boolean; readonly late: boolean };
    "proposal.published": { readonly title: string };
    "proposal.withdrawn": Plain;
    /** The author of the first version took its words up: they are voted under that one. */
    "proposal.merged": { readonly into: Id };
    "proposal.sponsored": Plain;
    "proposal.unsponsored": Plain;
    /** Enough names: it is deliberated until then. */
    "proposal.supported": { readonly until: Instant };
    "proposal.argued": { readonly argument: Id };
    "proposal.lapsed": Plain;
    "proposal.fixed": Plain;
    /** What it would have meant in the past is kept, under this hash. */
    "proposal.weighed": { readonly hash: string };
    "proposal.judged": { readonly admissible: boolean };
    "proposal.admitted": Plain;
    "proposal.refused": Plain;
    "proposal.appealed": { readonly panel: Id };
    "proposal.readAgain": Plain;
    /** A seat is vacant, or its term ends soon: whoever wants a seat may stand until then. The subject is the proposal. */
    "election.called": { readonly college: College; readonly until: Instant };
    "candidacy.stood": Plain;
    "candidacy.stepped": Plain;
    "vote.convened": { readonly proposals: readonly Id[]; readonly opensAt: Instant; readonly closesAt: Instant };
    /** Somebody objects to an entry of its roll; the board is told. */
    "vote.objected": { readonly objection: Id };
    "vote.objectionAnswered": { readonly objection: Id; readonly upheld: boolean };
    "vote.opened": { readonly roll: number };
    /** Who cast stands in the roll-call alone, and is told after the close. */
    "vote.cast": Plain;
    "proxy.given": { readonly holder: Id };
    "proxy.takenBack": Plain;
    /** Its holder is leaving the coop. */
    "proxy.fell": { readonly giver: Id };
    "vote.extended": { readonly until: Instant };
    "vote.closed": Plain;
    "vote.counted": { readonly outcome: Outcome; readonly hash: string };
    "vote.contested": { readonly ground: string };
    /** Enough people contest it: a panel drawn by lot decides. */
    "vote.held": { readonly panel: Id };
    /** A panel let it stand, or came to no decision. */
    "vote.upheld": Plain;
    "vote.annulled": Plain;
    "vote.ended": Plain;
    "vote.papersEntered": { readonly round: number };
    /** The assembly it was convened in did not come to it. */
    "vote.calledOff": Plain;
    "proposal.released": Plain;
    /** A vote it was part of was counted: what became of it. */
    "proposal.settled": { readonly verb: "adopt" | "reject" | "miss" | "conveneAnew" };
    "proposal.enacted": { readonly vote: Id };
    /** A version of a bylaw was added; the subject is the vote. */
    "bylaw.enacted": { readonly proposal: Id; readonly keys: readonly string[]; readonly validFrom: Instant };
    /** A rule it wanted to change was changed meanwhile. */
    "proposal.blocked": Plain;
    /** Whoever has not cast yet is told that it closes soon. */
    "vote.reminded": Plain;
    /** Of a lot the subject is the lot. The pool stands; the board is asked for seeds. */
    "lot.opened": { readonly panel: Id; readonly poolRoot: string };
    "lot.committed": { readonly party: string; readonly hash: string };
    "lot.closed": Plain;
    "lot.revealed": { readonly party: string };
    "lot.drawn": { readonly seed: string };
    /** One of those who gave a seed did not show it. */
    "lot.voided": Plain;
    /** Of a panel the subject is the panel. */
    "panel.called": { readonly cause: Cause; readonly of: Id };
    /** The people at these places of the lot are asked. */
    "panel.asked": { readonly places: readonly number[] };
    "panel.answered": { readonly place: number; readonly accepted: boolean };
    "panel.passed": { readonly place: number };
    "panel.challenged": { readonly place: number; readonly party: Party };
    "panel.sat": { readonly seats: number; readonly until: Instant };
    "panel.spoken": Plain;
    "panel.decided": { readonly decision: Decision };
    "panel.lapsed": Plain;
    /** Somebody was elected to a seat whose term still runs: they sit down when it ends. */
    "seat.won": { readonly person: Id; readonly from: Instant; readonly until: Instant };
    "seat.taken": { readonly person: Id; readonly vote: Id; readonly until: Instant };
    /** Somebody of the board says which day is their last. */
    "seat.resigned": { readonly person: Id; readonly on: Day };
    "seat.ended": { readonly person: Id; readonly vote: Id; readonly cause: string };
  }
}
