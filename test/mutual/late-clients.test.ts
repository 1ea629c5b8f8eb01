// Clients who are late are written to on the clock, and what they never pay is given up by two treasurers; what comes in after all goes back the way it was lost.
import { test, type Test } from "tap";
import { approveHandIn, handIn, startEngagement } from "@partcommune/shared/marketplace/api";
import {
  confirmLoss,
  confirmRelief,
  discardLoss,
  discardRelief,
  listLosses,
  listOpenInvoices,
  listPayables,
  proposeCredit,
  proposeLoss,
  proposeRelief,
  readInvoice,
  readStatement,
  readVat,
} from "@partcommune/shared/money/api";
import {
  bank,
  budgetOfMember,
  pot,
  receivableOfClient,
  vatDue,
  vatRelief,
  type AccountCode,
} from "@partcommune/shared/money/rules/accounts";
import { kindOfStep, objectionToLoss, stepsDue } from "@partcommune/shared/money/rules/late";
import { legsOfLoss, legsOfRecovered, openParts } from "@partcommune/shared/money/rules/legs-of-loss";
import { legsOfInvoice, totalsOf } from "@partcommune/shared/money/rules/legs";
import { objectionToRelief } from "@partcommune/shared/money/rules/relief";
import { moneyFrom, moneyText, type Money } from "@partcommune/shared/platform/money";
import { reliefLaw } from "@partcommune/shared/platform/packs";
import { answerWarning, readFund } from "@partcommune/shared/mutual/api";
import type { FigureId } from "@partcommune/shared/mutual/rules/figures";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import { dayMs, later, type Day } from "@partcommune/shared/platform/time";
import { balanceOf } from "@partcommune/server/money/index";
import type { Caller, TestCoop } from "../support/coop.ts";
import { endow } from "../support/endowment.ts";
import { figureOpened } from "../support/figures.ts";
import { faultsFound } from "../support/planted.ts";
import { agreed } from "../support/engagements.ts";
import { invoiced } from "../support/invoices.ts";
import { wordsOf } from "../support/pdf.ts";
import { signedUp } from "../support/people.ts";
import { clientPaid, eur, signedPayout, treasury, withIban, type Treasury } from "../support/treasury.ts";

const of = (amount: string): Money => moneyFrom(eur(amount));

test("when a client is reminded, and when what they owe may be given up", (t) => {
  const days = [3, 10, 30];
  t.same(
    [2, 3, 9, 10, 29, 30, 400].map((late) => stepsDue(late, days)),
    [0, 1, 1, 2, 2, 3, 3],
  );
  t.same(
    [1, 2, 3].map((step) => kindOfStep(step, days)),
    ["reminder", "reminder", "demand"],
  );
  const late = { open: of("10.00"), because: "overdue", from: "2027-03-01" as Day, today: "2027-02-28" as Day } as const;
  const rows = [
    ["loss-too-early", late],
    [undefined, { ...late, today: late.from }],
    [undefined, { ...late, because: "insolvent" }],
    ["nothing-open", { ...late, today: late.from, open: of("0.00") }],
  ] as const;
  for (const [refusal, facts] of rows) t.equal(objectionToLoss(facts)?.type, refusal);
  t.end();
});

test("a loss and all that comes in of it end at nothing, in whatever parts", (t) => {
  const fundSplit = { guarantee: 400_000n, insurance: 200_000n, coaching: 100_000n, advances: 100_000n, reserve: 200_000n, running: 0n };
  const price = of("1999.97");
  const invoice = legsOfInvoice({
    client: "9",
    country: "BE",
    price,
    vatRate: 210_000n,
    feeRate: 85_000n,
    fundSplit,
    team: [{ member: "4", part: 1n }],
  });
  for (const [paid, parts] of [
    ["0.00", ["0.01", "605.03", "700.00", "1114.92"]],
    ["1000.01", ["0.01", "0.01", "1419.93"]],
    ["2419.95", ["0.01"]],
  ] as const) {
    const open = openParts(
      { net: price, vat: of("419.99") },
      { net: of("0.00"), vat: of("0.00") },
      of((2419.96 - Number(paid)).toFixed(2)),
    );
    const loss = legsOfLoss(invoice, [], open, { team: [{ member: "4", guaranteed: true }] });
    t.equal(totalsOf(loss).get("EUR"), 0n, `all of ${paid} is lost to the cent`);
    let before: ReturnType<typeof legsOfRecovered> = [];
    for (const part of parts) {
      const legs = legsOfRecovered(bank("main"), of(part), loss, before);
      t.equal(totalsOf(legs).get("EUR"), 0n, part);
      t.ok(
        legs.slice(1).every(({ money }) => money.minor < 0n),
        "nobody gives anything",
      );
      before = [...before, ...legs];
    }
    const left = (code: string) =>
      [...loss, ...before].reduce((so, { account, money }) => (account.code === code ? so + money.minor : so), 0n);
    if (parts.length > 1)
      t.same(["pot:guarantee", "pot:insurance", "pot:reserve"].map(left), [0n, 0n, 0n], "what came in is what was lost");
  }
  t.end();
});

const standing = async (coop: TestCoop, account: AccountCode) => {
  const now = await balanceOf(coop, account);
  return now ? moneyText(now.balance).amount : "none";
};

/** Days go by; whoever is signed in signs in anew meanwhile. */
async function waited({ coop }: Treasury, days: number): Promise<void> {
  coop.wait(days * dayMs);
  await coop.db
    .updateTable("membership.session")
    .set({ expires_at: later(coop.now(), dayMs) })
    .execute();
  await coop.keepTime();
  await coop.settle();
}

const kindsOf = async ({ coop }: Treasury) =>
  (
    await coop.db
      .selectFrom("ledger.entry")
      .select("kind")
      .where("kind", "not in", ["fund.endowed", "invoice.issued"])
      .orderBy("entry_id")
      .execute()
  ).map(({ kind }) => kind);

test("a client who never pays: two reminders, the demand, the loss, and what comes in after all", async (t) => {
  const stage = await treasury(t);
  const { coop, board, buyer, client, worker, tess, tom } = stage;
  await endow(coop, "6000.00");
  await withIban(stage);
  const { engagement, milestone, page } = await agreed({ buyer, client, worker });
  await worker.call(startEngagement, { engagement });
  await worker.call(handIn, { milestone, text: "It is done." });
  const version = (await page()).milestones[0]?.version ?? 0;
  const { id: invoice } = (await buyer.call(approveHandIn, { milestone, version })).body.invoice;
  await waited(stage, 7);
  const [payable] = (await tess.call(listPayables, {})).body.items;
  await signedPayout(stage, [payable?.id ?? ""]);
  const { payBy } = (await buyer.call(readInvoice, { invoice })).body;
  t.equal(payBy, "2026-12-31");
  const letters = () => coop.mails.filter(({ text }) => text.includes("BE-2026-000001")).map(({ to, subject }) => `${to}: ${subject}`);
  for (const [days, count] of [
    [26, 1], // 3 days late
    [6, 1],
    [1, 2], // 10 days late
    [20, 3], // 30 days late
    [20, 3],
  ] as const) {
    await waited(stage, days);
    t.equal((await worker.call(readInvoice, { invoice })).body.dunning.length, count);
  }
  t.same(letters(), [
    "carla@people.example: Invoice BE-2026-000001 is not paid yet",
    "carla@people.example: Invoice BE-2026-000001 is not paid yet",
    "carla@people.example: Formal demand: invoice BE-2026-000001",
  ]);
  const letter = (caller: Caller, step: number) => caller.raw({ method: "GET", url: `/api/v1/invoices/${invoice}/letters/${step}/pdf` });
  const demanded = wordsOf((await letter(buyer, 3)).rawPayload);
  for (const said of [
    "Formal demand: invoice BE-2026-000001",
    "Transfer 2,420.00 EUR",
    "BE68 5390 0754 7034",
    "30 January 2027",
    "Scan with",
  ])
    t.ok(demanded.includes(said), `${said} in ${demanded}`);
  t.match(wordsOf((await letter(worker, 1)).rawPayload), /Reminder: invoice/);
  t.same([(await letter(buyer, 4)).statusCode, (await letter(await signedUp(coop, "Somebody"), 1)).statusCode], [404, 404]);
  t.match((await page(worker)).milestones[0]?.invoice?.dunning, [
    { kind: "reminder", sentOn: "2027-01-03" },
    { kind: "reminder", sentOn: "2027-01-10" },
    { kind: "demand", sentOn: "2027-01-30" },
  ]);
  const next = await agreed({ buyer, client, worker }, { startOn: "2027-03-08", endOn: "2027-03-12", bidsUntil: "2027-03-01" });
  t.same(
    (await next.page()).promise?.answers.filter(({ holds }) => !holds).map(({ question }) => question),
    ["G3", "G4"], // and two of their jobs are more than 3 000.00, which is more than a quarter of the pot
    "nothing more is promised for whoever is more than 30 days late",
  );

  t.equal((await tess.call(proposeLoss, { invoice, because: "overdue" })).problem, "loss-too-early");
  await waited(stage, 10);
  const { id: loss } = (await tess.call(proposeLoss, { invoice, because: "overdue" })).body;
  t.equal((await tom.call(proposeLoss, { invoice, because: "overdue" })).problem, "loss-proposed-already");
  t.match((await tom.call(listLosses, {})).body.items, [
    { id: loss, state: "proposed", open: eur("2420.00"), guaranteed: true, mine: false },
  ]);
  t.equal((await tess.call(confirmLoss, { loss })).problem, "second-person-needed");
  const tries = await Promise.all([1, 2, 3].map(() => tom.call(confirmLoss, { loss })));
  t.equal(tries.filter(({ status }) => status === 200).length, 1, tries.map(({ text }) => text).join());
  await coop.settle();
  t.same(await kindsOf(stage), ["member.billed", "guarantee.lost"]);
  t.equal(await standing(coop, pot("guarantee")), "-4170.00");
  t.equal(moneyText((await balanceOf(coop, pot("guarantee")))?.held ?? of("1.00")).amount, "0.00");
  t.equal(await standing(coop, receivableOfClient(client)), "0.00");
  t.equal(await standing(coop, vatRelief("BE")), "420.00");
  t.match(await coop.db.selectFrom("mutual.promise").select(["released_minor"]).where("guaranteed", "=", true).execute(), [
    { released_minor: 183_000n },
  ]);
  const counted = async () => (await coop.someone().call(readFund, {})).body.guarantee;
  // Signed in time, and the bank never said that it paid: late is what is not seen in the bank.
  t.match(await counted(), {
    due: 1,
    onTime: 0,
    late: { count: 1, worstDays: 81, causes: [{ cause: "bank", count: 1 }] },
    exposure: eur("0.00"),
    lost: eur("2420.00"),
    recovered: eur("0.00"),
  });
  const opens = (figure: FigureId) => Promise.all([coop.someone(), tess].map((caller) => figureOpened(caller, figure)));
  t.same(await opens("lost"), [eur("2420.00"), eur("2420.00")], "what was lost opens into its entry");
  t.same(await opens("exposed"), [eur("0.00"), eur("0.00")]);
  t.equal((await tess.call(proposeCredit, { invoice, net: eur("10.00"), reason: "Too late." })).problem, "invoice-lost");
  const floors = async () => (await coop.someone().call(readFund, {})).body.warnings.filter(({ cause }) => cause === "floor");
  t.same(await floors(), [], "it was above its floor at the last look");
  await waited(stage, 40);
  // The pots that never held what they must keep are not told: their founders read it in the wizard.
  t.match(await floors(), [{ pot: "guarantee", ppm: 834_000, limitPpm: 1_000_000, endedOn: undefined }]);
  const [{ id: fallen } = { id: "" }] = await floors();
  const toldOf = async () => (await board.call(listNotices, {})).body.items.filter(({ subject }) => subject === fallen);
  t.match(await toldOf(), [{ kind: "fundWarned", place: "fund" }], "the board hears of it once");
  await coop.keepTime();
  t.equal((await floors()).length, 1);
  t.equal((await board.call(answerWarning, { warning: fallen, kind: "plan", text: "The client's curator was written to." })).status, 200);
  t.equal((await worker.call(readInvoice, { invoice })).body.dunning.length, 3, "nobody is asked for what is given up");

  t.equal((await clientPaid(stage, invoice, "605.00")).status, 200);
  t.equal(await standing(coop, pot("guarantee")), "-4644.50");
  t.match((await tess.call(listOpenInvoices, {})).body.items, [{ id: invoice, lost: eur("1815.00"), paid: eur("605.00") }]);
  // The office gives none of it back: the pot bears it, though it holds less than it must, but for what was declared once more as 605.00 came in.
  const refused = await answered(stage, loss, "refused");
  t.equal(refused.status, 200, refused.text);
  const vat = async () => Promise.all([pot("guarantee"), vatDue("BE"), vatRelief("BE")].map(async (each) => standing(coop, each)));
  t.same(await vat(), ["-4329.50", "-420.00", "0.00"]);
  await faultsFound(t, coop, [
    ["money-losses", "update money.loss set gross_minor = gross_minor + 1"],
    ["money-losses", "update money.loss set recovered_minor = recovered_minor - 1"],
    ["money-vat-relief", "delete from money.relief where state = 'confirmed'"],
    ["money-vat-relief", "update money.relief set answer = 'granted' where state = 'confirmed'"],
    ["money-vat-relief", "update ledger.entry set key = 'other' where kind = 'vat.refused'"],
  ]);
  t.equal((await clientPaid(stage, invoice, "1815.00")).status, 200);
  await coop.settle();
  t.same(await vat(), ["-6068.00", "-420.00", "0.00"], "and VAT is paid once");
  t.equal(await standing(coop, pot("guarantee")), "-6068.00", "as if they had paid");
  await coop.keepTime();
  t.match(await floors(), [{ id: fallen, endedOn: String, answer: { kind: "plan" } }], "over when the pot holds again what it must keep");
  t.equal((await toldOf()).length, 1);
  t.same((await tess.call(listOpenInvoices, {})).body.items, []);
  t.match((await tess.call(listLosses, {})).body.items, [{ state: "confirmed", recovered: eur("2420.00") }]);
  t.same(await opens("recovered"), [eur("2420.00"), eur("2420.00")]);
  t.same(await kindsOf(stage), [
    "member.billed",
    "guarantee.lost",
    "guarantee.recovered",
    "vat.refused",
    "guarantee.recovered",
    "vat.refused",
  ]);
});

/** What the tax office says of a loss: one treasurer enters it, another confirms. */
async function answered({ tess, tom }: Treasury, loss: string, answer: "granted" | "refused") {
  const { body, problem, text } = await tess.call(proposeRelief, { loss, answer });
  if (problem) throw new Error(text);
  return tom.call(confirmRelief, { relief: body.id });
}

test("a loss that nobody had promised is the member's; one that was promised and is not paid yet is paid all the same", async (t) => {
  const stage = await treasury(t);
  const { coop, worker, member, tess, tom, client } = stage;
  await endow(coop, "3000.00");
  await withIban(stage);
  const lost = async (invoice: string) => {
    const { id: loss } = (await tess.call(proposeLoss, { invoice, because: "insolvent" })).body;
    return tom.call(confirmLoss, { loss });
  };
  const plain = await invoiced(coop, stage);
  const { id: mistaken } = (await tess.call(proposeLoss, { invoice: plain.invoice, because: "insolvent" })).body;
  t.equal((await tess.call(proposeRelief, { loss: mistaken, answer: "refused" })).problem, "relief-nothing-asked", "not lost yet");
  t.equal((await tom.call(discardLoss, { loss: mistaken })).status, 200);
  t.equal((await lost(plain.invoice)).status, 200);
  t.equal(await standing(coop, budgetOfMember(member)), "0.00");
  t.same((await tess.call(listPayables, {})).body.items, [], "and nobody owes it to them");
  await granted(t, stage);
  t.equal((await clientPaid(stage, plain.invoice, "1210.00")).status, 200);
  t.match((await tess.call(listPayables, {})).body.items, [{ amount: eur("915.00"), waitsFor: undefined }], "what came in is theirs");
  await signedPayout(stage, [plain.payable]);

  const guaranteed = { frontOn: "2026-12-05", dueOn: "2026-12-09" };
  const part = await invoiced(coop, { ...stage, guaranteed });
  t.equal((await clientPaid(stage, part.invoice, "1210.00")).status, 200);
  t.equal((await lost(part.invoice)).status, 200);
  t.match((await worker.call(readStatement, { member })).body, { balance: eur("1830.00"), available: eur("1830.00") });
  t.match((await tess.call(listPayables, {})).body.items, [{ amount: eur("1830.00"), waitsFor: undefined }]);
  await signedPayout(stage, [part.payable]);
  t.same(await kindsOf(stage), [
    "invoice.lost",
    "vat.relieved",
    "guarantee.recovered",
    "member.billed",
    "client.paid",
    "guarantee.lost",
    "member.billed",
  ]);
  t.equal(await standing(coop, receivableOfClient(client)), "0.00");
});

/** The office gives back the VAT of the one loss there is: once, on the word of two. */
async function granted(t: Test, stage: Treasury): Promise<void> {
  const { coop, tess, tom } = stage;
  const [loss] = (await tess.call(listLosses, {})).body.items.filter(({ state }) => state === "confirmed");
  const law = "Code de la TVA, art. 77, § 1er, 7°, et § 1erbis";
  t.same(loss?.vat, { asked: eur("420.00"), law });
  const said = async (answer: "granted" | "refused") => tess.call(proposeRelief, { loss: loss?.id ?? "", answer });
  const { id: wrong } = (await said("refused")).body;
  t.equal((await said("granted")).problem, "relief-answered");
  t.equal((await tom.call(discardRelief, { relief: wrong })).status, 200);
  t.equal((await tom.call(confirmRelief, { relief: wrong })).problem, "not-in-this-state");
  const { id: relief } = (await said("granted")).body;
  t.equal((await tess.call(confirmRelief, { relief })).problem, "second-person-needed");
  const tries = await Promise.all([1, 2, 3].map(() => tom.call(confirmRelief, { relief })));
  t.equal(tries.filter(({ status }) => status === 200).length, 1, tries.map(({ text }) => text).join());
  t.equal((await said("refused")).problem, "relief-answered");
  t.same([await standing(coop, vatDue("BE")), await standing(coop, vatRelief("BE"))], ["0.00", "0.00"]);
  const { months } = (await tess.call(readVat, {})).body;
  t.match(months.at(-1), { due: eur("0.00"), relief: eur("0.00") }, "the next return asks for so much less");
  const told = (await tom.call(listLosses, {})).body.items.find(({ id }) => id === loss?.id);
  t.match(told?.vat?.said, { id: relief, answer: "granted", state: "confirmed", proposedBy: "Tess", confirmedBy: "Tom", mine: false });
}

test("where the law of a country is not on record, nothing is booked as granted", (t) => {
  const asked = { vat: of("420.00"), answer: "granted", country: "SE", law: undefined } as const;
  const rows = [
    ["relief-unknown", asked],
    [undefined, { ...asked, answer: "refused" }],
    [undefined, { ...asked, law: reliefLaw("FR", "2026-12-01" as Day) }],
    ["relief-unknown", { ...asked, law: reliefLaw("FR", "2025-12-31" as Day) }],
    ["relief-nothing-asked", { ...asked, vat: of("0.00") }],
  ] as const;
  for (const [refusal, facts] of rows) t.equal(objectionToRelief(facts)?.type, refusal);
  t.end();
});
