// The guarantee answers seven questions at signing and keeps what it answered; a new coop with an empty pot promises nothing and says why.
import { test } from "tap";
import { z } from "zod";
import { approveHandIn, handIn, startEngagement } from "@partcommune/shared/marketplace/api";
import { foundClient, listMyClients } from "@partcommune/shared/membership/api";
import { readInvoice } from "@partcommune/shared/money/api";
import { readFund } from "@partcommune/shared/mutual/api";
import { calendarDaysOf, carrying, fundNeeded, type Carried, type Expected } from "@partcommune/shared/mutual/rules/carrying";
import { guaranteeAnswers, holdFor, isGuaranteed, type GuaranteeFacts } from "@partcommune/shared/mutual/rules/guarantee";
import { operator } from "@partcommune/shared/platform/actor";
import { moneyFrom, type Money } from "@partcommune/shared/platform/money";
import { lowerPromise, promiseGuarantee, promiseOf, releasePromise } from "@partcommune/server/mutual/index";
import type { Scope } from "@partcommune/server/platform/scope";
import { openCoop, type TestCoop } from "../support/coop.ts";
import { endow } from "../support/endowment.ts";
import { agreed } from "../support/engagements.ts";
import { applicant, clientOwner, founder } from "../support/people.ts";
import { clientPaid, treasury } from "../support/treasury.ts";

const eur = (amount: string): Money => moneyFrom({ amount, currency: "EUR" });

const sound: GuaranteeFacts = {
  amount: eur("1830.00"),
  client: { country: "BE", confirmed: true, blocked: false, isTheMember: false },
  exposure: eur("0.00"),
  countries: ["BE", "FR"],
  clientExposure: eur("25000.00"),
  startAmount: eur("3000.00"),
  clientShare: 250_000n,
  holdShare: 100_000n,
  pot: { balance: eur("40000.00"), available: eur("35000.00") },
  cash: eur("60000.00"),
};

test("each question has its own no, and every no is told", (t) => {
  const client = (other: Partial<GuaranteeFacts["client"]>): Partial<GuaranteeFacts> => ({ client: { ...sound.client, ...other } });
  const rows: readonly (readonly [string, Partial<GuaranteeFacts>])[] = [
    ["", {}],
    ["G1", client({ confirmed: false })],
    ["G2", client({ country: "US" })],
    ["G3", { exposure: eur("8170.01") }], // a quarter of the pot is 10 000.00
    ["", { exposure: eur("8170.00") }],
    ["G3", { exposure: eur("23170.01"), clientShare: 1_000_000n }], // above the voted sum
    ["", { pot: { balance: eur("0.00"), available: eur("183.00") } }], // below the start amount the pot's size does not count
    ["G3", { exposure: eur("1170.01"), pot: { balance: eur("183.00"), available: eur("183.00") } }],
    ["G4", client({ blocked: true })],
    ["G5", client({ isTheMember: true })],
    ["G6", { pot: { balance: eur("40000.00"), available: eur("182.99") } }],
    ["G7", { cash: eur("1829.99") }],
    ["G1 G4 G7", { ...client({ confirmed: false, blocked: true }), cash: eur("0.00") }],
  ];
  for (const [lacking, change] of rows) {
    const answers = guaranteeAnswers({ ...sound, ...change });
    const told = answers.filter(({ holds }) => !holds).map(({ question }) => question);
    t.equal(told.join(" "), lacking, lacking || "all hold");
    t.equal(isGuaranteed(answers), lacking === "");
  }
  t.same(holdFor(eur("1830.00"), 100_000n), eur("183.00"));
  t.end();
});

let keys = 0;
const acting = (coop: TestCoop, work: (scope: Scope) => Promise<unknown>) =>
  coop.perform(
    operator,
    { name: "test promise", input: z.strictObject({}), answer: z.object({}), status: 200 },
    async (scope) => (await work(scope), {}),
    {},
    { key: `promise-${(keys += 1)}`, cause: "test" },
  );

async function coopWithTwo(t: Parameters<typeof openCoop>[0]) {
  const coop = await openCoop(t);
  await founder(coop);
  const { client } = await clientOwner(coop, "Carla");
  const { caller, member } = await applicant(coop, "Marc");
  const signing = (engagement: string, price = "2000.00") => ({
    engagement,
    client,
    team: [{ member, part: 1n }],
    prices: [eur(price)],
    confirmed: true,
  });
  return { coop, caller, signing };
}

const engagement = (last: number) => `01900000-0000-7000-8000-00000000000${last}`;

test("a coop without an endowment promises nothing and says which two answers lack", async (t) => {
  const { coop, signing } = await coopWithTwo(t);
  await acting(coop, (scope) => promiseGuarantee(scope, signing(engagement(1))));
  const promise = await promiseOf(coop, engagement(1));
  t.match(promise, { guaranteed: false, workingDays: 7 });
  t.same(
    promise?.answers.filter(({ holds }) => !holds).map(({ question }) => question),
    ["G6", "G7"],
  );
});

test("an endowed coop promises, until the client's share of the pot is reached, however many sign at once", async (t) => {
  const { coop, signing } = await coopWithTwo(t);
  await endow(coop, "20000.00");
  await Promise.all([1, 2, 3, 4, 5].map((last) => acting(coop, (scope) => promiseGuarantee(scope, signing(engagement(last))))));
  const promises = await Promise.all([1, 2, 3, 4, 5].map((last) => promiseOf(coop, engagement(last))));
  // A quarter of 20 000.00 is 5 000.00: two of 1 830.00 fit, a third does not.
  t.equal(promises.filter((promise) => promise?.guaranteed).length, 2);
  t.ok(promises.every((promise) => promise?.guaranteed || promise?.answers.some(({ question, holds }) => question === "G3" && !holds)));
  const kept = [1, 2, 3, 4, 5].find((_, at) => promises[at]?.guaranteed) ?? 0;
  await acting(coop, (scope) => releasePromise(scope, engagement(kept)));
  await acting(coop, (scope) => promiseGuarantee(scope, signing(engagement(6))));
  t.equal((await promiseOf(coop, engagement(6)))?.guaranteed, true, "what ended leaves room");
  t.equal((await promiseOf(coop, engagement(kept)))?.guaranteed, true, "and what was promised is still read");
});

test("of a team each is asked for by themselves, and what one was promised counts when the next is asked for", async (t) => {
  const { coop, signing } = await coopWithTwo(t);
  const others = [(await applicant(coop, "Nina")).member, (await applicant(coop, "Otto")).member];
  await endow(coop, "20000.00");
  const { team, ...alone } = signing(engagement(1), "9000.00");
  const people = [...team, ...others.map((member) => ({ member, part: 1n }))];
  await acting(coop, (scope) => promiseGuarantee(scope, { ...alone, team: people }));
  // 2 745.00 for each. A quarter of the pot is 5 000.00: it holds one, and the second and third are told why not.
  const answers = await Promise.all(people.map(({ member }) => promiseOf(coop, engagement(1), { member })));
  t.same(
    answers.map((promise) => promise?.answers.filter(({ holds }) => !holds).map(({ question }) => question)),
    [[], ["G3"], ["G3"]],
  );
  t.match(await promiseOf(coop, engagement(1)), { guaranteed: false }, "all together are promised what each of them is");
  await acting(coop, (scope) =>
    lowerPromise(scope, {
      ...alone,
      team: people,
      agreedAt: scope.now,
      milestones: [{ id: engagement(9), from: eur("9000.00"), to: eur("5400.00") }],
    }),
  );
  const kept = await coop.db.selectFrom("mutual.promise").select(["amount_minor", "released_minor"]).execute();
  t.same(
    kept,
    people.map(() => ({ amount_minor: 274_500n, released_minor: 109_800n })),
  );
});

test("work in several milestones is promised to the cent of its invoices, and what is paid of it is no longer exposed, until all is", async (t) => {
  const stage = await treasury(t);
  const { coop, buyer, client, worker } = stage;
  await endow(coop, "20000.00");
  const parts = ["333.33", "1333.34", "333.33"].map((amount) => ({ title: amount, amount: { amount, currency: "EUR" }, parallel: true }));
  const { engagement: id, page } = await agreed({ buyer, client, worker }, { milestones: parts });
  t.equal((await page()).promise?.guaranteed, true);
  await worker.call(startEngagement, { engagement: id });
  const kept = () =>
    coop.db.selectFrom("mutual.promise").select(["amount_minor", "collected_minor", "ended_because"]).executeTakeFirstOrThrow();
  const exposed = [];
  for (const { id: milestone } of (await page()).milestones) {
    await worker.call(handIn, { milestone, text: "It is done." });
    const { version } = (await page()).milestones.find((each) => each.id === milestone) ?? { version: 0 };
    const { invoice } = (await buyer.call(approveHandIn, { milestone, version })).body;
    const { gross } = (await buyer.call(readInvoice, { invoice: invoice.id })).body;
    await clientPaid(stage, invoice.id, gross.amount);
    await coop.settle();
    exposed.push(await kept());
  }
  // 8.5 % of each invoice by itself: 28.33, 113.33 and 28.33, one cent less than of the whole.
  t.same(exposed, [
    { amount_minor: 183_001n, collected_minor: 30_500n, ended_because: null },
    { amount_minor: 183_001n, collected_minor: 152_501n, ended_because: null },
    { amount_minor: 183_001n, collected_minor: 183_001n, ended_because: "collected" },
  ]);
  t.ok(
    (await page()).milestones.every(({ payable }) => payable?.dueOn !== undefined),
    "every part has its last day",
  );
  await t.rejects(coop.db.updateTable("mutual.promise").set({ collected_minor: 0n }).execute(), { code: "PC001" });
});

test("nobody is guaranteed against themselves", async (t) => {
  const { coop, caller, signing } = await coopWithTwo(t);
  await endow(coop, "20000.00");
  await caller.call(foundClient, { name: "Marc SRL", country: "BE", street: "Rue 1", postcode: "1000", town: "Bruxelles" });
  const own = (await caller.call(listMyClients, {})).body.items[0]?.id ?? "";
  await acting(coop, (scope) => promiseGuarantee(scope, { ...signing(engagement(1)), client: own }));
  const promise = await promiseOf(coop, engagement(1));
  t.same(
    promise?.answers.filter(({ holds }) => !holds).map(({ question }) => question),
    ["G5"],
  );
});

test("what was promised refuses to be changed", async (t) => {
  const { coop, signing } = await coopWithTwo(t);
  await acting(coop, (scope) => promiseGuarantee(scope, signing(engagement(1))));
  await t.rejects(coop.db.updateTable("mutual.promise").set({ guaranteed: true, lacking: [] }).execute(), { code: "PC001" });
  await t.rejects(coop.db.deleteFrom("mutual.promise").execute(), { code: "42501" });
});

test("anyone reads the fund, from the first day", async (t) => {
  const { coop } = await coopWithTwo(t);
  const empty = (await coop.someone().call(readFund, {})).body;
  t.same(empty.pots[0], {
    pot: "guarantee",
    balance: { amount: "0.00", currency: "EUR" },
    held: { amount: "0.00", currency: "EUR" },
    floor: { amount: "5000.00", currency: "EUR" },
    available: { amount: "-5000.00", currency: "EUR" },
  });
  t.equal(empty.coverage.ppm, undefined, "nothing is owed yet");
  await endow(coop, "20000.00");
  const endowed = (await coop.someone().call(readFund, {})).body;
  t.match(endowed, {
    total: { amount: "20000.00" },
    cameIn: { amount: "20000.00" },
    wentOut: { amount: "0.00" },
    booksAddUp: true,
    fees: [],
  });
  t.match(endowed.coverage, { bank: { amount: "20000.00" }, vatDue: { amount: "0.00" } });
});

const expected: Expected = {
  averageJob: eur("2000.00"),
  jobsAMonth: 6,
  clientDays: 45,
  memberDays: calendarDaysOf(7),
  vatRate: 210_000n,
  feeRate: 85_000n,
  fundSplit: { guarantee: 400_000n, insurance: 200_000n, coaching: 100_000n, advances: 100_000n, reserve: 200_000n, running: 0n },
  runningCost: eur("0.00"),
  pot: eur("10000.00"),
  cash: eur("20000.00"),
  floor: eur("5000.00"),
  holdShare: 100_000n,
  clientExposure: eur("25000.00"),
  startAmount: eur("3000.00"),
  clientShare: 250_000n,
};

test("an opening fund carries so many engagements at once, and the month is named in which cash runs out", (t) => {
  const carried = carrying(expected);
  t.match(carried, { budget: eur("1830.00"), hold: eur("183.00"), byPot: 27, byCash: 10, atOnce: 10, ofOneClient: 1, needed: 7 });
  t.equal(carried.emptyIn, undefined);
  // Months 1 and 2: 6 and then 3 of 2 420.00 come (45 days), 4 and then 6 of 1 830.00 go (10 days), the VAT of month 1 in month 2.
  t.same(
    carried.months.slice(0, 2).map(({ cash }) => cash),
    [eur("12680.00"), eur("6440.00")],
  );
  const rows: readonly (readonly [Partial<Expected>, Partial<Carried>])[] = [
    [{ pot: eur("5182.99") }, { byPot: 0, atOnce: 0 }], // one cent short of one hold above the floor
    [{ pot: eur("5183.00") }, { byPot: 1, atOnce: 1 }],
    [{ cash: eur("1829.99") }, { byCash: 0, atOnce: 0 }],
    [{ pot: eur("40000.00"), cash: eur("90000.00") }, { ofOneClient: 5 }], // a quarter of the pot is 10 000.00
    [{ pot: eur("400000.00"), cash: eur("900000.00") }, { ofOneClient: 13 }], // the voted sum, here 25 000.00
    [{ runningCost: eur("2000.00") }, { emptyIn: 5 }],
    [{ clientDays: 120 }, { emptyIn: 2 }], // ten are paid ahead, and the VAT of month 1 is more than what is left
    [{ jobsAMonth: 0 }, { needed: 0 }],
    [{ averageJob: eur("0.00") }, { byPot: 0, byCash: 0 }],
  ];
  for (const [change, told] of rows) t.match(carrying({ ...expected, ...change }), told, JSON.stringify(told));
  const unguaranteed = carrying({ ...expected, pot: eur("0.00"), cash: eur("0.00"), runningCost: eur("100.00") });
  t.equal(unguaranteed.emptyIn, 1, "nothing is paid ahead, but the first costs and the first VAT leave before a client pays");
  t.end();
});

test("founders read with what they begin, so that also after the client that owes most has failed everybody can be paid ahead", (t) => {
  const rows: readonly (readonly [Partial<Expected>, string, string])[] = [
    [{}, "10000.00", "17000.00"], // the floor, seven holds of 183.00, and the 3 000.00 that any client may owe
    [{ jobsAMonth: 60 }, "24000.00", "142000.00"], // of 23 746.67 a quarter is lost, and the floor and seventy holds are left
    [{ clientShare: 1_000_000n }, "32000.00", "39000.00"], // the pot is no bound, the voted sum is
    [{ clientDays: 10 }, "8000.00", "3000.00"], // nothing is in front
    [{ runningCost: eur("2000.00") }, "10000.00", "54000.00"],
  ];
  for (const [change, pot, cash] of rows) {
    const work = { ...expected, ...change };
    const fund = fundNeeded(work);
    t.same(fund, { pot: eur(pot), cash: eur(cash) }, JSON.stringify([pot, cash]));
    const begun = carrying({ ...work, ...fund });
    t.equal(begun.emptyIn, undefined, "its cash lasts");
    t.ok(begun.atOnce >= begun.needed, "and it carries what will be in front");
  }
  t.end();
});
