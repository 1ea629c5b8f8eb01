// From both signatures to the invoice: cover, begin, hand in, changes, dispute, approval by a person or by silence.
import { test, type Test } from "tap";
import {
  approveHandIn,
  askChanges,
  cancelEngagement,
  coverEngagement,
  endDispute,
  handIn,
  listUncovered,
  openDispute,
  sendBackEngagement,
  signEngagement,
  startEngagement,
} from "@partcommune/shared/marketplace/api";
import { milestoneStates, milestoneTable, milestoneVerbs } from "@partcommune/shared/marketplace/rules/milestone";
import { engagementStates, engagementTable } from "@partcommune/shared/marketplace/rules/engagement";
import { payOfHours } from "@partcommune/shared/marketplace/rules/price";
import { failedChecks, type CoverFacts } from "@partcommune/shared/marketplace/rules/cover";
import { applyAsMember, admitMember } from "@partcommune/shared/membership/api";
import { endEmployment, readEmployment, recordBorderPaper, recordEmployment } from "@partcommune/shared/membership/api/employment";
import { coversDays } from "@partcommune/shared/membership/rules/employment";
import { listInvoices } from "@partcommune/shared/money/api";
import { moneyFrom } from "@partcommune/shared/platform/money";
import { dayMs, instant, millisecondsOf, type Day } from "@partcommune/shared/platform/time";
import { balancesUnder } from "@partcommune/server/money/index";
import { openCoop, type TestCoop } from "../support/coop.ts";
import { agreed, engaged, type Engaged } from "../support/engagements.ts";
import { clientOwner, founder, signedUp, trialMember, withRole } from "../support/people.ts";

const text = "Three files, ready for the printer.";

async function stage(t: Test, now?: string) {
  const coop = await openCoop(t, { settings: { poolSize: 30 }, ...(now === undefined ? {} : { now }) });
  const board = await founder(coop);
  return { coop, board, ...(await engaged(coop, board, now === undefined ? {} : datesAfter(now))) };
}

const day = (now: string, days: number): string => new Date(Date.parse(now) + days * dayMs).toISOString().slice(0, 10);
const datesAfter = (now: string) => ({ startOn: day(now, 3), endOn: day(now, 4), bidsUntil: day(now, 2) });

const until = (coop: TestCoop, at: string): void => coop.wait(millisecondsOf(instant(at)) - millisecondsOf(coop.now()));

/** Begun and handed in. */
async function handedIn({ worker, engagement, milestone }: Engaged): Promise<string> {
  await worker.call(startEngagement, { engagement });
  return (await worker.call(handIn, { milestone, text })).body.approveBy;
}

test("the whole way: covered by rule, begun, handed in, approved, and in that instant invoiced to the cent", async (t) => {
  const { coop, buyer, client, worker, engagement, milestone, page } = await stage(t);
  t.match(await page(), { state: "covered", coveredBy: "rule", acts: ["cancel"], promise: { guaranteed: false } });
  t.match((await page(worker)).acts, ["start", "cancel"]);
  t.equal((await buyer.call(startEngagement, { engagement })).problem, "members-only");
  t.equal((await worker.call(startEngagement, { engagement })).status, 200);
  t.match((await page(worker)).milestones, [{ state: "underWay", acts: ["handIn"] }]);
  t.match((await worker.call(handIn, { milestone, text })).body, { approveBy: "2026-12-11T23:00:00.000Z" });
  const shown = (await page()).milestones[0];
  t.match(shown, { state: "handedIn", handIns: [{ text }], acts: ["approve", "askChanges", "dispute"] });
  t.equal((await buyer.call(approveHandIn, { milestone, version: (shown?.version ?? 0) - 1 })).problem, "hand-in-changed");
  const approved = await buyer.call(approveHandIn, { milestone, version: shown?.version ?? 0 });
  t.match(approved.body, { invoice: { number: "BE-2026-000001" } }, approved.text);
  t.match((await page(worker)).milestones, [
    {
      state: "invoiced",
      bySilence: false,
      invoice: { number: "BE-2026-000001", gross: { amount: "2420.00" }, paid: { amount: "0.00" } },
      payable: { amount: { amount: "1830.00" }, state: "waiting" },
      acts: [],
    },
  ]);
  t.match((await buyer.call(listInvoices, { client })).body, { items: [{ net: { amount: "2000.00" }, vat: { amount: "420.00" } }] });
  const pots = (await balancesUnder(coop, "pot:")).map(({ account, balance }) => [account.code, -balance.minor]);
  t.same(pots, [
    ["pot:advances", 1_700n],
    ["pot:coaching", 1_700n],
    ["pot:guarantee", 6_800n],
    ["pot:insurance", 3_400n],
    ["pot:reserve", 3_400n],
  ]);
});

test("fifty approvals at once issue one invoice", async (t) => {
  const stand = await stage(t);
  await handedIn(stand);
  const version = (await stand.page()).milestones[0]?.version ?? 0;
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, at) => stand.buyer.call(approveHandIn, { milestone: stand.milestone, version }, `approve-${at}`)),
  );
  t.equal(answers.filter(({ status }) => status === 200).length, 1);
  t.equal(answers.filter(({ status }) => status === 409).length, 49, JSON.stringify(answers.map(({ problem }) => problem)));
  t.equal((await stand.buyer.call(listInvoices, { client: stand.client })).body.items.length, 1);
});

test("a verb that is not in the state's rows is refused, for every state and verb", async (t) => {
  const { coop, buyer, worker, engagement, milestone, page } = await stage(t);
  const acts = {
    handIn: () => worker.call(handIn, { milestone, text }),
    approve: async () => buyer.call(approveHandIn, { milestone, version: (await page()).milestones[0]?.version ?? 0 }),
    askChanges: () => buyer.call(askChanges, { milestone, points: ["Bigger letters."] }),
    dispute: () => buyer.call(openDispute, { milestone, reason: "It is not what was agreed." }),
    endDispute: () => buyer.call(endDispute, { milestone }),
  };
  const refused = async (state: string) => {
    t.equal((await page()).milestones[0]?.state, state);
    for (const [verb, act] of Object.entries(acts))
      if (!milestoneTable.some((row) => row.from === state && row.verb === verb))
        t.equal((await act()).problem, "not-in-this-state", `${verb} while ${state}`);
  };
  await refused("waiting");
  await worker.call(startEngagement, { engagement });
  await refused("underWay");
  await acts.handIn();
  await refused("handedIn");
  await acts.askChanges();
  await refused("changesAsked");
  t.equal((await buyer.call(cancelEngagement, { engagement, reason: "No longer needed." })).problem, "handed-in-already");
  await acts.dispute();
  await refused("disputed");
  t.equal((await worker.call(endDispute, { milestone })).problem, "not-your-dispute");
  await acts.endDispute();
  t.equal((await acts.approve()).status, 200);
  await refused("invoiced");
  t.match(await page(), { acts: [] }, "nothing is left to do for the client");
  void coop;
});

test("changes are asked for twice; a third time only a dispute is left", async (t) => {
  const { buyer, worker, milestone, page, ...stand } = await stage(t);
  await handedIn({ buyer, worker, milestone, page, ...stand });
  for (const points of [["Bigger letters."], ["Smaller letters.", "And blue."]]) {
    t.equal((await buyer.call(askChanges, { milestone, points })).status, 201);
    t.equal((await page()).milestones[0]?.approveBy, undefined, "the clock stands");
    t.equal((await worker.call(handIn, { milestone, text })).status, 201);
  }
  t.equal((await buyer.call(askChanges, { milestone, points: ["Green."] })).problem, "changes-asked-twice");
  t.same((await page()).milestones[0]?.acts, ["approve", "dispute"]);
  t.match((await page()).milestones[0]?.changes, [{ points: ["Bigger letters."] }, { points: ["Smaller letters.", "And blue."] }]);
});

test("silence approves at the limit, after two reminders, and not a millisecond before", async (t) => {
  const { coop, page, ...stand } = await stage(t, "2026-12-03T17:40:00Z");
  t.equal(await handedIn({ page, ...stand }), "2026-12-13T23:00:00.000Z");
  const letters = () => coop.mails.filter(({ subject }) => subject.startsWith("Still waiting")).length;
  until(coop, "2026-12-07T22:59:59.999Z");
  await coop.keepTime();
  await coop.settle();
  t.equal(letters(), 0);
  coop.wait(1);
  await Promise.all([coop.keepTime(), coop.keepTime()]);
  await coop.settle();
  t.equal(letters(), 1, "on day 5");
  until(coop, "2026-12-11T23:00:00Z");
  await coop.keepTime();
  await coop.settle();
  t.equal(letters(), 2, "on day 9");
  t.match(coop.mails.at(-1)?.text, /by the end of Sunday,? 13 December 2026/);
  until(coop, "2026-12-13T22:59:59.999Z");
  await coop.keepTime();
  t.match((await page()).milestones, [{ state: "handedIn" }]);
  coop.wait(1);
  await Promise.all([coop.keepTime(), coop.keepTime(), coop.keepTime()]);
  t.match((await page()).milestones, [{ state: "invoiced", bySilence: true, approvedAt: "2026-12-13T23:00:00.000Z" }]);
});

test("a server that slept reminds first, and gives the client a day from then", async (t) => {
  const { coop, page, ...stand } = await stage(t, "2026-12-03T17:40:00Z");
  await handedIn({ page, ...stand });
  until(coop, "2026-12-20T09:00:00Z");
  await coop.keepTime();
  t.match((await page()).milestones, [{ state: "handedIn", approveBy: "2026-12-21T09:00:00.000Z" }]);
  until(coop, "2026-12-21T09:00:00Z");
  await coop.keepTime();
  t.match((await page()).milestones, [{ state: "invoiced", bySilence: true }]);
});

test("hours that are handed in are paid at the agreed rate, and never above the cap", async (t) => {
  const eur = (amount: string) => ({ amount, currency: "EUR" });
  const money = (amount: string) => moneyFrom(eur(amount));
  t.equal(payOfHours(money("50.00"), 2_250, money("2000.00")).minor, 187_500n);
  t.equal(payOfHours(money("50.00"), 2_401, money("2000.00")).minor, 200_000n, "forty hours and a minute");
  t.equal(payOfHours(money("0.50"), 1, money("2000.00")).minor, 1n, "to the nearest cent");

  const { coop, buyer, client, worker, engagement: fixed, milestone: ofFixed } = await stage(t);
  await worker.call(startEngagement, { engagement: fixed });
  t.equal((await worker.call(handIn, { milestone: ofFixed, text, minutes: 60 })).problem, "hours-not-asked");
  const { engagement, milestone, page } = await agreed({ buyer, client, worker }, { priceKind: "hourly", price: undefined }, eur("50.00"));
  t.match(
    await page(),
    { state: "covered", amount: eur("2000.00"), rate: eur("50.00") },
    "forty hours of a week at a rate above the floor",
  );
  await worker.call(startEngagement, { engagement });
  t.equal((await worker.call(handIn, { milestone, text })).problem, "hours-needed");
  await worker.call(handIn, { milestone, text, minutes: 3_000 });
  t.match((await page()).milestones, [{ amount: eur("2000.00"), hours: { minutes: 3_000, rate: eur("50.00"), cap: eur("2000.00") } }]);
  await buyer.call(askChanges, { milestone, points: ["You worked 37 hours and a half."] });
  await worker.call(handIn, { milestone, text, minutes: 2_250 });
  const [shown] = (await page()).milestones;
  t.match(shown, { amount: eur("1875.00") });
  t.equal((await buyer.call(approveHandIn, { milestone, version: shown?.version ?? 0 })).status, 200);
  const [invoice] = (await buyer.call(listInvoices, { client })).body.items;
  t.match(invoice, { gross: eur("2268.75") }, "1 875.00 and VAT");
  t.match((await page(worker)).milestones, [{ state: "invoiced", payable: { amount: eur("1715.62") } }]);
  await coop.settle();
});

test("the limit is the first instant after the day in Brussels, also where a day has 23 or 25 hours", async (t) => {
  const spring = await stage(t, "2027-03-20T09:00:00Z");
  t.equal(await handedIn(spring), "2027-03-30T22:00:00.000Z", "summer time began on the 28th");
  const autumn = await stage(t, "2027-10-25T09:00:00Z");
  t.equal(await handedIn(autumn), "2027-11-04T23:00:00.000Z", "winter time began on the 31st");
});

test("work begins by itself on its first day in the coop's zone", async (t) => {
  const { coop, page } = await stage(t);
  until(coop, "2026-12-13T22:59:59.999Z");
  await coop.keepTime();
  t.match(await page(), { state: "covered" });
  coop.wait(1);
  await coop.keepTime();
  t.match(await page(), { state: "underWay", milestones: [{ state: "underWay" }] });
});

test("whoever is employed is declared before they work, and their work is covered the moment the reference is there", async (t) => {
  const { coop, board, buyer, client } = await stage(t);
  const employee = await signedUp(coop, "Emma");
  const { id: member } = (await employee.call(applyAsMember, { status: "employee", trade: "translation" })).body;
  await board.call(admitMember, { member });
  const { engagement, page } = await agreed({ buyer, client, worker: employee });
  const undeclared = [
    { check: "wageFloor", holds: true },
    { check: "status", holds: true },
    { check: "declared", holds: false },
  ];
  t.match(await page(), { state: "signed", acts: ["cancel"], checks: undeclared });
  const adviser = await withRole(coop, board, "Ada", "adviser");
  t.match((await adviser.call(listUncovered, {})).body, {
    items: [{ id: engagement, member: "Emma", team: [{ member, name: "Emma", employed: true }], checks: undeclared }],
  });
  t.equal((await employee.call(listUncovered, {})).problem, "role-needed");
  t.equal((await employee.call(startEngagement, { engagement })).problem, "engagement-held-up");
  t.equal((await adviser.call(coverEngagement, { engagement, note: "I know her." })).problem, "work-undeclared");
  t.equal((await adviser.call(sendBackEngagement, { engagement, reason: "The declaration names another week." })).status, 200);
  t.match(await page(), { state: "quoted", sentBackBecause: "The declaration names another week.", acts: ["sign", "decline"] });
  const { hash } = await page();
  for (const side of [buyer, employee]) await side.call(signEngagement, { engagement, hash });
  const says = { member, from: "2026-12-14", until: "2026-12-17" } as const;
  const refusals = [
    [employee, {}, "role-needed"],
    [adviser, { reference: "D-12" }, "employment-reference-unlike"],
    [adviser, { until: "2026-12-13" }, "employment-days-reversed"],
  ] as const;
  for (const [caller, wrong, problem] of refusals)
    t.equal((await caller.call(recordEmployment, { ...says, reference: "1234567890", ...wrong })).problem, problem);
  t.equal((await adviser.call(recordEmployment, { ...says, reference: "123 456 7890" })).status, 201);
  await coop.settle();
  t.match(await page(), { state: "signed", checks: undeclared }, "the last day is not declared");
  t.equal((await adviser.call(recordEmployment, { ...says, reference: "1234567890" })).problem, "employment-reference-taken");
  t.equal((await adviser.call(recordEmployment, { member, reference: "1234567891", from: "2026-12-18" })).status, 201);
  await coop.settle();
  t.match(await page(employee), { state: "covered", coveredBy: "rule", acts: ["start", "cancel"] });
  t.same((await adviser.call(listUncovered, {})).body.items, []);
  const records = (await employee.call(readEmployment, { member })).body;
  t.match(records, {
    employed: true,
    scheme: "Dimona",
    employments: [
      { reference: "1234567891", from: "2026-12-18", until: undefined, enteredBy: "Ada" },
      { reference: "1234567890", from: "2026-12-14", until: "2026-12-17" },
    ],
  });
  t.equal((await buyer.call(readEmployment, { member })).problem, "not-found");
  const [open, closed] = records.employments.map(({ id }) => id);
  t.equal((await adviser.call(endEmployment, { employment: open ?? "", lastOn: "2026-12-17" })).problem, "employment-days-reversed");
  t.equal((await adviser.call(endEmployment, { employment: open ?? "", lastOn: "2027-01-31" })).status, 200);
  t.equal((await adviser.call(endEmployment, { employment: open ?? "" })).problem, "employment-ended");
  t.equal((await adviser.call(endEmployment, { employment: closed ?? "" })).status, 200, "entered by mistake");
  t.match((await employee.call(readEmployment, { member })).body.employments, [
    { until: "2027-01-31", mistaken: false },
    { mistaken: true },
  ]);
  t.equal((await adviser.call(recordEmployment, { ...says, reference: "1234567890" })).status, 201, "its reference is free again");
});

test("work in another country waits for its paper, and a paper of its days covers it", async (t) => {
  const { coop, board, buyer, client, worker } = await stage(t);
  const { engagement, page } = await agreed({ buyer, client, worker }, { place: { town: "Lille", country: "FR" } });
  t.match(await page(), { state: "signed", checks: [{}, {}, {}, {}, { check: "border", holds: false }] });
  const adviser = await withRole(coop, board, "Ada", "adviser");
  const [waiting] = (await adviser.call(listUncovered, {})).body.items;
  const { member = "" } = waiting?.team[0] ?? {};
  t.match(waiting, { id: engagement, team: [{ name: "Marc", employed: false }] });
  t.equal((await adviser.call(recordEmployment, { member, reference: "1234567890", from: "2026-12-01" })).problem, "member-not-employed");
  const paper = { member, kind: "a1", country: "FR", reference: "A1-118", from: "2026-12-14", until: "2026-12-18" } as const;
  t.equal((await adviser.call(recordBorderPaper, { ...paper, until: "2026-12-01" })).problem, "employment-days-reversed");
  t.equal((await adviser.call(recordBorderPaper, { ...paper, country: "DE" })).status, 201);
  await coop.settle();
  t.match(await page(), { state: "signed" }, "for another country");
  t.equal((await adviser.call(recordBorderPaper, paper)).status, 201);
  t.equal((await adviser.call(recordBorderPaper, paper)).problem, "border-paper-known");
  await coop.settle();
  t.match(await page(), { state: "covered", coveredBy: "rule" });
  t.match((await worker.call(readEmployment, { member })).body, { employed: false, papers: [{ kind: "a1" }, { kind: "a1" }] });
});

test("before anything is handed in each side may cancel, and the job takes bids again", async (t) => {
  const { buyer, worker, engagement, milestone, page } = await stage(t);
  await worker.call(startEngagement, { engagement });
  t.equal((await worker.call(cancelEngagement, { engagement, reason: "I fell ill." })).status, 200);
  t.match(await page(), { state: "cancelled", cancelledBecause: "I fell ill.", acts: [], milestones: [{ state: "cancelled", acts: [] }] });
  t.equal((await worker.call(handIn, { milestone, text })).problem, "not-in-this-state");
  t.equal((await buyer.call(cancelEngagement, { engagement, reason: "Twice." })).problem, "not-in-this-state");
});

test("to a stranger neither engagement nor milestone exists", async (t) => {
  const { coop, board, engagement, milestone } = await stage(t);
  const other = (await clientOwner(coop, "Otto")).caller;
  const member = await trialMember(coop, board, "Mia");
  const rows = [
    [member, startEngagement, { engagement }],
    [member, handIn, { milestone, text }],
    [other, approveHandIn, { milestone, version: 1 }],
    [other, askChanges, { milestone, points: ["x"] }],
    [other, openDispute, { milestone, reason: "x" }],
    [other, endDispute, { milestone }],
    [other, cancelEngagement, { engagement, reason: "x" }],
    [member, cancelEngagement, { engagement, reason: "x" }],
  ] as const;
  for (const [caller, endpoint, input] of rows) t.equal((await caller.call(endpoint, input as never)).problem, "not-found", endpoint.path);
});

test("the tables name every state and verb, and lead from state to state", (t) => {
  for (const { from, to } of milestoneTable) t.ok(milestoneStates.includes(to) && (from === "none" || milestoneStates.includes(from)));
  for (const verb of milestoneVerbs)
    t.ok(
      milestoneTable.some((row) => row.verb === verb),
      verb,
    );
  for (const state of engagementStates)
    t.ok(
      engagementTable.some(({ to }) => to === state),
      state,
    );
  const once = new Set(milestoneTable.map(({ from, verb, who }) => `${from} ${verb} ${who}`));
  t.equal(once.size, milestoneTable.length, "no row stands twice");
  t.end();
});

test("days are covered where nothing lies between one declaration and the next", (t) => {
  const inMonth = (on: string): Day => `2026-12-${on}` as Day;
  const rows = [
    [[["10", "12"]], "10", "12", true],
    [[["10", "12"]], "09", "12", false],
    [[["10", "12"]], "10", "13", false],
    [[["10"]], "12", "31", true],
    [
      [
        ["13", "20"],
        ["10", "12"],
      ],
      "11",
      "14",
      true,
    ],
    [
      [
        ["10", "12"],
        ["14", "20"],
      ],
      "11",
      "14",
      false,
    ],
    [[], "10", "10", false],
  ] as const;
  for (const [periods, first, end, covered] of rows) {
    const days = periods.map(([from, last]) => ({ from: inMonth(from), until: last === undefined ? undefined : inMonth(last) }));
    t.equal(coversDays(days, inMonth(first), inMonth(end)), covered, JSON.stringify([periods, first, end]));
  }
  t.end();
});

test("each check of cover has its own no", (t) => {
  const sound: CoverFacts = {
    price: moneyFrom({ amount: "1120.00", currency: "EUR" }),
    wageFloor: moneyFrom({ amount: "28.00", currency: "EUR" }),
    weekdays: 5n,
    stage: "trial",
    status: "invoiced",
    startOn: "2026-12-14" as Day,
    today: "2026-12-14" as Day,
    country: "BE",
    coopCountry: "BE",
    declared: false,
    mayCross: false,
    clientKnown: true,
  };
  t.same(failedChecks(sound), []);
  t.same(failedChecks({ ...sound, price: moneyFrom({ amount: "1119.99", currency: "EUR" }) }), ["wageFloor"]);
  t.same(
    failedChecks({
      ...sound,
      price: moneyFrom({ amount: "56.00", currency: "EUR" }),
      rate: moneyFrom({ amount: "28.00", currency: "EUR" }),
    }),
    [],
  );
  t.same(failedChecks({ ...sound, rate: moneyFrom({ amount: "27.99", currency: "EUR" }) }), ["wageFloor"], "by the hour the rate counts");
  t.same(failedChecks({ ...sound, weekdays: 0n, price: moneyFrom({ amount: "223.99", currency: "EUR" }) }), ["wageFloor"], "a weekend");
  t.same(failedChecks({ ...sound, weekdays: 0n, price: moneyFrom({ amount: "224.00", currency: "EUR" }) }), []);
  for (const status of ["employee", "employed-entrepreneur"] as const) {
    t.same(failedChecks({ ...sound, status }), ["declared"]);
    t.same(failedChecks({ ...sound, status, declared: true }), []);
  }
  t.same(failedChecks({ ...sound, stage: "leaving" }), ["status"]);
  t.same(failedChecks({ ...sound, today: "2026-12-15" as Day }), ["dates"]);
  t.same(failedChecks({ ...sound, country: "FR" }), ["border"]);
  t.same(failedChecks({ ...sound, country: "FR", mayCross: true }), []);
  t.same(failedChecks({ ...sound, clientKnown: false }), ["clientKnown"]);
  const { country: _, wageFloor: __, ...remote } = sound;
  t.same(failedChecks({ ...remote, price: moneyFrom({ amount: "1.00", currency: "EUR" }) }), [], "no floor voted, and no border");
  t.end();
});
