// A job on the wire: a ValueFlows proposal for coops (FEP-0837, a draft, so its shape lives in this file alone) and a note for human timelines.
import { z } from "zod";
import { jobLanguages, type JobLanguage } from "@partcommune/shared/marketplace/rules/job";
import { priceKinds, type PriceKind } from "@partcommune/shared/marketplace/rules/price";
import { amountText, exponents, minorFrom, type Money } from "@partcommune/shared/platform/money";
import { instant, type Day, type Instant } from "@partcommune/shared/platform/time";
import type { JsonObject } from "@partcommune/shared/platform/json";
import { compactTerms, isObject, isPublic, manyIds, oneId } from "../read.ts";
import { ctx, PUBLIC } from "../vocabulary.ts";

/** A job as coops tell it each other. */
export type SharedJob = {
  readonly iri: string;
  readonly client: { readonly iri: string; readonly name: string; readonly country: string };
  readonly title: string;
  /** Markdown. */
  readonly text: string;
  readonly language: JobLanguage;
  readonly trade: string;
  readonly place?: { readonly town: string; readonly country: string };
  readonly startOn: Day;
  readonly endOn: Day;
  readonly priceKind: PriceKind;
  readonly price?: Money | undefined;
  readonly least?: Money | undefined;
  readonly most?: Money | undefined;
  readonly currency: string;
  readonly postedAt: Instant;
  readonly bidsUntil: Instant;
  readonly url: string;
  readonly version: number;
  /** False once nobody can bid any more, whatever its last day says. */
  readonly open: boolean;
};

/** What a proposal promises to hand over, and for what (the codes are Wikidata's: a service, a currency). */
const service = "https://www.wikidata.org/wiki/Q7406919";
const euro = "https://www.wikidata.org/wiki/Q4916";

const measured = (value?: string, unit = "one"): JsonObject => ({
  type: "om2:Measure",
  hasUnit: unit,
  ...(value === undefined ? {} : { hasNumericalValue: value }),
});

/** The proposal as a document of its own; `html` is the text as it may be shown. */
export function jobToProposal(job: SharedJob, html: string): JsonObject {
  const { iri, client, title, text, place, currency, priceKind, price, least, most } = job;
  return {
    "@context": ctx,
    id: iri,
    type: "Proposal",
    purpose: "request",
    attributedTo: client.iri,
    name: title,
    content: html,
    source: { content: text, mediaType: "text/markdown" },
    url: job.url,
    published: job.postedAt,
    endTime: job.bidsUntil,
    to: [PUBLIC],
    publishes: {
      id: `${iri}#primary`,
      type: "Intent",
      action: "deliverService",
      resourceConformsTo: service,
      resourceQuantity: measured("1", priceKind === "hourly" ? "hour" : "one"),
    },
    reciprocal: {
      id: `${iri}#reciprocal`,
      type: "Intent",
      action: "transfer",
      ...(currency === "EUR" ? { resourceConformsTo: euro } : {}),
      resourceQuantity: measured(price && amountText(price)),
    },
    ...(priceKind === "open" ? {} : { unitBased: priceKind === "hourly" }),
    "pc:version": job.version,
    "pc:open": job.open,
    "pc:clientName": client.name,
    "pc:clientCountry": client.country,
    "pc:language": job.language,
    "pc:trade": job.trade,
    ...(place ? { "pc:town": place.town, "pc:country": place.country } : {}),
    "pc:startOn": job.startOn,
    "pc:endOn": job.endOn,
    "pc:priceKind": priceKind,
    "pc:currency": currency,
    ...(least ? { "pc:budgetMin": amountText(least) } : {}),
    ...(most ? { "pc:budgetMax": amountText(most) } : {}),
  };
}

/** The note by which people on other servers read of a job; it names the proposal for those who can do more. */
export function jobToNote(job: SharedJob, board: string, html: string): JsonObject {
  return {
    id: noteOf(job.iri),
    type: "Note",
    attributedTo: board,
    to: PUBLIC,
    cc: `${board}/followers`,
    published: job.postedAt,
    url: job.url,
    content: html,
    attachment: [{ type: "Link", rel: "alternate", mediaType: "application/activity+json", href: job.iri, name: "Proposal" }],
  };
}

export const noteOf = (iri: string): string => `${iri}/note`;

/** The proposal that a note of a board tells of; undefined when it tells of none. */
export function proposalOfNote(note: JsonObject): string | undefined {
  const link = [note["attachment"] ?? []].flat().find((each) => isObject(each) && each["name"] === "Proposal");
  return isObject(link) && typeof link["href"] === "string" ? link["href"] : undefined;
}

const Text = (most: number) => z.string().trim().min(1).max(most);
const Country = z.string().regex(/^[A-Z]{2}$/);
const Wire = z
  .object({
    id: z.url(),
    type: z.literal("Proposal"),
    purpose: z.literal("request"),
    attributedTo: z.json(),
    name: Text(200),
    source: z.object({ content: Text(20_000), mediaType: z.literal("text/markdown") }),
    url: z.url(),
    published: z.iso.datetime(),
    endTime: z.iso.datetime(),
    to: z.json(),
    reciprocal: z.object({ resourceQuantity: z.object({ hasNumericalValue: z.string().optional() }) }),
    "pc:version": z.int().min(1),
    "pc:open": z.boolean(),
    "pc:clientName": Text(200),
    "pc:clientCountry": Country,
    "pc:language": z.enum(jobLanguages),
    "pc:trade": Text(100),
    "pc:town": Text(100).optional(),
    "pc:country": Country.optional(),
    "pc:startOn": z.iso.date(),
    "pc:endOn": z.iso.date(),
    "pc:priceKind": z.enum(priceKinds),
    "pc:currency": z.string().refine((code) => Object.hasOwn(exponents, code)),
    "pc:budgetMin": z.string().optional(),
    "pc:budgetMax": z.string().optional(),
  })
  .refine((wire) => wire["pc:startOn"] <= wire["pc:endOn"]);

/** A proposal as another coop served it under this address, if it is whole, public, and its own in every part. */
export function proposalFromWire(document: JsonObject, iri: string): SharedJob | undefined {
  const read = Wire.safeParse(compactTerms(document));
  if (!read.success) return undefined;
  const wire = read.data;
  const client = oneId(wire.attributedTo);
  const own = [wire.id, wire.url, client].every((each) => each !== undefined && sameOrigin(each, iri));
  if (!own || client === undefined || wire.id !== iri || !isPublic(manyIds(wire.to))) return undefined;
  const prices = pricesFrom(wire);
  return (
    prices && {
      iri,
      client: { iri: client, name: wire["pc:clientName"], country: wire["pc:clientCountry"] },
      title: wire.name,
      text: wire.source.content,
      language: wire["pc:language"],
      trade: wire["pc:trade"],
      ...(wire["pc:town"] && wire["pc:country"] ? { place: { town: wire["pc:town"], country: wire["pc:country"] } } : {}),
      startOn: wire["pc:startOn"] as Day,
      endOn: wire["pc:endOn"] as Day,
      ...prices,
      postedAt: instant(wire.published),
      bidsUntil: instant(wire.endTime),
      url: wire.url,
      version: wire["pc:version"],
      open: wire["pc:open"],
    }
  );
}

const sameOrigin = (one: string, other: string): boolean => URL.parse(one)?.origin === URL.parse(other)?.origin;

/** The amounts of each price kind; undefined when one is no amount of its currency, or stands where its kind has none. */
function pricesFrom(wire: z.output<typeof Wire>): Pick<SharedJob, "priceKind" | "currency" | "price" | "least" | "most"> | undefined {
  const currency = wire["pc:currency"];
  const kind = wire["pc:priceKind"];
  const texts = { price: wire.reciprocal.resourceQuantity.hasNumericalValue, least: wire["pc:budgetMin"], most: wire["pc:budgetMax"] };
  const named = Object.entries(texts).flatMap(([name, text]) => (text === undefined ? [] : [[name, minorFrom(text, currency)] as const]));
  if (named.some(([, minor]) => minor === undefined || minor <= 0n)) return undefined;
  const amounts: { readonly price?: Money; readonly least?: Money; readonly most?: Money } = Object.fromEntries(
    named.map(([name, minor]) => [name, { minor: minor ?? 0n, currency }]),
  );
  const { price, least, most } = amounts;
  const stands = kind === "fixed" ? price && !least && !most : kind === "open" ? !price : !price && !least && !most;
  const inOrder = !least || !most || least.minor <= most.minor;
  return stands && inOrder ? { priceKind: kind, currency, ...amounts } : undefined;
}
