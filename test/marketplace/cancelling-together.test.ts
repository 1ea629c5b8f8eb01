// Once work was handed in, an engagement is cancelled by both sides: what is approved stays, the rest is owed by nobody.
import { listNotices } from "@partcommune/shared/platform/api/notices";
import { test, type Test } from "tap";
import {
  agreeToCancellation,
  approveHandIn,
  askCancellation,
  cancelEngagement,
  handIn,
  openDispute,
  readJob,
  startEngagement,
} from "@partcommune/shared/marketplace/api";
import {
  objectionToAskingCancellation,
  objectionToJointCancellation,
  type Cancelling,
} from "@partcommune/shared/marketplace/rules/cancellation";
import { listInvoices, listPayables, listPayouts } from "@partcommune/shared/money/api";
import { instant, millisecondsOf } from "@partcommune/shared/platform/time";
import { prove } from "../support/authenticator.ts";
import { openCoop, type Answered, type Caller, type TestCoop } from "../support/coop.ts";
import { agreed, engaged, type Engaged } from "../support/engagements.ts";
import { founder } from "../support/people.ts";
import { bankBooked, clientPaid, signedPayout, treasury, withIban } from "../support/treasury.ts";

const eur = (amount: string) => ({ amount, currency: "EUR" });
const reason = "The fair is called off.";

test("both sides cancel what is left, once work was handed in and while no dispute is open", (t) => {
  const member = { kind: "person", person: "2", session: "s", roles: [], buysFor: [], member: "m" } as const;
  const now = instant("2026-12-02T09:00:00Z");
  const open: Cancelling = { client: "c", member: "m", team: ["m"], state: "underWay", handedIn: true, disputed: false, left: true };
  const asked = (by: "client" | "member", until = "2026-12-12T23:00:00Z"): Cancelling => ({
    ...open,
    request: { by, standsUntil: instant(until), agreed: [by === "client" ? "client" : "m"] },
  });
  const byColleague = { by: "member", standsUntil: instant("2026-12-12T23:00:00Z"), agreed: ["n"] } as const;
  const asking: readonly (readonly [string, Cancelling])[] = [
    ["-", open],
    ["-", asked("client")],
    ["cancel-alone", { ...open, handedIn: false }],
    ["dispute-open", { ...open, disputed: true }],
    ["nothing-left", { ...open, left: false }],
    ["not-in-this-state", { ...open, state: "cancelled" }],
    ["approver-needed", { ...open, member: "another", team: ["another"] }],
  ];
  for (const [refusal, engagement] of asking) t.equal(objectionToAskingCancellation(engagement, member)?.type ?? "-", refusal);
  const agreeing: readonly (readonly [string, Cancelling])[] = [
    ["-", asked("client")],
    ["-", { ...open, team: ["n", "m"], request: byColleague }],
    ["other-side-agrees", { ...open, team: ["n", "m"], request: { ...byColleague, agreed: ["n", "m"] } }],
    ["not-in-this-state", open],
    ["other-side-agrees", asked("member")],
    ["request-lapsed", asked("client", "2026-12-02T09:00:00Z")],
    ["dispute-open", { ...asked("client"), disputed: true }],
    ["nothing-left", { ...asked("client"), left: false }],
    ["not-in-this-state", { ...asked("client"), state: "finished" }],
    ["approver-needed", { ...asked("client"), member: "another", team: ["another"] }],
  ];
  for (const [refusal, engagement] of agreeing) t.equal(objectionToJointCancellation(engagement, member, now)?.type ?? "-", refusal);
  t.end();
});

const three = ["500.00", "700.00", "800.00"].map((amount, at) => ({ title: `Part ${at + 1}`, amount: eur(amount), parallel: at > 0 }));

type Stand = Engaged & { readonly coop: TestCoop; readonly milestones: readonly string[] };

/** Three parts: the first approved, the second handed in, the third begun. */
async function worked(stand: Engaged & { readonly coop: TestCoop }): Promise<Stand> {
  const { worker, buyer, engagement, page } = stand;
  await worker.call(startEngagement, { engagement });
  const [first = "", second = "", third = ""] = (await page()).milestones.map(({ id }) => id);
  await worker.call(handIn, { milestone: first, text: "It is done." });
  await buyer.call(approveHandIn, { milestone: first, version: (await page()).milestones[0]?.version ?? 0 });
  await worker.call(handIn, { milestone: second, text: "Nearly." });
  return { ...stand, milestones: [first, second, third] };
}

async function stage(t: Test): Promise<Stand> {
  const coop = await openCoop(t, { settings: { poolSize: 30 } });
  return worked({ coop, ...(await engaged(coop, await founder(coop), { milestones: three })) });
}

const ask = (by: Caller, { engagement }: Engaged) => by.call(askCancellation, { engagement, reason });
const agree = (by: Caller, { engagement }: Engaged) => by.call(agreeToCancellation, { engagement });
const statesOf = async ({ page }: Engaged): Promise<string> => {
  const { state, milestones } = await page();
  return [state, ...milestones.map((each) => each.state)].join(" ");
};

test("one side asks, the other agrees: the approved part stays invoiced and promised, the others are cancelled", async (t) => {
  const stand = await stage(t);
  const { coop, buyer, client, worker, page, engagement } = stand;
  t.equal((await buyer.call(cancelEngagement, { engagement, reason })).problem, "handed-in-already");
  t.ok((await page()).acts.includes("askCancellation"));
  t.equal((await agree(worker, stand)).problem, "not-in-this-state", "nobody asked yet");
  const { standsUntil } = (await ask(buyer, stand)).body;
  await coop.settle();
  t.match(coop.mails.at(-1), { to: "marc@people.example", subject: "To be cancelled together: Poster for the spring fair", text: reason });
  t.match((await worker.call(listNotices, {})).body.items[0], {
    kind: "cancellationAsked",
    subject: engagement,
    values: { name: "Carla" },
  });
  t.match(await page(worker), { cancellation: { by: "client", reason, standsUntil }, state: "underWay" });
  t.ok((await page(worker)).acts.includes("agreeToCancel"));
  t.notOk((await page(buyer)).acts.includes("agreeToCancel"));
  t.equal((await agree(buyer, stand)).problem, "other-side-agrees");
  t.equal((await agree(worker, stand)).status, 200);
  t.equal(await statesOf(stand), "cancelled invoiced cancelled cancelled");
  t.match(await page(), { cancelledBecause: reason, acts: [] });
  t.match((await buyer.call(listInvoices, { client })).body.items, [{ net: eur("500.00") }]);
  t.match(await coop.db.selectFrom("mutual.promise").selectAll().executeTakeFirstOrThrow(), {
    amount_minor: 183_000n,
    released_minor: 137_250n,
    ended_at: null,
  });
  t.match(
    (await coop.someone().call(readJob, { job: (await page()).job ?? "" })).body,
    { state: "awarded" },
    "a job whose work was paid is not open again",
  );
  coop.wait(millisecondsOf(instant("2026-12-20T09:00:00Z")) - millisecondsOf(coop.now()));
  await coop.keepTime();
  t.equal(await statesOf(stand), "cancelled invoiced cancelled cancelled", "no clock approves what was cancelled");
});

test("what stays is paid to the last cent, and the engagement stays cancelled", async (t) => {
  const money = await treasury(t);
  const { coop, buyer, client, worker } = money;
  const stand = await worked({ coop, ...(await agreed({ buyer, client, worker }, { milestones: three })) });
  await ask(worker, stand);
  t.equal((await agree(buyer, stand)).status, 200);
  for (const each of [worker, money.tess, money.tom]) await prove(coop, each);
  await withIban(money);
  const [invoice] = (await buyer.call(listInvoices, { client })).body.items;
  await clientPaid(money, invoice?.id ?? "", "605.00");
  await coop.settle();
  const [payable] = (await money.tess.call(listPayables, {})).body.items;
  await signedPayout(money, [payable?.id ?? ""]);
  const [batch] = (await money.tess.call(listPayouts, {})).body.items;
  await bankBooked(money, { kind: "payoutSettled", item: batch?.items[0]?.id ?? "" }, "457.50");
  await coop.settle();
  t.equal(await statesOf(stand), "cancelled settled cancelled cancelled");
  t.match(await coop.db.selectFrom("mutual.promise").selectAll().executeTakeFirstOrThrow(), {
    collected_minor: 45_750n,
    released_minor: 137_250n,
    ended_because: "collected",
  });
});

test("a request stands ten days, and an open dispute is settled first", async (t) => {
  const stand = await stage(t);
  const { coop, buyer, worker, milestones, page } = stand;
  await worker.call(openDispute, { milestone: milestones[1] ?? "", reason: "It is complete." });
  t.equal((await ask(buyer, stand)).problem, "dispute-open");
  t.notOk((await page()).acts.includes("askCancellation"));
  const { version = 0 } = (await page()).milestones[1] ?? {};
  await buyer.call(approveHandIn, { milestone: milestones[1] ?? "", version });
  const { standsUntil } = (await ask(buyer, stand)).body;
  t.equal(standsUntil, "2026-12-11T23:00:00.000Z");
  coop.wait(millisecondsOf(instant(standsUntil)) - millisecondsOf(coop.now()));
  await coop.keepTime();
  t.equal((await agree(worker, stand)).problem, "request-lapsed");
  t.equal((await page()).cancellation, undefined);
  t.equal(await statesOf(stand), "underWay invoiced invoiced underWay");
});

test("agreed and approved at the same time, a part is either invoiced or cancelled", async (t) => {
  const stand = await stage(t);
  const { buyer, client, worker, milestones, page } = stand;
  await ask(worker, stand);
  const { version = 0 } = (await page()).milestones[1] ?? {};
  const acts: readonly (() => Promise<Answered<unknown>>)[] = [
    () => agree(buyer, stand),
    () => buyer.call(approveHandIn, { milestone: milestones[1] ?? "", version }),
  ];
  const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => (at % 2 ? acts[0] : acts[1])?.() ?? agree(buyer, stand)));
  t.ok(answers.every(({ status }) => status < 500));
  const paid = (await buyer.call(listInvoices, { client })).body.items.length;
  t.equal(await statesOf(stand), paid === 2 ? "cancelled invoiced invoiced cancelled" : "cancelled invoiced cancelled cancelled");
});
