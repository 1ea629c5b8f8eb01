// From when a member's bank account counts.
import { dayMs, later, type Instant } from "../../platform/time.ts";

/** Long enough for the letter about it to be read before money follows. */
export const coolingMs = 2 * dayMs;

/** The first account counts at once; whoever changes one waits, so that a thief is seen first. */
export const countsFrom = (now: Instant, isFirst: boolean): Instant => (isFirst ? now : later(now, coolingMs));

/** Country and the last four signs: enough to recognise one's own. */
export const masked = (iban: string): string => `${iban.slice(0, 2)}•• •••• ${iban.slice(-4)}`;
