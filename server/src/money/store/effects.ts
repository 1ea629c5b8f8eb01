// What the closed months would have been under other bylaws, as whoever asks may read it.
import { Effects, type readEffects, type readProposalEffects } from "@partcommune/shared/governance/api";
import { bylawRegister, type BylawKeyName } from "@partcommune/shared/governance/rules/bylaws";
import { changeFrom, type Wanted } from "@partcommune/shared/governance/rules/change-text";
import { sameFigures } from "@partcommune/shared/governance/rules/kept-effects";
import { pots } from "@partcommune/shared/governance/rules/pots";
import { touchOf } from "@partcommune/shared/governance/rules/touching";
import { pot } from "@partcommune/shared/money/rules/accounts";
import type { Proposed } from "@partcommune/shared/money/rules/replay";
import { branchesTold, credited, noTurn, turnsSum, type BranchTurn, type Turn } from "@partcommune/shared/money/rules/turns";
import { dayAfter, dayOf, monthOf, monthsAfter } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Instant } from "@partcommune/shared/platform/time";
import { bylawsWanted, keptEffectsOf, type KeptEffects } from "../../governance/index.ts";
import { found } from "../../platform/refused.ts";
import type { View } from "../../platform/scope.ts";
import { houseOf } from "./house.ts";
import { bookedSince, branchNames, dayBeforeNewest, type Window } from "./past.ts";
import { replayOf, type Replay } from "./replay.ts";

type Told = AnswerOf<typeof readEffects>;
type Asking = Pick<View, "db" | "now" | "actor">;

const months = 12;
/** More than these are not replayed for one who asks; the window is then shorter, and says so. */
const mostInvoices = 10_000;

/** The effects of what a proposal wants; another's draft is told like none. */
export async function effectsOfProposal(
  view: Asking,
  { proposal }: InputOf<typeof readProposalEffects>,
): Promise<AnswerOf<typeof readProposalEffects>> {
  const wanted = found(await bylawsWanted(view, proposal));
  const kept = await keptEffectsOf(view, proposal);
  return kept ? asKept(view, wanted, kept) : effectsOf(view, wanted);
}

/** As they were worked out when its words were fixed, and whether the books say the same today; whoever asks reads of themselves besides. */
async function asKept(
  view: Asking,
  wanted: readonly Wanted[],
  { text, hash, at }: KeptEffects,
): Promise<AnswerOf<typeof readProposalEffects>> {
  const { past, ...answer } = Effects.decode((JSON.parse(text) as { effects: never }).effects);
  if (!past) return { ...answer, kept: { at, hash, text, agrees: true, booked: 0 } };
  const { me, ...again } = await pastUnder(view, wanted, past);
  const agrees = sameFigures(pastAsTold(past), pastAsTold(again));
  const booked = agrees ? 0 : await bookedSince(view, past, at);
  return { ...answer, past: { ...past, ...(me ? { me } : {}) }, kept: { at, hash, text, agrees, booked } };
}

type Past = NonNullable<Told["past"]>;
const pastAsTold = (past: Past) => found(Effects.encode({ replayed: [], touches: [], past }).past);

/** The effects of another value of one bylaw, for who is still writing. */
export async function effectsOfChange(view: Asking, { key, value }: InputOf<typeof readEffects>): Promise<Told> {
  const wanted = changeFrom(key, value);
  if ("faults" in wanted) throw new Error("a value that the door let in cannot be read");
  return effectsOf(view, [wanted]);
}

/** The effects of a change of bylaws. */
export async function effectsOf(view: Asking, wanted: readonly Wanted[]): Promise<Told> {
  const keys = wanted.map(({ key }) => key);
  const touched = keys.flatMap((key) => {
    const what = touchOf(key);
    return what === undefined ? [] : [{ key, what }];
  });
  const answer = { replayed: keys.filter((key) => touchOf(key) === undefined), touches: touched };
  return answer.replayed.length === 0 ? answer : { ...answer, past: await pastUnder(view, wanted) };
}

/** Of a change, the values that decide posted amounts. */
function proposedIn(wanted: readonly Wanted[]): Proposed {
  const valueOf = (key: BylawKeyName): unknown => wanted.find((each) => each.key === key)?.value;
  const [rate, split] = [valueOf("fee.rate"), valueOf("fund.split")];
  return {
    ...(rate === undefined ? {} : { "fee.rate": bylawRegister["fee.rate"].schema.decode(rate as never) }),
    ...(split === undefined ? {} : { "fund.split": bylawRegister["fund.split"].schema.decode(split as never) }),
  };
}

/** The last twelve months that have ended. */
function closedMonths(now: Instant, zone: string): Window {
  const month = monthOf(dayOf(now, zone));
  return { from: monthsAfter(month, -months), until: dayAfter(month, -1) };
}

type Span = Window & { readonly shortened: boolean };

/** The closed months, as far as they are replayed for one who asks. */
async function closedNow(view: Asking, zone: string): Promise<Span> {
  const year = closedMonths(view.now, zone);
  const left = await dayBeforeNewest(view, year, mostInvoices);
  return left === undefined ? { ...year, shortened: false } : { ...year, from: dayAfter(left), shortened: true };
}

async function pastUnder(view: Asking, wanted: readonly Wanted[], span?: Span): Promise<Past> {
  const { currency, zone } = await houseOf(view.db);
  const { from, until, shortened } = span ?? (await closedNow(view, zone));
  const window = { from, until };
  const replay = await replayOf(view, proposedIn(wanted), window);
  const { actor } = view;
  const member = actor.kind === "person" ? actor.member : undefined;
  return {
    ...window,
    shortened,
    ...figuresIn(currency, replay),
    branches: branchesIn(currency, replay, await branchNames(view)),
    ...(member === undefined ? {} : { me: told(currency, replay.members.get(member)) }),
  };
}

const told = (currency: string, { before, after }: Turn = noTurn) => ({
  before: { minor: before, currency },
  after: { minor: after, currency },
});

function figuresIn(currency: string, { invoices, turnover, accounts, members }: Replay) {
  const ofPot = pots.map((name) => ({ pot: name, turn: credited(accounts.get(pot(name).code) ?? noTurn) }));
  const paid = turnsSum([...accounts].flatMap(([code, turn]) => (code.startsWith("bank:") ? [credited(turn)] : [])));
  return {
    invoices,
    turnover: { minor: turnover, currency },
    fund: told(currency, turnsSum(ofPot.map(({ turn }) => turn))),
    pots: ofPot.map(({ pot: name, turn }) => ({ pot: name, ...told(currency, turn) })),
    members: told(currency, turnsSum(members.values())),
    paid: told(currency, paid),
  };
}

function branchesIn(currency: string, { branches }: Replay, names: ReadonlyMap<string, string>) {
  const each = [...branches].map(([branch, { who, turn }]): BranchTurn => {
    const name = names.get(branch);
    return { who, turn, ...(name === undefined ? {} : { name }) };
  });
  return branchesTold(each).map(({ name, turn }) => ({ ...told(currency, turn), ...(name === undefined ? {} : { name }) }));
}
