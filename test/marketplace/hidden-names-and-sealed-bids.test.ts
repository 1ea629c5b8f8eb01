// A client chooses among bids in the order of a lot, without names where it chose so, and with seals unbroken until the time is over.
import { createHash } from "node:crypto";
import fc from "fast-check";
import { test, type Test } from "tap";
import { endpoints } from "@partcommune/shared/endpoints";
import {
  acceptBid,
  askQuestion,
  changeJob,
  extendJob,
  fixShortlist,
  inviteMember,
  listBids,
  listSkills,
  placeBid,
  postJob,
  readJob,
  rejectBid,
  reopenJob,
  reviseBid,
  searchJobs,
  setMySkills,
  withdrawBid,
  withdrawJob,
} from "@partcommune/shared/marketplace/api";
import { inOrderOfLot, isSealed, objectionToNamedText, objectionToShortlist } from "@partcommune/shared/marketplace/rules/choosing";
import { jobStates } from "@partcommune/shared/marketplace/rules/job";
import { saveProfile } from "@partcommune/shared/membership/api/directory";
import { paramsOf, pathWith, type AskedOf } from "@partcommune/shared/platform/endpoint";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import { openCoop, origin, type Caller, type TestCoop } from "../support/coop.ts";
import { exampleOf, nobodysId } from "../support/example.ts";
import { posterJob } from "../support/jobs.ts";
import { lineOf, listening } from "../support/line.ts";
import { clientOwner, founder, personNamed, trialMember } from "../support/people.ts";

const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();

test("the order is the lot's and nothing else's", (t) => {
  const bid = fc.record({ id: fc.uuid(), member: fc.uuid(), minor: fc.nat(), placedAt: fc.nat() });
  const lots = fc.uint8Array({ minLength: 16, maxLength: 16 });
  const ids = (bids: readonly { readonly id: string }[]): string => bids.map(({ id }) => id).join();
  const law = fc.property(fc.uniqueArray(bid, { selector: ({ member }) => member, maxLength: 9 }), lots, fc.nat(), (bids, lot, change) => {
    const order = ids(inOrderOfLot(bids, lot, sha256));
    const shuffled = bids.toReversed().map((each) => ({ ...each, minor: each.minor + change, placedAt: change }));
    return order === ids(inOrderOfLot(shuffled, lot, sha256));
  });
  fc.assert(law, { seed: 20_261_126 });
  const [one, other] = ["019b0000-0000-7000-8000-000000000001", "019b0000-0000-7000-8000-000000000002"] as const;
  const two = [one, other].map((member) => ({ id: member, member }));
  const first = Array.from({ length: 200 }, (_, lot) => inOrderOfLot(two, new Uint8Array(16).fill(lot), sha256)[0]?.member);
  const share = first.filter((member) => member === one).length;
  t.ok(share > 70 && share < 130, `each is drawn first about as often: ${share} of 200`);
  const [kept] = inOrderOfLot([{ id: "b", member: one }], new Uint8Array(16), sha256);
  t.match(kept, { id: "b" });
  t.end();
});

test("a text on a job that hides names names nobody", (t) => {
  const marc = { name: "Marc Dubois", handle: "marc-dubois" };
  const rows: readonly (readonly [string, string])[] = [
    ["-", "I have made posters for ten years. Marching bands as well."],
    ["-", "Three sizes.Two colours, 2000.00 EUR, in Node.js"],
    ["text-names-you", "Marc here."],
    ["text-names-you", "DUBOIS, posters"],
    ["text-names-you", "See marc-dubois"],
    ["text-names-you", "Write to m@people.example"],
    ["text-names-you", "https://posters.example"],
    ["text-names-you", "www.posters"],
    ["text-names-you", "My work: posters.be"],
  ];
  for (const [refusal, text] of rows) t.equal(objectionToNamedText(text, marc)?.type ?? "-", refusal, text);
  t.end();
});

test("bids are sealed while the job is open, and for ever where it was withdrawn before", (t) => {
  t.same(
    jobStates.filter((state) => isSealed({ bidding: "sealed", state })),
    ["open", "withdrawn"],
  );
  t.same(
    jobStates.filter((state) => isSealed({ bidding: "open", state })),
    [],
  );
  t.end();
});

test("a shortlist waits for the end of the time for bids", (t) => {
  const poster = { kind: "person", person: "p", session: "s", roles: [], buysFor: [{ client: "c", role: "poster" }] } as const;
  const job = { client: "c", state: "closed", blind: true, fixedAt: null } as const;
  t.equal(objectionToShortlist(job, poster), undefined);
  t.equal(objectionToShortlist({ ...job, client: "other" }, poster)?.type, "poster-needed");
  t.equal(objectionToShortlist({ ...job, blind: false }, poster)?.type, "job-not-blind");
  const others = jobStates.filter((state) => objectionToShortlist({ ...job, state }, poster)?.type === "not-in-this-state");
  t.same(
    others,
    jobStates.filter((state) => state !== "closed"),
  );
  t.end();
});

type Stage = {
  readonly coop: TestCoop;
  readonly board: Caller;
  readonly carla: Caller;
  readonly client: string;
  readonly marc: Caller;
  readonly zoe: Caller;
};

const amount = { amount: "2000.00", currency: "EUR" };

test("choosing among bids", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const { caller: carla, client } = await clientOwner(coop, "Carla");
  const [marc, zoe] = [await trialMember(coop, board, "Marc Dubois"), await trialMember(coop, board, "Zoe Quintens")];
  await marc.call(saveProfile, { handle: "marc-dubois", shown: true, headline: "", about: "", languages: [], places: [] });
  const stage = { coop, board, carla, client, marc, zoe };
  await t.test("the order of the page is the lot's", (step) => drawn(step, stage));
  await t.test("while names are hidden, no answer to the client holds one", (step) => blind(step, stage));
  await t.test("while bids are sealed, nobody but their bidder learns that there is one", (step) => sealed(step, stage));
});

type Wish = Partial<AskedOf<typeof postJob>>;

const post = async ({ carla, client }: Stage, wish: Wish): Promise<string> =>
  (await carla.call(postJob, { ...posterJob(client), ...wish })).body.id;

/** The day after the last for bids, when the clock has looked. */
async function over({ coop }: Stage): Promise<void> {
  coop.wait(8 * 86_400_000);
  await coop.keepTime();
  await coop.settle();
}

async function drawn(t: Test, stage: Stage): Promise<void> {
  const { coop, board, carla, marc, zoe } = stage;
  const [skill] = (await marc.call(listSkills, { text: "poster design" })).body.items;
  await marc.call(setMySkills, { skills: [skill?.id ?? ""] });
  const job = await post(stage, { price: undefined, skills: [skill?.id ?? ""] });
  const rivals = [marc, zoe, await trialMember(coop, board, "Nina"), await trialMember(coop, board, "Olaf")];
  for (const [at, rival] of rivals.entries())
    await rival.call(placeBid, { job, amount: { ...amount, amount: `${1200 + at}.00` }, pitch: "I." });
  const seen = async () => (await carla.call(listBids, { job })).body.items;
  const bids = await coop.db.selectFrom("marketplace.bid").select(["id", "member"]).where("job", "=", job).execute();
  const { lot } = await coop.db.selectFrom("marketplace.job").select("lot").where("id", "=", job).executeTakeFirstOrThrow();
  const expected = inOrderOfLot(bids, lot, sha256).map(({ id }) => id);
  t.same(
    (await seen()).map(({ id, place }) => [id, place]),
    expected.map((id, at) => [id, at + 1]),
    "anybody who holds the lot draws the same order",
  );
  const of = async (name: string) => (await seen()).find(({ bidder, state }) => bidder === name && state === "placed");
  t.same((await of("Marc Dubois"))?.matched, [skill?.id]);
  t.same((await of("Olaf"))?.matched, []);
  const own = (await marc.call(listBids, { job })).body.items;
  t.match(own, [{ mine: true }]);
  t.notOk("place" in (own[0] ?? {}), "a bidder is not told how many stand before them");
  const place = (await of("Zoe Quintens"))?.place;
  const { id = "" } = (await of("Zoe Quintens")) ?? {};
  await zoe.call(withdrawBid, { bid: id });
  await zoe.call(placeBid, { job, amount, pitch: "Again." });
  t.ok(Math.abs(((await of("Zoe Quintens"))?.place ?? 0) - (place ?? 0)) <= 1, "a bid placed anew stands where the first one stood");
}

/** By what somebody would be known: their names, ids and addresses. */
async function marksOf({ coop, board }: Stage, name: string): Promise<RegExp> {
  const person = await personNamed(board, name);
  const { id } = await coop.db.selectFrom("membership.member").select("id").where("person", "=", person).executeTakeFirstOrThrow();
  return new RegExp(
    [...name.split(" "), name.toLowerCase().replace(" ", "."), name.toLowerCase().replace(" ", "-"), person, id].join("|"),
    "i",
  );
}

/** Every answer to a question that the client may ask, whatever is in its address; the directory is everybody's and knows of no bid. */
async function answersTo({ carla, client }: Stage, job: string, bid: string): Promise<readonly (readonly [path: string, text: string])[]> {
  const questions = Object.values(endpoints).filter(({ method, path }) => method === "GET" && !path.includes("/directory"));
  const answers: (readonly [string, string])[] = [];
  for (const endpoint of questions) {
    const input = exampleOf(endpoint, { job, client, bid });
    const rest = Object.entries(input).filter(([field]) => !paramsOf(endpoint.path).includes(field));
    const url = `${pathWith(endpoint.path, input)}?${new URLSearchParams(rest as [string, string][]).toString()}`;
    answers.push([endpoint.path, (await carla.raw({ method: "GET", url })).body]);
  }
  return answers;
}

async function blind(t: Test, stage: Stage): Promise<void> {
  const { coop, carla, marc, zoe, client } = stage;
  t.equal((await carla.call(postJob, { ...posterJob(client), blind: true, visibility: "invited" })).problem, "blind-takes-no-invitations");
  const day = (days: number): string => new Date(Date.parse(coop.now()) + days * 86_400_000).toISOString().slice(0, 10);
  const job = await post(stage, { title: "A sign for the door", blind: true, bidsUntil: day(6) });
  t.equal((await carla.call(inviteMember, { job, handle: "marc-dubois" })).problem, "blind-takes-no-invitations");
  t.equal((await marc.call(placeBid, { job, amount, pitch: "Marc here." })).problem, "text-names-you");
  t.equal((await marc.call(askQuestion, { job, text: "Dubois asks.", audience: "private" })).problem, "text-names-you");
  await marc.call(askQuestion, { job, text: "Which door?", audience: "private" });
  const { id: bid } = (await marc.call(placeBid, { job, amount, pitch: "I paint signs." })).body;
  const { id: other } = (await zoe.call(placeBid, { job, amount, pitch: "I cut letters." })).body;
  await coop.settle();
  const marks = [await marksOf(stage, "Marc Dubois"), await marksOf(stage, "Zoe Quintens")];
  const clean = async (when: string, hidden: readonly RegExp[]): Promise<void> => {
    const answers = await answersTo(stage, job, bid);
    t.ok(
      answers.some(([, text]) => text.includes("I cut letters.")) && answers.some(([, text]) => text.includes("Which door?")),
      "what was said is read",
    );
    for (const [path, text] of answers) for (const mark of hidden) t.notMatch(text, mark, `${path} ${when}`);
  };
  const since = coop.mails.length;
  await clean("while the job is open", marks);
  t.equal((await carla.call(fixShortlist, { job, bids: [bid] })).problem, "not-in-this-state");
  t.equal((await carla.call(acceptBid, { bid, version: 1, amount })).problem, "shortlist-needed");
  await over(stage);
  await clean("when the time is over", marks);
  for (const mark of marks)
    t.notMatch(
      coop.mails
        .slice(since)
        .filter(({ to }) => to.startsWith("carla"))
        .map(({ text, subject }) => subject + text)
        .join(),
      mark,
      "letters to the client",
    );
  t.equal((await carla.call(fixShortlist, { job, bids: [job] })).problem, "shortlist-not-of-bids");
  const twice = await Promise.all([1, 2].map(() => carla.call(fixShortlist, { job, bids: [bid] })));
  t.same(twice.map(({ problem = "-" }) => problem).toSorted(), ["-", "shortlist-fixed"]);
  await coop.settle();
  await clean("of who is not on the shortlist", marks.slice(1));
  const told = (await carla.call(listBids, { job })).body;
  t.match(
    told.items.find(({ id }) => id === bid),
    { bidder: "Marc Dubois", handle: "marc-dubois", shortlisted: true },
  );
  t.match(told.shortlist, { by: "Carla" });
  for (const bidder of [marc, zoe]) {
    t.match((await bidder.call(listBids, { job })).body.shortlist, { by: "Carla", at: told.shortlist?.at }, "who lifted it is told");
    t.match((await bidder.call(listNotices, {})).body.items, [{ kind: "shortlistFixed" }]);
  }
  t.notOk("shortlist" in (await coop.someone().call(listBids, { job })).body);
  t.equal((await carla.call(acceptBid, { bid: other, version: 1, amount })).problem, "shortlist-needed");
  t.equal((await carla.call(reopenJob, { job, bidsUntil: day(20) })).problem, "shortlist-fixed", "a later bid could not be chosen");
  t.equal((await carla.call(acceptBid, { bid, version: 1, amount })).status, 201);
}

async function sealed(t: Test, stage: Stage): Promise<void> {
  const { coop, carla, marc, zoe } = stage;
  const day = (days: number): string => new Date(Date.parse(coop.now()) + days * 86_400_000).toISOString().slice(0, 10);
  const wish = { bidding: "sealed", title: "Sealed lettering", bidsUntil: day(6) } as const;
  const [job, gone] = [await post(stage, wish), await post(stage, { ...wish, title: "Gone" })];
  const line = await lineOf(t, await listening(coop), carla, origin);
  line.watch(`job:${job}`);
  await coop.settle();
  const all = async (): Promise<readonly string[]> => {
    const told: string[] = [];
    for (const reader of [carla, coop.someone(), zoe]) {
      told.push(JSON.stringify((await reader.call(searchJobs, { q: "lettering" })).body.items));
      for (const [path, text] of await answersTo({ ...stage, carla: reader }, job, nobodysId())) told.push(`${path} ${text}`);
    }
    return told.map((text) => text.replaceAll(/"instance":"[^"]*"/g, ""));
  };
  const before = await all();
  const { id: bid } = (await marc.call(placeBid, { job, amount, pitch: "Behind a seal." })).body;
  const { id: lost } = (await marc.call(placeBid, { job: gone, amount, pitch: "Never read." })).body;
  await coop.settle();
  t.same(await all(), before, "a bid came, and nothing is told otherwise");
  t.match((await carla.call(listBids, { job })).body, { items: [], sealedUntil: (await carla.call(readJob, { job })).body.bidsUntil });
  t.match((await marc.call(listBids, { job })).body.items, [{ mine: true, pitch: "Behind a seal." }]);
  t.same((await carla.call(extendJob, { job, bidsUntil: day(7) })).body.bidsUntil, (await carla.call(listBids, { job })).body.sealedUntil);
  const { client: _client, bidsUntil: _until, ...words } = posterJob("");
  const changed = await carla.call(changeJob, { job, ...words, title: wish.title, text: "Larger letters.", version: 2 });
  t.same(changed.body, { version: 3 }, "how many are asked again is not told");
  t.equal((await marc.call(reviseBid, { bid, version: 2, amount, pitch: "Still behind it." })).status, 200);
  t.same((await carla.call(listBids, { job })).body.items, []);
  for (const version of [1, 3]) {
    t.equal((await carla.call(acceptBid, { bid, version, amount })).problem, "bids-sealed");
    t.equal((await carla.call(rejectBid, { bid, version })).problem, "bids-sealed");
  }
  const rest = (await zoe.call(placeBid, { job, amount, pitch: "Taken back." })).body.id;
  t.equal((await zoe.call(withdrawBid, { bid: rest })).status, 200);
  await marc.call(askQuestion, { job, text: "Which letters?", audience: "public" });
  t.ok(await line.hears(`job:${job}`, 5_000));
  t.same(
    line.heard.map(({ type }) => type).filter((type) => type?.startsWith("bid.")),
    [],
    "the live line is silent about bids",
  );
  t.equal((await carla.call(withdrawJob, { job: gone })).status, 200);
  t.same((await carla.call(listBids, { job: gone })).body, { items: [] }, "who withdraws a job does not break its seals");
  t.equal((await carla.call(acceptBid, { bid: lost, version: 2, amount })).problem, "bids-sealed");
  await over(stage);
  const opened = (await carla.call(listBids, { job })).body;
  t.match(
    opened.items,
    [{ bidder: "Marc Dubois", pitch: "Still behind it.", state: "placed", earlier: [] }],
    "all that still stands, at once",
  );
  t.equal((await marc.call(reviseBid, { bid, version: 3, amount, pitch: "Cheaper." })).problem, "bids-opened");
  t.equal(
    (await carla.call(reopenJob, { job, bidsUntil: day(20) })).problem,
    "bids-opened",
    "who has read some bids does not wait for others",
  );
  t.equal((await marc.call(listBids, { job })).body.items[0]?.acts.includes("revise"), false);
  t.notOk("sealedUntil" in opened);
  t.match((await carla.call(listNotices, {})).body.items[0], { kind: "bidsOpened" });
  t.equal((await carla.call(acceptBid, { bid, version: 3, amount })).status, 201);
}
