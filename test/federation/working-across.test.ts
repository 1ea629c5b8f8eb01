// A job of Brussels is done by a member of Lille: each coop keeps its own part, and believes the other only about what it holds.
import { test, type Test } from "tap";
import { balancesUnder } from "@partcommune/server/money/index";
import { pauseTreaty, resumeTreaty } from "@partcommune/shared/federation/api/treaties";
import { TermsJson } from "@partcommune/shared/governance/api/terms";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import {
  acceptBid,
  agreeToCancellation,
  approveHandIn,
  askCancellation,
  askChanges,
  cancelEngagement,
  changeJob,
  confirmBid,
  endDispute,
  handIn,
  listBids,
  listEngagements,
  openDispute,
  placeBid,
  postJob,
  proposeSettlement,
  readEngagement,
  readJob,
  rejectBid,
  reopenJob,
  searchJobs,
  signEngagement,
  startEngagement,
  withdrawBid,
} from "@partcommune/shared/marketplace/api";
import { dayMs } from "@partcommune/shared/platform/time";
import type { Caller, TestCoop } from "../support/coop.ts";
import { holdPage } from "../support/federation-page.ts";
import { posterJob } from "../support/jobs.ts";
import { clientOwner, founder, trialMember } from "../support/people.ts";
import { bound, laFilature, openSister, type Fate } from "../support/sisters.ts";
import {
  toldBy,
  toldOfWork,
  jobNamed,
  later,
  minuteLater,
  onlyWork,
  openBetween,
  overtaken,
  type People,
  refusedAt,
  type Two,
} from "../support/working-across.ts";

const euros = (amount: string) => ({ amount, currency: "EUR" });
const nextMonth = { bidsUntil: "2026-12-28", startOn: "2027-01-04", endOn: "2027-01-08" };
const offer = { amount: euros("2000.00"), pitch: "I have done ten." };

test("a member of Lille does a job of Brussels", async (t) => {
  const fate = (): Fate => (two.isCut ? "isLost" : "arrives");
  const two: Two = { brussels: await openSister(t, "brussels"), lille: await openSister(t, "lille", false, { fate }), isCut: false };
  const { brussels, lille } = two;
  const board = await founder(lille, laFilature);
  const [ours, theirs] = [await founder(brussels), board];
  const { caller: carla, client } = await clientOwner(brussels, "Carla");
  const { place: _, ...remote } = posterJob(client);
  const { title } = remote;
  const job = (await carla.call(postJob, remote)).body.id;
  await bound(brussels, lille);
  await later(two);
  await carla.call(postJob, { ...posterJob(client), title: "A fair in Berlin", place: { town: "Berlin", country: "DE" } });
  await later(two);

  const [anna, ben] = [await trialMember(lille, theirs, "Anna"), await trialMember(lille, theirs, "Ben")];
  const hanna = await trialMember(brussels, ours, "Hanna");
  const found = (await anna.call(searchJobs, { order: "newest" })).body;
  t.match(found.facets?.coops, [{ name: "Atelier Commun", count: 2 }], "where they were posted");
  const [berlin, poster] = [await jobNamed(anna, "A fair in Berlin"), await jobNamed(anna, title)];
  const { body: read } = await anna.call(readJob, { job: poster });
  t.match(read.elsewhere, { hostSharePpm: 200_000 }, "a treaty is in force, and says which part of the fee stays there");

  const bid = { ...offer, job: poster, version: read.version };
  t.equal((await anna.call(placeBid, { ...bid, job: berlin, version: 1 })).problem, "country-outside-treaty");
  t.equal((await anna.call(placeBid, { ...bid, amount: euros("1999.00") })).problem, "bid-differs-from-fixed");
  t.equal((await anna.call(placeBid, bid)).status, 201);
  t.equal((await anna.call(placeBid, bid)).problem, "bid-placed-already");
  const own = (await anna.call(listBids, { job: poster })).body.items;
  t.match(own, [{ mine: true, state: "placed" }]);
  await ben.call(placeBid, { ...bid, pitch: "I am quick." });
  await hanna.call(placeBid, { ...offer, job });
  await later(two);
  t.same([await refusedAt(brussels), await refusedAt(lille)], [[], []]);

  const compared = (await carla.call(listBids, { job })).body.items;
  t.same(
    new Set(compared.map(({ bidder, home }) => `${bidder} ${home?.coop} ${home?.feePpm}`)),
    new Set(["Anna La Filature 85000", "Ben La Filature 85000", "Hanna undefined undefined"]),
  );

  await anna.call(withdrawBid, { bid: own[0]?.id ?? "" });
  await later(two);
  t.match((await carla.call(listBids, { job })).body.items.find(({ bidder }) => bidder === "Anna")?.state, "withdrawn");
  await anna.call(placeBid, bid);
  const third = (await carla.call(listBids, { job })).body.items.find(({ bidder }) => bidder === "Ben");
  await carla.call(rejectBid, { bid: third?.id ?? "", version: third?.version ?? 0, reason: "Too quick." });
  await later(two);
  t.match((await ben.call(listBids, { job: poster })).body.items, [{ state: "rejected", rejectedBecause: "Too quick." }]);

  const chosen = (await carla.call(listBids, { job })).body.items.find(({ bidder, state }) => bidder === "Anna" && state === "placed");
  const shown = { bid: chosen?.id ?? "", version: chosen?.version ?? 0, amount: offer.amount };
  const tries = await Promise.all(Array.from({ length: 50 }, async () => (await carla.call(acceptBid, shown)).status));
  t.same([tries.filter((status) => status === 201).length, tries.filter((status) => status === 409).length], [1, 49], "one award of fifty");
  const quote = await onlyWork(carla);
  t.equal((await carla.call(signEngagement, { engagement: quote.id, hash: quote.hash })).status, 201);
  await later(two);
  t.same([await refusedAt(brussels), await refusedAt(lille)], [[], []]);

  const mirror = await onlyWork(anna);
  t.match(mirror, { state: "quoted", amount: offer.amount, side: "member", client: "Carla SA" });
  t.ok(mirror.clientSignedAt, "the client's signature came with it");
  t.ok(mirror.promise, "the coop of the member says what it promises");
  await anna.call(signEngagement, { engagement: mirror.id, hash: mirror.hash });
  const [there, here] = [await onlyWork(anna), await onlyWork(carla)];
  t.match([there.state, here.state, here.promise], ["covered", "quoted", undefined]);
  await later(two);
  t.match((await onlyWork(carla)).state, "covered");
  t.match((await hanna.call(listBids, { job })).body.items, [{ state: "rejected" }], "all others are told no once both have signed");

  await work(t, two, { carla, anna, ours, theirs });
  const coops = { [brussels.origin]: "https://atelier.example", [lille.origin]: "https://filature.example" };
  holdPage(t, "test/federation/working-across.test.ts", coops, await toldOfWork(two));

  const facts = async ({ db }: TestCoop) =>
    (await db.selectFrom("platform.fact").select("id").where("type", "<>", "activity.published").execute()).length;
  const before = [await facts(brussels), await facts(lille)];
  for (const { db, now } of [brussels, lille])
    await db.updateTable("federation.delivery").set({ state: "due", done_at: null, due_at: now() }).execute();
  await later(two);
  t.same([await facts(brussels), await facts(lille)], before, "what comes twice and late changes nothing");
  t.same([await refusedAt(brussels), await refusedAt(lille)], [[], []]);

  const limitedTo = async (amount: string): Promise<void> => {
    for (const { db } of [brussels, lille]) {
      const { terms } = await db.selectFrom("federation.treaty").select("terms").executeTakeFirstOrThrow();
      const changed = { ...TermsJson.parse(terms), exposure: [{ amount, currency: "EUR" }] };
      await db
        .updateTable("federation.treaty")
        .set({ terms: JSON.stringify(changed) })
        .execute();
    }
  };

  // The rest is what a sister may not do.
  const next = (await carla.call(postJob, { ...remote, title: "Another poster" })).body.id;
  await later(two);
  const another = await jobNamed(anna, "Another poster");
  await anna.call(placeBid, { ...offer, job: another });
  await lille.db.updateTable("marketplace.bid_elsewhere").set({ fee_ppm: 84_999 }).execute();
  await later(two);
  t.same((await carla.call(listBids, { job: next })).body.items, [], "a fee that its coop does not publish");
  t.match((await anna.call(listBids, { job: another })).body.items, [{ state: "rejected", rejectedBecause: /fee/ }]);

  await ben.call(placeBid, { ...offer, job: another });
  await later(two);
  const [second] = (await carla.call(listBids, { job: next })).body.items;
  const accepting = { bid: second?.id ?? "", version: second?.version ?? 0, amount: offer.amount };
  await limitedTo("3000");
  const { status, body: no } = await carla.call(acceptBid, accepting);
  t.equal(status, 409, "the first job is approved and not paid yet");
  t.match(no, { type: /exposure-limit/, facts: { exposure: "3932.00 EUR", limit: "3000.00 EUR", falls: "2027-01-15" } });
  await limitedTo("4500");
  t.equal((await carla.call(acceptBid, accepting)).status, 201);
  const wrong = (await carla.call(listEngagements, {})).body.items.find(({ job: of }) => of === next)?.id ?? "";
  await brussels.db
    .updateTable("marketplace.engagement_elsewhere")
    .set(({ fn, val }) => ({
      agreement: fn("jsonb_set", ["agreement", val("{pc:split,pc:member}"), val(JSON.stringify("1830.01"))]) as never,
    }))
    .where("engagement", "=", wrong)
    .execute();
  await carla.call(signEngagement, { engagement: wrong, hash: (await carla.call(readEngagement, { engagement: wrong })).body.hash });
  await later(two);
  t.match((await ben.call(listEngagements, {})).body.items, [], "one cent off is followed by nobody");
  t.match((await carla.call(readEngagement, { engagement: wrong })).body.state, "lapsed");
  t.match((await carla.call(readJob, { job: next })).body.state, "closed", "and the job is free again");
  const { id: fair } = (await carla.call(postJob, { ...remote, title: "A third poster" })).body;
  await later(two);
  const posted = { job: fair, there: await jobNamed(anna, "A third poster") };
  await endedMeanwhile(t, two, { carla, anna, ours, theirs }, posted);
  await endedTogether(t, two, { carla, anna, ours, theirs }, posted);

  const { host } = await brussels.db.selectFrom("federation.treaty").select("host").executeTakeFirstOrThrow();
  await ours.call(pauseTreaty, { host, reason: "Until the books agree." });
  const { id: late } = (await carla.call(postJob, { ...remote, title: "A late poster" })).body;
  await later(two);
  await ours.call(resumeTreaty, { host, reason: "They agree." });
  const { client: __, bidsUntil: ___, ...terms } = { ...remote, title: "A later poster" };
  t.equal((await carla.call(changeJob, { job: late, version: 1, ...terms })).status, 200);
  await later(two);
  t.equal((await toldBy(brussels, `${brussels.origin}/clients/${client}`)).at(-1), "Create", "who was told of nothing hears of no change");
  const { id: last } = (await carla.call(postJob, { ...remote, title: "The last poster" })).body;
  await later(two);
  await endedDisputed(t, two, { carla, anna, ours, theirs }, { job: last, there: await jobNamed(anna, "The last poster") });
  await endedUnheard(t, two, { carla, anna, ours, theirs }, { job: late, there: await jobNamed(anna, "A later poster") });
  const { id: crossed } = (await carla.call(postJob, { ...remote, ...nextMonth, title: "The poster after that" })).body;
  await later(two);
  await crossedOnTheWay(t, two, { carla, anna, ours, theirs }, { job: crossed, there: await jobNamed(anna, "The poster after that") });
});

/** From the first hand-in to what each coop has in its book. */
async function work(t: Test, two: Two, { carla, anna }: People): Promise<void> {
  const [milestone, there] = [(await onlyWork(anna)).milestones[0]?.id ?? "", (await onlyWork(carla)).milestones[0]?.id ?? ""];
  await anna.call(startEngagement, { engagement: (await onlyWork(anna)).id });
  t.equal((await anna.call(handIn, { milestone, text: "" })).problem, "hand-in-empty");
  t.equal((await anna.call(handIn, { milestone, text: "All three sizes." })).status, 201);
  await later(two);
  t.match((await onlyWork(carla)).milestones, [{ state: "handedIn", handIns: [{ text: "All three sizes." }] }]);
  await carla.call(askChanges, { milestone: there, points: ["The logo is missing."] });
  await later(two);
  t.match((await onlyWork(anna)).milestones, [{ state: "changesAsked", changes: [{ points: ["The logo is missing."] }] }]);
  await anna.call(handIn, { milestone, text: "With the logo." });
  await later(two);

  await carla.call(openDispute, { milestone: there, reason: "Not the logo that we meant." });
  await later(two);
  t.match((await onlyWork(anna)).milestones, [{ state: "disputed", dispute: { reason: "Not the logo that we meant." } }]);
  t.equal((await anna.call(proposeSettlement, { milestone, share: 50, reason: "Half." })).problem, "not-across");
  await carla.call(endDispute, { milestone: there });
  await later(two);
  t.match((await onlyWork(anna)).milestones, [{ state: "handedIn" }]);
  const shown = (await onlyWork(carla)).milestones[0];
  t.equal((await carla.call(approveHandIn, { milestone: there, version: shown?.version ?? 0 })).status, 200);
  await later(two);
  await later(two);
  t.same([await refusedAt(two.brussels), await refusedAt(two.lille)], [[], []]);
  t.match((await onlyWork(carla)).milestones, [{ state: "invoiced", invoice: { gross: euros("2420.00") } }]);
  t.match((await onlyWork(anna)).milestones, [{ state: "clientPaid", payable: { amount: euros("1830.00") } }]);
  for (const { db } of [two.brussels, two.lille])
    t.match(await db.selectFrom("federation.claim").select(["state", "due_minor"]).execute(), [{ state: "accepted", due_minor: 196_600n }]);
  const between = async (coop: TestCoop): Promise<readonly (readonly [string, bigint])[]> =>
    (await Promise.all(["payable:coop:", "receivable:coop:"].map((prefix) => balancesUnder(coop, prefix))))
      .flat()
      .map(({ account, balance }) => [account.code.split(":")[0] ?? "", balance.minor] as const);
  t.same([await between(two.brussels), await between(two.lille)], [[["payable", -196_600n]], [["receivable", 196_600n]]]);
}

type Posted = Readonly<Record<"job" | "there", string>>;

/** The agreement that came of a job. */
async function workOf(caller: Caller, of: string) {
  const found = (await caller.call(listEngagements, {})).body.items.find((each) => each.job === of && each.state !== "lapsed");
  return (await caller.call(readEngagement, { engagement: found?.id ?? "" })).body;
}

/** The bid of a sister's member is accepted, and both sign. */
async function agreed(two: Two, { carla, anna }: People, { job, there }: Posted) {
  const bid = (await carla.call(listBids, { job })).body.items.find(({ bidder, state }) => bidder === "Anna" && state === "placed");
  await carla.call(acceptBid, { bid: bid?.id ?? "", version: bid?.version ?? 0, amount: offer.amount });
  const signed = await workOf(carla, job);
  await carla.call(signEngagement, { engagement: signed.id, hash: signed.hash });
  await later(two);
  const mirror = await workOf(anna, there);
  await anna.call(signEngagement, { engagement: mirror.id, hash: mirror.hash });
  await later(two);
  return { signed, mirror };
}

/** She bids once more on what is free again, and hands in what came of it. */
async function handedIn(t: Test, two: Two, people: People, { job, there }: Posted) {
  const { anna } = people;
  const { version } = (await anna.call(readJob, { job: there })).body;
  t.equal((await anna.call(placeBid, { ...offer, job: there, version })).status, 201);
  await later(two);
  const { signed, mirror } = await agreed(two, people, { job, there });
  await anna.call(startEngagement, { engagement: mirror.id });
  const milestone = mirror.milestones[0]?.id ?? "";
  await anna.call(handIn, { milestone, text: "All three sizes." });
  return { signed, mirror, milestone };
}

/** The client ends alone what the member hands in at that moment: the job is free again at both coops, and the member is asked about the rest. */
async function endedMeanwhile(t: Test, two: Two, people: People, { job, there }: Posted): Promise<void> {
  const { carla, anna } = people;
  await anna.call(placeBid, { ...offer, job: there });
  await later(two);
  const { signed, mirror } = await agreed(two, people, { job, there });
  await anna.call(startEngagement, { engagement: mirror.id });
  t.equal((await anna.call(handIn, { milestone: mirror.milestones[0]?.id ?? "", text: "All three sizes." })).status, 201);
  t.equal((await carla.call(cancelEngagement, { engagement: signed.id, reason: "The fair is off." })).status, 200);
  t.equal((await carla.call(reopenJob, { job, bidsUntil: posterJob("").bidsUntil })).status, 200);
  await later(two);
  t.match((await workOf(anna, there)).cancellation, { by: "client", reason: "The fair is off." }, "what she handed in is hers to give up");
  const { version } = (await anna.call(readJob, { job: there })).body;
  t.equal((await anna.call(placeBid, { ...offer, job: there, version })).status, 201, "she may bid again");
  t.equal((await anna.call(agreeToCancellation, { engagement: mirror.id })).status, 200);
  await later(two);
  const bids = [(await carla.call(listBids, { job })).body.items, (await anna.call(listBids, { job: there })).body.items];
  t.same(
    bids.map((items) => items.map(({ state }) => state).toSorted()),
    [
      ["lapsed", "placed"],
      ["lapsed", "placed"],
    ],
    "both coops hold the same of both her bids",
  );
}

/** The same, and the member lets the days of an answer pass: what she asks then is answered by the end that was said. */
async function endedUnheard(t: Test, two: Two, people: People, { job, there }: Posted): Promise<void> {
  const { carla, anna } = people;
  const { signed, mirror } = await handedIn(t, two, people, { job, there });
  await carla.call(cancelEngagement, { engagement: signed.id, reason: "The fair is off." });
  await later(two);
  for (const coop of [two.brussels, two.lille]) {
    coop.wait(11 * dayMs);
    await coop.keepTime();
  }
  await later(two);
  t.equal((await anna.call(agreeToCancellation, { engagement: mirror.id })).problem, "request-lapsed");
  t.equal((await anna.call(askCancellation, { engagement: mirror.id, reason: "So be it." })).status, 201);
  await later(two);
  t.equal((await workOf(anna, there)).state, "cancelled", "the client's coop, where it has ended, says so again");
}

/** The same, and the member disputes it before she hears that it has ended: there was nobody any more to settle it with. */
async function endedDisputed(t: Test, two: Two, people: People, { job, there }: Posted): Promise<void> {
  const { carla, anna } = people;
  const { signed, mirror, milestone } = await handedIn(t, two, people, { job, there });
  t.equal((await anna.call(openDispute, { milestone, reason: "She says it is not what was asked." })).status, 201);
  t.equal((await carla.call(cancelEngagement, { engagement: signed.id, reason: "The fair is off." })).status, 200);
  await later(two);
  const { milestones, cancellation } = await workOf(anna, there);
  t.match(milestones, [{ state: "changesAsked" }], "what was handed in was turned away, and nothing is disputed any more");
  t.match(cancellation, { by: "client", reason: "The fair is off." });
  t.equal((await anna.call(agreeToCancellation, { engagement: mirror.id })).status, 200);
  await later(two);
  t.equal((await workOf(anna, there)).state, "cancelled");
}

/** What each side says crosses what the other says: the two hold the same of it afterwards, and what silence approved counts. */
async function crossedOnTheWay(t: Test, two: Two, people: People, { job, there }: Posted): Promise<void> {
  const { carla, anna } = people;
  await anna.call(placeBid, { ...offer, job: there });
  await later(two);
  const { signed, mirror } = await agreed(two, people, { job, there });
  await anna.call(startEngagement, { engagement: mirror.id });
  const [milestone, at] = [mirror.milestones[0]?.id ?? "", signed.milestones[0]?.id ?? ""];
  const states = async () => [(await workOf(carla, job)).milestones[0]?.state, (await workOf(anna, there)).milestones[0]?.state];
  // What was lost is sent again after some minutes.
  const minutesLater = async (): Promise<void> => {
    for (let minutes = 0; minutes < 6; minutes += 1) await minuteLater(two);
  };
  const both = async (state: string, why: string): Promise<void> => {
    await minutesLater();
    t.same(await states(), [state, state], why);
  };
  await anna.call(handIn, { milestone, text: "All three sizes." });
  await both("handedIn", "handed in");
  await carla.call(askChanges, { milestone: at, points: ["The logo is missing."] });
  await both("changesAsked", "changes are asked for");

  two.isCut = true;
  await anna.call(openDispute, { milestone, reason: "It is there." });
  await two.lille.settle();
  two.isCut = false;
  await anna.call(endDispute, { milestone });
  await both("handedIn", "a dispute and its end are heard together");

  await carla.call(askChanges, { milestone: at, points: ["It is too small."] });
  await both("changesAsked", "changes are asked for again");
  await carla.call(openDispute, { milestone: at, reason: "She does not answer." });
  await anna.call(handIn, { milestone, text: "It is larger." });
  await both("disputed", "what was handed in meanwhile was turned away");
  await carla.call(endDispute, { milestone: at });
  await both("handedIn", "the client withdraws");
  await anna.call(openDispute, { milestone, reason: "It is larger." });
  await both("disputed", "of what was turned away there is no more on its way");
  await anna.call(endDispute, { milestone });
  await both("handedIn", "the member withdraws");

  two.isCut = true;
  await anna.call(openDispute, { milestone, reason: "Nobody answers." });
  await two.lille.settle();
  for (let days = 0; days < 18; days += 6)
    for (const coop of [two.brussels, two.lille]) {
      coop.wait(6 * dayMs);
      await coop.keepTime();
    }
  await two.brussels.settle();
  two.isCut = false;
  await minutesLater();
  t.same(await states(), ["invoiced", "clientPaid"], "silence had approved before the dispute was heard of");
  const claimed = await Promise.all(
    [two.brussels, two.lille].map(({ db }) =>
      db.selectFrom("federation.claim").select("state").orderBy("at", "desc").limit(1).executeTakeFirstOrThrow(),
    ),
  );
  t.same(claimed, [{ state: "accepted" }, { state: "accepted" }]);
}

/** Work that both signed ends by the word of both, after something was handed in: each half at its own coop, and nothing more may come to be owed. */
async function endedTogether(t: Test, two: Two, { carla, anna, ours, theirs }: People, { job, there }: Posted): Promise<void> {
  const placed = async () =>
    (await carla.call(listBids, { job })).body.items.find(({ bidder, state }) => bidder === "Anna" && state !== "lapsed");
  // The client says the work anew: the bid of a sister's member stands only once she has said so.
  const { client: _, bidsUntil: __, place: ___, ...words } = posterJob("");
  const { version } = (await carla.call(readJob, { job })).body;
  const changed = await carla.call(changeJob, { job, version, ...words, title: "A third poster", text: "Two sides." });
  t.same(changed.body, { version: version + 1, askedAgain: 1 });
  await later(two);
  t.match((await placed())?.state, "toConfirm");
  const mine = (await anna.call(listBids, { job: there })).body.items.find(({ state }) => state !== "lapsed");
  t.match(mine, { state: "toConfirm", acts: ["revise", "confirm", "withdraw"] }, "and her own coop asks her");
  t.equal((await anna.call(confirmBid, { bid: mine?.id ?? "", version: mine?.version ?? 0 })).status, 200);
  await later(two);
  t.match(await placed(), { state: "placed" });
  const { signed, mirror } = await agreed(two, { carla, anna, ours, theirs }, { job, there });
  t.match(
    [(await openBetween(two.brussels)).ours, (await openBetween(two.lille)).theirs],
    [393_200n, 393_200n],
    "agreed work counts at both",
  );
  for (const board of [ours, theirs])
    t.match(
      (await board.call(listNotices, {})).body.items.filter(({ kind }) => kind === "exposureNear").slice(0, 1),
      [{ values: { exposure: "3932.00 EUR" } }],
      "both boards hear that the limit is near",
    );
  await anna.call(startEngagement, { engagement: mirror.id });
  await overtaken(
    t,
    two,
    { carla, anna, ours, theirs },
    { milestone: mirror.milestones[0]?.id ?? "", there: signed.milestones[0]?.id ?? "" },
  );
  t.equal((await carla.call(cancelEngagement, { engagement: signed.id, reason: "No." })).problem, "handed-in-already");
  t.equal((await carla.call(askCancellation, { engagement: signed.id, reason: "The fair is off." })).status, 201);
  await later(two);
  t.match((await workOf(anna, there)).cancellation, { by: "client", reason: "The fair is off." });
  t.equal((await anna.call(agreeToCancellation, { engagement: mirror.id })).status, 200);
  await later(two);
  t.match([(await workOf(carla, job)).state, (await workOf(anna, there)).state], ["cancelled", "cancelled"]);
  t.same(
    [await refusedAt(two.brussels), await refusedAt(two.lille)]
      .flat()
      .filter((why) => why !== "fee-differs" && why !== "agreement-differs"),
    [],
  );
  t.match(
    [(await openBetween(two.brussels)).ours, (await openBetween(two.lille)).theirs],
    [196_600n, 196_600n],
    "what ended is nothing that may be owed",
  );
}
