// Two coops keep each other's books honest: each day each hears how the other's stands, and one that was rewritten is found by the head that the other kept.
import { test, type Test } from "tap";
import { checkSealedBook } from "@partcommune/server/money/actions/sealed-book";
import { kyselyOn, openPool } from "@partcommune/server/platform/database";
import { state } from "@partcommune/server/federation/actions/statements";
import { sisterAt } from "@partcommune/server/federation/index";
import { readSister } from "@partcommune/shared/federation/api/sisters";
import { findingOn, type ProofSent } from "@partcommune/shared/federation/rules/witness";
import { readFund } from "@partcommune/shared/mutual/api";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import { listHeads, readConsistency, readHead, readInclusion } from "@partcommune/shared/platform/api/transparency";
import { isConsistent, leafHash, rootFromPath } from "@partcommune/shared/platform/merkle";
import type { JsonObject } from "@partcommune/shared/platform/json";
import { dayMs, instant } from "@partcommune/shared/platform/time";
import { hexOf, sha256 } from "@partcommune/server/platform/transparency/log";
import { acting } from "../support/across.ts";
import type { TestCoop } from "../support/coop.ts";
import { endow } from "../support/endowment.ts";
import { holdPage } from "../support/federation-page.ts";
import { founder } from "../support/people.ts";
import { rewriteBook } from "../support/rewriting.ts";
import { bound, introduced, laFilature, openSister, settled } from "../support/sisters.ts";

/** Two founded coops under treaty, each with something in its book that is sealed and signed, and each told of. */
async function witnesses(t: Test) {
  const [brussels, lille] = [await openSister(t, "brussels"), await openSister(t, "lille")];
  const boards = { brussels: await founder(brussels), lille: await founder(lille, laFilature) };
  await bound(brussels, lille);
  await introduced(brussels, lille);
  for (const coop of [brussels, lille]) await endow(coop, "20000.00");
  await day(brussels, lille);
  return { brussels, lille, boards };
}

/** A day passes at each of them: what is due is sealed, then signed, then told. */
async function day(...coops: readonly TestCoop[]): Promise<void> {
  for (const coop of coops) coop.wait(dayMs);
  for (const _ of ["sealed", "signed", "told"]) {
    for (const coop of coops) await coop.keepTime();
    await settled(...coops);
    for (const coop of coops) coop.wait(60_000);
  }
}

type Row = { readonly ours: boolean; readonly size: bigint; readonly finding: string | null };
const rowsOf = async ({ db }: TestCoop): Promise<readonly Row[]> =>
  db.selectFrom("federation.witnessed").select(["ours", "size", "finding"]).orderBy("at").orderBy("ours").orderBy("size").execute();
const text = (rows: readonly Row[]): readonly string[] =>
  rows.map(({ ours, size, finding }) => `${ours ? "ours" : "theirs"} ${size} ${finding}`).toSorted();
const noticesOf = async (board: { call: Awaited<ReturnType<typeof founder>>["call"] }): Promise<readonly unknown[]> =>
  (await board.call(listNotices, {})).body.items.flatMap(({ kind, values }) => (kind === "bookForked" ? [values] : []));

test("a head is found to continue, to be forked or to be unproven, for the first reason that holds", (t) => {
  const at = (hour: number) => instant(`2026-12-01T${String(hour).padStart(2, "0")}:00:00Z`);
  const [one, two] = [leafHash(Buffer.from("1"), sha256), leafHash(Buffer.from("2"), sha256)];
  const both = sha256(Buffer.concat([Buffer.of(1), one, two]));
  const small = { size: 1, root: hexOf(one), at: at(1) };
  const large = { size: 2, root: hexOf(both), at: at(2) };
  const proof: ProofSent = { from: 1, proof: [hexOf(two)] };
  const nothing: ProofSent = { from: 0, proof: [] };
  const rows = [
    ["the first of all", findingOn(large, nothing, {}), "extends"],
    ["the same again", findingOn(large, nothing, { newest: large, same: large }), undefined],
    ["another root of that size", findingOn({ ...large, root: hexOf(two) }, proof, { newest: large, same: large }), "forked"],
    ["one that came late", findingOn(small, nothing, { newest: large }), undefined],
    ["a shorter one signed after it", findingOn({ ...small, at: at(3) }, nothing, { newest: large }), "forked"],
    ["one with its proof", findingOn(large, proof, { newest: small }), "extends"],
    ["one whose proof leads elsewhere", findingOn(large, { from: 1, proof: [hexOf(one)] }, { newest: small }), "forked"],
    ["one with a proof from another", findingOn(large, nothing, { newest: small }), "unproven"],
  ] as const;
  for (const [what, found, wanted] of rows) t.equal(found, wanted, what);
  t.end();
});

test("sisters witness each other's books each day, and everybody can check both", async (t) => {
  const { brussels, lille, boards } = await witnesses(t);
  t.same(text(await rowsOf(brussels)), ["ours 1 extends", "theirs 1 extends"]);
  t.same(text(await rowsOf(lille)), ["ours 1 extends", "theirs 1 extends"]);
  await day(brussels, lille);
  t.equal((await rowsOf(lille)).length, 2, "where nothing is new, nothing is said");
  await endow(brussels, "30000.00", "reserve");
  await day(brussels, lille);
  t.same(text(await rowsOf(lille)), ["ours 1 extends", "theirs 1 extends", "theirs 2 extends"]);

  const anybody = brussels.someone();
  const { body: head } = await anybody.call(readHead, { log: "ledger" });
  const { body: list } = await anybody.call(listHeads, { log: "ledger", limit: 1 });
  t.match(list.items, [{ size: 2, root: head.root }]);
  const { body: older } = await anybody.call(listHeads, { log: "ledger", limit: 1, after: list.next ?? "" });
  t.match(older, { items: [{ size: 1 }], next: undefined });
  const { body: grown } = await anybody.call(readConsistency, { log: "ledger", from: 1, to: 2 });
  const tree = ({ size, root }: { readonly size: number; readonly root: string }) => ({ size, root: Buffer.from(root, "hex") });
  const bytes = (hex: string): Buffer => Buffer.from(hex, "hex");
  t.ok(isConsistent(tree(older.items[0] ?? head), tree(head), grown.proof.map(bytes), sha256));
  const { body: leaf } = await anybody.call(readInclusion, { log: "ledger", index: 0, size: 2 });
  t.equal(hexOf(rootFromPath(leafHash(Buffer.from(leaf.leaf), sha256), 0, 2, leaf.path.map(bytes), sha256) ?? Buffer.of()), head.root);
  for (const asked of [
    { from: 2, to: 3 },
    { from: 2, to: 1 },
  ])
    t.equal((await anybody.call(readConsistency, { log: "ledger", ...asked })).status, 404);
  t.equal((await anybody.call(readInclusion, { log: "ledger", index: 2, size: 2 })).status, 404);
  t.equal((await anybody.call(readHead, { log: "votes" })).status, 404);

  const atBrussels = await sisterAt(brussels.db, lille.origin);
  const { body: page } = await boards.brussels.call(readSister, { host: atBrussels?.host ?? "" });
  t.match(page.witnessed, { ours: { size: 2, finding: "extends" }, theirs: { size: 1, finding: "extends" } });
  const { body: fund } = await anybody.call(readFund, {});
  t.match(fund.witnesses, [{ name: laFilature.name, ours: { size: 2, finding: "extends" }, theirs: { size: 1 } }]);
  t.same([...(await noticesOf(boards.brussels)), ...(await noticesOf(boards.lille))], []);
  holdPage(t, "test/federation/witnessing.test.ts", coopsOnPage(brussels, lille), {
    "how a book stands": await lastStated(brussels, "tree-head"),
    "what its witness found": await lastStated(lille, "tree-witness"),
  });
});

const coopsOnPage = (brussels: TestCoop, lille: TestCoop) => ({
  [brussels.origin]: "https://atelier.example",
  [lille.origin]: "https://filature.example",
});

/** The last statement of this kind, with no hashes and signatures, which differ each time. */
async function lastStated({ db }: TestCoop, type: string): Promise<unknown> {
  const rows = await db
    .selectFrom("federation.statement")
    .select("payload")
    .where("ours", "=", true)
    .where("type", "=", type)
    .orderBy("at", "desc")
    .limit(1)
    .execute();
  const hashes = (word: string, value: unknown): unknown =>
    word === "root" ? "…" : word === "proof" ? ["…"] : word === "head" || word === "kept" ? "eyJ…" : value;
  return JSON.parse(rows[0]?.payload ?? "{}", hashes) as unknown;
}

test("a book rewritten by its own operator is caught by the head that a sister kept, and both boards hear it once", async (t) => {
  const { brussels, lille, boards } = await witnesses(t);
  const owner = kyselyOn<never>(openPool(brussels.url, "owner", 1, () => undefined));
  t.teardown(async () => owner.destroy());
  const kept = (await boards.lille.call(readSister, { host: (await sisterAt(lille.db, brussels.origin))?.host ?? "" })).body.witnessed
    ?.theirs;
  await rewriteBook(owner, { ...brussels, now: brussels.now() });
  t.equal((await checkSealedBook(brussels)).end(), undefined, "by itself it is sound");
  t.match((await checkSealedBook(brussels, [{ size: 1, root: kept?.root ?? "" }])).end(), { row: "head", size: 1 });
  for (const pot of ["reserve", "insurance"] as const) {
    await endow(brussels, "30000.00", pot);
    await day(brussels, lille);
  }
  t.same(
    text(await rowsOf(lille)).filter((row) => row.startsWith("theirs")),
    ["theirs 1 extends", "theirs 2 forked", "theirs 3 forked"],
  );
  t.same(await noticesOf(boards.lille), [{ coop: "Atelier Commun", whose: "theirs" }]);
  t.same(await noticesOf(boards.brussels), [{ coop: laFilature.name, whose: "ours" }]);
  const { body: fund } = await lille.someone().call(readFund, {});
  t.match(fund.witnesses, [{ theirs: { size: 3, finding: "forked" }, ours: { finding: "extends" } }]);
});

test("a sister that lies is not believed, and disturbs nothing else", async (t) => {
  const { brussels, lille } = await witnesses(t);
  const sister = await sisterAt(brussels.db, lille.origin);
  const { body: own } = await brussels.someone().call(readHead, { log: "ledger" });
  const { body: foreign } = await lille.someone().call(readHead, { log: "ledger" });
  const says = (type: "tree-head" | "tree-witness", words: JsonObject) =>
    acting(brussels, (scope) => (sister ? state(scope, sister, type, words) : Promise.reject(new Error("no sister"))));
  const before = text(await rowsOf(lille));
  const [head = "", payload = "", signature = ""] = own.jws.split(".");
  const bent = Buffer.from(Buffer.from(payload, "base64url").toString().replace('"size":1', '"size":9')).toString("base64url");
  for (const jws of [foreign.jws, [head, bent, signature].join("."), "a.b.c"]) await says("tree-head", { head: jws, from: 0, proof: [] });
  await says("tree-witness", { log: "ledger", size: 7, root: own.root, finding: "forked" });
  await settled(brussels, lille);
  t.same(text(await rowsOf(lille)), before, "heads of others, bent ones and none; and findings on what was never said");
  await endow(brussels, "30000.00", "reserve");
  await day(brussels, lille);
  t.ok(text(await rowsOf(lille)).includes("theirs 2 extends"), "the next true one is heard");
});

test("where a witness kept another head than was thought, the proof from that one follows", async (t) => {
  const { brussels, lille } = await witnesses(t);
  // Brussels comes back from a copy that was made before it heard the answer.
  const owner = kyselyOn<never>(openPool(brussels.url, "owner", 1, () => undefined));
  t.teardown(async () => owner.destroy());
  await owner.deleteFrom("federation.witnessed" as never).execute();
  await endow(brussels, "30000.00", "reserve");
  await day(brussels, lille);
  t.same(
    text(await rowsOf(lille)).filter((row) => row.startsWith("theirs")),
    ["theirs 1 extends", "theirs 2 extends"],
  );
  t.same(text(await rowsOf(brussels)), ["ours 2 extends"]);
});
