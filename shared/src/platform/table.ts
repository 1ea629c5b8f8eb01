// What a machine of states is: rows that server, buttons, documents and tests read alike.
import { refuse, type Refusal } from "./refusal.ts";

/**
 * Who makes a row happen. `approver`: who binds the client. `lead`: the member who leads a team; whoever works alone leads.
 * `either`: a side of the engagement. `person`: whoever it belongs to. `author`: whoever wrote the proposal. `admitter`: one of the two
 * people who say whether a proposal may be voted. `voter`: who stands on the roll. `drawn`: who a lot gave a seat of a panel. `party`: whoever
 * a panel decides between. `caller`: who called a gathering. `chair`: who leads an assembly. `signer`: who signs its minutes. `guest`: who
 * comes, or says that they do not. `treasurer`: one of two. `officer`: who speaks for the coop to other coops.
 */
export type Hand =
  | "poster"
  | "approver"
  | "member"
  | "lead"
  | "either"
  | "person"
  | "adviser"
  | "author"
  | "associate"
  | "admitter"
  | "voter"
  | "board"
  | "drawn"
  | "party"
  | "caller"
  | "chair"
  | "signer"
  | "guest"
  | "treasurer"
  | "officer"
  | "clock"
  | "software";

export type Row<State extends string = string, Verb extends string = string> = {
  readonly from: State | "none";
  readonly verb: Verb;
  readonly who: Hand;
  readonly to: State;
  readonly fact: string;
};

/** Where a verb leads from a state, or why it leads nowhere: the one look into a table that everything else is made of. */
export function transition<State extends string, Verb extends string>(
  table: readonly Row<State, Verb>[],
  state: State,
  verb: Verb,
): { readonly to: State } | { readonly no: Refusal } {
  const row = table.find(({ from, verb: named }) => from === state && named === verb);
  return row ? { to: row.to } : { no: refuse("not-in-this-state", { state }) };
}

/** Why a verb does not fit the state a thing is in. */
export function objectionToVerb<State extends string, Verb extends string>(
  table: readonly Row<State, Verb>[],
  state: State,
  verb: Verb,
): Refusal | undefined {
  const step = transition(table, state, verb);
  return "no" in step ? step.no : undefined;
}

/** Where a verb leads from a state; a verb that is not in the state's rows is a fault of ours, since the rule refused it before. */
export function afterVerb<State extends string, Verb extends string>(table: readonly Row<State, Verb>[], state: State, verb: Verb): State {
  const step = transition(table, state, verb);
  if ("no" in step) throw new RangeError(`${verb} does not lead on from ${state}`);
  return step.to;
}

/** The one state a verb leads to, whatever it started from. */
export function stateAfter<State extends string, Verb extends string>(table: readonly Row<State, Verb>[], verb: Verb): State {
  const [to, ...others] = new Set(table.flatMap((row) => (row.verb === verb ? [row.to] : [])));
  if (to === undefined || others.length > 0) throw new RangeError(`${verb} does not lead to one state`);
  return to;
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
