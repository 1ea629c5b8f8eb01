// Work that is handed in from one coop to another, and what is answered to it.
import { z } from "zod";
import type { JsonObject } from "@partcommune/shared/platform/json";
import type { Instant } from "@partcommune/shared/platform/time";
import { compactTerms } from "../read.ts";
import type { Iri } from "../iri.ts";
import { ctx } from "../vocabulary.ts";
import { Kind, Maybe, One, Only, Quantity, told, When, Words } from "../wire.ts";
import { link, markdown, measure } from "./agreed.ts";

/** Finished work of one milestone, in words. */
export type SharedHandIn = {
  readonly id: Iri;
  readonly member: Iri;
  readonly client: Iri;
  readonly engagement: Iri;
  /** Of the milestone. */
  readonly number: number;
  readonly publishedAt: Instant;
  /** HTML, for whoever shows it; and the text as it was written, in Markdown. */
  readonly content: string;
  readonly text: string;
  /** Of work that is paid by the hour. */
  readonly minutes?: number | undefined;
};

/** A hand-in as a document; whoever signs for the member adds the proof. */
export const handInToWire = (handIn: SharedHandIn): JsonObject =>
  told({
    "@context": ctx,
    id: handIn.id,
    type: "Document",
    name: "Hand-in",
    attributedTo: handIn.member,
    context: handIn.engagement,
    published: handIn.publishedAt,
    content: handIn.content,
    source: { content: handIn.text, mediaType: markdown },
    "pc:event": told({
      type: "EconomicEvent",
      action: "deliverService",
      provider: handIn.member,
      receiver: handIn.client,
      fulfills: `${handIn.engagement}#primary`,
      "pc:milestone": link(`${handIn.engagement}#m${handIn.number}`),
      "pc:minutes": handIn.minutes,
      resourceQuantity: measure("one", "1"),
    }),
  });

const longestText = 60_000;
const Event = z.object({
  type: Kind("EconomicEvent"),
  provider: One,
  receiver: One,
  fulfills: One,
  "pc:milestone": One,
  "pc:minutes": Maybe(z.int().min(1).max(1_000_000)),
  resourceQuantity: Only(Quantity),
});

/** A hand-in as it comes. */
export const WireHandIn = z.object({
  id: One,
  type: Kind("Document"),
  attributedTo: One,
  context: One,
  published: When,
  content: Words(longestText),
  source: Only(z.object({ content: z.string().max(longestText), mediaType: Kind(markdown) })),
  "pc:event": Only(Event),
});

/** The hand-in in a document; undefined where it is none, or speaks of two engagements or two members. */
export function handInFromWire(document: JsonObject): SharedHandIn | undefined {
  const said = WireHandIn.safeParse(compactTerms(document)).data;
  if (!said) return undefined;
  const { context: engagement, attributedTo: member, "pc:event": event } = said;
  const number = /#m([1-9]\d?)$/.exec(event["pc:milestone"])?.[1];
  const isOfOne = event["pc:milestone"] === `${engagement}#m${number}` && event.fulfills === `${engagement}#primary`;
  if (number === undefined || !isOfOne || event.provider !== member) return undefined;
  return {
    id: said.id,
    member,
    client: event.receiver,
    engagement,
    number: Number(number),
    publishedAt: said.published,
    content: said.content,
    text: said.source.content,
    minutes: event["pc:minutes"],
  };
}

/** How work came to count as approved. */
export const approvedBy = ["client", "silence"] as const;
export type ApprovedBy = (typeof approvedBy)[number];

export const approvalWords = (by: ApprovedBy): JsonObject => ({ "pc:approvedBy": by });

const WireApproval = z.object({ "pc:approvedBy": z.enum(approvedBy), published: When });

/** What an approval says: by whom, and when. */
export function approvalFrom(accept: JsonObject): { readonly by: ApprovedBy; readonly at: Instant } | undefined {
  const said = WireApproval.safeParse(compactTerms(accept)).data;
  return said && { by: said["pc:approvedBy"], at: said.published };
}

/** What is asked for, point by point, beside the no to a hand-in. */
/** Why a hand-in was not taken: no client asked for changes, and it is none of the rounds that one may ask for. */
export const notTakenWords = (because: string): JsonObject => ({ "pc:reason": "not-taken", "pc:points": [because] });

export const isNotTaken = (reject: JsonObject): boolean => compactTerms(reject)?.["pc:reason"] === "not-taken";

export const changesWords = (points: readonly string[]): JsonObject => ({ "pc:reason": "changes", "pc:points": [...points] });

const mostPoints = 50;
const WireChanges = z.object({
  "pc:points": z.preprocess(
    (value) => (Array.isArray(value) ? value : [value]),
    z.array(z.string().trim().min(1).max(2_000)).min(1).max(mostPoints),
  ),
});

export const changesFrom = (reject: JsonObject): readonly string[] | undefined =>
  WireChanges.safeParse(compactTerms(reject)).data?.["pc:points"];
