// The law of elections: who may stand, until when, and how long a seat lasts.
import { refuse, type Refusal } from "../../platform/refusal.ts";
import type { ProposalKind, ProposalState } from "./proposal.ts";

/** States in which candidates come and go. */
const standing: readonly ProposalState[] = ["idea", "deliberation"];

/** Why nobody, or not this person, may stand: so many terms in a row are enough. */
export function objectionToStanding(
  { kind, state }: { readonly kind: ProposalKind; readonly state: ProposalState },
  terms: number,
  most: number,
): Refusal | undefined {
  if (kind !== "election") return refuse("not-an-election");
  if (!standing.includes(state)) return refuse("not-in-this-state", { state });
  return terms >= most ? refuse("terms-enough", { terms }) : undefined;
}
