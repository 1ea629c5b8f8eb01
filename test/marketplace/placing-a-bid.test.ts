// Members bid on open jobs; the client sees all bids, a member their own, and nobody else any.
import { test } from "tap";
import { listBids, placeBid, postJob, reviseBid, withdrawBid, withdrawJob } from "@partcommune/shared/marketplace/api";
import { objectionToBid, type Bidder, type BidLimits, type BidOn } from "@partcommune/shared/marketplace/rules/bid";
import {
  objectionToOffer,
  objectionToOfferedPay,
  outsideBounds,
  type Offer,
  type OfferedOn,
} from "@partcommune/shared/marketplace/rules/price";
import { objectionToConfirming, objectionToRevision, type StandingBid } from "@partcommune/shared/marketplace/rules/revision";
import { foundClient } from "@partcommune/shared/membership/api";
import { stages } from "@partcommune/shared/membership/rules";
import { moneyFrom } from "@partcommune/shared/platform/money";
import { instant } from "@partcommune/shared/platform/time";
import { openCoop, type TestCoop } from "../support/coop.ts";
import { posterJob } from "../support/jobs.ts";
import { applicant, clientOwner, founder, organisation, signedUp, trialMember } from "../support/people.ts";

test("a bid is refused for the first reason that holds", (t) => {
  const job: BidOn = {
    client: "c",
    state: "open",
    version: 1n,
    bidsUntil: instant("2026-12-07T23:00:00Z"),
    currency: "EUR",
    price: moneyFrom({ amount: "2000.00", currency: "EUR" }),
  };
  const { price: _, ...open } = job;
  const anna: Bidder = { stage: "trial", buysFor: [], openBids: 0 };
  const limits: BidLimits = { mostOpen: 20, weekdays: 5n };
  const inTime = "2026-12-07T22:59:59.999Z";
  const rows: readonly (readonly [string, BidOn, string, Bidder, string])[] = [
    ["-", job, inTime, anna, "2000.00 EUR"],
    ["job-not-open", { ...job, state: "closed" }, inTime, anna, "2000.00 EUR"],
    ["job-not-open", { ...job, state: "withdrawn" }, inTime, anna, "2000.00 EUR"],
    ["bid-too-late", job, "2026-12-07T23:00:00.000Z", anna, "2000.00 EUR"],
    ["bid-on-own-job", job, inTime, { ...anna, buysFor: ["c"] }, "2000.00 EUR"],
    ["-", job, inTime, { ...anna, buysFor: ["other"] }, "2000.00 EUR"],
    ["bid-currency-differs", job, inTime, anna, "2000.00 SEK"],
    ["bid-differs-from-fixed", job, inTime, anna, "1999.99 EUR"],
    ["-", open, inTime, anna, "1.00 EUR"],
    ["-", job, inTime, { ...anna, openBids: 19 }, "2000.00 EUR"],
    ["too-many-open-bids", job, inTime, { ...anna, openBids: 20 }, "2000.00 EUR"],
  ];
  for (const [refusal, on, now, bidder, offer] of rows) {
    const [amount = "", currency = ""] = offer.split(" ");
    t.equal(
      objectionToBid(on, bidder, { amount: moneyFrom({ amount, currency }) }, limits, instant(now))?.type ?? "-",
      refusal,
      `${refusal} ${now} ${offer}`,
    );
  }
  const mayBid = stages.filter(
    (stage) =>
      objectionToBid(job, { ...anna, stage }, { amount: moneyFrom({ amount: "2000.00", currency: "EUR" }) }, limits, instant(inTime)) ===
      undefined,
  );
  t.same(mayBid, ["trial", "member", "associate"]);
  t.end();
});

test("an offer fits the kind of price, pays at least the floor, and lies where it lies beside the bounds", (t) => {
  const money = (amount: string) => moneyFrom({ amount, currency: "EUR" });
  const fixed = { currency: "EUR", price: money("640.00") };
  const open = { currency: "EUR", priceKind: "open", least: money("1500.00"), most: money("2500.00") } as const;
  const hourly = { currency: "EUR", priceKind: "hourly" } as const;
  const pay = { weekdays: 5n, wageFloor: money("28.00") };
  const rows: readonly (readonly [string, OfferedOn, Offer])[] = [
    ["-", open, { amount: money("1120.00") }],
    ["below-wage-floor", open, { amount: money("1119.99") }],
    ["-", open, { amount: money("1119.99"), days: 4 }],
    ["below-wage-floor", open, { amount: money("1344.00"), days: 7 }],
    ["below-a-day", open, { amount: money("223.99"), days: 1 }],
    ["-", fixed, { amount: money("640.00") }],
    ["-", hourly, { amount: money("56.00"), rate: money("28.00") }],
    ["rate-below-floor", hourly, { amount: money("5600.00"), rate: money("27.99") }],
  ];
  for (const [wanted, job, offer] of rows) t.equal(objectionToOfferedPay(job, offer, pay)?.type ?? "-", wanted, JSON.stringify(offer.days));
  const cap = money("2000.00");
  const fits: readonly (readonly [string, OfferedOn, Offer])[] = [
    ["-", hourly, { amount: cap, rate: cap }],
    ["rate-needed", hourly, { amount: cap }],
    ["rate-not-asked", open, { amount: cap, rate: cap }],
    ["rate-not-asked", fixed, { amount: cap, rate: cap }],
    ["rate-above-cap", hourly, { amount: cap, rate: money("2000.01") }],
    ["bid-currency-differs", hourly, { amount: cap, rate: { ...cap, currency: "SEK" } }],
  ];
  for (const [wanted, job, offer] of fits) t.equal(objectionToOffer(job, offer)?.type ?? "-", wanted);
  t.equal(objectionToOfferedPay(open, { amount: money("0.01") }, { weekdays: 5n }), undefined, "where members voted no floor");
  t.equal(outsideBounds(open, money("1499.99")), "below");
  t.equal(outsideBounds(open, money("1500.00")), undefined);
  t.equal(outsideBounds(open, money("2500.00")), undefined);
  t.equal(outsideBounds(open, money("2500.01")), "above");
  t.equal(outsideBounds({}, money("0.01")), undefined);
  t.end();
});

test("a bid is revised until the deadline, and answers a changed job for 72 hours", (t) => {
  const on: BidOn = { client: "c", state: "open", version: 1n, bidsUntil: instant("2026-12-07T23:00:00Z"), currency: "EUR" };
  const cent = { amount: "0.01", currency: "EUR" };
  const price = moneyFrom({ amount: "2000.00", currency: "EUR" });
  const placed: StandingBid = { state: "placed", version: 3n, amount: price };
  const asked: StandingBid = { ...placed, state: "toConfirm", confirmUntil: instant("2026-12-09T09:00:00Z") };
  const [early, late] = [instant("2026-12-07T22:59:59.999Z"), instant("2026-12-07T23:00:00Z")];
  const [last, over] = [instant("2026-12-09T08:59:59.999Z"), instant("2026-12-09T09:00:00Z")];
  const revision = { offer: { amount: price }, shown: 3n, pay: { weekdays: 5n } };
  const rows = [
    ["-", objectionToRevision(placed, on, revision, early)],
    ["bid-too-late", objectionToRevision(placed, on, revision, late)],
    ["job-not-open", objectionToRevision(placed, { ...on, state: "closed" }, revision, early)],
    ["bid-changed", objectionToRevision(placed, on, { ...revision, shown: 2n }, early)],
    ["bid-differs-from-fixed", objectionToRevision(placed, { ...on, price: moneyFrom(cent) }, revision, early)],
    ["-", objectionToRevision(asked, { ...on, state: "closed" }, revision, last)],
    ["confirm-too-late", objectionToRevision(asked, on, revision, over)],
    ["-", objectionToConfirming(asked, on, 3n, last)],
    ["confirm-too-late", objectionToConfirming(asked, on, 3n, over)],
    ["bid-changed", objectionToConfirming(asked, on, 2n, last)],
    ["bid-differs-from-fixed", objectionToConfirming(asked, { ...on, price: moneyFrom(cent) }, 3n, last)],
    ["not-in-this-state", objectionToConfirming(placed, on, 3n, early)],
    ["not-in-this-state", objectionToRevision({ ...placed, state: "withdrawn" }, on, revision, early)],
  ] as const;
  for (const [wanted, refusal] of rows) t.equal(refusal?.type ?? "-", wanted);
  t.end();
});

const eur = (amount: string) => ({ amount, currency: "EUR" });
const offer = { amount: eur("2000.00"), pitch: "I have made posters for ten years." };

async function market(coop: TestCoop) {
  const board = await founder(coop);
  const { caller: carla, client } = await clientOwner(coop, "Carla");
  const job = (await carla.call(postJob, posterJob(client))).body.id;
  const marc = await trialMember(coop, board, "Marc");
  return { board, carla, client, job, marc };
}

test("the client sees every bid, a member their own, and nobody else one", async (t) => {
  const coop = await openCoop(t);
  const { board, carla, client, job, marc } = await market(coop);
  const nina = await trialMember(coop, board, "Nina");
  const placed = await marc.call(placeBid, { job, ...offer });
  t.equal(placed.status, 201, placed.text);
  coop.wait(1);
  await nina.call(placeBid, { job, ...offer });
  const seen = async (caller: typeof marc): Promise<string> =>
    (await caller.call(listBids, { job })).body.items.map(({ bidder, mine }) => `${bidder}${mine ? " (mine)" : ""}`).join(", ");
  t.equal(await seen(carla), "Marc, Nina");
  t.equal(await seen(marc), "Marc (mine)");
  t.equal(await seen(nina), "Nina (mine)");
  const priced = { priceKind: "open", price: undefined, least: eur("1500.00"), most: eur("2500.00") } as const;
  const { id: open } = (await carla.call(postJob, { ...posterJob(client), ...priced })).body;
  t.equal((await marc.call(placeBid, { job: open, ...offer, amount: eur("1119.99") })).problem, "below-wage-floor");
  t.equal((await marc.call(placeBid, { job: open, ...offer, amount: eur("1000.00"), days: 3 })).status, 201);
  coop.wait(1);
  t.equal((await nina.call(placeBid, { job: open, ...offer })).status, 201);
  const bids = (await carla.call(listBids, { job: open })).body.items.toSorted((one, other) => one.placedAt.localeCompare(other.placedAt));
  t.match(bids, [{ days: 3, outside: "below" }, { outside: undefined }], "a bid outside the bounds is shown as such");
  t.equal(
    (await marc.call(reviseBid, { bid: bids[0]?.id ?? "", version: 1, ...offer, amount: eur("600.00"), days: 3 })).problem,
    "below-wage-floor",
  );
  for (const stranger of [coop.someone(), (await clientOwner(coop, "Otto")).caller, await signedUp(coop, "Stan"), board])
    t.equal(await seen(stranger), "");
});

test("only members on their feet bid, and not on their own organisation's job", async (t) => {
  const coop = await openCoop(t);
  const { board, carla, job } = await market(coop);
  t.equal((await coop.someone().call(placeBid, { job, ...offer })).problem, "sign-in-first");
  t.equal((await (await applicant(coop, "Ada")).caller.call(placeBid, { job, ...offer })).problem, "members-only");
  t.equal((await carla.call(placeBid, { job, ...offer })).problem, "members-only");
  const both = await trialMember(coop, board, "Bo");
  const own = (await both.call(foundClient, { ...organisation, name: "Bo SA" })).body.id;
  const ownJob = (await both.call(postJob, posterJob(own))).body.id;
  t.equal((await both.call(placeBid, { job: ownJob, ...offer })).problem, "bid-on-own-job");
  t.equal((await both.call(placeBid, { job: own, ...offer })).problem, "not-found");
});

test("fifty bids of one member at once are one bid, and a repeat is the same answer", async (t) => {
  const coop = await openCoop(t, { settings: { poolSize: 30 } });
  const { job, marc } = await market(coop);
  const answers = await Promise.all(Array.from({ length: 50 }, () => marc.call(placeBid, { job, ...offer })));
  t.equal(answers.filter(({ status }) => status === 201).length, 1);
  t.equal(answers.filter(({ problem }) => problem === "bid-placed-already").length, 49);
});

test("a bid is withdrawn by its bidder alone, once, and another may follow", async (t) => {
  const coop = await openCoop(t);
  const { board, carla, client, job, marc } = await market(coop);
  const nina = await trialMember(coop, board, "Nina");
  const bid = (await marc.call(placeBid, { job, ...offer })).body.id;
  t.equal((await nina.call(withdrawBid, { bid })).problem, "not-found");
  t.equal((await marc.call(withdrawBid, { bid })).status, 200);
  t.equal((await marc.call(withdrawBid, { bid })).problem, "not-in-this-state");
  t.equal((await marc.call(placeBid, { job, ...offer })).status, 201);
  t.equal((await carla.call(withdrawJob, { job })).status, 200, client);
  t.equal((await nina.call(placeBid, { job, ...offer })).problem, "job-not-open");
});
