// A job as coops tell it to each other, and as it stands in the timelines of people; and what is read of another's.
import { z } from "zod";
import { biddings } from "@partcommune/shared/marketplace/rules/choosing";
import { jobLanguages, type JobLanguage } from "@partcommune/shared/marketplace/rules/job";
import type { PriceAsked, PriceKind } from "@partcommune/shared/marketplace/rules/price";
import { CurrencyCode, Line } from "@partcommune/shared/platform/api";
import type { Json, JsonObject } from "@partcommune/shared/platform/json";
import { amountText, minorFrom, type Money } from "@partcommune/shared/platform/money";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import { compactTerms, isObject, isPublic } from "../read.ts";
import type { Iri } from "../iri.ts";
import { activityType, ctx, PUBLIC } from "../vocabulary.ts";
import { Decimal, Kind, Many, Maybe, One, Only, Page, Quantity, told, When, WireDay, Words } from "../wire.ts";

/** A job on its way between coops. Texts of `content` are HTML; whoever shows another's cleans it. */
export interface SharedJob extends PriceAsked {
  readonly id: Iri;
  /** The client's own address, which alone may change it. */
  readonly client: Iri;
  /** What the client is called, and where it is; a coop tells of it what its own page tells. */
  readonly clientName?: string | undefined;
  readonly clientCountry?: string | undefined;
  /** Each change has the next; an older one changes nothing. */
  readonly version: number;
  readonly title: string;
  readonly content: string;
  /** The text as it was written, in Markdown. */
  readonly text?: string | undefined;
  /** Where people read it. */
  readonly url?: Iri | undefined;
  readonly publishedAt: Instant;
  readonly updatedAt?: Instant | undefined;
  readonly bidsUntil?: Instant | undefined;
  readonly priceKind: PriceKind;
  readonly currency: string;
  readonly bidding: (typeof biddings)[number];
  /** Whether it is for everybody, or for sisters alone. */
  readonly isPublic: boolean;
  /** False once nobody can bid any more, whatever its last day says. */
  readonly isOpen: boolean;
  readonly trade?: string | undefined;
  readonly language?: JobLanguage | undefined;
  readonly place?: { readonly town: string; readonly country: string } | undefined;
  readonly startOn?: Day | undefined;
  readonly endOn?: Day | undefined;
}

const longestContent = 60_000;
const markdown = "text/markdown";

/** Currencies as the web of data names them. */
const wikidata: Readonly<Record<string, string>> = {
  EUR: "Q4916",
  BGN: "Q172540",
  CHF: "Q25344",
  CZK: "Q131016",
  DKK: "Q25417",
  GBP: "Q25224",
  HUF: "Q47190",
  NOK: "Q132643",
  PLN: "Q123213",
  RON: "Q131645",
  SEK: "Q122922",
  USD: "Q4917",
  ISK: "Q131473",
  JPY: "Q8146",
  KWD: "Q193098",
  TND: "Q4602",
};

/** The address by which a currency is named. */
export const currencyIri = (currency: string): Iri => `https://www.wikidata.org/wiki/${wikidata[currency]}`;

const currencyOf = (iri: Iri): string | undefined =>
  Object.keys(wikidata).find((code) =>
    [currencyIri(code), currencyIri(code).replace("https://www.wikidata.org/wiki/", "http://www.wikidata.org/entity/")].includes(iri),
  );

/** The job as a proposal, for sisters; whoever signs for the client adds the proof. `followers`: the list of sisters. */
export function jobToProposal(job: SharedJob, followers: Iri): JsonObject {
  return told({
    "@context": ctx,
    id: job.id,
    type: "Proposal",
    purpose: "request",
    attributedTo: job.client,
    name: job.title,
    content: job.content,
    source: job.text === undefined ? undefined : { content: job.text, mediaType: markdown },
    url: job.url,
    published: job.publishedAt,
    updated: job.updatedAt,
    endTime: job.bidsUntil,
    to: job.isPublic ? [followers, PUBLIC] : [followers],
    location: job.place && { type: "Place", name: job.place.town, "pc:country": job.place.country },
    ...asked(job),
    "pc:version": job.version,
    "pc:open": job.isOpen,
    "pc:clientName": job.clientName,
    "pc:clientCountry": job.clientCountry,
    "pc:bidding": job.bidding,
    "pc:trade": job.trade,
    "pc:language": job.language,
    "pc:startOn": job.startOn,
    "pc:endOn": job.endOn,
  });
}

/** The work and the money for it: a figure where the price is fixed, none where each bid names its own. */
function asked({ id, priceKind, currency, price, least, most }: SharedJob): Readonly<Record<string, Json | undefined>> {
  const measure = (hasUnit: string, value: string | undefined): JsonObject =>
    told({ type: "om2:Measure", hasUnit, hasNumericalValue: value });
  const unit = priceKind === "hourly" ? "hour" : "one";
  return {
    publishes: { id: `${id}#primary`, type: "Intent", action: "deliverService", resourceQuantity: measure(unit, "1") },
    reciprocal: {
      id: `${id}#reciprocal`,
      type: "Intent",
      action: "transfer",
      resourceConformsTo: currencyIri(currency),
      resourceQuantity: measure("one", price && amountText(price)),
    },
    unitBased: priceKind === "open" ? undefined : priceKind === "hourly",
    "pc:budgetMin": least && amountText(least),
    "pc:budgetMax": most && amountText(most),
  };
}

/** The job as a note of the board, for timelines of people. `content`: what it says there, in HTML that is ours. */
export function jobToNote(
  job: SharedJob,
  note: { readonly id: Iri; readonly board: Iri; readonly followers: Iri; readonly content: string },
): JsonObject {
  return told({
    id: note.id,
    type: "Note",
    attributedTo: note.board,
    to: PUBLIC,
    cc: note.followers,
    published: job.publishedAt,
    updated: job.updatedAt,
    url: job.url,
    content: note.content,
    attachment: [{ type: "Link", rel: "alternate", mediaType: activityType, href: job.id, name: "Proposal" }],
  });
}

const Intent = z.object({ id: Maybe(One), resourceConformsTo: Maybe(One), resourceQuantity: Maybe(Quantity) });
const Country = z.string().regex(/^[A-Z]{2}$/);
const Place = z.object({ name: Line(80), "pc:country": Country });
const Source = z.object({ content: z.string().max(longestContent), mediaType: z.string().max(80) });

/** A proposal as it comes; words of others that we do not know are left out. */
export const WireProposal = z.object({
  id: One,
  type: Kind("Proposal"),
  purpose: z.literal("request"),
  attributedTo: One,
  name: Line(300),
  content: Words(longestContent),
  source: Maybe(Only(Source)),
  url: Maybe(Page),
  published: When,
  updated: Maybe(When),
  endTime: Maybe(When),
  to: Many,
  cc: Many,
  location: Maybe(Only(Place)),
  publishes: Only(Intent),
  reciprocal: Only(Intent.extend({ resourceConformsTo: One })),
  "pc:version": z.int32().min(1).default(1),
  "pc:open": z.boolean().default(true),
  "pc:clientName": Maybe(Line(200)),
  "pc:clientCountry": Maybe(Country),
  "pc:bidding": z.enum(biddings).default("open"),
  "pc:budgetMin": Maybe(Decimal),
  "pc:budgetMax": Maybe(Decimal),
  "pc:trade": Maybe(Line(80)),
  "pc:language": Maybe(z.enum(jobLanguages)),
  "pc:startOn": Maybe(WireDay),
  "pc:endOn": Maybe(WireDay),
});
export type WireProposal = z.output<typeof WireProposal>;

/** The job in a proposal of another coop; undefined where it is none that we could show or bid on. */
export function proposalFromWire(document: JsonObject): SharedJob | undefined {
  const read = WireProposal.safeParse(compactTerms(document));
  return read.success ? jobIn(read.data) : undefined;
}

function jobIn(said: WireProposal): SharedJob | undefined {
  const currency = currencyOf(said.reciprocal.resourceConformsTo);
  if (!CurrencyCode.safeParse(currency).success || currency === undefined) return undefined;
  const money = amountsOf(said, currency);
  return (
    money && {
      ...money,
      id: said.id,
      client: said.attributedTo,
      clientName: said["pc:clientName"],
      clientCountry: said["pc:clientCountry"],
      isOpen: said["pc:open"],
      text: said.source?.mediaType === markdown ? said.source.content : undefined,
      version: said["pc:version"],
      title: said.name,
      content: said.content,
      url: said.url,
      publishedAt: said.published,
      updatedAt: said.updated,
      bidsUntil: said.endTime,
      currency,
      bidding: said["pc:bidding"],
      isPublic: isPublic([...said.to, ...said.cc]),
      trade: said["pc:trade"],
      language: said["pc:language"],
      place: said.location && { town: said.location.name, country: said.location["pc:country"] },
      startOn: said["pc:startOn"] as Day | undefined,
      endOn: said["pc:endOn"] as Day | undefined,
    }
  );
}

type Amounts = {
  readonly priceKind: PriceKind;
  readonly price: Money | undefined;
  readonly least: Money | undefined;
  readonly most: Money | undefined;
};

/** What a proposal says of money; undefined where a figure is none of its currency, or nothing above zero. */
function amountsOf(said: WireProposal, currency: string): Amounts | undefined {
  const texts = [said.reciprocal.resourceQuantity?.hasNumericalValue, said["pc:budgetMin"], said["pc:budgetMax"]];
  const read = texts.map((text) => (text === undefined ? undefined : minorFrom(text, currency)));
  if (read.some((minor, at) => (minor === undefined ? texts[at] !== undefined : minor <= 0n))) return undefined;
  const [price, least, most] = read.map((minor) => (minor === undefined ? undefined : { minor, currency }));
  const priceKind = said.publishes.resourceQuantity?.hasUnit === "hour" ? "hourly" : price ? "fixed" : "open";
  // Bounds are those of an open price, and the lower one is no higher.
  if (priceKind !== "open") return { priceKind, price, least: undefined, most: undefined };
  return least && most && least.minor > most.minor ? undefined : { priceKind, price, least, most };
}

/** The address of the note that tells of a job. */
export const noteOf = (job: Iri): Iri => `${job}/note`;

/** The proposal that a note of a board tells of; undefined when it tells of none. */
export function proposalOfNote(note: JsonObject): Iri | undefined {
  const link = [note["attachment"] ?? []].flat().find((each) => isObject(each) && each["name"] === "Proposal");
  return isObject(link) && typeof link["href"] === "string" ? link["href"] : undefined;
}
