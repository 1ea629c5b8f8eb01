// What can be asked of push: which devices hear, and that this one does or does no more.
import { z } from "zod";
import { IdText, InstantJson, Nothing } from "../api.ts";
import { endpoint } from "../endpoint.ts";
import { languages } from "../page.ts";

export const readPush = endpoint({
  does: "Show the devices that notices of the person who asks are pushed to, and the key by which a browser knows this coop.",
  method: "GET",
  path: "/api/v1/push",
  who: "person",
  input: z.strictObject({}),
  answer: z.object({
    key: z.string().meta({ description: "the coop's public key of RFC 8292, for `applicationServerKey`" }),
    devices: z.array(z.object({ id: IdText, at: InstantJson, here: z.boolean().meta({ description: "the one this session belongs to" }) })),
  }),
});

export const subscribePush = endpoint({
  does: "Have notices pushed to this browser as long as this session lasts, with what its own `PushSubscription` says.",
  method: "POST",
  path: "/api/v1/push/devices",
  who: "person",
  status: 201,
  input: z.strictObject({
    endpoint: z.url().max(1_000),
    p256dh: z.base64url().max(100),
    auth: z.base64url().length(22),
    language: z.enum(languages),
  }),
  answer: z.object({ id: IdText }),
  refusals: ["push-service-unknown", "push-keys-unreadable", "push-devices-full"],
});

export const unsubscribePush = endpoint({
  does: "Have nothing more pushed to a device of one's own.",
  method: "DELETE",
  path: "/api/v1/push/devices/:device",
  who: "person",
  input: z.strictObject({ device: IdText }),
  answer: Nothing,
});
