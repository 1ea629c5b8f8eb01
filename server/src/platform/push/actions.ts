// The verbs of push: a device begins to hear, hears no more, and what is due is handed out to each.
import { createPublicKey } from "node:crypto";
import type * as api from "@partcommune/shared/platform/api/push";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { objectionToDevice } from "@partcommune/shared/platform/rules/push";
import { personActing } from "../acting.ts";
import { found, refuseIf, refuseUnless } from "../refused.ts";
import type { Action } from "../scope.ts";
import * as store from "./store.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

export const subscribePush: Act<typeof api.subscribePush> = async (scope, device) => {
  const { actor } = scope;
  refuseUnless(actor.kind === "person", "sign-in-first");
  const others = await store.makeRoom(scope, actor, device.endpoint);
  const offered = { endpoint: device.endpoint, keysReadable: isPoint(device.p256dh) };
  refuseIf(objectionToDevice(offered, others, scope.pushServices));
  return { id: await store.saveDevice(scope, actor, device) };
};

/** Whether a text is a point of P-256, uncompressed: only for such a one can a message be sealed. */
function isPoint(text: string): boolean {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length !== 65 || bytes[0] !== 4) return false;
  const [x, y] = [bytes.subarray(1, 33).toString("base64url"), bytes.subarray(33).toString("base64url")];
  try {
    return createPublicKey({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" }).asymmetricKeyType === "ec";
  } catch {
    return false;
  }
}

export const unsubscribePush: Act<typeof api.unsubscribePush> = async (scope, { device }) => {
  found((await store.endOwnDevice(scope, personActing(scope.actor), device)) || undefined);
  return {};
};

/** Hands what is due to each device of a person; it leaves after the commit. */
export const pushNotices: Action<{ person: Id }, Record<string, never>> = async (scope, { person }) => {
  const kinds = await store.takeDue(scope, person);
  if (kinds.length === 0) return {};
  for (const device of await store.withoutEnded(scope, person))
    scope.emit({ type: "push.handedOut", subject: device, body: { kinds }, about: [] });
  return {};
};
