// Whether enough came: a vote that too few came to is prolonged or asked anew, what is constitutional is voted twice and in every college, and more than a month holds waits.
import { join } from "node:path";
import { test, type Test } from "tap";
import {
  castVote,
  draftProposal,
  listBylaws,
  publishProposal,
  readProposal,
  readTally,
  readVote,
  reviseProposal,
  sponsorProposal,
  unsponsorProposal,
} from "@partcommune/shared/governance/api";
import { bylawKeys, bylawRegister } from "@partcommune/shared/governance/rules/bylaws";
import type { Notice } from "@partcommune/shared/governance/rules/notice";
import type { Payload } from "@partcommune/shared/governance/rules/proposal";
import { objectionToPayload, type CurrentBylaws } from "@partcommune/shared/governance/rules/writing";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { hourMs, instant, later, millisecondsOf } from "@partcommune/shared/platform/time";
import { associates } from "../support/associates.ts";
import { openCoop, type Caller } from "../support/coop.ts";
import { emptyDatabase } from "../support/database.ts";
import { backAgain, carried, catchUp, type Members } from "../support/members.ts";
import { addressOf, clientOwner, founder } from "../support/people.ts";
import { backUp, folderFor, restoreFrom } from "../support/safe.ts";
import { heard, told } from "../support/told.ts";

type Client = { readonly caller: Caller; readonly email: string };
type Stage = Members & { readonly clients: readonly Client[] };

async function opened(t: Test): Promise<Stage> {
  const coop = await openCoop(t, { settings: { poolSize: 20 }, now: "2025-02-02T09:00:00Z" });
  const board = await founder(coop);
  const people = await associates(coop, 6);
  const clients: Client[] = [];
  for (const name of ["Carla", "Cyril"]) clients.push({ caller: (await clientOwner(coop, name)).caller, email: addressOf(name) });
  // That an invoice which is paid leaves its day here is told by the story of a job.
  await coop.db
    .updateTable("membership.client")
    .set({ paid_at: coop.now(), first_paid_at: instant("2020-01-01T00:00:00Z") })
    .execute();
  await backAgain({ coop }, people);
  return { coop, board, tess: board, tom: board, people, clients };
}

/** It is noon of a day, and the clock has done what fell due. */
async function comes({ coop }: Stage, day: string): Promise<void> {
  coop.wait(millisecondsOf(instant(`${day}T12:00:00Z`)) - millisecondsOf(coop.now()));
  await catchUp(coop);
}

const everybody = async (stage: Stage): Promise<void> => backAgain(stage, [...stage.people, ...stage.clients]);

type Change = Extract<AskedOf<typeof draftProposal>["payload"], { kind: "bylaws" }>["changes"][number];

/** A change of one bylaw, with the names it takes. */
const asked = async (stage: Stage, author: number, key: Change["key"], value: Change["value"]): Promise<string> =>
  carried(stage, author, key, { kind: "bylaws", changes: [{ key, base: 1, value }] });

const page = async ({ coop }: Stage, proposal: string) => told(coop.someone(), readProposal, { proposal });
const voteOn = async (stage: Stage, proposal: string): Promise<string> => (await page(stage, proposal)).vote ?? "";
const shown = async (stage: Stage, proposal: string) => told(stage.coop.someone(), readVote, { vote: await voteOn(stage, proposal) });
const noticeOf = async (stage: Stage, proposal: string) => JSON.parse((await shown(stage, proposal)).notice) as Notice;
const tallyOf = async (stage: Stage, proposal: string) =>
  JSON.parse((await told(stage.coop.someone(), readTally, { vote: await voteOn(stage, proposal) })).tally) as {
    readonly outcome: string;
    readonly came: unknown;
    readonly winner?: string;
    readonly stages: unknown;
  };

/** These people cast the same. */
async function cast(
  stage: Stage,
  proposal: string,
  people: readonly { readonly caller: Caller }[],
  choice: AskedOf<typeof castVote>["choice"],
) {
  const vote = await voteOn(stage, proposal);
  for (const { caller } of people) await told(caller, castVote, { vote, choice });
}

const valueOf = async ({ board }: Stage, key: string): Promise<unknown> =>
  (await told(board, listBylaws, {})).items.find((bylaw) => bylaw.key === key)?.value;

const colleges = [
  { key: "members", weight: 2 },
  { key: "clients", weight: 1 },
];

/** An idea that too few carry, and one whose names go away again, are never voted. */
async function unsupported(stage: Stage): Promise<{ readonly idea: string; readonly left: string }> {
  const by = stage.people[5]!.caller;
  const { id: idea } = await told(by, draftProposal, { title: "A boat", text: "Why.", language: "en", payload: { kind: "resolution" } });
  await told(by, publishProposal, { proposal: idea });
  const left = await carried(stage, 4, "A shed", { kind: "resolution" });
  await told(stage.people[0]!.caller, unsponsorProposal, { proposal: left });
  return { idea, left };
}

/** Another version of a proposal, with the names it takes. */
async function rivalOf(stage: Stage, amends: string, author: number, value: number): Promise<string> {
  const by = stage.people[author]!.caller;
  const payload = { kind: "bylaws" as const, changes: [{ key: "marketplace.openBids" as const, base: 1, value }] };
  const { id: proposal } = await told(by, draftProposal, { title: "Even more", text: "Why.", language: "en", payload, amends });
  await told(by, publishProposal, { proposal });
  for (const { caller } of stage.people.slice(0, 3)) await told(caller, sponsorProposal, { proposal });
  return proposal;
}

/** A value outside its bounds, a rule that is none, a day of the past: no at the door, and no wherever the law is asked once more. */
async function refusedAtTheDoor(t: Test, { people }: Stage): Promise<void> {
  const values = Object.fromEntries(bylawKeys.map((key) => [key, { version: 1, value: bylawRegister[key].founding }])) as CurrentBylaws;
  const drafted = async (change: object, from?: string) => {
    const payload = { kind: "bylaws", changes: [change], ...(from === undefined ? {} : { from }) };
    const words = { title: "Other rules", text: "Why.", language: "en", payload } as unknown as AskedOf<typeof draftProposal>;
    return { payload: payload as unknown as Payload, ...(await people[0]!.caller.call(draftProposal, words)) };
  };
  for (const [key, value] of [
    ["fee.rate", -10_000],
    ["fee.rate", 1_010_000],
    ["fee.rate", "8.5"],
    ["fee.rate", 85_000.5],
    ["fee.rate", Number.NaN],
    ["fee.rat", 79_000],
    ["__proto__", 79_000],
    ["constructor", 79_000],
    ["vote.openDays", JSON.parse('{ "__proto__": 1, "ordinary": 7, "important": 10, "constitutional": 14 }')],
  ] as const) {
    const { status, payload } = await drafted({ key, base: 1, value });
    t.ok(status === 422 || status === 400, `${key} ${JSON.stringify(value)}: ${status}`);
    t.equal(objectionToPayload(payload, values, {})?.type, "bylaw-unfit", "and once more before it is carried out");
  }
  t.equal((await drafted(JSON.parse('{ "key": "fee.rate", "base": 1, "value": 79000, "__proto__": {} }') as object)).status, 400);
  const fee = { key: "fee.rate", base: 1, value: 79_000 };
  const early = await drafted(fee, "2025-01-01");
  t.same([early.status, early.problem], [422, "begins-too-early"], "nothing is decided for the past");
  t.equal((await drafted(fee, "2025-04-01")).problem, "begins-too-early", "voted from 15 to 25 March, contested for a week");
  t.equal((await drafted(fee, "2025-04-02")).status, 201);
  const quorum = { key: "vote.openingDays", base: 1, value: [1] };
  t.equal(
    (await drafted({ ...quorum, key: "vote.contestDays", value: 8 }, "2025-06-05")).problem,
    "begins-too-early",
    "what is read twice",
  );
  t.equal((await drafted({ ...quorum, key: "vote.contestDays", value: 8 }, "2025-06-06")).status, 201);
}

/** Its author asks for something else an hour before the end: whoever put their name to it has two days to take it back. */
async function changedLate(t: Test, stage: Stage, proposal: string): Promise<void> {
  const { coop, people } = stage;
  const [, author, sponsor] = people.map(({ caller }) => caller) as [Caller, Caller, Caller];
  const { until = coop.now(), version, title, text, language, inAssembly } = await page(stage, proposal);
  const words = { proposal, title, text, language: language as "en", inAssembly };
  const asking = (...answers: string[]) => ({ kind: "resolution" as const, answers, by: "approval" as const });
  t.equal((await author.call(reviseProposal, { ...words, version, payload: asking("A walk", "A meal") })).status, 200);
  t.equal((await page(stage, proposal)).until, until, "early on it moves nothing");
  await comes(stage, "2025-02-16");
  coop.wait(millisecondsOf(instant(until)) - millisecondsOf(coop.now()) - hourMs);
  const reasons = { text: `${text} Truly.`, version: version + 1, payload: asking("A walk", "A meal") };
  t.equal((await author.call(reviseProposal, { ...words, ...reasons })).status, 200);
  t.equal((await page(stage, proposal)).until, until, "nor do other reasons for the same");
  t.equal(
    (await author.call(reviseProposal, { ...words, version: version + 2, payload: asking("A walk", "A meal", "A film") })).status,
    200,
  );
  t.equal((await page(stage, proposal)).until, later(coop.now(), 48 * hourMs), "two days remain from then on");
  coop.wait(60_000);
  const again = { version: version + 3, payload: asking("A walk", "A meal", "A swim") };
  t.equal((await author.call(reviseProposal, { ...words, ...again })).problem, "asked-otherwise-late", "and once alone");
  await coop.settle();
  t.same(await heard(sponsor, "proposalChangedLate"), new Set([proposal]), "and they are told at once");
  t.same(await heard(sponsor, "proposalRevised"), new Set([proposal]));
}

type Asked = Readonly<Record<"parts" | "rarely" | "never" | "more" | "evenMore" | "ticked" | "points" | "idea", string>>;

/** Eight proposals of one winter; more than a month holds. */
async function askedInWinter(t: Test, stage: Stage): Promise<Asked> {
  const parts = await asked(stage, 0, "vote.colleges", colleges);
  const rarely = await asked(stage, 1, "payment.clientDays", 21);
  const never = await asked(stage, 2, "coaching.hours", 8);
  const more = await asked(stage, 3, "marketplace.openBids", 30);
  const evenMore = await rivalOf(stage, more, 4, 40);
  await comes(stage, "2025-02-03");
  const answers = ["A walk", "A meal", "A film"];
  const ticked = await carried(stage, 1, "Our day", { kind: "resolution", answers, by: "approval" });
  const points = await carried(stage, 2, "Our evening", { kind: "resolution", answers, by: "score" });
  const { idea, left } = await unsupported(stage);
  await changedLate(t, stage, ticked);
  for (const day of ["17", "19"]) await comes(stage, `2025-02-${day}`);
  t.equal((await page(stage, left)).state, "lapsed", "whose names went away is not voted");
  for (const day of ["21", "22", "24"]) await comes(stage, `2025-02-${day}`);
  const states: string[] = [];
  for (const each of [parts, rarely, never, more, evenMore, ticked, points]) states.push((await page(stage, each)).state);
  t.same(
    states,
    ["convened", "convened", "convened", "convened", "convened", "admitted", "admitted"],
    "four at most in a month: the gravest first, two versions as one",
  );
  const places = [(await page(stage, ticked)).place ?? 0, (await page(stage, points)).place ?? 0];
  t.same(new Set(places), new Set([1, 2]), "the rest waits in line");
  return { parts, rarely, never, more, evenMore, ticked, points, idea };
}

/** Of four votes of a day, two had to be prolonged. */
async function votedInMarch(t: Test, stage: Stage, { parts, rarely, never, more, evenMore }: Asked): Promise<void> {
  const { people } = stage;
  await comes(stage, "2025-03-15");
  await everybody(stage);
  await cast(stage, parts, people, "yes");
  await cast(stage, more, people.slice(0, 4), { ranks: [[evenMore], [more], ["keep"]] });
  await cast(stage, more, people.slice(4), { ranks: [["keep"]] });
  await comes(stage, "2025-03-22");
  t.match(await tallyOf(stage, more), { outcome: "passed", winner: evenMore });
  t.equal((await shown(stage, rarely)).state, "extended", "nobody came: seven days more");
  const extended = [await voteOn(stage, rarely), await voteOn(stage, never)];
  t.same(await heard(people[5]!.caller, "voteExtended"), new Set(extended), "whoever has not voted is told");
  await cast(stage, rarely, people.slice(0, 1), "yes");
  await comes(stage, "2025-03-30");
  t.match(await tallyOf(stage, rarely), { outcome: "passed", came: [{ college: "members", roll: 6, cast: 1 }] }, "then one is enough");
  t.match([await tallyOf(stage, never), await page(stage, never)], [{ outcome: "noQuorum" }, { state: "noQuorum" }], "and nobody is not");
  t.match(await tallyOf(stage, parts), { outcome: "passed" });
  await comes(stage, "2025-04-05");
  t.same([await valueOf(stage, "marketplace.openBids"), await valueOf(stage, "payment.clientDays")], [40, 30], "the winner alone is law");
  t.same([(await page(stage, more)).state, (await page(stage, evenMore)).state], ["rejected", "enacted"]);
}

/** What had waited is voted, by ticks and by points; what is constitutional is read again. */
async function votedInApril(t: Test, stage: Stage, { parts, rarely, more, evenMore, ticked, points, idea }: Asked): Promise<void> {
  const { people } = stage;
  await comes(stage, "2025-04-06");
  t.match(await page(stage, parts), { state: "convened", reading: 2 }, "what is constitutional is read again");
  t.same(await valueOf(stage, "vote.colleges"), [{ key: "members", weight: 1 }]);
  t.equal((await page(stage, idea)).state, "lapsed", "an idea has sixty days");
  await everybody(stage);
  t.same(await heard(people[1]!.caller, "proposalReadAgain"), new Set([parts]), "whose names stand behind it are told");
  t.same(await heard(people[5]!.caller, "proposalLapsed"), new Set([idea]));
  t.ok((await heard(people[4]!.caller, "proposalSupported")).has(evenMore));
  t.same(await heard(people[0]!.caller, "rulesEnacted"), new Set([await voteOn(stage, rarely), await voteOn(stage, more)]));
  await cast(stage, ticked, people.slice(0, 2), { approve: ["1", "2"] });
  await cast(stage, ticked, people.slice(2, 4), { approve: ["2"] });
  await cast(stage, points, people.slice(0, 3), { scores: { "1": 5, "3": 2 } });
  await cast(stage, points, people.slice(3, 4), { scores: { "3": 5 } });
  await comes(stage, "2025-04-09");
  t.match(await tallyOf(stage, ticked), {
    outcome: "passed",
    winner: "2",
    stages: { options: [{ points: 4 }, { points: 2 }, { points: 0 }] },
  });
  t.match(await tallyOf(stage, points), {
    outcome: "passed",
    winner: "1",
    stages: { options: [{ points: 15 }, { points: 11 }, { points: 0 }] },
  });
  t.match(await shown(stage, parts), { state: "convened", opensAt: "2025-05-14T22:00:00.000Z" }, "not before thirty days");
  await comes(stage, "2025-05-15");
  await everybody(stage);
  await cast(stage, parts, people, "yes");
  for (const day of ["05-29", "06-05", "06-06"]) await comes(stage, `2025-${day}`);
  t.same([(await page(stage, parts)).state, await valueOf(stage, "vote.colleges")], ["enacted", colleges]);
}

/** Clients are a college now: one change they stay away from, one they refuse, one they carry. */
async function votedByColleges(t: Test, stage: Stage): Promise<void> {
  const { people, clients } = stage;
  await comes(stage, "2025-06-23");
  await everybody(stage);
  const away = await asked(stage, 0, "roll.seniorityDays", 60);
  const against = await asked(stage, 1, "proxy.cap", 3);
  const anew = await asked(stage, 2, "vote.secondConvocation", "anew");
  for (const day of ["07-07", "07-13", "08-01"]) await comes(stage, `2025-${day}`);
  await everybody(stage);
  for (const each of [away, against, anew]) await cast(stage, each, people, "yes");
  await cast(stage, against, clients, "no");
  await cast(stage, anew, clients.slice(0, 1), "yes");
  await comes(stage, "2025-08-15");
  const refused = { outcome: "rejected", stages: { share: { over: "2", under: "3" } } };
  t.match(await tallyOf(stage, against), refused, "two thirds of all, and not of the clients");
  t.match(await tallyOf(stage, anew), { outcome: "passed" });
  t.equal((await shown(stage, away)).state, "extended", "clients who stay away stop it");
  const silent = new Set([await voteOn(stage, away)]);
  t.same(await heard(clients[0]!.caller, "voteExtended"), silent, "and are told that it waits for them");
  await comes(stage, "2025-08-22");
  const came = [
    { college: "clients", roll: 2, cast: 0 },
    { college: "members", roll: 6, cast: 6 },
  ];
  t.match(await tallyOf(stage, away), { outcome: "noQuorum", came });
  for (const day of ["10-01", "10-15"]) await comes(stage, `2025-${day}`);
  await everybody(stage);
  t.equal((await shown(stage, anew)).state, "extended", "a second reading is prolonged like a first");
  await cast(stage, anew, [people[0]!, clients[0]!], "yes");
  for (const day of ["10-22", "10-29", "10-30", "10-31"]) await comes(stage, `2025-${day}`);
  t.same([(await page(stage, anew)).state, await valueOf(stage, "vote.secondConvocation")], ["enacted", "anew"]);
}

/** Too few come, and it is asked on another day. */
async function votedAnew(t: Test, stage: Stage): Promise<void> {
  const { coop, people } = stage;
  await everybody(stage);
  const twice = await asked(stage, 3, "coaching.hours", 10);
  for (const day of ["11-14", "11-19"]) await comes(stage, `2025-${day}`);
  t.match(await noticeOf(stage, twice), { convocation: 1, extensionDays: 0, quorum: { ppm: 100_000 } });
  const first = await voteOn(stage, twice);
  for (const day of ["2025-12-15", "2025-12-22"]) await comes(stage, day);
  t.match((await told(coop.someone(), readVote, { vote: first })).outcome, "noQuorum");
  t.match(await noticeOf(stage, twice), { convocation: 2, extensionDays: 0, quorum: { ppm: 0 } }, "fewer are enough");
  await comes(stage, "2026-01-15");
  await everybody(stage);
  await cast(stage, twice, people.slice(0, 1), "yes");
  for (const day of ["22", "29"]) await comes(stage, `2026-01-${day}`);
  t.equal((await page(stage, twice)).state, "enacted");
}

/** All these votes come back from a backup, through the guards that take no late ballot. */
async function comesBack(t: Test, { coop }: Stage): Promise<void> {
  const folder = await folderFor(t);
  const [file, key] = [join(folder, "coop.tar.zst"), join(folder, "key")];
  t.equal((await backUp(coop.url, file)).code, 0);
  const { code, error } = await restoreFrom(await emptyDatabase(t), file, key);
  t.same({ code, error: error.trim() }, { code: 0, error: "" });
}

test("what too few come to is asked once more, and what is constitutional of every college, twice", { timeout: 300_000 }, async (t) => {
  const stage = await opened(t);
  await refusedAtTheDoor(t, stage);
  const winter = await askedInWinter(t, stage);
  await votedInMarch(t, stage, winter);
  await votedInApril(t, stage, winter);
  await votedByColleges(t, stage);
  await votedAnew(t, stage);
  await comesBack(t, stage);
});
