// One job from the founding of the coop to the member's bank account and share, through the public doors alone; at its end the whole book is printed and asked.
import { join } from "node:path";
import { test, type Test } from "tap";
import { foundCoop } from "@partcommune/shared/governance/api";
import {
  acceptBid,
  approveHandIn,
  askChanges,
  handIn,
  listBids,
  searchJobs,
  placeBid,
  postJob,
  readEngagement,
  signEngagement,
  startEngagement,
} from "@partcommune/shared/marketplace/api";
import {
  admitMember,
  applyAsMember,
  askToSignIn,
  confirmMember,
  foundClient,
  listApplicants,
  openSession,
  readMe,
} from "@partcommune/shared/membership/api";
import {
  confirmBankLine,
  confirmClosing,
  discardBankLine,
  enterBankLine,
  listInvoices,
  listOpenInvoices,
  listPayables,
  listLenders,
  listPayouts,
  nameLender,
  orderPayouts,
  proposeClosing,
  readClosing,
  readOpening,
  readStatement,
  readVat,
  signPayout,
} from "@partcommune/shared/money/api";
import { answerWarning, listFigureEntries, readFundEntry, readFund, readFundHistory, readStress } from "@partcommune/shared/mutual/api";
import { stress } from "@partcommune/shared/mutual/rules/stress";
import { runFrom, type StressFields } from "@partcommune/shared/mutual/rules/stress-fields";
import { verdictOf } from "@partcommune/shared/mutual/rules/stress-verdict";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import { figureIds, potFigure } from "@partcommune/shared/mutual/rules/figures";
import { amountText, moneyFrom } from "@partcommune/shared/platform/money";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { dayMs, type Day } from "@partcommune/shared/platform/time";
import { proving } from "../support/authenticator.ts";
import { coop as coopVerb } from "../support/cli.ts";
import { heldBy, hledgerSum, judgeIsHere } from "../support/judges.ts";
import { openCoop, type Caller, type TestCoop } from "../support/coop.ts";
import { forecastText } from "../support/forecast.ts";
import { atelierCommun } from "../support/founding.ts";
import { posterJob } from "../support/jobs.ts";
import { keepLedger, printedLedger } from "../support/ledger.ts";
import { paidTo } from "../support/paid-to.ts";
import { codeFor, organisation, signedUp, signInAgain, withRole } from "../support/people.ts";
import { told } from "../support/told.ts";
import { eur, ibans } from "../support/treasury.ts";

type Story = {
  readonly t: Test;
  readonly coop: TestCoop;
  readonly board: Caller;
  readonly carla: Caller;
  readonly client: string;
  readonly marc: Caller;
  readonly member: string;
  readonly tess: Caller;
  readonly tom: Caller;
};

/** Days go by: letters leave, and what falls due is done. */
async function pass(coop: TestCoop, days: number): Promise<void> {
  await coop.settle();
  coop.wait(days * dayMs);
  await coop.keepTime();
}

// In the past of any machine, because the checks of `npm run coop` go by the real clock.
const beginning = "2026-02-02T09:00:00Z";
const job = { startOn: "2026-02-16", endOn: "2026-02-20", bidsUntil: "2026-02-09" };
const price = eur("2000.00");
const opening = {
  endowments: { guarantee: "12000.00", insurance: "0", coaching: "0", advances: "0", reserve: "10000.00", running: "0" },
  loan: "8000.00",
  averageJob: "2000.00",
  jobsAMonth: 4,
  clientDays: 45,
  runningCost: "0",
};

/** What came of it on the first day, and the work that it is to carry. */
const carried = {
  averageJob: moneyFrom(price),
  jobsAMonth: opening.jobsAMonth,
  clientDays: opening.clientDays,
  pot: moneyFrom(eur("12000.00")),
  cash: moneyFrom(eur("24000.00")),
};

test("a job over HTTP, from the founding and its opening fund to the last cent: the member is paid before the client", async (t) => {
  const story = await gathered(t);
  const { coop, marc, member, client } = story;
  const lender = await fundOpened(story);
  const engagement = await agreedOn(story);
  t.match(await told(marc, readEngagement, { engagement }), { promise: { guaranteed: true, workingDays: 7 } });
  await worked(story, engagement);
  await memberIsPaidAhead(story, engagement);
  await clientPays(story, engagement);
  await shareIsPaid(story);
  await booked(story, "debit 2", "8000.00", { kind: "loanRepaid", lender });
  t.match((await told(story.tess, listLenders, {})).items, [{ name: "Caisse des Quais", owed: eur("0.00") }]);
  t.match(await told(marc, readStatement, { member }), { balance: eur("0.00"), available: eur("0.00"), payables: [{ state: "paid" }] });
  await opened(story);
  await warned(story);
  await monthsClosed(story);
  keepLedger(
    t,
    join(import.meta.dirname, "a-job-over-http.ledger.txt"),
    forecastText(carried) +
      "\n" +
      (await printedLedger(coop, { [member]: "Marc", [client]: "Musée du Canal", [lender]: "Caisse des Quais" })),
  );
  const asked = await coopVerb(coop.url, "ledger", "check");
  t.equal(asked.code, 0, asked.out + asked.error);
  t.match(asked.out, /^ok +ledger-trial-balance$/m);
});

test("without an endowment nothing is guaranteed, the page says why, and the member is paid after the client", async (t) => {
  const story = await gathered(t);
  const { coop, marc, tess } = story;
  const engagement = await agreedOn(story);
  const { promise } = await told(marc, readEngagement, { engagement });
  t.match(promise, { guaranteed: false });
  t.match(
    promise?.answers.filter(({ holds }) => !holds),
    [
      { question: "G6", lack: { has: eur("0.00"), needs: eur("183.00"), short: eur("5183.00") } },
      { question: "G7", lack: { has: eur("0.00"), needs: eur("1830.00"), short: eur("1830.00") } },
    ],
  );
  await worked(story, engagement);
  await paidTo(marc, story.member, ibans[0]);
  await pass(coop, 20);
  const owed = async () => (await told(tess, listPayables, {})).items;
  t.match(await owed(), [{ waitsFor: "client", dueOn: undefined }]);
  const [open] = (await told(tess, listOpenInvoices, {})).items;
  await booked(story, "credit 1", "2420.00", { kind: "clientPaid", invoice: open?.id ?? "" });
  t.match(await owed(), [{ waitsFor: undefined }], "ready the moment the client has paid");
  t.match((await told(tess, readFund, {})).coverage, { ppm: 1_092_896, level: "amber" }, "1.09");
  const payout = await ordered(story);
  const item = (await told(tess, listPayouts, {})).items.find(({ id }) => id === payout)?.items[0]?.id ?? "";
  await booked(story, "debit 1", "1830.00", { kind: "payoutSettled", item });
  t.match(await told(marc, readEngagement, { engagement }), { state: "finished", milestones: [{ state: "settled" }] });
});

/** What the founders planned comes: into two pots from them, and a loan; the desk waits for less with each. */
async function fundOpened(story: Story): Promise<string> {
  const { t, tess } = story;
  t.match(await told(tess, readOpening, {}), {
    pots: [{ pot: "guarantee", toCome: eur("12000.00") }, { pot: "reserve" }],
    loan: { toCome: eur("8000.00") },
  });
  const { id: lender } = await told(tess, nameLender, { name: "Caisse des Quais" });
  t.equal((await tess.call(nameLender, { name: "Caisse des Quais" })).problem, "lender-known");
  const from = { by: "founders", from: "Fanny Founder" } as const;
  await booked(story, "credit a", "12000.00", { kind: "endowed", pot: "guarantee", ...from });
  await booked(story, "credit b", "4000.00", { kind: "endowed", pot: "reserve", ...from });
  await booked(story, "credit c", "8000.00", { kind: "loanReceived", lender });
  const more = { bookedOn: story.coop.now().slice(0, 10), amount: eur("8000.01"), reference: "debit a" };
  t.equal((await tess.call(enterBankLine, { ...more, means: { kind: "loanRepaid", lender } })).problem, "more-than-open");
  t.match(await told(tess, readOpening, {}), {
    pots: [{ toCome: eur("0.00") }, { toCome: eur("6000.00") }],
    loan: { toCome: eur("0.00") },
  });
  t.match(await told(tess, readFund, {}), { pots: [{ pot: "guarantee", balance: eur("12000.00"), available: eur("7000.00") }] });
  return lender;
}

/** Every figure of the fund opens into rows that sum to it, and another program reckons the same from the journal. */
async function opened({ t, coop, carla, tess }: Story): Promise<void> {
  const fund = await told(carla, readFund, {});
  const said: Readonly<Record<string, string>> = {
    total: fund.total.amount,
    cameIn: fund.cameIn.amount,
    wentOut: fund.wentOut.amount,
    bank: fund.coverage.bank.amount,
    vatDue: fund.coverage.vatDue.amount,
    owedToMembers: fund.coverage.owedToMembers.amount,
    inTransit: fund.coverage.inTransit.amount,
    owedToSisters: fund.coverage.owedToSisters.amount,
    exposed: fund.guarantee.exposure.amount,
    lost: fund.guarantee.lost.amount,
    recovered: fund.guarantee.recovered.amount,
    ...Object.fromEntries(fund.pots.map(({ pot, balance }) => [potFigure(pot), balance.amount])),
  };
  const minor = (amount: string): bigint => moneyFrom(eur(amount)).minor;
  for (const figure of figureIds)
    for (const caller of [carla, tess]) {
      const { sum, items } = await told(caller, listFigureEntries, { figure });
      t.equal(sum.amount, said[figure], `${figure} is what the page says`);
      t.equal(
        items.reduce((so, { amount }) => so + minor(amount.amount), 0n),
        minor(sum.amount),
        `and what its rows sum to`,
      );
    }
  const pots = await told(carla, listFigureEntries, { figure: "total", limit: 2 });
  t.match([pots.items.length, pots.entries, pots.rowByRow], [2, 3, true]);
  t.match((await told(carla, listFigureEntries, { figure: "total", limit: 2, after: pots.next ?? "" })).items, [{ kind: "fund.endowed" }]);
  const history = await told(carla, readFundHistory, {});
  const now = history.months.at(-1);
  t.same(now?.total, fund.total, "the last month of the history is the fund of today");
  t.equal(now?.coveragePpm, fund.coverage.ppm);
  t.same(
    now?.pots.map(({ balance }) => balance),
    fund.pots.map(({ balance }) => balance),
  );
  t.ok(
    history.payouts.every(({ about }) => about.amount.endsWith("0.00")),
    "payouts are told to the next ten",
  );
  const newest = (await told(carla, listFigureEntries, { figure: "cameIn" })).items.find(({ kind }) => kind === "invoice.issued")?.id ?? "";
  const one = await told(carla, readFundEntry, { entry: newest });
  t.ok(
    one.legs.length > 0 && one.legs.every(({ account }) => account.startsWith("pot:")),
    "of an invoice everybody sees what the pots got",
  );
  t.ok(
    one.bylaws.some(({ key }) => key === "fee.rate"),
    "by which rule",
  );
  t.match(one.seal, { root: /^[0-9a-f]{64}$/ }, "and under which seal");
  t.ok(
    (await told(tess, readFundEntry, { entry: newest })).legs.some(({ account }) => /^member:[0-9a-f-]{36}/.test(account)),
    "a treasurer sees all of it",
  );
  const budgets = await told(carla, listFigureEntries, { figure: "owedToMembers" });
  t.match(
    [budgets.rowByRow, budgets.items[0]?.id, budgets.items[0]?.accounts],
    [false, undefined, []],
    "what somebody earned is told by month",
  );
  t.match((await told(tess, listFigureEntries, { figure: "owedToMembers" })).items[0]?.accounts, [/^member:[0-9a-f-]{36}:budget$/]);
  const { body: file } = await coop.app.inject("/api/v1/fund/entries/csv?figure=total");
  t.notMatch(file, /(^|,|")[=+@]/m, "no cell is a formula");
  t.match(file, /2026-02-02,fund\.endowed,.*,12000\.00,EUR/);
  await coop.keepTime();
  const { out: journal } = await coopVerb(coop.url, "ledger", "journal");
  t.match(journal, /2026-02-02 \* fund\.endowed {2}; entry: /);
  if (!judgeIsHere("hledger")) return void t.comment("skipped: hledger is not here");
  const held = [...heldBy("hledger", journal)];
  const heldOn = (...names: readonly RegExp[]): bigint =>
    held.reduce((sum, [name, amount]) => (names.some((each) => each.test(name)) ? sum + minor(amount.split(" ")[0] ?? "") : sum), 0n);
  t.equal(heldOn(/^bank:/), minor(said["bank"] ?? ""), "hledger: bank");
  const credits: Readonly<Record<string, readonly RegExp[]>> = {
    total: [/^pot:/],
    vatDue: [/^vat:..:due$/],
    owedToMembers: [/^member:[^:]*:budget/],
    inTransit: [/^payout:transit$/, /^claims:payable$/, /^payroll:/],
    owedToSisters: [/^payable:coop:/],
    ...Object.fromEntries(fund.pots.map(({ pot }) => [potFigure(pot), [new RegExp(`^pot:${pot}$`)]])),
  };
  for (const [figure, names] of Object.entries(credits)) t.equal(-heldOn(...names), minor(said[figure] ?? ""), `hledger: ${figure}`);
  const month = ["date:2026-02"];
  t.equal(-minor(hledgerSum(journal, "^pot:", "amt:<0", ...month)), minor(said["cameIn"] ?? ""), "hledger: cameIn");
  t.equal(hledgerSum(journal, "^pot:", "amt:>0", ...month), said["wentOut"], "hledger: wentOut");
  t.throws(() => hledgerSum(journal.replace("12000.00", "12000.01"), "^pot:"), "a cent more and it is no book");
}

/** A month later everything still hangs on one client: the fund says so in public, the board answers, and what would break it is reckoned and kept. */
async function warned({ t, coop, board, carla }: Story): Promise<void> {
  const { concentration, coverage, lasting, front } = await told(carla, readFund, {});
  t.match(coverage, { level: "fine", limitPpm: 1_000_000 });
  t.same(
    concentration.map(({ by, name, ppm, level }) => [by, name, ppm, level]),
    [
      ["client", undefined, 1_000_000, "red"],
      ["branch", "Atelier Commun", 1_000_000, "red"],
      ["activity", "graphic design", 1_000_000, "red"],
      ["activityCountry", "graphic design, BE", 1_000_000, "red"],
    ],
    "a client has no name here",
  );
  t.match(lasting, { payouts: eur("427.00"), reserveTenths: 94 });
  t.match(front, { turnover: eur("2000.00"), clientDays: 20, memberDays: 10, need: eur("0.00") });
  await pass(coop, 1);
  t.same((await told(carla, readFund, {})).warnings, [], "a young coop hangs on its first client, and nobody learns from hearing it");
  await pass(coop, 30);
  await signInAgain(coop, carla, "Carla Client");
  const { email } = atelierCommun.founder;
  await told(board, askToSignIn, { email, language: "en" });
  await coop.settle();
  await told(board, openSession, { email, code: codeFor(coop, email) });
  const { warnings } = await told(carla, readFund, {});
  t.same(new Set(warnings.map(({ cause }) => cause)), new Set(["client", "branch", "activity", "activityCountry"]));
  t.match((await told(board, listNotices, {})).items, [{ kind: "fundWarned", place: "fund" }]);
  const warning = warnings.find(({ cause }) => cause === "client")?.id ?? "";
  const answer = { warning, kind: "plan", text: "Two more museums are asked this month." } as const;
  t.equal((await carla.call(answerWarning, answer)).problem, "role-needed");
  await told(board, answerWarning, answer);
  t.equal((await board.call(answerWarning, answer)).problem, "not-in-this-state");
  t.match(
    (await told(carla, readFund, {})).warnings.find(({ id }) => id === warning),
    { answer: { by: "Fanny Founder", kind: "plan" } },
  );
  const { kept, fields, clientPpm, currency } = await told(carla, readStress, {});
  t.same([kept.map(({ preset }) => preset), clientPpm], [["all", "barred", "client", "late"], 1_000_000]);
  t.match(fields, { turnover: "1000.00", cash: "16610.00", "pot-guarantee": "12068.00", feeRate: "8.5", vatRate: "21", memberDays: "10" });
  const late = kept.find(({ preset }) => preset === "late");
  const again = runFrom(late?.fields as StressFields, currency);
  const verdict = again && verdictOf(stress(again.standing, again.shock), 1_000_000n);
  t.same(
    late?.lowest,
    eur(amountText({ minor: verdict?.lowest.cash ?? 0n, currency })),
    "what was kept is what anybody reckons from the same fields",
  );
}

/** The founder, a client, a member on trial and two treasurers. */
async function gathered(t: Test): Promise<Story> {
  const coop = await openCoop(t, { now: beginning });
  const board = coop.someone();
  await told(board, foundCoop, { ...atelierCommun, opening });
  t.match(await told(board, readMe, {}), { person: { name: "Fanny Founder", roles: ["board", "operator"] } });
  const carla = await signedUp(coop, "Carla Client");
  const { id: client } = await told(carla, foundClient, organisation);
  const marc = await signedUp(coop, "Marc Member");
  const { id: member } = await told(marc, applyAsMember, { status: "invoiced", trade: "graphic design" });
  t.match((await told(board, listApplicants, {})).items, [{ id: member, name: "Marc Member" }]);
  await told(board, admitMember, { member });
  const treasurer = async (name: string) => proving(coop, await withRole(coop, board, name, "treasurer"));
  const [tess, tom] = [await treasurer("Tess Treasurer"), await treasurer("Tom Treasurer")];
  return { t, coop, board, carla, client, marc: proving(coop, marc), member, tess, tom };
}

/** Posted, found, bid on, accepted, and signed by both: an engagement. */
async function agreedOn({ t, carla, client, marc }: Story): Promise<string> {
  await told(carla, postJob, { ...posterJob(client), ...job });
  const [found] = (await told(marc, searchJobs, {})).items;
  await told(marc, placeBid, { job: found?.id ?? "", amount: price, pitch: "Ten years of posters." });
  const [bid] = (await told(carla, listBids, { job: found?.id ?? "" })).items;
  const { engagement } = await told(carla, acceptBid, { bid: bid?.id ?? "", version: 1, amount: price });
  for (const side of [carla, marc]) {
    const { hash } = await told(side, readEngagement, { engagement });
    await told(side, signEngagement, { engagement, hash });
  }
  t.match(await told(marc, readEngagement, { engagement }), { state: "covered", coveredBy: "rule" });
  return engagement;
}

/** Handed in, sent back with a point, handed in again, approved. */
async function worked({ t, coop, carla, marc, member, client }: Story, engagement: string): Promise<void> {
  await told(marc, startEngagement, { engagement });
  const shown = async () => (await told(carla, readEngagement, { engagement })).milestones[0];
  const milestone = (await shown())?.id ?? "";
  await told(marc, handIn, { milestone, text: "Three files." });
  await pass(coop, 1);
  await told(carla, askChanges, { milestone, points: ["The date is wrong on the large one."] });
  await pass(coop, 1);
  await told(marc, handIn, { milestone, text: "Three files, the date is right." });
  const twice = await shown();
  t.same([twice?.handIns.length, twice?.changes.length], [2, 1]);
  const { invoice } = await told(carla, approveHandIn, { milestone, version: twice?.version ?? 0 });
  t.equal(invoice.number, "BE-2026-000001");
  t.match((await told(carla, listInvoices, { client })).items, [{ id: invoice.id, gross: eur("2420.00"), paid: eur("0.00") }]);
  t.match(await told(marc, readStatement, { member }), { balance: eur("1830.00"), available: eur("0.00") });
}

/** A line of the bank that Tess enters, cannot confirm herself, and Tom confirms. */
async function booked(
  { t, coop, tess, tom }: Story,
  reference: string,
  amount: string,
  means: AskedOf<typeof enterBankLine>["means"],
): Promise<void> {
  const bookedOn = coop.now().slice(0, 10);
  const { id: line } = await told(tess, enterBankLine, { bookedOn, amount: eur(amount), reference, means });
  t.equal((await tess.call(confirmBankLine, { line })).problem, "second-person-needed");
  await told(tom, confirmBankLine, { line });
  await coop.settle();
}

/** On the fifth working day the fund pays: ordered by Tess, signed by Tom, and booked by the bank on the sixth. The client has paid nothing yet. */
async function memberIsPaidAhead(story: Story, engagement: string): Promise<void> {
  const { t, coop, marc, member, tess } = story;
  t.match((await told(tess, listPayables, {})).items, [{ waitsFor: "day", amount: eur("1830.00") }]);
  await paidTo(marc, member, ibans[0]);
  await pass(coop, 7);
  await coop.keepTime();
  t.match((await told(tess, readFund, {})).pots, [{ pot: "guarantee", balance: eur("12068.00"), held: eur("183.00") }]);
  const payout = await ordered(story);
  t.match(await told(marc, readEngagement, { engagement }), { milestones: [{ payable: { state: "ordered", dueOn: "2026-02-13" } }] });
  await pass(coop, 1);
  const item = (await told(tess, listPayouts, {})).items.find(({ id }) => id === payout)?.items[0]?.id ?? "";
  await booked(story, "debit 1", "1830.00", { kind: "payoutSettled", item });
  const paid = { payable: { state: "paid" }, invoice: { paid: eur("0.00") } };
  t.match(await told(marc, readEngagement, { engagement }), { milestones: [{ state: "memberPaid", ...paid }] });
  t.match((await told(tess, readFund, {})).guarantee, { due: 1, onTime: 1, exposure: eur("1830.00") });
}

/** All that can be paid, ordered by Tess and signed by Tom. */
async function ordered({ t, tess, tom }: Story): Promise<string> {
  const payables = (await told(tess, listPayables, {})).items.map(({ id }) => id);
  const { id: payout, hash } = await told(tess, orderPayouts, { payables });
  t.equal((await tess.call(signPayout, { payout, hash })).problem, "second-person-needed");
  await told(tom, signPayout, { payout, hash });
  return payout;
}

/** Twelve days after the member was paid: what was held back is free again, and nobody is paid a second time. */
async function clientPays(story: Story, engagement: string): Promise<void> {
  const { t, coop, marc, tess } = story;
  await pass(coop, 12);
  const [open] = (await told(tess, listOpenInvoices, {})).items;
  await booked(story, "credit 1", "2420.00", { kind: "clientPaid", invoice: open?.id ?? "" });
  const payers = await coop.db.selectFrom("membership.client").select("id").where("paid_at", "is not", null).execute();
  t.same(payers, [{ id: story.client }], "whoever pays may have a say in the college of clients");
  t.same((await told(tess, listOpenInvoices, {})).items, []);
  t.same((await told(tess, listPayables, {})).items, []);
  t.match(await told(marc, readEngagement, { engagement }), {
    state: "finished",
    milestones: [{ state: "settled", invoice: { paid: eur("2420.00") } }],
  });
  t.match((await told(tess, readFund, {})).guarantee, { exposure: eur("0.00") });
}

/** Every month that is over is closed by two, nothing is dated into it any more, and its VAT is paid. */
async function monthsClosed(story: Story): Promise<void> {
  const { t, coop, tess, tom } = story;
  for (const [each, name] of [
    [tess, "Tess Treasurer"],
    [tom, "Tom Treasurer"],
  ] as const)
    await signInAgain(coop, each, name);
  for (let { next } = await told(tess, readClosing, {}); next?.over; { next } = await told(tess, readClosing, {})) {
    const { id } = await told(tess, proposeClosing, { until: next.until, bank: next.bank });
    await told(tom, confirmClosing, { closing: id });
  }
  const [newest] = (await told(tess, readClosing, {})).closed;
  t.match(newest, { until: "2026-02-28", by: "Tess", confirmedBy: "Tom" });
  const means = { kind: "endowed", pot: "reserve", by: "grant", from: "the city" } as const;
  const { id: line } = await told(tess, enterBankLine, { bookedOn: "2026-02-28", amount: eur("1.00"), reference: "late", means });
  t.equal((await tom.call(confirmBankLine, { line })).problem, "period-closed");
  await told(tess, discardBankLine, { line });
  const { open } = await told(tess, readVat, {});
  t.match(open, { until: "2026-02-28", due: eur("420.00"), input: eur("0.00") });
  await booked(story, "debit 3", "420.00", { kind: "vatPaid", until: newest?.until ?? ("" as Day) });
  await coop.keepTime();
}

async function shareIsPaid(story: Story): Promise<void> {
  const { t, board, marc, member } = story;
  await told(board, confirmMember, { member });
  await booked(story, "credit 2", "20.00", { kind: "sharePaid", member });
  t.match(await told(marc, readMe, {}), { person: { member, stage: "associate" } });
}
