// An assembly from its convocation to its signed minutes, with a vote in it that is carried out like any other.
import { test, type Test } from "tap";
import {
  answerGathering,
  cancelGathering,
  changeGathering,
  readAssembly,
  readGathering,
  readMinutes,
} from "@partcommune/shared/community/api";
import {
  addToMinutes,
  attendAssembly,
  closeAssembly,
  closeItem,
  conveneAssembly,
  drawTellers,
  enterPapers,
  handOverChair,
  leaveAssembly,
  listAttendable,
  openAssembly,
  openItem,
  signMinutes,
} from "@partcommune/shared/community/api/meeting";
import { drawTellers as drawn } from "@partcommune/shared/community/rules/lot";
import type { Minutes } from "@partcommune/shared/community/rules/minutes";
import { castVote, listBylawVersions, listCalls, readProposal, readTally, readVote } from "@partcommune/shared/governance/api";
import type { Notice } from "@partcommune/shared/governance/rules/notice";
import { objectionToPaper } from "@partcommune/shared/governance/rules/paper";
import { objectionToAsking, objectionToSitting, type Waiting } from "@partcommune/shared/governance/rules/sitting";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { dayMs, instant, later } from "@partcommune/shared/platform/time";
import { held } from "../support/assembly.ts";
import type { Caller } from "../support/coop.ts";
import { admitted, backAgain, carried, days, founded, type Members } from "../support/members.ts";
import { heard, told } from "../support/told.ts";
import { signedUp } from "../support/people.ts";

const names = ["Fanny Founder", "Anna", "Bela", "Chloe", "Dora"];
const hourMs = 3_600_000;

type Words = AskedOf<typeof conveneAssembly>;

const called: Omit<Words, "items"> = {
  title: "First assembly",
  text: "Everybody who belongs to us.",
  language: "en",
  zone: "Europe/Brussels",
  begins: "2026-03-20T18:00",
  ends: "2026-03-20T21:00",
  place: "Rue du Canal 7",
  link: "https://meet.example/assembly",
};
const report = { kind: "report", title: "What the year was" } as const;

/** Proposals that may be voted and wait for an assembly. */
async function waiting(
  stage: Members,
): Promise<{ readonly fee: string; readonly day: string; readonly election: string; readonly house: string; readonly otherFee: string }> {
  const fee = await carried(stage, 1, "A lower fee", { kind: "bylaws", changes: [{ key: "fee.rate", base: 1, value: 79_000 }] }, true);
  const day = await carried(stage, 2, "A day for all", { kind: "resolution" }, true);
  const election = await carried(stage, 3, "Our first board", { kind: "election", college: "members" }, true);
  const house = await carried(stage, 4, "A house of our own", { kind: "resolution" }, true);
  const otherFee = await carried(
    stage,
    0,
    "A higher fee",
    { kind: "bylaws", changes: [{ key: "fee.rate", base: 1, value: 90_000 }] },
    true,
  );
  await days(stage.coop, 14);
  for (const proposal of [fee, day, house, otherFee]) await admitted(stage, proposal);
  await days(stage.coop, 6);
  await days(stage.coop, 3);
  return { fee, day, election, house, otherFee };
}

test("an assembly", async (t) => {
  const stage = await founded(t, names);
  const { coop, board, people } = stage;
  const proposals = await waiting(stage);
  const { fee, day } = proposals;
  t.equal((await told(board, readProposal, { proposal: fee })).state, "admitted", "it waits for an assembly, not for a day of its own");
  await backAgain(stage, people);
  const id = await convened(t, stage, proposals);
  const { vote = "" } = await told(board, readProposal, { proposal: fee });
  const { notice, state } = await told(board, readVote, { vote });
  t.match(JSON.parse(notice) as Notice, { gathering: id, extensionDays: 0, opensAt: "2026-03-20T17:00:00.000Z" });
  await untilDoors(t, stage, id);
  t.equal(state, "convened");
  await opened(t, stage, id);
  await votedIn(t, stage, id, vote);
  await ended(t, stage, id, day);
  await minuted(t, stage, id, vote);
  await onPaper(t, stage, proposals.house, day);
  await days(coop, 8);
  const { items } = await told(board, listBylawVersions, { key: "fee.rate" });
  t.match(items[0], { value: 79_000, version: 2 }, "what passed in it is carried out like any other vote");
  await notHeld(t, stage, day);
});

test("which proposals are voted in an assembly", (t) => {
  const from = instant("2026-04-01T16:00:00Z");
  const waits = {
    title: "A day",
    kind: "resolution",
    inAssembly: true,
    admittedAt: later(from, -30 * dayMs),
    notBefore: null,
    beside: false,
  };
  const why = (other: Partial<Waiting>, elects = false) => objectionToSitting({ ...waits, ...other }, from, elects)?.type;
  t.equal(why({}), undefined);
  t.equal(why({}, true), "item-kind-unlike");
  t.equal(why({ kind: "election" }), "item-kind-unlike");
  t.equal(why({ kind: "election" }, true), undefined);
  t.equal(why({ beside: true }), "beside-another");
  t.equal(why({ inAssembly: false }), "assembly-not-asked");
  t.equal(why({ notBefore: later(from, 1) }), "assembly-too-early");
  t.equal(why({ admittedAt: later(from, -90 * dayMs) }), undefined, "it waits so long");
  t.equal(why({ admittedAt: later(from, -90 * dayMs - 1) }), "assembly-too-late");
  t.equal(why({ admittedAt: later(from, -200 * dayMs), notBefore: from }), undefined, "a second reading waits from when it may be");
  t.end();
});

async function convened(
  t: Test,
  { coop, board, people }: Members,
  { fee, day, election, otherFee }: Awaited<ReturnType<typeof waiting>>,
): Promise<string> {
  const [, , bela] = people.map(({ caller }) => caller) as [Caller, Caller, Caller];
  const vote = { kind: "vote", title: "The fee", proposal: fee } as const;
  const no = async (wish: Partial<Words>, problem: string): Promise<void> =>
    void t.equal((await board.call(conveneAssembly, { ...called, items: [report, vote], ...wish })).problem, problem);
  await no({ begins: "2026-03-10T18:00", ends: "2026-03-10T20:00" }, "notice-too-short");
  await no({ items: [{ kind: "vote", title: "The fee" }] }, "item-without-proposal");
  await no({ items: [{ ...report, proposal: fee }] }, "item-not-voted");
  await no({ items: [vote, vote] }, "proposal-twice");
  await no({ items: [vote, { ...vote, proposal: otherFee }] }, "subject-at-stake");
  await no({ items: [{ ...vote, kind: "election" }] }, "item-kind-unlike");
  await no({ begins: "2026-07-20T18:00", ends: "2026-07-20T21:00" }, "assembly-too-late");
  await no({ items: [{ kind: "election", title: "The board", proposal: election }] }, "not-in-this-state");
  t.equal((await bela.call(conveneAssembly, { ...called, items: [report] })).problem, "role-needed");
  const before = coop.mails.length;
  const items = [report, vote, { kind: "vote", title: "A day", proposal: day } as const];
  const { id } = await told(board, conveneAssembly, { ...called, items });
  await coop.settle();
  const letters = coop.mails.slice(before);
  t.equal(letters.length, names.length, "every member is written to");
  for (const { text } of letters)
    t.match(text, /20 (March|mars) 2026, 18:00 \(Europe\/Brussels\)[\s\S]*1\. What the year was\n2\. The fee/);
  t.equal((await board.call(changeGathering, { gathering: id, ...called, version: 1 })).problem, "assembly-stands");
  const stranger = await signedUp(coop, "Steve");
  t.equal((await stranger.call(answerGathering, { gathering: id, said: "going" })).problem, "members-attend");
  t.equal((await bela.call(answerGathering, { gathering: id, said: "going", guests: 1 })).problem, "members-come-alone");
  t.equal((await told(bela, answerGathering, { gathering: id, said: "going" })).state, "going");
  t.equal((await told(people[3]!.caller, readGathering, { gathering: id })).link, called.link, "each member can dial in");
  t.notOk("link" in (await told(stranger, readGathering, { gathering: id })));
  t.notOk("present" in (await told(stranger, readAssembly, { gathering: id })));
  return id;
}

async function untilDoors(t: Test, stage: Members, gathering: string): Promise<void> {
  const { coop, board, people } = stage;
  await days(coop, 14);
  await backAgain(stage, people);
  t.equal((await board.call(attendAssembly, { gathering, way: "room" })).problem, "doors-closed");
  t.equal((await board.call(openAssembly, { gathering })).problem, "doors-closed");
  coop.wait(Date.parse("2026-03-20T17:00:00Z") - Date.parse(coop.now()));
  for (let step = 0; step < 2; step += 1) await coop.keepTime();
  await backAgain(stage, people);
}

async function opened(t: Test, { coop, board, people }: Members, gathering: string): Promise<void> {
  const [, anna, bela, chloe, dora] = people.map(({ caller }) => caller) as [Caller, Caller, Caller, Caller, Caller];
  const item = async (at: number): Promise<string> => (await told(board, readAssembly, { gathering })).items[at]?.id ?? "";
  t.equal((await anna.call(openAssembly, { gathering })).problem, "chair-only");
  t.equal((await board.call(drawTellers, { gathering })).problem, "not-in-this-state");
  await told(board, attendAssembly, { gathering, way: "room" });
  t.equal((await board.call(openItem, { gathering, item: await item(0) })).problem, "not-in-this-state");
  await told(board, openAssembly, { gathering });
  await told(anna, attendAssembly, { gathering, way: "room" });
  t.equal((await board.call(drawTellers, { gathering })).problem, "tellers-too-few");
  t.equal((await board.call(openItem, { gathering, item: await item(0) })).problem, "tellers-missing");
  t.equal((await anna.call(attendAssembly, { gathering, way: "room", person: people[2]!.person })).problem, "chair-only");
  t.equal((await anna.call(listAttendable, { gathering, named: "bel" })).status, 404);
  t.same((await told(board, listAttendable, { gathering, named: "bel" })).items, [{ person: people[2]!.person, name: "Bela" }]);
  await told(board, attendAssembly, { gathering, way: "room", person: people[2]!.person });
  await told(chloe, attendAssembly, { gathering, way: "link" });
  await told(dora, attendAssembly, { gathering, way: "link" });
  coop.wait(60_000);
  await told(dora, attendAssembly, { gathering, way: "room" });
  await told(dora, leaveAssembly, { gathering });
  t.equal((await dora.call(leaveAssembly, { gathering })).problem, "not-present");
  t.match(await told(bela, readAssembly, { gathering }), { room: 3, online: 1, present: { length: 4 }, mine: { way: "room" } });
  const { tellers, seed } = await told(board, drawTellers, { gathering });
  const there = people.slice(1, 4);
  const again = drawn(seed, there.map(({ person }) => person).toSorted()).map(
    (person) => there.find((each) => each.person === person)?.name,
  );
  t.same(again, tellers, "whoever has the seed draws the same two");
  t.equal((await board.call(drawTellers, { gathering })).problem, "tellers-drawn");
  t.equal((await board.call(handOverChair, { gathering, person: people[4]!.person })).problem, "not-present");
  await told(board, handOverChair, { gathering, person: people[3]!.person });
  t.equal((await board.call(openItem, { gathering, item: await item(0) })).problem, "chair-only");
  t.equal((await bela.call(handOverChair, { gathering, person: people[0]!.person })).problem, "chair-only");
  await told(board, handOverChair, { gathering, person: people[0]!.person });
}

async function votedIn(t: Test, { board, people }: Members, gathering: string, vote: string): Promise<void> {
  const [first, second] = (await told(board, readAssembly, { gathering })).items.map(({ id }) => id) as [string, string];
  const [, anna, , , dora] = people.map(({ caller }) => caller) as [Caller, Caller, Caller, Caller, Caller];
  t.equal((await anna.call(castVote, { vote, choice: "yes" })).problem, "vote-not-open", "the chair opens it, not the clock");
  await told(board, openItem, { gathering, item: first });
  t.equal((await board.call(openItem, { gathering, item: second })).problem, "item-open");
  t.equal((await board.call(closeAssembly, { gathering })).problem, "item-open");
  t.equal((await board.call(openItem, { gathering, item: first })).problem, "not-in-this-state");
  await told(board, closeItem, { gathering, item: first, note: "Thirty of us, and a full reserve." });
  t.equal((await anna.call(openItem, { gathering, item: second })).problem, "chair-only");
  await told(board, openItem, { gathering, item: second });
  for (const { caller } of people.slice(0, 3)) await told(caller, castVote, { vote, choice: "yes" });
  t.equal((await told(dora, castVote, { vote, choice: "no" })).seq, 1, "who is not there votes from where they are");
  await told(board, closeItem, { gathering, item: second });
  t.equal((await anna.call(castVote, { vote, choice: "no" })).problem, "vote-closed");
  const { items } = await told(board, readAssembly, { gathering });
  t.match(items[1], { state: "closed", vote: { id: vote, state: "counted", outcome: "passed" } }, "it is counted in the assembly");
}

async function ended(t: Test, { coop, board, people }: Members, gathering: string, left: string): Promise<void> {
  coop.wait(hourMs);
  await told(board, closeAssembly, { gathering });
  t.equal((await board.call(closeAssembly, { gathering })).problem, "not-in-this-state");
  t.equal((await people[1]!.caller.call(attendAssembly, { gathering, way: "room" })).problem, "not-in-this-state");
  const { state, vote } = await told(board, readProposal, { proposal: left });
  t.same({ state, vote }, { state: "admitted", vote: undefined }, "what the assembly did not come to waits for a day again");
  const first = await coop.db.selectFrom("governance.assembly_held").select(["gathering", "at"]).execute();
  t.same(first, [{ gathering, at: coop.now() }], "the founding ends some time after this");
}

async function minuted(t: Test, stage: Members, gathering: string, vote: string): Promise<void> {
  const { coop, board, people } = stage;
  await coop.settle();
  const page = async () => told(board, readMinutes, { gathering });
  const { text, hash, signatures, state } = await page();
  t.equal((await (await signedUp(coop, "Stella")).call(readMinutes, { gathering })).status, 404, "members read them, and who signs");
  t.equal(state, "drafted");
  const minutes = JSON.parse(text) as Minutes;
  t.match(minutes, { title: called.title, calledBy: "Fanny Founder", chair: "Fanny Founder", openedAt: "2026-03-20T17:00:00.000Z" });
  t.match(minutes.items, [
    { state: "closed", note: "Thirty of us, and a full reserve." },
    { state: "closed", vote: { id: vote, outcome: "passed", tally: /^[0-9a-f]{64}$/ } },
    { state: "notReached" },
  ]);
  t.match(
    minutes.present.filter(({ name }) => name === "Dora").map(({ way }) => way),
    ["link", "room"],
    "each coming and going",
  );
  const named = new Set(signatures.map(({ name }) => name));
  const [signers, others] = [people.filter(({ name }) => named.has(name)), people.filter(({ name }) => !named.has(name))];
  t.equal(signers.length, 3, "the chair and two tellers");
  t.equal((await others[0]!.caller.call(signMinutes, { gathering, hash })).problem, "signers-only");
  t.equal((await others[0]!.caller.call(addToMinutes, { gathering, text: "I was there." })).problem, "signers-only");
  t.equal((await board.call(signMinutes, { gathering, hash: "0".repeat(64) })).problem, "minutes-unlike");
  for (const { caller } of signers) await told(caller, signMinutes, { gathering, hash });
  t.equal((await board.call(signMinutes, { gathering, hash })).problem, "signed-already");
  await told(board, addToMinutes, { gathering, text: "Dora came by bicycle." });
  t.match(await page(), { state: "signed", text, hash, addenda: [{ name: "Fanny Founder", text: "Dora came by bicycle." }] });
  const changed = coop.db.updateTable("community.minutes").set({ text: "" }).execute();
  await t.rejects(changed, "nobody changes a word of them");
}

/** A vote on paper: nobody casts, two tellers count apart until they say the same, and the tally goes its way. Of another nobody takes note. */
async function onPaper(t: Test, stage: Members, proposal: string, unheeded: string): Promise<void> {
  const { board, people } = stage;
  await backAgain(stage, people);
  const items = [
    { kind: "vote", title: "A house", proposal, paper: true } as const,
    { kind: "vote", title: "A day", proposal: unheeded } as const,
  ];
  const { id: gathering } = await told(board, conveneAssembly, { ...called, begins: "2026-04-07T18:00", ends: "2026-04-07T20:00", items });
  const { vote = "" } = await told(board, readProposal, { proposal });
  const page = await told(board, readVote, { vote });
  t.match([page.mode, JSON.parse(page.notice)], ["paper", { paperBecause: "called" }], "it is said before anybody votes, and why");
  await held(stage, gathering, instant("2026-04-07T16:00:00Z"), async ({ id: item, title }) => {
    if (title === "A house") await counted(t, stage, { gathering, item, vote });
  });
  t.match(await told(board, readProposal, { proposal: unheeded }), { state: "admitted" }, "what too few came to waits to be asked anew");
  t.match(await told(board, readProposal, { proposal }), { state: "passed" });
  const { counts, tally } = await told(board, readTally, { vote });
  t.match(JSON.parse(tally), { cast: 4, roll: 5, outcome: "passed", stages: { colleges: [{ yes: 3, no: 1, abstain: 0 }] } });
  t.equal(counts.length, 4, "what each counted in each round is told afterwards");
  t.same((await told(board, listCalls, { vote })).items, []);
  const { text } = await told(board, readMinutes, { gathering });
  t.match((JSON.parse(text) as Minutes).items[0], { vote: { onPaper: true, cast: 4, outcome: "passed" } });
}

type Box = { readonly gathering: string; readonly item: string; readonly vote: string };

async function counted(t: Test, { board, people }: Members, { gathering, item, vote }: Box): Promise<void> {
  const { tellers } = await told(board, readAssembly, { gathering });
  const [one, other] = people.filter(({ name }) => tellers.includes(name)).map(({ caller }) => caller) as [Caller, Caller];
  const papers = { gathering, item, yes: 3, no: 1, abstain: 0 };
  const standing = async (who: Caller) => (await told(who, readAssembly, { gathering })).items[0]?.vote?.papers;
  t.equal((await one.call(castVote, { vote, choice: "yes" })).problem, "vote-on-paper");
  t.equal((await board.call(enterPapers, papers)).problem, "tellers-only");
  t.equal((await one.call(enterPapers, { ...papers, no: 3 })).problem, "papers-too-many", "no more than are there and on the roll");
  t.equal((await told(one, enterPapers, papers)).agreed, false);
  t.equal((await one.call(enterPapers, papers)).problem, "papers-entered");
  t.same(await standing(other), { round: 1, entered: 1, agreed: false, mine: false }, "nobody sees what one teller counted");
  t.same(await standing(one), { round: 1, entered: 1, agreed: false, mine: true });
  t.equal((await told(other, enterPapers, { ...papers, yes: 2 })).agreed, false);
  t.same(await standing(one), { round: 2, entered: 0, agreed: false, mine: false }, "unlike counts are counted again by both");
  t.equal((await board.call(closeItem, { gathering, item })).problem, "papers-uncounted");
  await told(other, enterPapers, papers);
  t.equal((await told(one, enterPapers, papers)).agreed, true);
  t.equal((await one.call(enterPapers, papers)).problem, "papers-agreed");
}

test("what is not put to a vote beside others", (t) => {
  const fee = { title: "A lower fee", subjects: ["fee.rate"] };
  const beside = { atStake: new Set(["fund.split"]), asked: 3, most: 4 };
  t.equal(objectionToAsking(fee, beside), undefined);
  t.equal(objectionToAsking(fee, { ...beside, atStake: new Set(["fund.split", "fee.rate"]) })?.type, "subject-at-stake");
  t.equal(objectionToAsking(fee, { ...beside, asked: 4 })?.type, "month-full");
  t.end();
});

test("what is asked on paper", (t) => {
  const asked = { method: "yesNo", weights: { members: 1 }, titles: { a: "A day" } } as const;
  t.equal(objectionToPaper(asked), undefined);
  t.equal(objectionToPaper({ ...asked, method: "schulze" })?.type, "paper-unfit");
  t.equal(objectionToPaper({ ...asked, weights: { members: 1, clients: 1 } })?.type, "paper-unfit");
  t.end();
});

/** One that nobody opens lapses, one that is cancelled is off; what stood on their agendas waits for a day again. */
async function notHeld(t: Test, stage: Members, day: string): Promise<void> {
  const { coop, board, people } = stage;
  await backAgain(stage, people);
  const items = [{ kind: "vote", title: "A day", proposal: day } as const];
  const inMay = { ...called, begins: "2026-05-05T18:00", ends: "2026-05-05T20:00", items };
  const { id: off } = await told(board, conveneAssembly, inMay);
  const { vote: offVote = "" } = await told(board, readProposal, { proposal: day });
  await told(board, cancelGathering, { gathering: off, because: "The house is closed." });
  await coop.settle();
  t.ok((await heard(people[2]!.caller, "voteMoved")).has(offVote), "whoever was to vote is told that nothing comes of it");
  t.equal((await told(board, readProposal, { proposal: day })).state, "admitted");
  const { id: forgotten } = await told(board, conveneAssembly, inMay);
  const { vote = "" } = await told(board, readProposal, { proposal: day });
  t.match(
    JSON.parse((await told(board, readVote, { vote })).notice),
    { convocation: 2, quorum: { ppm: 0 } },
    "asked anew, fewer are enough",
  );
  coop.wait(Date.parse("2026-05-05T18:00:00Z") - Date.parse(coop.now()) + 5 * hourMs);
  await coop.keepTime();
  t.equal((await told(coop.someone(), readAssembly, { gathering: forgotten })).state, "called");
  coop.wait(hourMs);
  for (let step = 0; step < 3; step += 1) await coop.keepTime();
  t.match(await told(coop.someone(), readAssembly, { gathering: forgotten }), {
    state: "lapsed",
    items: [{ state: "notReached", vote: { state: "annulled" } }],
  });
  t.equal((await told(coop.someone(), readProposal, { proposal: day })).state, "admitted");
  coop.wait(62 * dayMs);
  for (let step = 0; step < 3; step += 1) await coop.keepTime();
  const asked = await told(coop.someone(), readProposal, { proposal: day });
  t.equal(asked.state, "convened", "who waited long enough is voted like any other");
  t.match(
    JSON.parse((await told(coop.someone(), readVote, { vote: asked.vote ?? "" })).notice),
    { convocation: 2, extensionDays: 0 },
    "for the second time, and on a day of its own",
  );
}
