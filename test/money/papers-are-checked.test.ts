// Each check of the papers finds the fault it is for: planted by the owner of the tables, with the guards switched off.
import { test } from "tap";
import { earnedAtSister, invoiced, invoicedForSister } from "../support/invoices.ts";
import { faultsFound, type Fault } from "../support/planted.ts";
import { bankBooked, clientPaid, ibans, signedPayout, treasury, withIban } from "../support/treasury.ts";
import { agreeToCredit, confirmCredit, listPayouts, proposeCredit } from "@partcommune/shared/money/api";

const faults: readonly Fault[] = [
  [
    "money-document-legs",
    "update money.document set vat_minor = vat_minor + 1, home_vat_minor = home_vat_minor + 1, gross_minor = gross_minor + 1",
  ],
  ["money-document-legs", "update money.document set number = 'BE-2026-000009' where number like '%2'"],
  ["money-document-legs", "update money.document set sister_minor = sister_minor + 1 where cardinality(team) = 0"],
  ["money-document-legs", "update money.document set sister = gen_random_uuid() where cardinality(team) = 0"],
  ["money-document-legs", "update money.document set engagement = gen_random_uuid() where kind = 'claim'"],
  [
    "money-collected",
    "update money.collection set paid_minor = paid_minor - 1 where invoice = (select id from money.document where kind = 'claim')",
  ],
  ["money-number-gaps", "update money.series set next = next + 1 where kind = 'claim'"],
  ["money-number-gaps", "update money.series set next = next + 1 where kind = 'invoice'"],
  ["money-number-gaps", "update money.series set next = next + 1 where kind = 'creditNote'"],
  ["money-credit-legs", "update money.credit_note set vat_minor = vat_minor + 1, gross_minor = gross_minor + 1"],
  ["money-open-worth", "update money.collection set worth_minor = worth_minor + 1"],
  ["money-credit-legs", "update money.credit_note set home_vat_minor = home_vat_minor + 1"],
  ["money-credit-legs", "update money.credit_note set budget_minor = budget_minor - 1"],
  ["money-credit-legs", "update money.credit_note set number = 'BE-2026-C00009'"],
  ["money-credit-legs", "update money.credit set net_minor = net_minor + 1"],
  ["money-credit-legs", "update money.credit set state = 'proposed', confirmed_by = null, confirmed_at = null"],
  ["money-credit-legs", "update money.payable set credited_minor = credited_minor + 1"],
  ["money-earnings", "update money.earning set credited_minor = credited_minor + 1 where budget_minor > credited_minor"],
  ["money-earnings", "update money.payable set amount_minor = amount_minor + 1"],
  ["money-earnings", "update money.earning set into_budget = gen_random_uuid()"],
  ["money-collected", "update money.earning set into_budget = gen_random_uuid() where budget_minor > credited_minor"],
  ["money-payout-budgets", "update money.earning set into_budget = gen_random_uuid()"],
  ["money-document-legs", "update money.document set team = team || team"],
  ["money-collected", "update money.collection set credited_minor = credited_minor + 1"],
  ["money-number-gaps", "update money.document set issued_on = issued_on - 1 where number like '%2'"],
  ["money-collected", "update money.collection set paid_minor = paid_minor - 1 where paid_minor > 0"],
  ["money-collected", "update money.collection set pay_by = pay_by + 1"],
  [
    "money-lines-booked",
    "update money.bank_line set state = 'entered', confirmed_by = null, confirmed_at = null where kind = 'clientPaid'",
  ],
  ["money-lines-booked", "update money.bank_line set amount_minor = amount_minor + 1"],
  ["money-live-items", "update money.payout_item set live = false, settled_on = null, settled_line = null"],
  ["money-batches-signed", "delete from money.payout_signature where no = 2"],
  ["money-batches-signed", "update money.payout_batch set total_minor = total_minor + 1"],
  ["money-batches-signed", "update money.payout_batch set state = 'signed'"],
  ["money-paid-by-a-line", "update money.payout_item set settled_on = null, settled_line = null"],
  ["money-paid-by-a-line", "update money.payout_item set settled_on = settled_on + 1"],
  ["money-ibans", "update money.iban set counts_from = counts_from + interval '1 day'"],
  ["money-ibans", "update money.iban set person = member"],
];

const sister = "01976f00-0000-7000-8000-0000000000aa";

test("every planted fault is found by its check", async (t) => {
  const stage = await treasury(t);
  const { coop, tess } = stage;
  await withIban(stage, ibans[2]);
  const { invoice, payable } = await invoiced(coop, stage);
  const { invoice: small } = await invoiced(coop, { ...stage, price: "0.07" });
  await clientPaid(stage, invoice, "2420.00");
  await signedPayout(stage, [payable]);
  const item = (await tess.call(listPayouts, {})).body.items[0]?.items[0]?.id ?? "";
  await bankBooked(stage, { kind: "payoutSettled", item }, "1830.00");
  const { body: credit } = await tess.call(proposeCredit, {
    invoice: small,
    net: { amount: "0.03", currency: "EUR" },
    reason: "Too dear.",
  });
  for (const side of [stage.buyer, stage.worker]) await side.call(agreeToCredit, { credit: credit.id });
  await stage.tom.call(confirmCredit, { credit: credit.id });
  await invoicedForSister(coop, stage.client, { sister });
  await earnedAtSister(coop, stage.member, { sister });
  await faultsFound(t, coop, faults);
});
