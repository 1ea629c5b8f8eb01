// Signed work is changed by both sides together: the same paper, the same signing, what was handed in untouched, and no promise taken back.
import { test } from "tap";
import * as api from "@partcommune/shared/marketplace/api";
import { changesOf, planAfter, type AgreedMilestone, type WantedMilestone } from "@partcommune/shared/marketplace/rules/amended";
import { objectionToTerms, type AgreedTerms, type WantedTerms } from "@partcommune/shared/marketplace/rules/amendment";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { moneyFrom } from "@partcommune/shared/platform/money";
import { dayMs, type Day, type Instant } from "@partcommune/shared/platform/time";
import { openCoop, type Caller } from "../support/coop.ts";
import { posterWork, tokenFor } from "../support/declarations.ts";
import { endow } from "../support/endowment.ts";
import { engaged, type Engaged } from "../support/engagements.ts";
import { printedLedger } from "../support/ledger.ts";
import { clientOwner, founder, signedUp, trialMember, withRole } from "../support/people.ts";
import { agreedAsTeam, withPage } from "../support/teams.ts";

const eur = (amount: string) => ({ amount, currency: "EUR" });
type Wanted = AskedOf<typeof api.proposeAmendment>["milestones"];

const two = [
  { title: "Sketch", amount: eur("500.00"), parallel: false },
  { title: "Drawing", amount: eur("1500.00"), parallel: false },
];

test("what is wanted is measured by what was signed: the first objection that holds", (t) => {
  const part = (id: string, amount: string, changeable = true): AgreedMilestone => ({
    id,
    number: Number(id),
    title: `Part ${id}`,
    amount: moneyFrom(eur(amount)),
    parallel: false,
    changeable,
  });
  const [first, second, third] = [part("1", "500.00", false), part("2", "700.00"), part("3", "800.00")];
  const agreed: AgreedTerms = {
    startOn: "2026-12-14" as Day,
    endOn: "2026-12-18" as Day,
    text: "Three sizes.",
    milestones: [first, second, third],
  };
  const limits = { today: "2026-12-16" as Day, wageFloor: moneyFrom(eur("28.00")), weekdays: 5n };
  const same: WantedTerms = { endOn: agreed.endOn, text: agreed.text, milestones: [second, third] };
  const added: WantedMilestone = { title: "More", amount: moneyFrom(eur("0.01")), parallel: true };
  const rows: readonly (readonly [string, Partial<WantedTerms>])[] = [
    ["amendment-changes-nothing", {}],
    ["-", { text: "Five sizes." }],
    ["-", { milestones: [second, third, added] }],
    ["-", { milestones: [second] }],
    ["-", { milestones: [{ ...second, parallel: true }, third] }],
    ["milestone-stays", { milestones: [{ ...first, amount: added.amount }, second, third] }],
    ["currency-differs", { milestones: [second, third, { ...added, amount: moneyFrom({ amount: "1.00", currency: "SEK" }) }] }],
    ["dates-reversed", { endOn: "2026-12-13" as Day }],
    ["end-past", { endOn: "2026-12-15" as Day }],
    ["milestone-outside-dates", { milestones: [second, { ...third, dueOn: "2026-12-19" as Day }] }],
    ["below-wage-floor", { milestones: [{ ...second, amount: moneyFrom(eur("619.99")) }] }],
    ["-", { milestones: [{ ...second, amount: moneyFrom(eur("620.00")) }] }],
  ];
  for (const [refusal, change] of rows)
    t.equal(objectionToTerms(agreed, { ...same, ...change }, "EUR", limits)?.type ?? "-", refusal, JSON.stringify(Object.keys(change)));
  const untouched = { ...agreed, milestones: [second] };
  t.equal(objectionToTerms(untouched, { ...same, milestones: [] }, "EUR", limits)?.type, "amendment-leaves-nothing");
  t.same(
    changesOf(agreed.milestones, [{ ...third, title: "Last" }, added]).map(({ kind }) => kind),
    ["dropped", "changed", "added"],
  );
  t.same(
    planAfter(agreed.milestones, [third, added]).map(({ number }) => number),
    [1, 3, undefined],
  );
  t.end();
});

/** The milestones nothing was handed in of, as they are wanted by their titles, and new ones. */
async function wantedOf({ page }: Engaged, change: Readonly<Record<string, Partial<Wanted[number]> | null>>): Promise<Wanted> {
  const { milestones } = await page();
  const open = milestones.filter(({ state, dropped }) => !dropped && (state === "waiting" || state === "underWay"));
  const kept = open.filter(({ title }) => change[title] !== null);
  const added = Object.entries(change).filter(([title]) => !open.some((each) => each.title === title));
  return [
    ...kept.map(({ id, title, amount, parallel }) => ({ id, title, amount, parallel, ...change[title] })),
    ...added.map(([title, more]) => ({ title, amount: eur("300.00"), parallel: false, ...more })),
  ];
}

const propose = async (stand: Engaged, by: Caller, change: Parameters<typeof wantedOf>[1], more: { endOn?: string; text?: string } = {}) =>
  by.call(api.proposeAmendment, {
    engagement: stand.engagement,
    reason: "Two more sizes are needed.",
    text: "One poster, three sizes.",
    endOn: (await stand.page()).endOn,
    milestones: await wantedOf(stand, change),
    ...more,
  });

test("both sign the same changed paper, and it is the one in force; what was handed in stays, and overtakes what touches it", async (t) => {
  const coop = await openCoop(t);
  const stand = await engaged(coop, await founder(coop), { milestones: two });
  const { buyer, worker, engagement, page } = stand;
  const before = await page();
  t.equal((await propose(stand, await signedUp(coop, "Steve"), { Prints: {} })).status, 404);
  const more = { endOn: "2026-12-22", text: "One poster, five sizes." };
  const { hash } = (await propose(stand, buyer, { Drawing: { amount: eur("1700.00") }, Prints: {} }, more)).body;
  t.equal((await propose(stand, worker, { Prints: {} })).problem, "amendment-open");
  const [shown] = (await page(worker)).amendments;
  t.match(shown, {
    by: "client",
    outcome: "open",
    endOn: { was: "2026-12-18", becomes: "2026-12-22" },
    text: { becomes: more.text },
    milestones: [
      { number: 2, was: { amount: eur("1500.00") }, becomes: { amount: eur("1700.00") } },
      { number: 3, becomes: { title: "Prints", amount: eur("300.00") } },
    ],
    money: {
      was: { price: eur("2000.00"), fee: eur("170.00"), budget: eur("1830.00") },
      becomes: { price: eur("2500.00"), fee: eur("212.50"), budget: eur("2287.50") },
    },
    promise: { guaranteed: false },
  });
  const named = { engagement, hash };
  t.equal((await worker.call(api.signAmendment, { engagement, hash: before.hash })).problem, "quote-differs");
  t.equal((await buyer.call(api.declineAmendment, named)).problem, "own-amendment");
  t.equal((await worker.call(api.withdrawAmendment, named)).problem, "others-amendment");
  t.equal((await worker.call(api.signAmendment, named)).body.outcome, "open");
  t.equal((await worker.call(api.signAmendment, named)).problem, "signed-already");
  t.same({ ...(await page()), amendments: [], acts: [] }, { ...before, amendments: [], acts: [] }, "one signature changes nothing");
  const signed = await Promise.all(Array.from({ length: 8 }, () => buyer.call(api.signAmendment, named)));
  t.equal(signed.filter(({ status }) => status === 201).length, 1);
  const after = await page();
  t.match(after, { state: "covered", hash, amount: eur("2500.00"), endOn: "2026-12-22", clientSignedAt: before.clientSignedAt });
  t.same(
    after.milestones.map(({ amount }) => amount.amount),
    ["500.00", "1700.00", "300.00"],
  );
  t.equal((JSON.parse(after.quote) as { amends: string }).amends, before.hash);
  t.same((JSON.parse(after.quote) as { bylaws: unknown }).bylaws, (JSON.parse(before.quote) as { bylaws: unknown }).bylaws);
  await t.rejects(coop.db.updateTable("marketplace.engagement").set({ amount_minor: 1n }).execute(), { code: "PC030" });
  await t.rejects(coop.db.updateTable("marketplace.milestone").set({ amount_minor: 1n }).execute(), { code: "PC030" });

  await worker.call(api.startEngagement, { engagement });
  const [sketch, drawing, prints] = after.milestones.map(({ id }) => id);
  await worker.call(api.handIn, { milestone: sketch ?? "", text: "It is done." });
  const touching = await worker.call(api.proposeAmendment, {
    engagement,
    reason: "More.",
    text: more.text,
    endOn: more.endOn,
    milestones: [{ id: sketch, title: "Sketch", amount: eur("600.00"), parallel: false }],
  });
  t.equal(touching.problem, "milestone-stays");
  t.equal((await propose(stand, worker, { Drawing: null }, more)).problem, "below-wage-floor");
  t.equal((await propose(stand, worker, { Prints: { amount: eur("400.00") } }, more)).status, 201);
  await worker.call(api.handIn, { milestone: drawing ?? "", text: "It is done." });
  t.equal((await page()).amendments.at(-1)?.outcome, "open", "it does not touch what was handed in");
  await worker.call(api.handIn, { milestone: prints ?? "", text: "It is done." });
  t.match((await page()).amendments.at(-1), { outcome: "void", endedBecause: "Prints" });
  t.equal(
    (await buyer.call(api.signAmendment, { engagement, hash: (await page()).amendments.at(-1)?.hash ?? "" })).problem,
    "amendment-over",
  );
});

test("a client without an account signs a change by a mailed link; a dropped milestone holds nobody up", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const marc = await trialMember(coop, board, "Marc");
  const ada = await withRole(coop, board, "Ada", "adviser");
  const { engagement } = (await marc.call(api.declareWork, posterWork())).body;
  const page = async () => (await marc.call(api.readEngagement, { engagement })).body;
  const stand: Engaged = { buyer: marc, client: "", worker: marc, engagement, milestone: "", page };
  const link = async () => (await coop.settle(), tokenFor(coop, "clara@musee.example"));
  const first = await link();
  const { hash: quote } = await page();
  await coop.someone().call(api.signByLink, { token: first, hash: quote });
  await marc.call(api.signEngagement, { engagement, hash: quote });
  await ada.call(api.coverEngagement, { engagement, note: "I called the museum." });

  const { hash } = (await propose(stand, marc, { Sketch: null, Drawing: { amount: eur("1800.00") } })).body;
  const token = await link();
  t.not(token, first);
  t.match((await coop.someone().call(api.readQuoteByLink, { token })).body, {
    hash,
    amount: eur("1800.00"),
    amendment: { milestones: [{ was: { title: "Sketch" } }, { becomes: { amount: eur("1800.00") } }] },
  });
  t.equal((await coop.someone().call(api.signByLink, { token, hash: quote })).problem, "quote-differs");
  t.equal((await coop.someone().call(api.signByLink, { token, hash })).status, 201);
  t.equal((await coop.someone().call(api.signByLink, { token, hash })).status, 404, "used up");
  t.equal((await marc.call(api.signAmendment, { engagement, hash })).body.outcome, "signed");
  await marc.call(api.startEngagement, { engagement });
  t.same(
    (await page()).milestones.map(({ state, dropped }) => [state, dropped]),
    [
      ["cancelled", true],
      ["underWay", false],
    ],
  );

  await propose(stand, marc, { Prints: {} });
  const declined = await link();
  t.equal((await coop.someone().call(api.declineByLink, { token: declined })).status, 200);
  await propose(stand, marc, { Prints: {} });
  const late = await link();
  coop.wait(14 * dayMs);
  t.equal((await coop.someone().call(api.readQuoteByLink, { token: late })).status, 404, "at the limit, before the clock came");
  await coop.keepTime();
  t.same(
    (await page()).amendments.map(({ outcome }) => outcome),
    ["signed", "declined", "lapsed"],
  );
});

test("what is signed keeps its promise: what is added is asked about anew, and a raise that would lose one is refused", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  await endow(coop, "20000.00");
  const stand = await engaged(coop, board, { milestones: two });
  const { buyer, worker, engagement, page } = stand;
  t.equal((await page()).promise?.guaranteed, true);
  const sign = async (hash: string) => {
    await worker.call(api.signAmendment, { engagement, hash });
    return buyer.call(api.signAmendment, { engagement, hash });
  };
  // A quarter of 20 000.00 is 5 000.00, and 1 830.00 of it are promised.
  const raised = (await propose(stand, buyer, { Drawing: { amount: eur("6000.00") } })).body.hash;
  t.match((await page()).amendments[0], { wouldLose: "Drawing", promise: { guaranteed: false } });
  t.equal((await sign(raised)).problem, "promise-would-be-lost");
  await buyer.call(api.withdrawAmendment, { engagement, hash: raised });
  const within = (await propose(stand, buyer, { Drawing: { amount: eur("1600.00") } })).body.hash;
  t.equal((await sign(within)).body.outcome, "signed");
  const beside = (await propose(stand, buyer, { Prints: { amount: eur("4500.00") } })).body.hash;
  t.equal((await sign(beside)).body.outcome, "signed");
  const promises = await coop.db.selectFrom("mutual.promise").selectAll().orderBy("amount_minor").execute();
  t.match(promises, [
    { guaranteed: true, amount_minor: 146_400n, released_minor: 0n },
    { guaranteed: true, amount_minor: 183_000n, released_minor: 137_250n, milestones: null },
    { guaranteed: false, amount_minor: 411_750n, lacking: ["G3"] },
  ]);
  await worker.call(api.startEngagement, { engagement });
  for (const { id: milestone } of (await page()).milestones) {
    await worker.call(api.handIn, { milestone, text: "It is done." });
    const { version = 0 } = (await page()).milestones.find(({ id }) => id === milestone) ?? {};
    await buyer.call(api.approveHandIn, { milestone, version });
  }
  const days = (await page()).milestones.map(({ payable }) => payable?.dueOn !== undefined);
  t.same(days, [true, true, false], "each milestone is owed as it was promised");
});

test("a team changes its agreement: each signs the same difference, shares keep their proportion, and what was approved stays", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  await endow(coop, "20000.00");
  const { caller: buyer, client } = await clientOwner(coop, "Carla");
  const member = (name: string): Promise<Caller> => trialMember(coop, board, name);
  const [worker, nina, otto] = [await member("Anna"), await member("Nina"), await member("Otto")];
  const handles = [await withPage(nina, "nina-n"), await withPage(otto, "otto-o")] as const;
  const stand = await agreedAsTeam({ buyer, client, worker }, [nina, otto], handles, { milestones: two });
  const { engagement, page } = stand;
  const approved = async (at: number): Promise<void> => {
    const { id: milestone = "" } = (await page()).milestones[at] ?? {};
    await worker.call(api.handIn, { milestone, text: "It is done." });
    await buyer.call(api.approveHandIn, { milestone, version: (await page()).milestones[at]?.version ?? 0 });
  };
  await worker.call(api.startEngagement, { engagement });
  await approved(0);
  const before = await page();
  const { hash } = (await propose(stand, nina, { Drawing: { amount: eur("1700.01") }, Prints: {} })).body;
  const named = { engagement, hash };
  const [shown] = (await page(otto)).amendments;
  const halves = { was: { price: eur("2000.00"), fee: eur("170.00") }, becomes: { price: eur("2500.01"), fee: eur("212.50") } };
  t.match(shown, { by: "member", money: halves, promise: { guaranteed: true } });
  t.same(
    shown?.parts.map(({ name, was, becomes }) => `${name} ${was.amount} ${becomes.amount}`),
    ["Anna 666.67 833.34", "Nina 666.67 833.34", "Otto 666.66 833.33"],
  );
  for (const side of [worker, buyer, nina]) t.equal((await side.call(api.signAmendment, named)).body.outcome, "open");
  t.equal((await nina.call(api.signAmendment, named)).problem, "signed-already");
  t.same(
    (await page(otto)).amendments[0]?.parts.map(({ signed }) => signed),
    [true, true, false],
  );
  t.same({ ...(await page()), amendments: [], acts: [] }, { ...before, amendments: [], acts: [] }, "one signature that is missing is all");
  await t.rejects(
    coop.db
      .updateTable("marketplace.amendment")
      .set({ member_signed_at: "2026-12-01T09:00:00.000Z" as Instant })
      .execute(),
    { code: "PC030" },
    "nobody signs for another",
  );
  t.equal((await otto.call(api.signAmendment, named)).body.outcome, "signed");
  const after = await page();
  t.same(
    after.team.map(({ amount }) => amount.amount),
    ["833.34", "833.34", "833.33"],
  );
  t.same(
    JSON.parse(after.quote).team.map(({ share }: { share: unknown }) => share),
    after.team.map(({ amount }) => amount),
  );
  t.same(after.milestones[0], before.milestones[0], "what was approved is untouched");
  for (const at of [1, 2]) await approved(at);
  await coop.settle();
  const due = (await page(otto)).milestones.map(({ payable }) => payable?.dueOn !== undefined);
  t.same(due, [true, true, true], "each milestone is owed to each as it was promised");
  const ids = await coop.db.selectFrom("membership.member_card").select(["id", "name"]).execute();
  const names = { ...Object.fromEntries(ids.map(({ id, name }) => [id ?? "", name ?? ""])), [client]: "Carla SA" };
  const invoices = (await printedLedger(coop, names)).split("\n").filter((line) => line.startsWith("invoice.issued"));
  t.same(
    invoices.map((line) => line.replace(/.*member:Anna/, "member:Anna").replace(/ · pot.*/, "")),
    [
      "member:Anna:budget −152.50 · member:Nina:budget −152.50 · member:Otto:budget −152.50",
      "member:Anna:budget −518.50 · member:Nina:budget −518.50 · member:Otto:budget −518.51",
      "member:Anna:budget −91.50 · member:Nina:budget −91.50 · member:Otto:budget −91.50",
    ],
    "one fee on the whole of each invoice, and the rest in thirds",
  );
});
