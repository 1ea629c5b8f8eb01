// What stands on the coop's papers: in form or refused, the board's to change after a fresh proof, and never changed on paper that is out.
import { test } from "tap";
import { foundCoop } from "@partcommune/shared/governance/api";
import { readInvoice } from "@partcommune/shared/money/api";
import type { InvoicePaper } from "@partcommune/shared/money/rules/invoice";
import { changeLetterhead, readLetterhead } from "@partcommune/shared/platform/api";
import { readVatNumber } from "@partcommune/server/platform/vat-numbers";
import { objectionToVatNumber, vatNumberAsTyped } from "@partcommune/shared/platform/letterhead";
import { prove } from "../support/authenticator.ts";
import { openCoop } from "../support/coop.ts";
import { atelierCommun } from "../support/founding.ts";
import { invoiced } from "../support/invoices.ts";
import { clientOwner, founder, trialMember, withRole } from "../support/people.ts";
import { wordsOf } from "../support/pdf.ts";
import { treasury } from "../support/treasury.ts";

const address = { street: "Quai 2", postcode: "1080", town: "Molenbeek" };

test("a VAT number has its country's form", (t) => {
  const rows = [
    ["BE", "BE 0123.456.749", "-"],
    ["BE", "be1123456749", "-"],
    ["BE", "BE123456749", "vat-number-unlike"],
    ["BE", "FR12345678901", "vat-number-unlike"],
    ["FR", "FR XX 123456789", "-"],
    ["FR", "FRO1123456789", "vat-number-unlike"],
    ["NL", "NL123456789B01", "-"],
    ["NL", "NL12345678901", "vat-number-unlike"],
    ["DE", "DE136695976", "-"],
    ["ES", "ESX1234567X", "-"],
    ["IT", "IT12345678901", "-"],
    ["SE", "SE123456789001", "-"],
    ["SE", "SE123456789002", "vat-number-unlike"],
    ["AT", "ATU12345678", "-"],
    ["AT", "AT12345678", "vat-number-unlike"],
    ["HU", "HU12345678", "-"],
    ["HU", "HU１2345678", "vat-number-unlike"],
  ] as const;
  for (const [country, typed, refusal] of rows)
    t.equal(objectionToVatNumber(country, vatNumberAsTyped(typed))?.type ?? "-", refusal, `${country} ${typed}`);
  t.end();
});

test("a VAT number has the digits that its country reckons, as far as anybody can say without asking it", (t) => {
  const given =
    "BE0403019261 FR40303265045 FR83404833048 DE136695976 NL004495445B01 NL002455799B11 ESB58378431 ESA58818501 IT00743110157 SE556188840401 " +
    "ATU13585627 HU12892312 LU15027442 PT501964843 IE6433435F IE6433435OA PL8567346215 EL094259216 FI20774740 DK13585628 CZ25123891 " +
    "SK2022749619 SI50223054 RO18547290 HR33392005961 BG175074752 CY10259033P EE100931558 LT119511515 LV40003521600 MT11679112";
  t.equal(new Set(given.split(" ").map((number) => number.slice(0, 2))).size, 27, "every member state");
  for (const number of given.split(" ")) {
    t.equal(readVatNumber(number.replace(/^../, "$& ").toLowerCase()), number);
    const at = number.search(/\d/) + 2;
    const wrong = `${number.slice(0, at)}${(Number(number[at]) + 1) % 10}${number.slice(at + 1)}`;
    t.throws(() => readVatNumber(wrong), wrong);
  }
  for (const other of ["CHE123456789", "GB980780684", "US12"])
    t.equal(readVatNumber(other), other, "of another country nobody here can say");
  t.end();
});

test("a coop is founded with a letterhead in form, or not at all", async (t) => {
  const coop = await openCoop(t);
  const wrong = [
    [{ ...address, vatNumber: "FR40303265045" }, "vat-number-unlike"],
    [{ ...address, vatNumber: "BE0123456748" }, "vat-number-wrong"],
    [{ ...address, iban: "BE68 5390 0754 7035" }, "iban-unreadable"],
    [{ ...address, iban: "XX" }, "iban-unreadable"],
    [{ ...address, street: " " }, "not-as-asked"],
    [{ ...address, town: "a\u202eb" }, "not-as-asked"],
    [{ ...address, fax: "1" }, "unreadable"],
  ] as const;
  for (const [letterhead, refusal] of wrong)
    t.equal((await coop.someone().call(foundCoop, { ...atelierCommun, letterhead })).problem, refusal, JSON.stringify(letterhead));
  const board = coop.someone();
  t.equal((await board.call(foundCoop, { ...atelierCommun, letterhead: address })).status, 201, "number and account may come later");
  t.same((await board.call(readLetterhead, {})).body, address);
});

test("the board changes the letterhead after a fresh proof, and nobody else does", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  t.same((await board.call(readLetterhead, {})).body, {
    street: "Rue du Canal 7",
    postcode: "1000",
    town: "Bruxelles",
    vatNumber: "BE0123456749",
    iban: "BE68539007547034",
  });
  const others = [
    await withRole(coop, board, "Tess", "treasurer"),
    await withRole(coop, board, "Ada", "adviser"),
    (await clientOwner(coop, "Carla")).caller,
    await trialMember(coop, board, "Marc"),
  ];
  for (const other of others) t.equal((await other.call(changeLetterhead, address)).problem, "role-needed");
  t.equal((await others[0]?.call(readLetterhead, {}))?.status, 200, "the treasury reads it");
  t.equal((await others[3]?.call(readLetterhead, {}))?.problem, "role-needed");
  t.equal((await coop.someone().call(changeLetterhead, address)).problem, "sign-in-first");
  t.equal((await coop.someone().call(readLetterhead, {})).problem, "sign-in-first", "the account is not told to everybody");
  t.equal((await board.call(changeLetterhead, address)).problem, "proof-needed", "a mailed code does not move where clients pay to");
  await prove(coop, board);
  t.equal((await board.call(changeLetterhead, { ...address, vatNumber: "BE0" })).problem, "vat-number-unlike");
  t.equal((await board.call(changeLetterhead, { ...address, iban: "GB00 WEST 1234 5698 7654 32" })).problem, "iban-unreadable");
  t.equal((await board.call(changeLetterhead, { ...address, iban: "fr14 2004 1010 0505 0001 3m02 606" })).status, 200);
  t.same((await board.call(readLetterhead, {})).body, { ...address, iban: "FR1420041010050500013M02606" }, "what is left out is taken off");
  const fact = await coop.db.selectFrom("platform.fact").select("body").where("type", "=", "letterhead.changed").executeTakeFirst();
  t.same(fact?.body, { ...address, iban: "FR1420041010050500013M02606" }, "who changed it to what stands in the log");
});

test("an invoice carries the letterhead of its day, and says how to pay", async (t) => {
  const stage = await treasury(t);
  const { coop, board, buyer } = stage;
  const printed = async (invoice: string) =>
    wordsOf((await buyer.raw({ method: "GET", url: `/api/v1/invoices/${invoice}/pdf` })).rawPayload).replaceAll(" ", "");
  const { invoice } = await invoiced(coop, stage);
  await prove(coop, board);
  await board.call(changeLetterhead, address);
  const words = await printed(invoice);
  for (const said of ["Rue du Canal 7", "1000 Bruxelles", "Numéro de TVA BE0123456749", "IBAN BE68 5390 0754 7034"])
    t.ok(words.includes(said.replaceAll(" ", "")), `${said} in ${words}`);
  const paper = JSON.parse((await buyer.call(readInvoice, { invoice })).body.frozen) as InvoicePaper;
  t.match(paper.coop, { name: "Atelier Commun", country: "BE", street: "Rue du Canal 7", iban: "BE68539007547034" });
  const next = await invoiced(coop, stage);
  const later = await printed(next.invoice);
  for (const said of ["Quai 2", "1080 Molenbeek", "Atelier Commun vous communique son compte séparément."])
    t.ok(later.includes(said.replaceAll(" ", "")), `${said} in ${later}`);
  t.notOk(later.includes("BE68"), "the account taken off is on no new paper");
});
