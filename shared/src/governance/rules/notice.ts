// What a vote's notice says: everything that decides how it is counted, published before anybody casts and changed by nobody.
import type { Id } from "../../platform/id.ts";
import type { Instant } from "../../platform/time.ts";
import type { Payload, ProposalKind } from "./proposal.ts";
import type { Method, Mode } from "./vote.ts";
import type { BylawClass, College } from "./words.ts";

/** What can be chosen where the question is not yes or no. `keep` stands for "as it is". */
export type VoteOption = { readonly key: string; readonly title: string; readonly proposal?: Id; readonly candidacy?: Id };

/** Its canonical JSON (RFC 8785) is what is hashed; numbers are small whole numbers. */
export type Notice = {
  readonly vote: Id;
  readonly kind: ProposalKind;
  readonly class: BylawClass;
  readonly reading: 1 | 2;
  /** Whether it was asked before and too few came: then fewer are enough. */
  readonly convocation: 1 | 2;
  readonly method: Method;
  readonly mode: Mode;
  /** Why it is not secret, where a bylaw asks for secrecy: told before anybody votes. */
  readonly openBecause?: "tooFew" | "sealedNotBuilt";
  /** Why it is on paper: it ought to be secret, or the board called it so. */
  readonly paperBecause?: "secret" | "called";
  /** What each proposal carries out, by its id. */
  readonly versions: Readonly<Record<Id, Payload>>;
  /** SHA-256 of what each change of bylaws would have meant in the past, as it was kept when its words were fixed. */
  readonly effects?: Readonly<Record<Id, string>>;
  readonly titles: Readonly<Record<Id, string>>;
  /** In the order that is frozen; ballots show them in an order of their own. Empty for yes or no. */
  readonly options: readonly VoteOption[];
  /** Seats to fill, of an election. */
  readonly seats?: number;
  readonly weights: Readonly<Partial<Record<College, number>>>;
  readonly majority: { readonly over: number; readonly under: number; readonly strict: boolean };
  /** In every college, or over all of them together. */
  readonly everyCollege: boolean;
  readonly quorum: { readonly ppm: number; readonly secondPpm: number };
  /** The assembly in which it is voted: its chair opens and closes it, at the earliest and the latest at these instants. */
  readonly gathering?: Id;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  readonly extensionDays: number;
  readonly contestDays: number;
  /** SHA-256 in hex of the 32 bytes that end ties, told after the close. */
  readonly seedHash: string;
};
