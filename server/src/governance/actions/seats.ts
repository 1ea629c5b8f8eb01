// Seats of the board: won in an election, taken when they are free, held over when their term ends, and filled again by counting the same ballots without who left.
import type * as api from "@partcommune/shared/governance/api/board";
import { countback } from "@partcommune/shared/governance/rules/count";
import {
  endingFor,
  fewestSeats,
  objectionToLeaving,
  objectionToResigning,
  openSeats,
  resignationDays,
  sittingsOf,
  surplusOf,
} from "@partcommune/shared/governance/rules/election";
import type { Payload } from "@partcommune/shared/governance/rules/proposal";
import { termFrom } from "@partcommune/shared/governance/rules/term";
import { colleges, type College } from "@partcommune/shared/governance/rules/words";
import { dayAfter, dayOf, endOfDay } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { seatBoard } from "../../membership/index.ts";
import { found, refuseIf } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope, type View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { callsOf } from "../store/ballots.ts";
import { collegeToElect } from "../store/board.ts";
import { personOf } from "../store/candidates.ts";
import { tallyOf } from "../store/enactments.ts";
import { drawnFrom } from "../store/receipt.ts";
import * as store from "../store/seats.ts";
import { voteOf, type HeldVote } from "../store/votes.ts";

/** How many seats an election of this college fills that is convened now. */
export const seatsToFill = async (scope: Scope, college: College): Promise<number> =>
  openSeats(await collegeToElect(viewOf(scope), college));

/** Whoever was elected takes a seat, or waits for the end of a term that still runs: nobody who sits loses a seat by an election before that. */
export async function fillSeats(scope: Scope, { id }: HeldVote, { college }: Extract<Payload, { kind: "election" }>): Promise<void> {
  await store.whileSeating(scope);
  const view = viewOf(scope);
  const { tally } = found(await tallyOf(view, id));
  const elsewhere = (await store.seatsOf(view)).filter((seat) => seat.college !== college && seat.until > scope.now);
  const elected: Id[] = [];
  for (const candidacy of store.electedOf(tally)) {
    const person = await personOf(scope, candidacy);
    // Nobody holds two seats: what another college gave somebody meanwhile stays theirs, and this one is vacant.
    if (!elsewhere.some((seat) => seat.person === person)) elected.push(person);
  }
  const { zone } = await bookOf(scope.tx);
  const { value: months } = await scope.bylaw("board.termMonths", scope.now);
  for (const { person, from } of sittingsOf(elected, await collegeToElect(view, college), scope.now))
    await won(scope, { vote: id, college, person, from, until: termFrom(from, months, zone) });
  await boardAsSeated(scope);
}

/** A seat goes to somebody, who sits down at once where its term has begun. */
async function won(scope: Scope, seat: store.NewSeat): Promise<void> {
  const id = await store.saveSeat(scope, seat);
  if (seat.from <= scope.now) return taken(scope, { ...seat, id });
  const { person, from, until } = seat;
  scope.emit({ type: "seat.won", subject: id, body: { person, from, until }, about: ["board"] });
}

/** Somebody sits down; whose term is over and whose seat that was leaves, and what they hold over of another college they give up. */
async function taken(scope: Scope, { id, college, person, vote, until }: store.NewSeat & { readonly id: Id }): Promise<void> {
  const seats = (await scope.bylaw("board.seats", scope.now)).value[college] ?? 0;
  const sitting = await store.sittingOf(viewOf(scope));
  const own = sitting.filter((seat) => seat.person === person && seat.college !== college);
  const ending = endingFor(
    person,
    sitting.filter((seat) => seat.college === college),
    seats,
    scope.now,
  );
  for (const seat of sitting) if (own.includes(seat) || ending.includes(seat.id)) await left(scope, seat, "term");
  if (await store.takeSeat(scope, id)) scope.emit({ type: "seat.taken", subject: id, body: { person, vote, until }, about: ["board"] });
}

/** A term begins: whoever was elected for it sits down. */
export const takeSeat: Action<{ seat: Id }, Record<string, never>> = async (scope, { seat: id }) => {
  await store.whileSeating(scope);
  const seat = await store.seatById(viewOf(scope), id);
  if (!seat || seat.isTaken) return {};
  await taken(scope, seat);
  await boardAsSeated(scope);
  return {};
};

/** The role of the board is theirs who hold a seat; the founders stay until as many sit as the smallest board has. */
async function boardAsSeated(scope: Scope): Promise<void> {
  const seats = await store.sittingOf(viewOf(scope));
  const people = seats.map(({ person }) => person);
  await seatBoard(scope, people, people.length < fewestSeats ? "foundersStay" : "foundersLeave");
}

/** Whether it has ended by this. */
async function left(scope: Scope, { id, person, vote }: store.Seat, cause: store.SeatEnd): Promise<boolean> {
  const ended = await store.endSeat(scope, id, cause);
  if (ended) scope.emit({ type: "seat.ended", subject: id, body: { person, vote, cause }, about: ["board"] });
  return ended;
}

/** Somebody of the board says which day is their last; the clock ends the seat with it. */
export const resignSeat: Action<InputOf<typeof api.resignSeat>, AnswerOf<typeof api.resignSeat>> = async (scope, { seat: id, day }) => {
  const { actor, now } = scope;
  await store.whileSeating(scope);
  const seat = found(await store.seatById(viewOf(scope), id));
  found((actor.kind === "person" && actor.person === seat.person) || undefined);
  const { zone } = await bookOf(scope.tx);
  const today = dayOf(now, zone);
  const others = (await store.sittingOf(viewOf(scope))).filter((each) => each.id !== id).length;
  refuseIf(objectionToResigning(day, { today, latest: dayAfter(today, resignationDays), others }));
  await store.saveResignation(scope, id, endOfDay(day, zone));
  scope.emit({ type: "seat.resigned", subject: id, body: { person: seat.person, on: day }, about: ["board"] });
  return {};
};

type ByClock = Exclude<store.SeatEnd, "recall">;

/** Seats that end by the clock: of who resigned or no longer belongs to the college, and what is held over of seats that the bylaw gives no more. */
export async function seatsToLeave(view: View): Promise<readonly { readonly seat: Id; readonly cause: ByClock }[]> {
  const tooMany = (await surplus(view)).map((seat) => ({ seat, cause: "term" as const }));
  return [...(await store.seatsLeft(view)), ...tooMany];
}

async function surplus(view: View): Promise<readonly Id[]> {
  const sitting = await store.sittingOf(view);
  const { value: seats } = await view.bylaw("board.seats", view.now);
  return colleges.flatMap((college) =>
    surplusOf(
      sitting.filter((seat) => seat.college === college),
      seats[college] ?? 0,
      view.now,
    ),
  );
}

/** The day has come, whoever sits no longer belongs to the college, or the seat is one too many. Nobody leaves so while nobody else sits, but for who belongs no more. */
export const leaveSeat: Action<{ seat: Id; cause: ByClock }, Record<string, never>> = async (scope, { seat: id, cause }) => {
  await store.whileSeating(scope);
  const view = viewOf(scope);
  const seat = await store.seatById(view, id);
  if (!seat || (cause === "term" && !(await surplus(view)).includes(id))) return {};
  const others = (await store.sittingOf(view)).filter((each) => each.id !== id).length;
  if (cause === "left" || !objectionToLeaving(others)) await vacateSeat(scope, seat, cause);
  return {};
};

/** Ends a seat, and with it the next term of the same person: whoever leaves does not come back by an election before that. */
export async function vacateSeat(scope: Scope, seat: store.Seat, cause: store.SeatEnd): Promise<void> {
  await store.whileSeating(scope);
  const own = (await store.seatsOf(viewOf(scope), seat.college)).filter(({ person }) => person === seat.person);
  const ended: store.Seat[] = [];
  for (const each of cause === "term" ? [seat] : own) if (await left(scope, each, cause)) ended.push(each);
  for (const each of ended) await followed(scope, each);
  await boardAsSeated(scope);
}

/** The rest of a term is for who comes next when the same ballots are counted without whoever left; where nobody does, for whoever waits for its end. */
async function followed(scope: Scope, seat: store.Seat): Promise<void> {
  const { vote, college, until } = seat;
  const next = until > scope.now ? await nextBy(scope, seat) : undefined;
  if (next) await won(scope, { vote, college, person: next, from: seat.from > scope.now ? seat.from : scope.now, until });
  else await broughtForward(scope, seat);
}

/** Whoever was elected to follow, and sits nowhere, sits down at once: one of them for one seat. */
async function broughtForward(scope: Scope, { college, until }: store.Seat): Promise<void> {
  const seats = await store.seatsOf(viewOf(scope));
  const sits = (whom: Id): boolean => seats.some(({ person, isTaken }) => isTaken && person === whom);
  const next = seats.find((seat) => seat.college === college && !seat.isTaken && seat.from === until && !sits(seat.person));
  if (!next) return;
  await store.bringForward(scope, next.id);
  await taken(scope, next);
}

/** Who the ballots of an election would have put into the seat of who left. Nobody when all candidates sit already, or left before. */
async function nextBy(scope: Scope, { vote: id, college }: Pick<store.Seat, "vote" | "college">): Promise<Id | undefined> {
  const view = viewOf(scope);
  const vote = found(await voteOf(view, id));
  const sitting = (await store.seatsOf(view)).map((seat) => seat.person);
  const people = new Map<string, Id>();
  const before = await store.leftBefore(view, id);
  const gone: string[] = [];
  for (const { key } of vote.notice.options) {
    const candidate = await personOf(scope, key);
    people.set(key, candidate);
    if (before.includes(candidate) || !(await store.belongs(view, candidate, college))) gone.push(key);
  }
  const seatedKeys = vote.notice.options.filter(({ key }) => sitting.includes(people.get(key) ?? "")).map(({ key }) => key);
  const calls = await callsOf(view, id);
  const next = countback(vote.notice, calls, drawnFrom(vote, calls), { gone, seated: seatedKeys });
  return next === undefined ? undefined : people.get(next);
}
