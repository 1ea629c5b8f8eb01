// Money set aside cannot be spent twice; what is sealed cannot change unseen, and nothing is left out of a seal.
import { createHash } from "node:crypto";
import { sql } from "kysely";
import { test } from "tap";
import { sealEntries } from "@partcommune/server/money/actions/seal";
import { firstBrokenSeal } from "@partcommune/server/money/actions/sealed-book";
import { checks } from "@partcommune/server/money/checks";
import { expiredHolds, placeHold, releaseHold } from "@partcommune/server/money/store/holds";
import { balanceOf, post } from "@partcommune/server/money/store/ledger";
import { failing } from "@partcommune/server/platform/checks";
import { accountOf } from "@partcommune/shared/money/rules/accounts";
import type { Hold } from "@partcommune/shared/money/rules/entry";
import { leafHash, pathOf, rootFromPath, rootOf } from "@partcommune/shared/platform/merkle";
import { amountText } from "@partcommune/shared/platform/money";
import { later } from "@partcommune/shared/platform/time";
import { endowed, entry, openBook, refused, type TestBook } from "../support/book.ts";

const eur = (minor: number) => ({ minor: BigInt(minor), currency: "EUR" });
const hold = (code: string, minor: number, key: string, kind: Hold["kind"] = "claim"): Hold => ({
  account: accountOf(code),
  money: eur(minor),
  kind,
  key,
});
const seal = (book: TestBook) => book.act((scope) => sealEntries(scope));

/** Balance, held and available as a person reads them. */
async function standing(book: TestBook, code: string): Promise<string> {
  const found = await balanceOf(book, accountOf(code));
  return found ? [found.balance, found.held, found.available].map(amountText).join(" ") : "-";
}

test("an invoice is held until the client pays, in parts", async (t) => {
  const book = await openBook(t);
  await book.post({
    ...entry("invoice.issued", "i", "receivable:client:9 +1000.00 · member:4:budget −915.00 · pot:reserve −85.00"),
    holds: [hold("member:4:budget", 91_500, "i:uncollected", "uncollected")],
  });
  t.equal(await standing(book, "member:4:budget"), "-915.00 915.00 0.00");
  const payout = entry("payout.ordered", "p", "member:4:budget +457.50 · payout:transit −457.50");
  await t.rejects(book.post(payout), refused("not-enough"));
  // Half is paid: half of the hold is posted, and the rest is held anew under the same locks.
  await book.post({
    ...entry("client.paid", "c1", "bank:main +500.00 · receivable:client:9 −500.00"),
    ends: [{ key: "i:uncollected", outcome: "posted", posted: eur(45_750) }],
    holds: [hold("member:4:budget", 45_750, "i:uncollected:2", "uncollected")],
  });
  t.equal(await standing(book, "member:4:budget"), "-915.00 457.50 457.50");
  await book.post(payout);
  // The guarantee pays the other half before the client does.
  await book.post(endowed("guarantee", "100.00"));
  const guarantee = {
    ...entry("guarantee.paid", "g", "member:4:budget +457.50 · payout:transit −457.50"),
    ends: [{ key: "i:uncollected:2", outcome: "posted", posted: eur(45_750) } as const],
    holds: [hold("pot:guarantee", 4_575, "i:guarantee", "guarantee")],
  };
  await book.post(guarantee);
  t.match(await book.post(guarantee), [{ fresh: false }], "and once");
  t.equal(await standing(book, "member:4:budget"), "0.00 0.00 0.00");
  t.equal(await standing(book, "pot:guarantee"), "-100.00 45.75 54.25");
});

test("a hold ends once, and not for more than it is", async (t) => {
  const book = await openBook(t);
  await book.post(endowed("insurance", "500.00"));
  t.equal(await book.act((scope) => placeHold(scope, hold("pot:insurance", 45_000, "claim:1"))), true);
  t.equal(await book.act((scope) => placeHold(scope, hold("pot:insurance", 45_000, "claim:1"))), false, "the same hold stands already");
  await t.rejects(
    book.act((scope) => placeHold(scope, hold("pot:insurance", 45_001, "claim:1"))),
    refused("idempotency-mismatch"),
  );
  await t.rejects(
    book.act((scope) => placeHold(scope, hold("pot:insurance", 5_001, "claim:2"))),
    refused("pot-floor", { short: { amount: "0.01", currency: "EUR" } }),
  );
  const approve = (key: string, minor: number) => ({
    ...entry("claim.approved", key, "pot:insurance +400.00 · claims:payable −400.00"),
    ends: [{ key: "claim:1", outcome: "posted", posted: eur(minor) } as const],
  });
  await t.rejects(book.post(approve("a1", 45_001)), refused("hold-ended"), "more than was held");
  const outcomes = await Promise.allSettled(["a2", "a3", "a4", "a5"].map(async (key) => book.post(approve(key, 40_000))));
  t.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1, "of four at once, one");
  t.equal(await standing(book, "pot:insurance"), "-100.00 0.00 100.00");
  await t.rejects(
    book.act((scope) => releaseHold(scope, "claim:1", "voided")),
    refused("hold-ended"),
  );
  await t.rejects(
    book.act((scope) => releaseHold(scope, "claim:none", "voided")),
    refused("hold-ended"),
  );
});

test("what has run out is free again", async (t) => {
  const book = await openBook(t);
  await book.post(endowed("insurance", "500.00"));
  await book.act((scope) => placeHold(scope, { ...hold("pot:insurance", 45_000, "claim:1"), expiresAt: later(book.now(), 1_000) }));
  t.same(await expiredHolds({ db: book.db, now: book.now() }, 10), []);
  book.wait(1_000);
  t.same(await expiredHolds({ db: book.db, now: book.now() }, 10), ["claim:1"]);
  t.equal(await book.act((scope) => releaseHold(scope, "claim:1", "expired")), true);
  t.equal(await book.act((scope) => releaseHold(scope, "claim:1", "expired")), false);
  t.equal(await standing(book, "pot:insurance"), "-500.00 0.00 500.00");
});

test("holds and ends of one batch meet, and a batch posts what single entries would", async (t) => {
  const book = await openBook(t);
  await book.post(
    {
      ...entry("invoice.issued", "i", "receivable:client:9 +1000.00 · member:4:budget −1000.00"),
      holds: [hold("member:4:budget", 100_000, "h1", "uncollected")],
    },
    {
      ...entry("client.paid", "c1", "bank:main +400.00 · receivable:client:9 −400.00"),
      ends: [{ key: "h1", outcome: "posted", posted: eur(40_000) }],
      holds: [hold("member:4:budget", 60_000, "h2", "uncollected")],
    },
    {
      ...entry("client.paid", "c2", "bank:main +600.00 · receivable:client:9 −600.00"),
      ends: [{ key: "h2", outcome: "posted", posted: eur(60_000) }],
    },
    entry("payout.ordered", "p", "member:4:budget +1000.00 · payout:transit −1000.00"),
  );
  t.equal(await standing(book, "member:4:budget"), "0.00 0.00 0.00");
  await t.rejects(
    book.post(endowed("reserve", "1.00"), {
      ...entry("client.paid", "c3", "bank:main +1.00 · receivable:client:9 −1.00"),
      ends: [{ key: "h2", outcome: "voided" }],
    }),
    refused("hold-ended"),
  );
});

test("sealing gives positions without gaps, moves the marks and changes no balance", async (t) => {
  const book = await openBook(t);
  t.same(await seal(book), { sealed: 0, more: false });
  await book.post(endowed("reserve", "100.00"), endowed("guarantee", "50.00"));
  t.same(await seal(book), { sealed: 2, more: false });
  await book.post(entry("premium.paid", "p", "pot:reserve +30.00 · payout:transit −30.00"));
  t.equal(await standing(book, "pot:reserve"), "-70.00 0.00 70.00", "mark and tail together");
  await t.rejects(book.post(entry("premium.paid", "p2", "pot:reserve +70.01 · payout:transit −70.01")), refused("pot-floor"));
  await Promise.all([seal(book), seal(book), seal(book)]);
  t.equal(await standing(book, "pot:reserve"), "-70.00 0.00 70.00");
  const { rows } = await sql`select position::int, key from ledger.sealed join ledger.entry using (entry_id) order by position`.execute(
    book.db,
  );
  t.same(rows, [
    { position: 1, key: "endowed:reserve:100.00" },
    { position: 2, key: "endowed:guarantee:50.00" },
    { position: 3, key: "p" },
  ]);
  const { rows: batches } = await sql<{
    trial: unknown;
  }>`select batch_no::int, from_position::int, to_position::int, trial from ledger.batch order by 1`.execute(book.db);
  t.match(batches, [
    { batch_no: 1, from_position: 1, to_position: 2, trial: { EUR: { debit: "15000", credit: "15000" } } },
    { batch_no: 2, from_position: 3, to_position: 3, trial: { EUR: { debit: "18000", credit: "18000" } } },
  ]);
  const { rows: marks } =
    await sql`select code, mark::int, mark_position::int from ledger.pool join ledger.account using (account_id) where code like 'pot:%' order by code`.execute(
      book.db,
    );
  t.same(marks, [
    { code: "pot:guarantee", mark: -5_000, mark_position: 2 },
    { code: "pot:reserve", mark: -7_000, mark_position: 3 },
  ]);
  t.equal(await firstBrokenSeal(book), undefined);
});

test("an entry that commits late is sealed late, never left out", async (t) => {
  const book = await openBook(t);
  await book.post(endowed("reserve", "1.00"));
  let commit = (): void => undefined;
  const gate = new Promise<void>((open) => (commit = open));
  let begun = (): void => undefined;
  const posted = new Promise<void>((done) => (begun = done));
  const slow = book.act(async (scope) => {
    await post(scope, [endowed("reserve", "2.00")]);
    begun();
    await gate;
  });
  await posted;
  await book.post(endowed("reserve", "4.00"));
  for (let round = 0; round < 4; round += 1) {
    await seal(book);
    await book.post(endowed("reserve", `${8 + round}.00`));
  }
  t.equal(await standing(book, "pot:reserve"), "-43.00 0.00 43.00");
  commit();
  await slow;
  t.equal(await standing(book, "pot:reserve"), "-45.00 0.00 45.00", "the late one counts though it lies below sealed ones");
  await seal(book);
  const { rows: late } = await sql<{ id: bigint }>`select max(entry_id) as id from ledger.entry`.execute(book.db);
  // Whatever transaction is the oldest of the whole server, other tests' databases included, holds the mark back: it moves when that one has ended.
  let low = 0n;
  let total = 45;
  for (let round = 0; round < 200 && low < (late[0]?.id ?? 0n); round += 1) {
    await book.post(endowed("reserve", `${20 + round}.00`));
    total += 20 + round;
    await seal(book);
    const { rows } = await sql<{ low: bigint }>`select max(low_entry) as low from ledger.batch`.execute(book.db);
    low = rows[0]?.low ?? 0n;
    if (low < (late[0]?.id ?? 0n)) await new Promise((ready) => void setTimeout(ready, 25));
  }
  t.ok(low >= (late[0]?.id ?? -1n), "and the low mark has moved up behind it");
  const { rows } = await sql<{ unsealed: bigint }>`
    select count(*) as unsealed from ledger.entry where not exists (select from ledger.sealed where sealed.entry_id = entry.entry_id)`.execute(
    book.db,
  );
  t.equal(rows[0]?.unsealed, 0n);
  t.equal(await standing(book, "pot:reserve"), `-${total}.00 0.00 ${total}.00`);
});

test("one changed byte anywhere is found and named", async (t) => {
  const book = await openBook(t, { tampered: true });
  await book.post(endowed("reserve", "1.00"), endowed("reserve", "2.00"), endowed("reserve", "3.00"));
  await seal(book);
  const tamperings: readonly (readonly [change: string, back: string, where: object])[] = [
    [
      "update ledger.leg set amount = amount * 2 where entry_id = 2",
      "update ledger.leg set amount = amount / 2 where entry_id = 2",
      { position: 2, key: "endowed:reserve:2.00" },
    ],
    [
      "update ledger.entry set at = at + interval '1 ms' where entry_id = 3",
      "update ledger.entry set at = at - interval '1 ms' where entry_id = 3",
      { position: 3 },
    ],
    [
      "update ledger.entry set bylaws = '{7}' where entry_id = 1",
      "update ledger.entry set bylaws = '{}' where entry_id = 1",
      { position: 1 },
    ],
    [
      "update ledger.entry set bearer = 'nobody' where entry_id = 1",
      "update ledger.entry set bearer = null where entry_id = 1",
      { position: 1 },
    ],
    [
      "update ledger.sealed set leaf = set_byte(leaf, 31, get_byte(leaf, 31) # 1) where position = 3",
      "update ledger.sealed set leaf = set_byte(leaf, 31, get_byte(leaf, 31) # 1) where position = 3",
      { position: 3 },
    ],
    [
      "update ledger.batch set root = set_byte(root, 0, get_byte(root, 0) # 1)",
      "update ledger.batch set root = set_byte(root, 0, get_byte(root, 0) # 1)",
      { batch: 1 },
    ],
  ];
  for (const [change, back, where] of tamperings) {
    // Only a superuser can: he turns the triggers off.
    const tamper = async (text: string) =>
      sql.raw(`set session_replication_role = replica; ${text}; set session_replication_role = origin`).execute(book.owner);
    await tamper(change);
    t.match(await firstBrokenSeal(book), where, change);
    await tamper(back);
    t.equal(await firstBrokenSeal(book), undefined, "and nothing when it is put back");
  }
  await sql
    .raw("set session_replication_role = replica; delete from ledger.sealed where position = 2; set session_replication_role = origin")
    .execute(book.owner);
  t.match(await firstBrokenSeal(book), { batch: 1, position: 3 });
});

test("the trees are those of RFC 6962", async (t) => {
  const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
  // The test vectors of the Certificate Transparency project.
  const inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"].map((text) =>
    Buffer.from(text, "hex"),
  );
  const roots = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ];
  const leaves = inputs.map((input) => leafHash(input, sha256));
  t.equal(hex(rootOf([], sha256)), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (const [at, root] of roots.entries()) {
    const some = leaves.slice(0, at + 1);
    t.equal(hex(rootOf(some, sha256)), root, `${at + 1} leaves`);
    for (const [index, leaf] of some.entries()) {
      const path = pathOf(some, index, sha256);
      const reached = (where: number, through = path): string =>
        hex(rootFromPath(leaf, where, some.length, through, sha256) ?? Buffer.of());
      t.equal(reached(index), root, `leaf ${index} of ${at + 1}`);
      for (const other of [index ^ 1, index + 1, -1, some.length]) t.not(reached(other), root, `not as leaf ${other}`);
      t.not(reached(index, [...path, leaf]), root, "not by a longer path");
      if (path.length > 0) t.not(reached(index, path.slice(1)), root, "nor by a shorter one");
    }
  }
});

test("the checks find what they are for", async (t) => {
  const book = await openBook(t, { tampered: true });
  await book.post({ ...endowed("reserve", "100.00"), holds: [hold("pot:reserve", 100, "h", "smoothing")] });
  await book.post(entry("invoice.issued", "i", "receivable:client:9 +100.00 · member:4:budget −100.00"));
  await book.post(
    entry("correction", "c", "receivable:client:9 −50.00 · member:4:budget +50.00", { reverses: "i", cites: { bearer: "none" } }),
  );
  await seal(book);
  const names = async (): Promise<readonly string[]> => (await failing(checks, book.db, book.now())).map(({ name }) => name);
  t.same(await names(), []);
  const faults: readonly (readonly [name: string, change: string, back: string])[] = [
    ["ledger-balances", "update ledger.balance set balance = balance + 1", "update ledger.balance set balance = balance - 1"],
    ["ledger-held", "update ledger.pool set held = held + 1", "update ledger.pool set held = held - 1"],
    ["ledger-marks", "update ledger.pool set mark = mark + 1", "update ledger.pool set mark = mark - 1"],
    [
      "ledger-trial-balance",
      "update ledger.leg set amount = amount + 1 where entry_id = 2 and no = 1",
      "update ledger.leg set amount = amount - 1 where entry_id = 2 and no = 1",
    ],
    ["ledger-legs", "update ledger.entry set legs = 3 where entry_id = 2", "update ledger.entry set legs = 2 where entry_id = 2"],
    [
      "ledger-positions",
      "update ledger.sealed set position = 9 where position = 3",
      "update ledger.sealed set position = 3 where position = 9",
    ],
    [
      "ledger-low-mark",
      "update ledger.batch set low_entry = 2; delete from ledger.sealed where position = 2",
      "update ledger.batch set low_entry = 0; insert into ledger.sealed select 2, 2, leaf from ledger.sealed where position = 1",
    ],
    ["ledger-reversed", "update ledger.reversible set reversed = reversed - 1", "update ledger.reversible set reversed = reversed + 1"],
    ["ledger-hold-expired", "update ledger.hold set expires_at = '2026-12-01'", "update ledger.hold set expires_at = null"],
    [
      "ledger-floors",
      "update ledger.pool set held = 10001 where floor is not null",
      "update ledger.pool set held = 100 where floor is not null",
    ],
  ];
  for (const [name, change, back] of faults) {
    const tamper = async (text: string) =>
      sql.raw(`set session_replication_role = replica; ${text}; set session_replication_role = origin`).execute(book.owner);
    await tamper(change);
    t.ok((await names()).includes(name), name);
    await tamper(back);
    t.same(await names(), [], `${name} is content again`);
  }
  await book.post(endowed("reserve", "1.00"));
  book.wait(601_000);
  t.same(await names(), ["ledger-unsealed"]);
});

test("the fee of an invoice is checked against the rate it cites", async (t) => {
  const book = await openBook(t, { tampered: true });
  await sql`select governance.found('{"fee.rate": 85000}', '2026-12-01')`.execute(book.db);
  const { rows } = await sql<{ id: bigint }>`select id from governance.bylaw_card`.execute(book.db);
  const invoice = (key: string, fee: string, earned: string, price: string) =>
    entry("invoice.issued", key, `receivable:client:9 +${price} · member:4:budget −${earned} · pot:reserve −${fee}`, {
      bylaws: [rows[0]?.id ?? 0n],
    });
  await book.post(
    invoice("golden", "170.00", "1830.00", "2000.00"),
    invoice("tie to even", "0.26", "2.74", "3.00"),
    invoice("tie to even below", "0.08", "0.92", "1.00"),
  );
  t.same(await failing(checks, book.db, book.now()), []);
  await book.post({
    ...invoice("cites no rate", "8.50", "91.50", "100.00"),
    bylaws: [],
    cites: { document: "01938f2e-0000-7000-8000-000000000001" },
  });
  await book.post(invoice("a cent too much", "170.01", "1829.99", "2000.00"), invoice("half up", "0.09", "0.91", "1.00"));
  t.match(await failing(checks, book.db, book.now()), [
    { name: "ledger-fee", rows: [{ key: "a cent too much" }, { key: "cites no rate" }, { key: "half up" }] },
  ]);
});
