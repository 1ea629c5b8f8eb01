// A payout that the bank books as one sum: by its name every transfer of it that waits is settled at once, and where the sum differs people say which did not leave.
import { test } from "tap";
import { balanceOf } from "@partcommune/server/money/index";
import { confirmBankLine, discardBankLine, listBankLines, listPayables, listPayouts } from "@partcommune/shared/money/api";
import { explainLine, listWaitingLines } from "@partcommune/shared/money/api/statement";
import { payoutTransit, unmatched } from "@partcommune/shared/money/rules/accounts";
import { bankIdOf } from "@partcommune/shared/money/rules/bank-id";
import { itemsWithout, objectionToBatch } from "@partcommune/shared/money/rules/bank-line";
import { camt, imported, type Line } from "../support/camt.ts";
import { told } from "../support/told.ts";
import { entered, eur, houseAccount, paidInvoices, signedPayout, treasury, withIban, type Treasury } from "../support/treasury.ts";

test("what a payout as one sum must come to", (t) => {
  const items = [
    { id: "a", amount: { minor: 100n, currency: "EUR" } },
    { id: "b", amount: { minor: 50n, currency: "EUR" } },
  ];
  const rows = [
    [undefined, 150n, "EUR", "exported", items],
    [undefined, 150n, "EUR", "signed", items],
    [undefined, 50n, "EUR", "exported", items.slice(1)],
    ["amount-differs", 149n, "EUR", "exported", items],
    ["amount-differs", 1n, "EUR", "exported", []],
    ["currency-differs", 150n, "SEK", "exported", items],
    ["not-in-this-state", 150n, "EUR", "ordered", items],
    ["not-in-this-state", 150n, "EUR", "settled", items],
    ["not-in-this-state", 150n, "EUR", "cancelled", items],
  ] as const;
  for (const [wanted, minor, currency, batch, waiting] of rows)
    t.equal(objectionToBatch({ minor, currency }, { batch, items: waiting })?.type, wanted, `${minor} ${currency} ${batch}`);
  t.same(itemsWithout(items, []), items);
  t.same(itemsWithout(items, ["a", "a"]), items.slice(1));
  t.equal(itemsWithout(items, ["c"]), undefined, "what is not in it is not left out of it");
  t.end();
});

/** A payout of several transfers that both treasurers have signed, with its items. */
async function ordered(stage: Treasury, transfers: number) {
  const payables = await paidInvoices(stage, transfers);
  const payout = await signedPayout(stage, payables);
  const items = (await batchOf(stage, payout))?.items.map(({ id }) => id) ?? [];
  return { payout, name: bankIdOf(payout), items, payables };
}

const batchOf = async ({ tess }: Treasury, payout: string) => (await told(tess, listPayouts, {})).items.find(({ id }) => id === payout);

const underWay = async ({ coop }: Treasury) => (await balanceOf(coop, payoutTransit))?.balance.minor ?? 0n;

const settledEntries = async ({ coop }: Treasury) =>
  (await coop.db.selectFrom("ledger.entry").select("entry_id").where("kind", "=", "payout.settled").execute()).length;

let day = 0;
const file = (...lines: readonly Line[]) => camt(lines, { name: `day ${(day += 1)}` });

test("a line that names our file with the sum of all that waits settles each of them, once", async (t) => {
  const stage = await treasury(t);
  const { tess } = stage;
  await houseAccount(stage);
  await withIban(stage);
  const { payout, name } = await ordered(stage, 3);
  const left = { amount: "-5490.00", ref: "K1", batch: name };
  t.match((await imported(tess, file(left))).body, { booked: 1, waiting: 0 });
  t.match(await batchOf(stage, payout), {
    state: "settled",
    items: [{ settledOn: "2026-12-01" }, { settledOn: "2026-12-01" }, { settledOn: "2026-12-01" }],
  });
  t.equal(await underWay(stage), 0n);
  t.equal(await settledEntries(stage), 3, "the book says it of each");
  t.match((await told(tess, listBankLines, {})).items[0], {
    kind: "batchSettled",
    about: "",
    on: "2026-12-01",
    transfers: { meant: 3, all: 3 },
    without: undefined,
    amount: eur("5490.00"),
    source: "file",
    state: "booked",
  });
  t.equal((await told(tess, listBankLines, {})).items.filter(({ source }) => source === "file").length, 1, "it is one line");
  t.match((await imported(tess, file(left))).body, { fresh: 0, known: 1, booked: 0, waiting: 0 }, "in another file it is the same line");
  t.match((await imported(tess, file({ ...left, ref: "K2" }))).body, { booked: 0, waiting: 1 }, "a second sum is for people to explain");
  t.match((await told(tess, listWaitingLines, {})).items, [{ left: "batchDiffers", suggestions: [{ why: "bankAlone" }] }]);
  t.equal(await settledEntries(stage), 3);
});

test("where the bank kept transfers back, people say which, and those go on waiting", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, tom, worker } = stage;
  await houseAccount(stage);
  await withIban(stage);
  const { payout, name, items } = await ordered(stage, 3);
  const [first = "", second = "", third = ""] = items;
  t.match((await imported(tess, file({ amount: "-3660.00", ref: "K1", batch: name }))).body, { booked: 0, waiting: 1 });
  const [line] = (await told(tess, listWaitingLines, {})).items;
  t.equal(line?.left, "batchDiffers");
  t.same(
    line?.suggestions.filter(({ why }) => why === "butOne"),
    items.map((item) => ({
      means: { kind: "batchSettled", payout, without: [item] },
      about: "",
      on: "2026-12-01",
      transfers: { meant: 2, all: 3 },
      without: ["Anna"],
      why: "butOne",
    })),
  );
  const waiting = line?.id ?? "";
  const means = { kind: "batchSettled" as const, payout };
  t.equal((await tess.call(explainLine, { waiting, means })).problem, "amount-differs");
  t.equal((await tess.call(explainLine, { waiting, means: { ...means, without: [payout] } })).problem, "not-found");
  t.equal((await tess.call(explainLine, { waiting, means: { ...means, payout: first } })).problem, "not-found");
  t.equal((await worker.call(explainLine, { waiting, means: { ...means, without: [second] } })).problem, "role-needed");
  const { id: meant } = await told(tess, explainLine, { waiting, means: { ...means, without: [second] } });
  t.match((await told(tom, listBankLines, {})).items[0], {
    about: "",
    on: "2026-12-01",
    transfers: { meant: 2, all: 3 },
    without: ["Anna"],
    state: "entered",
  });
  t.equal((await tess.call(confirmBankLine, { line: meant })).problem, "second-person-needed");
  t.equal(await settledEntries(stage), 0, "nothing moves before the second person");
  t.equal((await tom.call(confirmBankLine, { line: meant })).status, 200);
  const state = await batchOf(stage, payout);
  t.equal(state?.state, "signed", "one of them still waits");
  t.same(
    state?.items.flatMap(({ id, settledOn }) => (settledOn ? [id] : [])),
    [first, third],
  );
  t.equal((await balanceOf(coop, unmatched))?.balance.minor, 0n);
  t.match((await imported(tess, file({ amount: "-1830.00", ref: "K2", endToEnd: bankIdOf(second) }))).body, { booked: 1 });
  t.match(await batchOf(stage, payout), { state: "settled" });
  t.equal(await underWay(stage), 0n);
});

test("a sum without a name is suggested, one that was typed is known again, and no transfer is settled twice", async (t) => {
  const stage = await treasury(t);
  const { tess, tom } = stage;
  await houseAccount(stage);
  await withIban(stage);
  const one = await ordered(stage, 2);
  await imported(tess, file({ amount: "-3660.00", ref: "K1", words: "SEPA 2 virements" }));
  const [line] = (await told(tess, listWaitingLines, {})).items;
  t.match(line, { left: "noReference", suggestions: [{ means: { kind: "batchSettled", payout: one.payout }, why: "sameAmount" }, {}] });
  // While the one treasurer says so, the bank's file settles one of the two by its own name.
  const { id: meant } = await told(tess, explainLine, { waiting: line?.id ?? "", means: { kind: "batchSettled", payout: one.payout } });
  t.match((await imported(tess, file({ amount: "-1830.00", ref: "K2", endToEnd: bankIdOf(one.items[0] ?? "") }))).body, { booked: 1 });
  t.equal((await tom.call(confirmBankLine, { line: meant })).problem, "not-in-this-state");
  t.equal(await settledEntries(stage), 1, "all of it or nothing");
  await told(tom, discardBankLine, { line: meant });
  t.match((await told(tess, listWaitingLines, {})).items, [{ left: "noReference" }]);

  const two = await ordered(stage, 3);
  const typed = await entered(stage, { kind: "batchSettled", payout: two.payout }, "5490.00");
  t.equal(typed.problem, undefined);
  t.match((await imported(tess, file({ amount: "-5490.00", ref: "K3", batch: two.name }))).body, { booked: 0, waiting: 1 });
  t.equal((await told(tess, listWaitingLines, {})).items.length, 1, "typed and not confirmed: it is the same line, and waits for that");
  t.equal((await tom.call(confirmBankLine, { line: typed.body.id })).status, 200);
  t.match(await batchOf(stage, two.payout), { state: "settled" });
  t.equal(await settledEntries(stage), 4);

  const three = await ordered(stage, 3);
  const [own = ""] = three.items;
  const both = file(
    { amount: "-1830.00", ref: "K4", endToEnd: bankIdOf(own), on: "2026-11-30" },
    { amount: "-3660.00", ref: "K5", batch: three.name },
  );
  t.match((await imported(tess, both)).body, { booked: 2, waiting: 0 }, "in one file, a transfer of its own and the rest as one sum");
  t.match(await batchOf(stage, three.payout), { state: "settled" });
  t.equal((await told(tess, listPayables, {})).items.length, 0);
});
