// Many cast at once, again and again, while the vote is closed by workers that die: one ballot each, the last that was acknowledged, and nothing after the close.
// `npm run drill` asks the same of 200 members with 50 casts each.
import { test, type Test } from "tap";
import { takeAllBack } from "@partcommune/server/cli/import-runs";
import type { Caller } from "@partcommune/server/platform/caller";
import {
  answerObjection,
  castVote,
  giveProxy,
  listCalls,
  listObjections,
  listVoters,
  objectToRoll,
  readParticipation,
  readTally,
  readVote,
  takeProxyBack,
} from "@partcommune/shared/governance/api";
import { countOf } from "@partcommune/shared/governance/rules/count";
import { chanceOf, inOrderOfRoll } from "@partcommune/shared/governance/rules/counting/lot";
import type { Notice } from "@partcommune/shared/governance/rules/notice";
import { readLeaving } from "@partcommune/shared/marketplace/api";
import { giveNotice, stay } from "@partcommune/shared/membership/api/leaving";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { later, millisecondsOf } from "@partcommune/shared/platform/time";
import { proving } from "../support/authenticator.ts";
import { associates, broughtIn, nameOf } from "../support/associates.ts";
import { openCoop } from "../support/coop.ts";
import { backAgain, announced, carried, type Members } from "../support/members.ts";
import { heard, told } from "../support/told.ts";
import { atelierCommun } from "../support/founding.ts";
import { founder } from "../support/people.ts";
import { worksAndDies } from "../support/worker.ts";

const voters = Number(process.env["VOTERS"] ?? 16);
const casts = Number(process.env["CASTS"] ?? 8);

/** Who stands on the roll and never comes: so many, of two other trades. */
const silent = 48;

const others = Array.from(
  { length: silent },
  (_, at) => `silent-${at}@people.example,Zoe ${at},en,associate,invoiced,${at % 2 ? "illustration,,2019" : "proofreading,,2025"}-03-01`,
);

const alone = (name: string): readonly string[] => [
  `${name.toLowerCase().replace(" ", "-")}@people.example,${name},en,associate,invoiced,illustration,,2019-03-01`,
];

/** A coop whose one open vote asks for a lower fee. */
async function voting(t: Test): Promise<Members & { readonly vote: string }> {
  const coop = await openCoop(t, { settings: { poolSize: 30 } });
  const board = await founder(coop);
  const people = await associates(coop, voters);
  await broughtIn(coop, others);
  const stage: Members = { coop, board, tess: board, tom: board, people };
  await backAgain(stage, people);
  const proposal = await carried(stage, 0, "A lower fee", { kind: "bylaws", changes: [{ key: "fee.rate", base: 1, value: 79_000 }] });
  // One of the two who judge it is the founder, who says nothing: after five days silence admits.
  const gone = await broughtIn(coop, alone("Zoe Gone"));
  const vote = await announced(stage, proposal);
  await objecting(t, stage, vote);
  await takeAllBack(coop, gone, false);
  await broughtIn(coop, alone("Zoe New"));
  const { opensAt } = await told(board, readVote, { vote });
  coop.wait(millisecondsOf(opensAt) - millisecondsOf(coop.now()));
  await coop.keepTime();
  await backAgain({ coop }, [...people, { caller: board, email: atelierCommun.founder.email }]);
  await objected(t, stage, vote);
  return { ...stage, vote };
}

/** The roll is announced: each reads their own entry and everybody the numbers; objections are raised, and answered by the board. */
async function objecting(t: Test, { coop, board, people }: Members, vote: string): Promise<void> {
  const fanny = { name: "Fanny Founder", caller: board, email: atelierCommun.founder.email, member: "", person: "" };
  await backAgain({ coop }, [...people.slice(0, 2), fanny]);
  const [anna, bela] = people.map(({ caller }) => caller) as [Caller, Caller];
  const college = { college: "members", announced: voters + silent + 1 } as const;
  t.same((await told(coop.someone(), readVote, { vote })).roll.colleges, [college]);
  t.match((await told(anna, readVote, { vote })).mine, { onRoll: true, college: "members" });
  t.match((await told(board, readVote, { vote })).mine, { onRoll: false, absent: "noMember" });

  const strike = { vote, ground: "notEntitled", member: "zoe 3", text: "She moved away." } as const;
  const { id: objection } = (await anna.call(objectToRoll, strike)).body;
  t.equal((await anna.call(objectToRoll, strike)).problem, "objection-waits");
  t.equal((await anna.call(objectToRoll, { ...strike, member: "Nobody" })).problem, "member-unnamed");
  t.equal((await anna.call(objectToRoll, { ...strike, ground: "college", college: "clients" })).problem, "college-silent");
  t.equal((await board.call(objectToRoll, strike)).problem, "members-only", "who is no member speaks of themselves alone");
  const missing = { vote, ground: "missing", text: "I founded this." } as const;
  const own = (await board.call(objectToRoll, missing)).body.id;
  t.equal((await bela.call(objectToRoll, { ...missing, member: nameOf(5) })).status, 201, "one that nobody answers in time");
  const answer = { objection, upheld: true, reason: "She wrote so herself." };
  t.equal((await anna.call(answerObjection, answer)).problem, "role-needed");
  t.equal((await board.call(answerObjection, { ...answer, objection: own })).problem, "own-objection");
  t.equal((await board.call(answerObjection, answer)).status, 200);
  t.equal((await board.call(answerObjection, { ...answer, upheld: false })).problem, "objection-answered");
  t.match((await told(anna, readVote, { vote })).mine?.objections, [{ about: "Zoe 3", answer: { upheld: true } }]);
  t.same(
    (await told(bela, readVote, { vote })).mine?.objections.map(({ about }) => about),
    [nameOf(5)],
    "others read only their own",
  );
  t.equal((await told(board, listObjections, { vote })).items.length, 3);
}

/** The vote opened: what changed is told in numbers to all, and nothing more is objected. */
async function objected(t: Test, { coop, board, people }: Members, vote: string): Promise<void> {
  const { roll } = await told(coop.someone(), readVote, { vote });
  t.match((await told(board, readVote, { vote })).mine, { onRoll: false, absent: "noMember" }, "whoever is not on it reads why");
  t.same(roll, {
    colleges: [{ college: "members", announced: voters + silent + 1, opened: voters + silent }],
    changes: [
      { reason: "admitted", people: 1 },
      { reason: "left", people: 1 },
      { reason: "objection", people: 1 },
    ],
    objections: { waiting: 2, upheld: 1, rejected: 0 },
  });
  const late = await people[0]?.caller.call(objectToRoll, { vote, ground: "missing", text: "Too late." });
  t.equal(late?.problem, "roll-frozen");
  const { items } = await told(people[0]!.caller, listVoters, { vote, limit: 200 });
  if (voters < 100)
    t.notOk(
      items.some(({ name }) => name === "Zoe 3"),
      "who was struck off is not asked",
    );
}

type Acknowledged = { readonly seq: number; readonly choice: string; readonly receipt: string };

let acts = 0;

/** Casts, and where the coop is too busy repeats the same act under the same key, as a page does. */
async function persisting(caller: Caller, vote: string, choice: "no" | "yes") {
  const key = `cast-${(acts += 1)}`;
  for (;;) {
    const answer = await caller.call(castVote, { vote, choice }, key);
    if (answer.problem !== "try-again") return answer;
  }
}

/** One person casts many times at once, another choice each time; what was acknowledged, in the order of the coop. */
async function castMany(vote: string, caller: Caller, at: number): Promise<readonly Acknowledged[]> {
  const choices = Array.from({ length: casts }, (_, nth) => ((at + nth) % 3 === 0 ? ("no" as const) : ("yes" as const)));
  const answers = await Promise.all(choices.map(async (choice) => ({ choice, ...(await persisting(caller, vote, choice)) })));
  return answers
    .flatMap(({ problem, text, body, choice }) => {
      if (problem !== undefined && problem !== "vote-closed") throw new Error(text);
      return problem === undefined ? [{ ...body, choice }] : [];
    })
    .toSorted((one, other) => one.seq - other.seq);
}

/** Whoever gives notice votes for nobody else: what they hold falls, its giver is told, and nobody gives them another. */
async function heldByLeaver(
  t: Test,
  { coop, people, vote }: Members & { readonly vote: string },
  giver: Caller,
  holder: string,
): Promise<void> {
  const leaver = proving(coop, people[4]?.caller ?? giver);
  await told(giver, giveProxy, { vote, holder });
  t.match((await told(leaver, readLeaving, {})).ends, { proxies: 1, votes: 1 });
  await told(leaver, giveNotice, {});
  await coop.settle();
  t.equal((await told(giver, readVote, { vote })).mine?.proxyTo, undefined, "it has fallen");
  t.same(await heard(giver, "proxyFell"), new Set([vote]));
  t.equal((await giver.call(giveProxy, { vote, holder })).problem, "proxy-to-leaver");
  t.match((await told(leaver, readLeaving, {})).ends, { proxies: 0, votes: 1 }, "on the roll they stand as before");
  await told(leaver, stay, {});
}

/** A proxy goes one step, is used in the last hours, and is void once its giver votes. Of four, three have a vote in the box then. */
async function byProxy(t: Test, stage: Members & { readonly vote: string }): Promise<number> {
  const { coop, people, vote } = stage;
  const [anna, bela, chloe, dora] = people.map(({ caller }) => caller) as [Caller, Caller, Caller, Caller];
  const { items } = await told(anna, listVoters, { vote, limit: 200 });
  const person = (at: number): string => items.find(({ name }) => name === nameOf(at))?.person ?? "";
  const giver = async (of: Caller): Promise<string> => (await told(of, readVote, { vote })).mine?.holds[0]?.giver ?? "";
  const self = (await told(bela, listVoters, { vote, limit: 200 })).items.find(({ name }) => name === nameOf(0))?.person ?? "";
  t.equal((await anna.call(giveProxy, { vote, holder: self })).problem, "proxy-to-oneself");
  t.equal((await anna.call(giveProxy, { vote, holder: person(1) })).status, 200);
  await coop.settle();
  t.same(await heard(bela, "proxyGiven"), new Set([vote]), "whoever holds it is told");
  t.equal((await bela.call(giveProxy, { vote, holder: person(2) })).problem, "proxy-chained", "who holds gives none");
  t.equal((await chloe.call(giveProxy, { vote, holder: self })).problem, "proxy-chained", "who gave holds none");
  const early = { vote, choice: "yes", for: await giver(bela) } as const;
  t.equal((await bela.call(castVote, early)).problem, "proxy-too-early");
  t.equal((await dora.call(castVote, early)).problem, "proxy-unknown");
  t.equal((await chloe.call(giveProxy, { vote, holder: person(1) })).status, 200);
  t.equal((await dora.call(giveProxy, { vote, holder: person(1) })).problem, "proxies-enough");
  t.equal((await chloe.call(takeProxyBack, { vote })).status, 200);
  await heldByLeaver(t, stage, chloe, person(4));
  t.equal((await dora.call(giveProxy, { vote, holder: person(1) })).status, 200);

  const { closesAt } = await told(anna, readVote, { vote });
  const from = later(closesAt, -24 * 3_600_000);
  coop.wait(millisecondsOf(from) - millisecondsOf(coop.now()));
  t.equal((await dora.call(castVote, { vote, choice: "no" })).status, 200, "whoever votes themselves");
  const of = await told(bela, readVote, { vote });
  t.same(
    of.mine?.holds.map(({ name }) => name),
    [nameOf(0)],
    "voids the proxy they gave",
  );
  t.equal((await bela.call(castVote, early)).status, 200);
  t.equal((await anna.call(castVote, { vote, choice: "no" })).problem, "proxy-spent", "one vote each");
  t.equal((await bela.call(castVote, { vote, choice: "yes" })).status, 200, "and the holder's own beside it");
  return 3;
}

/** The roll-call as anybody reads it, page after page. */
async function calledIn(t: Test, reader: Caller, vote: string) {
  const calls: ToldOf<typeof listCalls>["items"] = [];
  for (let after: string | undefined, page; page === undefined || after !== undefined; after = page.next) {
    page = await told(reader, listCalls, { vote, limit: 10, ...(after === undefined ? {} : { after }) });
    t.ok(page.items.length <= 10);
    calls.push(...page.items);
  }
  return inOrderOfRoll(calls);
}

test("however often all cast at once, each has one ballot, and it is their last", { timeout: 600_000 }, async (t) => {
  const stage = await voting(t);
  const { coop, people, vote } = stage;
  const proxied = await byProxy(t, stage);
  const reader = people[0]?.caller ?? coop.someone();
  const { closesAt } = await told(reader, readVote, { vote });
  const casting = people.slice(4);
  coop.wait(millisecondsOf(closesAt) - millisecondsOf(coop.now()) - 1);
  await told(reader, readVote, { vote });
  const before = await Promise.all(casting.map(({ caller }, at) => castMany(vote, caller, at)));
  t.ok(
    before.every(({ length }) => length === casts),
    "until a millisecond before the close all are taken",
  );
  coop.wait(1);
  await told(reader, readVote, { vote });
  const late = casting.map(async ({ caller }, at) => castMany(vote, caller, at + 1));
  for (const point of ["acted", "committed"] as const) t.ok(await worksAndDies(coop, point), `a worker that closes dies at ${point}`);
  t.same((await Promise.all(late)).flat(), [], "from the instant of the close on none is");
  for (let step = 0; step < 3; step += 1) await coop.keepTime();

  const published = { ...(await told(reader, readTally, { vote })), calls: await calledIn(t, reader, vote) };
  const tally = JSON.parse(published.tally) as { cast: number; roll: number; stages: unknown };
  t.match(tally, { roll: voters + silent, cast: casting.length + proxied }, "as many ballots as distinct voters");
  const receipts = new Map(published.calls.map((call) => [call.receipt, call]));
  for (const [at, acknowledged] of before.entries()) {
    const last = acknowledged.at(-1);
    const found = receipts.get(last?.receipt ?? "");
    t.match(found, { by: casting[at]?.name, seq: casts, choice: last?.choice }, `${casting[at]?.name}'s receipt finds their last ballot`);
  }
  const { notice } = await told(reader, readVote, { vote });
  const again = countOf(
    JSON.parse(notice) as Notice,
    published.calls,
    chanceOf(
      published.seed,
      published.calls.map(({ receipt }) => receipt),
    ),
    ["members"],
  );
  t.same(again.stages, tally.stages, "whoever recounts comes to the same");

  const came = casting.length + proxied;
  t.match(
    await told(coop.someone(), readParticipation, {}),
    {
      votes: [{ id: vote, roll: voters + silent, came }],
      whole: { roll: voters + silent, came },
      splits: [
        {
          by: "membership",
          groups: [
            { part: "old", roll: voters + silent / 2, came },
            { part: "settled", roll: silent / 2, came: 0 },
          ],
        },
        { by: "branch", groups: [{ roll: voters + silent, came }] },
        // Those who came are too few to be told, so the next larger trade is kept back with them.
        ...(voters < silent / 2
          ? [{ by: "trade", groups: [{ part: "illustration", came: 0 }], rest: { roll: voters + silent / 2, came } }]
          : []),
      ],
    },
    "everybody reads who came, by groups in which nobody is seen",
  );
});
