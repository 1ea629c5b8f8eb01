// What bids, agreements and hand-ins have in common on their way between coops.
import { z } from "zod";
import type { JsonObject } from "@partcommune/shared/platform/json";
import { minorFrom, type Money } from "@partcommune/shared/platform/money";
import { compactTerms } from "../read.ts";
import type { Iri } from "../iri.ts";
import { Maybe, One, Only, Quantity, told, Words } from "../wire.ts";

/** A thing that is told, and what its activity says beside it. */
export type Told = { readonly object: JsonObject; readonly words: JsonObject };

export const markdown = "text/markdown";

export const measure = (hasUnit: string, hasNumericalValue: string): JsonObject => ({ type: "om2:Measure", hasUnit, hasNumericalValue });
export const link = (id: Iri): JsonObject => ({ id });

/** One half of an agreement: what it answers, and how much of it. */
export const Commitment = z.object({ satisfies: One, resourceQuantity: Only(Quantity) });
export const WirePpm = z.int().min(0).max(1_000_000);

/** An amount above zero; undefined where the text is none of its currency. */
export function moneyIn(text: string | undefined, currency: string): Money | undefined {
  const minor = text === undefined ? undefined : minorFrom(text, currency);
  return minor === undefined || minor <= 0n ? undefined : { minor, currency };
}

/** The job whose two intents two commitments answer; undefined where they are not of one job. */
export function jobAnswered(primary: Iri, reciprocal: Iri): Iri | undefined {
  const job = primary.endsWith("#primary") ? primary.slice(0, -"#primary".length) : undefined;
  return job !== undefined && reciprocal === `${job}#reciprocal` ? job : undefined;
}

/** Why something was not taken, as the other side is told. */
export const reasons = [
  "another-bid",
  "client-said-no",
  "job-ended",
  "amount-differs",
  "declined",
  "unsigned",
  "changes",
  "refused",
] as const;
export type Reason = (typeof reasons)[number];

/** What stands beside a no: why, and what its writer added. */
export const rejectionWords = (reason: Reason, says?: string): JsonObject => told({ "pc:reason": reason, content: says });

const WireRejection = z.object({ "pc:reason": Maybe(z.enum(reasons)), content: Maybe(Words(20_000)) });

export function rejectionFrom(reject: JsonObject): { readonly reason: Reason; readonly says: string | undefined } {
  const said = WireRejection.safeParse(compactTerms(reject)).data;
  return { reason: said?.["pc:reason"] ?? "refused", says: said?.content };
}
