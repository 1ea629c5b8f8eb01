// Names that other servers know our things by: addresses on our origin, opaque and never used twice.
import type { Id } from "@partcommune/shared/platform/id";

/** Kinds of things that have a name beyond this coop. */
export type Kind = "jobs" | "members" | "gatherings" | "initiatives";

/** The address of a thing; it answers whoever asks, in the language or format they ask for. */
export const iriOf = (origin: string, kind: Kind, id: Id): string => `${origin}/${kind}/${id}`;
