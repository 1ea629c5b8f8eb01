// Telling other servers something: into our outbox and onto the way to each inbox, in the transaction of one act.
import { isCoop } from "@partcommune/federation/circle";
import type { Iri } from "@partcommune/federation/iri";
import { isObject, oneId } from "@partcommune/federation/read";
import { prove } from "@partcommune/federation/sign/proof";
import { ctx, PUBLIC } from "@partcommune/federation/vocabulary";
import type { Id } from "@partcommune/shared/platform/id";
import type { JsonObject } from "@partcommune/shared/platform/json";
import { millisecondsOf } from "@partcommune/shared/platform/time";
import { viewOf, type Scope } from "../../platform/scope.ts";
import type { Telling } from "../index.ts";
import { saveDeliveries } from "../store/deliveries.ts";
import { forgetSigned, saveSigned } from "../store/signed.ts";
import { engineIn } from "./engine.ts";
import { signerIn } from "./keys.ts";

/** Publishes an activity. It leaves after the commit, one inbox after the other. */
export async function tell(scope: Scope, telling: Telling): Promise<void> {
  const { actor: path, type, to, cc = [], object, result, words = {}, id } = telling;
  const actor = `${scope.origin}/${path}`;
  // What coops say to each other as coops arrives at the door of each: the words of a treaty pass before it is in force.
  const engine = engineIn(scope, [...to, ...cc].every((iri) => iri === PUBLIC || isCoop(iri)) ? "apart" : "together");
  const said: JsonObject = {
    ...(cc.length > 0 ? { cc: [...cc] } : {}),
    published: scope.now,
    object,
    ...(result === undefined ? {} : { result }),
    ...words,
  };
  const built = await engine.build(type, actor, to, { "@context": ctx, ...said, ...(id === undefined ? {} : { id }) });
  const bare: JsonObject = { "@context": ctx, id: built.id, type, actor, to: [...to], ...said };
  const wire = telling.prove ? await proved(scope, bare, path, [...to, ...cc]) : bare;
  const { inboxes } = await engine.publish(actor, built, Buffer.from(JSON.stringify(wire)));
  if (type === "Delete") await forgetSigned(scope, oneId(object) ?? "");
  await saveDeliveries(scope, built.id, inboxes);
  scope.emit({ type: "activity.published", subject: idAtEnd(built.id), body: { activity: built.id }, about: [] });
}

/** The activity with the proof of its actor, on the part that stands by itself; the bytes of that part are kept for its own address. */
async function proved(scope: Scope, activity: JsonObject, path: string, audience: readonly Iri[]): Promise<JsonObject> {
  const signer = await signerIn(viewOf(scope), path, "ed25519");
  if (!signer) throw new Error(`${path} has nothing to prove by`);
  const at = millisecondsOf(scope.now);
  const name = (["result", "object"] as const).find((each) => standsAlone(activity[each]));
  if (name === undefined) return prove(activity, signer, at);
  const part = prove({ "@context": ctx, ...(activity[name] as JsonObject) }, signer, at);
  const actor = `${scope.origin}/${path}`;
  await saveSigned(scope, { iri: oneId(part) ?? "", actor, bytes: Buffer.from(JSON.stringify(part)), audience });
  return { ...activity, [name]: part };
}

/** Whether a thing is brought along that has an address of its own. */
const standsAlone = (value: JsonObject[string] | undefined): boolean => isObject(value) && oneId(value) !== undefined;

/** The id in an address that we made. */
const idAtEnd = (iri: string): Id => iri.slice(iri.lastIndexOf("/") + 1);
