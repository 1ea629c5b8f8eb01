// What a machine of states is: rows that server, buttons, documents and tests read alike.
import { refuse, type Refusal } from "../../platform/refusal.ts";

/** Who makes a row happen. `approver`: who binds the client. `either`: a side of the engagement. */
export type Hand = "poster" | "approver" | "member" | "either" | "adviser" | "clock" | "software";

export type Row<State extends string = string, Verb extends string = string> = {
  readonly from: State | "none";
  readonly verb: Verb;
  readonly who: Hand;
  readonly to: State;
  readonly fact: string;
};

/** Why a verb does not fit the state a thing is in. */
export const objectionToVerb = <State extends string, Verb extends string>(
  table: readonly Row<State, Verb>[],
  state: State,
  verb: Verb,
): Refusal | undefined =>
  table.some((row) => row.from === state && row.verb === verb) ? undefined : refuse("not-in-this-state", { state });

/** Where a verb leads from a state; a verb that is not in the state's rows is a fault of ours, since the rule refused it before. */
export function afterVerb<State extends string, Verb extends string>(table: readonly Row<State, Verb>[], state: State, verb: Verb): State {
  const row = table.find(({ from, verb: named }) => from === state && named === verb);
  if (!row) throw new RangeError(`${verb} does not lead on from ${state}`);
  return row.to;
}

/** The states a verb starts from. */
export const statesBefore = <State extends string, Verb extends string>(table: readonly Row<State, Verb>[], verb: Verb): readonly State[] =>
  table.flatMap((row) => (row.verb === verb && row.from !== "none" ? [row.from] : []));

/** The verbs that these hands may use in a state. */
export const verbsFor = <State extends string, Verb extends string>(
  table: readonly Row<State, Verb>[],
  state: State,
  hands: readonly Hand[],
): readonly Verb[] => [...new Set(table.flatMap((row) => (row.from === state && hands.includes(row.who) ? [row.verb] : [])))];
