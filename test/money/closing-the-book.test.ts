// Closing months: in their order, with the bank's word, by two people, and then nothing is dated into them; with December the year's costs are borne.
import { test } from "tap";
import { z } from "zod";
import { post } from "@partcommune/server/money/store/ledger";
import type { Refused } from "@partcommune/server/platform/refused";
import { confirmBankLine, confirmClosing, discardClosing, proposeClosing, readClosing } from "@partcommune/shared/money/api";
import { accountOf, bank } from "@partcommune/shared/money/rules/accounts";
import { legsOfYearClosed, nextClosing } from "@partcommune/shared/money/rules/closing";
import { operator } from "@partcommune/shared/platform/actor";
import { amountText, moneyFrom } from "@partcommune/shared/platform/money";
import { dayMs, type Day } from "@partcommune/shared/platform/time";
import type { TestCoop } from "../support/coop.ts";
import { entered, eur, treasury, type Treasury } from "../support/treasury.ts";

const endowed = { kind: "endowed", pot: "guarantee", by: "founders", from: "the founders" } as const;

/** An endowment of one day, entered and confirmed. */
async function given({ coop, tess, tom }: Treasury, amount: string, bookedOn: string): Promise<void> {
  const { id } = (await entered({ coop, tess }, endowed, amount, { bookedOn })).body;
  const said = await tom.call(confirmBankLine, { line: id });
  if (said.problem) throw new Error(said.text);
  await coop.keepTime();
}

/** Both treasurers close a month; the refusal, where there is one. */
async function closed({ tess, tom }: Treasury, until: string, balance: string): Promise<string | undefined> {
  const { body, problem } = await tess.call(proposeClosing, { until: until as Day, bank: eur(balance) });
  if (problem) return problem;
  return (await tom.call(confirmClosing, { closing: body.id })).problem;
}

test("months follow each other; those without an entry are closed with the next that has one, though a year is never left open", (t) => {
  const rows = [
    ["2025-12-31", undefined, "2026-01-31"],
    ["2025-12-31", "2026-11-20", "2026-11-30"],
    ["2026-01-31", "2026-02-01", "2026-02-28"],
    ["2028-01-31", "2028-02-29", "2028-02-29"],
    ["2026-11-30", "2027-03-05", "2026-12-31"],
    ["2026-12-31", undefined, "2027-01-31"],
  ] as const;
  for (const [closedUntil, first, wanted] of rows) t.equal(nextClosing(closedUntil as Day, first as Day | undefined), wanted);
  t.end();
});

test("who bears the costs of a year", (t) => {
  const of = (amount: string) => moneyFrom(eur(amount));
  const rows = [
    ["5.00", "17.00", "0.00", "pot:reserve 22.00"],
    ["5.00", "17.00", "10.00", "pot:running 10.00 pot:reserve 12.00"],
    ["5.00", "17.00", "22.00", "pot:running 22.00"],
    ["5.00", "17.00", "-3.00", "pot:reserve 22.00"],
    ["5.00", "-30.00", "100.00", "pot:reserve -25.00"],
    ["5.00", "-5.00", "100.00", ""],
  ] as const;
  for (const [charges, exchange, running, wanted] of rows) {
    const legs = legsOfYearClosed(
      [
        { account: accountOf("expense:bank"), left: of(charges) },
        { account: accountOf("fx:result"), left: of(exchange) },
      ],
      of(running),
    );
    t.equal(
      legs.reduce((so, { money }) => so + money.minor, 0n),
      0n,
    );
    const borne = legs
      .filter(({ account }) => account.code.startsWith("pot:"))
      .map(({ account, money }) => `${account.code} ${amountText(money)}`);
    t.equal(borne.join(" "), wanted);
  }
  t.end();
});

test("a month is closed in its turn, when the bank agrees and nothing waits, by another person than who proposed it", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, tom, buyer } = stage;
  t.same((await tess.call(readClosing, {})).body, { closed: [] }, "before anything was booked there is no book");
  await given(stage, "1000.00", "2026-11-20");
  await given(stage, "250.00", "2026-12-01");
  const { body } = await tess.call(readClosing, {});
  t.match(body, { closedUntil: "2025-12-31", next: { until: "2026-11-30", over: true, lines: 0, unsealed: 0, bank: eur("1000.00") } });
  t.equal((await buyer.call(readClosing, {})).status, 403);
  t.equal((await buyer.call(proposeClosing, { until: "2026-11-30" as Day, bank: eur("1000.00") })).status, 403);
  t.equal(await closed(stage, "2026-10-31", "0.00"), "closing-out-of-turn");
  const { id: waiting } = (await entered(stage, endowed, "9.00", { bookedOn: "2026-11-30" })).body;
  t.equal(await closed(stage, "2026-11-30", "1000.00"), "closing-lines-wait");
  await tom.call(confirmBankLine, { line: waiting });
  const differs = await tess.call(proposeClosing, { until: "2026-11-30" as Day, bank: eur("1009.01") });
  t.equal(differs.problem, "closing-bank-differs");
  t.match(JSON.parse(differs.text), { facts: { bank: eur("1009.01"), book: eur("1009.00") } });
  t.equal((await tess.call(proposeClosing, { until: "2026-11-30" as Day, bank: eur("1009.00") })).problem, "closing-unsealed");
  await coop.keepTime();
  const { id } = (await tess.call(proposeClosing, { until: "2026-11-30" as Day, bank: eur("1009.00") })).body;
  t.equal((await tom.call(proposeClosing, { until: "2026-11-30" as Day, bank: eur("1009.00") })).problem, "closing-proposed-already");
  t.equal((await tess.call(confirmClosing, { closing: id })).problem, "second-person-needed");
  t.same((await tess.call(readClosing, {})).body.proposed, { id, until: "2026-11-30", by: "Tess", mine: true });
  await given(stage, "1.00", "2026-11-29");
  t.equal((await tom.call(confirmClosing, { closing: id })).problem, "closing-bank-differs", "what came meanwhile counts");
  await tess.call(discardClosing, { closing: id });
  t.equal((await tom.call(confirmClosing, { closing: id })).problem, "not-in-this-state");
  t.equal(await closed(stage, "2026-11-30", "1010.00"), undefined);
  const after = (await tess.call(readClosing, {})).body;
  t.match(after, { closedUntil: "2026-11-30", next: { until: "2026-12-31", over: false, bank: eur("1260.00") } });
  t.match(after.closed[0], { until: "2026-11-30", by: "Tess", confirmedBy: "Tom" });
  t.equal(after.closed.length, 1);
  const late = (await entered(stage, endowed, "9.00", { bookedOn: "2026-11-30" })).body.id;
  t.equal((await tom.call(confirmBankLine, { line: late })).problem, "period-closed");
  t.equal(await closed(stage, "2026-12-31", "1260.00"), "closing-out-of-turn", "December is not over");
});

test("with December the running pot and the reserve bear what the year has cost", async (t) => {
  const stage = await treasury(t, { now: "2026-12-20T09:00:00Z" });
  const { coop, tess } = stage;
  await given(stage, "1000.00", "2026-11-20");
  await charged(coop, "12.50", "2026-12-01");
  t.equal(await closed(stage, "2026-11-30", "1000.00"), undefined);
  coop.wait(20 * dayMs);
  await coop.keepTime();
  t.match((await tess.call(readClosing, {})).body.next, { until: "2026-12-31", over: true, result: eur("12.50"), bank: eur("987.50") });
  t.equal(await closed(stage, "2026-12-31", "987.50"), undefined);
  const entry = await coop.db.selectFrom("ledger.entry").selectAll().where("kind", "=", "year.closed").executeTakeFirstOrThrow();
  t.match(entry, { key: "year:2026:closed", value_on: "2026-12-31" });
  const left = await coop.db
    .selectFrom("ledger.account_balance")
    .select(["code", "balance"])
    .where("code", "in", ["expense:bank", "pot:reserve"])
    .orderBy("code")
    .execute();
  t.same(left, [
    { code: "expense:bank", balance: 0n },
    { code: "pot:reserve", balance: 1_250n },
  ]);
  t.equal(await closed(stage, "2027-01-31", "987.50"), "closing-out-of-turn", "January of the next year is not over on the tenth");
});

test("who dates an entry into a month while it is being closed comes before, or too late", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, tom } = stage;
  await given(stage, "1000.00", "2026-11-20");
  const { id } = (await tess.call(proposeClosing, { until: "2026-11-30" as Day, bank: eur("1000.00") })).body;
  const days = Array.from({ length: 12 }, (_, at) => `2026-11-${String(at + 10)}`);
  const charges = days.map(async (day) =>
    charged(coop, "1.00", day).then(
      () => 1,
      () => 0,
    ),
  );
  const { problem } = await tom.call(confirmClosing, { closing: id });
  const booked = (await Promise.all(charges)).reduce<number>((so, each) => so + each, 0);
  const held = (
    await coop.db.selectFrom("ledger.account_balance").select("balance").where("code", "=", "bank:main").executeTakeFirstOrThrow()
  ).balance;
  t.equal(held, 100_000n - 100n * BigInt(booked));
  t.equal(problem, booked === 0 ? undefined : "closing-bank-differs", `${booked} came before`);
  await coop.keepTime();
  const balance = `${1_000 - booked}.00`;
  if (problem) {
    await tess.call(discardClosing, { closing: id });
    t.equal(await closed(stage, "2026-11-30", balance), undefined);
  }
  const late = await charged(coop, "1.00", "2026-11-30").catch((error: Refused) => error.refusal.type);
  t.equal(late, "period-closed");
});

/** What the bank kept for itself, as an entry of a day. */
const charged = (coop: TestCoop, amount: string, on: string) =>
  coop.perform(
    operator,
    { name: "test charge", input: z.strictObject({}), answer: z.object({}), status: 200 },
    async (scope) => {
      const legs = [
        { account: accountOf("expense:bank"), money: moneyFrom(eur(amount)) },
        { account: bank("main"), money: moneyFrom(eur(`-${amount}`)) },
      ];
      await post(scope, [{ kind: "correction", key: `charge:${on}`, on: on as Day, bylaws: [], legs, cites: { bearer: "common" } }]);
      return {};
    },
    {},
    { key: `charge-${on}`, cause: "test" },
  );
