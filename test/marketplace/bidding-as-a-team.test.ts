// Members bid together: shares that are the whole, everybody's signature before the client sees it, and nobody's pay decided by another.
import fc from "fast-check";
import { test, type Test } from "tap";
import {
  acceptBid,
  changeJob,
  confirmBid,
  listBids,
  listOwnBids,
  placeBid,
  postJob,
  readEngagement,
  reviseBid,
  signBid,
  signEngagement,
  withdrawBid,
} from "@partcommune/shared/marketplace/api";
import { amountsOf, equalShares, objectionToShares, type Share } from "@partcommune/shared/marketplace/rules/team";
import { feeOf, splitWork } from "@partcommune/shared/money/rules/split";
import { amountText, moneyFrom, sum, zero } from "@partcommune/shared/platform/money";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import { openCoop, type Caller } from "../support/coop.ts";
import { posterJob } from "../support/jobs.ts";
import { applicant, clientOwner, founder, trialMember } from "../support/people.ts";
import { thirds, withPage } from "../support/teams.ts";

const eur = (amount: string) => ({ amount, currency: "EUR" });
const whole = moneyFrom(eur("2000.00"));
const ppm = (...parts: readonly number[]): readonly Share[] => parts.map((each) => ({ ppm: each }));
const amounts = (...parts: readonly string[]): readonly Share[] => parts.map((each) => ({ amount: moneyFrom(eur(each)) }));

test("shares are the whole, or are refused with what they come to", (t) => {
  const rows: readonly (readonly [string, readonly Share[]])[] = [
    ["-", ppm(333_334, 333_333, 333_333)],
    ["-", amounts("666.67", "666.67", "666.66")],
    ["-", amounts("1999.99", "0.01")],
    ["shares-not-whole", ppm(333_333, 333_333, 333_333)],
    ["shares-not-whole", ppm(500_000, 500_001)],
    ["shares-not-whole", amounts("666.67", "666.67", "666.67")],
    ["share-of-nothing", ppm(999_999, 1)],
    ["currency-differs", [{ amount: moneyFrom({ amount: "2000.00", currency: "SEK" }) }]],
  ];
  for (const [refusal, shares] of rows)
    t.equal(
      objectionToShares(whole, shares)?.type ?? "-",
      refusal,
      JSON.stringify(shares, (_, v) => String(v)),
    );
  const three = amountsOf(whole, ppm(...equalShares(3)));
  t.same(three.map(amountText), ["666.67", "666.67", "666.66"]);
  const budgets = splitWork(
    whole,
    feeOf(whole, 85_000n),
    three.map(({ minor }) => minor),
  );
  t.same(
    budgets.map(({ fee, earned }) => `${amountText(fee)} ${amountText(earned)}`),
    ["56.67 610.00", "56.67 610.00", "56.66 610.00"],
  );
  const feePerPart = sum(zero("EUR"), ...three.map((part) => feeOf(part, 85_000n)));
  t.equal(amountText(feePerPart), "170.01", "a fee on each part would be a cent too much");
  t.end();
});

test("whatever the price and the shares, the parts are the price, and equal shares are a cent apart at most", (t) => {
  const team = fc.integer({ min: 1, max: 12 });
  fc.assert(
    fc.property(fc.bigInt({ min: 1_200n, max: 100_000_000n }), team, (minor, people) => {
      const price = { minor, currency: "EUR" };
      const parts = amountsOf(price, ppm(...equalShares(people))).map((part) => part.minor);
      const [least, most] = [parts.reduce((a, b) => (a < b ? a : b)), parts.reduce((a, b) => (a > b ? a : b))];
      // Twelve parts of a million cannot be told equal to the millionth: on 1 000 000.00 that is a cent for each.
      return parts.reduce((so, each) => so + each, 0n) === minor && most - least <= 1n + minor / 1_000_000n;
    }),
  );
  fc.assert(
    fc.property(
      fc.bigInt({ min: 100n, max: 10_000_000n }),
      fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 12 }),
      (minor, parts) => {
        const price = { minor, currency: "EUR" };
        const earned = splitWork(price, feeOf(price, 85_000n), parts.map(BigInt));
        const total = earned.reduce((so, each) => so + each.earned.minor + each.fee.minor, 0n);
        return total === minor && earned.every((each) => each.earned.minor >= 0n);
      },
    ),
  );
  t.end();
});

async function market(t: Test) {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const { caller: carla, client } = await clientOwner(coop, "Carla");
  const member = (name: string): Promise<Caller> => trialMember(coop, board, name);
  const [anna, nina, otto] = [await member("Anna"), await member("Nina"), await member("Otto")];
  for (const [caller, handle] of [
    [nina, "nina-n"],
    [otto, "otto-o"],
  ] as const)
    await withPage(caller, handle);
  const job = (await carla.call(postJob, posterJob(client))).body.id;
  return { coop, board, carla, client, anna, nina, otto, job };
}

const offer = { amount: eur("2000.00"), pitch: "The three of us." };
const three = thirds(["nina-n", "otto-o"]);

test("a bid of three is seen by its client once all have signed it, and becomes a quote that all sign", async (t) => {
  const { coop, carla, anna, nina, otto, job } = await market(t);
  const placed = await anna.call(placeBid, { job, ...offer, team: three });
  t.equal(placed.status, 201, placed.text);
  const bid = placed.body.id;
  await coop.settle();
  t.match((await nina.call(listNotices, {})).body.items, [{ kind: "bidToSign", subject: job }]);
  t.match((await otto.call(listOwnBids, {})).body.items, [
    { id: bid, people: 3, share: eur("666.66"), state: "assembling", waitsForYou: true },
  ]);
  const seen = async (caller: Caller) => (await caller.call(listBids, { job })).body.items;
  t.same(await seen(carla), [], "nobody is on a bid in public before they signed");
  t.equal((await carla.call(acceptBid, { bid, version: 1, amount: offer.amount })).problem, "not-found");
  t.match(await seen(anna), [{ state: "assembling", acts: ["withdraw"], mine: true }]);
  t.match(await seen(nina), [
    { acts: ["sign", "withdraw"], parts: [{ name: "Anna", signed: true }, { name: "Nina", signed: false, you: true }, {}] },
  ]);
  t.equal((await nina.call(signBid, { bid, version: 2 })).problem, "bid-changed");
  t.equal((await anna.call(confirmBid, { bid, version: 1 })).problem, "not-in-this-state");
  t.equal((await anna.call(reviseBid, { bid, version: 1, ...offer })).problem, "not-in-this-state");
  t.match((await nina.call(signBid, { bid, version: 1 })).body, { state: "assembling" });
  t.equal((await nina.call(signBid, { bid, version: 1 })).problem, "signed-already");
  t.same(await seen(carla), []);
  const both = await Promise.all([otto.call(signBid, { bid, version: 1 }), otto.call(signBid, { bid, version: 1 }, "another-act")]);
  t.equal(both.filter(({ status }) => status === 201).length, 1, "one signature is one signature");
  t.match(await seen(carla), [
    { state: "placed", version: 1, parts: [{ amount: eur("666.67") }, { amount: eur("666.67") }, { amount: eur("666.66") }] },
  ]);
  const { engagement } = (await carla.call(acceptBid, { bid, version: 1, amount: offer.amount })).body;
  const page = async (caller: Caller) => (await caller.call(readEngagement, { engagement })).body;
  const { hash, quote, member } = await page(carla);
  t.equal(member, "Anna, Nina, Otto");
  t.match(JSON.parse(quote), {
    team: [{ name: "Anna", share: eur("666.67") }, { name: "Nina" }, { number: 3, name: "Otto", share: eur("666.66") }],
  });
  for (const side of [anna, carla, nina]) t.match((await side.call(signEngagement, { engagement, hash })).body, { state: "quoted" });
  t.same((await page(nina)).acts, ["decline", "chooseBudget"], "one has signed, and one is missing");
  t.equal((await nina.call(signEngagement, { engagement, hash })).problem, "signed-already");
  t.match((await otto.call(signEngagement, { engagement, hash })).body, { state: "signed" });
  // A third of the price does not pay anybody five days: the checks are asked of each with their own part.
  t.match((await page(otto)).checks, [
    { check: "wageFloor", holds: false },
    { check: "status", holds: true },
  ]);
  t.match(await page(otto), { team: [{ you: false }, {}, { you: true, amount: eur("666.66") }], side: "member", promise: {} });
});

test("revised, or offered for a job that changed, all sign it again, and no other version is accepted", async (t) => {
  const { coop, carla, anna, nina, otto, client } = await market(t);
  const { title, text, language, trade, place, startOn, endOn } = posterJob(client);
  const terms = { title, text, language, trade, ...(place ? { place } : {}), startOn, endOn };
  const job = (await carla.call(postJob, { ...terms, client, bidsUntil: "2026-12-07" })).body.id;
  const bid = (await anna.call(placeBid, { job, ...offer, team: three })).body.id;
  const asked = async (): Promise<number> => {
    await coop.settle();
    return (await otto.call(listNotices, {})).body.items.filter(({ kind }) => kind === "bidToSign").length;
  };
  t.equal(await asked(), 1);
  for (const each of [nina, otto]) await each.call(signBid, { bid, version: 1 });
  const seen = async (caller: Caller) => (await caller.call(listBids, { job })).body.items[0];
  t.same((await seen(nina))?.acts, ["withdraw"], "who leads revises");
  t.equal((await nina.call(reviseBid, { bid, version: 1, ...offer, amount: eur("2200.00") })).problem, "not-found");
  t.equal((await anna.call(reviseBid, { bid, version: 1, ...offer, amount: eur("2200.00") })).status, 200);
  t.equal(await seen(carla), undefined, "what not all have signed is not there");
  t.equal(await asked(), 2);
  t.equal((await carla.call(acceptBid, { bid, version: 1, amount: offer.amount })).problem, "not-found");
  t.match(await seen(otto), { version: 2, parts: [{ amount: eur("733.34"), signed: true }, { amount: eur("733.33"), signed: false }, {}] });
  t.equal((await otto.call(signBid, { bid, version: 1 })).problem, "bid-changed");
  for (const each of [nina, otto]) await each.call(signBid, { bid, version: 2 });
  t.match(await seen(carla), { state: "placed", version: 2, earlier: [{ amount: eur("2000.00") }] });
  t.match((await carla.call(changeJob, { job, version: 1, ...terms, text: "Two posters." })).body, { askedAgain: 1 });
  t.match(await seen(anna), { state: "assembling", version: 3, acts: ["sign", "withdraw"] }, "who leads signs for the changed job, too");
  t.equal(await asked(), 3);
  for (const each of [anna, nina, otto]) await each.call(signBid, { bid, version: 3 });
  t.match(await seen(carla), { state: "placed", version: 3 });
});

test("who is asked is a member who shows a page, once each, and whoever signs may bid as if alone", async (t) => {
  const { coop, board, carla, anna, nina, otto, job } = await market(t);
  const asked = async (team: typeof three) => (await anna.call(placeBid, { job, ...offer, team })).problem;
  const ada = await applicant(coop, "Ada");
  await withPage(ada.caller, "ada-a");
  t.equal(await asked(thirds(["nina-n", "ada-a"])), "colleague-unknown");
  t.equal(await asked(thirds(["nina-n", "nina-n"])), "named-twice");
  await withPage(anna, "anna-a");
  t.equal(await asked(thirds(["nina-n", "anna-a"])), "named-twice");
  t.equal(await asked({ ...three, own: { ppm: 333_333 } }), "shares-not-whole");
  const bid = (await anna.call(placeBid, { job, ...offer, team: three })).body.id;
  t.equal((await anna.call(placeBid, { job, ...offer })).problem, "bid-placed-already");
  const max = await trialMember(coop, board, "Max");
  t.equal((await max.call(signBid, { bid, version: 1 })).problem, "not-found");
  t.equal((await carla.call(signBid, { bid, version: 1 })).problem, "members-only");
  const own = (await nina.call(placeBid, { job, ...offer })).body.id;
  t.equal((await nina.call(signBid, { bid, version: 1 })).problem, "bid-placed-already", "one bid on a job, alone or together");
  await nina.call(withdrawBid, { bid: own });
  await nina.call(signBid, { bid, version: 1 });
  t.equal((await nina.call(placeBid, { job, ...offer })).problem, "bid-placed-already");
  coop.wait(8 * 86_400_000);
  t.equal((await otto.call(signBid, { bid, version: 1 })).problem, "bid-too-late");
  t.equal((await otto.call(withdrawBid, { bid })).status, 200, "any of them takes it back");
  t.equal((await otto.call(signBid, { bid, version: 1 })).problem, "not-in-this-state");
  const bidders = (await carla.call(listBids, { job })).body.items.map(({ parts }) => parts.map(({ name }) => name).join());
  t.same(bidders, ["Nina"], "the client never learns who was on a bid that was not signed");
});
