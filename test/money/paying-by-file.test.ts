// The way to the bank: a file made of what two people signed, the same bytes whoever takes it and however often a process dies, and nobody is in it twice.
import { gzipSync } from "node:zlib";
import { test } from "tap";
import {
  confirmHouseAccount,
  discardHouseAccount,
  listPayouts,
  orderPayouts,
  proposeHouseAccount,
  readHouseAccount,
  signPayout,
  takePayoutFile,
} from "@partcommune/shared/money/api";
import { importBankFile } from "@partcommune/shared/money/api/statement";
import { bankIdOf, idOfBankId } from "@partcommune/shared/money/rules/bank-id";
import { houseAccountTable, objectionToHouseAccount } from "@partcommune/shared/money/rules/house-account";
import { bankText, painFile, type Transfer } from "@partcommune/shared/money/rules/pain";
import { objectionToFile, payoutTable } from "@partcommune/shared/money/rules/payout-batch";
import { objectionToVerb, verbsFor } from "@partcommune/shared/platform/table";
import { instant, type Day } from "@partcommune/shared/platform/time";
import { camt } from "../support/camt.ts";
import type { Caller } from "../support/coop.ts";
import { invoiced } from "../support/invoices.ts";
import { judgeIsHere } from "../support/judges.ts";
import { personNamed, withRole } from "../support/people.ts";
import { clientPaid, eur, houseAccount, treasury, withIban, type Treasury } from "../support/treasury.ts";
import { actsAndDies } from "../support/worker.ts";
import { faultsOfPain } from "../support/xsd.ts";

const uuid = "01938c3a-7e00-7abc-8def-0123456789ab";

test("an id travels as 26 signs and comes back; nothing else is taken for one", (t) => {
  for (const id of [uuid, "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"]) {
    t.match(bankIdOf(id), /^[A-Z2-7]{26}$/);
    t.equal(idOfBankId(bankIdOf(id)), id);
  }
  const name = bankIdOf(uuid);
  const wrong = [name.slice(1), `${name}A`, name.toLowerCase(), `1${name.slice(1)}`, `${name.slice(0, 25)}B`, "", "NOTPROVIDED"];
  for (const text of wrong) t.equal(idOfBankId(text), undefined, text);
  t.end();
});

test("texts are those that every bank takes", (t) => {
  const rows = [
    ["Anna Martin", "Anna Martin"],
    ["O'Neil (Bru) + Co, a/s", "O'Neil (Bru) + Co, a/s"],
    ['<script>&"', ".script..."],
    ["//double//slash/", "double/slash"],
    ["\u202eevil\nline", ".evil.line"],
    ["", "."],
    ["x".repeat(99), "x".repeat(70)],
  ] as const;
  for (const [given, taken] of rows) t.equal(bankText(given, 70), taken, given);
  t.end();
});

test("each state, verb and hand of a payout and of the coop's account", (t) => {
  const may = (state: keyof typeof verbs) => verbsFor(payoutTable, state, ["treasurer"]);
  const verbs = {
    ordered: ["sign", "cancel"],
    signed: ["export", "settle"],
    exported: ["export", "settle", "refuse"],
    settled: [],
    refused: [],
    cancelled: [],
  } as const;
  for (const [state, wanted] of Object.entries(verbs)) t.same(may(state as keyof typeof verbs), wanted, state);
  for (const state of Object.keys(verbs) as (keyof typeof verbs)[])
    t.same(verbsFor(payoutTable, state, ["member", "board", "clock", "software"]), []);
  t.equal(objectionToFile("signed", true), undefined);
  t.equal(objectionToFile("exported", true), undefined);
  t.equal(objectionToFile("signed", false)?.type, "house-account-missing");
  for (const state of ["ordered", "settled", "refused", "cancelled"] as const)
    t.equal(objectionToFile(state, true)?.type, "not-in-this-state");
  t.equal(objectionToHouseAccount({ state: "proposed", proposedBy: "a" }, "b"), undefined);
  t.equal(objectionToHouseAccount({ state: "proposed", proposedBy: "a" }, "a")?.type, "second-person-needed");
  for (const state of ["confirmed", "discarded"] as const)
    for (const verb of ["confirm", "discard"] as const) t.equal(objectionToVerb(houseAccountTable, state, verb)?.type, "not-in-this-state");
  t.end();
});

const order = (transfers: readonly Transfer[]) =>
  painFile({
    id: bankIdOf(uuid),
    at: instant("2026-12-01T09:00:00Z"),
    executeOn: "2026-12-02" as Day,
    from: { name: "Atelier Commun", iban: "BE68539007547034" },
    transfers,
  });

test("five thousand transfers: the control sum to the cent, each once, twice the same bytes", (t) => {
  const transfers = Array.from({ length: 5_000 }, (_, at) => ({
    id: bankIdOf(`01938c3a-7e00-7abc-8def-${at.toString(16).padStart(12, "0")}`),
    name: "Anna",
    iban: "BE71096123456769",
    amount: { minor: BigInt(1 + ((at * 7_919) % 999_983)), currency: "EUR" },
    about: "BE-2026-000001",
  }));
  const file = order(transfers);
  const cents = transfers.reduce((all, { amount }) => all + amount.minor, 0n);
  const digits = String(cents);
  t.same(file.match(/<CtrlSum>[^<]+/g), Array(2).fill(`<CtrlSum>${digits.slice(0, -2)}.${digits.slice(-2)}`));
  t.same(file.match(/<NbOfTxs>\d+/g), ["<NbOfTxs>5000", "<NbOfTxs>5000"]);
  t.equal(new Set(file.match(/<EndToEndId>[A-Z2-7]{26}</g)).size, 5_000);
  t.equal(order(transfers), file);
  t.end();
});

/** A payout that both signed, to a member with a name that no bank takes as it is. */
async function signed(stage: Treasury): Promise<string> {
  await withIban(stage);
  const { invoice, payable } = await invoiced(stage.coop, stage);
  await clientPaid(stage, invoice, "2420.00");
  const { id: payout, hash } = (await stage.tess.call(orderPayouts, { payables: [payable] })).body;
  await stage.tom.call(signPayout, { payout, hash });
  return payout;
}

const fileFor = async (caller: Caller, payout: string) => caller.raw({ method: "GET", url: `/api/v1/payouts/${payout}/file` });

test("two people say from which account the coop pays, and a file leaves a trace of each who takes it", async (t) => {
  const stage = await treasury(t);
  const { coop, board, tess, tom } = stage;
  const accountant = await withRole(coop, board, "Ace", "accountant");
  const payout = await signed(stage);
  t.equal((await tess.call(takePayoutFile, { payout })).problem, "house-account-missing");
  const given = { iban: "BE68 5390 0754 7034", bic: "KREDBEBB", holder: "Atelier Commun" };
  t.equal((await tess.call(proposeHouseAccount, { ...given, iban: "BE68 5390 0754 7035" })).problem, "iban-unreadable");
  const { id: account } = (await tess.call(proposeHouseAccount, given)).body;
  t.equal((await tom.call(proposeHouseAccount, given)).problem, "house-account-proposed");
  t.equal((await tess.call(confirmHouseAccount, { account })).problem, "second-person-needed");
  t.equal((await tess.call(takePayoutFile, { payout })).problem, "house-account-missing", "proposed is not set");
  t.match((await tom.call(readHouseAccount, {})).body, {
    account: undefined,
    proposed: { iban: "BE68539007547034", mine: false, by: "Tess" },
  });
  t.equal((await tom.call(discardHouseAccount, { account })).status, 200);
  t.equal((await tom.call(confirmHouseAccount, { account })).problem, "not-in-this-state");
  await houseAccount(stage);
  t.match((await tess.call(readHouseAccount, {})).body, { account: { confirmedBy: "Tom", mine: true }, proposed: undefined });
  t.equal((await fileFor(tess, payout)).json<{ title: string }>().title, "file-not-taken", "nobody reads it in passing");
  t.same((await tess.call(takePayoutFile, { payout })).body, { before: [] });
  t.equal((await fileFor(tom, payout)).statusCode, 409, "taken by one, it is not another's to read");
  const first = await fileFor(tess, payout);
  t.match(first.headers, { "content-type": "application/xml", "content-disposition": /^attachment; filename="payout-[A-Z2-7]{26}\.xml"/ });
  coop.wait(60_000);
  t.match((await tom.call(takePayoutFile, { payout })).body, { before: [{ by: "Tess", at: "2026-12-01T09:00:00.000Z" }] });
  t.equal((await fileFor(tom, payout)).body, first.body, "to the byte");
  t.match((await tess.call(listPayouts, {})).body.items[0], {
    state: "exported",
    taken: [
      { by: "Tess", mine: true },
      { by: "Tom", mine: false },
    ],
  });
  const item = (await tess.call(listPayouts, {})).body.items[0]?.items[0]?.id ?? "";
  for (const says of [
    `<MsgId>${bankIdOf(payout)}</MsgId>`,
    `<EndToEndId>${bankIdOf(item)}</EndToEndId>`,
    '<InstdAmt Ccy="EUR">1830.00</InstdAmt>',
    "<CtrlSum>1830.00</CtrlSum>",
    "<ReqdExctnDt><Dt>2026-12-02</Dt></ReqdExctnDt>",
    "<IBAN>BE71096123456769</IBAN>",
    "<BICFI>KREDBEBB</BICFI>",
    "<Ustrd>BE-2026-000001</Ustrd>",
  ])
    t.ok(first.body.includes(says), says);
  if (judgeIsHere("bankSchemas")) t.same(await faultsOfPain(first.body), [], "the banks' own schema takes it");
  else t.comment("skipped: the banks' schemas are not here");
  await houseAccount(stage, ibanOfAnotherBank);
  t.equal((await fileFor(tom, payout)).body, first.body, "another account is for the next file");
  for (const caller of [accountant, stage.worker, stage.buyer, board]) t.equal((await fileFor(caller, payout)).statusCode, 403);
  t.equal((await tess.call(takePayoutFile, { payout: account })).problem, "not-found");
  t.equal((await fileFor(tess, account)).statusCode, 404);
  for (const update of [
    coop.db.updateTable("money.payout_batch").set({ execute_on: "2026-12-24" as Day }),
    coop.db.updateTable("money.house_account").set({ iban: "BE71096123456769" }),
  ])
    await t.rejects(update.execute(), { code: "PC001" });
});

const ibanOfAnotherBank = "NL91ABNA0417164300";

test("killed between the order, the second signature, the file, its mark and the bank's booking: the same file, and nobody in it or paid twice", async (t) => {
  const stage = await treasury(t);
  const { coop, board, tess, tom } = stage;
  await houseAccount(stage);
  await withIban(stage);
  const { invoice, payable } = await invoiced(coop, stage);
  await clientPaid(stage, invoice, "2420.00");
  const [first, second] = [await personNamed(board, "Tess"), await personNamed(board, "Tom")];
  const ordering = { person: first, act: "order", input: { payables: [payable] }, key: "ordering" } as const;
  t.ok(await actsAndDies(coop, "committed", ordering), "killed after the batch was kept, before anybody was told");
  const { id: payout, hash } = (await tess.call(orderPayouts, { payables: [payable] }, "ordering")).body;
  const sign = { person: second, act: "sign", input: { payout, hash }, key: "second" } as const;
  t.ok(await actsAndDies(coop, "key-kept", sign), "killed before the signature was kept");
  t.match((await tess.call(listPayouts, {})).body.items, [{ state: "ordered" }]);
  t.ok(await actsAndDies(coop, "committed", sign), "killed after it was kept, before anybody was told");
  t.equal((await tom.call(signPayout, { payout, hash }, "second")).status, 201, "told again what was done");
  const take = { person: first, act: "take", input: { payout }, key: "taking" } as const;
  t.ok(await actsAndDies(coop, "acted", take), "killed between the file and its mark");
  t.match((await tess.call(listPayouts, {})).body.items, [{ state: "signed", taken: [] }]);
  t.ok(await actsAndDies(coop, "committed", take), "killed between the mark and the answer");
  t.same((await tess.call(takePayoutFile, { payout }, "taking")).body, { before: [] });
  const file = (await fileFor(tess, payout)).body;
  t.equal((await tom.call(takePayoutFile, { payout })).body.before.length, 1);
  t.equal((await fileFor(tom, payout)).body, file);
  t.equal(file.match(/<CdtTrfTxInf>/g)?.length, 1);
  const entries = await coop.db.selectFrom("money.payout_item").select("id").where("live", "=", true).execute();
  t.equal(entries.length, 1);
  t.same((await tess.call(listPayouts, {})).body.items[0]?.total, eur("1830.00"));
  const left = camt([{ amount: "-1830.00", endToEnd: bankIdOf(entries[0]?.id ?? ""), ref: "B1" }]);
  const gzip = gzipSync(left).toString("base64");
  const read = { person: first, act: "read", input: { gzip }, key: "reading" } as const;
  t.ok(await actsAndDies(coop, "entry-posted", read), "killed between the entry and its line");
  t.match((await tess.call(listPayouts, {})).body.items, [{ state: "exported" }]);
  t.match((await tess.call(importBankFile, { gzip }, "reading")).body, { fresh: 1, booked: 1, waiting: 0 });
  t.match((await tess.call(importBankFile, { gzip })).body, { fresh: 0, known: 1 });
  t.match((await tess.call(listPayouts, {})).body.items, [{ state: "settled" }]);
  const settled = await coop.db.selectFrom("ledger.entry").select("entry_id").where("kind", "=", "payout.settled").execute();
  t.equal(settled.length, 1);
});
