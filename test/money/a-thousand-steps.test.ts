// Whatever happens in whatever order, the book agrees with itself and with a few lines that keep the same account.
import fc from "fast-check";
import { test } from "tap";
import { sealEntries } from "@partcommune/server/money/actions/seal";
import { firstBrokenSeal } from "@partcommune/server/money/actions/sealed-book";
import { checks } from "@partcommune/server/money/checks";
import { placeHold, releaseHold } from "@partcommune/server/money/store/holds";
import { balanceOf } from "@partcommune/server/money/store/ledger";
import { failing } from "@partcommune/server/platform/checks";
import { Refused } from "@partcommune/server/platform/refused";
import { accountOf } from "@partcommune/shared/money/rules/accounts";
import type { Entry } from "@partcommune/shared/money/rules/entry";
import {
  legsOfClientPaid,
  legsOfCorrection,
  legsOfInvoice,
  legsOfPayoutOrdered,
  legsOfPayoutSettled,
  type Leg,
} from "@partcommune/shared/money/rules/legs";
import { openBook, today, type TestBook } from "../support/book.ts";

type Step =
  | { readonly does: "invoice" | "payClient" | "payMember" | "premium" | "settle"; readonly who: number; readonly minor: bigint }
  | { readonly does: "hold" | "release" | "repeat" | "correct" | "seal"; readonly who: number; readonly minor: bigint };

const steps = fc.array(
  fc.record({
    does: fc.constantFrom(
      "invoice",
      "invoice",
      "payClient",
      "payMember",
      "premium",
      "settle",
      "hold",
      "release",
      "repeat",
      "correct",
      "seal",
    ),
    who: fc.nat(4),
    minor: fc.oneof(fc.bigInt(1n, 300n), fc.bigInt(1n, 500_000n)),
  }),
  { minLength: 1_000, maxLength: 1_000 },
) as fc.Arbitrary<Step[]>;

const split = { guarantee: 400_000n, insurance: 200_000n, coaching: 100_000n, advances: 100_000n, reserve: 200_000n, running: 0n };
const eur = (minor: bigint) => ({ minor, currency: "EUR" });

/** The same book in a map: what each account came to, and what is held of it. */
type Shadow = {
  readonly sums: Map<string, bigint>;
  readonly held: Map<string, bigint>;
  readonly posted: Entry[];
  readonly holds: Map<string, { code: string; minor: bigint }>;
};

function legsOf({ does, who, minor }: Step): { readonly kind: Entry["kind"]; readonly legs: readonly Leg[] } | undefined {
  const [client, member] = [String(who), String((who * 3) % 5)];
  if (does === "invoice")
    return {
      kind: "invoice.issued",
      legs: legsOfInvoice({
        client,
        country: "BE",
        price: eur(minor),
        vatRate: 210_000n,
        feeRate: 85_000n,
        fundSplit: split,
        team: [
          { member, part: 2n },
          { member: "x", part: 1n },
        ],
      }),
    };
  if (does === "payClient") return { kind: "client.paid", legs: legsOfClientPaid({ client, bank: "main", received: eur(minor) }) };
  if (does === "payMember") return { kind: "payout.ordered", legs: legsOfPayoutOrdered(member, eur(minor)) };
  if (does === "settle") return { kind: "payout.settled", legs: legsOfPayoutSettled("main", eur(minor)) };
  if (does === "premium")
    return {
      kind: "premium.paid",
      legs: [
        { account: accountOf("pot:insurance"), money: eur(minor) },
        { account: accountOf("payout:transit"), money: eur(-minor) },
      ],
    };
  return undefined;
}

/** What the shadow says must happen: the refusal, or none. */
function expected({ sums, held }: Shadow, entry: Entry): string | undefined {
  const [first] = entry.legs;
  if (!first || (entry.kind !== "payout.ordered" && entry.kind !== "premium.paid")) return undefined;
  const { code } = first.account;
  const available = -(sums.get(code) ?? 0n) - (held.get(code) ?? 0n);
  if (first.money.minor <= available) return undefined;
  return entry.kind === "premium.paid" ? "pot-floor" : "not-enough";
}

async function outcome(act: Promise<unknown>): Promise<string | undefined> {
  return act.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof Refused) return error.refusal.type;
      throw error;
    },
  );
}

function keep(shadow: Shadow, entry: Entry): void {
  for (const { account, money } of entry.legs) shadow.sums.set(account.code, (shadow.sums.get(account.code) ?? 0n) + money.minor);
  shadow.posted.push(entry);
}

/** Does one step on both; the name of the step when they disagree. */
async function step(book: TestBook, shadow: Shadow, each: Step, at: number): Promise<string | undefined> {
  const { does, who, minor } = each;
  if (does === "seal") await book.act((scope) => sealEntries(scope));
  else if (does === "hold" || does === "release") return holdStep(book, shadow, each, at);
  else if (does === "repeat" || does === "correct") return againStep(book, shadow, each, at);
  else {
    const entry: Entry = { key: `step:${at}`, on: today, bylaws: [], ...(legsOf(each) ?? { kind: "correction", legs: [] }) };
    if (entry.legs.length < 2) return undefined;
    const wanted = expected(shadow, entry);
    // Some entries travel in a batch: the two paths must not be told apart.
    const beside: Entry = {
      kind: "share.paid",
      key: `step:${at}:share`,
      on: today,
      bylaws: [],
      legs: [
        { account: accountOf("bank:main"), money: eur(1n) },
        { account: accountOf(`member:${who}:share`), money: eur(-1n) },
      ],
    };
    const together = minor % 3n === 0n ? [beside, entry] : [entry];
    const found = await outcome(book.post(...together));
    if (found === undefined) for (const posted of together) keep(shadow, posted);
    if (found !== wanted) return `${at} ${does} ${minor}: ${found ?? "posted"} instead of ${wanted ?? "posted"}`;
  }
  return undefined;
}

async function holdStep(book: TestBook, shadow: Shadow, { does, who, minor }: Step, at: number): Promise<string | undefined> {
  const code = who % 2 === 0 ? "pot:insurance" : `member:${(who * 3) % 5}:budget`;
  const heldNow = shadow.held.get(code) ?? 0n;
  if (does === "hold") {
    const wanted = minor <= -(shadow.sums.get(code) ?? 0n) - heldNow ? undefined : who % 2 === 0 ? "pot-floor" : "not-enough";
    const found = await outcome(
      book.act((scope) => placeHold(scope, { account: accountOf(code), money: eur(minor), kind: "claim", key: `hold:${at}` })),
    );
    if (found === undefined) shadow.holds.set(`hold:${at}`, { code, minor });
    if (found === undefined) shadow.held.set(code, heldNow + minor);
    return found === wanted ? undefined : `${at} hold ${minor} on ${code}: ${found ?? "placed"} instead of ${wanted ?? "placed"}`;
  }
  const [open] = shadow.holds;
  if (!open) return undefined;
  const [key, hold] = open;
  await book.act((scope) => releaseHold(scope, key, "voided"));
  shadow.holds.delete(key);
  shadow.held.set(hold.code, (shadow.held.get(hold.code) ?? 0n) - hold.minor);
  return undefined;
}

async function againStep(book: TestBook, shadow: Shadow, { does, minor }: Step, at: number): Promise<string | undefined> {
  const original = shadow.posted[Number(minor) % Math.max(1, shadow.posted.length)];
  if (!original) return undefined;
  if (does === "repeat") {
    const [again] = await book.post(original);
    return again?.fresh === false ? undefined : `${at} repeat of ${original.key} was posted anew`;
  }
  const mirror: Entry = {
    kind: "correction",
    key: `step:${at}`,
    on: today,
    bylaws: [],
    legs: legsOfCorrection(original.legs),
    cites: { bearer: "none" },
    reverses: original.key,
  };
  const before = shadow.posted.some(({ reverses }) => reverses === original.key);
  const found = await outcome(book.post(mirror));
  if (found === undefined) keep(shadow, mirror);
  return (found === "over-reversed") === before ? undefined : `${at} correction of ${original.key}: ${found ?? "posted"}`;
}

test("a thousand random steps end with clean checks and the balances of a map", { timeout: 120_000 }, async (t) => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const book = await openBook(t);
      const shadow: Shadow = { sums: new Map(), held: new Map(), posted: [], holds: new Map() };
      const wrong: string[] = [];
      for (const [at, each] of all.entries()) {
        const fault = await step(book, shadow, each, at);
        if (fault !== undefined) wrong.push(fault);
      }
      t.same(wrong, []);
      for (const [code, minor] of shadow.sums) t.equal((await balanceOf(book, accountOf(code)))?.balance.minor, minor, code);
      t.same(await failing(checks, book.db, book.now()), []);
      await book.act((scope) => sealEntries(scope));
      t.equal(await firstBrokenSeal(book), undefined);
      t.ok(shadow.posted.length > 300, `${shadow.posted.length} entries were posted`);
    }),
    { numRuns: 1, seed: 20_261_207, endOnFailure: true },
  );
});
