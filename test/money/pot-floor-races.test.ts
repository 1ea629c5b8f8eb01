// Many who draw on one pot at once never bring it below its floor, and who pays in waits for nobody.
import { test } from "tap";
import { sealEntries } from "@partcommune/server/money/actions/seal";
import { placeHold } from "@partcommune/server/money/store/holds";
import { balanceOf, post } from "@partcommune/server/money/store/ledger";
import { accountOf } from "@partcommune/shared/money/rules/accounts";
import { endowed, entry, openBook, refused } from "../support/book.ts";

const pot = accountOf("pot:insurance");
const premium = (key: string, amount = "60.00") => entry("premium.paid", key, `pot:insurance +${amount} · payout:transit −${amount}`);
const isPotFloor = (outcome: PromiseSettledResult<unknown>): boolean =>
  outcome.status === "rejected" && (outcome.reason as { refusal?: { type: string } }).refusal?.type === "pot-floor";

test("40 withdrawals of 60 from 100 at once: one succeeds", async (t) => {
  const book = await openBook(t);
  await book.post(endowed("insurance", "100.00"));
  const outcomes = await Promise.allSettled(Array.from({ length: 40 }, async (_, at) => book.post(premium(`p${at}`))));
  t.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
  t.equal(outcomes.filter(isPotFloor).length, 39);
  t.equal((await balanceOf(book, pot))?.available.minor, 4_000n);
});

test("different kinds, holds, batches and the sealer at once never pass the floor", async (t) => {
  const book = await openBook(t);
  for (let round = 0; round < 15; round += 1) {
    await book.post(endowed("insurance", `${100 + round}.00`));
    const before = (await balanceOf(book, pot))?.available.minor ?? 0n;
    const outcomes = await Promise.allSettled([
      book.post(premium(`p${round}`)),
      book.post(entry("claim.approved", `c${round}`, "pot:insurance +60.00 · claims:payable −60.00")),
      book.act((scope) => placeHold(scope, { account: pot, money: { minor: 6_000n, currency: "EUR" }, kind: "claim", key: `h${round}` })),
      book.post(premium(`b${round}`), entry("share.paid", `s${round}`, "bank:main +20.00 · member:4:share −20.00")),
      book.act((scope) => sealEntries(scope)),
      book.post(premium(`q${round}`)),
    ]);
    for (const outcome of outcomes)
      if (outcome.status === "rejected" && !isPotFloor(outcome)) t.fail(`round ${round}: ${String(outcome.reason)}`);
    const drawn = outcomes.filter(({ status }, at) => status === "fulfilled" && at !== 4).length;
    const after = (await balanceOf(book, pot))?.available.minor ?? -1n;
    t.ok(after >= 0n, `round ${round}: ${after} is left`);
    t.equal(before - after, 6_000n * BigInt(drawn), `round ${round}: each success drew once`);
    t.equal(
      drawn,
      Number(before / 6_000n) > 4 ? 5 : Number(before / 6_000n),
      `round ${round}: and as many succeeded as there was money for`,
    );
  }
});

test("two pots drawn in opposite order do not deadlock", async (t) => {
  const book = await openBook(t);
  await book.post(endowed("insurance", "1000.00"), endowed("coaching", "1000.00"));
  const outcomes = await Promise.allSettled(
    Array.from({ length: 30 }, async (_, at) => {
      const legs = ["pot:insurance +1.00", "pot:coaching +1.00"];
      return book.post(entry("premium.paid", `p${at}`, `${(at % 2 === 0 ? legs : legs.toReversed()).join(" · ")} · payout:transit −2.00`));
    }),
  );
  t.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 30);
});

test("fees come in while a withdrawal is under way", async (t) => {
  const book = await openBook(t);
  await book.post(endowed("insurance", "100.00"));
  let finish = (): void => undefined;
  const gate = new Promise<void>((open) => (finish = open));
  let begun = (): void => undefined;
  const drawn = new Promise<void>((done) => (begun = done));
  const slow = book.act(async (scope) => {
    await post(scope, [premium("slow")]);
    begun();
    await gate;
  });
  await drawn;
  await book.post(endowed("insurance", "7.00"));
  t.pass("a fee did not wait");
  const rival = book.post(premium("rival"));
  finish();
  await slow;
  await t.rejects(
    rival,
    refused("pot-floor", { short: { amount: "13.00", currency: "EUR" } }),
    "who waited sees both the withdrawal and the fee",
  );
});

test("a correction restates what it must; one that names a pot as its bearer takes no more than is there, alone and in a batch", async (t) => {
  const book = await openBook(t);
  await book.post(endowed("reserve", "100.00"));
  const legs = "pot:reserve +60.00 · member:4:budget −60.00";
  const borne = (key: string, bearer: string) => entry("correction", key, legs, { cites: { bearer } });
  const other = (key: string) => entry("share.paid", key, "bank:main +20.00 · member:4:share −20.00");
  const twice = "pot:reserve +30.00 · pot:reserve +30.00 · member:4:budget −60.00";
  const rows = [
    ["booked", [borne("a", "pot:reserve")]],
    ["pot-floor", [borne("b", "pot:reserve")]],
    ["pot-floor", [borne("c", "pot:reserve"), other("d")]],
    ["pot-floor", [entry("correction", "e", twice, { cites: { bearer: "pot:reserve" } })]],
    ["booked", [borne("f", "none")]],
    ["booked", [borne("g", "none"), other("h")]],
  ] as const;
  for (const [wanted, entries] of rows) {
    const [outcome] = await Promise.allSettled([book.post(...entries)]);
    t.equal(outcome.status === "fulfilled" ? "booked" : isPotFloor(outcome) && "pot-floor", wanted, entries.map(({ key }) => key).join());
  }
  t.equal((await balanceOf(book, accountOf("pot:reserve")))?.balance.minor, 8_000n);
});
