// A bid as it crosses to the coop of its client.
import { z } from "zod";
import type { JsonObject } from "@partcommune/shared/platform/json";
import { CurrencyCode, Line } from "@partcommune/shared/platform/api";
import { amountText, type Money } from "@partcommune/shared/platform/money";
import type { Instant } from "@partcommune/shared/platform/time";
import { compactTerms } from "../read.ts";
import type { Iri } from "../iri.ts";
import { Decimal, Kind, Maybe, One, Only, told, When, Words } from "../wire.ts";
import { Commitment, jobAnswered, link, markdown, measure, moneyIn, WirePpm, type Told } from "./agreed.ts";

/** What a member offers for a job at another coop; the fee is that of the member's own. */
export type SharedBid = {
  readonly job: Iri;
  /** Of the job that the member read. */
  readonly jobVersion: number;
  readonly memberName: string;
  readonly amount: Money;
  /** For an hour, of an hourly job: the amount is then the most it can come to. */
  readonly rate?: Money | undefined;
  readonly days?: number | undefined;
  /** In Markdown, as it was written. */
  readonly pitch: string;
  /** The coop of the member, its treaty with that of the client, and where the rate of its fee stands. */
  readonly home: Iri;
  readonly treaty: Iri;
  readonly bylaw: Iri;
  readonly feePpm: number;
  readonly validUntil: Instant;
  /** When the member said so: an offer that another overtook on its way is the older one all the same. */
  readonly offeredAt?: Instant | undefined;
};

/** A bid as an offer of an agreement about both intents of the job. */
export function bidToOffer({ job, amount, rate, days, pitch, ...bid }: SharedBid): Told {
  const object = {
    type: "Agreement",
    stipulates: { type: "Commitment", satisfies: `${job}#primary`, resourceQuantity: measure(rate ? "hour" : "one", "1") },
    stipulatesReciprocal: { type: "Commitment", satisfies: `${job}#reciprocal`, resourceQuantity: measure("one", amountText(amount)) },
  };
  const words = told({
    content: pitch,
    mediaType: markdown,
    "pc:jobVersion": bid.jobVersion,
    "pc:memberName": bid.memberName,
    "pc:currency": amount.currency,
    "pc:rate": rate && amountText(rate),
    "pc:days": days,
    "pc:home": link(bid.home),
    "pc:treaty": link(bid.treaty),
    "pc:bylaw": link(bid.bylaw),
    "pc:feePpm": bid.feePpm,
    "pc:validUntil": bid.validUntil,
    published: bid.offeredAt,
  });
  return { object, words };
}

const longestPitch = 20_000;

/** What an offer must say to be a bid. */
export const WireBid = z.object({
  object: Only(z.object({ type: Kind("Agreement"), stipulates: Only(Commitment), stipulatesReciprocal: Only(Commitment) })),
  content: Words(longestPitch),
  "pc:jobVersion": z.int32().min(1),
  "pc:memberName": Line(200),
  "pc:currency": Only(CurrencyCode),
  "pc:rate": Maybe(Decimal),
  "pc:days": Maybe(z.int().min(1).max(999)),
  "pc:home": One,
  "pc:treaty": One,
  "pc:bylaw": One,
  "pc:feePpm": WirePpm,
  "pc:validUntil": When,
  published: Maybe(When),
});

/** The bid in an offer; undefined where it is none, both halves are not about one job, or a figure is none of its currency above zero. */
export function bidFromOffer(offer: JsonObject): SharedBid | undefined {
  const said = WireBid.safeParse(compactTerms(offer)).data;
  if (!said) return undefined;
  const { stipulates, stipulatesReciprocal: reciprocal } = said.object;
  const [job, currency] = [jobAnswered(stipulates.satisfies, reciprocal.satisfies), said["pc:currency"]];
  const amount = moneyIn(reciprocal.resourceQuantity.hasNumericalValue, currency);
  const rate = moneyIn(said["pc:rate"], currency);
  if (job === undefined || !amount) return undefined;
  if ((said["pc:rate"] !== undefined) !== (rate !== undefined)) return undefined;
  return {
    job,
    amount,
    rate,
    jobVersion: said["pc:jobVersion"],
    memberName: said["pc:memberName"],
    days: said["pc:days"],
    pitch: said.content,
    home: said["pc:home"],
    treaty: said["pc:treaty"],
    bylaw: said["pc:bylaw"],
    feePpm: said["pc:feePpm"],
    validUntil: said["pc:validUntil"],
    offeredAt: said.published,
  };
}
