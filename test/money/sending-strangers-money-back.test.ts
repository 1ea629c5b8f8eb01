// A transfer that nobody can explain: it is said to be a stranger's, nobody's income, and is sent back once and to the cent.
import { test } from "tap";
import { balanceOf } from "@partcommune/server/money/index";
import { confirmBankLine, discardBankLine, listBankLines } from "@partcommune/shared/money/api";
import { explainLine, listWaitingLines } from "@partcommune/shared/money/api/statement";
import { listStrays } from "@partcommune/shared/money/api/stray";
import { bank, strays, unmatched } from "@partcommune/shared/money/rules/accounts";
import { objectionToSendingBack } from "@partcommune/shared/money/rules/bank-line";
import { camt, imported } from "../support/camt.ts";
import { withRole } from "../support/people.ts";
import { told } from "../support/told.ts";
import { bankBooked, entered, eur, houseAccount, treasury, type Treasury } from "../support/treasury.ts";

test("what a stranger sent goes back once, to the cent, and only when two people have said that it is theirs", (t) => {
  const amount = { minor: 25_000n, currency: "EUR" };
  const rows = [
    [undefined, amount, true, false],
    ["not-in-this-state", amount, false, false],
    ["not-in-this-state", amount, true, true],
    ["amount-differs", { ...amount, minor: 24_999n }, true, false],
    ["amount-differs", { ...amount, minor: 25_001n }, true, false],
    ["currency-differs", { ...amount, currency: "SEK" }, true, false],
  ] as const;
  for (const [wanted, left, came, sentBack] of rows)
    t.equal(objectionToSendingBack(left, { amount, came, sentBack })?.type, wanted, `${left.minor} ${came} ${sentBack}`);
  t.end();
});

const owed = async ({ coop }: Treasury) => (await balanceOf(coop, strays))?.balance.minor ?? 0n;

test("a stranger's transfer waits on the desk until it went back, and is nobody's income", async (t) => {
  const stage = await treasury(t);
  const { coop, board, tess, tom, worker, buyer } = stage;
  const abel = await withRole(coop, board, "Abel", "accountant");
  await houseAccount(stage);
  await imported(tess, camt([{ amount: "250.00", ref: "K1", words: "loyer decembre", party: "Zoé Peeters" }]));
  const [line] = (await told(tess, listWaitingLines, {})).items;
  const waiting = line?.id ?? "";
  t.equal((await tess.call(explainLine, { waiting, means: { kind: "straySentBack", stray: waiting } })).problem, "line-the-other-way");
  const { id: came } = await told(tess, explainLine, { waiting, means: { kind: "strayReceived", from: line?.party ?? "" } });
  t.same((await told(tess, listStrays, {})).items, [], "one person's word is not enough");
  t.equal(
    (await entered(stage, { kind: "straySentBack", stray: came }, "250.00")).problem,
    "not-in-this-state",
    "nor is it sent back before the second's",
  );
  await told(tom, confirmBankLine, { line: came });
  t.match((await told(abel, listStrays, {})).items, [
    { id: came, from: "Zoé Peeters", cameOn: "2026-12-01", amount: eur("250.00"), back: undefined },
  ]);
  t.equal(await owed(stage), -25_000n);
  t.equal((await balanceOf(coop, unmatched))?.balance.minor, 0n, "it is explained");
  const incomes = await coop.db.selectFrom("ledger.account_balance").select("code").where("code", "like", "income:%").execute();
  t.same(incomes, [], "nothing of it is income");

  t.equal((await entered(stage, { kind: "straySentBack", stray: came }, "249.00")).problem, "amount-differs");
  t.equal((await entered(stage, { kind: "straySentBack", stray: stage.member }, "250.00")).problem, "not-found");
  // The bank's file shows what left: it is suggested, and two treasurers say so.
  await imported(tess, camt([{ amount: "-250.00", ref: "K2", party: "Zoé Peeters" }], { opening: "250.00", name: "2" }));
  const [out] = (await told(tess, listWaitingLines, {})).items;
  t.match(out?.suggestions, [{ means: { kind: "straySentBack", stray: came }, about: "Zoé Peeters", why: "sameAmount" }]);
  const means = { kind: "straySentBack" as const, stray: came };
  const { id: wrong } = await told(tess, explainLine, { waiting: out?.id ?? "", means });
  t.match((await told(abel, listStrays, {})).items, [{ back: { on: "2026-12-01", state: "entered" } }]);
  t.equal((await entered(stage, means, "250.00")).problem, "not-in-this-state", "it goes back once");
  t.equal(await owed(stage), -25_000n, "nothing moves before the second person");
  await told(tom, discardBankLine, { line: wrong });
  t.match((await told(abel, listStrays, {})).items, [{ back: undefined }], "discarded, it waits again");
  const both = await Promise.all([1, 2, 3].map(async () => entered(stage, means, "250.00")));
  t.same(
    both.map(({ problem }) => problem ?? "-").toSorted(),
    ["-", "not-in-this-state", "not-in-this-state"],
    "of three at once, one gets there",
  );
  const back = both.find(({ problem }) => problem === undefined)?.body.id ?? "";
  await told(tom, confirmBankLine, { line: back });
  t.equal(await owed(stage), 0n);
  t.equal((await balanceOf(coop, bank("main")))?.balance.minor, 0n);
  t.match((await told(abel, listStrays, {})).items, [{ back: { on: "2026-12-01", state: "booked" } }]);
  t.match(
    (await told(abel, listBankLines, {})).items.find(({ id }) => id === back),
    { kind: "straySentBack", about: "Zoé Peeters", state: "booked" },
  );
  t.same((await told(tess, listWaitingLines, {})).items, [], "typed, it is the line that the file showed");
  for (const caller of [worker, buyer, board]) t.equal((await caller.call(listStrays, {})).problem, "role-needed");
});

test("a part of a line can be a stranger's, and what waits longest stands on top", async (t) => {
  const stage = await treasury(t);
  const { tess } = stage;
  const part = (amount: string, from: string) => ({ amount: eur(amount), means: { kind: "strayReceived" as const, from } });
  const interest = { amount: eur("3.20"), means: { kind: "incomeReceived" as const, income: "interest" as const, party: "Banque" } };
  t.equal(
    (await bankBooked(stage, { kind: "several", parts: [part("40.00", "Ada"), part("60.00", "Bo"), interest] }, "103.20")).problem,
    undefined,
  );
  const [ada, bo] = (await told(tess, listStrays, {})).items;
  t.match([ada?.from, bo?.from], ["Ada", "Bo"]);
  const sent = (id: string) => ({ kind: "straySentBack" as const, stray: id });
  const twice = { kind: "several" as const, parts: [1, 2].map(() => ({ amount: eur("40.00"), means: sent(ada?.id ?? "") })) };
  t.equal((await entered(stage, twice, "80.00")).problem, "part-twice");
  t.equal((await bankBooked(stage, sent(ada?.id ?? ""), "40.00")).problem, undefined);
  t.match((await told(tess, listStrays, {})).items, [
    { from: "Bo", back: undefined },
    { from: "Ada", back: { state: "booked" } },
  ]);
  t.equal(await owed(stage), -6_000n);
});
