// One bid is accepted whoever hurries, and both sides sign the very same quote.
import { createHash } from "node:crypto";
import { test, type Test } from "tap";
import {
  acceptBid,
  declineEngagement,
  listBids,
  listEngagements,
  placeBid,
  postJob,
  readEngagement,
  readJob,
  signEngagement,
  withdrawBid,
  withdrawJob,
} from "@partcommune/shared/marketplace/api";
import { objectionToAcceptance } from "@partcommune/shared/marketplace/rules/acceptance";
import { objectionToDeclining, objectionToSigning, type Quote } from "@partcommune/shared/marketplace/rules/engagement";
import { admitMember } from "@partcommune/shared/membership/api";
import type { Actor, BuyerRole } from "@partcommune/shared/platform/actor";
import { moneyFrom } from "@partcommune/shared/platform/money";
import { dayMs, instant, millisecondsOf } from "@partcommune/shared/platform/time";
import { openCoop, type Caller, type TestCoop } from "../support/coop.ts";
import { applicant, clientOwner, founder, signedUp } from "../support/people.ts";

const eur = (amount: string) => ({ amount, currency: "EUR" });

const person = (wish: { buys?: BuyerRole; member?: string; client?: string }): Actor => ({
  kind: "person",
  person: "p",
  session: "s",
  roles: [],
  buysFor: wish.buys ? [{ client: wish.client ?? "c", role: wish.buys }] : [],
  ...(wish.member ? { member: wish.member } : {}),
});

test("a bid is accepted only as it was shown, by who may", (t) => {
  const shown = { version: 1n, amount: moneyFrom(eur("2000.00")) };
  const bid = { ...shown, client: "c", state: "placed", jobState: "open" } as const;
  const rows = [
    ["-", {}, {}, person({ buys: "owner" })],
    ["-", { jobState: "closed" }, {}, person({ buys: "approver" })],
    ["approver-needed", {}, {}, person({ buys: "poster" })],
    ["approver-needed", {}, {}, person({ buys: "owner", client: "other" })],
    ["approver-needed", {}, {}, { kind: "clock" }],
    ["job-already-awarded", { jobState: "awarded", state: "accepted" }, {}, person({ buys: "owner" })],
    ["not-in-this-state", { jobState: "withdrawn" }, {}, person({ buys: "owner" })],
    ["not-in-this-state", { state: "withdrawn" }, {}, person({ buys: "owner" })],
    ["bid-changed", {}, { version: 2n }, person({ buys: "owner" })],
    ["bid-changed", {}, { amount: moneyFrom(eur("1999.99")) }, person({ buys: "owner" })],
    ["bid-changed", {}, { amount: moneyFrom({ amount: "2000.00", currency: "SEK" }) }, person({ buys: "owner" })],
  ] as const;
  for (const [refusal, change, other, actor] of rows)
    t.equal(objectionToAcceptance({ ...bid, ...change }, { ...shown, ...other }, actor)?.type ?? "-", refusal, refusal);
  t.end();
});

test("a quote is signed once by each side, in time, by its hash", (t) => {
  const quote: Quote = {
    client: "c",
    member: "m",
    team: ["m", "n"],
    state: "quoted",
    hash: "h",
    signUntil: instant("2026-12-15T09:00:00Z"),
    signedBy: [],
  };
  const [early, late] = ["2026-12-15T08:59:59.999Z", "2026-12-15T09:00:00Z"];
  const [client, member] = [person({ buys: "approver" }), person({ member: "m" })];
  const rows: readonly (readonly [string, Partial<Quote>, Actor, string, string])[] = [
    ["-", {}, client, "h", early],
    ["-", { signedBy: ["client"] }, member, "h", early],
    ["-", { signedBy: ["m"] }, person({ member: "n" }), "h", early],
    ["approver-needed", {}, person({ buys: "payer" }), "h", early],
    ["approver-needed", {}, person({ member: "other" }), "h", early],
    ["not-in-this-state", { state: "lapsed" }, member, "h", late],
    ["quote-too-late", { signedBy: ["m"] }, member, "x", late],
    ["signed-already", { signedBy: ["m"] }, member, "x", early],
    ["quote-differs", {}, member, "x", early],
  ];
  for (const [refusal, change, actor, hash, now] of rows)
    t.equal(objectionToSigning({ ...quote, ...change }, actor, hash, instant(now))?.type ?? "-", refusal, refusal);
  t.equal(objectionToDeclining({ ...quote, state: "signed" }, member)?.type, "not-in-this-state");
  t.equal(objectionToDeclining(quote, person({ member: "other" }))?.type, "approver-needed");
  t.equal(objectionToDeclining(quote, client), undefined);
  t.end();
});

type Stage = { readonly coop: TestCoop; readonly client: Caller; readonly job: string; readonly members: readonly Caller[] };

/** A coop with one open job and so many members in their trial. */
async function stage(t: Test, count: number): Promise<Stage> {
  const coop = await openCoop(t, { settings: { poolSize: 30 } });
  const board = await founder(coop);
  const { caller, client } = await clientOwner(coop, "Carla");
  const posted = await caller.call(postJob, {
    client,
    title: "Poster for the spring fair",
    text: "One poster, three sizes.",
    language: "en",
    trade: "graphic design",
    startOn: "2026-12-14",
    endOn: "2026-12-18",
    bidsUntil: "2026-12-07",
  });
  const members: Caller[] = [];
  for (let at = 0; at < count; at += 1) {
    const joined = await applicant(coop, `Anna ${at}`);
    const admitted = await board.call(admitMember, { member: joined.member });
    t.equal(admitted.status, 200, admitted.text);
    members.push(joined.caller);
  }
  return { coop, client: caller, job: posted.body.id, members };
}

const offer = async (member: Caller | undefined, job: string, amount: string) => {
  if (!member) throw new Error("no such member");
  return member.call(placeBid, { job, amount: eur(amount), pitch: "I did three such fairs." });
};

test("fifty acceptances at once award one bid, and one acceptance fifty times is one engagement", async (t) => {
  const { coop, client, job, members } = await stage(t, 5);
  const bids: string[] = [];
  for (const [at, member] of members.entries()) bids.push((await offer(member, job, `${2000 + at}.00`)).body.id);
  const accepting = (at: number, key?: string) =>
    client.call(acceptBid, { bid: bids[at % 5] ?? "", version: 1, amount: eur(`${2000 + (at % 5)}.00`) }, key);
  const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => accepting(at, `race-${at}`)));
  t.equal(answers.filter(({ status }) => status === 201).length, 1);
  t.equal(answers.filter(({ status }) => status === 409).length, 49, JSON.stringify(answers.map(({ problem }) => problem)));
  const won = answers.findIndex(({ status }) => status === 201);
  const again = await Promise.all(Array.from({ length: 50 }, () => accepting(won, `race-${won}`)));
  t.ok(
    again.every(({ status, body, problem }) =>
      status === 201 ? body.engagement === answers[won]?.body.engagement : problem === "same-key-in-flight",
    ),
    "a repeat is told the same engagement",
  );
  t.ok(again.some(({ status }) => status === 201));
  const rows = await coop.db.selectFrom("marketplace.engagement").select("id").execute();
  t.equal(rows.length, 1);
  t.equal((await coop.db.selectFrom("marketplace.milestone").select("id").execute()).length, 1);
  t.match((await client.call(readJob, { job })).body, { state: "awarded" });
  t.equal((await offer(members[0], job, "2000.00")).problem, "job-not-open");
});

test("both sides sign the same paper, and the others are told", async (t) => {
  const { coop, client, job, members } = await stage(t, 2);
  const bid = (await offer(members[0], job, "2000.00")).body.id;
  const other = (await offer(members[1], job, "1900.00")).body.id;
  t.equal((await client.call(acceptBid, { bid, version: 1, amount: eur("1999.99") })).problem, "bid-changed");
  const accepted = await client.call(acceptBid, { bid, version: 1, amount: eur("2000.00") });
  t.equal(accepted.status, 201, accepted.text);
  const { engagement } = accepted.body;
  const page = (await members[0]?.call(readEngagement, { engagement }))?.body;
  if (!page) throw new Error("no page");
  t.equal(createHash("sha256").update(page.quote).digest("hex"), page.hash);
  t.match(JSON.parse(page.quote), {
    amount: eur("2000.00"),
    startOn: "2026-12-14",
    bylaws: { "fee.rate": "1" },
    milestones: [{ number: 1 }],
  });
  t.match(page, { state: "quoted", side: "member", signUntil: "2026-12-15T09:00:00.000Z" });
  t.equal(page.promise?.guaranteed, false, "what the guarantee would answer is read before anyone signs");
  t.equal((await client.call(signEngagement, { engagement, hash: "0".repeat(64) })).problem, "quote-differs");
  const first = await client.call(signEngagement, { engagement, hash: page.hash });
  t.match(first.body, { state: "quoted" }, first.text);
  t.equal((await client.call(signEngagement, { engagement, hash: page.hash })).problem, "signed-already");
  t.match((await members[0]?.call(signEngagement, { engagement, hash: page.hash }))?.body, { state: "covered" });
  t.match((await client.call(readEngagement, { engagement })).body, {
    state: "covered",
    coveredBy: "rule",
    clientSignedAt: coop.now(),
    memberSignedAt: coop.now(),
  });
  t.match((await members[1]?.call(listBids, { job }))?.body, { items: [{ id: other, state: "rejected" }] });
  t.equal((await client.call(declineEngagement, { engagement })).problem, "not-in-this-state");
  t.match((await members[0]?.call(listEngagements, {}))?.body, { items: [{ id: engagement, side: "member" }] });
  t.same((await members[1]?.call(listEngagements, {}))?.body, { items: [] });
  const forged = coop.db.updateTable("marketplace.engagement").set({ amount_minor: 1n }).where("id", "=", engagement);
  await t.rejects(forged.execute(), { code: "PC030" }, "a quote cannot be changed under its signatures");
});

test("two signatures at the same moment make one signed engagement", async (t) => {
  const { coop, client, job, members } = await stage(t, 1);
  const bid = (await offer(members[0], job, "2000.00")).body.id;
  const { engagement } = (await client.call(acceptBid, { bid, version: 1, amount: eur("2000.00") })).body;
  const { hash } = (await client.call(readEngagement, { engagement })).body;
  await Promise.all(
    Array.from({ length: 20 }, async (_, at) => (at % 2 ? client : members[0])?.call(signEngagement, { engagement, hash })),
  );
  t.match((await client.call(readEngagement, { engagement })).body, { state: "covered", version: 4 });
  const facts = await coop.db.selectFrom("platform.fact").select("id").where("type", "=", "engagement.signed").execute();
  t.equal(facts.length, 1);
});

test("a quote lapses when a side declines or fourteen days pass, and its job takes another bid", async (t) => {
  const { coop, client, job, members } = await stage(t, 2);
  const bids = [(await offer(members[0], job, "2000.00")).body.id, (await offer(members[1], job, "1900.00")).body.id];
  const first = (await client.call(acceptBid, { bid: bids[0] ?? "", version: 1, amount: eur("2000.00") })).body.engagement;
  t.equal((await members[0]?.call(declineEngagement, { engagement: first }))?.status, 200);
  t.match((await client.call(readEngagement, { engagement: first })).body, { state: "lapsed" });
  t.match((await client.call(readJob, { job })).body, { state: "closed" });
  const accepted = await client.call(acceptBid, { bid: bids[1] ?? "", version: 1, amount: eur("1900.00") });
  t.equal(accepted.status, 201, accepted.text);
  const { engagement } = accepted.body;
  const { signUntil } = (await client.call(readEngagement, { engagement })).body;
  coop.wait(millisecondsOf(instant(signUntil)) - millisecondsOf(coop.now()) - 1);
  await coop.keepTime();
  t.match((await client.call(readEngagement, { engagement })).body, { state: "quoted" });
  coop.wait(1);
  await Promise.all([coop.keepTime(), coop.keepTime()]);
  t.match((await client.call(readEngagement, { engagement })).body, { state: "lapsed", version: 2 });
  t.match((await client.call(listBids, { job })).body.items, [{ state: "lapsed" }, { state: "lapsed" }]);
});

test("what is not yours does not exist, and nobody asked for more fields", async (t) => {
  const { coop, client, job, members } = await stage(t, 2);
  const bid = (await offer(members[0], job, "2000.00")).body.id;
  const otherClient = (await clientOwner(coop, "Otto")).caller;
  const stranger = await signedUp(coop, "Stan");
  const shown = { bid, version: 1, amount: eur("2000.00") };
  t.equal((await otherClient.call(acceptBid, shown)).problem, "not-found");
  t.equal((await stranger.call(acceptBid, shown)).problem, "clients-only");
  t.equal((await members[1]?.call(withdrawBid, { bid }))?.problem, "not-found");
  const { engagement } = (await client.call(acceptBid, shown)).body;
  const { hash } = (await client.call(readEngagement, { engagement })).body;
  for (const [name, caller] of Object.entries({ otherClient, stranger, otherMember: members[1] })) {
    t.same((await caller?.call(listBids, { job }))?.body, { items: [] }, name);
    t.equal((await caller?.call(readEngagement, { engagement }))?.problem, "not-found", name);
    t.equal((await caller?.call(signEngagement, { engagement, hash }))?.problem, "not-found", name);
    t.equal((await caller?.call(declineEngagement, { engagement }))?.problem, "not-found", name);
  }
  t.equal((await coop.someone().call(readEngagement, { engagement })).problem, "sign-in-first");
  for (const field of ["role", "status", "state", "balance", "memberSince", "feeRate", "approvedBy", "id", "member"]) {
    const more = { job, amount: eur("1.00"), pitch: "", [field]: "x" };
    t.equal((await members[1]?.call(placeBid, more))?.status, 400, `bid with ${field}`);
    const signature = { engagement, hash, [field]: "x" };
    t.equal((await client.call(signEngagement, signature)).status, 400, `signature with ${field}`);
  }
});

test("a member has one open bid on a job and at most twenty in all; a withdrawn job rejects what stood", async (t) => {
  const { client, coop, job, members } = await stage(t, 1);
  const hurry = await Promise.all(Array.from({ length: 10 }, () => offer(members[0], job, "2000.00")));
  t.equal(hurry.filter(({ status }) => status === 201).length, 1);
  t.equal(hurry.filter(({ problem }) => problem === "bid-placed-already").length, 9);
  const { client: id } = await coop.db.selectFrom("marketplace.job").select("client").where("id", "=", job).executeTakeFirstOrThrow();
  const jobs: string[] = [];
  for (let at = 0; at < 22; at += 1) {
    const input = {
      client: id,
      title: `Job ${at}`,
      text: "x",
      language: "en",
      trade: "x",
      startOn: "2026-12-14",
      endOn: "2026-12-18",
    } as const;
    jobs.push((await client.call(postJob, { ...input, bidsUntil: "2026-12-07" })).body.id);
  }
  const all = await Promise.all(jobs.map(async (open) => offer(members[0], open, "1200.00")));
  t.equal(all.filter(({ status }) => status === 201).length, 19);
  t.equal(all.filter(({ problem }) => problem === "too-many-open-bids").length, 3);
  t.equal((await client.call(withdrawJob, { job })).status, 200);
  t.match((await members[0]?.call(listBids, { job }))?.body, { items: [{ state: "rejected" }] });
  coop.wait(dayMs * 7);
  const late = jobs[all.findIndex(({ status }) => status !== 201)] ?? "";
  t.equal((await offer(members[0], late, "1200.00")).problem, "bid-too-late");
});
