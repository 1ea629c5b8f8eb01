// What one of the treasury proposes and another confirms.
import type { Id } from "../../platform/id.ts";
import { refuse, type Refusal } from "../../platform/refusal.ts";

export type Proposal = { readonly state: string; readonly proposedBy: Id };

/** Why this person does not confirm it. */
export function objectionToConfirming({ state, proposedBy }: Proposal, person: Id): Refusal | undefined {
  if (state !== "proposed") return refuse("not-in-this-state", { state });
  return proposedBy === person ? refuse("second-person-needed") : undefined;
}
