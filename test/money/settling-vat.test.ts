// VAT by quarters as a return asks for it, and settled with the state for months that are closed.
import { test } from "tap";
import {
  agreeToCredit,
  confirmBankLine,
  confirmClosing,
  confirmCredit,
  enterBankLine,
  proposeClosing,
  proposeCredit,
  readVat,
} from "@partcommune/shared/money/api";
import { foundClient } from "@partcommune/shared/membership/api";
import { legsOfVatPaid, legsOfVatRefunded, objectionToVat, quarterOf, type VatOpen } from "@partcommune/shared/money/rules/vat-return";
import { amountText, moneyFrom } from "@partcommune/shared/platform/money";
import { dayMs, type Day } from "@partcommune/shared/platform/time";
import { invoiced } from "../support/invoices.ts";
import { organisation, signedUp } from "../support/people.ts";
import { eur, treasury } from "../support/treasury.ts";

const of = (amount: string) => moneyFrom(eur(amount));
const open = (due: string, input: string): VatOpen => ({ until: "2026-12-31" as Day, due: of(due), input: of(input) });

test("VAT is settled as a whole, for what is closed, but for what a return in whole units rounds away", (t) => {
  const rows = [
    ["vatPaid", "409.17", "2026-12-31", undefined],
    ["vatPaid", "409.17", "2027-01-31", undefined],
    ["vatPaid", "409.17", "2026-11-30", "vat-period-open"],
    ["vatPaid", "409.00", "2026-12-31", undefined],
    ["vatPaid", "411.16", "2026-12-31", undefined],
    ["vatPaid", "411.17", "2026-12-31", "amount-differs"],
    ["vatPaid", "407.17", "2026-12-31", "amount-differs"],
    ["vatRefunded", "409.17", "2026-12-31", "nothing-open"],
  ] as const;
  for (const [kind, amount, closedUntil, wanted] of rows)
    t.equal(
      objectionToVat(kind, of(amount), open("420.00", "10.83"), closedUntil as Day)?.type,
      wanted,
      `${kind} ${amount} ${closedUntil}`,
    );
  t.equal(objectionToVat("vatRefunded", of("9.17"), open("10.83", "20.00"), "2026-12-31" as Day), undefined);
  t.equal(objectionToVat("vatPaid", of("9.17"), open("10.83", "20.00"), "2026-12-31" as Day)?.type, "nothing-open");
  const said = (legs: ReturnType<typeof legsOfVatPaid>) =>
    legs.map(({ account, money }) => `${account.code} ${amountText(money)}`).join(" ");
  t.equal(
    said(legsOfVatPaid("FR", open("420.00", "10.83"), of("409.00"))),
    "vat:FR:due 420.00 vat:FR:input -10.83 rounding -0.17 payout:transit -409.00",
  );
  t.equal(
    said(legsOfVatRefunded("FR", open("10.83", "20.00"), of("9.00"), "main")),
    "vat:FR:due 10.83 vat:FR:input -20.00 rounding 0.17 bank:main 9.00",
  );
  t.same(
    ["2026-01-01", "2026-03-31", "2026-12-31"].map((day) => quarterOf(day as Day)),
    ["2026-01-01", "2026-01-01", "2026-10-01"],
  );
  t.end();
});

test("a quarter by its papers and by the book, closed, and paid", async (t) => {
  const stage = await treasury(t, { now: "2026-12-20T09:00:00Z" });
  const { coop, tess, tom, buyer, worker, member } = stage;
  t.same((await tess.call(readVat, {})).body, { months: [], abroad: [] });
  const { invoice } = await invoiced(coop, stage);
  const fred = await signedUp(coop, "Fred");
  const { id: abroad } = (
    await fred.call(foundClient, { ...organisation, name: "Atelier Lillois", country: "FR", vatNumber: "FR40303265045" })
  ).body;
  await invoiced(coop, { client: abroad, member });
  const { id: credit } = (await tess.call(proposeCredit, { invoice, net: eur("500.00"), reason: "One size was not delivered." })).body;
  for (const each of [buyer, worker]) await each.call(agreeToCredit, { credit });
  await tom.call(confirmCredit, { credit });
  await coop.keepTime();
  const { body } = await tess.call(readVat, {});
  t.match(body, { from: "2026-10-01", before: "2026-07-01", next: undefined });
  t.same(body.months[2], {
    until: "2026-12-31",
    sold: [
      { category: "standard", percent: "21", net: eur("1500.00"), vat: eur("315.00") },
      { category: "reverseCharge", percent: "0", net: eur("2000.00"), vat: eur("0.00") },
    ],
    due: eur("315.00"),
    input: eur("0.00"),
    relief: eur("0.00"),
  });
  t.same(body.abroad, [{ vatNumber: "FR40303265045", name: "Atelier Lillois", net: eur("2000.00") }]);
  t.match(body.open, { until: "2025-12-31", due: eur("0.00") });
  t.equal((await buyer.call(readVat, {})).status, 403);
  const file = await tess.raw({ method: "GET", url: "/api/v1/desk/vat/csv?from=2026-11-05" });
  t.match(file.headers, { "content-type": "text/csv" });
  t.match(file.body, /^2026-12-31,standard,21,,,1500\.00,315\.00,EUR$/m);
  t.match(file.body, /^2026-10-01,abroad,0,FR40303265045,Atelier Lillois,2000\.00,,EUR$/m);
  coop.wait(20 * dayMs);
  await coop.keepTime();
  const line = (amount: string) => ({
    bookedOn: "2027-01-09" as Day,
    amount: eur(amount),
    reference: `vat ${amount}`,
    means: { kind: "vatPaid", until: "2026-12-31" as Day } as const,
  });
  t.equal((await tess.call(enterBankLine, line("315.00"))).problem, "vat-period-open");
  const { id: closing } = (await tess.call(proposeClosing, { until: "2026-12-31" as Day, bank: eur("0.00") })).body;
  await tom.call(confirmClosing, { closing });
  t.match((await tess.call(readVat, {})).body.open, { until: "2026-12-31", due: eur("315.00"), input: eur("0.00") });
  t.equal((await tess.call(enterBankLine, line("300.00"))).problem, "amount-differs");
  const [first, second] = [
    (await tess.call(enterBankLine, line("315.00"))).body.id,
    (await tess.call(enterBankLine, line("315.01"))).body.id,
  ];
  t.equal((await tom.call(confirmBankLine, { line: first })).problem, undefined);
  t.equal((await tom.call(confirmBankLine, { line: second })).problem, "nothing-open", "once");
  t.match((await tess.call(readVat, {})).body, { from: "2027-01-01", open: { due: eur("0.00") } });
  t.match(
    (await tess.call(readVat, { from: "2026-10-01" as Day })).body.months[2],
    { due: eur("315.00") },
    "what was settled stays what was due",
  );
  const kinds = await coop.db
    .selectFrom("ledger.entry")
    .select(["kind", "value_on"])
    .where("kind", "in", ["vat.paid", "payout.settled"])
    .orderBy("entry_id")
    .execute();
  t.same(kinds, [
    { kind: "vat.paid", value_on: "2027-01-09" },
    { kind: "payout.settled", value_on: "2027-01-09" },
  ]);
});
