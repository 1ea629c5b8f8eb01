// Members elect a board that cannot be unseated by surprise and never vanishes: the clock calls what is vacant, nobody loses a seat before the term ends, and whoever's term has ended stays until the seat is filled.
import { test, type Test } from "tap";
import {
  castVote,
  draftProposal,
  listCalls,
  listProposals,
  readProposal,
  readVote,
  standForElection,
} from "@partcommune/shared/governance/api";
import { readBoard, resignSeat } from "@partcommune/shared/governance/api/board";
import {
  endingFor,
  objectionToResigning,
  objectionToStanding,
  openSeats,
  sittingsOf,
  surplusOf,
  type Held,
} from "@partcommune/shared/governance/rules/election";
import { foundersUntil } from "@partcommune/shared/governance/rules/term";
import { receiptOf } from "@partcommune/server/governance/store/receipt";
import { readLeaving } from "@partcommune/shared/marketplace/api";
import { readMe } from "@partcommune/shared/membership/api";
import { giveNotice, stay } from "@partcommune/shared/membership/api/leaving";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import { instant, millisecondsOf, type Day, type Instant } from "@partcommune/shared/platform/time";
import { called, held as heldAssembly } from "../support/assembly.ts";
import { associates } from "../support/associates.ts";
import { proving } from "../support/authenticator.ts";
import { openCoop, type Caller } from "../support/coop.ts";
import { atelierCommun } from "../support/founding.ts";
import { backAgain, catchUp, days, type Members } from "../support/members.ts";
import { founder } from "../support/people.ts";
import { heard, told } from "../support/told.ts";

/** Seven associates of old, a founder who is none of them, and a board of three to elect. */
async function seven(t: Test): Promise<Members> {
  const coop = await openCoop(t, { settings: { poolSize: 30 }, now: "2026-02-02T09:00:00Z" });
  const board = await founder(coop, { boardSeats: 3 });
  const stage: Members = { coop, board, tess: board, tom: board, people: await associates(coop, 7) };
  await backAgain(stage, stage.people);
  return stage;
}

const hourMs = 3_600_000;
const callerAt = ({ people }: Members, at: number): Caller => people[at]?.caller ?? people[0]!.caller;
const boardOf = async ({ coop }: Members) => told(coop.someone(), readBoard, {});
const sitting = async (stage: Members, ...states: readonly string[]): Promise<readonly string[]> =>
  (await boardOf(stage)).seats
    .filter(({ state }) => states.includes(state))
    .map(({ name }) => name)
    .toSorted();

const anElection = { title: "A new board", text: "Now.", language: "en", payload: { kind: "election", college: "members" } } as const;

async function passed({ coop }: Members, at: string): Promise<void> {
  coop.wait(Math.max(0, millisecondsOf(at as Instant) - millisecondsOf(coop.now())));
  for (let step = 0; step < 4; step += 1) await coop.keepTime();
  await coop.settle();
}

async function until(stage: Members, at: string): Promise<void> {
  await passed(stage, at);
  await backAgain(stage, stage.people);
}

/** What the clock called, the newest first. */
const callsOf = async ({ coop }: Members): Promise<readonly string[]> =>
  (await told(coop.someone(), listProposals, { limit: 50 })).items
    .filter(({ kind, author }) => kind === "election" && author === undefined)
    .map(({ id }) => id);

/** Until the day for which the page says that an election is called, by the clocks of Brussels: not the evening before, then once. */
async function isCalled(stage: Members, before: number): Promise<string> {
  const { callsOn } = (await boardOf(stage)).colleges[0] ?? {};
  const midnight = Date.parse(callsOn ?? stage.coop.now());
  if (midnight - 3 * hourMs > Date.parse(stage.coop.now())) {
    await passed(stage, new Date(midnight - 3 * hourMs).toISOString());
    if ((await callsOf(stage)).length !== before) throw new Error("an election was called too early");
    await until(stage, new Date(midnight).toISOString());
  }
  const calls = await callsOf(stage);
  if (calls.length !== before + 1) throw new Error(`${calls.length} elections were called`);
  return calls[0] ?? "";
}

async function stand(stage: Members, proposal: string, standing: readonly number[]): Promise<void> {
  for (const at of standing) await told(callerAt(stage, at), standForElection, { proposal, text: "I have time." });
}

/** An election from its deliberation to its end: everybody ranks those who stand in that order. */
async function elects(stage: Members, proposal: string, standing: readonly number[]): Promise<void> {
  const { coop, people } = stage;
  // Nobody judges it: after five days silence lets it through, which is the longest way.
  for (const pass of [14, 5]) await days(coop, pass);
  const { vote = "", candidates } = await told(coop.someone(), readProposal, { proposal });
  await until(stage, (await told(coop.someone(), readVote, { vote })).opensAt);
  const ranks = standing.map((at) => [candidates.find(({ name }) => name === people[at]?.name)?.id ?? ""]);
  for (const { caller } of people) await told(caller, castVote, { vote, choice: { ranks } });
  for (const pass of [7, 7, 1]) await days(coop, pass);
  await backAgain(stage, people);
}

/** The founders hold an assembly, and nobody asks for an election: the clock calls it. */
async function firstCalled(t: Test, stage: Members): Promise<string> {
  const { coop, board } = stage;
  t.match(await boardOf(stage), {
    seats: [],
    founders: ["Fanny Founder"],
    colleges: [{ college: "members", seats: 3, vacant: 3, toFill: 3 }],
  });
  const gathering = await called(stage, "2026-03-20", [{ kind: "report", title: "Why we are here" }]);
  await days(coop, 40);
  await backAgain(stage, [...stage.people, { caller: board, email: atelierCommun.founder.email }]);
  await heldAssembly(stage, gathering, instant("2026-03-20T17:00:00Z"), async () => undefined);
  const first = await isCalled(stage, 0);
  t.match((await told(callerAt(stage, 5), listNotices, {})).items[0], { kind: "electionCalled", subject: first });
  const page = await told(coop.someone(), readProposal, { proposal: first });
  t.match(page, { state: "deliberation", title: "Élection du conseil, 2026", payload: { college: "members" }, sponsorsNeeded: 0 });
  t.equal(page.author, undefined, "nobody’s, and nobody needs to carry it");
  t.equal((await callerAt(stage, 1).call(draftProposal, anElection)).problem, "election-runs");
  t.match((await boardOf(stage)).colleges, [{ election: first }]);
  return first;
}

/** Somebody who wants another board before the terms end. */
async function triedToUnseat(t: Test, stage: Members): Promise<void> {
  const mine = callerAt(stage, 6);
  t.match(await mine.call(draftProposal, anElection), { status: 409, problem: "board-full" });
  t.equal(
    (await mine.call(draftProposal, { ...anElection, payload: { kind: "election", college: "clients" } })).problem,
    "college-seatless",
  );
  t.equal((await boardOf(stage)).colleges[0]?.toFill, 0);
}

const isBoard = async (stage: Members, at: number): Promise<boolean | undefined> =>
  (await told(callerAt(stage, at), readMe, {})).person?.roles.includes("board");

/** Somebody says which day is their last; the others are told, and it ends with that day. */
async function resigns(t: Test, stage: Members, at: number, day: string): Promise<void> {
  const { coop, people } = stage;
  const name = people[at]?.name ?? "";
  const { id: seat = "", vote = "" } = (await boardOf(stage)).seats.find((each) => each.name === name) ?? {};
  t.equal((await callerAt(stage, 6).call(resignSeat, { seat, day })).status, 404, "nobody resigns for another");
  t.equal((await callerAt(stage, at).call(resignSeat, { seat, day: "2026-01-01" })).problem, "resignation-day");
  await told(callerAt(stage, at), resignSeat, { seat, day });
  await coop.settle();
  t.match((await told(callerAt(stage, 0), listNotices, {})).items[0], { kind: "seatResigned", place: "board", values: { name } });
  t.match(
    (await boardOf(stage)).seats.find((each) => each.name === name),
    { leavesOn: day },
  );
  await until(stage, `${day}T12:00:00.000Z`);
  t.ok(await isBoard(stage, at), "to the end of the day");
  await days(coop, 1);
  t.notOk(await isBoard(stage, at));
  await coop.settle();
  t.ok((await heard(callerAt(stage, at), "seatEnded")).has(vote), "and is told that the seat has ended");
}

/** Whoever gives notice to the coop leaves the seat at once, and has none if they stay after all. */
async function leavesCoop(t: Test, stage: Members, at: number): Promise<void> {
  const { coop } = stage;
  const leaver = proving(coop, callerAt(stage, at));
  t.match((await told(leaver, readLeaving, {})).ends, { seat: true, roles: [] }, "what members gave, no board ends");
  await told(leaver, giveNotice, {});
  await catchUp(coop);
  t.notOk(await isBoard(stage, at));
  await told(leaver, stay, {});
  await catchUp(coop);
  t.notOk(await isBoard(stage, at));
}

const dayAfter = ({ coop }: Members, count: number): string =>
  new Date(Date.parse(coop.now()) + count * 24 * hourMs).toISOString().slice(0, 10);

test("nobody is unseated before a term ends, nobody’s seat is empty after it, and who leaves is followed", async (t) => {
  const stage = await seven(t);
  const { coop } = stage;
  const first = await firstCalled(t, stage);
  await stand(stage, first, [0, 1, 2, 3, 4]);
  await elects(stage, first, [0, 1, 2, 3, 4]);
  t.same(await sitting(stage, "held"), ["Voter 000", "Voter 001", "Voter 002"]);
  t.same((await boardOf(stage)).founders, [], "who founded the coop sits on its board no more");
  t.equal((await heard(callerAt(stage, 0), "seatTaken")).size, 1, "whoever has a seat is told");
  t.same(await heard(callerAt(stage, 6), "boardChanged"), new Set([first]), "and everybody, once for all seats");
  const { vote = "" } = await told(coop.someone(), readProposal, { proposal: first });
  const [visitor, voter] = [await told(coop.someone(), listCalls, { vote }), await told(callerAt(stage, 0), listCalls, { vote })];
  t.notMatch(JSON.stringify(visitor), /Voter/, "whom each ranked is for those who voted, and not for every visitor");
  const [line = visitor.items[0]!] = visitor.items;
  t.equal(receiptOf(vote, line), line.receipt, "a receipt is made of what everybody reads, and of nobody’s name");
  t.match([visitor.named, visitor.items.length, voter.named, voter.items[0]?.by], [false, 7, true, /^Voter/]);
  await triedToUnseat(t, stage);
  await resigns(t, stage, 2, dayAfter(stage, 9));
  t.same(await sitting(stage, "held"), ["Voter 000", "Voter 001", "Voter 003"], "whom the same ballots put next");
  await leavesCoop(t, stage, 3);
  t.same(await sitting(stage, "held"), ["Voter 000", "Voter 001", "Voter 004"], "and nobody who left before");
  const [{ until: ends } = { until: "" }, ...same] = (await boardOf(stage)).seats;
  t.ok(
    same.every((each) => each.until === ends),
    "for the rest of the term",
  );

  // Two stand for three seats: they are elected for the next term, and meanwhile nobody leaves.
  const second = await isCalled(stage, 1);
  await stand(stage, second, [0, 5]);
  await elects(stage, second, [0, 5]);
  t.ok(coop.now() < ends, "the election is over before the term ends");
  t.same(await sitting(stage, "held"), ["Voter 000", "Voter 001", "Voter 004"]);
  t.same(await sitting(stage, "elected"), ["Voter 000", "Voter 005"]);
  await resigns(t, stage, 1, dayAfter(stage, 1));
  t.same(await sitting(stage, "held"), ["Voter 000", "Voter 004", "Voter 005"], "the ballots put nobody next: whoever waits sits down");
  t.same(await sitting(stage, "elected"), ["Voter 000"]);
  const third = await isCalled(stage, 2);
  t.equal((await callerAt(stage, 0).call(standForElection, { proposal: third, text: "Once more." })).problem, "seat-lasts");
  await stand(stage, third, [1]);
  await until(stage, ends);
  t.same(await sitting(stage, "held"), ["Voter 000", "Voter 005"]);
  t.same(await sitting(stage, "heldOver"), ["Voter 004"], "until an election has filled the seat");
  t.ok(await isBoard(stage, 4));
  const next = (await boardOf(stage)).seats.find(({ name }) => name === "Voter 000")?.until ?? "";
  t.equal(next.slice(0, 4), "2032", "the next term follows the first");
  await elects(stage, third, [1]);
  t.same(await sitting(stage, "held"), ["Voter 000", "Voter 001", "Voter 005"]);
  t.notOk(await isBoard(stage, 4));

  // The only one who stood leaves: the ballots put nobody next, and an election of the seat is called at once, and again while nobody stands.
  await resigns(t, stage, 1, dayAfter(stage, 1));
  const fourth = await isCalled(stage, 3);
  t.match((await boardOf(stage)).colleges, [{ vacant: 1, toFill: 1, election: fourth }]);
  await days(coop, 14);
  t.match(await told(coop.someone(), readProposal, { proposal: fourth }), { state: "lapsed" }, "nobody stood");
  const again = (await boardOf(stage)).colleges[0]?.callsOn ?? "";
  t.ok(Date.parse(again) - Date.parse(coop.now()) > 40 * 24 * hourMs, "it is called again two months after that call");
  await isCalled(stage, 4);
  await until(stage, next);
  t.same(await sitting(stage, "heldOver"), ["Voter 000", "Voter 005"]);
  t.ok(await isBoard(stage, 0), "a coop is not without a board");
});

const seat = (person: string, ends: string, from = "2026-01-01T00:00:00.000Z"): Held & { readonly id: string } => ({
  id: person,
  person,
  from: from as Instant,
  until: `${ends}T00:00:00.000Z` as Instant,
});
const [now, by] = [instant("2029-01-01T00:00:00Z"), instant("2029-05-01T00:00:00Z")];

test("an election fills what is vacant, held over, or ends soon, and nothing else", (t) => {
  const board = [seat("ann", "2029-03-01"), seat("bea", "2028-12-01"), seat("cyd", "2030-03-01")];
  const of = (seats: number | undefined, held: readonly Held[] = board) => ({ seats, held, by });
  t.same(
    [3, 5, 2, 1].map((seats) => openSeats(of(seats))),
    [2, 4, 1, 0],
  );
  const whenOf = (elected: readonly string[], seats: number) =>
    sittingsOf(elected, of(seats), now).map(({ person, from }) => `${person} ${from.slice(0, 10)}`);
  t.same(whenOf(["dan", "eve"], 3), ["dan 2029-01-01", "eve 2029-03-01"], "the seat that is held over first");
  t.same(whenOf(["ann", "dan"], 3), ["ann 2029-03-01", "dan 2029-01-01"], "whoever is elected again keeps their own");
  t.same(whenOf(["cyd", "dan"], 3), ["dan 2029-01-01"], "nobody holds two seats");
  t.same(whenOf(["dan", "eve", "fay"], 3), ["dan 2029-01-01", "eve 2029-03-01"]);
  t.same(whenOf(["dan", "eve", "fay"], 5), ["dan 2029-01-01", "eve 2029-01-01", "fay 2029-01-01"], "vacant seats before others");
  t.same(whenOf(["dan"], 2), ["dan 2029-03-01"], "where the bylaw now gives fewer seats, the one held over is gone");
  const next = [...board, seat("fay", "2032-03-01", "2029-03-01T00:00:00.000Z")];
  t.equal(openSeats({ seats: 3, held: next, by }), 1, "whoever waits holds the seat whose term ends");
  t.same(
    sittingsOf(["dan"], { seats: 3, held: next, by }, now),
    [{ person: "dan", from: now }],
    "what is held over, and not behind who waits",
  );
  t.same(
    sittingsOf(["dan", "eve"], { seats: 4, held: next, by }, now).map(({ from }) => from),
    [now, now],
    "a vacant seat, though somebody waits for another",
  );
  t.same(surplusOf(board, 2, now), ["bea"], "of a seat that is no more, whoever holds it over");
  t.same(surplusOf(board, 1, now), ["bea"], "and nobody before the term ends");
  t.same(surplusOf(board, 3, now), []);
  t.same(endingFor("dan", board, 3, now), ["bea"]);
  t.same(endingFor("dan", board, 4, now), [], "a vacant seat takes nobody’s");
  t.same(endingFor("bea", board, 3, now), ["bea"]);
  t.same(endingFor("dan", [seat("ann", "2029-03-01"), seat("cyd", "2030-03-01")], 2, now), [], "never who sits for a term that runs");
  t.end();
});

test("founders sit to the end of the founding, and never longer than a term", (t) => {
  const foundedAt = "2026-02-02T09:00:00.000Z" as Instant;
  const end = (firstAssembly: string | undefined): string =>
    foundersUntil({ firstAssembly: firstAssembly as Instant | undefined, foundedAt, months: 36, zone: "Europe/Brussels" });
  t.equal(end("2026-03-20T17:00:00.000Z"), "2026-06-18T17:00:00.000Z", "90 days after the first assembly");
  t.equal(end(undefined), "2029-02-02T23:00:00.000Z");
  t.equal(end("2029-01-20T17:00:00.000Z"), "2029-02-02T23:00:00.000Z");
  t.end();
});

test("who has sat long enough, who sits, and who is the last does not", (t) => {
  const standing = { belongs: true, terms: 1, most: 2, seat: undefined, by };
  t.equal(objectionToStanding(standing), undefined);
  t.equal(objectionToStanding({ ...standing, belongs: false })?.type, "other-college");
  t.equal(objectionToStanding({ ...standing, terms: 2 })?.type, "terms-enough");
  t.equal(objectionToStanding({ ...standing, seat: seat("ann", "2029-03-01") }), undefined, "whose term ends stands again");
  t.equal(objectionToStanding({ ...standing, seat: seat("ann", "2030-03-01") })?.type, "seat-lasts");
  const limits = { today: "2029-01-01" as Day, latest: "2029-06-30" as Day, others: 1 };
  const on = (day: string, others = 1) => objectionToResigning(day as Day, { ...limits, others })?.type;
  t.same(
    [on("2028-12-31"), on("2029-01-01"), on("2029-06-30"), on("2029-07-01")],
    ["resignation-day", undefined, undefined, "resignation-day"],
  );
  t.equal(on("2029-01-01", 0), "last-seat");
  t.end();
});
