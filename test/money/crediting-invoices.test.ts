// Credit notes: two treasurers, a series of their own, and the exact mirror of what they take back, in the book and beside it.
import { test, type Test } from "tap";
import fc from "fast-check";
import { sql } from "kysely";
import { readEngagement, approveHandIn, handIn, startEngagement } from "@partcommune/shared/marketplace/api";
import {
  agreeToCredit,
  confirmCredit,
  discardCredit,
  listCredits,
  listOpenInvoices,
  listPayables,
  orderPayouts,
  cancelPayout,
  printCreditNote,
  proposeCredit,
  readInvoice,
  readStatement,
} from "@partcommune/shared/money/api";
import { budgetOfMember, pot, receivableOfClient } from "@partcommune/shared/money/rules/accounts";
import { creditedNow } from "@partcommune/shared/money/rules/credit";
import { balanceOf, balancesUnder, entryByKey } from "@partcommune/server/money/index";
import { pathWith } from "@partcommune/shared/platform/endpoint";
import { legsText } from "../support/book.ts";
import { endow } from "../support/endowment.ts";
import { agreed } from "../support/engagements.ts";
import { invoiced } from "../support/invoices.ts";
import { prove } from "../support/authenticator.ts";
import { wordsOf } from "../support/pdf.ts";
import { faultsFound } from "../support/planted.ts";
import { clientPaid, signedPayout, treasury, withIban, type Treasury } from "../support/treasury.ts";
import { clientOwner, signedUp, withRole } from "../support/people.ts";

const eur = (amount: string) => ({ amount, currency: "EUR" });
const reason = "One of the four sizes was not delivered.";

test("the VAT of part credits is never negative and ends at the invoice's", (t) => {
  const amounts = fc.tuple(fc.bigInt(1n, 10n ** 8n), fc.bigInt(0n, 10n ** 7n), fc.array(fc.bigInt(1n, 10n ** 7n), { maxLength: 8 }));
  fc.assert(
    fc.property(amounts, ([net, vat, cuts]) => {
      const money = (minor: bigint) => ({ minor, currency: "EUR" });
      const whole = { net: money(net), vat: money(vat) };
      let before = { net: money(0n), vat: money(0n) };
      const take = (cut: bigint): boolean => {
        const now = creditedNow(whole, before, money(cut));
        before = { net: money(before.net.minor + cut), vat: money(before.vat.minor + now.vat.minor) };
        return now.vat.minor >= 0n && now.gross.minor === cut + now.vat.minor;
      };
      const all = cuts.every((cut) => before.net.minor + cut >= net || take(cut)) && take(net - before.net.minor);
      return all && before.vat.minor === vat;
    }),
  );
  t.end();
});

const propose = ({ tess }: Treasury, invoice: string, net: string) => tess.call(proposeCredit, { invoice, net: eur(net), reason });

/** Both sides say yes, as they do on the page of their engagement. */
async function bothAgree({ buyer, worker }: Treasury, credit: string): Promise<void> {
  for (const side of [buyer, worker]) await side.call(agreeToCredit, { credit });
}

/** A credit that Tess proposes and Tom confirms. */
async function credited(stage: Treasury, invoice: string, net: string): Promise<string> {
  const proposed = await propose(stage, invoice, net);
  if (proposed.problem) throw new Error(proposed.text);
  await bothAgree(stage, proposed.body.id);
  const confirmed = await stage.tom.call(confirmCredit, { credit: proposed.body.id });
  if (confirmed.problem) throw new Error(confirmed.text);
  return proposed.body.id;
}

const pots = async ({ coop }: Treasury): Promise<bigint> =>
  (await balancesUnder(coop, "pot:")).reduce((total, { balance }) => total - balance.minor, 0n);

test("500.00 of 2 000.00 is taken back as its mirror, with its own number, and what is held and owed falls with it", async (t) => {
  const stage = await treasury(t);
  const { coop, buyer, client, member, tess, tom, worker } = stage;
  const { invoice } = await invoiced(coop, stage);
  const { id } = (await propose(stage, invoice, "500.00")).body;
  t.equal((await propose(stage, invoice, "1.00")).problem, "credit-proposed-already");
  t.equal((await tess.call(confirmCredit, { credit: id })).problem, "second-person-needed");
  t.same((await buyer.call(readInvoice, { invoice })).body.credits, [], "nothing is said before it is confirmed");
  const early = await tom.call(confirmCredit, { credit: id });
  t.equal(early.problem, "credit-not-agreed");
  t.match(JSON.parse(early.text), { facts: { names: "Carla SA, Anna" }, changedBy: /each on the page of their engagement/ });
  t.same((await worker.call(agreeToCredit, { credit: id })).body, { agreed: ["member"] });
  t.equal((await worker.call(agreeToCredit, { credit: id })).problem, "agreed-already");
  t.equal((await (await signedUp(coop, "Steve")).call(agreeToCredit, { credit: id })).status, 404);
  t.match(JSON.parse((await tom.call(confirmCredit, { credit: id })).text), { facts: { names: "Carla SA" } });
  await t.rejects(
    coop.db.updateTable("money.credit").set({ state: "confirmed", confirmed_by: id, confirmed_at: coop.now() }).execute(),
    { code: "PC001" },
    "the database asks for both, too",
  );
  t.same((await buyer.call(agreeToCredit, { credit: id })).body, { agreed: ["client", "member"] });
  t.same((await tom.call(confirmCredit, { credit: id })).body, { number: "BE-2026-C00001" });
  t.equal((await tom.call(confirmCredit, { credit: id })).problem, "not-in-this-state");
  t.equal(
    legsText((await entryByKey(coop, `credit-note:${id}:issued`))?.legs ?? [])
      .replaceAll(client, "9")
      .replaceAll(member, "4"),
    "receivable:client:9 −605.00 · vat:BE:due +105.00 · member:4:budget +457.50 · pot:guarantee +17.00 · pot:insurance +8.50 · pot:coaching +4.25 · pot:advances +4.25 · pot:reserve +8.50",
  );
  t.match(await balanceOf(coop, budgetOfMember(member)), {
    balance: { minor: -137_250n },
    held: { minor: 137_250n },
    available: { minor: 0n },
  });
  const page = (await buyer.call(readInvoice, { invoice })).body;
  t.match(page, {
    gross: eur("2420.00"),
    credited: eur("605.00"),
    paid: eur("0.00"),
    credits: [{ number: "BE-2026-C00001", net: eur("500.00"), vat: eur("105.00"), gross: eur("605.00") }],
  });
  t.match(JSON.parse(page.credits[0]?.frozen ?? "{}"), { kind: "creditNote", invoice: { id: invoice, number: page.number }, reason });
  t.match((await worker.call(readStatement, { member })).body.payables, [{ amount: eur("1372.50"), state: "waiting" }]);
  t.match((await tess.call(listCredits, {})).body.items, [
    { id, state: "confirmed", proposedBy: "Tess", confirmedBy: "Tom", number: "BE-2026-C00001" },
  ]);
  t.equal((await clientPaid(stage, invoice, "1815.00")).status, 200);
  t.match(await balanceOf(coop, budgetOfMember(member)), { held: { minor: 0n }, available: { minor: 137_250n } });
  t.same((await tess.call(listOpenInvoices, {})).body.items, []);
  t.match((await tess.call(listPayables, {})).body.items, [{ amount: eur("1372.50") }]);
});

test("several parts, however small, end exactly at the original, and nothing more can be taken back", async (t) => {
  const stage = await treasury(t);
  const { coop, client, member, tess } = stage;
  const { invoice } = await invoiced(coop, { ...stage, price: "1999.99" });
  t.equal((await clientPaid(stage, invoice, "777.77")).status, 200);
  for (const part of ["0.01", "0.02", "333.33", "0.01", "1000.00"]) await credited(stage, invoice, part);
  t.equal((await propose(stage, invoice, "666.63")).problem, "more-than-left");
  await credited(stage, invoice, "666.62");
  t.equal((await propose(stage, invoice, "0.01")).problem, "more-than-left");
  t.equal(await pots(stage), 0n);
  t.match(await balanceOf(coop, budgetOfMember(member)), { balance: { minor: 0n }, held: { minor: 0n } });
  t.match(await balanceOf(coop, receivableOfClient(client)), { balance: { minor: -77_777n } }, "what the client paid is theirs");
  t.same((await tess.call(listPayables, {})).body.items, [], "nothing is owed to the member any more");
  const { rows } = await sql<{ total: bigint; reversed: bigint }>`select total, reversed from ledger.reversible`.execute(coop.db);
  t.match(rows, [{ total: 241_999n, reversed: 241_999n }]);
});

test("what the member was ordered or paid is not taken back by a credit", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, tom } = stage;
  await withIban(stage);
  const { invoice, payable } = await invoiced(coop, stage);
  await clientPaid(stage, invoice, "2420.00");
  const { id: payout } = (await tess.call(orderPayouts, { payables: [payable] })).body;
  const { id: credit } = (await propose(stage, invoice, "500.00")).body;
  await bothAgree(stage, credit);
  const refused = await tom.call(confirmCredit, { credit });
  t.equal(refused.problem, "member-paid-already");
  t.match(JSON.parse(refused.text), {
    facts: { paid: eur("1830.00"), remains: eur("1372.50") },
    rule: "no credit beyond what the member was paid, unless a pot bears it",
  });
  await tess.call(cancelPayout, { payout });
  t.equal((await tom.call(confirmCredit, { credit })).status, 200);
  const ordered = (await tess.call(orderPayouts, { payables: [payable] })).body;
  t.same(ordered.total, eur("1372.50"));
});

test("what the member was paid is borne by the pot that both treasurers name, part by part to the cent, once the client has paid too", async (t) => {
  const stage = await treasury(t);
  const { coop, worker, member, tess, tom } = stage;
  await withIban(stage);
  const { invoice, payable } = await invoiced(coop, { ...stage, price: "1999.99" });
  await clientPaid(stage, invoice, "2419.99");
  await signedPayout(stage, [payable]);
  const borne = async (net: string, bearer: "reserve" | "running"): Promise<string> => {
    const { id } = (await tess.call(proposeCredit, { invoice, net: eur(net), reason, bearer })).body;
    await bothAgree(stage, id);
    return id;
  };
  const poor = await borne("500.00", "running");
  t.equal((await tom.call(confirmCredit, { credit: poor })).problem, "pot-floor", "a pot bears what it has");
  await tess.call(discardCredit, { credit: poor });
  await endow(coop, "12000.00", "reserve");
  const reserve = async (): Promise<bigint> => -((await balanceOf(coop, pot("reserve")))?.balance.minor ?? 0n);
  const before = await reserve();
  for (const part of ["500.00", "0.01", "333.33"]) {
    const credit = await borne(part, "reserve");
    const { status, text } = await tom.call(confirmCredit, { credit });
    t.equal(status, 200, `${part}: ${text}`);
  }
  const feeBack = 1_417n; // a fifth of the fee of 833.34
  t.equal(before - (await reserve()), 83_334n - 7_083n + feeBack, "the pot bears all but the fee, which goes back as it came");
  t.match(await balanceOf(coop, budgetOfMember(member)), { balance: { minor: 0n } }, "the member keeps what they were paid");
  t.same((await tess.call(listPayables, {})).body.items, [], "and owes nothing");
  const { items } = (await worker.call(readStatement, { member })).body;
  t.match(
    items.slice(0, 2).map(({ kind, borne: by }) => [kind, by]),
    [
      ["correction", { by: "reserve" }],
      ["invoice.credited", undefined],
    ],
  );
  const [{ bearer } = { bearer: undefined }] = (await tom.call(listCredits, {})).body.items;
  t.equal(bearer, "reserve");
  await faultsFound(t, coop, [
    ["money-credit-legs", "update money.credit_note set borne_minor = borne_minor + 1"],
    ["money-credit-legs", "update ledger.entry set bearer = 'pot:running' where key like 'credit-note:%:borne'"],
    ["money-earnings", "update ledger.entry set key = 'x' || key where key like 'credit-note:%:borne'"],
  ]);
});

test("ordered and credited at the same time: the batch holds what is owed", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, tom } = stage;
  await withIban(stage);
  const { invoice, payable } = await invoiced(coop, stage);
  await clientPaid(stage, invoice, "2420.00");
  const { id: credit } = (await propose(stage, invoice, "500.00")).body;
  await bothAgree(stage, credit);
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, at) =>
      at % 2 ? tess.call(orderPayouts, { payables: [payable] }) : tom.call(confirmCredit, { credit }),
    ),
  );
  t.ok(answers.every(({ status }) => status < 500));
  const [item] = await coop.db.selectFrom("money.payout_item").select("amount_minor").where("live", "=", true).execute();
  const notes = await coop.db.selectFrom("money.credit_note").select("id").execute();
  if (item) t.equal(item.amount_minor, notes.length === 1 ? 137_250n : 183_000n);
});

test("a wholly credited invoice cancels its milestone, and nothing stays promised", async (t) => {
  const stage = await treasury(t);
  const { coop, buyer, client, worker, tess, tom } = stage;
  const { engagement, milestone, page } = await agreed({ buyer, client, worker });
  await worker.call(startEngagement, { engagement });
  await worker.call(handIn, { milestone, text: "Three files." });
  const { invoice } = (await buyer.call(approveHandIn, { milestone, version: (await page()).milestones[0]?.version ?? 0 })).body;
  for (const each of [tess, tom]) await prove(coop, each);
  await credited(stage, invoice.id, "1500.00");
  await coop.settle();
  t.match((await page()).milestones, [{ state: "invoiced", invoice: { credited: eur("1815.00") }, payable: { amount: eur("457.50") } }]);
  await propose(stage, invoice.id, "500.00");
  const [waiting] = (await page(worker)).milestones;
  t.match(waiting?.credit, { net: eur("500.00"), reason, agreed: [], acts: ["agree"] });
  await bothAgree(stage, waiting?.credit?.id ?? "");
  t.match((await page(worker)).milestones[0]?.credit, { agreed: ["client", "member"], acts: [] });
  await tom.call(confirmCredit, { credit: waiting?.credit?.id ?? "" });
  await coop.settle();
  t.match((await buyer.call(readEngagement, { engagement })).body, { state: "finished", milestones: [{ state: "cancelled", acts: [] }] });
  t.match(await coop.db.selectFrom("mutual.promise").selectAll().executeTakeFirstOrThrow(), {
    released_minor: 183_000n,
    ended_because: "engagementEnded",
  });
});

test("a part payment that covers what is left after a credit pays the invoice", async (t) => {
  const stage = await treasury(t);
  const { coop, tess } = stage;
  const { invoice } = await invoiced(coop, stage);
  await clientPaid(stage, invoice, "1210.00");
  await credited(stage, invoice, "1000.00");
  const paid = await coop.db.selectFrom("platform.fact").select("id").where("type", "=", "invoice.paid").execute();
  t.equal(paid.length, 1);
  t.match((await tess.call(listPayables, {})).body.items, [{ amount: eur("915.00"), waitsFor: "iban" }]);
});

async function noteAndStrangers(t: Test) {
  const stage = await treasury(t);
  const { coop } = stage;
  const { invoice } = await invoiced(coop, stage);
  const note = await credited(stage, invoice, "500.00");
  return { stage, invoice, note, otto: (await clientOwner(coop, "Otto")).caller, stan: await signedUp(coop, "Stan") };
}

test("a credit note is printed with the invoice it names, for those who read that one", async (t) => {
  const { stage, note, otto, stan } = await noteAndStrangers(t);
  const print = (by: typeof otto) => by.raw({ method: "GET", url: pathWith(printCreditNote.path, { note }) });
  const answer = await print(stage.buyer);
  t.equal(answer.statusCode, 200);
  t.match(answer.headers, { "content-disposition": "attachment; filename=\"BE-2026-C00001.pdf\"; filename*=UTF-8''BE-2026-C00001.pdf" });
  // A number may be broken behind its hyphen.
  const words = wordsOf(answer.rawPayload).replaceAll("- ", "-");
  for (const said of ["Note de crédit BE-2026-C00001", "BE-2026-000001", "Carla SA", "500,00 EUR", "105,00 EUR", "605,00 EUR", reason])
    t.ok(words.includes(said), `${said} in ${words}`);
  for (const by of [otto, stan]) t.equal((await print(by)).statusCode, 404);
});

test("only treasurers credit, with a fresh proof, and nothing of it is rewritten", async (t) => {
  const { stage, invoice, note, otto } = await noteAndStrangers(t);
  const { coop, buyer, worker, board, tess } = stage;
  const wish = { invoice, net: eur("1.00"), reason };
  for (const by of [buyer, worker, board, otto]) {
    t.equal((await by.call(proposeCredit, wish)).problem, "role-needed");
    t.equal((await by.call(confirmCredit, { credit: note })).problem, "role-needed");
    t.equal((await by.call(listCredits, {})).problem, "role-needed");
  }
  for (const net of ["0.00", "-1.00", "1.005"]) t.equal((await tess.call(proposeCredit, { ...wish, net: eur(net) })).status, 422, net);
  t.equal((await tess.call(proposeCredit, { ...wish, net: { amount: "1.00", currency: "SEK" } })).problem, "currency-differs");
  const { id } = (await propose(stage, invoice, "1.00")).body;
  t.equal((await tess.call(discardCredit, { credit: id })).status, 200, "whoever proposed may think again");
  t.equal((await stage.tom.call(confirmCredit, { credit: id })).problem, "not-in-this-state");
  await t.rejects(coop.db.updateTable("money.credit_note").set({ net_minor: 1n }).execute(), { code: "42501" });
  await t.rejects(coop.db.updateTable("money.credit").set({ net_minor: 1n }).execute(), { code: "PC001" });
  await t.rejects(coop.db.updateTable("money.payable").set({ amount_minor: 1n }).execute(), { code: "PC001" });
  const stolen = await withRole(coop, board, "Tina", "treasurer");
  t.equal((await stolen.call(proposeCredit, wish)).problem, "proof-needed");
  t.equal((await stolen.call(confirmCredit, { credit: note })).problem, "proof-needed");
});
