// The guarantee pays ahead of clients, each once, in the order of their days; whoever must wait stands in the queue, in the open.
import { sql } from "kysely";
import { test } from "tap";
import { z } from "zod";
import { approveHandIn, handIn, startEngagement } from "@partcommune/shared/marketplace/api";
import { cancelPayout, listPayables, listPayouts, orderPayouts, readStatement, signPayout } from "@partcommune/shared/money/api";
import { bank, pot, type AccountCode } from "@partcommune/shared/money/rules/accounts";
import { paysWork } from "@partcommune/shared/money/rules/entry";
import { readFund } from "@partcommune/shared/mutual/api";
import { readProtection } from "@partcommune/shared/mutual/api/protection";
import { protectionRows, type PromiseKept } from "@partcommune/shared/mutual/rules/protection";
import { inTurn } from "@partcommune/shared/mutual/rules/queue";
import { operator } from "@partcommune/shared/platform/actor";
import { uuidv7 } from "@partcommune/shared/platform/id";
import { moneyFrom, moneyText, type Money } from "@partcommune/shared/platform/money";
import { dayMs, type Day } from "@partcommune/shared/platform/time";
import { balanceOf, post } from "@partcommune/server/money/index";
import { frontInTurn } from "@partcommune/server/mutual/actions/fronting";
import type { Scope } from "@partcommune/server/platform/scope";
import type { Caller, TestCoop } from "../support/coop.ts";
import { endow } from "../support/endowment.ts";
import { figureOpened } from "../support/figures.ts";
import { agreed } from "../support/engagements.ts";
import { earnedAtSister, invoiced, type IssuedInvoice, type Order } from "../support/invoices.ts";
import { bankBooked, clientPaid, eur, signedPayout, treasury, withIban, type Treasury } from "../support/treasury.ts";

const of = (amount: string): Money => moneyFrom(eur(amount));

test("what is decided in turn, and why the others wait", (t) => {
  const line = (...amounts: readonly string[]) => amounts.map((amount) => ({ amount: of(amount) }));
  const means = { pot: of("300.00"), cash: of("4000.00"), holdShare: 100_000n };
  const rows = [
    ["held held", line("1830.00", "915.00"), means],
    ["held pot pot", line("1830.00", "1830.00", "10.00"), means], // 117.00 is left of the pot; 10.00 would fit and does not overtake
    ["cash cash", line("4000.01", "1.00"), { ...means, pot: of("1000.00") }],
    ["held cash", line("3000.00", "1000.01"), { ...means, pot: of("1000.00") }],
    ["pot", line("1.00"), { ...means, pot: of("-5000.00") }],
    ["", [], means],
  ] as const;
  for (const [verdicts, waiting, has] of rows) {
    const told = inTurn(waiting, has).map((verdict) => ("held" in verdict ? "held" : verdict.waitsFor));
    t.equal(told.join(" "), verdicts);
  }
  t.end();
});

test("what is promised and unpaid is secured, what nobody promised waits, and the queue is a part of the first", (t) => {
  const promise = (rest: Partial<PromiseKept> = {}): PromiseKept => ({
    engagement: "e",
    guaranteed: true,
    amount: of("1830.00"),
    released: of("0.00"),
    isOpen: true,
    milestones: null,
    ...rest,
  });
  const approved = (milestone: string, minor: bigint) => ({ engagement: "e", milestone, minor });
  const owed = (rest: object = {}) => ({ engagement: "e", invoice: "1", amount: of("915.00"), guaranteed: true, queued: false, ...rest });
  const rows: readonly (readonly [told: string, Parameters<typeof protectionRows>])[] = [
    ["secured 1830.00", [[promise()], [], []]],
    ["waiting 1830.00", [[promise({ guaranteed: false })], [], []]],
    ["", [[promise({ isOpen: false })], [], []]],
    ["secured 1 915.00, secured 915.00", [[promise()], [approved("a", 91_500n)], [owed()]]], // half is approved, half is to come
    ["secured 1 915.00, queued 1 915.00", [[promise()], [approved("a", 183_000n)], [owed({ queued: true })]]],
    ["waiting 1 915.00", [[promise({ guaranteed: false })], [approved("a", 183_000n)], [owed({ guaranteed: false })]]],
    ["secured 915.00", [[promise({ released: of("915.00") })], [], []]], // agreed on anew for half
    // A milestone that was added has an answer of its own: what is approved of it takes nothing from the first.
    ["secured 1830.00", [[promise(), promise({ milestones: ["b"], amount: of("500.00") })], [approved("b", 50_000n)], []]],
  ];
  for (const [told, asked] of rows)
    t.equal(
      protectionRows(...asked)
        .map(({ of: sum, invoice = "", amount }) => [sum, invoice, moneyText(amount).amount].filter(Boolean).join(" "))
        .join(", "),
      told,
    );
  t.end();
});

let keys = 0;
const acting = (coop: TestCoop, act: (scope: Scope) => Promise<unknown>) =>
  coop.perform(
    operator,
    { name: "test ahead", input: z.strictObject({}), answer: z.object({}), status: 200 },
    async (scope) => (await act(scope), {}),
    {},
    { key: `ahead-${(keys += 1)}`, cause: "test" },
  );

/** More for the coop, in one pot. */
const given = (coop: TestCoop, name: "guarantee" | "reserve", amount: string) =>
  acting(coop, (scope) => {
    const legs = [
      { account: bank("main"), money: of(amount) },
      { account: pot(name), money: of(`-${amount}`) },
    ];
    const key = `given-${keys}`;
    return post(scope, [{ kind: "fund.endowed", key, on: scope.now.slice(0, 10) as Day, bylaws: [], legs }]);
  });

const held = async (coop: TestCoop, account: AccountCode) => moneyText((await balanceOf(coop, account))?.held ?? of("0.00")).amount;
const heldOfPot = (coop: TestCoop) => held(coop, pot("guarantee"));

/** What of members' work left for their banks, in the order of the book: ahead of the client where nothing is held of their budget any more by it. */
async function leftHow({ coop }: Treasury): Promise<readonly string[]> {
  const { rows } = await sql<{ how: string }>`
    select case when exists (
      select from ledger.hold_end join ledger.hold using (hold_id) where hold_end.entry_id = entry.entry_id and hold.kind = 'uncollected'
    ) then 'ahead' else 'after the client' end as how
    from ledger.entry where kind = any(${[...paysWork]}::ledger.kind_name[]) order by entry_id`.execute(coop.db);
  return rows.map(({ how }) => how);
}

/** Guaranteed work that is invoiced, with its days. */
const promised = ({ coop, client, member }: Treasury, dueOn = "2026-12-10", wish: Partial<Order> = {}): Promise<IssuedInvoice> =>
  invoiced(coop, { client, member, guaranteed: { frontOn: "2026-12-01", dueOn }, ...wish });

const pays = (stage: Treasury, { invoice }: IssuedInvoice, amount = "2420.00") => clientPaid(stage, invoice, amount);

test("on the fifth working day the member is paid though the client is not, and once", async (t) => {
  const stage = await treasury(t);
  const { coop, buyer, client, worker, member, tess } = stage;
  await endow(coop, "20000.00");
  await withIban(stage);
  const { engagement, milestone, page } = await agreed({ buyer, client, worker });
  await worker.call(startEngagement, { engagement });
  await worker.call(handIn, { milestone, text: "It is done." });
  const { invoice } = (await buyer.call(approveHandIn, { milestone, version: (await page()).milestones[0]?.version ?? 0 })).body;
  t.equal((await page()).milestones[0]?.payable?.dueOn, "2026-12-10");
  const payables = async () => (await tess.call(listPayables, {})).body.items;
  const [payable] = await payables();
  await coop.keepTime();
  t.equal((await payables())[0]?.waitsFor, "day");
  t.match((await worker.call(readStatement, { member })).body.payables, [{ state: "waiting", waitsFor: "day", dueOn: "2026-12-10" }]);
  const protection = async () => (await worker.call(readProtection, {})).body;
  const clock = { approvedOn: "2026-12-01", dueOn: "2026-12-10", workingDays: 7, closed: [] };
  const before = await protection();
  t.match(before, {
    sums: { secured: eur("1830.00"), waiting: eur("0.00"), queued: eur("0.00") },
    rows: [{ of: "secured", engagement, amount: eur("1830.00") }],
    items: [{ engagement, payments: [{ state: "waiting", waitsFor: "day", clock: { ...clock, counted: 0 } }] }],
  });
  t.match(before.items[0]?.promises, [{ guaranteed: true, workingDays: 7, amount: eur("1830.00"), later: false }]);
  t.ok(
    before.items[0]?.promises[0]?.bylaws.some(({ key, version }) => key === "guarantee.workingDays" && version === 1),
    "the rules of that day",
  );
  t.equal((await buyer.call(readProtection, {})).problem, "members-only");
  t.same((await tess.call(readProtection, {})).problem, "members-only", "nobody reads another's");
  t.equal((await tess.call(orderPayouts, { payables: [payable?.id ?? ""] })).problem, "payable-not-ready");
  coop.wait(7 * dayMs);
  await coop.keepTime();
  t.equal((await payables())[0]?.waitsFor, undefined);
  t.equal(await heldOfPot(coop), "183.00");
  const payout = await signedPayout(stage, [payable?.id ?? ""]);
  t.same(await leftHow(stage), ["ahead"]);
  t.match((await worker.call(readStatement, { member })).body, {
    balance: eur("0.00"),
    available: eur("0.00"),
    payables: [{ state: "ordered" }],
  });
  const item = (await tess.call(listPayouts, {})).body.items.find(({ id }) => id === payout)?.items[0]?.id ?? "";
  await bankBooked(stage, { kind: "payoutSettled", item }, "1830.00");
  await coop.settle();
  t.match(await page(), { milestones: [{ state: "memberPaid", payable: { state: "paid" } }] });
  t.match(await protection(), {
    sums: { secured: eur("0.00"), waiting: eur("0.00"), queued: eur("0.00") },
    rows: [],
    items: [{ payments: [{ state: "paid", paidOn: "2026-12-08", clock: { ...clock, counted: 5 } }] }],
  });
  t.equal(await heldOfPot(coop), "183.00", "until the client has paid");
  const counted = async () => (await coop.someone().call(readFund, {})).body.guarantee;
  t.match(await counted(), { due: 1, onTime: 1, late: { count: 0 }, exposure: eur("1830.00"), lost: eur("0.00") });
  for (const caller of [coop.someone(), tess]) t.same(await figureOpened(caller, "exposed"), eur("1830.00"), "it opens into the payment");
  const paid = await pays(stage, { invoice: invoice.id } as IssuedInvoice);
  t.equal(paid.status, 200, paid.text);
  await coop.settle();
  t.match(await page(), { state: "finished", milestones: [{ state: "settled" }] });
  t.equal(await heldOfPot(coop), "0.00");
  t.same(await payables(), []);
  t.same(await leftHow(stage), ["ahead"], "and not paid twice");
  t.match(await counted(), { due: 1, onTime: 1, exposure: eur("0.00") });
  t.same(await figureOpened(tess, "exposed"), eur("0.00"));
});

test("whatever the client pays, and whenever, the member is paid once and nothing stays held", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, tom } = stage;
  await endow(coop, "20000.00");
  await withIban(stage);
  const meanwhile = await promised(stage);
  await coop.keepTime();
  t.equal(await heldOfPot(coop), "183.00");
  const { id: payout, hash } = (await tess.call(orderPayouts, { payables: [meanwhile.payable] })).body;
  await pays(stage, meanwhile);
  t.equal(await heldOfPot(coop), "0.00");
  t.equal((await tom.call(signPayout, { payout, hash })).status, 201);
  t.same(await leftHow(stage), ["after the client"], "paid between the two signatures");

  const part = await promised(stage);
  await pays(stage, part, "1000.00");
  coop.wait(60_000);
  await coop.keepTime();
  await signedPayout(stage, [part.payable]);
  t.equal(await heldOfPot(coop), "183.00", "a part frees nothing");
  await pays(stage, part, "1000.00");
  t.equal(await heldOfPot(coop), "183.00");
  await pays(stage, part, "420.00");
  t.equal(await heldOfPot(coop), "0.00");
  t.same(await leftHow(stage), ["after the client", "ahead"]);

  const before = await promised(stage);
  await pays(stage, before);
  coop.wait(60_000);
  await coop.keepTime();
  t.equal(await heldOfPot(coop), "0.00", "who has paid needs nothing held back");

  const raced = [];
  for (let at = 0; at < 6; at += 1) raced.push(await promised(stage));
  await Promise.all([...raced.map((each) => pays(stage, each)), ...[1, 2, 3].map(() => acting(coop, frontInTurn))]);
  t.equal(await heldOfPot(coop), "0.00", "fronting and payments at the same instant");

  const late = [];
  for (let at = 0; at < 6; at += 1) late.push(await promised(stage, "2026-12-10", { price: "500.00" }));
  await acting(coop, frontInTurn);
  const batches = await Promise.all(late.map(async ({ payable }) => (await tess.call(orderPayouts, { payables: [payable] })).body));
  const done = await Promise.all([
    ...batches.map(async ({ id, hash: frozen }) => (await tom.call(signPayout, { payout: id, hash: frozen })).status),
    ...late.map(async (each) => (await pays(stage, each, "605.00")).status),
  ]);
  t.same(done, [201, 201, 201, 201, 201, 201, 200, 200, 200, 200, 200, 200], "the second signature and the payment at the same instant");
  t.equal(await heldOfPot(coop), "0.00");
  t.equal((await leftHow(stage)).length, 8, "each of them once");

  await earnedAtSister(coop, stage.member, { sister: uuidv7(0, Buffer.alloc(10, 9)) });
  await acting(coop, frontInTurn);
  t.equal(await heldOfPot(coop), "0.00", "a sister owes from the approval on: nothing is set aside for it");
  t.match(
    (await tess.call(listPayables, {})).body.items.at(-1),
    { amount: eur("1830.00"), waitsFor: undefined },
    "and it is paid like any other",
  );
});

test("forty hands at once on the same four: the clock, two treasurers and the bank pay each of them once, and every hold ends once", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, tom, worker, member } = stage;
  await endow(coop, "20000.00");
  await withIban(stage);
  const four = [];
  for (let at = 0; at < 4; at += 1) four.push(await promised(stage, "2026-12-10", { price: "500.00" }));
  const payables = four.map(({ payable }) => payable);
  await acting(coop, frontInTurn);
  const orderedAndSigned = async (first: Caller, second: Caller): Promise<void> => {
    const { status, body } = await first.call(orderPayouts, { payables });
    if (status === 201) await second.call(signPayout, { payout: body.id, hash: body.hash });
  };
  const orderedAndCancelled = async (by: Caller): Promise<void> => {
    const { status, body } = await by.call(orderPayouts, { payables: payables.slice(1) });
    if (status === 201) await by.call(cancelPayout, { payout: body.id });
  };
  const hands = [
    () => acting(coop, frontInTurn),
    () => orderedAndSigned(tess, tom),
    () => orderedAndCancelled(tom),
    () => orderedAndSigned(tom, tess),
    () => tess.call(orderPayouts, { payables: payables.slice(0, 1) }),
  ];
  await Promise.all([
    ...Array.from({ length: 36 }, (_, at) => hands[at % hands.length]?.()),
    ...four.map((each) => pays(stage, each, "605.00")),
  ]);
  for (const { id, state, hash, mine } of (await tess.call(listPayouts, {})).body.items)
    if (state === "ordered") await (mine ? tom : tess).call(signPayout, { payout: id, hash });
  const left = (await tess.call(listPayables, {})).body.items.map(({ id }) => id);
  if (left.length > 0) await signedPayout(stage, left);
  t.equal((await leftHow(stage)).length, 4, "each is paid once");
  t.match((await worker.call(readStatement, { member })).body, {
    balance: eur("0.00"),
    payables: payables.map(() => ({ state: "ordered" })),
  });
  const { rows } = await sql<{ holds: number; ends: number }>`
    select count(*)::int as holds, count(hold_end.hold_id)::int as ends from ledger.hold left join ledger.hold_end using (hold_id)
    where kind = 'guarantee'`.execute(coop.db);
  t.same(rows, [{ holds: 4, ends: 4 }], "whatever came first, nothing stays held, and nothing ended twice");
});

test("forty at once on a pot that bears one: one is paid ahead, the others stand in their order and are not forgotten", async (t) => {
  const stage = await treasury(t);
  const { coop, worker, member, tess } = stage;
  await endow(coop, "150.00");
  await given(coop, "reserve", "100000.00");
  await withIban(stage);
  const second = await promised(stage, "2026-12-14");
  const small = await promised(stage, "2026-12-15", { price: "50.00" });
  const first = await promised(stage, "2026-12-11");
  await Promise.all(Array.from({ length: 40 }, () => acting(coop, frontInTurn)));
  t.equal(await heldOfPot(coop), "183.00");
  const items = async () => new Map((await tess.call(listPayables, {})).body.items.map((item) => [item.id, item]));
  t.equal((await items()).get(first.payable)?.waitsFor, undefined, "the earlier day first, whatever was approved first");
  t.match((await items()).get(second.payable), { waitsFor: "pot", queue: { place: 1, before: eur("0.00") } });
  t.match((await items()).get(small.payable), { waitsFor: "pot", queue: { place: 2, before: eur("1830.00") } }, "nothing overtakes");
  t.match(
    (await worker.call(readStatement, { member })).body.payables.find(({ id }) => id === small.payable),
    {
      state: "waiting",
      waitsFor: "pot",
      queue: { place: 2, before: eur("1830.00") },
    },
  );
  t.match((await worker.call(readProtection, {})).body.sums, { secured: eur("3705.75"), queued: eur("1875.75") });
  t.equal((await tess.call(orderPayouts, { payables: [second.payable] })).problem, "guarantee-queued");
  t.match((await coop.someone().call(readFund, {})).body.queue, {
    count: 2,
    sum: eur("1875.75"),
    oldest: "2026-12-14",
    alerts: [{ cause: "pot" }],
  });
  await coop.keepTime();
  t.equal((await items()).get(second.payable)?.waitsFor, "pot", "a minute changes nothing");
  await given(coop, "guarantee", "183.00");
  coop.wait(60_000);
  await coop.keepTime();
  t.equal((await items()).get(second.payable)?.waitsFor, undefined);
  t.equal((await items()).get(small.payable)?.waitsFor, undefined, "what was over bears the small one, too");
  t.match((await coop.someone().call(readFund, {})).body.queue, { count: 0, sum: eur("0.00"), alerts: [] });
  t.same(
    (await coop.db.selectFrom("mutual.alert").select(["cause"]).execute()).map(({ cause }) => cause),
    ["pot"],
    "one alert for all of them",
  );
});

test("what the bank does not hold cannot be paid ahead, and money of others is not used for it", async (t) => {
  const stage = await treasury(t);
  const { coop, tess } = stage;
  await endow(coop, "7000.00"); // less four times 420.00 of VAT: not quite three times 1 830.00
  await withIban(stage);
  const made = [];
  for (const _ of [1, 2, 3, 4]) made.push(await promised(stage));
  await coop.keepTime();
  const waits = async () => (await tess.call(listPayables, {})).body.items.map(({ waitsFor }) => waitsFor ?? "ready");
  t.same(await waits(), ["ready", "ready", "cash", "cash"]);
  t.match((await coop.someone().call(readFund, {})).body.queue, { count: 2, alerts: [{ cause: "cash" }] });
  await pays(stage, made[0] ?? ({} as IssuedInvoice));
  coop.wait(60_000);
  await coop.keepTime();
  t.same(
    await waits(),
    ["ready", "ready", "ready", "ready"],
    "what the client paid frees what the coop had set aside for one member, and pays two others ahead",
  );
});
