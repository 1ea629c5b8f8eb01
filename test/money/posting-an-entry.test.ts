// An entry is posted once, whole, balanced, on open accounts and open days; what is not there is not taken.
import { sql } from "kysely";
import { test } from "tap";
import { accountIds, closeAccount, setFloor } from "@partcommune/server/money/store/accounts";
import { balanceOf, balancesUnder, closeUntil, entriesOf, entryByKey, trialBalance } from "@partcommune/server/money/store/ledger";
import { accountOf } from "@partcommune/shared/money/rules/accounts";
import type { Entry } from "@partcommune/shared/money/rules/entry";
import { amountText } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { endowed, entry, legsText, openBook, refused, stateOf, type TestBook } from "../support/book.ts";

const invoice = entry(
  "invoice.issued",
  "invoice:1:issued",
  "receivable:client:9 +2420.00 · vat:BE:due −420.00 · member:4:budget −1830.00 · pot:guarantee −68.00 · pot:insurance −34.00 · pot:coaching −17.00 · pot:advances −17.00 · pot:reserve −34.00",
);

const shown = async (book: TestBook, ...codes: readonly string[]) =>
  Promise.all(
    codes.map(async (code) =>
      (await balanceOf(book, accountOf(code))) ? amountText((await balanceOf(book, accountOf(code)))!.balance) : "-",
    ),
  );

test("balances follow the legs, exact and pool alike", async (t) => {
  const book = await openBook(t);
  const [posted] = await book.post(invoice);
  t.match(posted, { key: "invoice:1:issued", fresh: true });
  t.same(await shown(book, "receivable:client:9", "vat:BE:due", "member:4:budget", "pot:guarantee", "pot:running"), [
    "2420.00",
    "-420.00",
    "-1830.00",
    "-68.00",
    "-",
  ]);
  const budget = await balanceOf(book, accountOf("member:4:budget"));
  t.equal(budget?.available.minor, 183_000n);
  t.same(
    (await balancesUnder(book, "pot:")).map(({ account, available }) => [account.code, amountText(available)]),
    [
      ["pot:advances", "17.00"],
      ["pot:coaching", "17.00"],
      ["pot:guarantee", "68.00"],
      ["pot:insurance", "34.00"],
      ["pot:reserve", "34.00"],
    ],
  );
  t.same(await trialBalance(book), [{ currency: "EUR", debit: 242_000n, credit: 242_000n, difference: 0n }]);
});

test("the same business fact is one entry, however often and however many at once", async (t) => {
  const book = await openBook(t);
  const answers = await Promise.all(Array.from({ length: 20 }, async () => book.post(invoice)));
  t.equal(answers.filter(([posted]) => posted?.fresh).length, 1);
  t.equal(new Set(answers.map(([posted]) => posted?.entry)).size, 1);
  await t.rejects(book.post({ ...invoice, legs: [...invoice.legs].toReversed() }), refused("idempotency-mismatch"));
  await t.rejects(book.post({ ...invoice, on: "2026-12-08" as Day }), refused("idempotency-mismatch"));
  const again = await book.post(invoice, entry("client.paid", "bankline:a:1", "bank:main +2420.00 · receivable:client:9 −2420.00"));
  t.same(
    again.map(({ fresh }) => fresh),
    [false, true],
    "a batch takes what is new",
  );
  await t.rejects(
    book.post({ ...invoice, on: "2026-12-08" as Day }, entry("client.paid", "bankline:a:2", "bank:main +1.00 · receivable:client:9 −1.00")),
    refused("idempotency-mismatch"),
  );
  t.equal(await entryByKey(book, "bankline:a:2"), undefined, "a batch is posted whole or not at all");
});

test("a key twice in one batch is one entry, and two contents under it are refused", async (t) => {
  const book = await openBook(t);
  const posted = await book.post(invoice, endowed("reserve", "10.00"), invoice);
  t.same(
    posted.map(({ fresh }) => fresh),
    [true, true, false],
  );
  t.equal(posted[0]?.entry, posted[2]?.entry);
  t.same(await shown(book, "receivable:client:9"), ["2420.00"]);
  const other = entry("share.paid", "s", "bank:main +20.00 · member:4:share −20.00");
  await t.rejects(book.post(other, entry("share.paid", "s", "bank:main +21.00 · member:4:share −21.00")), refused("idempotency-mismatch"));
});

test("more entries than the book takes in one call are posted all of them or none", async (t) => {
  const book = await openBook(t);
  const many = Array.from({ length: 5_001 }, (_, at) =>
    entry("bank.unmatched", `statement-line:${at}`, "bank:main +0.01 · suspense:unmatched −0.01"),
  );
  const last = entry("share.paid", "last", "bank:main +20.00 · member:4:share −20.01");
  await t.rejects(book.post(...many, last), { code: "PC002" });
  t.same(await trialBalance(book), []);
  t.equal((await book.post(...many)).filter(({ fresh }) => fresh).length, 5_001);
  t.same(await shown(book, "bank:main"), ["50.01"]);
});

const refusedLegs: readonly (readonly [says: string, legs: string, code: string])[] = [
  ["a sum that is not zero", "bank:main +20.00 · member:4:share −20.01", "PC002"],
  ["two currencies that cancel as numbers", "fx:CHF +20.00 CHF · member:4:share −20.00", "PC002"],
  ["one leg", "bank:main +20.00", "23514"],
  ["a leg of nothing", "bank:main +20.00 · rounding +0.00 · member:4:share −20.00", "23514"],
];

test("legs that do not hold are refused, alone and in a batch", async (t) => {
  const book = await openBook(t);
  for (const [says, legs, code] of refusedLegs) {
    await t.rejects(book.post(entry("share.paid", says, legs)), { code }, says);
    await t.rejects(book.post(endowed("reserve", "10.00"), entry("share.paid", says, legs)), { code }, `${says}, in a batch`);
  }
  await t.rejects(
    book.post(entry("share.paid", "chf", "bank:main +20.00 CHF · member:4:share −20.00 CHF"), endowed("reserve", "1.00")),
    RangeError,
    "an account has one currency",
  );
  t.same(await shown(book, "bank:main", "member:4:share"), ["-", "-"], "and nothing is left behind");
});

let uids = 0;

/** One element of a batch in the function's own words. */
const raw = (change: Record<string, unknown>): string => {
  const whole = {
    uid: `01900000-0000-7000-8000-${String((uids += 1)).padStart(12, "0")}`,
    kind: "share.paid",
    key: "raw",
    print: "00".repeat(32),
    at: "2026-12-07T10:00:00Z",
    on: "2026-12-07",
    bylaws: [],
  };
  return `select * from ledger.post('${JSON.stringify([{ ...whole, ...change }])}')`;
};

test("the function believes no caller", async (t) => {
  const book = await openBook(t);
  await book.post(entry("share.paid", "s", "bank:main +20.00 · member:4:share −20.00"));
  const ids = await book.act(({ tx }) =>
    accountIds(tx, [
      { account: accountOf("bank:main"), currency: "EUR" },
      { account: accountOf("member:4:share"), currency: "EUR" },
    ]),
  );
  const [bank, share] = [Number(ids.get("bank:main")), Number(ids.get("member:4:share"))];
  const legs = (first: unknown, second: unknown) => ({
    legs: [
      [bank, "EUR", first],
      [share, "EUR", second],
    ],
  });
  t.equal(await stateOf(book.db, raw(legs("1", "-1"))), "done");
  t.equal(await stateOf(book.db, raw({ ...legs(1, -1), key: "n" })), "PC004", "a number is no amount");
  t.equal(await stateOf(book.db, raw({ ...legs("1.0", "-1"), key: "f" })), "22P02", "nor is a fraction");
  t.equal(await stateOf(book.db, raw({ ...legs("9223372036854775808", "-1"), key: "b" })), "22003", "nor what does not fit");
  t.equal(await stateOf(book.db, raw({ ...legs("1", "-1"), key: "k", kind: "gift.made" })), "22P02", "an unknown kind");
  t.equal(
    await stateOf(
      book.db,
      raw({
        legs: [
          [999_999, "EUR", "1"],
          [share, "EUR", "-1"],
        ],
        key: "u",
      }),
    ),
    "23503",
    "an unknown account",
  );
  t.equal(
    await stateOf(
      book.db,
      raw({
        legs: [
          [bank, "CHF", "1"],
          [share, "CHF", "-1"],
        ],
        key: "c",
      }),
    ),
    "23503",
    "a currency that is not the account's",
  );
  t.equal(await stateOf(book.db, raw({ ...legs("1", "-1"), key: "p", print: "00" })), "23514", "a print of another size");
  t.equal(await stateOf(book.db, "select * from ledger.post('[]')"), "PC004", "an empty batch");
});

test("a member cannot be paid what is not there, and a client's debt has no floor", async (t) => {
  const book = await openBook(t);
  await book.post(invoice);
  const pay = (key: string, amount: string) => entry("payout.ordered", key, `member:4:budget +${amount} · payout:transit −${amount}`);
  await t.rejects(
    book.post(pay("p1", "1830.01")),
    refused("not-enough", { account: "member:4:budget", short: { amount: "0.01", currency: "EUR" } }),
  );
  await t.rejects(book.post(pay("p2", "1830.00"), pay("p3", "0.01")), refused("not-enough", { short: { amount: "0.01" } }));
  await book.post(pay("p4", "1830.00"));
  await book.post(
    entry(
      "invoice.credited",
      "c1",
      "receivable:client:9 −605.00 · vat:BE:due +105.00 · member:4:budget +457.50 · pot:guarantee +17.00 · pot:insurance +8.50 · pot:coaching +4.25 · pot:advances +4.25 · pot:reserve +8.50",
    ),
  );
  t.same(await shown(book, "member:4:budget"), ["457.50"], "a credit note is a fact: the member owes it");
  await book.post(entry("client.paid", "paid", "bank:main +2420.00 · receivable:client:9 −2420.00"));
  t.same(await shown(book, "receivable:client:9"), ["-605.00"]);
  // What is owed does not stop new work from being invoiced and held.
  await book.post({
    ...entry("invoice.issued", "invoice:2:issued", "receivable:client:9 +100.00 · member:4:budget −100.00"),
    holds: [{ account: accountOf("member:4:budget"), money: { minor: 10_000n, currency: "EUR" }, kind: "uncollected", key: "h" }],
  });
});

test("twenty payouts of a budget at once take it once", async (t) => {
  const book = await openBook(t);
  await book.post(invoice);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, async (_, at) =>
      book.post(entry("payout.ordered", `p${at}`, "member:4:budget +1000.00 · payout:transit −1000.00")),
    ),
  );
  t.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
  for (const outcome of outcomes) if (outcome.status === "rejected") t.match(outcome.reason, refused("not-enough"));
});

test("batches that cross each other's accounts do not deadlock", async (t) => {
  const book = await openBook(t);
  const paid = (batch: number, member: number): Entry =>
    entry("share.paid", `s:${batch}:${member}`, `bank:main +20.00 · member:${member}:share −20.00`);
  const members = Array.from({ length: 30 }, (_, at) => at + 1);
  await book.post(...members.map((member) => paid(0, member)));
  const outcomes = await Promise.allSettled(
    Array.from({ length: 10 }, async (_, at) => {
      const order = at % 2 === 0 ? members : members.toReversed();
      return book.post(...order.map((member) => paid(at + 1, member)));
    }),
  );
  t.same(
    outcomes.filter(({ status }) => status === "rejected"),
    [],
  );
  t.same(await shown(book, "bank:main", "member:7:share"), ["6600.00", "-220.00"]);
});

test("closed days, closed accounts, closed years", async (t) => {
  const book = await openBook(t);
  await book.post(entry("share.paid", "s", "bank:main +20.00 · member:4:share −20.00"));
  await book.act((scope) => closeUntil(scope, "2026-11-30" as Day));
  await t.rejects(
    book.post({ ...endowed("reserve", "1.00"), on: "2026-11-30" as Day }),
    refused("period-closed", { closedUntil: "2026-11-30" }),
  );
  await t.rejects(
    book.post({ ...endowed("reserve", "1.00"), on: "2026-11-30" as Day }, endowed("reserve", "2.00")),
    refused("period-closed"),
  );
  await t.rejects(
    book.act((scope) => closeUntil(scope, "2026-10-31" as Day)),
    refused("period-closed"),
    "a closed period stays closed",
  );
  await book.post(endowed("reserve", "3.00"));

  const share = await book.act(
    async ({ tx }) => (await accountIds(tx, [{ account: accountOf("member:4:share"), currency: "EUR" }])).get("member:4:share") ?? 0n,
  );
  await t.rejects(
    book.act((scope) => closeAccount(scope, share)),
    refused("account-not-empty"),
  );
  await book.post(entry("share.repaid", "r", "member:4:share +20.00 · payout:transit −20.00"));
  await book.act((scope) => closeAccount(scope, share));
  await t.rejects(book.post(entry("share.paid", "s2", "bank:main +20.00 · member:4:share −20.00")), refused("account-closed"));
  await t.rejects(
    book.post(entry("share.paid", "s3", "bank:main +20.00 · member:4:share −20.00"), endowed("reserve", "4.00")),
    refused("account-closed"),
  );

  const future = { ...endowed("reserve", "5.00"), on: "2031-01-01" as Day };
  await t.rejects(book.post(future), { code: "23514" }, "a year that nobody opened");
  await sql`select ledger.open_year(2031)`.execute(book.db);
  await sql`select ledger.open_year(2031)`.execute(book.db);
  await book.post(future);
});

test("an entry is taken back in parts, never more than it was, on its own accounts only", async (t) => {
  const book = await openBook(t);
  await book.post(invoice);
  const credit = (key: string, legs: string, reverses = invoice.key) => entry("invoice.credited", key, legs, { reverses });
  const quarter =
    "receivable:client:9 −605.00 · vat:BE:due +105.00 · member:4:budget +457.50 · pot:guarantee +17.00 · pot:insurance +8.50 · pot:coaching +4.25 · pot:advances +4.25 · pot:reserve +8.50";
  await t.rejects(
    book.post(credit("other", "receivable:client:9 −605.00 · member:5:budget +605.00")),
    refused("over-reversed"),
    "not another member's money",
  );
  await t.rejects(book.post(credit("more", "receivable:client:9 −2420.01 · member:4:budget +2420.01")), refused("over-reversed"));
  await t.rejects(
    book.post(credit("again", "receivable:client:9 +605.00 · member:4:budget −605.00")),
    refused("over-reversed"),
    "not more of the same",
  );
  await t.rejects(book.post(credit("nothing", quarter, "invoice:none")), refused("over-reversed"));
  const outcomes = await Promise.allSettled(Array.from({ length: 12 }, async (_, at) => book.post(credit(`q${at}`, quarter))));
  t.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 4, "four quarters are the whole");
  for (const outcome of outcomes) if (outcome.status === "rejected") t.match(outcome.reason, refused("over-reversed"));
  t.same(await shown(book, "receivable:client:9", "member:4:budget", "pot:guarantee"), ["0.00", "0.00", "0.00"]);
  const { rows } = await sql<{ no: number }>`select no from ledger.reversal order by no`.execute(book.db);
  t.same(
    rows.map(({ no }) => no),
    [1, 2, 3, 4],
  );
});

test("an account opened by an entry that fails is opened anew by the next", async (t) => {
  const book = await openBook(t);
  await t.rejects(
    book.act(async (scope) => {
      await accountIds(scope.tx, [{ account: accountOf("member:5:share"), currency: "EUR" }]);
      await accountIds(scope.tx, [{ account: accountOf("member:5:share"), currency: "EUR" }]);
      throw new Error("the action fails");
    }),
    { message: "the action fails" },
  );
  await book.post(entry("share.paid", "s", "bank:main +20.00 · member:5:share −20.00"));
  t.same(await shown(book, "member:5:share"), ["-20.00"]);
});

test("the entries of an account are read page by page, newest first", async (t) => {
  const book = await openBook(t);
  for (let at = 1; at <= 5; at += 1) await book.post(entry("share.paid", `s${at}`, `bank:main +${at}.00 · member:4:share −${at}.00`));
  await book.post(endowed("reserve", "9.00"));
  const first = await entriesOf(book, accountOf("member:4:share"), { limit: 2 });
  const second = await entriesOf(book, accountOf("member:4:share"), {
    limit: 2,
    ...(first.next === undefined ? {} : { after: first.next }),
  });
  const third = await entriesOf(book, accountOf("member:4:share"), {
    limit: 2,
    ...(second.next === undefined ? {} : { after: second.next }),
  });
  t.same(
    [first, second, third].map(({ items }) => items.map(({ key }) => key)),
    [["s5", "s4"], ["s3", "s2"], ["s1"]],
  );
  t.equal(third.next, undefined);
  t.equal(legsText(first.items[0]?.legs ?? []), "bank:main +5.00 · member:4:share −5.00");
  t.match(first.items[0], { on: "2026-12-07", at: "2026-12-07T10:00:00.000Z", kind: "share.paid" });
});

test("a voted floor binds the pot from its moment", async (t) => {
  const book = await openBook(t);
  await book.post(endowed("guarantee", "100.00"));
  await book.act((scope) => setFloor(scope, { account: accountOf("pot:guarantee"), currency: "EUR" }, 5_000n, 1n));
  const premium = (key: string, amount: string) => entry("premium.paid", key, `pot:guarantee +${amount} · payout:transit −${amount}`);
  await t.rejects(
    book.post(premium("p1", "50.01")),
    refused("pot-floor", { account: "pot:guarantee", short: { amount: "0.01", currency: "EUR" } }),
  );
  await book.post(premium("p2", "50.00"));
  await t.rejects(
    book.act((scope) => setFloor(scope, { account: accountOf("bank:main"), currency: "EUR" }, 5_000n, 1n)),
    refused("account-closed"),
  );
});
