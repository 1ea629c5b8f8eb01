// What another coop tells ours of a treaty. It is put before our officers and members, and signed by itself nowhere but where ours was the vote.
import { isObject, oneId } from "@partcommune/federation/read";
import { isTreaty, treatyFromWire, type TreatyDraft } from "@partcommune/federation/translate/treaty";
import type { JsonObject } from "@partcommune/shared/platform/json";
import { inForce } from "@partcommune/shared/federation/rules/treaty";
import type { Scope } from "../../platform/scope.ts";
import { hears, type Heard, type Hears } from "../index.ts";
import { actOf } from "../store/acts.ts";
import { heldTreaty } from "../store/treaties.ts";
import { introduce, treatyStateWith } from "../store/treaty-wire.ts";
import { knockAt, type Found } from "./knocking.ts";
import { keepPeer } from "./peers.ts";
import { tell } from "./telling.ts";
import { hashOfAgreement, hashOfTerms } from "./terms.ts";
import * as treaties from "./treaties.ts";
import { coopAt } from "./treaty-tells.ts";

const nothing = async (): Promise<void> => undefined;

/** Whether a coop itself speaks to ours itself. */
const isBetweenCoops = ({ actor, origin, recipients }: Heard): boolean => actor === coopAt(origin) && recipients.includes("actor");

/** A treaty between the two of us, in an agreement; undefined for any other. */
function treatyBetween(agreement: JsonObject | undefined, heard: Heard, { origin: ours }: Scope): TreatyDraft | undefined {
  const treaty = agreement && treatyFromWire(agreement);
  const parties = [coopAt(heard.origin), coopAt(ours)];
  return treaty && parties.every((party) => treaty.parties.includes(party)) ? treaty : undefined;
}

const offered = ({ document }: Heard): JsonObject | undefined => {
  const [object] = [document["object"] ?? []].flat();
  return isObject(object) && isTreaty(object) ? object : undefined;
};

/** An offer comes with its coop's own words of who it is, since it may be the first that we hear of it. */
const hearOffer = hears<Found | "noCoop" | undefined>({
  inbox: "any",
  types: ["Offer"],
  bring: async (fetcher, heard) => {
    if (!isBetweenCoops(heard) || !offered(heard)) return undefined;
    const found = await knockAt(fetcher, heard.origin);
    if (found === "silent") throw new Error(`${heard.origin} does not answer`);
    return typeof found === "string" ? "noCoop" : found;
  },
  hear: async (scope, heard, found) => {
    if (found === undefined) return;
    const { id, actor, host } = heard;
    const said = found === "noCoop" ? undefined : treatyBetween(offered(heard), heard, scope);
    if (said === undefined || found === "noCoop") {
      // Nobody here could vote on it, so that its coop need not wait for an answer.
      await tell(scope, { actor: "actor", type: "Reject", to: [actor], object: id, words: { "pc:reason": "not-understood" } });
      return;
    }
    for (const peer of found.peers) await keepPeer(scope, peer);
    await introduce(scope, host, found.says);
    const { draft, terms, ballot } = said;
    await treaties.receiveOffer(scope, { host, offer: id, draft, terms, ...(ballot === undefined ? {} : { voted: ballot }) });
  },
});

/** An answer to our offer brings the agreement; one to our own answer, the hash of it. All others are about who follows whom. */
const hearAnswer = hears<void>({
  inbox: "any",
  types: ["Accept"],
  bring: nothing,
  hear: async (scope, heard) => {
    if (!isBetweenCoops(heard)) return;
    const act = await actOf(scope.tx, coopAt(scope.origin), heard.object);
    if (act?.["type"] === "Offer" && heard.result) await hearAccepted(scope, heard, heard.result);
    if (act?.["type"] === "Accept" && isObject(act["result"])) await hearSigned(scope, heard, act["result"]);
  },
});

async function hearAccepted(scope: Scope, heard: Heard, result: JsonObject): Promise<void> {
  const { host, object: offer } = heard;
  const said = treatyBetween(result, heard, scope);
  const hash = said ? hashOfTerms(said.terms).toString("hex") : "";
  await treaties.hearAcceptance(scope, { host, offer, iri: oneId(result) ?? "", hash });
}

async function hearSigned(scope: Scope, { host, document, proved }: Heard, agreement: JsonObject): Promise<void> {
  const said = treatyFromWire(agreement);
  if (!said) return; // what was accepted is work, and not ours to close
  const isSame = proved && document["pc:sha256"] === hashOfAgreement(agreement);
  const hash = isSame ? hashOfTerms(said.terms).toString("hex") : "";
  await treaties.hearCountersign(scope, { host, iri: oneId(agreement) ?? "", hash });
}

const hearNo = hears<void>({
  inbox: "any",
  types: ["Reject"],
  bring: nothing,
  hear: async (scope, heard) => {
    if (heard.actor !== coopAt(heard.origin)) return;
    const { host, object: offer } = heard;
    const act = await actOf(scope.tx, coopAt(scope.origin), offer);
    if (act?.["type"] === "Follow") await endWith(scope, heard);
    const treaty = act?.["type"] === "Offer" ? await heldTreaty(scope, host) : undefined;
    if (treaty?.state === "offered" && treaty.offer === offer) await treaties.hearRefusal(scope, { host, offer });
  },
});

const hearUndo = hears<void>({
  inbox: "any",
  types: ["Undo"],
  bring: nothing,
  hear: async (scope, heard) => {
    if (heard.actor !== coopAt(heard.origin)) return;
    const { host, object: offer } = heard;
    const act = await actOf(scope.tx, heard.actor, offer);
    if (act?.["type"] === "Follow" && act["object"] === coopAt(scope.origin)) await endWith(scope, heard);
    const treaty = await heldTreaty(scope, host);
    const lies = treaty && !treaty.ours && (treaty.state === "received" || treaty.state === "accepted");
    if (lies && treaty.offer === offer) await treaties.hearWithdrawal(scope, { host, offer });
  },
});

/** Who follows us no more, or lets us follow no more, has ended the treaty; where none is in force, there is nothing to end. */
async function endWith(scope: Scope, { host }: Heard): Promise<void> {
  const state = await treatyStateWith(scope.tx, host);
  if (state !== undefined && inForce(state)) await treaties.hearEnd(scope, { host });
}

/** A sister's ask to follow us may come after its signature. */
const hearFollow = hears<void>({
  inbox: "any",
  types: ["Follow"],
  bring: nothing,
  hear: async (scope, heard) => {
    const { id, actor, host } = heard;
    const state = isBetweenCoops(heard) ? await treatyStateWith(scope.tx, host) : undefined;
    if (state !== undefined && inForce(state)) await tell(scope, { actor: "actor", type: "Accept", to: [actor], object: id });
  },
});

export const treatyHears: readonly Hears[] = [hearOffer, hearAnswer, hearNo, hearUndo, hearFollow];
