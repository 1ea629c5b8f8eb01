// Leaving the coop: notice is given and taken back, what was signed is finished and paid, and the share is repaid after the year's close.
import { test, type Test } from "tap";
import {
  approveHandIn,
  handIn,
  inviteMember,
  listBids,
  listEngagements,
  listReferences,
  placeBid,
  postJob,
  readEngagement,
  readLeaving,
  startEngagement,
} from "@partcommune/shared/marketplace/api";
import { admitMember, applyAsMember, endRole, giveRole, listPeople, readMe } from "@partcommune/shared/membership/api";
import { readProfile, saveProfile } from "@partcommune/shared/membership/api/directory";
import { readEmployment } from "@partcommune/shared/membership/api/employment";
import { giveNotice, stay } from "@partcommune/shared/membership/api/leaving";
import { nameAdviser } from "@partcommune/shared/membership/api/portfolio";
import { objectionToNotice, objectionToStaying, stages } from "@partcommune/shared/membership/rules";
import { openBeforeLeaving } from "@partcommune/shared/membership/rules/leaving";
import {
  askAdvance,
  confirmBankLine,
  confirmClosing,
  listPayables,
  listPayouts,
  listSelfBilled,
  proposeClosing,
  readBilling,
  readClosing,
  readStatement,
  setIban,
} from "@partcommune/shared/money/api";
import { readReportedIncome, readTaxpayer } from "@partcommune/shared/money/api/income-report";
import { readPay } from "@partcommune/shared/money/api/pay";
import { listSharesOwed } from "@partcommune/shared/money/api/share";
import { shareOfMember } from "@partcommune/shared/money/rules/accounts";
import { inTurn, objectionToShareRepaid } from "@partcommune/shared/money/rules/share-capital";
import { listMessages } from "@partcommune/shared/platform/api/messages";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import { moneyFrom } from "@partcommune/shared/platform/money";
import { dayMs, hourMs, later, millisecondsOf, type Day, type Instant } from "@partcommune/shared/platform/time";
import { balanceOf } from "@partcommune/server/money/index";
import { collegeSize } from "@partcommune/server/governance/store/roll";
import { countMembers } from "@partcommune/server/membership/index";
import { proving } from "../support/authenticator.ts";
import type { Caller } from "../support/coop.ts";
import { endow } from "../support/endowment.ts";
import { agreed, type Engaged } from "../support/engagements.ts";
import { posterJob } from "../support/jobs.ts";
import { carried, days, founded, voted } from "../support/members.ts";
import { bills } from "../support/paid-to.ts";
import { confirmedMember, personNamed, signedUp, withRole } from "../support/people.ts";
import { faultsFound } from "../support/planted.ts";
import { told } from "../support/told.ts";
import { bankBooked, clientPaid, entered, eur, ibans, signedPayout, treasury, type Treasury } from "../support/treasury.ts";

const none = {
  works: 0,
  payables: moneyFrom(eur("0.00")),
  budget: moneyFrom(eur("0.00")),
  advances: moneyFrom(eur("0.00")),
  expenses: 0,
  employments: 0,
};
const noon = "2026-12-01T12:00:00.000Z" as Instant;

test("what is open before somebody has left, line by line", (t) => {
  const of = (amount: string) => moneyFrom(eur(amount));
  const rows = [
    [{}, []],
    [{ works: 2 }, ["works"]],
    [{ payables: of("10.00"), budget: of("12.00") }, ["payables"]],
    [{ budget: of("2.00") }, ["budget"]],
    [{ budget: of("-2.00") }, ["budget"]],
    [
      { works: 1, payables: of("1.00"), advances: of("300.00"), expenses: 1, employments: 1 },
      ["works", "payables", "advances", "expenses", "employment"],
    ],
    [{ leavingAt: later(noon, -dayMs) }, []],
    [{ leavingAt: later(noon, 1 - dayMs) }, ["day"]],
  ] as const;
  for (const [standing, kinds] of rows)
    t.same(
      openBeforeLeaving({ ...none, ...standing }, noon).map(({ kind }) => kind),
      kinds,
    );
  t.end();
});

test("who gives notice, and who takes it back", (t) => {
  const of = (stage: (typeof stages)[number]) => ({ person: "anna", stage });
  const may = (refuses: (stage: (typeof stages)[number]) => unknown) => stages.filter((stage) => refuses(stage) === undefined);
  t.same(
    may((stage) => objectionToNotice(of(stage), [], false)),
    ["trial", "member", "associate"],
  );
  t.same(
    may((stage) => objectionToStaying(of(stage))),
    ["leaving"],
  );
  t.equal(objectionToNotice(of("associate"), ["anna"], false)?.type, "last-board");
  t.equal(objectionToNotice(of("associate"), ["anna", "marc"], false), undefined);
  t.equal(objectionToNotice(of("associate"), ["anna"], true), undefined, "whom members elected they elect anew");
  t.end();
});

test("shares are repaid in the order of leaving, as far as capital stays", (t) => {
  const share = (member: string, leftOn: string, amount = "20.00") => ({
    member,
    name: member,
    leftOn: leftOn as Day,
    amount: moneyFrom(eur(amount)),
  });
  const owed = [share("a", "2026-03-01"), share("b", "2026-12-31", "40.00"), share("c", "2027-01-01")];
  const waits = (paidIn: string, floor: string, closedUntil?: string) =>
    inTurn(owed, { paidIn: moneyFrom(eur(paidIn)), floor: moneyFrom(eur(floor)), closedUntil: closedUntil as Day | undefined }).map(
      ({ wait = "now" }) => wait,
    );
  t.same(waits("100.00", "0.00"), ["close", "close", "close"]);
  t.same(waits("100.00", "0.00", "2026-11-30"), ["close", "close", "close"]);
  t.same(waits("100.00", "0.00", "2026-12-31"), ["now", "now", "close"]);
  t.same(waits("100.00", "50.00", "2027-12-31"), ["now", "capital", "capital"], "what b may have is kept for b, though c's would fit");
  t.same(waits("100.00", "20.00", "2027-12-31"), ["now", "now", "now"]);
  t.same(waits("100.00", "20.01", "2027-12-31"), ["now", "now", "capital"]);
  const capital = { paidIn: moneyFrom(eur("100.00")), floor: moneyFrom(eur("50.00")), closedUntil: "2027-12-31" as Day };
  const [a, b] = inTurn(owed, capital);
  const said = (amount: string, turn = a) => turn && objectionToShareRepaid(moneyFrom(eur(amount)), turn, capital)?.type;
  t.same(
    [said("20.00"), said("19.99"), said("20.01"), said("40.00", b)],
    [undefined, "amount-differs", "amount-differs", "share-capital-floor"],
  );
  t.end();
});

type Stage = Treasury & {
  readonly work: Engaged;
  readonly person: string;
  readonly ada: Caller;
  readonly job: string;
  readonly bid: string;
};

const page = { handle: "anna", shown: true, headline: "Posters", about: "By hand.", languages: ["fr"], places: ["Lille"] } as const;

/** Anna owns a share, sits on the board, is followed by Ada, is shown in the directory, has one job signed and one bid open, and owes 300.00. */
async function associate(t: Test): Promise<Stage> {
  const stage = await treasury(t);
  const { coop, board, buyer, client, worker, member, tess } = stage;
  await endow(coop, "20000.00");
  await endow(coop, "2000.00", "advances");
  await told(worker, setIban, { member, iban: ibans[0] });
  await bills(worker, member);
  await bankBooked(stage, { kind: "sharePaid", member }, "20.00");
  const person = await personNamed(board, "Anna");
  await told(board, giveRole, { person, role: "board" });
  const ada = await withRole(coop, board, "Ada", "adviser");
  await told(board, nameAdviser, { member, adviser: await personNamed(board, "Ada") });
  await told(worker, saveProfile, { ...page, languages: ["fr"], places: ["Lille"] });
  const work = await agreed({ buyer, client, worker });
  const { id: job } = await told(buyer, postJob, posterJob(client));
  await told(buyer, inviteMember, { job: (await told(buyer, postJob, posterJob(client))).id, handle: "anna" });
  const { id: bid } = await told(worker, placeBid, { job, amount: eur("2000.00"), pitch: "One more." });
  await told(worker, askAdvance, { amount: eur("300.00") });
  await paidOut(stage, "300.00");
  t.equal((await tess.call(listPayables, {})).body.items.length, 0);
  return { ...stage, work, person, ada, job, bid };
}

/** Everything that is owed is signed by two, and the bank books it. */
async function paidOut(stage: Treasury, amount: string): Promise<void> {
  const { items } = await told(stage.tess, listPayables, {});
  const payout = await signedPayout(
    stage,
    items.map(({ id }) => id),
  );
  const batch = (await told(stage.tess, listPayouts, {})).items.find(({ id }) => id === payout);
  await bankBooked(stage, { kind: "payoutSettled", item: batch?.items[0]?.id ?? "" }, amount);
}

const noticesTo = async (caller: Caller): Promise<readonly string[]> =>
  (await told(caller, listNotices, { limit: 200 })).items.map(({ kind, place }) => `${kind} ${place}`);

const shareHeld = async ({ coop, member }: Treasury) => -((await balanceOf(coop, shareOfMember(member)))?.balance.minor ?? 0n);

test("an associate gives notice, finishes what she signed, is paid, has left, and is repaid her share after the year's close", async (t) => {
  const stage = await associate(t);
  const { coop, worker, member, board, job } = stage;
  await t.test("before she confirms she reads what is open and what ends", async (step) => {
    step.match(await told(worker, readLeaving, {}), {
      stage: "associate",
      open: [
        { kind: "works", count: 1 },
        { kind: "advances", amount: eur("300.00") },
      ],
      ends: { bids: 1, invitations: 1, roles: ["board"], seat: false, proxies: 0, votes: 0, shown: true },
      share: { amount: eur("20.00") },
    });
  });
  await t.test("the notice ends what is new, and tells who has to do with it", (step) => noticeGiven(step, stage));
  await t.test("she stays, and is an associate as before; then she leaves all the same", async (step) => {
    await told(worker, stay, {});
    step.match((await told(worker, readMe, {})).person, { stage: "associate", roles: [] }, "an office does not come back by itself");
    step.equal((await worker.call(stay, {})).problem, "not-in-this-state");
    step.equal((await stage.coop.someone().call(readProfile, { handle: "anna" })).status, 200);
    await told(worker, giveNotice, {});
    await coop.settle();
  });
  await t.test("she finishes, is paid, and her advance is settled", (step) => finished(step, stage));
  await t.test("she has left: her papers stay hers, and nothing else", (step) => gone(step, stage));
  t.equal((await worker.call(placeBid, { job, amount: eur("2000.00"), pitch: "Once more." })).problem, "members-only");
  await t.test("her share is repaid after the close, to the cent, once", (step) => repaid(step, stage));
  t.notOk((await told(board, listPeople, { limit: 200 })).items.find((each) => each.member === member)?.leavingAt);
});

async function noticeGiven(t: Test, { coop, worker, board, ada, bid, job, buyer, member, work: { page: read } }: Stage): Promise<void> {
  const before = await countMembers(coop);
  t.equal((await told(board, listPeople, { limit: 200 })).items.find((each) => each.member === member)?.leavingAt, undefined);
  await told(worker, giveNotice, {});
  const twice = await worker.call(giveNotice, {});
  t.equal(twice.problem, "not-in-this-state");
  t.match(JSON.parse(twice.text), { facts: { state: "leaving" } });
  await coop.settle();
  t.match((await told(worker, readMe, {})).person, { stage: "leaving", roles: [] });
  t.equal((await worker.call(listPeople, {})).problem, "role-needed", "her office ended with it");
  t.equal((await told(board, listPeople, { limit: 200 })).items.find((each) => each.member === member)?.leavingAt, coop.now());
  t.same(
    (await told(buyer, listBids, { job })).items.map(({ id, state }) => [id, state]),
    [[bid, "withdrawn"]],
  );
  t.ok((await noticesTo(buyer)).includes("invitationDeclined job"), "who invited her may ask others");
  t.equal((await worker.call(placeBid, { job, amount: eur("2000.00"), pitch: "Again." })).problem, "work-while-leaving");
  t.equal((await worker.call(askAdvance, { amount: eur("1.00") })).problem, "advance-while-leaving");
  t.equal((await coop.someone().call(readProfile, { handle: "anna" })).status, 404);
  t.same(
    [await collegeSize(coop, "members", coop.now()), await countMembers(coop)],
    [0, before],
    "on no new roll, and a member until she has left",
  );
  t.ok((await noticesTo(board)).includes("memberLeaving people"));
  t.ok((await noticesTo(ada)).includes("memberLeaving portfolio"));
  t.equal((await read(worker)).state, "covered", "what was signed stands");
}

async function finished(t: Test, stage: Stage): Promise<void> {
  const { coop, worker, buyer, work } = stage;
  const { engagement, milestone, page: read } = work;
  await told(worker, startEngagement, { engagement });
  await told(worker, handIn, { milestone, text: "It is done." });
  const { invoice } = await told(buyer, approveHandIn, { milestone, version: (await read()).milestones[0]?.version ?? 0 });
  t.match((await told(worker, readLeaving, {})).open, [{ kind: "works" }, { kind: "payables" }, { kind: "advances" }, { kind: "day" }]);
  await clientPaid(stage, invoice.id, "2420.00");
  t.match(
    (await told(worker, readLeaving, {})).open,
    [{ kind: "works" }, { kind: "payables", amount: eur("1530.00") }, { kind: "day" }],
    "the work has repaid the advance",
  );
  coop.wait(25 * hourMs);
  await coop.keepTime();
  t.match((await told(worker, readMe, {})).person, { stage: "leaving" }, "as long as the bank has not paid her");
  await paidOut(stage, "1530.00");
  await coop.settle();
  t.same((await told(worker, readLeaving, {})).open, []);
  await coop.keepTime();
  await coop.settle();
  t.match((await told(worker, readMe, {})).person, { stage: "left", member: stage.member });
}

async function gone(t: Test, stage: Stage): Promise<void> {
  const { coop, worker, member, board, work } = stage;
  t.match(await told(worker, readLeaving, {}), {
    stage: "left",
    leftOn: "2026-12-02",
    open: [],
    share: { amount: eur("20.00"), closesOn: "2026-12-31", wait: "close" },
  });
  t.ok((await noticesTo(worker)).includes("membershipEnded leaving"));
  t.match(await told(worker, readStatement, { member }), { balance: eur("0.00"), years: [2026] });
  t.equal((await worker.raw({ method: "GET", url: `/api/v1/members/${member}/year?year=2026` })).statusCode, 200);
  t.equal((await worker.call(setIban, { member, iban: ibans[1] })).status, 200);
  t.equal((await told(worker, readEngagement, { engagement: work.engagement })).state, "finished");
  t.equal((await told(worker, listEngagements, {})).items.length, 1);
  const { engagement } = work;
  for (const read of [
    await worker.call(listReferences, { engagement }),
    await worker.call(listMessages, { subjectKind: "engagement", subject: engagement }),
    await worker.call(readPay, { member }),
    await worker.call(listSelfBilled, { member }),
    await worker.call(readReportedIncome, { member }),
    await worker.call(readTaxpayer, { member }),
    await worker.call(readEmployment, { member }),
    await worker.call(readBilling, { member }),
  ])
    t.equal(read.status, 200, read.text);
  for (const refused of [
    await worker.call(stay, {}),
    await worker.call(giveNotice, {}),
    await worker.call(askAdvance, { amount: eur("1.00") }),
  ])
    t.equal(refused.problem, "members-only");
  t.equal((await worker.call(applyAsMember, { status: "invoiced", trade: "posters" })).problem, "member-already");
  const { branch, stage: now } = (await told(board, listPeople, { limit: 200 })).items.find((each) => each.member === member) ?? {};
  t.same([now, branch], ["left", undefined]);
  t.equal(await countMembers(coop), 0);
}

async function repaid(t: Test, stage: Stage): Promise<void> {
  const { coop, board, tess, tom, worker, member } = stage;
  const means = { kind: "shareRepaid", member } as const;
  t.equal((await entered(stage, means, "20.00")).problem, "share-before-close");
  t.match((await told(tess, listSharesOwed, {})).items, [
    { member, name: "Anna", leftOn: "2026-12-02", amount: eur("20.00"), closesOn: "2026-12-31", wait: "close" },
  ]);
  const { member: other } = await confirmedMember(coop, board, "Marc");
  t.equal(
    (await entered(stage, { kind: "shareRepaid", member: other }, "20.00")).problem,
    "not-in-this-state",
    "who has not left is not repaid",
  );
  await yearClosed(stage);
  t.match((await told(tess, listSharesOwed, {})).items, [{ member, wait: undefined }]);
  for (const wrong of ["19.99", "20.01", "40.00"]) t.equal((await entered(stage, means, wrong)).problem, "amount-differs", wrong);
  const lines = [];
  for (const _ of [1, 2]) lines.push((await entered(stage, means, "20.00")).body.id);
  const booked = await Promise.all(lines.map(async (line) => (await tom.call(confirmBankLine, { line })).problem ?? "booked"));
  t.same(new Set(booked), new Set(["booked", "more-than-open"]), "of two at once one is booked");
  t.equal(await shareHeld(stage), 0n);
  t.equal((await entered(stage, means, "20.00")).problem, "more-than-open", "and none later");
  t.same((await told(tess, listSharesOwed, {})).items, []);
  await coop.settle();
  t.ok((await noticesTo(worker)).includes("shareRepaid leaving"));
  t.match((await told(worker, readLeaving, {})).share, { amount: eur("0.00"), wait: undefined });
  await faultsFound(t, coop, [
    ["money-shares-repaid", `update membership.member set stage = 'associate', left_at = null where id = '${member}'`],
    ["money-shares-repaid", `update money.bank_line set member = '${other}' where kind = 'shareRepaid' and state = 'booked'`],
  ]);
}

/** January comes, and both treasurers close the months of the year by what the book says of the bank. */
async function yearClosed({ coop, tess, tom }: Pick<Treasury, "coop" | "tess" | "tom">): Promise<void> {
  coop.wait(millisecondsOf("2027-01-05T09:00:00.000Z" as Instant) - millisecondsOf(coop.now()));
  await coop.db
    .updateTable("membership.session")
    .set({ used_at: coop.now(), expires_at: later(coop.now(), dayMs) })
    .execute();
  await coop.keepTime();
  for (;;) {
    const { next } = await told(tess, readClosing, {});
    if (!next || next.until > "2026-12-31") return;
    const { id } = await told(tess, proposeClosing, { until: next.until, bank: next.bank });
    await told(tom, confirmClosing, { closing: id });
    await coop.keepTime();
  }
}

test("nobody leaves for somebody else, without a proof, or the coop without a board", async (t) => {
  const { coop, board, worker, member } = await treasury(t);
  const marc = (await confirmedMember(coop, board, "Marc")).caller;
  t.equal((await marc.call(giveNotice, {})).problem, "proof-needed");
  const named = await proving(coop, marc).call(giveNotice, { member } as never);
  t.equal(named.status, 400, "there is no word for whose notice it is");
  for (const who of [marc, worker]) t.match((await told(who, readMe, {})).person, { stage: "member" });
  t.equal((await (await signedUp(coop, "Steve")).call(giveNotice, {})).problem, "members-only");
  t.equal((await coop.someone().call(giveNotice, {})).problem, "sign-in-first");
  const fanny = proving(coop, board);
  const { id: own } = await told(fanny, applyAsMember, { status: "invoiced", trade: "care" });
  await told(board, giveRole, { person: await personNamed(board, "Marc"), role: "board" });
  await told(marc, admitMember, { member: own });
  await told(board, endRole, { person: await personNamed(board, "Marc"), role: "board" });
  t.equal((await fanny.call(giveNotice, {})).problem, "last-board");
  t.match((await told(fanny, readMe, {})).person, { stage: "trial", roles: ["board", "operator"] });
});

test("with nothing open a notice still waits a day, in which it is taken back", async (t) => {
  const { coop, worker } = await treasury(t);
  const said = await Promise.all([1, 2, 3, 4].map(async () => (await worker.call(giveNotice, {})).problem ?? "given"));
  t.same(
    said.toSorted((one, other) => one.localeCompare(other)),
    ["given", "not-in-this-state", "not-in-this-state", "not-in-this-state"],
    "of four at once one is taken",
  );
  await coop.keepTime();
  t.match(await told(worker, readLeaving, {}), { stage: "leaving", open: [{ kind: "day", until: later(coop.now(), dayMs) }] });
  await told(worker, stay, {});
  coop.wait(25 * hourMs);
  await coop.keepTime();
  t.match((await told(worker, readMe, {})).person, { stage: "member" });
});

test("capital that members voted to keep is kept, and a share waits for it", async (t) => {
  const stage = await founded(t, ["Fanny", "Bela", "Chloe", "Dora"]);
  const { coop, tess, people } = stage;
  await voted(stage, [
    await carried(stage, 0, "Keep what we have", { kind: "bylaws", changes: [{ key: "share.capitalFloor", base: 1, value: "80" }] }),
  ]);
  const [, , , dora] = people;
  const { caller, member } = dora ?? people[0]!;
  await told(caller, giveNotice, {});
  await days(coop, 2);
  t.equal((await told(caller, readLeaving, {})).stage, "left");
  await yearClosed(stage);
  t.match((await told(tess, listSharesOwed, {})).items, [{ member, wait: "capital" }]);
  const means = { kind: "shareRepaid", member } as const;
  const refused = await entered(stage, means, "20.00");
  t.equal(refused.problem, "share-capital-floor");
  t.match(JSON.parse(refused.text), { facts: { floor: eur("80.00"), capital: eur("80.00") }, changedBy: /by vote/ });
  t.match((await told(caller, readLeaving, {})).share, { wait: "capital" });
  await bankBooked(stage, { kind: "sharePaid", member: people[1]?.member ?? "" }, "20.00");
  t.equal((await bankBooked(stage, means, "20.00")).problem, undefined, "a share that another member pays makes room");
});
