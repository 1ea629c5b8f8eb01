// The law of work across coops: what a treaty lets pass, and what one coop believes the other.
import { figuresOf } from "../../money/rules/split.ts";
import { moneyText, sum, zero, type Money, type Ppm } from "../../platform/money.ts";
import type { Service } from "../../platform/packs.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Id } from "../../platform/id.ts";
import { isBefore, type Day, type Instant } from "../../platform/time.ts";

export const problems = {
  "job-elsewhere": {
    status: 409,
    says: "This job is at another coop, and no treaty with ours is in force. You can read it there.",
    rule: "treaties between coops",
    changedBy: "the members of both coops, by vote",
  },
  "currency-outside-treaty": {
    status: 409,
    says: "The treaty with {coop} is for work paid in {currencies}.",
    rule: "currencies of the treaty",
    changedBy: "the members of both coops, by vote",
  },
  "country-outside-treaty": {
    status: 409,
    says: "The treaty with {coop} is for work done in {countries}, or remotely.",
    rule: "countries of the treaty",
    changedBy: "the members of both coops, by vote",
  },
  "alone-across": { status: 422, says: "On a job at another coop, each member bids alone.", rule: "one member, one home" },
  "only-words-across": {
    status: 422,
    says: "Files do not cross to another coop. Put the work into words, or say where it lies.",
    rule: "what crosses to a sister",
  },
  "not-across": {
    status: 409,
    says: "Work with another coop is not changed or settled by shares. End it together, and agree anew.",
    rule: "what crosses to a sister",
  },
  "exposure-limit": {
    status: 409,
    says: "With this, your coop could come to owe {coop} {exposure}. The treaty allows {limit} at one time; it should fall on {falls}, when what was approved is set off and paid.",
    rule: "exposure limit of the treaty",
    changedBy: "the members of both coops, by vote",
  },
  "service-stays-home": {
    status: 409,
    says: "The law of its country taxes this work otherwise than other work. Only members of the coop that posted it do it.",
    rule: "an adviser of the coop that invoices looks at it first",
    changedBy: "the client, by posting it as any other service",
  },
  "fee-differs": { status: 409, says: "The fee is not the one that the member's coop publishes." },
  "offer-expired": { status: 409, says: "The bid stood until {validUntil}." },
  "agreement-differs": { status: 409, says: "The agreement is not what was offered, or its figures are not those of the treaty." },
  "figure-differs": {
    status: 409,
    says: "The agreement says {said}, where the treaty and the fee of the member's coop come to {reckoned}.",
  },
} as const satisfies Problems;

/** What a treaty lets pass between two coops. */
export type Passage = {
  /** What the other coop is called. */
  readonly coop: string;
  readonly isOpen: boolean;
  readonly currencies: readonly string[];
  readonly countries: readonly string[];
};

/** Work as a treaty looks at it; without a country where it is done remotely. */
export type Crossing = { readonly currency: string; readonly country?: string | undefined; readonly service?: Service | undefined };

/** Why nothing new about this work passes between two coops. */
export function objectionToCrossing({ currency, country, service }: Crossing, passage: Passage | undefined): Refusal | undefined {
  if (!passage?.isOpen) return refuse("job-elsewhere");
  if (service !== undefined) return refuse("service-stays-home");
  const { coop, currencies, countries } = passage;
  if (!currencies.includes(currency)) return refuse("currency-outside-treaty", { coop, currencies: currencies.join(", ") });
  return country === undefined || countries.includes(country)
    ? undefined
    : refuse("country-outside-treaty", { coop, countries: countries.join(", ") });
}

/** What one coop may come to owe another, the most that the treaty allows, and the day on which it should fall. */
export type Exposed = {
  readonly coop: string;
  readonly owed: Money;
  readonly adding: Money;
  readonly limit: Money | undefined;
  readonly falls: Day;
};

/** Why nothing more is agreed with a coop that would then be owed too much. */
export function objectionToExposure({ coop, owed, adding, limit, falls }: Exposed): Refusal | undefined {
  const exposure = sum(owed, adding);
  if (limit !== undefined && exposure.minor <= limit.minor) return undefined;
  const told = Object.values(moneyText(limit ?? zero(owed.currency))).join(" ");
  return refuse("exposure-limit", { coop, exposure: Object.values(moneyText(exposure)).join(" "), limit: told, falls });
}

/** Why several may not bid together on a job at another coop. */
export const objectionToTogether = (job: { readonly elsewhere?: boolean }, people: number): Refusal | undefined =>
  job.elsewhere && people > 1 ? refuse("alone-across") : undefined;

/** Why files may not go with what is handed in to another coop. */
export const objectionToFilesAcross = (isAcross: boolean, files: readonly Id[]): Refusal | undefined =>
  isAcross && files.length > 0 ? refuse("only-words-across") : undefined;

/** Why what one coop alone would do is not done with work that two share. */
export const objectionToOneSided = (isAcross: boolean): Refusal | undefined => (isAcross ? refuse("not-across") : undefined);

/** The fee as a bid names it: the rate, and where it stands. */
export type NamedFee = { readonly bylaw: string; readonly feePpm: number };

/** Why a bid of a sister's member is not taken, whatever it offers: `published` is what its coop shows under the address of the rate. */
export function objectionToNamedFee(
  named: NamedFee,
  published: number | undefined,
  validUntil: Instant,
  now: Instant,
): Refusal | undefined {
  if (published === undefined || published !== named.feePpm) return refuse("fee-differs");
  return isBefore(now, validUntil) ? undefined : refuse("offer-expired", { validUntil });
}

/** What was offered, as both coops remember it. */
export type Offered = NamedFee & {
  readonly job: string;
  readonly amount: Money;
  readonly rate?: Money | undefined;
  readonly treaty: string;
};

/** What came back as the agreement. */
export type Agreed = Offered & {
  readonly split: { readonly [Part in "fee" | "hostFund" | "homeFund" | "member" | "due"]: Money };
  readonly milestones: readonly { readonly amount: Money }[];
};

const same = (one: Money | undefined, other: Money | undefined): boolean =>
  one?.minor === other?.minor && one?.currency === other?.currency;

/** Why the home does not follow an acceptance: it reckons every figure itself, and one cent off is no agreement. */
export function objectionToAgreement(offered: Offered, agreed: Agreed, hostSharePpm: Ppm): Refusal | undefined {
  const isSame =
    (["job", "treaty", "bylaw", "feePpm"] as const).every((word) => offered[word] === agreed[word]) &&
    same(offered.amount, agreed.amount) &&
    same(offered.rate, agreed.rate);
  const figures = figuresOf({ price: agreed.amount, feePpm: BigInt(offered.feePpm), hostSharePpm });
  const off = (["fee", "hostFund", "homeFund", "member", "due"] as const).find((part) => !same(figures[part], agreed.split[part]));
  const [first, ...others] = agreed.milestones.map(({ amount }) => amount);
  const isWhole =
    first !== undefined && others.every(({ currency }) => currency === first.currency) && same(sum(first, ...others), agreed.amount);
  if (!isSame || !isWhole) return refuse("agreement-differs", moneyText(agreed.amount));
  return off && refuse("figure-differs", { said: moneyText(agreed.split[off]), reckoned: moneyText(figures[off]) });
}
