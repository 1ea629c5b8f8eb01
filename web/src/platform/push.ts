// This browser as a device that is told: whether it can be, and what its own push service knows it by.
import type { subscribePush } from "@partcommune/shared/platform/api/push";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";

/** Whether this browser can show notices of a site, and may. */
export type Standing = "able" | "denied" | "cannot";

export function standing(): Standing {
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) return "cannot";
  return Notification.permission === "denied" ? "denied" : "able";
}

/** A private window never hears from its push service: it neither answers nor fails. */
const patienceMs = 20_000;

export type Subscribed = Omit<AskedOf<typeof subscribePush>, "language">;

/** Asks the person, then the browser's push service. Undefined when the person did not say yes; throws when the service was not reached. */
export async function subscribe(key: string): Promise<Subscribed | undefined> {
  if ((await Notification.requestPermission()) !== "granted") return undefined;
  await navigator.serviceWorker.register("/sw.js");
  const { pushManager } = await navigator.serviceWorker.ready;
  // One made for an earlier session, or for another coop at this address, is of no use.
  await (await pushManager.getSubscription())?.unsubscribe();
  const impatience = new Promise<never>((_, give) => void setTimeout(() => give(new Error("no answer")), patienceMs));
  const subscription = await Promise.race([pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }), impatience]);
  const { endpoint, keys } = subscription.toJSON();
  return { endpoint: endpoint ?? "", p256dh: keys?.["p256dh"] ?? "", auth: keys?.["auth"] ?? "" };
}

/** Lets the browser's push service forget this browser; the coop is told by its own endpoint. */
export async function forget(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}
