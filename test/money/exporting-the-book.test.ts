// The sealed book outside of the coop: whoever has the file finds one changed byte without us, and whoever kept a head finds a book that was written anew.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { test, type Test } from "tap";
import { sealEntries } from "@partcommune/server/money/actions/seal";
import type { Witnessed } from "@partcommune/server/money/actions/checking-seals";
import { checkSealedBook, checkWritten, firstBrokenSeal, sealedBook } from "@partcommune/server/money/actions/sealed-book";
import { lineText } from "@partcommune/server/money/actions/sealed-lines";
import { failing } from "@partcommune/server/platform/checks";
import { checks } from "@partcommune/server/checks";
import { newestHead, readSignedHead } from "@partcommune/server/platform/transparency/heads";
import { appendTo } from "@partcommune/server/platform/transparency/log";
import { coop } from "../support/cli.ts";
import { endowed, entry, openBook, stateOf, type TestBook } from "../support/book.ts";
import { folderWith } from "../support/folder.ts";
import { rewriteBook, signLedger } from "../support/rewriting.ts";

/** A book of four entries in three seals, signed after the second and the last. */
async function sealedThrice(t: Test): Promise<TestBook> {
  const book = await openBook(t, { tampered: true });
  const seal = (): Promise<unknown> => book.act(async (scope) => sealEntries(scope));
  await book.post(endowed("guarantee", "500.00"), endowed("reserve", "1.00"));
  await seal();
  await book.post(entry("invoice.issued", "i", "receivable:client:9 +1000.00 · member:4:budget −915.00 · pot:reserve −85.00"));
  await seal();
  await signLedger({ db: book.db, now: book.now() });
  await book.post(endowed("reserve", "2.00"));
  await seal();
  await signLedger({ db: book.db, now: book.now() });
  return book;
}

async function written(book: TestBook): Promise<string> {
  let text = "";
  for await (const line of sealedBook(book)) text += lineText(line);
  return text;
}

/** The last character of a signature with a bit turned that means nothing. */
function lastBitTurned(jws: string): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return jws.slice(0, -1) + letters[letters.indexOf(jws.at(-1) ?? "") ^ 1];
}

async function* pieces(text: string, length = 97): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
}

const foundIn = async (text: string, witnessed: readonly Witnessed[] = []) => (await checkWritten(pieces(text), witnessed)).end();

test("one byte changed anywhere in an export is found, and the row is named", async (t) => {
  const text = await written(await sealedThrice(t));
  t.equal(await foundIn(text), undefined);
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: text.length - 1 }), fc.integer({ min: 1, max: 127 }), async (at, by) => {
      const changed = `${text.slice(0, at)}${String.fromCharCode(text.charCodeAt(at) ^ by)}${text.slice(at + 1)}`;
      return (await foundIn(changed)) !== undefined;
    }),
    { numRuns: 400 },
  );
  const lines = text.split("\n");
  for (const at of lines.keys())
    if (lines[at] !== "") t.ok(await foundIn(lines.toSpliced(at, 1).join("\n")), `without line ${at + 1}: ${lines[at]?.slice(0, 20)}`);
  t.match(await foundIn(`${text}{}\n`), { row: "line", line: lines.length }, "nor with more behind its end");
  const replaced = async (from: string | RegExp, to: string): Promise<unknown> => foundIn(text.replace(from, to));
  t.match(await replaced('"format":1', '"format": 1'), { row: "line", line: 1 }, "the same words in another way");
  t.match(await replaced(/"jws":"[^"]*/, lastBitTurned(/"jws":"[^"]*/.exec(text)?.[0] ?? "")), { row: "head" }, "a signature too");
  t.match(await replaced(/150100/g, "150101"), { row: "batch", batch: 2 }, "sums that agree with each other, and not with the entries");
  t.match(await replaced(/brussels/g, "ghent"), { row: "head", size: 2 }, "another's book is not what this one signed");
  t.match(await replaced('"-91500"', '"-91499"'), { row: "entry", position: 3, key: "i" });
  t.match(await replaced('"credit":"150100"', '"credit":"150101"'), { row: "batch", batch: 2 });
  t.match(await replaced('"coop":"brussels"', '"coop":"ghent"'), { row: "batch", batch: 1 });
});

test("the log refuses a gap, a change and a second leaf at one place", async (t) => {
  const book = await sealedThrice(t);
  const leaf = (index: number): string => `insert into platform.log_leaf (log, index, leaf) values ('ledger', ${index}, '\\x01')`;
  for (const [text, state] of [
    [leaf(4), "23503"],
    [leaf(2), "23505"],
    ["insert into platform.log_leaf (log, index, leaf) values ('other', 1, '\\x01')", "23503"],
    ["insert into platform.log_head (log, size, root, at, jws) select log, 9, root, at, jws from platform.log_head limit 1", "23503"],
    ["update platform.log_leaf set leaf = '\\x01'", "42501"],
    ["delete from platform.log_node", "42501"],
    ["truncate platform.log_head", "42501"],
  ] as const)
    t.equal(await stateOf(book.db, text), state, text);
  for (const text of ["update platform.log_leaf set leaf = '\\x01'", "delete from platform.log_node", "truncate platform.log_head"])
    t.equal(await stateOf(book.owner, text), "PC001", `${text} as the owner`);
  const rivals = await Promise.allSettled(
    ["a", "b", "c"].map(async (word) => book.act((scope) => appendTo(scope, "rivals", Buffer.from(word)))),
  );
  t.ok(rivals.some(({ status }) => status === "fulfilled"));
  t.same(await failing(checks, book.db, book.now()), []);
  await stateOf(book.owner, "set session_replication_role = replica; update platform.log_node set hash = sha256(hash) where level = 1");
  t.match(await failing(checks, book.db, book.now()), [{ name: "log-nodes", rows: [{ log: "ledger", level: 1 }] }]);
});

test("a book rewritten with all its seals agrees with itself, and not with a head that was kept", async (t) => {
  const book = await sealedThrice(t);
  const kept = await newestHead(book, "ledger");
  if (!kept) throw new Error("nothing was signed");
  const told = await readSignedHead(kept.jws);
  t.match(told, { head: { log: "ledger", size: 3, root: kept.root, origin: "https://atelier.example" } });
  t.equal((await checkSealedBook(book, [kept])).end(), undefined);

  const [folder, url] = [folderWith({}), book.url];
  const [file, head] = [join(folder, "book.jsonl"), join(folder, "head.jws")];
  await writeFile(head, `${kept.jws}\n`);
  t.match(await coop(url, "ledger", "export", file), { code: 0, error: "" });
  t.equal(await readFile(file, "utf8"), await written(book));
  const nowhere = "postgres://nobody@127.0.0.1:1/none";
  const verified = await coop(nowhere, "verify", "ledger", file, "--head", head);
  t.match(
    verified,
    { code: 0, out: new RegExp(`^ok [^]*4 entries, 3 seals, 2 heads, signed by the key ${told?.key}[^]*\nok `) },
    verified.error,
  );

  await rewriteBook(book.owner, { db: book.db, now: book.now() });
  t.equal(await firstBrokenSeal(book), undefined, "by itself it is sound");
  t.match((await checkSealedBook(book, [kept])).end(), { row: "head", size: 3 });
  t.match(await foundIn(await written(book), [kept]), { row: "head", size: 3 });
  const found = await coop(url, "verify", "ledger", "--head", head);
  t.match(found, { code: 3, out: /^BROKEN {"row":"head","size":3}/ }, found.error);
});
