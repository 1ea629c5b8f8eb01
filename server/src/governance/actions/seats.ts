// Seats of the board: filled by an election, ended by a recall or with its term, and filled again by counting the same ballots without who left.
import { countback } from "@partcommune/shared/governance/rules/count";
import type { Payload } from "@partcommune/shared/governance/rules/proposal";
import { dayOf, endOfDay, monthsAfter } from "@partcommune/shared/platform/calendar";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import { seatBoard } from "../../membership/index.ts";
import { found } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { callsOf } from "../store/ballots.ts";
import { tallyOf } from "../store/enactments.ts";
import { drawnFrom } from "../store/receipt.ts";
import { electedOf, endSeat, personOfMember, saveSeat, seatById, seatsOf, type Seat } from "../store/seats.ts";
import { voteOf, type HeldVote } from "../store/votes.ts";

/** Whoever was elected takes a seat for a term; whoever sat in that college's seats before leaves them. */
export async function fillSeats(scope: Scope, { id }: HeldVote, { college }: Extract<Payload, { kind: "election" }>): Promise<void> {
  const { tally } = found(await tallyOf(viewOf(scope), id));
  const elected: Id[] = [];
  for (const member of electedOf(tally)) elected.push(await personOfMember(scope, member));
  const until = await termEnd(scope);
  for (const seat of await seatsOf(viewOf(scope), college)) await left(scope, seat, elected.includes(seat.person) ? "term" : "replaced");
  for (const person of elected) await seated(scope, id, college, person, until);
  await boardAsSeated(scope);
}

/** The role of the board is theirs who hold a seat. */
async function boardAsSeated(scope: Scope): Promise<void> {
  const seats = await seatsOf(viewOf(scope));
  await seatBoard(
    scope,
    seats.map(({ person }) => person),
  );
}

type Cause = Parameters<typeof endSeat>[2];

async function left(scope: Scope, { id, person }: Pick<Seat, "id" | "person">, cause: Cause): Promise<void> {
  if (!(await endSeat(scope, id, cause))) return;
  scope.emit({ type: "seat.ended", subject: id, body: { person, cause }, about: ["board"] });
}

/** A term is over: the seat is empty until members fill it. */
export const endTerm: Action<{ seat: Id }, Record<string, never>> = async (scope, { seat: id }) => {
  await left(scope, found(await seatById(viewOf(scope), id)), "term");
  await boardAsSeated(scope);
  return {};
};

/** The last instant of the day so many months from now. */
async function termEnd(scope: Scope): Promise<Instant> {
  const { zone } = await bookOf(scope.tx);
  const { value: months } = await scope.bylaw("board.termMonths", scope.now);
  return endOfDay(monthsAfter(dayOf(scope.now, zone), months), zone);
}

async function seated(scope: Scope, vote: Id, college: string, person: Id, until: Instant): Promise<void> {
  const seat = await saveSeat(scope, { vote, college, person, until });
  scope.emit({ type: "seat.taken", subject: seat, body: { person, until }, about: ["board"] });
}

/** Ends a seat, and gives the rest of its term to who comes next when the same ballots are counted without whoever left. */
export async function recallSeat(scope: Scope, id: Id): Promise<void> {
  const view = viewOf(scope);
  const seat = found(await seatById(view, id));
  await left(scope, seat, "recall");
  const next = await nextBy(scope, seat);
  if (next) await seated(scope, seat.vote, seat.college, next, seat.until);
  await boardAsSeated(scope);
}

type Left = { readonly vote: Id; readonly person: Id };

/** Who the ballots of an election would have put into the seat of who left. Nobody when all candidates sit already. */
async function nextBy(scope: Scope, { vote: id, person }: Left): Promise<Id | undefined> {
  const view = viewOf(scope);
  const vote = found(await voteOf(view, id));
  const sitting = (await seatsOf(view)).map((seat) => seat.person);
  const people = new Map<string, Id>();
  for (const { key } of vote.notice.options) people.set(key, await personOfMember(scope, key));
  const gone = vote.notice.options.filter(({ key }) => people.get(key) === person).map(({ key }) => key);
  const seatedKeys = vote.notice.options.filter(({ key }) => sitting.includes(people.get(key) ?? "")).map(({ key }) => key);
  const calls = await callsOf(view, id);
  const next = countback(vote.notice, calls, drawnFrom(vote, calls), { gone, seated: seatedKeys });
  return next === undefined ? undefined : people.get(next);
}
