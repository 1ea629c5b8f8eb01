// A client posts a job, everyone reads it, it closes when its day is over, and it can be withdrawn before.
import { test } from "tap";
import {
  beginDraft,
  discardDraft,
  keepDraft,
  listDrafts,
  listOwnJobs,
  postJob,
  readDraft,
  readJob,
  searchJobs,
  withdrawJob,
} from "@partcommune/shared/marketplace/api";
import { objectionToPublishing, type Draft } from "@partcommune/shared/marketplace/rules/job";
import {
  changedFields,
  objectionToChanging,
  objectionToExtending,
  objectionToReopening,
  type JobTerms,
  type PostedJob,
} from "@partcommune/shared/marketplace/rules/posted";
import type { Actor } from "@partcommune/shared/platform/actor";
import { endOfDay } from "@partcommune/shared/platform/calendar";
import { moneyFrom } from "@partcommune/shared/platform/money";
import { instant, millisecondsOf, type Day } from "@partcommune/shared/platform/time";
import { openCoop } from "../support/coop.ts";
import { posterJob, typed } from "../support/jobs.ts";
import { clientOwner, founder, signedUp } from "../support/people.ts";

const buyer = (role: "owner" | "poster" | "approver" | "payer"): Actor => ({
  kind: "person",
  person: "p",
  session: "s",
  roles: [],
  buysFor: [{ client: "c", role }],
});

test("a job is refused for the first reason that holds", (t) => {
  const now = instant("2026-12-01T09:00:00Z");
  const draft: Draft = {
    client: "c",
    startOn: "2026-12-14" as Day,
    endOn: "2026-12-18" as Day,
    bidsUntil: instant("2026-12-07T23:00:00Z"),
    price: moneyFrom({ amount: "2000.00", currency: "EUR" }),
  };
  const cent = moneyFrom({ amount: "0.01", currency: "EUR" });
  const free = { blockedReason: null };
  const rows: readonly (readonly [string, Partial<Draft>, { blockedReason: string | null }, Actor])[] = [
    ["-", {}, free, buyer("owner")],
    ["-", {}, free, buyer("poster")],
    ["poster-needed", {}, free, buyer("approver")],
    ["poster-needed", {}, free, buyer("payer")],
    ["poster-needed", { client: "other" }, free, buyer("owner")],
    ["poster-needed", {}, free, { kind: "visitor" }],
    ["client-blocked", {}, { blockedReason: "45 days late" }, buyer("owner")],
    ["currency-differs", { price: moneyFrom({ amount: "2000.00", currency: "SEK" }) }, free, buyer("owner")],
    ["currency-differs", { price: undefined, most: moneyFrom({ amount: "2000.00", currency: "SEK" }) }, free, buyer("owner")],
    ["-", { price: undefined }, free, buyer("owner")],
    ["price-unlike-its-kind", { priceKind: "fixed", price: undefined }, free, buyer("owner")],
    ["price-unlike-its-kind", { priceKind: "open" }, free, buyer("owner")],
    ["price-unlike-its-kind", { least: cent }, free, buyer("owner")],
    ["-", { priceKind: "open", price: undefined, least: cent, most: cent }, free, buyer("owner")],
    ["bounds-reversed", { price: undefined, least: moneyFrom({ amount: "0.02", currency: "EUR" }), most: cent }, free, buyer("owner")],
    ["-", { service: "authorsRights" }, free, buyer("owner")],
    ["service-taxed-alike", { service: "training" }, free, buyer("owner")],
    ["dates-reversed", { endOn: "2026-12-13" as Day }, free, buyer("owner")],
    ["-", { endOn: "2026-12-14" as Day }, free, buyer("owner")],
    ["deadline-too-near", { bidsUntil: instant("2026-12-02T08:59:59.999Z") }, free, buyer("owner")],
    ["-", { bidsUntil: instant("2026-12-02T09:00:00Z") }, free, buyer("owner")],
    ["-", { bidsUntil: instant("2027-03-01T09:00:00Z") }, free, buyer("owner")],
    ["deadline-too-far", { bidsUntil: instant("2027-03-01T09:00:00.001Z") }, free, buyer("owner")],
  ];
  for (const [refusal, change, client, actor] of rows) {
    t.equal(
      objectionToPublishing({ ...draft, ...change }, client, { currency: "EUR", country: "BE", today: "2026-12-01" as Day }, actor, now)
        ?.type ?? "-",
      refusal,
      `${refusal} ${JSON.stringify(change.bidsUntil ?? "")}`,
    );
  }
  t.end();
});

test("a posted job is changed, extended and opened again only in time", (t) => {
  const poster = buyer("poster");
  const open: PostedJob = {
    client: "c",
    state: "open",
    version: 1n,
    openedAt: instant("2026-12-01T09:00:00Z"),
    bidsUntil: instant("2026-12-07T23:00:00Z"),
  };
  const closed: PostedJob = { ...open, state: "closed", reopenUntil: instant("2026-12-21T23:00:00Z") };
  const [early, late] = [instant("2026-12-07T22:59:59.999Z"), instant("2026-12-07T23:00:00Z")];
  const [last, over] = [instant("2026-12-21T22:59:59.999Z"), instant("2026-12-21T23:00:00Z")];
  const longer = instant("2026-12-31T23:00:00Z");
  const rows = [
    ["-", objectionToChanging(open, poster, early)],
    ["bid-too-late", objectionToChanging(open, poster, late)],
    ["poster-needed", objectionToChanging({ ...open, client: "other" }, poster, early)],
    ["not-in-this-state", objectionToChanging(closed, poster, early)],
    ["-", objectionToExtending(open, longer, poster, early)],
    ["-", objectionToExtending(open, instant("2027-03-01T09:00:00Z"), poster, early)],
    ["deadline-too-far", objectionToExtending(open, instant("2027-03-01T09:00:00.001Z"), poster, early)],
    ["deadline-not-later", objectionToExtending(open, open.bidsUntil, poster, early)],
    ["bid-too-late", objectionToExtending(open, longer, poster, late)],
    ["not-in-this-state", objectionToExtending(closed, longer, poster, last)],
    ["-", objectionToReopening(closed, longer, poster, last)],
    ["reopen-too-late", objectionToReopening(closed, longer, poster, over)],
    ["deadline-too-near", objectionToReopening(closed, instant("2026-12-22T22:59:59.998Z"), poster, last)],
    ["deadline-too-far", objectionToReopening(closed, instant("2027-03-21T23:00:00Z"), poster, last)],
    ["not-in-this-state", objectionToReopening(open, longer, poster, early)],
  ] as const;
  for (const [wanted, refusal] of rows) t.equal(refusal?.type ?? "-", wanted);
  t.end();
});

test("every field of a job that differs is named, and none that does not", (t) => {
  const before: JobTerms = {
    title: "Poster",
    text: "One.",
    language: "en",
    trade: "design",
    skills: ["b", "a"],
    startOn: "2026-12-14" as Day,
    endOn: "2026-12-18" as Day,
  };
  const price = moneyFrom({ amount: "2.00", currency: "EUR" });
  t.same(changedFields(before, { ...before, skills: ["a", "b"], milestones: undefined, price: undefined }), []);
  t.same(changedFields(before, { ...before, price, milestones: [{ title: "All", amount: price, parallel: false }] }), [
    "priceKind",
    "price",
    "milestones",
  ]);
  t.same(changedFields(before, { ...before, place: { town: "Gent", country: "BE" }, skills: ["a"] }), ["skills", "place"]);
  t.end();
});

test("the end of a day is right where clocks change", (t) => {
  const rows = [
    ["2026-12-07", "Europe/Brussels", "2026-12-07T23:00:00.000Z"],
    ["2027-03-28", "Europe/Brussels", "2027-03-28T22:00:00.000Z"],
    ["2027-10-31", "Europe/Brussels", "2027-10-31T23:00:00.000Z"],
    ["2028-02-29", "Europe/Stockholm", "2028-02-29T23:00:00.000Z"],
    ["2028-02-28", "Europe/Stockholm", "2028-02-28T23:00:00.000Z"],
    ["2027-03-28", "Europe/Lisbon", "2027-03-28T23:00:00.000Z"],
    ["2027-10-31", "Europe/Helsinki", "2027-10-31T22:00:00.000Z"],
    ["2026-09-06", "America/Santiago", "2026-09-07T03:00:00.000Z"],
    ["2026-09-05", "America/Santiago", "2026-09-06T04:00:00.000Z"],
    ["2026-12-31", "UTC", "2027-01-01T00:00:00.000Z"],
  ] as const;
  for (const [day, zone, end] of rows) t.equal(endOfDay(day as Day, zone), end, `${day} ${zone}`);
  t.end();
});

test("a posted job is read by anyone, to the cent and in its place", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const { caller, client } = await clientOwner(coop, "Carla");
  const posted = await caller.call(postJob, posterJob(client));
  t.equal(posted.status, 201, posted.text);
  const visitor = coop.someone();
  t.match((await visitor.call(searchJobs, {})).body, {
    items: [
      {
        id: posted.body.id,
        title: "Poster for the spring fair",
        client: "Carla SA",
        price: { amount: "2000.00", currency: "EUR" },
        bidsUntil: "2026-12-07T23:00:00.000Z",
      },
    ],
  });
  t.match((await visitor.call(readJob, { job: posted.body.id })).body, {
    state: "open",
    mine: false,
    startOn: "2026-12-14",
    zone: "Europe/Brussels",
    version: 1,
  });
  t.match((await caller.call(readJob, { job: posted.body.id })).body, { mine: true });
  t.equal((await visitor.call(readJob, { job: client })).problem, "not-found");
});

test("a job closes at the end of its day, once, whoever looks", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const { caller, client } = await clientOwner(coop, "Carla");
  const { id } = (await caller.call(postJob, posterJob(client))).body;
  coop.wait(millisecondsOf(instant("2026-12-07T22:59:59.999Z")) - millisecondsOf(coop.now()));
  await coop.keepTime();
  t.match((await caller.call(readJob, { job: id })).body, { state: "open" });
  coop.wait(1);
  await Promise.all([coop.keepTime(), coop.keepTime(), coop.keepTime()]);
  t.match((await caller.call(readJob, { job: id })).body, { state: "closed", version: 2 });
  t.match((await caller.call(searchJobs, {})).body, { items: [], facets: { total: 0 } });
  const facts = await coop.db.selectFrom("platform.fact").select("type").where("subject", "=", id).orderBy("seq").execute();
  t.same(
    facts.map(({ type }) => type),
    ["job.opened", "job.closed"],
  );
});

test("only its own client withdraws a job", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const { caller, client } = await clientOwner(coop, "Carla");
  const other = (await clientOwner(coop, "Otto")).caller;
  const stranger = await signedUp(coop, "Stan");
  const { id } = (await caller.call(postJob, posterJob(client))).body;
  t.equal((await other.call(withdrawJob, { job: id })).problem, "poster-needed");
  t.equal((await stranger.call(withdrawJob, { job: id })).problem, "clients-only");
  t.equal((await other.call(postJob, posterJob(client))).problem, "not-found", "nobody posts for another's organisation");
  t.equal((await caller.call(withdrawJob, { job: id })).status, 200);
  t.equal((await caller.call(withdrawJob, { job: id })).problem, "not-in-this-state");
  t.match((await other.call(readJob, { job: id })).body, { state: "withdrawn" });
});

test("what is typed is kept for those who post for the client, until it is posted", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const { caller, client } = await clientOwner(coop, "Carla");
  const { caller: other, client: foreign } = await clientOwner(coop, "Otto");
  const begun = await caller.call(beginDraft, { client, words: typed({ title: "Poster for", price: "2 0" }) });
  t.equal(begun.status, 201, begun.text);
  const draft = begun.body.id;
  coop.wait(60_000);
  const on = { draft, client, version: 1, words: typed({ title: "Poster for the spring fair", price: "2 000" }) };
  t.same((await caller.call(keepDraft, on)).body, { version: 2 });
  t.equal((await caller.call(keepDraft, on)).problem, "draft-changed", "another window wrote on meanwhile");
  t.equal((await caller.call(keepDraft, { ...on, version: 2, client: foreign })).problem, "poster-needed");
  t.match((await caller.call(listDrafts, {})).body, { items: [{ id: draft, title: "Poster for the spring fair", keptAt: coop.now() }] });
  t.match((await caller.call(readDraft, { draft, labels: "en" })).body, { version: 2, words: { price: "2 000", skills: [] } });
  t.same((await other.call(listDrafts, {})).body, { items: [] });
  for (const refused of [
    await other.call(readDraft, { draft, labels: "en" }),
    await other.call(keepDraft, { ...on, client: foreign, version: 2 }),
    await other.call(discardDraft, { draft }),
    await other.call(postJob, { ...posterJob(foreign), draft }),
    await other.call(beginDraft, { client, words: on.words }),
    await caller.call(readJob, { job: draft }),
  ])
    t.equal(refused.problem, "not-found");
  t.equal((await caller.call(postJob, { ...posterJob(client), bidsUntil: "2026-12-01", draft })).problem, "deadline-too-near");
  t.equal((await caller.call(listDrafts, {})).body.items.length, 1, "a job that is refused stays a draft");
  t.same((await caller.call(postJob, { ...posterJob(client), draft })).body, { id: draft });
  t.equal((await caller.call(postJob, { ...posterJob(client), draft })).problem, "not-found", "it is posted once");
  t.same((await caller.call(listDrafts, {})).body, { items: [] });
  t.match((await caller.call(listOwnJobs, {})).body, { items: [{ id: draft, state: "open", bids: 0 }] });
  t.same((await other.call(listOwnJobs, {})).body, { items: [] });
  for (let more = 0; more < 50; more += 1) await caller.call(beginDraft, { client, words: typed({}) });
  t.equal((await caller.call(beginDraft, { client, words: typed({}) })).problem, "too-many-drafts");
});

test("amounts are decimal text of the currency and nothing else", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const { caller, client } = await clientOwner(coop, "Carla");
  const amounts = [
    "-1.00",
    "0",
    "0.00",
    "0.001",
    "1e3",
    "1,5",
    "٣.00",
    "NaN",
    "-0.00",
    "90071992547409930.00",
    "9".repeat(10_000),
    "2000",
    "2000.0",
    " 2000.00",
    "+2000.00",
    2000,
    true,
    null,
  ];
  for (const amount of amounts) {
    const refused = await caller.call(postJob, { ...posterJob(client), price: { amount: amount as string, currency: "EUR" } });
    t.equal(refused.status, 422, `${String(amount).slice(0, 20)} is refused`);
  }
  const foreign = await caller.call(postJob, { ...posterJob(client), price: { amount: "2000.00", currency: "SEK" } });
  t.equal(foreign.problem, "rate-missing");
  t.match((await caller.call(searchJobs, {})).body, { items: [], facets: { total: 0 } }, "nothing was stored");
});

test("a list goes on where it ended, in each of its orders, and refuses a cursor it did not make", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const { caller, client } = await clientOwner(coop, "Carla");
  for (let day = 3; day < 10; day += 1) {
    await caller.call(postJob, { ...posterJob(client), title: `Job ${day}`, bidsUntil: `2026-12-0${day}` });
    coop.wait(3_600_000);
  }
  const titlesBy = async (order: "closing" | "newest" | "best"): Promise<readonly string[]> => {
    const titles: string[] = [];
    let after: string | undefined;
    do {
      const page = (await caller.call(searchJobs, { order, limit: 3, ...(after ? { after } : {}) })).body;
      titles.push(...page.items.map(({ title }) => title));
      coop.wait(1_000);
      after = page.next;
    } while (after);
    return titles;
  };
  const seven = ["Job 3", "Job 4", "Job 5", "Job 6", "Job 7", "Job 8", "Job 9"];
  t.same(await titlesBy("closing"), seven);
  t.same(await titlesBy("newest"), seven.toReversed());
  t.same(await titlesBy("best"), seven.toReversed(), "alike but for their age, at one instant though time goes on");
  const { next = "" } = (await caller.call(searchJobs, { order: "best", limit: 3 })).body;
  t.equal((await caller.call(searchJobs, { order: "newest", after: next })).status, 422, "the place in another order is none in this one");
  const id = "019b0000-0000-7000-8000-000000000000";
  const cursors = [["x", id], ["2026-12-01T09:00:00.000Z", "x"], [], ["2026-12-01T09:00:00.000Z", "1", "x"], ["now", "1", id], [1, 2, 3]];
  for (const order of ["closing", "newest", "best"] as const)
    for (const bad of [
      "x",
      "W10",
      "eyJhIjoxfQ",
      "'; drop table marketplace.job; --",
      ...cursors.map((values) => Buffer.from(JSON.stringify(values)).toString("base64url")),
    ])
      t.equal((await caller.call(searchJobs, { order, after: bad })).status, 422, `${order} ${bad}`);
});
