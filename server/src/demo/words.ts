// What people of a demo say and write, in the words of their coop; what they do is the same in every one.
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import type { declareWork } from "@partcommune/shared/marketplace/api";
import type { callGathering } from "@partcommune/shared/community/api";

type Titled = { readonly title: string; readonly text: string };

/** Words of a demo, by where they are said. */
export type Words = {
  readonly work: WorkWords;
  readonly before: BeforeWords;
  /** What the two sides of an engagement write to each other: a question, its answer, and a word back. */
  readonly talk: readonly [string, string, string];
  readonly more: MoreWords;
  readonly declared: Declared;
  readonly costs: CostWords;
  readonly votes: VoteWords;
  readonly gatherings: GatheringWords;
  readonly assemblies: AssemblyWords;
  readonly panel: PanelWords;
};

export type WorkWords = {
  readonly tooDear: string;
  readonly calledOff: string;
  readonly handedIn: string;
  readonly changes: readonly string[];
  readonly dispute: string;
};

/** A question that all read with its answer, and one that the client alone reads. */
export type BeforeWords = { readonly question: string; readonly answer: string; readonly aside: string };

/** More work than was signed, and why. */
export type MoreWords = { readonly title: string; readonly reason: string };

/** Work of a member with a client of their own, and the budget that it goes into. */
export type Declared = { readonly work: Omit<AskedOf<typeof declareWork>, "startOn" | "endOn">; readonly budget: string };

/** Who is paid for what runs the coop. */
export type CostWords = { readonly server: string; readonly accountant: string; readonly premises: string };

export type VoteWords = {
  readonly moreBids: Titled;
  readonly lowerFee: Titled;
  readonly fasterClients: Titled;
  readonly together: Titled;
  readonly tool: Titled & { readonly purpose: string };
  readonly forIt: string;
  readonly question: string;
  readonly answer: string;
  readonly against: string;
};

type Gathering = Pick<AskedOf<typeof callGathering>, "title" | "text" | "capacity" | "link" | "access">;

/** An evening that was, a meal that is coming and full, and a workshop with room. */
export type GatheringWords = {
  readonly place: string;
  readonly evening: Gathering;
  readonly meal: Gathering;
  readonly workshop: Gathering;
};

export type AssemblyWords = {
  readonly called: { readonly text: string; readonly place: string; readonly link: string };
  /** What is asked in the one that was held. */
  readonly question: Titled;
  readonly held: { readonly title: string; readonly report: string; readonly note: string };
  readonly coming: { readonly title: string; readonly report: string; readonly talk: Titled };
};

/** A text that two people kept from the vote, why they did, and what its author answered. */
export type PanelWords = { readonly proposal: Titled; readonly unclear: string; readonly appeal: string };
