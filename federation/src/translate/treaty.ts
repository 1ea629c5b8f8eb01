// A treaty as two coops tell it to each other: the terms both memberships vote on, in words that either reads to the same hash.
import { z } from "zod";
import { TermsJson } from "@partcommune/shared/governance/api/terms";
import type { Terms } from "@partcommune/shared/governance/rules/terms";
import type { JsonObject } from "@partcommune/shared/platform/json";
import { instant, type Instant } from "@partcommune/shared/platform/time";
import { compactTerms } from "../read.ts";
import type { Iri } from "../iri.ts";
import { Kind, Maybe, One, Only, told } from "../wire.ts";

/** Terms that lie on the table between two coops. */
export type TreatyDraft = {
  readonly draft: number;
  readonly terms: Terms;
  /** The two coops, in any order. */
  readonly parties: readonly Iri[];
  /** Where the vote of whoever laid them there stands. */
  readonly ballot?: Iri | undefined;
};

/** What stands on every treaty between coops of this kind: nothing else is understood here, so nothing else is agreed to. */
const always = { "pc:payer": "home", "pc:multilateral": false, "pc:disputes": "joint-jury" } as const;

/** The agreement that an offer carries. Once it was accepted, it has an address, and is the accepter's. */
export function treatyToAgreement(treaty: TreatyDraft, name: string, accepted: JsonObject = {}): JsonObject {
  const { draft, terms, parties, ballot } = treaty;
  return told({
    ...accepted,
    type: "Agreement",
    name,
    "pc:draft": draft,
    "pc:parties": parties.map((id) => ({ id })),
    "pc:terms": termsToWire(terms),
    "pc:ballot": ballot === undefined ? undefined : { id: ballot },
  });
}

const termsToWire = (terms: Terms): JsonObject => ({
  "pc:hostShareOfFeePpm": terms.hostSharePpm,
  "pc:currencies": [...terms.currencies],
  "pc:exposureLimit": terms.exposure.map(({ amount, currency }) => ({ "pc:amount": amount, "pc:currency": currency })),
  "pc:creditRisk": terms.creditRisk,
  "pc:nettingDay": terms.nettingDay,
  "pc:settleWithinDays": terms.settleWithinDays,
  "pc:countries": [...terms.countries],
  "pc:startsAt": terms.startsAt,
  "pc:expiresAt": terms.expiresAt,
  ...always,
});

const Point = z.iso.datetime({ offset: true }).transform((text): Instant => instant(text));
const Limit = z.strictObject({ "pc:amount": z.string(), "pc:currency": z.string() });

/** Nothing may stand among the terms that we do not know: a signature would bind us to it. */
const WireTerms = z.strictObject({
  "pc:hostShareOfFeePpm": z.int(),
  "pc:currencies": z.array(z.string()),
  "pc:exposureLimit": z.array(Limit).max(10),
  "pc:creditRisk": z.string(),
  "pc:nettingDay": z.int(),
  "pc:settleWithinDays": z.int(),
  "pc:countries": z.array(z.string()),
  "pc:startsAt": Point,
  "pc:expiresAt": Point,
  "pc:payer": z.literal(always["pc:payer"]),
  "pc:multilateral": z.literal(always["pc:multilateral"]),
  "pc:disputes": z.literal(always["pc:disputes"]),
});

const WireTreaty = z.object({
  type: Kind("Agreement"),
  "pc:draft": z.int32().min(1),
  "pc:parties": z.array(One).length(2),
  "pc:terms": Only(WireTerms),
  "pc:ballot": Maybe(One),
});

/** Whether an agreement speaks of a treaty, rather than of work. */
export const isTreaty = (agreement: JsonObject): boolean => compactTerms(agreement)?.["pc:terms"] !== undefined;

/** The treaty in an agreement of another coop; undefined where it is none, or says what we do not know. */
export function treatyFromWire(agreement: JsonObject): TreatyDraft | undefined {
  const read = WireTreaty.safeParse(compactTerms(agreement));
  if (!read.success) return undefined;
  const { "pc:draft": draft, "pc:parties": parties, "pc:terms": said, "pc:ballot": ballot } = read.data;
  const terms = TermsJson.safeParse({
    hostSharePpm: said["pc:hostShareOfFeePpm"],
    currencies: said["pc:currencies"],
    exposure: said["pc:exposureLimit"].map((limit) => ({ amount: limit["pc:amount"], currency: limit["pc:currency"] })),
    creditRisk: said["pc:creditRisk"],
    nettingDay: said["pc:nettingDay"],
    settleWithinDays: said["pc:settleWithinDays"],
    countries: said["pc:countries"],
    startsAt: said["pc:startsAt"],
    expiresAt: said["pc:expiresAt"],
  });
  return terms.success ? { draft, terms: terms.data, parties, ballot } : undefined;
}
