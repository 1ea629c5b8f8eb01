// A notice on its way to a device: the plain sentence of its kind and nothing else, sealed for that one browser.
import webPush from "web-push";
import type { Fact } from "@partcommune/shared/platform/events";
import type { NoticeKind } from "@partcommune/shared/platform/rules/notices";
import { isPushService } from "@partcommune/shared/platform/rules/push";
import type { Listening } from "../domain.ts";
import type { Keys } from "../keys.ts";
import { say } from "../letters.ts";
import type { Post, Push } from "../world.ts";
import * as store from "./store.ts";

/** After a day nobody needs to be woken by it: it stands in the coop. */
const keptSeconds = 86_400;
const gone = [404, 410];

/** Sends each kind to a device that is still signed in. What its service does not take is not tried again: the notice stands in the coop. */
export async function sendPush(listening: Listening, { subject, body }: Fact<"push.handedOut">): Promise<void> {
  const { db, world, view } = listening;
  const { keys, origin, ...rest } = view();
  const device = world.push && (await store.deviceById(db, keys, subject));
  if (!world.push || !device) return;
  const lasting = await store.devicesOf(rest, device);
  if (!lasting.some(({ id }) => id === device.id) || !isPushService(device.endpoint, world.push.services))
    return store.endDevice(db, device.id);
  for (const kind of body.kinds) if (!(await arrives(listening, world.push, device, sealed(device, kind, keys, origin)))) return;
}

/** Hands over one message; false when the device is not worth the next. */
async function arrives({ db }: Listening, { send }: Push, { id }: store.Device, post: Post): Promise<boolean> {
  const status = await send(post);
  if (gone.includes(status)) await store.endDevice(db, id);
  else if (status >= 200 && status < 300) await store.noteArrival(db, id);
  else await store.noteFailure(db, id);
  return status >= 200 && status < 300;
}

/** Whom a push service may turn to: the coop by its address; one at home, without https, has none that others can open. */
const answerable = (origin: string): string => (origin.startsWith("https:") ? origin : "mailto:coop@localhost");

/** The message as it leaves (RFC 8291), signed by the coop (RFC 8292). Of ten with one topic a sleeping device gets the last. */
function sealed({ person, endpoint, keys: of, language }: store.Device, kind: NoticeKind, keys: Keys, origin: string): Post {
  const says = say(language, `letter.push.${kind}`);
  const { headers, body } = webPush.generateRequestDetails(
    { endpoint, keys: of },
    JSON.stringify({ says, language, topic: kind, path: `/${language}/my/messages` }),
    {
      TTL: keptSeconds,
      // Opaque, so that the service does not read what somebody is told of.
      topic: keys.digest("pushTopic", `${person}\n${kind}`).subarray(0, 24).toString("base64url"),
      vapidDetails: { subject: answerable(origin), ...keys.signing("push") },
    },
  );
  return { url: endpoint, headers, body: new Uint8Array(body ?? []) };
}
