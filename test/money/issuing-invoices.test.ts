// An approved hand-in becomes one invoice: numbered without gaps, posted to the cent, frozen, and read by those it concerns alone.
import { isUndecided, Refused } from "@partcommune/server/platform/refused";
import { createHash } from "node:crypto";
import { sql } from "kysely";
import { test, type Test } from "tap";
import { papersOf } from "@partcommune/server/money/index";
import { entryByKey } from "@partcommune/server/money/store/ledger";
import { listInvoices, listOpenInvoices, readInvoice, readStatement } from "@partcommune/shared/money/api";
import type { EntryKind } from "@partcommune/shared/money/rules/entry";
import { heldAfter } from "@partcommune/shared/money/rules/collection";
import { percentText, type InvoicePaper } from "@partcommune/shared/money/rules/invoice";
import { belgianReference, isRfReference, rfOfBelgian, rfReference, spaced } from "@partcommune/shared/money/rules/reference";
import { vatTreatment } from "@partcommune/shared/money/rules/vat";
import { foundClient } from "@partcommune/shared/membership/api";
import { moneyFrom } from "@partcommune/shared/platform/money";
import { vatRows } from "@partcommune/shared/platform/packs";
import { dayMs, type Day } from "@partcommune/shared/platform/time";
import { legsText, refused, stateOf } from "../support/book.ts";
import { openCoop, type Caller, type TestCoop } from "../support/coop.ts";
import { earnedAtSister, invoiced, invoicedForSister, type IssuedInvoice } from "../support/invoices.ts";
import { ownerOf } from "../support/owner.ts";
import { clientOwner, confirmedMember, founder, organisation, signedUp, withRole } from "../support/people.ts";

const today = "2026-12-01" as Day;
const sister = "01976f00-0000-7000-8000-0000000000aa";

type Stage = {
  readonly coop: TestCoop;
  readonly board: Caller;
  readonly buyer: Caller;
  readonly client: string;
  readonly worker: Caller;
  readonly member: string;
};

async function stage(t: Test): Promise<Stage> {
  const coop = await openCoop(t, { settings: { poolSize: 30 } });
  const board = await founder(coop);
  const { caller: buyer, client } = await clientOwner(coop, "Carla");
  const { caller: worker, member } = await confirmedMember(coop, board, "Anna");
  return { coop, board, buyer, client, worker, member };
}

test("which VAT an invoice bears", (t) => {
  const rows = [
    ["BE", { country: "BE", vatNumber: "BE0123456749" }, "standard", 210_000n, undefined],
    ["BE", { country: "BE" }, "standard", 210_000n, undefined],
    ["BE", { country: "FR", vatNumber: "FR12345678901" }, "reverseCharge", 0n, "Art. 196 Directive 2006/112/EC"],
    ["BE", { country: "GR", vatNumber: "EL123456789" }, "reverseCharge", 0n, "Art. 196 Directive 2006/112/EC"],
    ["BE", { country: "GR", vatNumber: "GR123456789" }, "standard", 210_000n, undefined],
    ["BE", { country: "FR", vatNumber: "BE0123456749" }, "standard", 210_000n, undefined],
    ["BE", { country: "FR" }, "standard", 210_000n, undefined],
    ["HU", { country: "AT" }, "standard", 270_000n, undefined],
    ["BE", { country: "CH", vatNumber: "CHE123456789" }, "outsideScope", 0n, "Art. 44 Directive 2006/112/EC"],
    ["BE", { country: "GB" }, "outsideScope", 0n, "Art. 44 Directive 2006/112/EC"],
  ] as const;
  for (const [country, buyer, category, rate, mention] of rows)
    t.same(
      vatTreatment(country, buyer, today),
      { category, rate, ...(mention ? { mention } : {}) },
      `${country} to ${JSON.stringify(buyer)}`,
    );
  t.equal(vatTreatment("US", { country: "US" }, today), undefined, "no dated rate, no invoice");
  t.equal(vatTreatment("BE", { country: "BE" }, "1995-12-31" as Day), undefined, "before the first row");
  const wanted = { AT: 20, BE: 21, DE: 19, ES: 21, FR: 20, HU: 27, IT: 22, NL: 21, SE: 25 };
  t.same(Object.fromEntries(vatRows.map(({ country, rate }) => [country, Number(rate) / 10_000])), wanted);
  t.ok(
    vatRows.every(({ source }) => source.length > 8),
    "every rate has its source",
  );
  t.same([210_000n, 55_000n, 0n].map(percentText), ["21", "5.5", "0"]);
  t.end();
});

test("a reference is checked by its own digits", (t) => {
  t.equal(rfReference("BE-2026-000123"), "RF462026000123");
  t.equal(spaced("RF462026000123"), "RF46 2026 0001 23");
  t.ok(isRfReference("RF18539007547034"), "the example of the standard");
  for (let at = 1; at < 500; at += 7) t.ok(isRfReference(rfReference(`BE-2026-${String(at).padStart(6, "0")}`)));
  for (const wrong of ["RF472026000123", "RF462026000132", "RF46", "rf462026000123", "RF46 2026000123"])
    t.notOk(isRfReference(wrong), wrong);
  t.equal(belgianReference("BE-2026-000123"), "+++202/6000/12320+++");
  t.equal(belgianReference("BE-2026-000056"), "+++202/6000/05650+++");
  t.equal(belgianReference("BE-2026-1000000"), undefined, "a number that does not fit has none");
  t.equal(rfOfBelgian("090933755493"), rfReference("0909337554"), "the example of Belgian banks");
  t.equal(rfOfBelgian("202600010397"), rfReference("BE-2026-000103"), "a remainder of nothing is written 97");
  for (const wrong of ["202600012321", "20260001232", "2026000123200", "202600010300"]) t.equal(rfOfBelgian(wrong), undefined, wrong);
  t.end();
});

test("what a member may not spend yet shrinks with what is paid, and never by more", (t) => {
  const eur = (amount: string) => moneyFrom({ amount, currency: "EUR" });
  const [budget, gross] = [eur("1830.00"), eur("2420.00")];
  t.same(heldAfter(budget, gross, eur("0.00")), budget);
  t.same(heldAfter(budget, gross, eur("2420.00")), eur("0.00"));
  t.same(heldAfter(budget, gross, eur("0.01")), budget, "less than a cent is free");
  t.same(heldAfter(budget, gross, eur("1210.00")), eur("915.00"));
  t.end();
});

test("the golden invoice moves exactly the legs of the design", async (t) => {
  const { coop, buyer, client, worker, member } = await stage(t);
  const { invoice, number, engagement, milestone } = await invoiced(coop, { client, member });
  t.equal(number, "BE-2026-000001");
  const entry = await entryByKey(coop, `invoice:${invoice}:issued`);
  const legs = [
    "receivable:client:9 +2420.00 · vat:BE:due −420.00 · member:4:budget −1830.00 · pot:guarantee −68.00 · pot:insurance −34.00",
    "pot:coaching −17.00 · pot:advances −17.00 · pot:reserve −34.00",
  ].join(" · ");
  t.equal(
    legsText(entry?.legs ?? [])
      .replace(client, "9")
      .replace(member, "4"),
    legs,
  );
  t.equal(entry?.bylaws.length, 3);
  const page = (await buyer.call(readInvoice, { invoice })).body;
  t.match(page, {
    number,
    issuedOn: today,
    payBy: "2026-12-31",
    client: "Carla SA",
    about: "Poster for the spring fair",
    net: { amount: "2000.00" },
    vat: { amount: "420.00" },
    gross: { amount: "2420.00", currency: "EUR" },
    paid: { amount: "0.00" },
    reference: rfReference(number),
  });
  t.equal(createHash("sha256").update(page.frozen).digest("hex"), page.hash);
  const paper = JSON.parse(page.frozen) as InvoicePaper;
  t.match(paper, { kind: "invoice", language: "fr", vatPercent: "21", vatCategory: "standard", line: { doneBy: "Anna" } });
  t.match((await worker.call(readInvoice, { invoice })).body, { number });
  t.match((await papersOf(coop, engagement)).get(milestone), {
    invoice: { id: invoice, gross: { minor: 242_000n }, paid: { minor: 0n } },
    payables: [{ member, amount: { minor: 183_000n }, state: "open" }],
  });
  const [fact] = await coop.db.selectFrom("platform.fact").selectAll().where("type", "=", "invoice.issued").execute();
  t.match(fact, { subject: invoice, body: { engagement, milestone } });
  await t.test("a member of a sister did the work here, or ours did it there", async (part) => {
    coop.wait(1_000);
    await invoicedForSister(coop, client, { sister });
    await earnedAtSister(coop, member, { sister });
    const { items } = (await buyer.call(listInvoices, { client })).body;
    part.match(items, [{ number: "BE-2026-000002", gross: { amount: "2420.00" } }, { number }], "the client has an invoice like any other");
    const movedBy = async (kind: string): Promise<string> => {
      const { key } = await coop.db
        .selectFrom("ledger.entry")
        .select("key")
        .where("kind", "=", kind as EntryKind)
        .executeTakeFirstOrThrow();
      return legsText((await entryByKey(coop, key))?.legs ?? [])
        .replaceAll(sister, "lille")
        .replace(client, "9")
        .replace(member, "4");
    };
    const pots = "pot:guarantee −13.60 · pot:insurance −6.80 · pot:coaching −3.40 · pot:advances −3.40 · pot:reserve −6.80";
    part.equal(await movedBy("fee.host"), `receivable:client:9 +2420.00 · vat:BE:due −420.00 · payable:coop:lille −1966.00 · ${pots}`);
    const home = "pot:guarantee −54.40 · pot:insurance −27.20 · pot:coaching −13.60 · pot:advances −13.60 · pot:reserve −27.20";
    part.equal(await movedBy("fee.home"), `receivable:coop:lille +1966.00 · member:4:budget −1830.00 · ${home}`);
    const statement = (await worker.call(readStatement, { member })).body;
    part.match(statement.payables[0], { invoice: "BE-2026-S00001", amount: { amount: "1830.00" } });
    part.match(statement, { available: { amount: "1830.00" } }, "what a sister owes is held back from nobody");
  });
  const floors = await sql<{
    code: string;
    floor: bigint;
  }>`select code, floor from ledger.account_balance where code like 'pot:%' and floor > 0`.execute(coop.db);
  t.equal(floors.rows.length, 3, "the voted floors came with the book");
});

test("a client abroad owes the VAT, and the paper says by which law", async (t) => {
  const { coop, member } = await stage(t);
  const owner = await signedUp(coop, "Fred");
  const french = { ...organisation, name: "Atelier F", country: "FR", vatNumber: "FR40303265045" };
  const { id: client } = (await owner.call(foundClient, french)).body;
  const { invoice } = await invoiced(coop, { client, member });
  const page = (await owner.call(readInvoice, { invoice })).body;
  t.match(page, { vat: { amount: "0.00" }, gross: { amount: "2000.00" } });
  t.match(JSON.parse(page.frozen), {
    vatCategory: "reverseCharge",
    vatPercent: "0",
    vatMention: "Art. 196 Directive 2006/112/EC",
    client: { vatNumber: "FR40303265045", country: "FR" },
  });
  const entry = await entryByKey(coop, `invoice:${invoice}:issued`);
  t.notOk(
    entry?.legs.some(({ account }) => account.code.startsWith("vat:")),
    "what is zero is no leg",
  );
  await t.rejects(invoiced(coop, { client, member, currency: "SEK" }), refused("rate-missing", { currency: "SEK", on: "2026-12-01" }));
  await t.rejects(invoiced(coop, { client: invoice, member }), refused("not-found"));
});

test("thirty approvals at once, a third of them undone, leave no gap in the numbers", async (t) => {
  const { coop, client, member } = await stage(t);
  const undone = (at: number): void => {
    if (at % 3 === 0) throw new Error("undone");
  };
  // On a busy computer the last in line may be told that nothing is decided: whoever approves says so once more.
  const approved = async (at: number): Promise<IssuedInvoice> =>
    invoiced(coop, { client, member, price: `${at + 1}.00`, after: () => undone(at) }).catch((error: unknown) => {
      if (error instanceof Refused && isUndecided(error)) return approved(at);
      throw error;
    });
  const all = await Promise.allSettled(Array.from({ length: 30 }, (_, at) => approved(at)));
  const numbers = all.flatMap((one) => (one.status === "fulfilled" ? [one.value.number] : [])).toSorted();
  t.same(
    numbers,
    Array.from({ length: 20 }, (_, at) => `BE-2026-${String(at + 1).padStart(6, "0")}`),
  );
  t.equal((await invoiced(coop, { client, member })).number, "BE-2026-000021");
  coop.wait(31 * dayMs);
  t.equal((await invoiced(coop, { client, member })).number, "BE-2027-000001", "every year begins at one");
  await coop.keepTime();
});

test("one hand-in is invoiced once, however many approve it", async (t) => {
  const { coop, client, member } = await stage(t);
  const { milestone } = await invoiced(coop, { client, member });
  const again = await Promise.allSettled(Array.from({ length: 10 }, () => invoiced(coop, { client, member, milestone })));
  t.ok(again.every(({ status }) => status === "rejected"));
  t.equal((await coop.db.selectFrom("money.document").select("id").execute()).length, 1);
});

test("an issued invoice is never changed, by the server or by the owner of its table", async (t) => {
  const { coop, buyer, client, member } = await stage(t);
  const { invoice } = await invoiced(coop, { client, member });
  const headers = { "content-type": "application/json", "idempotency-key": "change", origin: coop.origin };
  for (const method of ["PUT", "PATCH", "DELETE", "POST"] as const)
    for (const url of [`/api/v1/invoices/${invoice}`, `/api/v1/invoices/${invoice}/pdf`, `/api/v1/clients/${client}/invoices`])
      t.equal((await buyer.raw({ method, url, headers, payload: "{}" })).statusCode, 404, `there is no door to ${method} ${url}`);
  const owner = await ownerOf(t, coop);
  for (const text of [
    `update money.document set about = about where id = '${invoice}'`,
    `delete from money.document where id = '${invoice}'`,
    "truncate money.document cascade",
  ]) {
    t.equal(await stateOf(coop.db, text), "42501", text);
    t.equal(await stateOf(owner, text), "PC001", text);
  }
  for (const table of ["payable", "payout_signature"]) t.equal(await stateOf(coop.db, `delete from money.${table}`), "42501", table);
  t.equal(await stateOf(owner, `delete from money.payable where invoice = '${invoice}'`), "PC001");
});

test("an invoice is there for its client, its member and the treasury, and for nobody else", async (t) => {
  const { coop, board, buyer, client, member } = await stage(t);
  const { invoice } = await invoiced(coop, { client, member });
  const others = {
    otherClient: (await clientOwner(coop, "Otto")).caller,
    otherMember: (await confirmedMember(coop, board, "Mona")).caller,
    stranger: await signedUp(coop, "Stan"),
    board,
  };
  for (const [name, caller] of Object.entries(others)) {
    t.equal((await caller.call(readInvoice, { invoice })).problem, "not-found", name);
    t.equal((await caller.call(listInvoices, { client })).problem, "not-found", name);
    t.equal((await caller.call(listOpenInvoices, {})).problem, "role-needed", name);
  }
  t.equal((await coop.someone().call(readInvoice, { invoice })).problem, "sign-in-first");
  for (const role of ["treasurer", "accountant"] as const) {
    const caller = await withRole(coop, board, role, role);
    t.match((await caller.call(readInvoice, { invoice })).body, { id: invoice });
    t.match((await caller.call(listInvoices, { client })).body.items, [{ id: invoice }]);
    t.match((await caller.call(listOpenInvoices, {})).body.items, [{ id: invoice }]);
    t.equal((await caller.call(listInvoices, { client: invoice })).problem, "not-found", "no such client");
  }
  coop.wait(1);
  await invoiced(coop, { client, member });
  const first = (await buyer.call(listInvoices, { client, limit: 1 })).body;
  t.match(first.items, [{ number: "BE-2026-000002" }], "newest first");
  t.match((await buyer.call(listInvoices, { client, limit: 1, after: first.next })).body, { items: [{ id: invoice }], next: undefined });
});
