// The law of push: to which services a device may belong, how many one person has, and when one is given up.
import { refuse, type Problems, type Refusal } from "../refusal.ts";

export const mostDevices = 10;
/** So many failures in a row end a device. */
export const mostFailures = 10;

export const problems = {
  "push-service-unknown": {
    status: 422,
    says: "Notices are pushed through the services of known browsers alone, so that no other address is ever called; this is none of them. An operator can add one.",
  },
  "push-keys-unreadable": { status: 422, says: "The keys of this device cannot be read, so nothing could be sealed for it." },
  "push-devices-full": { status: 409, says: "Notices go to at most {most} devices of one person. End one of them first." },
} as const satisfies Problems;

/** Hosts of the push services of Chrome, Edge, Firefox and Safari; a dot at the front stands for every host below it. */
const known = ["fcm.googleapis.com", ".notify.windows.com", ".push.services.mozilla.com", ".push.apple.com"];

/** An address that every reader takes apart alike: a host with a path, and no sign that one of them would skip or turn. */
const plain = /^(https?:\/\/([a-z0-9.-]+(?::\d+)?))\/[^\\\s]*$/;

/** Whether an address is one of a push service: a known one by https at its usual port, or one of those an operator named, `https://push.example`. */
export function isPushService(address: string, named: readonly string[]): boolean {
  const [, origin = "", host = ""] = plain.exec(address) ?? [];
  if (named.includes(origin)) return true;
  return origin.startsWith("https:") && known.some((each) => (each.startsWith(".") ? host.endsWith(each) : host === each));
}

export type Offered = { readonly endpoint: string; readonly keysReadable: boolean };

/** Why this device is not one that notices are pushed to. `others` are those the person has besides it. */
export function objectionToDevice({ endpoint, keysReadable }: Offered, others: number, named: readonly string[]): Refusal | undefined {
  if (!isPushService(endpoint, named)) return refuse("push-service-unknown");
  if (!keysReadable) return refuse("push-keys-unreadable");
  if (others >= mostDevices) return refuse("push-devices-full", { most: mostDevices });
  return undefined;
}
