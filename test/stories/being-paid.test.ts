// One job's money from the approval to the member's bank account, through the public doors alone, and what the book says at its end.
import { test } from "tap";
import { approveHandIn, handIn, startEngagement } from "@partcommune/shared/marketplace/api";
import { listInvoices, listPayables, listPayouts, readStatement } from "@partcommune/shared/money/api";
import { balancesUnder } from "@partcommune/server/money/index";
import { dayMs } from "@partcommune/shared/platform/time";
import { agreed } from "../support/engagements.ts";
import { bankBooked, clientPaid, eur, signedPayout, treasury, withIban } from "../support/treasury.ts";

test("approved, paid by the client, ordered by two, booked by the bank: the engagement is finished and nothing is left over", async (t) => {
  const stage = await treasury(t);
  const { coop, buyer, client, worker, member, tess } = stage;
  const { engagement, milestone, page } = await agreed(stage);
  await withIban(stage);
  await worker.call(startEngagement, { engagement });
  await worker.call(handIn, { milestone, text: "Three files, ready for the printer." });
  const version = (await page()).milestones[0]?.version ?? 0;
  const approved = await buyer.call(approveHandIn, { milestone, version });
  t.equal(approved.status, 200, approved.text);

  const [invoice] = (await buyer.call(listInvoices, { client })).body.items;
  t.match(invoice, { number: "BE-2026-000001", gross: eur("2420.00"), paid: eur("0.00") });
  t.match((await tess.call(listPayables, {})).body.items, [{ waitsFor: "client", amount: eur("1830.00") }]);
  t.match((await worker.call(readStatement, { member })).body, { balance: eur("1830.00"), available: eur("0.00") });

  coop.wait(3 * dayMs);
  await coop.keepTime();
  await clientPaid(stage, invoice?.id ?? "", "2420.00");
  await coop.settle();
  t.match((await page(worker)).milestones, [{ state: "clientPaid", invoice: { paid: eur("2420.00") } }]);
  t.match((await worker.call(readStatement, { member })).body, { available: eur("1830.00"), payables: [{ state: "ready" }] });

  const [payable] = (await tess.call(listPayables, {})).body.items;
  await signedPayout(stage, [payable?.id ?? ""]);
  t.match((await page(worker)).milestones, [{ payable: { state: "ordered" } }]);
  const item = (await tess.call(listPayouts, {})).body.items[0]?.items[0]?.id ?? "";
  await bankBooked(stage, { kind: "payoutSettled", item }, "1830.00");
  await coop.settle();
  t.match(await page(worker), { state: "finished", milestones: [{ state: "settled", payable: { state: "paid" } }] });

  const codes = ["bank:", "member:", "payout:", "pot:", "receivable:", "vat:"];
  const book = (await Promise.all(codes.map((code) => balancesUnder(coop, code)))).flat();
  const standing = book.filter(({ balance }) => balance.minor !== 0n).map(({ account, balance }) => `${account.code} ${balance.minor}`);
  t.same(standing, [
    "bank:main 59000",
    "pot:advances -1700",
    "pot:coaching -1700",
    "pot:guarantee -6800",
    "pot:insurance -3400",
    "pot:reserve -3400",
    "vat:BE:due -42000",
  ]);
});
