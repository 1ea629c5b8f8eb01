// How long a session lasts: in all, and while nobody uses it.
import type { Role } from "../../platform/actor.ts";
import { dayMs, isBefore, later, type Instant } from "../../platform/time.ts";

const hourMs = 3_600_000;

/** A session ends after so long, used or not. */
export const sessionMs = 30 * dayMs;

/** Left alone for so long, a session ends by itself. Who holds a role could move the money or the papers of others: theirs ends overnight. */
export const idleMs = (roles: readonly Role[]): number => (roles.length > 0 ? 12 * hourMs : 14 * dayMs);

const noteMs = 5 * 60_000;

/** Whether a use is written down: not each of them, or every question would be a write. */
export const isUseToNote = (usedAt: Instant, now: Instant): boolean => !isBefore(now, later(usedAt, noteMs));

export type Used = { readonly usedAt: Instant; readonly expiresAt: Instant };

/** Whether a session that nobody ended has ended by itself. */
export const hasRunOut = ({ usedAt, expiresAt }: Used, roles: readonly Role[], now: Instant): boolean =>
  !isBefore(now, expiresAt) || !isBefore(now, later(usedAt, idleMs(roles)));
