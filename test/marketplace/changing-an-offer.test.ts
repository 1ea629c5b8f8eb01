// A posted job and the bids on it, in every state: what a row allows leads where it says, the rest is refused, and whoever it concerns is told what changed.
import { test, type Test } from "tap";
import {
  acceptBid,
  beginDraft,
  changeJob,
  confirmBid,
  declineEngagement,
  discardDraft,
  extendJob,
  listBids,
  listJobChanges,
  placeBid,
  postJob,
  readEngagement,
  readJob,
  rejectBid,
  reopenJob,
  reviseBid,
  withdrawBid,
  withdrawJob,
} from "@partcommune/shared/marketplace/api";
import { bidStates, bidTable, type BidState, type BidVerb } from "@partcommune/shared/marketplace/rules/bid";
import { jobStates, jobTable, type JobState, type JobVerb } from "@partcommune/shared/marketplace/rules/job";
import { transition } from "@partcommune/shared/platform/table";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import { instant, millisecondsOf } from "@partcommune/shared/platform/time";
import { openCoop, type Answered, type Caller, type TestCoop } from "../support/coop.ts";
import { posterJob, typed } from "../support/jobs.ts";
import { clientOwner, founder, signInAgain, trialMember } from "../support/people.ts";

const eur = (amount: string) => ({ amount, currency: "EUR" });

type Stand = {
  readonly coop: TestCoop;
  readonly carla: Caller;
  readonly client: string;
  readonly marc: Caller;
  readonly nina: Caller;
  readonly others: readonly Caller[];
};
type Try = (by: Caller) => Promise<Answered<unknown>>;

/** From a week before the clocks go forward, so that limits run over that night. */
async function stage(t: Test): Promise<Stand> {
  const coop = await openCoop(t, { now: "2027-03-08T09:00:00Z", settings: { poolSize: 30 } });
  const board = await founder(coop);
  const { caller: carla, client } = await clientOwner(coop, "Carla");
  const [marc, nina, max] = [
    await trialMember(coop, board, "Marc"),
    await trialMember(coop, board, "Nina"),
    await trialMember(coop, board, "Max"),
  ];
  return { coop, carla, client, marc, nina, others: [(await clientOwner(coop, "Otto")).caller, max] };
}

const terms = { startOn: "2027-04-26", endOn: "2027-04-30" };

/** What the job of every test says, without for whom and until when. */
function words(job: ReturnType<typeof posterJob>): Omit<typeof job, "client" | "bidsUntil"> {
  const { client: _, bidsUntil: __, ...rest } = job;
  return { ...rest, ...terms };
}
const posted = async ({ carla, client }: Stand): Promise<string> =>
  (await carla.call(postJob, { ...posterJob(client), ...terms, bidsUntil: "2027-03-14" })).body.id;
const jobAs = async (by: Caller, job: string) => (await by.call(readJob, { job })).body;
const bidAs = async (by: Caller, job: string, bid: string) => {
  const found = (await by.call(listBids, { job })).body.items.find(({ id }) => id === bid);
  if (!found) throw new Error("the bid is not theirs to see");
  return found;
};
const placed = async (by: Caller, job: string, amount = "2000.00"): Promise<string> => {
  const { status, text, body } = await by.call(placeBid, { job, amount: eur(amount), pitch: "Ten years of posters." });
  if (status !== 201) throw new Error(text);
  return body.id;
};
const until = (coop: TestCoop, at: string, plus = 0): void => coop.wait(millisecondsOf(instant(at)) - millisecondsOf(coop.now()) + plus);
const told = async (by: Caller): Promise<readonly string[]> =>
  (await by.call(listNotices, {})).body.items.map(({ kind }) => kind).toReversed();

const onJob = ({ carla, client }: Stand, job: string): Readonly<Partial<Record<JobVerb, Try>>> => ({
  change: async (by) =>
    by.call(changeJob, { job, ...words(posterJob(client)), text: "Two posters.", version: (await jobAs(carla, job)).version }),
  extend: (by) => by.call(extendJob, { job, bidsUntil: "2027-06-01" }),
  reopen: (by) => by.call(reopenJob, { job, bidsUntil: "2027-06-01" }),
  withdraw: (by) => by.call(withdrawJob, { job }),
});

const onBid = ({ carla }: Stand, job: string, bid: string): Readonly<Partial<Record<BidVerb, Try>>> => {
  const now = () => bidAs(carla, job, bid);
  return {
    revise: async (by) => by.call(reviseBid, { bid, version: (await now()).version, amount: eur("2000.00"), pitch: "Eleven." }),
    confirm: async (by) => by.call(confirmBid, { bid, version: (await now()).version }),
    withdraw: (by) => by.call(withdrawBid, { bid }),
    accept: async (by) => by.call(acceptBid, { bid, version: (await now()).version, amount: (await now()).amount }),
    reject: async (by) => by.call(rejectBid, { bid, version: (await now()).version }),
  };
};

const seen = new Set<string>();

/** In this state no verb without a row gets through, no button shows what is refused, nobody else may anything, and nothing has changed. */
async function refusesTheRest(t: Test, stand: Stand, job: string, bid: string, state: JobState, standing: BidState): Promise<void> {
  seen.add(`job ${state}`).add(`bid ${standing}`);
  const { carla, marc, others } = stand;
  const look = async () => [await jobAs(carla, job), await bidAs(carla, job, bid), await bidAs(marc, job, bid)] as const;
  const before = await look();
  t.equal(before[0].state, state);
  t.equal(before[1].state, standing);
  const refusedTo = async (attempt: Try, callers: readonly Caller[], verb: string): Promise<void> => {
    for (const caller of callers) t.ok((await attempt(caller)).status >= 400, `${verb} while ${state}, ${standing}`);
  };
  for (const [verb, attempt] of Object.entries(onJob(stand, job))) {
    if ("no" in transition(jobTable, state, verb as JobVerb))
      t.equal((await attempt(carla)).problem, "not-in-this-state", `${verb} while ${state}`);
    else await refusedTo(attempt, [marc, ...others, ...(before[0].acts.includes(verb as JobVerb) ? [] : [carla])], verb);
  }
  for (const [verb, attempt] of Object.entries(onBid(stand, job, bid))) {
    const isClients = verb === "accept" || verb === "reject";
    const [hand, another] = isClients ? [carla, marc] : [marc, carla];
    if ("no" in transition(bidTable, standing, verb as BidVerb))
      t.match((await attempt(hand)).problem, /^(not-in-this-state|job-already-awarded)$/, `${verb} while ${standing}`);
    else await refusedTo(attempt, [another, ...others, ...(isClients || before[2].acts.includes(verb as BidVerb) ? [] : [hand])], verb);
  }
  t.same(await look(), before, `nothing happened while ${state}, ${standing}`);
}

test("from the post to a choice: changed, confirmed, revised, extended, opened again, freed, and lapsed", async (t) => {
  const stand = await stage(t);
  const { coop, carla, client, marc, nina } = stand;
  const job = await posted(stand);
  const [bid, other] = [await placed(marc, job), await placed(nina, job)];
  await refusesTheRest(t, stand, job, bid, "open", "placed");

  // The price changes: a bid at the old one cannot be confirmed, and nobody can accept it.
  const said = words(posterJob(client));
  const change = await carla.call(changeJob, { job, version: 1, ...said, price: eur("2400.00"), text: "Two posters." });
  t.same(change.body, { version: 2, askedAgain: 2 }, change.text);
  t.equal((await carla.call(changeJob, { job, version: 1, ...said })).problem, "job-changed");
  t.equal(
    (await carla.call(changeJob, { job, version: 2, ...said, price: eur("2400.00"), text: "Two posters." })).problem,
    "nothing-changed",
  );
  t.match((await marc.call(listJobChanges, { job })).body.items, [
    {
      version: 2,
      fields: ["text", "price"],
      before: { text: "One poster, three sizes.", price: eur("2000.00") },
      after: { price: eur("2400.00") },
    },
  ]);
  t.match(await bidAs(marc, job, bid), {
    state: "toConfirm",
    version: 2,
    confirmUntil: "2027-03-11T09:00:00.000Z",
    acts: ["revise", "withdraw"],
  });
  await refusesTheRest(t, stand, job, bid, "open", "toConfirm");
  const revised = { bid, version: 2, amount: eur("2400.00"), pitch: "Eleven years of posters." };
  t.same((await marc.call(reviseBid, revised)).body, { version: 3 });
  t.equal((await marc.call(reviseBid, revised)).problem, "bid-changed");
  t.match(await bidAs(carla, job, bid), {
    state: "placed",
    amount: eur("2400.00"),
    acts: [],
    earlier: [{ amount: eur("2000.00"), pitch: "Ten years of posters." }],
  });
  t.equal((await carla.call(acceptBid, { bid, version: 1, amount: eur("2000.00") })).problem, "bid-changed");
  t.equal((await marc.call(placeBid, { job, version: 1, amount: eur("2400.00"), pitch: "Again." })).problem, "job-changed");

  // Only words that lead to the job change: nobody is asked again. Then its dates: a bid may stand as it is.
  const french = { job, ...said, price: eur("2400.00"), text: "Two posters.", language: "fr" } as const;
  t.same((await carla.call(changeJob, { ...french, version: 2 })).body, { version: 3, askedAgain: 0 });
  coop.wait(60_000);
  t.same((await carla.call(changeJob, { ...french, version: 3, endOn: "2027-05-07" })).body, { version: 4, askedAgain: 2 });
  t.match(await bidAs(marc, job, bid), { acts: ["revise", "confirm", "withdraw"], version: 4 });
  t.equal(
    (await marc.call(confirmBid, { bid, version: 3 })).problem,
    "bid-changed",
    "what was shown before the last change confirms nothing",
  );
  t.equal((await marc.call(confirmBid, { bid, version: 4 })).status, 200);

  // Whoever never answered is told that the bid lapsed, to the millisecond after 72 hours from the last change.
  until(coop, "2027-03-11T09:01:00Z", -1);
  await coop.keepTime();
  t.match(await bidAs(nina, job, other), { state: "toConfirm" });
  coop.wait(1);
  await Promise.all([coop.keepTime(), coop.keepTime()]);
  t.match(await bidAs(nina, job, other), { state: "lapsed", version: 4 });
  await placed(nina, job, "2400.00");

  // More time, until it is over.
  t.equal((await carla.call(extendJob, { job, bidsUntil: "2027-03-14" })).problem, "deadline-not-later");
  t.same((await carla.call(extendJob, { job, bidsUntil: "2027-03-15" })).body, { bidsUntil: "2027-03-15T23:00:00.000Z" });
  until(coop, "2027-03-14T23:00:00Z");
  await coop.keepTime();
  t.match(await jobAs(carla, job), { state: "open" }, "it closes at its new end");
  until(coop, "2027-03-15T23:00:00Z");
  t.equal((await carla.call(extendJob, { job, bidsUntil: "2027-03-20" })).problem, "bid-too-late", "before the clock came by");
  coop.wait(3_600_000);
  await coop.keepTime();
  await refusesTheRest(t, stand, job, bid, "closed", "placed");
  t.match(await jobAs(carla, job), {
    reopenUntil: "2027-03-29T22:00:00.000Z",
    lapsesAt: "2027-04-14T22:00:00.000Z",
    acts: ["reopen", "withdraw"],
  });

  // Opened again in the last millisecond; bids that stand stay.
  until(coop, "2027-03-29T22:00:00Z");
  for (const [caller, name] of [
    [carla, "Carla"],
    [marc, "Marc"],
    [nina, "Nina"],
  ] as const)
    await signInAgain(coop, caller, name);
  t.equal((await carla.call(reopenJob, { job, bidsUntil: "2027-04-01" })).problem, "reopen-too-late");
  t.same((await jobAs(carla, job)).acts, ["withdraw"]);
  coop.wait(-1);
  t.same((await carla.call(reopenJob, { job, bidsUntil: "2027-03-31" })).body, { bidsUntil: "2027-03-31T22:00:00.000Z" });
  t.match(await jobAs(carla, job), { state: "open" });
  await coop.settle();
  until(coop, "2027-03-31T22:00:00Z");
  await coop.keepTime();

  // Chosen, declined, and free again; thirty days later it lapses and everyone who waits is told.
  const { version, amount } = await bidAs(carla, job, bid);
  const { engagement } = (await carla.call(acceptBid, { bid, version, amount })).body;
  await refusesTheRest(t, stand, job, bid, "awarded", "accepted");
  await marc.call(declineEngagement, { engagement });
  await refusesTheRest(t, stand, job, bid, "closed", "lapsed");
  until(coop, "2027-04-30T22:00:00Z", -1);
  await coop.keepTime();
  for (const [caller, name] of [
    [carla, "Carla"],
    [marc, "Marc"],
    [nina, "Nina"],
  ] as const)
    await signInAgain(coop, caller, name);
  t.match(await jobAs(carla, job), { state: "closed" });
  coop.wait(1);
  await coop.keepTime();
  await coop.settle();
  t.match(await jobAs(carla, job), { state: "lapsed", acts: [] });
  t.same(
    (await nina.call(listBids, { job })).body.items.map(({ state }) => state),
    ["lapsed", "rejected"],
  );
  seen.add("job lapsed");
  t.same(await told(marc), ["applicationAccepted", "jobChanged", "jobChanged", "moreTime", "moreTime", "bidAccepted"]);
  t.same(await told(nina), ["applicationAccepted", "jobChanged", "jobChanged", "bidLapsed", "moreTime", "moreTime", "bidRejected"]);
  t.same(await told(carla), ["bidPlaced", "bidPlaced", "bidRevised", "bidConfirmed", "bidPlaced", "jobLapsed"]);
});

test("a bid or a job taken back stands still, and of a change, a revision and a choice at once one comes first", async (t) => {
  const stand = await stage(t);
  const { coop, carla, client, marc } = stand;
  const draft = (await carla.call(beginDraft, { client, words: typed({ title: "Post" }) })).body.id;
  for (const [verb, attempt] of Object.entries(onJob({ ...stand, carla: coop.someone() }, draft)))
    if (verb !== "change") t.equal((await attempt(carla)).problem, "not-found", `a draft is nothing to ${verb}`);
  t.equal((await carla.call(discardDraft, { draft })).status, 200);
  seen.add("job draft");
  const first = await posted(stand);
  const taken = await placed(marc, first);
  await marc.call(withdrawBid, { bid: taken });
  await refusesTheRest(t, stand, first, taken, "open", "withdrawn");
  const refused = await placed(marc, first);
  const [no, reason] = [{ bid: refused, version: 1 }, "We looked for somebody nearer."];
  t.equal((await carla.call(rejectBid, { ...no, version: 2, reason })).problem, "bid-changed");
  t.equal((await carla.call(rejectBid, { ...no, reason })).status, 200);
  await coop.settle();
  t.match(await bidAs(marc, first, refused), { state: "rejected", rejectedBecause: reason, acts: [] });
  t.equal((await told(marc)).at(-1), "bidRejected", "who is told no is told so");
  await refusesTheRest(t, stand, first, refused, "open", "rejected");
  const bid = await placed(marc, first);
  await carla.call(withdrawJob, { job: first });
  await refusesTheRest(t, stand, first, bid, "withdrawn", "rejected");
  t.same(
    [...seen].toSorted(),
    [
      ...jobStates.map((state) => `job ${state}`),
      ...bidStates.flatMap((state) => (state === "assembling" ? [] : [`bid ${state}`])),
    ].toSorted(),
    "the walks stood still in every state that a client sees; the other one is walked where members bid as a team",
  );

  const { price: _, ...open } = words(posterJob(client));
  const job = (await carla.call(postJob, { client, ...open, bidsUntil: "2027-03-14" })).body.id;
  const offered = await placed(marc, job);
  const answers = await Promise.all(
    Array.from({ length: 8 }).flatMap(() => [
      carla.call(acceptBid, { bid: offered, version: 1, amount: eur("2000.00") }),
      marc.call(reviseBid, { bid: offered, version: 1, amount: eur("2600.00"), pitch: "More." }),
      carla.call(changeJob, { job, version: 1, ...open, text: "Something else." }),
    ]),
  );
  t.equal(answers.filter(({ status }) => status >= 500).length, 0);
  const accepted = answers.flatMap(({ body }) => ("engagement" in body ? [body.engagement] : []));
  const { state, amount } = await bidAs(carla, job, offered);
  const after = await jobAs(carla, job);
  if (accepted.length === 0) return void t.match({ state: after.state }, { state: "open" }, "changed or revised first");
  t.same([accepted.length, state, amount.amount, after.state], [1, "accepted", "2000.00", "awarded"]);
  t.equal(
    (JSON.parse((await carla.call(readEngagement, { engagement: accepted[0] ?? "" })).body.quote) as { text: string }).text,
    after.text,
  );
  await coop.settle();
});
