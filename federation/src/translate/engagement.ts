// An agreement as the client's coop writes it and the member's coop reads it: who does what for how much, and who keeps which part of it.
import { z } from "zod";
import { CurrencyCode, Line } from "@partcommune/shared/platform/api";
import type { Figures } from "@partcommune/shared/money/rules/split";
import type { Json, JsonObject } from "@partcommune/shared/platform/json";
import { amountText, minorFrom, type Money } from "@partcommune/shared/platform/money";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import { compactTerms, isObject } from "../read.ts";
import type { Iri } from "../iri.ts";
import { ctx } from "../vocabulary.ts";
import { Decimal, Kind, Maybe, One, Only, told, WireDay, When } from "../wire.ts";
import { Commitment, jobAnswered, link, measure, moneyIn, WirePpm } from "./agreed.ts";

export type SharedMilestone = {
  readonly title: string;
  readonly amount: Money;
  readonly dueOn?: Day | undefined;
  readonly parallel: boolean;
};

/** What a client accepted of a sister's member. */
export type SharedAgreement = {
  readonly id: Iri;
  readonly client: Iri;
  readonly publishedAt: Instant;
  readonly signUntil: Instant;
  readonly job: Iri;
  /** The activity that carried the bid. */
  readonly offer: Iri;
  readonly treaty: Iri;
  readonly bylaw: Iri;
  readonly amount: Money;
  readonly rate?: Money | undefined;
  readonly feePpm: number;
  /** What becomes of the whole price, as its writer reckons. */
  readonly split: Pick<Figures, "fee" | "hostFund" | "homeFund" | "member" | "due">;
  readonly milestones: readonly SharedMilestone[];
};

/** The agreement as a document under its own address; whoever signs for the client adds the proof. */
export function agreementToWire(agreed: SharedAgreement): JsonObject {
  const { id, job, amount, rate, split } = agreed;
  return told({
    "@context": ctx,
    id,
    type: "Agreement",
    attributedTo: agreed.client,
    published: agreed.publishedAt,
    stipulates: commitment(`${id}#primary`, `${job}#primary`, measure(rate ? "hour" : "one", "1")),
    stipulatesReciprocal: commitment(`${id}#reciprocal`, `${job}#reciprocal`, measure("one", amountText(amount))),
    "pc:offer": link(agreed.offer),
    "pc:treaty": link(agreed.treaty),
    "pc:bylaw": link(agreed.bylaw),
    "pc:feePpm": agreed.feePpm,
    "pc:currency": amount.currency,
    "pc:rate": rate && amountText(rate),
    "pc:signUntil": agreed.signUntil,
    "pc:split": {
      "pc:fee": amountText(split.fee),
      "pc:hostFund": amountText(split.hostFund),
      "pc:homeFund": amountText(split.homeFund),
      "pc:member": amountText(split.member),
      "pc:hostOwesHome": amountText(split.due),
    },
    "pc:milestones": agreed.milestones.map((milestone, at) => milestoneToWire(`${id}#m${at + 1}`, milestone)),
  });
}

const commitment = (id: Iri, satisfies: Iri, resourceQuantity: JsonObject): Json => ({
  id,
  type: "Commitment",
  satisfies,
  resourceQuantity,
});

const milestoneToWire = (id: Iri, { title, amount, dueOn, parallel }: SharedMilestone): JsonObject =>
  told({ id, name: title, "pc:amount": amountText(amount), "pc:dueOn": dueOn, "pc:parallel": parallel });

const mostMilestones = 20;
const Milestone = z.object({
  id: One,
  name: Line(300),
  "pc:amount": Decimal,
  "pc:dueOn": Maybe(WireDay),
  "pc:parallel": Maybe(z.boolean()),
});
const Split = z.object({
  "pc:fee": Decimal,
  "pc:hostFund": Decimal,
  "pc:homeFund": Decimal,
  "pc:member": Decimal,
  "pc:hostOwesHome": Decimal,
});

/** An agreement as it comes. */
export const WireAgreement = z.object({
  id: One,
  type: Kind("Agreement"),
  attributedTo: One,
  published: When,
  stipulates: Only(Commitment),
  stipulatesReciprocal: Only(Commitment),
  "pc:offer": One,
  "pc:treaty": One,
  "pc:bylaw": One,
  "pc:feePpm": WirePpm,
  "pc:currency": Only(CurrencyCode),
  "pc:rate": Maybe(Decimal),
  "pc:signUntil": When,
  "pc:split": Only(Split),
  "pc:milestones": z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(Milestone).min(1).max(mostMilestones)),
});
type WireAgreement = z.output<typeof WireAgreement>;

/** The agreement in a document; undefined where it is none, or a figure is none of its currency. */
export function agreementFromWire(document: JsonObject): SharedAgreement | undefined {
  const said = WireAgreement.safeParse(compactTerms(document)).data;
  if (!said) return undefined;
  const currency = said["pc:currency"];
  const job = jobAnswered(said.stipulates.satisfies, said.stipulatesReciprocal.satisfies);
  const amount = moneyIn(said.stipulatesReciprocal.resourceQuantity.hasNumericalValue, currency);
  const [rate, split, milestones] = [moneyIn(said["pc:rate"], currency), splitIn(said), milestonesIn(said)];
  if (job === undefined || !amount || !split || !milestones || (said["pc:rate"] !== undefined) !== (rate !== undefined)) return undefined;
  return {
    id: said.id,
    client: said.attributedTo,
    publishedAt: said.published,
    signUntil: said["pc:signUntil"],
    offer: said["pc:offer"],
    treaty: said["pc:treaty"],
    bylaw: said["pc:bylaw"],
    feePpm: said["pc:feePpm"],
    job,
    amount,
    rate,
    split,
    milestones,
  };
}

/** The parts of the price; any of them may be nothing, and none less. */
function splitIn({ "pc:split": said, "pc:currency": currency }: WireAgreement): SharedAgreement["split"] | undefined {
  const part = (text: string): Money | undefined => {
    const minor = minorFrom(text, currency);
    return minor === undefined || minor < 0n ? undefined : { minor, currency };
  };
  const [fee, hostFund, homeFund] = [part(said["pc:fee"]), part(said["pc:hostFund"]), part(said["pc:homeFund"])];
  const [member, due] = [part(said["pc:member"]), part(said["pc:hostOwesHome"])];
  return fee && hostFund && homeFund && member && due ? { fee, hostFund, homeFund, member, due } : undefined;
}

/** The milestones in their order, each under the name that its number gives it. */
function milestonesIn({ id, "pc:milestones": said, "pc:currency": currency }: WireAgreement): readonly SharedMilestone[] | undefined {
  const read = said.map((milestone, at): SharedMilestone | undefined => {
    const amount = milestone.id === `${id}#m${at + 1}` ? moneyIn(milestone["pc:amount"], currency) : undefined;
    const { "pc:dueOn": dueOn, "pc:parallel": parallel = false } = milestone;
    return amount && { title: milestone.name, amount, dueOn: dueOn as Day | undefined, parallel };
  });
  const whole = read.filter((milestone) => milestone !== undefined);
  return whole.length === read.length ? whole : undefined;
}

/** The agreement without its proof: of this both sides make the hash that the member signs. */
export const unproved = (document: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(document).filter(([word]) => word !== "proof"));

/** The agreement that an acceptance carries. */
export const agreementIn = ({ result }: JsonObject): JsonObject | undefined => (isObject(result) ? result : undefined);
