// What follows from an answer to a delivery, and when a host that does not answer is asked again. Pure: whoever sends keeps the time and the chance.

/** How a delivery was answered; 0 when no answer came. `tried`: what was done already to make this one arrive. */
export interface Answer {
  readonly status: number;
  readonly retryAfter?: string;
  readonly tried?: readonly ("otherSignature" | "newInbox")[];
}

/** What was sent: how often, this time included; whether to a coop that a treaty binds to us; and since when it is on its way, in milliseconds. */
export interface Sent {
  readonly tries: number;
  readonly sister: boolean;
  readonly since: number;
}

/** What to do with a delivery: `at` says when, in milliseconds. */
export type Next =
  | { readonly then: "sent" | "otherSignature" | "newInbox" | "gone" | "refused" | "dead" }
  | { readonly then: "retry"; readonly at: number };

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** The waits after the first tries; later ones are like the last. */
const waits = [30 * second, 2 * minute, 10 * minute, 30 * minute, hour, 3 * hour, 6 * hour, 12 * hour] as const;
const longest = 12 * hour;
const lifetime = { sister: 30 * day, other: 3 * day };
const later = [408, 423, 425, 429];

const waitAfter = (tries: number): number => waits[tries - 1] ?? longest;

/** What follows from an answer. `chance` from 0 to 1 spreads the next try by a fifth either way. */
export function afterAnswer(answer: Answer, sent: Sent, now: number, chance: number): Next {
  const wait = waitFor(answer, sent, now);
  const then = consequenceOf(answer, now + wait - sent.since > (sent.sister ? lifetime.sister : lifetime.other));
  // oxlint-disable-next-line unicorn/no-thenable -- a word and no function, so that whoever awaits it gets it as it is
  if (then !== "retry") return { then };
  const spread = Math.round(wait * (0.8 + 0.4 * chance));
  // oxlint-disable-next-line unicorn/no-thenable -- as above
  return { then, at: now + Math.max(spread, Math.min(askedToWait(answer.retryAfter, now), day)) };
}

/** A sister that does not believe us may not have reached us to read our key: whether it can by now is asked as if it had been silent. */
const waitFor = ({ status }: Answer, { tries, sister, since }: Sent, now: number): number =>
  sister && status === 401 ? probeEvery(now - since) : waitAfter(tries);

function consequenceOf({ status, tried = [] }: Answer, isLast: boolean): Next["then"] {
  if (status >= 200 && status < 300) return "sent";
  if (status >= 300 && status < 400) return tried.includes("newInbox") ? "refused" : "newInbox";
  if (status === 401 && !tried.includes("otherSignature")) return "otherSignature";
  if (status === 410) return "gone";
  if (status >= 400 && status < 500 && status !== 401 && !later.includes(status)) return "refused";
  return isLast ? "dead" : "retry";
}

/** Whether the host, rather than this one delivery, is what failed: it is silent, is ill, or hears nothing of ours for now. */
export const isHosts = (status: number): boolean => status === 0 || status === 423 || status >= 500;

/** How long an answer asks to be left alone: in seconds, or until a date (RFC 9110, section 10.2.3). */
function askedToWait(retryAfter: string | undefined, now: number): number {
  if (retryAfter === undefined) return 0;
  const wait = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * second : Date.parse(retryAfter) - now;
  return Number.isNaN(wait) ? 0 : wait;
}

/** A host that fails is left alone. Closed: deliveries run. Open since an instant: only a probe leaves, at the time it says. */
export interface Breaker {
  readonly failures: number;
  readonly open?: { readonly since: number; readonly probeAt: number };
}

/** `silent`: no answer came. `failed`: one that says it is the host's fault. `heard`: the host asked us something and was who it said. */
export type BreakerEvent = "silent" | "failed" | "succeeded" | "heard";

export const closed: Breaker = { failures: 0 };
const mostFailures = 5;

/**
 * The state of a host after an event. One that does not answer is only probed from then on: whether it is there is one question for
 * all that waits for it. A success, or a sign of life from the host itself, opens its lane at once.
 */
export function breaker(state: Breaker, event: BreakerEvent, now: number): Breaker {
  if (event === "succeeded" || event === "heard") return closed;
  const failures = state.failures + 1;
  if (event === "failed" && failures < mostFailures && !state.open) return { failures };
  const since = state.open?.since ?? now;
  return { failures, open: { since, probeAt: now + probeEvery(now - since) } };
}

/** How long to wait before asking again what has not answered for so long: often enough that whoever comes back is met within a minute of the first half hour. */
export const probeEvery = (openFor: number): number => (openFor < 30 * minute ? 30 * second : openFor < day ? 5 * minute : hour);

/** Whether something may leave for the host now. */
export const mayLeave = ({ open }: Breaker, now: number): boolean => open === undefined || now >= open.probeAt;
