// Instants: points in time as RFC 3339 text in UTC with milliseconds, so that they compare, store and travel as they stand (ADR 0002).

/** `2026-12-07T16:59:00.000Z`, always this width: the order of the texts is the order of time. */
export type Instant = string & { readonly is: "instant" };

/** A calendar day without a zone, `2026-12-07`. */
export type Day = string & { readonly is: "day" };

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** Brings any RFC 3339 text to the one form; throws on text that is no instant. */
export const instant = (text: string): Instant => instantOf(Date.parse(text));

/** The instant so many milliseconds after 1970. */
export const instantOf = (ms: number): Instant => new Date(ms).toISOString() as Instant;

export const millisecondsOf = (at: Instant): number => Date.parse(at);

/** `now < limit` is in time; equality is late. */
export const isBefore = (now: Instant, limit: Instant): boolean => now < limit;

export const later = (from: Instant, ms: number): Instant => instantOf(millisecondsOf(from) + ms);
