// The page of an invoice: what is frozen and nothing else, for those who may read it, the same bytes whenever it is printed.
import { test } from "tap";
import { printInvoice } from "@partcommune/server/money/actions/print-invoice";
import { foundClient } from "@partcommune/shared/membership/api";
import { readInvoice } from "@partcommune/shared/money/api";
import { dayMs } from "@partcommune/shared/platform/time";
import type { Caller } from "../support/coop.ts";
import { invoiced } from "../support/invoices.ts";
import { clientOwner, confirmedMember, organisation, signedUp } from "../support/people.ts";
import { wordsOf } from "../support/pdf.ts";
import { treasury } from "../support/treasury.ts";

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

test("an English client abroad reads English, and by which law no VAT is asked", async (t) => {
  const { coop, member } = await treasury(t);
  const owner = await signedUp(coop, "Fred");
  const { id: client } = (await owner.call(foundClient, { ...organisation, country: "FR", vatNumber: "FR12345678901" })).body;
  const person = await coop.db.selectFrom("membership.person").select("id").where("name", "=", "Fred").executeTakeFirstOrThrow();
  const actor = { kind: "person", person: person.id, session: person.id, roles: [], buysFor: [] } as const;
  const { invoice } = await invoiced(coop, { client, member, actor });
  const words = wordsOf((await print(owner, invoice)).rawPayload);
  for (const said of [
    "Invoice BE-2026-000001",
    "VAT number FR12345678901",
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
