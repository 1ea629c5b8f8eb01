// What a demo is played with: its house, who lives in it, what they work on and what they say. All of it is invented: addresses end in `.example`, and no coop of this world is meant.
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import type { foundCoop } from "@partcommune/shared/governance/api";
import type { Pot } from "@partcommune/shared/governance/rules/pots";
import type { JobLanguage } from "@partcommune/shared/marketplace/rules/job";
import type { Language } from "@partcommune/shared/platform/page";
import type { Words } from "./words.ts";

/** A coop of the demo before anything has happened in it. */
export type Cast = {
  /** From which all chance of its story comes: two demos of one machine share no id. */
  readonly seed: string;
  /** The coop as its founders make it. */
  readonly founding: AskedOf<typeof foundCoop>;
  /** What its pots are filled with before any fee is earned. */
  readonly endowments: readonly Endowment[];
  /** In which its people read their letters, and write to each other about the coop. */
  readonly language: Language;
  readonly leads: Leads;
  readonly crowd: Crowd;
  readonly works: readonly Work[];
  readonly pitches: Readonly<Partial<Record<JobLanguage, string>>>;
  readonly words: Words;
};

type Endowment = { readonly pot: Pot; readonly by: "founders" | "grant"; readonly from: string; readonly amount: string };

/** Those the demo's story is about; they come first, and anyone may walk in as one of them. */
export type Leads = {
  readonly founder: string;
  readonly treasurers: readonly [string, string];
  readonly adviser: string;
  readonly clients: readonly LeadClient[];
  readonly members: readonly LeadMember[];
};

type LeadClient = {
  readonly buyer: string;
  readonly organisation: string;
  readonly street: string;
  readonly postcode: string;
  readonly town: string;
};

/** A member who shows themselves in the directory. */
type LeadMember = {
  readonly name: string;
  readonly trade: string;
  readonly handle: string;
  readonly headline: string;
  readonly languages: readonly string[];
};

/** Of whom and of what everybody else is made. */
export type Crowd = {
  readonly firstNames: readonly string[];
  readonly lastNames: readonly string[];
  readonly trades: readonly string[];
  readonly organisations: readonly string[];
  /** Where organisations sit that are none of the leads'; a number follows the street. */
  readonly street: string;
  readonly postcode: string;
  readonly town: string;
  readonly branches: readonly [string, string];
  /** Whose papers the treasurers enter lines from. */
  readonly bank: string;
  /** The inner number of an account that is right in form and belongs to nobody. */
  readonly bban: (number: number) => string;
};

export type Work = {
  readonly title: string;
  readonly text: string;
  readonly language: JobLanguage;
  readonly trade: string;
  readonly price: string;
  /** Where it is done, if not in the coop's own town. */
  readonly town?: string;
  /** What the member asks for an hour, where it is paid so: the price is then the most it can come to. */
  readonly hour?: string;
  /** Between which bounds bidders name theirs. Neither: the price is fixed. */
  readonly bounds?: readonly [least: string, most: string];
};

/** The address of somebody of the demo. */
export const addressOf = (name: string): string =>
  `${name
    .normalize("NFD")
    .replaceAll("ß", "ss")
    .replaceAll("ı", "i")
    .replaceAll(/[^A-Za-z -]/g, "")
    .toLowerCase()
    .replaceAll(" ", ".")}@people.example`;

/** A name that nobody else of the demo has: first and last names of different counts go round against each other. */
export const nameOf = ({ crowd: { firstNames, lastNames } }: Cast, number: number): string =>
  `${firstNames[number % firstNames.length]} ${lastNames[(number * 7 + Math.floor(number / firstNames.length)) % lastNames.length]}`;

export const tradeOf = ({ crowd: { trades } }: Cast, number: number): string => trades[number % trades.length] ?? "";

/** An organisation of the demo that is not one of the leads'. */
export function organisationOf({ crowd: { organisations } }: Cast, number: number): string {
  const name = organisations[number % organisations.length] ?? "";
  const round = Math.floor(number / organisations.length);
  return round === 0 ? name : `${name} ${round + 1}`;
}

export const workOf = ({ works }: Cast, number: number): Work => works[number % works.length] as Work;

export const pitchIn = ({ pitches }: Cast, language: JobLanguage): string => pitches[language] ?? "";
