// Work in several milestones: parted to the cent, begun in turn, each approved and invoiced by itself, and the last one ends it.
import { test, type Test } from "tap";
import fc from "fast-check";
import {
  approveHandIn,
  askChanges,
  cancelEngagement,
  handIn,
  openDispute,
  postJob,
  readJob,
  startEngagement,
} from "@partcommune/shared/marketplace/api";
import { startingNow, type MilestoneState } from "@partcommune/shared/marketplace/rules/milestone";
import { objectionToPlan, planOf, type PlannedMilestone } from "@partcommune/shared/marketplace/rules/plan";
import { listInvoices } from "@partcommune/shared/money/api";
import { budgetOf, feeOf, splitByParts, splitFee } from "@partcommune/shared/money/rules/split";
import { moneyFrom, sum, type Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { balancesUnder } from "@partcommune/server/money/index";
import { openCoop, type Caller, type TestCoop } from "../support/coop.ts";
import { engaged, type Engaged } from "../support/engagements.ts";
import { posterJob } from "../support/jobs.ts";
import { clientOwner, founder } from "../support/people.ts";

const eur = (amount: string) => ({ amount, currency: "EUR" });
const planned = (amount: string, change: Partial<PlannedMilestone> = {}, currency = "EUR"): PlannedMilestone => ({
  title: "Sketch",
  amount: moneyFrom({ amount, currency }),
  parallel: false,
  ...change,
});
const dates = { startOn: "2026-12-14" as Day, endOn: "2026-12-18" as Day };

test("a plan parts the whole price, in its currency, within its dates", (t) => {
  const price = moneyFrom(eur("2000.00"));
  const rows: readonly (readonly [string, readonly PlannedMilestone[]])[] = [
    ["-", planOf("Poster", price, undefined)],
    ["-", [planned("500.00"), planned("1500.00")]],
    ["-", [planned("1999.99"), planned("0.01", { parallel: true, dueOn: "2026-12-14" as Day })]],
    ["-", [planned("2000.00", { dueOn: "2026-12-18" as Day })]],
    ["milestones-differ-from-price", [planned("500.00"), planned("1499.99")]],
    ["milestones-differ-from-price", [planned("2000.00"), planned("0.01")]],
    ["currency-differs", [planned("500.00"), planned("1500.00", {}, "SEK")]],
    ["currency-differs", [planned("2000", {}, "JPY")]],
    ["milestone-outside-dates", [planned("2000.00", { dueOn: "2026-12-13" as Day })]],
    ["milestone-outside-dates", [planned("500.00"), planned("1500.00", { dueOn: "2026-12-19" as Day })]],
  ];
  for (const [refusal, plan] of rows) t.equal(objectionToPlan(plan, price, dates)?.type ?? "-", refusal, refusal);
  t.end();
});

test("a milestone begins when the one before is handed in, or with the work", (t) => {
  const rows: readonly (readonly [line: string, begins: readonly number[]])[] = [
    ["waiting waiting waiting", [0]],
    ["waiting waiting/p waiting", [0, 1]],
    ["underWay waiting waiting", []],
    ["handedIn waiting waiting", [1]],
    ["underWay handedIn/p waiting", [2]],
    ["changesAsked waiting waiting", [1]],
    ["disputed waiting waiting", [1]],
    ["settled underWay waiting/p", [2]],
    ["settled settled settled", []],
    ["cancelled cancelled cancelled", []],
  ];
  for (const [line, begins] of rows) {
    const milestones = line.split(" ").map((word) => ({ state: word.split("/")[0] as MilestoneState, parallel: word.endsWith("/p") }));
    t.same(
      startingNow(milestones).map((milestone) => milestones.indexOf(milestone)),
      begins,
      line,
    );
  }
  t.end();
});

test("budgets and common parts of all invoices are the price, whatever the price, the parts and the rate", (t) => {
  const pots = fc.array(fc.bigInt(0n, 1_000_000n), { minLength: 6, maxLength: 6 }).filter((parts) => parts.some((part) => part > 0n));
  fc.assert(
    fc.property(
      fc.bigInt(20n, 10n ** 13n),
      fc.array(fc.bigInt(1n, 1_000n), { minLength: 1, maxLength: 20 }),
      fc.bigInt(0n, 400_000n),
      pots,
      (minor, weights, rate, [guarantee = 0n, insurance = 0n, coaching = 0n, advances = 0n, reserve = 0n, running = 0n]) => {
        const price: Money = { minor, currency: "EUR" };
        const parts = splitByParts(price, weights).filter((part) => part.minor > 0n);
        const plan = parts.map((amount) => ({ title: "Part", amount, parallel: false }));
        const split = { guarantee, insurance, coaching, advances, reserve, running };
        const common = parts.flatMap((part) => Object.values(splitFee(feeOf(part, rate), split)));
        return (
          objectionToPlan(plan, price, dates) === undefined &&
          common.reduce((total, each) => sum(total, each), budgetOf(parts, rate)).minor === minor &&
          common.every((each) => each.minor >= 0n)
        );
      },
    ),
    { numRuns: 2_000 },
  );
  t.end();
});

type Stand = Engaged & { readonly coop: TestCoop; readonly milestones: readonly string[] };

/** A sketch, then the drawing, and beside both of them the printing: 333.33, 1 333.34 and 333.33. */
const three = [
  { title: "Sketch", amount: eur("333.33"), parallel: false, dueOn: "2026-12-15" },
  { title: "Drawing", amount: eur("1333.34"), parallel: false },
  { title: "Printing", amount: eur("333.33"), parallel: true },
];

async function stage(t: Test): Promise<Stand> {
  const coop = await openCoop(t, { settings: { poolSize: 30 } });
  const stand = await engaged(coop, await founder(coop), { milestones: three });
  return { coop, ...stand, milestones: (await stand.page()).milestones.map(({ id }) => id) };
}

const statesOf = async ({ page }: Stand): Promise<string> => (await page()).milestones.map(({ state }) => state).join(" ");
const handed = (by: Caller, milestone = "") => by.call(handIn, { milestone, text: "It is done." });
const version = async ({ page }: Stand, at: number): Promise<number> => (await page()).milestones[at]?.version ?? 0;
const approved = async (stand: Stand, at: number) =>
  stand.buyer.call(approveHandIn, { milestone: stand.milestones[at] ?? "", version: await version(stand, at) });

test("a job says its milestones, and refuses those that are not its price", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const { caller, client } = await clientOwner(coop, "Carla");
  const job = posterJob(client);
  const { price: _, ...unpriced } = job;
  const short = [{ title: "Sketch", amount: eur("1999.99"), parallel: false }];
  t.equal((await caller.call(postJob, { ...unpriced, milestones: three })).problem, "milestones-need-price");
  t.equal((await caller.call(postJob, { ...job, milestones: short })).problem, "milestones-differ-from-price");
  t.equal((await caller.call(postJob, { ...job, milestones: [] })).status, 422);
  const late = three.map((each) => ({ ...each, dueOn: "2026-12-19" }));
  t.equal((await caller.call(postJob, { ...job, milestones: late })).problem, "milestone-outside-dates");
  const tooMany = Array.from({ length: 21 }, () => ({ title: "Part", amount: eur("100.00"), parallel: false }));
  t.equal((await caller.call(postJob, { ...job, milestones: tooMany })).status, 422);
  t.equal((await caller.call(postJob, { ...job, milestones: [{ ...three[0], state: "approved" } as never] })).status, 400);
  const { id } = (await caller.call(postJob, { ...job, milestones: three })).body;
  t.same(
    (await coop.someone().call(readJob, { job: id })).body.milestones,
    three.map((each, at) => ({ number: at + 1, ...each })),
  );
});

test("the quote holds them, and begun in turn they are invoiced one by one", async (t) => {
  const stand = await stage(t);
  const { coop, buyer, client, worker, engagement, page, milestones } = stand;
  const { quote } = await page();
  t.same(
    (JSON.parse(quote) as { milestones: unknown }).milestones,
    three.map((each, at) => ({ number: at + 1, ...each })),
  );
  for (const milestone of milestones) t.equal((await handed(worker, milestone)).problem, "not-in-this-state", "nothing has begun");
  await worker.call(startEngagement, { engagement });
  t.equal(await statesOf(stand), "underWay waiting underWay");
  t.equal((await handed(worker, milestones[1])).problem, "not-in-this-state", "the second before the first");
  t.equal((await approved(stand, 1)).problem, "not-in-this-state", "what was not handed in");
  t.equal((await handed(worker, milestones[2])).status, 201, "the parallel one waits for nobody");
  t.equal(await statesOf(stand), "underWay waiting handedIn");
  t.equal((await handed(worker, milestones[0])).status, 201);
  t.equal(await statesOf(stand), "handedIn underWay handedIn");
  t.equal((await approved(stand, 2)).body.invoice.number, "BE-2026-000001");
  coop.wait(1);
  t.equal((await approved(stand, 0)).body.invoice.number, "BE-2026-000002");
  t.equal((await buyer.call(cancelEngagement, { engagement, reason: "No longer needed." })).problem, "handed-in-already");
  await handed(worker, milestones[1]);
  coop.wait(1);
  t.equal((await approved(stand, 1)).status, 200);
  t.equal(await statesOf(stand), "invoiced invoiced invoiced");
  t.match((await buyer.call(listInvoices, { client })).body.items, [
    { about: "Poster for the spring fair: Drawing", net: eur("1333.34") },
    { about: "Poster for the spring fair: Sketch", net: eur("333.33") },
    { about: "Poster for the spring fair: Printing", net: eur("333.33") },
  ]);
  const booked = [...(await balancesUnder(coop, "pot:")), ...(await balancesUnder(coop, "member:"))];
  t.equal(
    booked.reduce((total, { balance }) => total - balance.minor, 0n),
    200_000n,
    "budgets and common money are the price, to the cent",
  );
});

test("changes asked for after the next one began leave the next one at work", async (t) => {
  const stand = await stage(t);
  const { buyer, worker, engagement, milestones } = stand;
  const [first = "", second = ""] = milestones;
  await worker.call(startEngagement, { engagement });
  await handed(worker, first);
  t.equal((await buyer.call(askChanges, { milestone: first, points: ["Bigger letters."] })).status, 201);
  t.equal(await statesOf(stand), "changesAsked underWay underWay");
  t.equal((await handed(worker, first)).status, 201);
  t.equal(await statesOf(stand), "handedIn underWay underWay", "what has begun does not begin again");
  t.equal((await buyer.call(openDispute, { milestone: first, reason: "Not as agreed." })).status, 201);
  t.equal((await handed(worker, first)).problem, "not-in-this-state", "hand in after a dispute");
  t.equal((await handed(worker, second)).status, 201, "a dispute about one part leaves the others");
});

test("two hand-ins at once begin what waits for them once", async (t) => {
  const stand = await stage(t);
  const { coop, worker, engagement, milestones } = stand;
  await worker.call(startEngagement, { engagement });
  await Promise.all(Array.from({ length: 20 }, (_, at) => handed(worker, milestones[at % 2 ? 0 : 2])));
  t.equal(await statesOf(stand), "handedIn underWay handedIn");
  const begun = await coop.db.selectFrom("platform.fact").select("subject").where("type", "=", "milestone.started").execute();
  t.equal(begun.length, 3);
});

test("cancelled before anything is handed in, all of them are; nothing of it is handed in or approved any more", async (t) => {
  const stand = await stage(t);
  const { buyer, worker, engagement, milestones } = stand;
  await worker.call(startEngagement, { engagement });
  t.equal((await buyer.call(cancelEngagement, { engagement, reason: "The fair is called off." })).status, 200);
  t.equal(await statesOf(stand), "cancelled cancelled cancelled");
  for (const [at, milestone] of milestones.entries()) {
    t.equal((await handed(worker, milestone)).problem, "not-in-this-state");
    t.equal((await approved(stand, at)).problem, "not-in-this-state");
  }
});

test("what was planned is frozen with the quote", async (t) => {
  const { coop, milestones } = await stage(t);
  for (const change of [{ amount_minor: 1n }, { title: "Another" }, { parallel: true }, { number: 7 }] as const) {
    const forged = coop.db
      .updateTable("marketplace.milestone")
      .set(change)
      .where("id", "=", milestones[0] ?? "");
    await t.rejects(forged.execute(), { code: "PC030" }, JSON.stringify(Object.keys(change)));
  }
});
