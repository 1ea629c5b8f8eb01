// The law of the coop's own account at the bank: one treasurer proposes it, another confirms it, and only then is money paid from it.
import type { Id } from "../../platform/id.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { objectionToVerb, type Row } from "../../platform/table.ts";

export const houseAccountStates = ["proposed", "confirmed", "discarded"] as const;
export type HouseAccountState = (typeof houseAccountStates)[number];

export const problems = {
  "house-account-proposed": {
    status: 409,
    says: "An account has been proposed already. It is confirmed or withdrawn before another is proposed.",
    rule: "one proposed account at a time",
    changedBy: "another treasurer, who confirms or withdraws it",
  },
} as const satisfies Problems;

/** What was confirmed stays: a later one takes its place from then on. */
export const houseAccountTable: readonly Row<HouseAccountState, "propose" | "confirm" | "discard">[] = [
  { from: "none", verb: "propose", who: "treasurer", to: "proposed", fact: "houseAccount.proposed" },
  { from: "proposed", verb: "confirm", who: "treasurer", to: "confirmed", fact: "houseAccount.confirmed" },
  { from: "proposed", verb: "discard", who: "treasurer", to: "discarded", fact: "houseAccount.discarded" },
];

/** Why this person does not confirm this account. */
export const objectionToHouseAccount = (
  { state, proposedBy }: { readonly state: HouseAccountState; readonly proposedBy: Id },
  person: Id,
): Refusal | undefined =>
  objectionToVerb(houseAccountTable, state, "confirm") ?? (proposedBy === person ? refuse("second-person-needed") : undefined);
