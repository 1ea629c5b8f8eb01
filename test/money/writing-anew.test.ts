// An invoice in a member's name that they call wrong has one answer: it stands, and why; or it is taken back whole and written anew, and VAT that it bears more is theirs.
import { test } from "tap";
import {
  answerCalledWrong,
  callSelfBilledWrong,
  listCalledWrong,
  listPayables,
  listSelfBilled,
  withdrawBilling,
} from "@partcommune/shared/money/api";
import { budgetOfMember, payoutTransit, vatInput } from "@partcommune/shared/money/rules/accounts";
import { objectionToAnswering } from "@partcommune/shared/money/rules/self-billing";
import { balanceOf } from "@partcommune/server/money/index";
import { proving } from "../support/authenticator.ts";
import type { Caller } from "../support/coop.ts";
import { invoiced } from "../support/invoices.ts";
import { bills, type Business } from "../support/paid-to.ts";
import { wordsOf } from "../support/pdf.ts";
import { confirmedMember } from "../support/people.ts";
import { faultsFound, type Fault } from "../support/planted.ts";
import { clientPaid, eur, signedPayout, treasury, withIban, type Treasury } from "../support/treasury.ts";

const registered: Partial<Business> = { scheme: "registered", taxNumber: "BE0202239951", name: "Anna Bricole" };

/** Work of a small business that was paid on an invoice without VAT. */
async function billed(stage: Treasury): Promise<string> {
  const { invoice, payable } = await invoiced(stage.coop, stage);
  await clientPaid(stage, invoice, "2420.00");
  await signedPayout(stage, [payable]);
  return (await stage.worker.call(listSelfBilled, { member: stage.member })).body.items[0]?.id ?? "";
}

const paperOf = async (caller: Caller, paper: string, form: string) =>
  caller.raw({ method: "GET", url: `/api/v1/self-billed-invoices/${paper}/${form}` });

const formOf = async ({ worker }: Treasury, paper: string, form: string): Promise<string> => {
  const { rawPayload } = await paperOf(worker, paper, form);
  return form === "pdf" ? wordsOf(rawPayload) : rawPayload.toString();
};

test("who answers, and what", (t) => {
  const asked = { member: "anna", because: "The street.", answered: false };
  const rows = [
    [undefined, asked, "tess"],
    ["self-billed-unquestioned", { ...asked, because: null }, "tess"],
    ["self-billed-own", asked, "anna"],
    ["self-billed-answered", { ...asked, answered: true }, "tess"],
  ] as const;
  for (const [problem, wrong, treasurer] of rows) t.equal(objectionToAnswering(wrong, treasurer)?.type, problem);
  t.end();
});

test("what was written without VAT is taken back and written anew with it, and the VAT is paid", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, worker, member, buyer } = stage;
  await withIban(stage);
  const paper = await billed(stage);
  t.equal((await tess.call(answerCalledWrong, { paper })).problem, "self-billed-unquestioned");
  await worker.call(callSelfBilledWrong, { paper, because: "I am registered for VAT." });
  await worker.call(withdrawBilling, { member });
  t.match((await tess.call(listCalledWrong, {})).body.items, [{ number: "M0001-2026-0001", anew: undefined }]);
  t.equal((await tess.call(answerCalledWrong, { paper })).problem, "self-billing-ended");
  await bills(worker, member, registered);
  for (const nobody of [worker, buyer]) t.equal((await nobody.call(answerCalledWrong, { paper })).status, 403);
  t.match((await tess.call(listCalledWrong, {})).body.items, [
    {
      id: paper,
      number: "M0001-2026-0001",
      own: false,
      net: eur("1830.00"),
      vat: eur("0.00"),
      because: "I am registered for VAT.",
      anew: { seller: "Anna Bricole", vat: eur("384.30") },
    },
  ]);
  const answers = await Promise.all([1, 2, 3].map(() => tess.call(answerCalledWrong, { paper })));
  t.same(
    answers.map(({ status }) => status).toSorted((one, other) => one - other),
    [201, 409, 409],
    "one answer, whoever gives it at once",
  );
  t.same((await tess.call(listCalledWrong, {})).body.items, []);
  const [anew, wrong] = (await worker.call(listSelfBilled, { member })).body.items.toSorted((one, other) =>
    one.number < other.number ? 1 : -1,
  );
  t.match(wrong, { number: "M0001-2026-0001", answer: { because: undefined, credit: { number: "M0001-2026-0002" } } });
  t.match(anew, {
    number: "M0001-2026-0003",
    replaces: "M0001-2026-0001",
    net: eur("1830.00"),
    vat: eur("384.30"),
    gross: eur("2214.30"),
    wrong: undefined,
  });
  const credit = wrong?.answer?.credit?.id ?? "";
  const words = await formOf(stage, credit, "pdf");
  for (const word of ["M0001-2026-0002", "M0001-2026-0001", "Atelier", "I am registered for VAT.", /Self-\s?billing/, "1,830.00"])
    t.match(words, word);
  const ubl = await formOf(stage, credit, "ubl");
  t.match(ubl, /<CreditNote /);
  t.match(ubl, /<cbc:CreditNoteTypeCode>261</);
  t.match(ubl, /poacc:selfbilling:3.0/);
  t.match(await formOf(stage, anew?.id ?? "", "pdf"), "Anna Bricole");

  const [owed] = (await tess.call(listPayables, {})).body.items;
  t.match(owed, { about: "billedVat", amount: eur("384.30"), waitsFor: undefined });
  t.equal((await balanceOf(coop, budgetOfMember(member)))?.balance.minor, -38_430n);
  await signedPayout(stage, [owed?.id ?? ""]);
  t.equal((await balanceOf(coop, budgetOfMember(member)))?.balance.minor, 0n);
  t.equal((await balanceOf(coop, vatInput("BE")))?.balance.minor, 38_430n, "the coop deducts it, once");
  t.equal((await balanceOf(coop, payoutTransit))?.balance.minor, -221_430n);

  // The new one may be wrong, too; VAT that was paid is not asked back by a paper.
  await worker.call(callSelfBilledWrong, { paper: anew?.id ?? "", because: "Not registered after all." });
  await bills(worker, member);
  t.equal((await tess.call(answerCalledWrong, { paper: anew?.id ?? "" })).problem, "self-billed-vat-less");
  await faultsFound(t, coop, faults);
});

test("what is right stands, and the member reads why; what only said a wrong name moves no money", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, worker, member, board } = stage;
  await withIban(stage);
  const stranger = proving(coop, (await confirmedMember(coop, board, "Otto")).caller);
  const [first, second] = [await billed(stage), await billed(stage)];
  for (const paper of [first, second]) await worker.call(callSelfBilledWrong, { paper, because: "The name." });
  t.equal((await tess.call(answerCalledWrong, { paper: first, because: "It is the name you gave." })).status, 201);
  await bills(worker, member, { name: "Anna Dupont" });
  t.equal((await tess.call(answerCalledWrong, { paper: second })).status, 201);
  const papers = (await worker.call(listSelfBilled, { member })).body.items;
  t.match(
    papers.find(({ id }) => id === first),
    { answer: { because: "It is the name you gave.", credit: undefined } },
  );
  const anew = papers.find(({ replaces }) => replaces !== undefined);
  t.match(anew, { vat: eur("0.00"), gross: eur("1830.00") });
  t.match(await formOf(stage, anew?.id ?? "", "pdf"), "Anna Dupont");
  t.same((await tess.call(listPayables, {})).body.items, []);
  const credit = papers.find(({ id }) => id === second)?.answer?.credit?.id ?? "";
  t.equal((await paperOf(stranger, credit, "pdf")).statusCode, 404);
});

const faults: readonly Fault[] = [
  ["money-self-billed-anew", "delete from money.self_billed_credit"],
  [
    "money-self-billed-anew",
    "update money.self_billed set net_minor = net_minor - 1, gross_minor = gross_minor - 1 where replaces is not null",
  ],
  ["money-self-billed-anew", "delete from money.payable where about = 'billedVat'"],
  ["money-self-billed-anew", "delete from money.self_billed_answer"],
  ["money-self-billed-anew", "update money.self_billed_answer set anew = false, because = 'No.'"],
  ["money-number-gaps", "delete from money.self_billed_credit"],
];
