// What our coop tells another of a treaty: offers, answers, signatures and ends, each proved where it binds.
import type { Iri } from "@partcommune/federation/iri";
import { treatyToAgreement } from "@partcommune/federation/translate/treaty";
import { PUBLIC } from "@partcommune/federation/vocabulary";
import type { Fact, FactType } from "@partcommune/shared/platform/events";
import type { JsonObject } from "@partcommune/shared/platform/json";
import type { View } from "../../platform/scope.ts";
import { coopCard } from "../../platform/store.ts";
import type { Tells, Telling } from "../index.ts";
import { followOf, lastActOn } from "../store/acts.ts";
import { paperOf } from "../store/treaty-wire.ts";
import { hashOfAgreement } from "./terms.ts";

type Body = { readonly origin: string; readonly offer?: string; readonly iri?: string; readonly byUs?: boolean };

export const coopAt = (origin: string): Iri => `${origin}/actor`;

/** A telling of the coop itself to the other one. */
const saying = (origin: string, type: string, object: JsonObject | Iri): Telling => ({
  actor: "actor",
  type,
  to: [coopAt(origin)],
  object,
});

const tells = (
  name: Tells["name"],
  facts: readonly FactType[],
  tell: (view: View, fact: Fact, body: Body) => ReturnType<Tells["tell"]>,
): Tells => ({
  name,
  facts,
  tell: (view, fact) => tell(view, fact, fact.body as Body),
});

/** The agreement that an offer carried: as it lies on the table, or as it was accepted. */
async function agreementOf(view: View, { subject }: Fact, offer: string, accepted?: JsonObject): Promise<JsonObject | undefined> {
  const paper = await paperOf(view.db, subject, offer);
  if (!paper) return undefined;
  const { origin, draft, terms, proposal } = paper;
  const parties = [coopAt(view.origin), coopAt(origin)];
  const ballot = proposal && `${view.origin}/proposals/${proposal}`;
  return treatyToAgreement({ draft, terms, parties, ballot }, `${(await coopCard(view)).name} / ${paper.name}`, accepted);
}

const tellOffer = tells("treaty.tellOffer", ["treaty.offered", "treaty.redrafted"], async (view, fact, { origin, offer }) => {
  const agreement = offer === undefined ? undefined : await agreementOf(view, fact, offer);
  return agreement && offer !== undefined ? { ...saying(origin, "Offer", agreement), id: offer, prove: true } : undefined;
});

/** Each of the two asks to follow the other: with the offer, or with the answer to it. The list of followers is that of sisters. */
const tellFollow = tells("treaty.tellFollow", ["treaty.offered", "treaty.accepted"], async (_, __, { origin }) =>
  saying(origin, "Follow", coopAt(origin)),
);

/** What members voted is for everybody to read, at its own address. */
const tellAcceptance = tells("treaty.tellAcceptance", ["treaty.accepted"], async (view, fact, { origin, offer = "", iri = "" }) => {
  const accepted = { id: iri, attributedTo: coopAt(view.origin), published: view.now, "pc:offer": { id: offer } };
  const result = await agreementOf(view, fact, offer, accepted);
  return result && { ...saying(origin, "Accept", offer), cc: [PUBLIC], result, prove: true };
});

/** Ours is the last signature: it names theirs, and the hash of what it signed. */
const tellSignature = tells("treaty.tellSignature", ["treaty.begun"], async (view, _, { origin, iri, byUs }) => {
  const accept = byUs ? await lastActOn(view.db, coopAt(origin), "Accept", iri ?? "") : undefined;
  const { id, result } = accept ?? {};
  if (typeof id !== "string" || result === undefined) return undefined;
  return { ...saying(origin, "Accept", id), words: { "pc:sha256": hashOfAgreement(result as JsonObject) }, prove: true };
});

const tellWelcome = tells("treaty.tellWelcome", ["treaty.begun"], async ({ db, origin: ours }, _, { origin }) => {
  const follow = await followOf(db, coopAt(origin), coopAt(ours));
  return follow === undefined ? undefined : saying(origin, "Accept", follow);
});

const tellRefusal = tells("treaty.tellRefusal", ["treaty.refused"], async (_, __, { origin, offer, byUs }) =>
  byUs && offer !== undefined ? saying(origin, "Reject", offer) : undefined,
);

const tellWithdrawal = tells("treaty.tellWithdrawal", ["treaty.withdrawn"], async (_, __, { origin, offer, byUs }) =>
  byUs && offer !== undefined ? saying(origin, "Undo", offer) : undefined,
);

/** Where two offers passed each other: they need not look at ours. */
const tellGivingWay = tells("treaty.tellGivingWay", ["treaty.gaveWay"], async (_, __, { origin, offer = "" }) =>
  saying(origin, "Undo", offer),
);

/** Whoever ends it, by a vote or because its time is over, follows no more and is followed no more. */
const tellEnd = tells("treaty.tellEnd", ["treaty.ended"], async ({ db, origin: ours }, _, { origin, byUs }) => {
  const follow = byUs ? await followOf(db, coopAt(ours), coopAt(origin)) : undefined;
  return follow === undefined ? undefined : saying(origin, "Undo", follow);
});

const tellFarewell = tells("treaty.tellFarewell", ["treaty.ended"], async ({ db, origin: ours }, _, { origin }) => {
  const follow = await followOf(db, coopAt(origin), coopAt(ours));
  return follow === undefined ? undefined : saying(origin, "Reject", follow);
});

export const treatyTells: readonly Tells[] = [
  tellFollow,
  tellOffer,
  tellAcceptance,
  tellSignature,
  tellWelcome,
  tellRefusal,
  tellWithdrawal,
  tellGivingWay,
  tellEnd,
  tellFarewell,
];
