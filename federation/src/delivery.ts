// When a delivery that did not arrive is tried again, and when a host is left to rest: figures alone, no clock and no network.

/** How a try ended: the status of the answer, 0 when none came, and what the answer says of trying again. */
export type Answer = { readonly status: number; readonly retryAfter?: string | undefined };

/** A delivery at its try: how many it had with this one, when it was written, and until when it is worth a try. All in milliseconds. */
export type Try = { readonly tries: number; readonly writtenAt: number; readonly lifetimeMs: number; readonly now: number };

export type After =
  | { readonly then: "sent" }
  | { readonly then: "retry"; readonly at: number }
  /** The host does not take this kind of signature, or not this key: the other kind is tried at once. */
  | { readonly then: "otherSignature" }
  /** It said no, and would say so again. */
  | { readonly then: "refused" }
  /** Nobody took it as long as it was worth trying. */
  | { readonly then: "dead" };

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const pauses = [30 * second, 2 * minute, 10 * minute, 30 * minute, hour, 3 * hour, 6 * hour];
const lastPause = 12 * hour;
const passing = [0, 408, 425, 429];

export const lifetimes = { sister: 30 * 24 * hour, other: 3 * 24 * hour } as const;

/** What follows from an answer. `chance` in [0, 1) spreads the tries by a fifth to either side. */
export function afterAnswer({ status, retryAfter }: Answer, { tries, writtenAt, lifetimeMs, now }: Try, chance: number): After {
  if (status >= 200 && status < 300) return { then: "sent" };
  if (status === 401) return { then: "otherSignature" };
  if (!isPassing(status)) return { then: "refused" };
  const pause = (pauses[tries - 1] ?? lastPause) * (0.8 + 0.4 * chance);
  const at = now + Math.max(pause, asked(retryAfter, now));
  return at < writtenAt + lifetimeMs ? { then: "retry", at } : { then: "dead" };
}

/** Whether the host, rather than the delivery, is what failed. */
export const isPassing = (status: number): boolean => status >= 500 || passing.includes(status);

/** Milliseconds that a host asks to be left alone, in seconds or as a date (RFC 9110, section 10.2.3); a day at most. */
function asked(retryAfter: string | undefined, now: number): number {
  const ms = /^\d{1,9}$/.test(retryAfter ?? "") ? Number(retryAfter) * second : Date.parse(retryAfter ?? "") - now;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 24 * hour) : 0;
}

const mostFailures = 5;

/** How long a host rests after so many failures in a row: not yet, then it is probed every half minute, five minutes, hour. */
export function restAfter(failures: number): number | undefined {
  if (failures < mostFailures) return undefined;
  const probes = failures - mostFailures;
  if (probes < 60) return 30 * second;
  return probes < 60 + 288 ? 5 * minute : hour;
}
