// Telling other servers something: into our outbox and onto the way to each inbox, in the transaction of one act.
import type { JsonObject } from "@partcommune/shared/platform/json";
import { ctx } from "@partcommune/federation/vocabulary";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope } from "../../platform/scope.ts";
import type { Telling } from "../index.ts";
import { saveDeliveries } from "../store/deliveries.ts";
import { engineIn } from "./engine.ts";

/** Publishes an activity. It leaves after the commit, one inbox after the other. */
export async function tell(scope: Scope, { actor: path, type, to, cc = [], object, id }: Telling): Promise<void> {
  const { origin, now } = scope;
  const actor = `${origin}/${path}`;
  const engine = engineIn(scope);
  const said = { ...(cc.length > 0 ? { cc: [...cc] } : {}), published: now, object };
  const built = await engine.build(type, actor, to, { "@context": ctx, ...said, ...(id === undefined ? {} : { id }) });
  const wire = { "@context": ctx, id: built.id, type, actor, to: [...to], ...said } satisfies JsonObject;
  const { inboxes } = await engine.publish(actor, built, Buffer.from(JSON.stringify(wire)));
  await saveDeliveries(scope, built.id, inboxes);
  scope.emit({ type: "activity.published", subject: idAtEnd(built.id), body: { activity: built.id }, about: [] });
}

/** The id in an address that we made. */
const idAtEnd = (iri: string): Id => iri.slice(iri.lastIndexOf("/") + 1);
