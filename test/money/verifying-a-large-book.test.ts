// A book of many entries, sealed batch by batch: verified from its rows and from its text alone, and one changed cent is named. How many, the environment says; a drill asks for a million.
import { performance } from "node:perf_hooks";
import { sql } from "kysely";
import { test, type Test } from "tap";
import { sealEntries } from "@partcommune/server/money/actions/seal";
import { checkSealedBook, checkWritten, sealedBook } from "@partcommune/server/money/actions/sealed-book";
import { lineText } from "@partcommune/server/money/actions/sealed-lines";
import { entry, openBook, type TestBook } from "../support/book.ts";

const many = Number(process.env["ENTRIES"] ?? 6_000);
const inOnePost = 2_000;

/** Members and clients in turn, so that a batch names accounts as a busy coop's does. */
const nth = (at: number) =>
  entry("invoice.issued", `i${at}`, `receivable:client:${at % 997} +10.00 · member:${at % 9_973}:budget −9.15 · pot:reserve −0.85`);

async function posted(book: TestBook): Promise<void> {
  for (let from = 0; from < many; from += inOnePost)
    await book.post(...Array.from({ length: Math.min(inOnePost, many - from) }, (_, at) => nth(from + at)));
}

async function sealed(book: TestBook): Promise<void> {
  while ((await book.act((scope) => sealEntries(scope))).more) book.wait(60_000);
}

async function* textOf(book: TestBook): AsyncGenerator<string> {
  for await (const line of sealedBook(book)) yield lineText(line);
}

async function told<Seen>(t: Test, what: string, work: () => Promise<Seen>): Promise<Seen> {
  const begun = performance.now();
  const seen = await work();
  t.comment(`${many} entries ${what} in ${((performance.now() - begun) / 1_000).toFixed(1)} s`);
  return seen;
}

test("a book of many entries is verified from its rows and from its text, and one changed cent is named", async (t) => {
  const book = await openBook(t, { tampered: true });
  await told(t, "posted", () => posted(book));
  await told(t, "sealed", () => sealed(book));
  const counted = { entries: many, batches: Math.ceil(many / 5_000) };
  const fromRows = await told(t, "verified from their rows", () => checkSealedBook(book));
  t.same([fromRows.end(), fromRows.counted()], [undefined, { ...fromRows.counted(), ...counted }]);
  const fromText = await told(t, "written out and verified from that text", () => checkWritten(textOf(book)));
  t.same([fromText.end(), fromText.counted()], [undefined, fromRows.counted()]);
  const victim = Math.floor(many * 0.7);
  await sql
    .raw(
      `set session_replication_role = replica;
      update ledger.leg set amount = amount + 1 where no = 1 and entry_id = (select entry_id from ledger.entry where key = 'i${victim}');
      reset session_replication_role`,
    )
    .execute(book.owner);
  t.match((await checkSealedBook(book)).end(), { key: `i${victim}`, position: victim + 1 }, "and the first row that differs");
});
