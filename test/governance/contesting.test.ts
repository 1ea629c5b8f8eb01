// Members contest a result, a panel is drawn by a lot that anybody draws again, and what it says is done: nothing else decides.
import { createHash } from "node:crypto";
import { sql, type Kysely } from "kysely";
import { test, type Test } from "tap";
import * as api from "@partcommune/shared/governance/api";
import { drawTable, type DrawVerb } from "@partcommune/shared/governance/rules/draw";
import { commitmentOf, orderOf, poolRootOf, seedOf } from "@partcommune/shared/governance/rules/lot";
import {
  decisionFrom,
  isTooFew,
  panelTable,
  seatsFrom,
  seatTable,
  type PanelVerb,
  type SeatVerb,
} from "@partcommune/shared/governance/rules/panel";
import { drawable } from "@partcommune/server/governance/store/pool";
import { giveRole } from "@partcommune/shared/membership/api";
import type { Hand, Row } from "@partcommune/shared/platform/table";
import { associates } from "../support/associates.ts";
import { openPages } from "@partcommune/server/platform/pages";
import { daysLater } from "@partcommune/shared/platform/calendar";
import { openCoop, seededRandom, type Answered, type Caller } from "../support/coop.ts";
import { atelierCommun } from "../support/founding.ts";
import { backAgain, carried, days, type Members } from "../support/members.ts";
import { heard, told } from "../support/told.ts";
import { ownerOf } from "../support/owner.ts";
import { founder, personNamed } from "../support/people.ts";

const bytes = (of: string): string => of.repeat(32);

test("the worked lot of the design, to the last digit", (t) => {
  const seed = seedOf([
    { party: "board", seed: bytes("11") },
    { party: "staff", seed: bytes("22") },
    { party: "sister", seed: bytes("33") },
  ]);
  t.equal(seed, "5e59d593443469f47babd1047b73a59965ea4dcd3ae93b8ec4ca0d02fa753b72");
  const pool = Array.from({ length: 10 }, (_, at) => `m${String(at + 1).padStart(2, "0")}`);
  t.equal(orderOf(seed, pool.toReversed()).join(", "), "m09, m05, m03, m10, m07, m02, m01, m06, m04, m08");
  t.equal(poolRootOf(pool), poolRootOf(pool.toReversed()));
  t.not(poolRootOf(pool), poolRootOf(pool.slice(1)));
  t.equal(commitmentOf(bytes("11")), createHash("sha256").update(Buffer.alloc(32, 0x11)).digest("hex"));
  t.end();
});

test("a panel is odd, and more than half of its seats decide", (t) => {
  t.same(
    [9, 6, 5, 4, 3, 2].map((pool) => seatsFrom(5, pool)),
    [5, 5, 5, 3, 3, 1],
  );
  t.same([3, 2, 0].map(isTooFew), [false, true, true]);
  t.equal(decisionFrom(["annul", "annul", "reject", null, null]), undefined);
  t.equal(decisionFrom(["annul", "annul", "reject", "annul", null]), "annul");
  t.equal(decisionFrom(["annul", "annul", "reject", "reject", "recount"]), undefined);
  t.end();
});

type Stage = Members & { readonly second: Caller };
// Of fourteen the first three write and carry, one is of the board, three contest: seven are left to draw.
const [author, sponsor, ofBoard, firstContester, left] = [0, 1, 3, 4, 7];

/** Fourteen associates, two people of the board, a text that was kept from the vote, and two votes that are counted. */
async function counted(t: Test): Promise<Stage & { readonly votes: readonly string[] }> {
  const coop = await openCoop(t, { settings: { poolSize: 20 } });
  await openPages(coop.app, { origin: coop.origin, random: seededRandom("nonce") });
  const board = await founder(coop);
  const people = await associates(coop, 14);
  const second = people[ofBoard]!.caller;
  const stage = { coop, board, second, tess: board, tom: board, people };
  const everybody = [...people, { caller: board, email: atelierCommun.founder.email }];
  await backAgain({ coop }, people);
  await told(board, giveRole, { person: await personNamed(board, "Voter 003"), role: "board" });
  const changes = [
    ["marketplace.openBids", 30],
    ["payment.clientDays", 21],
    ["coaching.hours", 8],
  ] as const;
  const proposals: string[] = [];
  for (const [at, [key, value]] of changes.entries())
    proposals.push(await carried(stage, at === 2 ? sponsor : author, key, { kind: "bylaws", changes: [{ key, base: 1, value }] }));
  const refused = await carried(stage, 2, "Words that two people keep from a vote", { kind: "resolution" });
  await days(coop, 14);
  await keptFromTheVote(t, stage, refused);
  for (const pass of [6, 25]) await days(coop, pass);
  await backAgain({ coop }, everybody);
  const votes: string[] = [];
  for (const proposal of proposals) votes.push((await told(board, api.readProposal, { proposal })).vote ?? "");
  for (const vote of votes) for (const { caller } of people.slice(0, 3)) await told(caller, api.castVote, { vote, choice: "yes" });
  await days(coop, 8);
  return { ...stage, votes };
}

/** Two people say no; its author asks a panel, drawn from the server's seed alone since the board gives none, and it may be voted. */
async function keptFromTheVote(t: Test, stage: Stage, proposal: string): Promise<void> {
  const { board, people, coop } = stage;
  const no = { admissible: false, ground: "unclear", text: "Nobody can say what it asks." } as const;
  for (const caller of [board, ...people.map((each) => each.caller)])
    if ((await told(caller, api.readProposal, { proposal })).mine.judge) await told(caller, api.judgeProposal, { proposal, ...no });
  const by = people[2]!.caller;
  await coop.settle();
  t.same(await heard(by, "proposalRefused"), new Set([proposal]), "its author has some days to ask a panel, and is told");
  const text = "It asks for one day.";
  t.equal((await people[1]!.caller.call(api.appealProposal, { proposal, text })).problem, "author-only");
  const { panel } = await told(by, api.appealProposal, { proposal, text });
  t.match(await told(by, api.readProposal, { proposal }), { state: "appealed", panels: [{ id: panel, state: "drawing" }] });
  await days(coop, 3);
  const asked = await seated(stage, panel);
  t.equal(asked.length, 7, "dispute.appealSize");
  const { asks, noes } = await told(by, api.readPanel, { panel });
  t.match({ asks, noes }, { asks: text, noes: [{ ground: "unclear" }, { ground: "unclear" }] });
  for (const caller of asked.slice(0, 4)) await told(caller, api.speakOnPanel, { panel, decision: "admit", reason: "It is clear." });
  t.match(await told(by, api.readProposal, { proposal }), { state: "admitted", panels: [{ decision: "admit" }] });
}

/** The three contest a vote; with the third it waits for a panel. */
async function contested({ people }: Stage, vote: string): Promise<string> {
  for (const { caller } of people.slice(firstContester, firstContester + 2))
    await told(caller, api.contestVote, { vote, ground: "roll", text: "Two were left out." });
  const { panel = "" } = await told(people[firstContester + 2]!.caller, api.contestVote, { vote, ground: "count", text: "It was close." });
  return panel;
}

const lotOf = async ({ board }: Stage, panel: string): Promise<string> => (await told(board, api.readPanel, { panel })).lot ?? "";

/** What the rows do not let this hand do is refused in this state. */
async function refuses<Verb extends string>(
  t: Test,
  table: readonly Row<string, Verb>[],
  state: string,
  tries: Readonly<Record<Verb, (by: Caller) => Promise<Answered<unknown>>>>,
  hands: Readonly<Partial<Record<Hand, Caller>>>,
): Promise<void> {
  for (const [verb, attempt] of Object.entries(tries) as [Verb, (by: Caller) => Promise<Answered<unknown>>][])
    for (const [hand, caller] of Object.entries(hands) as [Hand, Caller][]) {
      if (table.some((row) => row.from === state && row.verb === verb && row.who === hand)) continue;
      const { status } = await attempt(caller);
      t.ok(status === 403 || status === 409, `${verb} by ${hand} in ${state}: ${status}`);
    }
}

type Tries<Verb extends string> = Record<Verb, (by: Caller) => Promise<Answered<unknown>>>;

/** Nobody does what is not theirs, in the state a panel is in; who was drawn to it stands in the hand `drawn`. */
async function holds(t: Test, { board, people }: Stage, panel: string, drawn?: Caller): Promise<void> {
  const { state, seats } = await told(board, api.readPanel, { panel });
  const own = drawn && (await told(drawn, api.readPanel, { panel })).seats.find(({ mine }) => mine);
  const hands = { party: people[firstContester]!.caller, associate: people[sponsor]!.caller, board, ...(drawn ? { drawn } : {}) };
  const onPanel: Pick<Tries<PanelVerb>, "challenge" | "speak"> = {
    challenge: (by) => by.call(api.challengeSeat, { panel, place: seats[0]?.place ?? 1 }),
    speak: (by) => by.call(api.speakOnPanel, { panel, decision: "reject", reason: "Out of turn." }),
  };
  await refuses(t, panelTable as readonly Row<string, keyof typeof onPanel>[], state, onPanel, hands);
  const ofSeat: Pick<Tries<SeatVerb>, "accept" | "decline"> = {
    accept: (by) => by.call(api.answerSeat, { panel, accept: true }),
    decline: (by) => by.call(api.answerSeat, { panel, accept: false }),
  };
  const standing = state === "asking" ? (own?.state ?? "none") : "none";
  await refuses(t, seatTable as readonly Row<string, keyof typeof ofSeat>[], standing, ofSeat, hands);
}

async function lotHolds(t: Test, stage: Stage, lot: string): Promise<void> {
  const { board, second, people } = stage;
  const { state } = await told(board, api.readLot, { lot });
  const tries: Pick<Tries<DrawVerb>, "commit" | "reveal"> = {
    commit: (by) => by.call(api.commitSeed, { lot, hash: commitmentOf(bytes("44")) }),
    reveal: (by) => by.call(api.revealSeed, { lot, seed: bytes("44") }),
  };
  const rows = drawTable as readonly Row<string, keyof typeof tries>[];
  await refuses(t, rows, state, tries, { board, associate: people[left]!.caller });
  await refuses(t, rows, state, tries, { board: second });
}

/** Those of the associates who are asked for a seat now. */
async function askedOf({ people }: Stage, panel: string): Promise<readonly Caller[]> {
  const asked: Caller[] = [];
  for (const { caller } of people) {
    const { mine } = await told(caller, api.readPanel, { panel });
    if (mine.verbs.includes("accept")) asked.push(caller);
  }
  return asked;
}

async function seated(stage: Stage, panel: string): Promise<readonly Caller[]> {
  const asked = await askedOf(stage, panel);
  for (const caller of asked) await told(caller, api.answerSeat, { panel, accept: true });
  await days(stage.coop, 3);
  return asked;
}

/** Somebody who owns the database turns every yes of a vote into a no. */
async function touchedBy(owner: Kysely<never>, vote: string): Promise<void> {
  for (const way of [
    sql`alter table governance.roll_call disable trigger refuse_late`,
    sql`update governance.roll_call set choice = '"no"' where vote = ${vote}::uuid`,
    sql`alter table governance.roll_call enable trigger refuse_late`,
  ])
    await way.execute(owner);
}

const valueOf = async ({ board }: Stage, key: string): Promise<unknown> =>
  (await told(board, api.listBylaws, {})).items.find((bylaw) => bylaw.key === key)?.value;

test("a contested vote waits for people drawn by lot, and what they say is done", async (t) => {
  const stage = await counted(t);
  const { coop, board, second, people, votes } = stage;
  const [annulled = "", upheld = "", touched = ""] = votes;
  const at = (who: number): Caller => people[who]!.caller;

  const panel = await contested(stage, annulled);
  await coop.settle();
  t.same(await heard(at(author), "voteContested"), new Set([annulled]), "whoever wrote it is told that it is contested");
  t.same(await heard(at(left), "voteMoved"), new Set([annulled]), "and everybody that a panel decides");
  const lot = await lotOf(stage, panel);
  t.equal((await at(left).call(api.contestVote, { vote: annulled, ground: "roll", text: "Me too." })).problem, "not-in-this-state");
  t.match(await told(board, api.readVote, { vote: annulled }), {
    state: "contested",
    contests: { needed: 3, said: [{ ground: "roll" }, { ground: "roll" }, { ground: "count" }] },
    panels: [{ id: panel, cause: "contest", state: "drawing", round: 1, lot }],
  });
  t.notMatch(JSON.stringify(await told(coop.someone(), api.readPanel, { panel })), /Voter/, "strangers read no name");
  const opened = await told(coop.someone(), api.readLot, { lot });
  t.equal(opened.pool.length, 14 - left, "without author, sponsors, board and those who contest");
  t.equal(poolRootOf(opened.pool), opened.poolRoot);
  const of = { cause: "contest", vote: annulled, proposal: null } as const;
  const taken = await coop.db.selectFrom("governance.panel_seat").select("person").where("state", "=", "accepted").execute();
  const sat = taken.map(({ person }) => person);
  t.equal(
    (await drawable({ db: coop.db, now: coop.now() }, of, coop.now(), "all")).length,
    14 - 1 - 3,
    "those who carried it and the board, where few are left",
  );
  const resting = (await drawable({ db: coop.db, now: coop.now() }, of, coop.now(), "free")).filter((person) => sat.includes(person));
  t.equal(
    (await drawable({ db: coop.db, now: coop.now() }, of, coop.now(), "rested")).length,
    14 - left - resting.length,
    "whoever sat on the panel of this spring rests, where enough others are left",
  );
  const later = daysLater(coop.now(), 366, "Europe/Brussels");
  t.equal((await drawable({ db: coop.db, now: later }, of, coop.now(), "rested")).length, 14 - left, "for a year");
  t.same(
    opened.parties.map(({ party, seed }) => [party, seed]),
    [["server", undefined]],
  );

  await t.test("the lot", async (step) => {
    await lotHolds(step, stage, lot);
    await holds(step, stage, panel);
    await told(board, api.commitSeed, { lot, hash: commitmentOf(bytes("11")) });
    step.equal((await board.call(api.commitSeed, { lot, hash: commitmentOf(bytes("12")) })).problem, "seed-given", "two different people");
    await told(second, api.commitSeed, { lot, hash: commitmentOf(bytes("22")) });
    await lotHolds(step, stage, lot);
    step.equal((await board.call(api.revealSeed, { lot, seed: bytes("22") })).problem, "seed-unlike");
    await told(board, api.revealSeed, { lot, seed: bytes("11") });
    t.same((await told(board, api.readLot, { lot })).drawn, [], "nothing is drawn before all is shown");
    await told(second, api.revealSeed, { lot, seed: bytes("22") });
    const shown = await told(coop.someone(), api.readLot, { lot });
    const seeds = shown.parties.map(({ party, seed = "" }) => ({ party, seed }));
    step.equal(seedOf(seeds), shown.seed, "whoever reads it comes to the same seed");
    step.same(orderOf(shown.seed ?? "", shown.pool).slice(0, 5), shown.drawn, "and to the same five");
    for (const { hash, seed = "" } of shown.parties) step.equal(commitmentOf(seed), hash);
    await lotHolds(step, stage, lot);
  });

  await t.test("the seats", async (step) => {
    const [declines, accepts, ...others] = await askedOf(stage, panel);
    step.equal(others.length, 3);
    await holds(step, stage, panel, declines);
    await told(declines ?? board, api.answerSeat, { panel, accept: false });
    await told(accepts ?? board, api.answerSeat, { panel, accept: true });
    step.match((await told(accepts ?? board, api.listOwnPanels, {})).items, []);
    const own = (await told(accepts ?? board, api.readPanel, { panel })).seats.find(({ mine }) => mine);
    t.match(own, { state: "accepted", name: /Voter/ });
    await told(at(author), api.challengeSeat, { panel, place: own?.place ?? 0 });
    t.equal((await at(author).call(api.challengeSeat, { panel, place: 2 })).problem, "challenged-already");
    t.equal((await at(sponsor).call(api.challengeSeat, { panel, place: 2 })).problem, "not-a-party");
    const { seats } = await told(at(firstContester), api.readPanel, { panel });
    step.equal(seats.length, 7, "two more were asked, in the order of the lot");
    step.ok(
      seats.every(({ name }) => name?.startsWith("Voter")),
      "a party reads names",
    );
  });

  await t.test("the decision", async (step) => {
    const sitting = await seated(stage, panel);
    step.match((await told(sitting[0] ?? board, api.listOwnPanels, {})).items, [{ id: panel, waits: "decision" }]);
    await holds(step, stage, panel, sitting[0]);
    const [first, next, last, other] = sitting;
    t.equal((await (first ?? board).call(api.speakOnPanel, { panel, decision: "admit", reason: "No." })).problem, "decision-unlike");
    const say = async (by: Caller | undefined, decision: "reject" | "annul") =>
      (await told(by ?? board, api.speakOnPanel, { panel, decision, reason: "As I read the roll." })).decision;
    step.equal(await say(first, "reject"), undefined);
    step.equal(await say(first, "annul"), undefined, "until it is decided one may say otherwise");
    step.equal(await say(next, "annul"), undefined);
    step.equal(await say(other, "reject"), undefined);
    step.equal(await say(last, "annul"), "annul", "three of five");
    await holds(step, stage, panel, last);
    const published = await told(coop.someone(), api.readPanel, { panel });
    step.match(published, { state: "decided", decision: "annul" });
    step.equal(published.seats.filter(({ reason }) => reason === "As I read the roll.").length, 4, "reasons are published");
    step.notMatch(JSON.stringify(published), /Voter/, "and no names");
    step.match(await told(board, api.readVote, { vote: annulled }), { state: "annulled" });
    const { body } = await coop.app.inject(`/en/votes/${annulled}`);
    step.match(body, "A panel drawn by lot annulled this vote");
    step.notMatch(body, />Passed<|did not come to this vote/);
  });

  const silent = await contested(stage, upheld);
  await t.test("a count that differs is proof enough, and counted again it annuls", async (step) => {
    await touchedBy(await ownerOf(step, coop), touched);
    const first = await told(at(firstContester), api.contestVote, { vote: touched, ground: "roll", text: "Two were left out." });
    step.same(first, { contests: 1, needed: 3 });
    const proved = await told(at(left), api.contestVote, { vote: touched, ground: "count", text: "I counted them." });
    step.match(proved, { contests: 2, needed: 3 });
    const { panel: again = "" } = proved;
    await days(coop, 3);
    for (const caller of (await seated(stage, again)).slice(0, 3))
      await told(caller, api.speakOnPanel, { panel: again, decision: "recount", reason: "Let us see." });
    step.match(await told(board, api.readPanel, { panel: again }), { state: "decided", decision: "recount", same: false });
    step.equal((await told(board, api.readVote, { vote: touched })).state, "annulled");
  });

  await t.test(
    "where nobody answers another panel is drawn; a withheld seed voids its lot; a rejected contest is carried out at once",
    async (step) => {
      await days(coop, 3);
      const { state, panels } = await told(board, api.readVote, { vote: upheld });
      step.match(
        [state, panels],
        [
          "contested",
          [
            { id: silent, state: "lapsed" },
            { state: "drawing", round: 2 },
          ],
        ],
      );
      const called = panels[1]?.id ?? "";
      const kept = await lotOf(stage, called);
      await told(board, api.commitSeed, { lot: kept, hash: commitmentOf(bytes("11")) });
      await told(second, api.commitSeed, { lot: kept, hash: commitmentOf(bytes("22")) });
      await told(board, api.revealSeed, { lot: kept, seed: bytes("11") });
      await days(coop, 2);
      step.match(await told(coop.someone(), api.readLot, { lot: kept }), { state: "void" });
      await lotHolds(step, stage, kept);
      const anew = await lotOf(stage, called);
      step.not(anew, kept);
      step.equal((await second.call(api.commitSeed, { lot: anew, hash: commitmentOf(bytes("22")) })).problem, "party-left-out");
      await told(board, api.commitSeed, { lot: anew, hash: commitmentOf(bytes("33")) });
      await days(coop, 3);
      await told(board, api.revealSeed, { lot: anew, seed: bytes("33") });
      const sitting = await seated(stage, called);
      step.equal(await valueOf(stage, "payment.clientDays"), 30);
      for (const caller of sitting.slice(0, 3))
        await told(caller, api.speakOnPanel, { panel: called, decision: "reject", reason: "It was right." });
      await days(coop, 1);
      step.match(await told(board, api.readVote, { vote: upheld }), { state: "ended", outcome: "passed" });
      await days(coop, 1);
      step.equal(await valueOf(stage, "payment.clientDays"), 21, "the rule is in force");
      step.equal(await valueOf(stage, "marketplace.openBids"), 20, "and what was annulled is not");
    },
  );
});
