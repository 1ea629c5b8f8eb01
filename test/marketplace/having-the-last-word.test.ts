// When two hands or the clock reach for one engagement at once, one has the last word; and a whole life, from the post to the bank.
import { sql } from "kysely";
import { test, type Test } from "tap";
import {
  approveHandIn,
  askChanges,
  cancelEngagement,
  coverEngagement,
  endDispute,
  handIn,
  openDispute,
  sendBackEngagement,
  startEngagement,
} from "@partcommune/shared/marketplace/api";
import { lapseDays, objectionToReopening, reopenDays, type PostedJob } from "@partcommune/shared/marketplace/rules/posted";
import { isSilenceOver, objectionToChanges, type Milestone } from "@partcommune/shared/marketplace/rules/milestone";
import { admitMember, applyAsMember } from "@partcommune/shared/membership/api";
import { listInvoices, listPayables, listPayouts } from "@partcommune/shared/money/api";
import type { Actor } from "@partcommune/shared/platform/actor";
import { dayAfter, dayOf, daysLater, endOfDay } from "@partcommune/shared/platform/calendar";
import { dayMs, instant, later, millisecondsOf, type Day } from "@partcommune/shared/platform/time";
import { prove } from "../support/authenticator.ts";
import { openCoop, type Answered, type TestCoop } from "../support/coop.ts";
import { agreed, engaged, type Engaged } from "../support/engagements.ts";
import { clientOwner, founder, withRole } from "../support/people.ts";
import { bankBooked, clientPaid, signedPayout, treasury, withIban } from "../support/treasury.ts";

type Stand = Engaged & { readonly coop: TestCoop };
type Dates = Parameters<typeof engaged>[2];

async function stage(t: Test, now = "2026-12-01T09:00:00Z", dates: Dates = {}, zone = "Europe/Brussels"): Promise<Stand> {
  const coop = await openCoop(t, { now, settings: { poolSize: 30 } });
  return { coop, ...(await engaged(coop, await founder(coop, { zone }), dates)) };
}

const text = "Three files, ready for the printer.";
const until = (coop: TestCoop, at: string, plus = 0): void => coop.wait(millisecondsOf(instant(at)) - millisecondsOf(coop.now()) + plus);

/** Begun and handed in; the limit, and the version a client is shown. */
async function handedIn({ worker, engagement, milestone, page }: Stand): Promise<{ readonly limit: string; readonly version: number }> {
  await worker.call(startEngagement, { engagement });
  const { approveBy } = (await worker.call(handIn, { milestone, text })).body;
  return { limit: approveBy, version: (await page()).milestones[0]?.version ?? 0 };
}

const invoices = async ({ buyer, client }: Stand) => (await buyer.call(listInvoices, { client })).body.items;
const factsOf = async ({ coop }: Stand, type: string): Promise<number> =>
  (await coop.db.selectFrom("platform.fact").select("id").where("type", "=", type).execute()).length;

/** Everybody at once, so many times each, in turn. */
const rush = (times: number, acts: readonly (() => Promise<Answered<unknown>>)[]): Promise<readonly Answered<unknown>[]> =>
  Promise.all(Array.from({ length: times * acts.length }, (_, at) => acts[at % acts.length]?.() ?? Promise.reject(new Error("no act"))));

function oneOf(t: Test, answers: readonly Answered<unknown>[], refusals: readonly string[]): void {
  t.equal(answers.filter(({ status }) => status < 300).length, 1, JSON.stringify(answers.map(({ problem }) => problem)));
  const told = new Set(answers.flatMap(({ problem }) => problem ?? []));
  t.same(
    [...told].filter((problem) => !refusals.includes(problem)),
    [],
    "the others are told why",
  );
}

test("approved or to be changed: thirty answers of a client at once are one answer", async (t) => {
  const stand = await stage(t);
  const { buyer, milestone } = stand;
  const { version } = await handedIn(stand);
  const answers = await rush(15, [
    () => buyer.call(approveHandIn, { milestone, version }),
    () => buyer.call(askChanges, { milestone, points: ["Bigger letters."] }),
  ]);
  oneOf(t, answers, ["not-in-this-state"]);
  const { state, handIns, changes } = (await stand.page()).milestones[0] ?? {};
  t.equal((await invoices(stand)).length, state === "invoiced" ? 1 : 0);
  t.equal(await factsOf(stand, "milestone.approved"), state === "invoiced" ? 1 : 0);
  t.equal(await factsOf(stand, "milestone.changesAsked"), state === "changesAsked" ? 1 : 0);
  t.equal(handIns?.length, 1);
  t.equal(changes?.length, state === "changesAsked" ? 1 : 0);
});

test("fifty hand-ins at once are one", async (t) => {
  const stand = await stage(t);
  const { worker, engagement, milestone } = stand;
  await worker.call(startEngagement, { engagement });
  oneOf(t, await rush(50, [() => worker.call(handIn, { milestone, text })]), ["not-in-this-state"]);
  t.equal((await stand.page()).milestones[0]?.handIns.length, 1);
});

test("a member hands in while the client cancels: one of the two happened", async (t) => {
  const stand = await stage(t);
  const { buyer, worker, engagement, milestone } = stand;
  await worker.call(startEngagement, { engagement });
  const answers = await rush(10, [
    () => worker.call(handIn, { milestone, text }),
    () => buyer.call(cancelEngagement, { engagement, reason: "No longer needed." }),
  ]);
  oneOf(t, answers, ["not-in-this-state", "handed-in-already"]);
  const { state, milestones } = await stand.page();
  t.ok(
    ["underWay handedIn", "cancelled cancelled"].includes(`${state} ${milestones[0]?.state}`),
    `${state} ${milestones[0]?.state} fit together`,
  );
});

test("member and clock begin the work at once, and it begins once", async (t) => {
  const stand = await stage(t);
  const { coop, worker, engagement } = stand;
  until(coop, "2026-12-13T23:00:00Z");
  await Promise.all([...Array.from({ length: 10 }, () => worker.call(startEngagement, { engagement })), coop.keepTime(), coop.keepTime()]);
  t.equal(await factsOf(stand, "engagement.started"), 1);
  t.match(await stand.page(), { state: "underWay", milestones: [{ state: "underWay", version: 2 }] });
});

test("two advisers and a client who cancels: one has the last word, and nobody covers their own work", async (t) => {
  const coop = await openCoop(t, { settings: { poolSize: 30 } });
  const board = await founder(coop);
  const { caller: buyer, client } = await clientOwner(coop, "Carla");
  const worker = await withRole(coop, board, "Emma", "adviser");
  const { id: member } = (await worker.call(applyAsMember, { status: "invoiced", trade: "translation" })).body;
  await board.call(admitMember, { member });
  const { engagement, page } = await agreed({ buyer, client, worker }, { place: { town: "Lille", country: "FR" } });
  t.equal((await worker.call(coverEngagement, { engagement, note: "My own." })).problem, "own-engagement");
  t.equal((await worker.call(sendBackEngagement, { engagement, reason: "My own." })).problem, "own-engagement");
  const [ada, abel] = [await withRole(coop, board, "Ada", "adviser"), await withRole(coop, board, "Abel", "adviser")];
  const answers = await rush(5, [
    () => ada.call(coverEngagement, { engagement, note: "A1 no. 118." }),
    () => abel.call(sendBackEngagement, { engagement, reason: "The dates are wrong." }),
    () => buyer.call(cancelEngagement, { engagement, reason: "No longer needed." }),
  ]);
  const { state, coverNote, sentBackBecause, acts } = await page();
  const succeeded = answers.filter(({ status }) => status < 300).length;
  // What is covered can still be cancelled; nothing else follows on anything else here.
  t.equal(succeeded, coverNote !== undefined && state === "cancelled" ? 2 : 1, JSON.stringify(answers.map(({ problem }) => problem)));
  t.equal(sentBackBecause !== undefined, state === "quoted");
  t.ok(state === "cancelled" ? acts.length === 0 : acts.length > 0);
});

test("at the limit silence has spoken, whether or not the clock came: not a millisecond before, and late is late", async (t) => {
  const stand = await stage(t);
  const { coop, buyer, worker, milestone } = stand;
  const { limit } = await handedIn(stand);
  for (let day = 1; day <= 9; day += 1) {
    coop.wait(dayMs);
    await coop.keepTime();
  }
  until(coop, limit, -1);
  await coop.keepTime();
  t.match((await stand.page()).milestones, [{ state: "handedIn", approveBy: limit, acts: ["approve", "askChanges", "dispute"] }]);
  until(coop, limit);
  t.same((await stand.page()).milestones[0]?.acts, ["approve"], "only yes is left");
  t.same((await stand.page(worker)).milestones[0]?.acts, []);
  t.equal((await buyer.call(askChanges, { milestone, points: ["Bigger letters."] })).problem, "silence-approved");
  t.equal((await buyer.call(openDispute, { milestone, reason: "Late." })).problem, "silence-approved");
  t.equal((await worker.call(openDispute, { milestone, reason: "Late." })).problem, "silence-approved");
  const { version } = (await stand.page()).milestones[0] ?? { version: 0 };
  const person = Array.from({ length: 10 }, () => buyer.call(approveHandIn, { milestone, version }));
  await Promise.all([...person, coop.keepTime(), coop.keepTime(), coop.keepTime()]);
  t.equal((await invoices(stand)).length, 1);
  t.equal(await factsOf(stand, "milestone.approved"), 1);
  t.match((await stand.page()).milestones, [{ state: "invoiced", approvedAt: limit }], "it counts from the limit, whoever came first");
});

/** Ten days after a hand-in at 17:40 UTC comes a day of 23 hours, one of 25, or the day that only leap years have; each zone has its own end of it. */
const limits = [
  { zone: "Europe/Brussels", on: "2027-03-28", limit: "2027-03-28T22:00:00.000Z" },
  { zone: "Europe/Lisbon", on: "2027-03-28", limit: "2027-03-28T23:00:00.000Z" },
  { zone: "Europe/Athens", on: "2027-03-28", limit: "2027-03-28T21:00:00.000Z" },
  { zone: "Atlantic/Azores", on: "2027-03-28", limit: "2027-03-29T00:00:00.000Z" },
  { zone: "Europe/Brussels", on: "2027-10-31", limit: "2027-10-31T23:00:00.000Z" },
  { zone: "Europe/Lisbon", on: "2027-10-31", limit: "2027-11-01T00:00:00.000Z" },
  { zone: "Europe/Athens", on: "2027-10-31", limit: "2027-10-31T22:00:00.000Z" },
  { zone: "Atlantic/Azores", on: "2027-10-31", limit: "2027-11-01T01:00:00.000Z" },
  { zone: "Europe/Brussels", on: "2028-02-29", limit: "2028-02-29T23:00:00.000Z" },
  { zone: "Europe/Lisbon", on: "2028-02-29", limit: "2028-03-01T00:00:00.000Z" },
  { zone: "Europe/Athens", on: "2028-02-29", limit: "2028-02-29T22:00:00.000Z" },
  { zone: "Atlantic/Azores", on: "2028-02-29", limit: "2028-03-01T01:00:00.000Z" },
] as const;

test("a limit is the first instant after its day in its zone, to the millisecond", (t) => {
  const handedInOn = { "2027-03-28": "2027-03-18", "2027-10-31": "2027-10-21", "2028-02-29": "2028-02-19" } as const;
  for (const { zone, on, limit } of limits) {
    const handedInAt = instant(`${handedInOn[on]}T17:40:00Z`);
    const approveBy = endOfDay(dayAfter(dayOf(handedInAt, zone), 10), zone);
    t.equal(approveBy, limit, `${on} in ${zone}`);
    t.equal(dayOf(later(approveBy, -1), zone), on, "the millisecond before is of that day");
    t.not(dayOf(approveBy, zone), on, "and the limit is not");
    const milestone = { ...silent, approveBy };
    t.equal(isSilenceOver(milestone, later(approveBy, -1)), false);
    t.equal(isSilenceOver(milestone, approveBy), true);
    t.equal(objectionToChanges(milestone, carla, later(approveBy, -1)), undefined);
    t.equal(objectionToChanges(milestone, carla, approveBy)?.type, "silence-approved");
  }
  // In the Azores 28 March 2027 has no midnight: the day before ends with the first instant there is.
  t.equal(endOfDay("2027-03-27" as Day, "Atlantic/Azores"), "2027-03-28T01:00:00.000Z");
  t.end();
});

test("a job that closed is opened again, or lapses, by the same clocks: at the end of its day, whatever the night had", (t) => {
  for (const { zone, on, limit } of limits)
    for (const days of [reopenDays, lapseDays]) {
      const closedAt = endOfDay(dayAfter(on as Day, -days), zone);
      t.equal(daysLater(closedAt, days, zone), limit, `${days} days before the end of ${on} in ${zone}`);
      const closed: PostedJob = {
        client: "c",
        state: "closed",
        version: 1n,
        openedAt: closedAt,
        bidsUntil: closedAt,
        reopenUntil: instant(limit),
      };
      const again = later(instant(limit), 9 * dayMs);
      t.equal(objectionToReopening(closed, again, carla, later(instant(limit), -1)), undefined);
      t.equal(objectionToReopening(closed, again, carla, instant(limit))?.type, "reopen-too-late");
    }
  t.end();
});

const silent: Milestone = {
  client: "c",
  member: "m",
  team: ["m"],
  engagementState: "underWay",
  state: "handedIn",
  version: 1n,
  changesAsked: 0,
  reminderOwed: false,
};
const carla: Actor = { kind: "person", person: "p", session: "s", roles: [], buysFor: [{ client: "c", role: "owner" }] };

for (const { zone, now, limit, dates } of [
  {
    zone: "Europe/Brussels",
    now: "2027-03-18T17:40:00Z",
    limit: "2027-03-28T22:00:00.000Z",
    dates: { startOn: "2027-03-22", endOn: "2027-03-24", bidsUntil: "2027-03-20" },
  },
  {
    zone: "Atlantic/Azores",
    now: "2027-03-18T17:40:00Z",
    limit: "2027-03-29T00:00:00.000Z",
    dates: { startOn: "2027-03-22", endOn: "2027-03-24", bidsUntil: "2027-03-20" },
  },
  {
    zone: "Europe/Lisbon",
    now: "2027-10-21T17:40:00Z",
    limit: "2027-11-01T00:00:00.000Z",
    dates: { startOn: "2027-10-25", endOn: "2027-10-27", bidsUntil: "2027-10-23" },
  },
  {
    zone: "Europe/Athens",
    now: "2028-02-19T17:40:00Z",
    limit: "2028-02-29T22:00:00.000Z",
    dates: { startOn: "2028-02-23", endOn: "2028-02-25", bidsUntil: "2028-02-21" },
  },
])
  test(`silence that ends on ${limit} approves when that day is over in ${zone}`, async (t) => {
    const stand = await stage(t, now, dates, zone);
    const { coop } = stand;
    t.equal((await handedIn(stand)).limit, limit);
    until(coop, limit, -dayMs);
    await coop.keepTime();
    until(coop, limit, -1);
    await coop.keepTime();
    t.match((await stand.page()).milestones, [{ state: "handedIn", approveBy: limit }]);
    coop.wait(1);
    await coop.keepTime();
    t.match((await stand.page()).milestones, [{ state: "invoiced", bySilence: true, approvedAt: limit }]);
  });

test("a millisecond before the limit the client still disputes, and the clock that comes then approves nothing", async (t) => {
  const stand = await stage(t);
  const { coop, buyer, milestone } = stand;
  const { limit } = await handedIn(stand);
  until(coop, limit, -dayMs - 1);
  await coop.keepTime();
  until(coop, limit, -1);
  t.equal((await buyer.call(openDispute, { milestone, reason: "It is not what was agreed." })).status, 201);
  coop.wait(15 * dayMs);
  await coop.keepTime();
  t.match((await stand.page()).milestones, [{ state: "disputed" }]);
  t.equal((await invoices(stand)).length, 0);
});

test("while a reminder is owed, late answers are in time: whoever was not asked was not silent", async (t) => {
  const stand = await stage(t);
  const { coop, buyer, milestone } = stand;
  const { limit } = await handedIn(stand);
  until(coop, limit, 5 * dayMs);
  t.equal((await buyer.call(askChanges, { milestone, points: ["Bigger letters."] })).status, 201);
});

test("a dispute that ends gives the whole time again: a letter at once, two reminders, and the limit", async (t) => {
  const stand = await stage(t);
  const { coop, buyer, milestone } = stand;
  await handedIn(stand);
  coop.wait(8 * dayMs);
  await coop.keepTime();
  await buyer.call(openDispute, { milestone, reason: "It is not what was agreed." });
  coop.wait(10 * dayMs);
  t.equal((await buyer.call(endDispute, { milestone })).status, 200);
  await coop.settle();
  t.match(coop.mails.at(-1)?.subject, /The dispute ended/);
  const limit = (await stand.page()).milestones[0]?.approveBy ?? "";
  t.equal(limit, "2026-12-29T23:00:00.000Z", "ten days after 19 December");
  const reminders: string[] = [];
  for (let day = 0; day < 11; day += 1) {
    const before = await factsOf(stand, "milestone.reminded");
    await coop.keepTime();
    if ((await factsOf(stand, "milestone.reminded")) > before) reminders.push(coop.now().slice(0, 10));
    coop.wait(dayMs);
  }
  t.same(reminders, ["2026-12-24", "2026-12-28"], "on days 5 and 9");
  await coop.keepTime();
  t.match((await stand.page()).milestones, [{ state: "invoiced", bySilence: true, approvedAt: limit }]);
});

test("what was shown before the work changed approves nothing", async (t) => {
  const stand = await stage(t);
  const { buyer, worker, milestone } = stand;
  const { version } = await handedIn(stand);
  await buyer.call(askChanges, { milestone, points: ["Bigger letters."] });
  await worker.call(handIn, { milestone, text: "Something else altogether." });
  t.equal((await buyer.call(approveHandIn, { milestone, version })).problem, "hand-in-changed");
  t.equal((await invoices(stand)).length, 0);
});

test("the same intent is answered the same: a repeat has the same invoice, another body is refused", async (t) => {
  const stand = await stage(t);
  const { buyer, milestone } = stand;
  const { version } = await handedIn(stand);
  const first = await buyer.call(approveHandIn, { milestone, version }, "approve");
  const again = await buyer.call(approveHandIn, { milestone, version }, "approve");
  t.same([again.status, again.body], [200, first.body]);
  t.equal(again.headers["idempotent-replayed"], "true");
  t.equal((await buyer.call(approveHandIn, { milestone, version: version + 1 }, "approve")).problem, "idempotency-mismatch");
});

test("from both signatures to the bank: settled when both are paid, and every fact reaches those who look on", async (t) => {
  const money = await treasury(t);
  const { coop, buyer, client, worker } = money;
  const stand: Stand = { coop, ...(await agreed({ buyer, client, worker })) };
  const { engagement, milestone, page } = stand;
  const { version } = await handedIn(stand);
  const { invoice } = (await buyer.call(approveHandIn, { milestone, version })).body;
  for (const each of [worker, money.tess, money.tom]) await prove(coop, each);
  await withIban(money);
  await clientPaid(money, invoice.id, "1000.00");
  await coop.settle();
  t.match((await page()).milestones, [{ state: "invoiced", invoice: { paid: { amount: "1000.00" } }, payable: { state: "waiting" } }]);
  await clientPaid(money, invoice.id, "1420.00");
  await coop.settle();
  t.match((await page()).milestones, [{ state: "clientPaid", payable: { state: "ready" } }]);
  const [payable] = (await money.tess.call(listPayables, {})).body.items;
  await signedPayout(money, [payable?.id ?? ""]);
  t.match((await page()).milestones, [{ state: "clientPaid", payable: { state: "ordered" } }]);
  const [batch] = (await money.tess.call(listPayouts, {})).body.items;
  await bankBooked(money, { kind: "payoutSettled", item: batch?.items[0]?.id ?? "" }, "1830.00");
  await coop.settle();
  t.match(await page(worker), { state: "finished", acts: [], milestones: [{ state: "settled", payable: { state: "paid" }, acts: [] }] });
  const { rows } = await sql<{
    type: string;
  }>`select type from platform.fact where (subject in (${engagement}, ${milestone}) or body->>'engagement' = ${engagement})
     and type ~ '^(engagement|milestone|invoice)' and not about @> array[${`engagement:${engagement}`}]`.execute(coop.db);
  t.same(rows, [], "each is told to the engagement's topic");
});
