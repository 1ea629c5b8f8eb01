// A dispute is settled by its two sides: at a share of the price that both agree on, with an adviser who mediates and decides nothing.
import { test, type Test } from "tap";
import fc from "fast-check";
import {
  agreeToSettlement,
  approveHandIn,
  endDispute,
  handIn,
  listDisputes,
  openDispute,
  proposeSettlement,
  startEngagement,
  suggestSettlement,
  takeMediation,
} from "@partcommune/shared/marketplace/api";
import type { Word } from "@partcommune/shared/marketplace/rules/engagement";
import { objectionToAgreement, objectionToProposal, priceAt, standingOf } from "@partcommune/shared/marketplace/rules/settlement";
import { listInvoices, readInvoice } from "@partcommune/shared/money/api";
import { budgetOf, feeOf } from "@partcommune/shared/money/rules/split";
import { vatOf } from "@partcommune/shared/money/rules/vat";
import { admitMember, applyAsMember, endRole, giveRole } from "@partcommune/shared/membership/api";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import { moneyFrom, moneyText } from "@partcommune/shared/platform/money";
import { instant, millisecondsOf } from "@partcommune/shared/platform/time";
import { balanceOf, balancesUnder } from "@partcommune/server/money/index";
import { budgetOfMember } from "@partcommune/shared/money/rules/accounts";
import { printInvoice } from "@partcommune/server/money/actions/print-invoice";
import { wordsOf } from "../support/pdf.ts";
import { openCoop, type Answered, type Caller, type TestCoop } from "../support/coop.ts";
import { agreedAsTeam, withPage } from "../support/teams.ts";
import { agreed, engaged, type Engaged } from "../support/engagements.ts";
import { clientOwner, founder, personNamed, trialMember, withRole } from "../support/people.ts";

const eur = (amount: string) => ({ amount, currency: "EUR" });
const reason = "Two of the three files are usable.";

test("2 000.00 at 60 % is 1 200.00 and 252.00 VAT, with a fee of 102.00 and a budget of 1 098.00", (t) => {
  const price = priceAt(moneyFrom(eur("2000.00")), 60);
  t.same(
    [price, vatOf(price, 210_000n), feeOf(price, 85_000n), budgetOf([price], 85_000n)].map((each) => moneyText(each).amount),
    ["1200.00", "252.00", "102.00", "1098.00"],
  );
  t.end();
});

test("a share is never more than the price, grows with its per cent, and is the price at a hundred", (t) => {
  fc.assert(
    fc.property(fc.bigInt(1n, 10n ** 13n), fc.integer({ min: 0, max: 19 }), (minor, step) => {
      const price = { minor, currency: "EUR" };
      const [low, high] = [priceAt(price, step * 5), priceAt(price, (step + 1) * 5)];
      return low.minor <= high.minor && high.minor <= minor && priceAt(price, 100).minor === minor && priceAt(price, 0).minor === 0n;
    }),
  );
  t.end();
});

test("a proposal is agreed to once by each side, while it stands", (t) => {
  const client = "c";
  const sides = {
    client: { kind: "person", person: "1", session: "s", roles: [], buysFor: [{ client, role: "approver" }] },
    member: { kind: "person", person: "2", session: "s", roles: [], buysFor: [], member: "m" },
    poster: { kind: "person", person: "3", session: "s", roles: [], buysFor: [{ client, role: "poster" }] },
  } as const;
  const limit = instant("2026-12-12T23:00:00Z");
  const rows: readonly (readonly [
    string,
    keyof typeof sides,
    Parameters<typeof objectionToAgreement>[0]["state"],
    string,
    boolean,
    readonly Word[],
  ])[] = [
    ["-", "client", "disputed", "2026-12-12T22:59:59.999Z", false, ["m", "n"]],
    ["-", "member", "disputed", "2026-12-02T09:00:00Z", false, ["n"]],
    ["-", "member", "disputed", "2026-12-02T09:00:00Z", false, []],
    ["agreed-already", "member", "disputed", "2026-12-02T09:00:00Z", false, ["m"]],
    ["proposal-lapsed", "client", "disputed", "2026-12-12T23:00:00Z", false, ["m"]],
    ["proposal-replaced", "client", "disputed", "2026-12-02T09:00:00Z", true, ["m"]],
    ["not-in-this-state", "client", "handedIn", "2026-12-02T09:00:00Z", false, ["m"]],
    ["approver-needed", "poster", "disputed", "2026-12-02T09:00:00Z", false, ["m"]],
  ];
  for (const [refusal, who, state, now, ended, agreeing] of rows) {
    const dispute = {
      client,
      member: "m",
      team: ["m", "n"],
      engagementState: "underWay",
      state,
      version: 1n,
      changesAsked: 0,
      reminderOwed: false,
    } as const;
    const proposal = { standsUntil: limit, ended, agreed: agreeing };
    t.equal(objectionToAgreement(dispute, proposal, sides[who], instant(now))?.type ?? "-", refusal, refusal);
  }
  const now = instant("2026-12-12T23:00:00Z");
  t.equal(standingOf({ standsUntil: limit, ended: false, agreed: [] }, { team: ["m", "n"] }, now), "lapsed");
  t.equal(standingOf({ standsUntil: limit, ended: true, agreed: ["client", "m"] }, { team: ["m", "n"] }, now), "replaced");
  t.equal(standingOf({ standsUntil: limit, ended: true, agreed: ["client", "n", "m"] }, { team: ["m", "n"] }, now), "agreed");
  t.end();
});

type Stand = Engaged & { readonly coop: TestCoop; readonly board: Caller };

/** Handed in and disputed by the client. */
async function stage(t: Test, wish: Parameters<typeof engaged>[2] = {}): Promise<Stand> {
  const coop = await openCoop(t, { settings: { poolSize: 30 } });
  const board = await founder(coop);
  const stand = { coop, board, ...(await engaged(coop, board, wish)) };
  await disputed(stand);
  return stand;
}

async function disputed({ worker, buyer, engagement, milestone }: Engaged): Promise<void> {
  await worker.call(startEngagement, { engagement });
  await worker.call(handIn, { milestone, text: "Three files." });
  await buyer.call(openDispute, { milestone, reason: "One of them is not what was agreed." });
}

const propose = (by: Caller, { milestone, coop }: Stand, share: number) => {
  coop.wait(1);
  return by.call(proposeSettlement, { milestone, share, reason });
};
const agree = (by: Caller, settlement: string) => by.call(agreeToSettlement, { settlement });
const exposure = async ({ coop }: Stand) =>
  coop.db
    .selectFrom("mutual.promise")
    .select(["amount_minor", "collected_minor", "released_minor", "ended_because"])
    .executeTakeFirstOrThrow();

test("agreed by both, it is invoiced at that share, and nothing is owed of the rest", async (t) => {
  const stand = await stage(t);
  const { coop, buyer, client, worker, engagement, page } = stand;
  t.equal((await exposure(stand)).amount_minor, 183_000n);
  const { id, standsUntil } = (await propose(buyer, stand, 60)).body;
  t.equal(standsUntil, "2026-12-11T23:00:00.000Z", "until the end of the tenth day in Brussels");
  await coop.settle();
  t.match(coop.mails.at(-1), { subject: "A proposal to settle: Poster for the spring fair", text: /60 % .* Friday, 11 December 2026/ });
  t.match((await worker.call(listNotices, {})).body.items[0], {
    kind: "settlementProposed",
    subject: engagement,
    values: { name: "Carla" },
  });
  t.notMatch((await buyer.call(listNotices, {})).body.items[0], { kind: "settlementProposed" }, "who proposed is told nothing");
  t.match((await page(worker)).milestones[0]?.dispute?.proposals, [
    { by: "client", share: 60, price: eur("1200.00"), agreed: ["client"], standing: "open", acts: ["agree"] },
  ]);
  t.same((await page(buyer)).milestones[0]?.dispute?.proposals[0]?.acts, [], "who proposed has agreed");
  t.equal((await agree(buyer, id)).problem, "agreed-already");
  t.same((await agree(worker, id)).body, { state: "invoiced" });
  t.match((await page()).milestones, [
    { state: "invoiced", bySilence: false, settledAt: { share: 60, price: eur("1200.00") }, payable: { amount: eur("1098.00") } },
  ]);
  t.equal((await page()).milestones[0]?.dispute, undefined);
  const [issued] = (await buyer.call(listInvoices, { client })).body.items;
  t.match(issued, { net: eur("1200.00"), vat: eur("252.00"), gross: eur("1452.00") });
  const { frozen } = (await buyer.call(readInvoice, { invoice: issued?.id ?? "" })).body;
  t.match(JSON.parse(frozen), { line: { settled: { share: 60, of: eur("2000.00") } } }, "the invoice says what it is a share of");
  const printed = wordsOf(Buffer.from((await printInvoice(frozen)).bytes));
  t.match(printed, /60 % de 2 000,00 EUR|60 % of 2,000\.00 EUR/);
  const fee = (await balancesUnder(coop, "pot:")).reduce((total, { balance }) => total - balance.minor, 0n);
  const { member } = await coop.db.selectFrom("marketplace.engagement").select("member").executeTakeFirstOrThrow();
  t.equal(fee, 10_200n);
  t.match(await balanceOf(coop, budgetOfMember(member)), { balance: { minor: -109_800n }, held: { minor: 109_800n } });
  t.same(await exposure(stand), { amount_minor: 183_000n, collected_minor: 0n, released_minor: 73_200n, ended_because: null });
  t.equal((await agree(worker, id)).problem, "not-in-this-state");
});

test("what a team is paid less takes the word of each of them", async (t) => {
  const { coop, board, buyer, client, worker } = await stage(t);
  const colleagues = [await trialMember(coop, board, "Nina"), await trialMember(coop, board, "Otto")] as const;
  const handles = [await withPage(colleagues[0], "nina-n"), await withPage(colleagues[1], "otto-o")] as const;
  const { engagement, milestone, page } = await agreedAsTeam({ buyer, client, worker }, colleagues, handles);
  await disputed({ buyer, client, worker, engagement, milestone, page });
  const { id } = (await worker.call(proposeSettlement, { milestone, share: 60, reason: "Two of three are used." })).body;
  t.same((await agree(buyer, id)).body, { state: "disputed" }, "the lead and the client alone settle nothing");
  const shownTo = async (reader: Caller) => (await page(reader)).milestones[0]?.dispute?.proposals;
  t.match(await shownTo(buyer), [{ agreed: ["client"], missing: ["Nina", "Otto"], acts: [], last: false }]);
  t.same((await agree(colleagues[0], id)).body, { state: "disputed" });
  t.match(await shownTo(colleagues[1]), [{ missing: ["Otto"], acts: ["agree"], last: true }]);
  t.same((await agree(colleagues[1], id)).body, { state: "invoiced" });
  // 1 200.00 less 102.00, in three.
  t.match((await page(colleagues[1])).milestones, [{ settledAt: { share: 60 }, payable: { amount: eur("366.00") } }]);
});

test("settled at nothing it is cancelled: no invoice, no promise, and the engagement is over", async (t) => {
  const stand = await stage(t);
  const { buyer, client, worker, page } = stand;
  const { id } = (await propose(worker, stand, 0)).body;
  t.same((await agree(buyer, id)).body, { state: "cancelled" });
  t.match(await page(), {
    state: "finished",
    acts: [],
    milestones: [{ state: "cancelled", settledAt: { share: 0, price: eur("0.00") }, acts: [] }],
  });
  t.same((await buyer.call(listInvoices, { client })).body.items, []);
  t.match(await exposure(stand), { released_minor: 183_000n, ended_because: "engagementEnded" });
});

test("of several milestones the others go on, and the next one does not end with the one that is dropped", async (t) => {
  const parts = ["500.00", "1500.00"].map((amount, at) => ({ title: `Part ${at + 1}`, amount: eur(amount), parallel: false }));
  const stand = await stage(t, { milestones: parts });
  const { buyer, worker, page } = stand;
  const { id } = (await propose(worker, stand, 0)).body;
  await agree(buyer, id);
  const { state, milestones, acts } = await page();
  t.equal(state, "underWay");
  t.same(
    milestones.map((each) => each.state),
    ["cancelled", "underWay"],
  );
  t.notOk(acts.includes("cancel"), "work was handed in, so one side alone no longer cancels");
  t.equal((await exposure(stand)).released_minor, 45_750n);
});

test("a newer proposal takes the place of the earlier one, and each lapses at its limit", async (t) => {
  const stand = await stage(t);
  const { coop, buyer, worker, page } = stand;
  const first = (await propose(buyer, stand, 20)).body.id;
  const second = (await propose(buyer, stand, 40)).body.id;
  const theirs = (await propose(worker, stand, 80)).body;
  t.equal((await agree(worker, first)).problem, "proposal-replaced");
  t.same(
    (await page()).milestones[0]?.dispute?.proposals.map(({ standing }) => standing),
    ["replaced", "open", "open"],
  );
  coop.wait(millisecondsOf(instant(theirs.standsUntil)) - millisecondsOf(coop.now()) - 1);
  await coop.keepTime();
  t.equal((await page()).milestones[0]?.state, "disputed", "no clock runs in a dispute");
  coop.wait(1);
  t.equal((await agree(worker, second)).problem, "proposal-lapsed");
  t.equal((await agree(buyer, theirs.id)).problem, "proposal-lapsed");
  t.equal((await agree(buyer, (await propose(worker, stand, 80)).body.id)).status, 200);
});

test("what was proposed in one dispute settles no later one", async (t) => {
  const stand = await stage(t);
  const { buyer, worker, milestone, page } = stand;
  const { id } = (await propose(buyer, stand, 60)).body;
  await buyer.call(endDispute, { milestone });
  t.equal((await agree(worker, id)).problem, "not-in-this-state");
  stand.coop.wait(1);
  await worker.call(openDispute, { milestone, reason: "It is complete." });
  t.same((await page()).milestones[0]?.dispute?.proposals, []);
  t.equal((await agree(worker, id)).problem, "proposal-replaced");
  const { version = 0 } = (await page()).milestones[0] ?? {};
  t.equal((await buyer.call(approveHandIn, { milestone, version })).status, 200);
  t.equal((await propose(buyer, stand, 60)).problem, "not-in-this-state");
  t.match((await page()).milestones, [{ payable: { amount: eur("1830.00") } }]);
});

test("what comes to less than a cent is no share, and half a cent goes to the even side", (t) => {
  const dispute = {
    client: "c",
    member: "m",
    team: ["m"],
    engagementState: "underWay",
    state: "disputed",
    version: 1n,
    changesAsked: 0,
    reminderOwed: false,
  } as const;
  const member = { kind: "person", person: "2", session: "s", roles: [], buysFor: [], member: "m" } as const;
  const rows = [
    ["0.05", 5, "share-too-small"],
    ["0.05", 10, "share-too-small"],
    ["0.05", 15, "-"],
    ["0.01", 0, "-"],
    ["0.01", 100, "-"],
  ] as const;
  for (const [amount, share, refusal] of rows)
    t.equal(objectionToProposal(dispute, member, moneyFrom(eur(amount)), share)?.type ?? "-", refusal, `${share} % of ${amount}`);
  t.end();
});

test("shares go in steps of five", async (t) => {
  const stand = await stage(t);
  for (const share of [-5, 1, 62.5, 105]) t.equal((await propose(stand.buyer, stand, share)).status, 422, String(share));
});

test("an adviser who is no side mediates: reads what was said, suggests, and decides nothing", async (t) => {
  const stand = await stage(t);
  const { coop, board, buyer, worker, milestone, page } = stand;
  const [ada, abel] = [await withRole(coop, board, "Ada", "adviser"), await withRole(coop, board, "Abel", "adviser")];
  const desk = async (by: Caller) => (await by.call(listDisputes, {})).body.items[0];
  const suggest = (by: Caller, share: number) => by.call(suggestSettlement, { milestone, share, reason });
  t.match(await desk(ada), { milestone, client: "Carla SA", acts: ["takeMediation"] });
  t.equal((await desk(ada))?.said, undefined, "before they take it, advisers read nothing");
  t.equal((await suggest(ada, 70)).problem, "mediator-needed");
  const person = await personNamed(board, "Ada");
  await ada.call(takeMediation, { milestone });
  await board.call(endRole, { person, role: "adviser" });
  await coop.settle();
  t.match(await desk(abel), { acts: ["takeMediation"] }, "whoever is no adviser any more lets go of it");
  await board.call(giveRole, { person, role: "adviser" });
  const taken = await Promise.all([ada, abel].flatMap((by) => Array.from({ length: 5 }, () => by.call(takeMediation, { milestone }))));
  t.equal(taken.filter(({ status }) => status === 200).length, 1);
  const { mediator } = (await page()).milestones[0]?.dispute ?? {};
  const [mediates, other] = mediator === "Ada" ? [ada, abel] : [abel, ada];
  t.equal((await suggest(other, 70)).problem, "mediator-needed");
  t.equal((await desk(other))?.said, undefined);
  t.match(await desk(mediates), {
    acts: ["suggest"],
    said: { handIns: [{ text: "Three files." }], dispute: { by: "client", reason: "One of them is not what was agreed." } },
  });
  const { id } = (await suggest(mediates, 70)).body;
  t.equal((await agree(mediates, id)).problem, "not-found", "whoever mediates agrees to nothing");
  t.equal((await propose(mediates, stand, 70)).problem, "not-found");
  t.same((await agree(buyer, id)).body, { state: "disputed" });
  t.match((await page(worker)).milestones[0]?.dispute?.proposals, [{ by: "adviser", share: 70, agreed: ["client"], acts: ["agree"] }]);
  t.same((await agree(worker, id)).body, { state: "invoiced" });
  t.same((await mediates.call(listDisputes, {})).body.items, [], "it is over, and nothing of it is read any more");
});

test("nobody mediates their own dispute", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const { caller: buyer, client } = await clientOwner(coop, "Carla");
  const worker = await withRole(coop, board, "Emma", "adviser");
  const { id: member } = (await worker.call(applyAsMember, { status: "invoiced", trade: "translation" })).body;
  await board.call(admitMember, { member });
  const stand = await agreed({ buyer, client, worker });
  await disputed(stand);
  t.equal((await worker.call(takeMediation, { milestone: stand.milestone })).problem, "own-engagement");
  t.same((await worker.call(listDisputes, {})).body.items[0]?.acts, []);
});

test("agreed from both sides at once, withdrawn and approved at the same time: one end, one invoice at most", async (t) => {
  const stand = await stage(t);
  const { coop, board, buyer, client, worker, milestone, page } = stand;
  const ada = await withRole(coop, board, "Ada", "adviser");
  await ada.call(takeMediation, { milestone });
  const { id } = (await ada.call(suggestSettlement, { milestone, share: 50, reason })).body;
  const { version = 0 } = (await page()).milestones[0] ?? {};
  const acts: readonly (() => Promise<Answered<unknown>>)[] = [
    () => agree(buyer, id),
    () => agree(worker, id),
    () => buyer.call(endDispute, { milestone }),
    () => buyer.call(approveHandIn, { milestone, version }),
  ];
  const answers = await Promise.all(
    Array.from({ length: 24 }, (_, at) => (acts[at % acts.length] ?? (() => Promise.reject(new Error("no act"))))()),
  );
  t.ok(answers.every((answer) => answer.status < 500));
  const [one] = (await page()).milestones;
  const invoices = (await buyer.call(listInvoices, { client })).body.items;
  t.equal(invoices.length, one?.state === "invoiced" ? 1 : 0);
  if (one?.settledAt) t.match(invoices, [{ net: eur("1000.00") }]);
});

test("proposals and agreements stay as they were made", async (t) => {
  const stand = await stage(t);
  const { coop, buyer } = stand;
  const { id } = (await propose(buyer, stand, 60)).body;
  const forged = coop.db.updateTable("marketplace.settlement_proposal").set({ share: 5 }).where("id", "=", id);
  await t.rejects(forged.execute(), { code: "PC001" });
  await t.rejects(coop.db.deleteFrom("marketplace.settlement_agreement").execute(), { code: "42501" });
});
