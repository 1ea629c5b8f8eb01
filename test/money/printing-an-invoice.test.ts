// The page of an invoice: what is frozen and nothing else, for those who may read it, the same bytes whenever it is printed.
import jsqr from "jsqr";
import sharp from "sharp";
import { test } from "tap";
import { printInvoice } from "@partcommune/server/money/actions/print-invoice";
import { foundClient } from "@partcommune/shared/membership/api";
import { readInvoice } from "@partcommune/shared/money/api";
import type { InvoicePaper } from "@partcommune/shared/money/rules/invoice";
import { paymentCodeOf } from "@partcommune/shared/money/rules/payment-code";
import { dayMs } from "@partcommune/shared/platform/time";
import type { Caller } from "../support/coop.ts";
import { invoiced } from "../support/invoices.ts";
import { clientOwner, confirmedMember, organisation, signedUp } from "../support/people.ts";
import { wordsOf } from "../support/pdf.ts";
import { clientPaid, treasury } from "../support/treasury.ts";

const print = (caller: Caller, invoice: string, headers: Record<string, string> = {}) =>
  caller.raw({ method: "GET", url: `/api/v1/invoices/${invoice}/pdf`, headers });

test("a client prints the invoice: one page with everything it says", async (t) => {
  const stage = await treasury(t);
  const { coop, buyer } = stage;
  const { invoice } = await invoiced(coop, stage);
  const answer = await print(buyer, invoice);
  t.equal(answer.statusCode, 200);
  t.match(answer.headers, {
    "content-type": "application/pdf",
    "content-disposition": "attachment; filename=\"BE-2026-000001.pdf\"; filename*=UTF-8''BE-2026-000001.pdf",
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-cache",
  });
  t.equal(answer.rawPayload.subarray(0, 5).toString(), "%PDF-");
  const words = wordsOf(answer.rawPayload);
  const { reference } = (await buyer.call(readInvoice, { invoice })).body;
  for (const said of [
    "Atelier Commun",
    "Facture BE-2026-000001",
    "Carla SA",
    "Quai 1",
    "1000 Bruxelles",
    "1er décembre 2026",
    "31 décembre 2026",
    "Poster for the spring fair",
    "Réalisé par Anna",
    "2 000,00 EUR",
    "TVA 21 %",
    "420,00 EUR",
    "À payer 2 420,00 EUR",
    reference.replaceAll(/(.{4})(?=.)/g, "$1 "),
    "202/6000/00192",
    "À scanner avec",
    "taux de référence majoré de 8 points, et 40,00 EUR",
  ])
    t.ok(words.includes(said), `${said} in ${words}`);
  t.notMatch(words, /\?/, "every letter has its glyph");
  t.equal(answer.rawPayload.toString("latin1").match(/\/Type \/Page\n/g)?.length, 1, "one page");
  t.match(answer.rawPayload.toString("latin1"), /\/FontFile2/, "the fonts are inside");
  coop.wait(25 * dayMs);
  await coop.keepTime();
  const later = await print(buyer, invoice);
  t.ok(later.rawPayload.equals(answer.rawPayload), "weeks later it is the same to the byte");
  t.equal((await print(buyer, invoice, { "if-none-match": String(answer.headers.etag) })).statusCode, 304);
});

test("a bank's app reads account, sum and reference from the square code, of what is still open", async (t) => {
  const stage = await treasury(t);
  const { coop, buyer } = stage;
  const { invoice } = await invoiced(coop, stage);
  const drawn = async (caller: Caller) => caller.raw({ method: "GET", url: `/api/v1/invoices/${invoice}/payment-code` });
  const { reference } = (await buyer.call(readInvoice, { invoice })).body;
  const says = (amount: string) => ["BCD", "002", "1", "SCT", "", "Atelier Commun", "BE68539007547034", amount, "", reference].join("\n");
  const first = await drawn(buyer);
  t.match(first.headers, { "content-type": "image/svg+xml", "x-content-type-options": "nosniff" });
  t.equal(await scanned(first.rawPayload), says("EUR2420.00"));
  await clientPaid(stage, invoice, "605.00");
  t.equal(await scanned((await drawn(buyer)).rawPayload), says("EUR1815.00"));
  t.equal((await drawn(await signedUp(coop, "Somebody"))).statusCode, 404);
  const paper = JSON.parse((await buyer.call(readInvoice, { invoice })).body.frozen) as InvoicePaper;
  const sum = { minor: 1n, currency: "EUR" };
  t.equal(paymentCodeOf(paper, { minor: 0n, currency: "EUR" }), undefined, "nothing is open");
  t.equal(paymentCodeOf({ ...paper, specimen: true }, sum), undefined, "nobody pays what nobody owes");
  t.equal(paymentCodeOf(paper, { minor: 1n, currency: "SEK" }), undefined);
  t.equal(paymentCodeOf(paper, { minor: 100_000_000_000n, currency: "EUR" }), undefined, "more than the form holds");
  const long = paymentCodeOf({ ...paper, coop: { ...paper.coop, name: `${"é".repeat(100)}\nEUR0.01` } }, sum) ?? "";
  t.same(long.split("\n").slice(5, 8), ["é".repeat(70), "BE68539007547034", "EUR0.01"], "a name is one line of at most 70 letters");
});

/** What a camera makes of the image: a reader that nobody here wrote. */
async function scanned(svg: Uint8Array): Promise<string | undefined> {
  const { data, info } = await sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return jsqr.default(new Uint8ClampedArray(data), info.width, info.height)?.data;
}

test("an English client abroad reads English, and by which law no VAT is asked", async (t) => {
  const { coop, member } = await treasury(t);
  const owner = await signedUp(coop, "Fred");
  const { id: client } = (await owner.call(foundClient, { ...organisation, country: "FR", vatNumber: "FR40303265045" })).body;
  const person = await coop.db.selectFrom("membership.person").select("id").where("name", "=", "Fred").executeTakeFirstOrThrow();
  const actor = { kind: "person", person: person.id, session: person.id, roles: [], buysFor: [] } as const;
  const { invoice } = await invoiced(coop, { client, member, actor });
  const words = wordsOf((await print(owner, invoice)).rawPayload);
  for (const said of [
    "Invoice BE-2026-000001",
    "VAT number FR40303265045",
    "1 December 2026",
    "VAT 0 %",
    "2,000.00 EUR",
    "Reverse charge: the VAT is owed by the client. Art. 196 Directive 2006/112/EC",
  ])
    t.ok(words.replaceAll(" ", "").includes(said.replaceAll(" ", "")), `${said} in ${words}`);
});

test("what others wrote stays text, however hostile, and costs no time", async (t) => {
  const stage = await treasury(t);
  const about = '<img src="http://x.example/a.png"><script>alert(1)</script> {law} file:///etc/passwd 👩‍🔧';
  const { invoice } = await invoiced(stage.coop, { ...stage, about });
  const bytes = (await print(stage.buyer, invoice)).rawPayload;
  const words = wordsOf(bytes).replaceAll(" ", "");
  t.ok(words.includes('<imgsrc="http://x.example/a.png"><script>alert(1)</script>{law}file:///etc/passwd'), words);
  const { frozen } = (await stage.buyer.call(readInvoice, { invoice })).body;
  const paper = JSON.parse(frozen) as { line: object };
  const texts = [
    "W".repeat(10_000_000),
    "line\n".repeat(500),
    "\u202egnp.exe",
    "مرحبا ".repeat(500),
    "\u0000\u0007\ud800",
    "👩‍🔧".repeat(900),
  ];
  const timed = async (text: string) => {
    const before = process.cpuUsage();
    const printed = await printInvoice(JSON.stringify({ ...paper, line: { about: text, doneBy: text } }));
    return { printed, cost: process.cpuUsage(before).user };
  };
  await timed("The first one also loads the fonts.");
  const plain = (await timed("A poster, three formats.")).cost;
  for (const text of texts) {
    const { printed, cost } = await timed(text);
    t.ok(cost < 30 * plain, `${text.slice(0, 6)} takes ${cost} µs, a plain one ${plain}`);
    const raw = Buffer.from(printed.bytes).toString("latin1");
    t.notMatch(raw, /\/(URI|Launch|JavaScript|JS|OpenAction|EmbeddedFile|AA)\b/);
  }
});

test("an invoice is printed for those who may read it", async (t) => {
  const { coop, board, buyer, worker, tess, ...parts } = await treasury(t);
  const { invoice } = await invoiced(coop, parts);
  for (const caller of [buyer, worker, tess]) t.equal((await print(caller, invoice)).statusCode, 200);
  const others = [
    (await clientOwner(coop, "Otto")).caller,
    (await confirmedMember(coop, board, "Mona")).caller,
    await signedUp(coop, "Stan"),
    board,
  ];
  for (const caller of others) {
    const answer = await print(caller, invoice);
    t.match([answer.statusCode, answer.headers["content-type"]], [404, "application/problem+json; charset=utf-8"]);
  }
  t.equal((await print(coop.someone(), invoice)).statusCode, 401);
  t.equal((await print(tess, "not-an-id")).statusCode, 404);
  t.equal(
    (await tess.raw({ method: "GET", url: `/api/v1/invoices/${invoice}/pdf?language=en` })).statusCode,
    400,
    "no field that nobody asks for",
  );
});
