// Writes the invoices of members who are businesses of their own, in the transaction that pays them: number, paper and entry, all or none.
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { objectionToSums } from "@partcommune/shared/money/rules/e-invoice";
import { amountsOf } from "@partcommune/shared/money/rules/invoice";
import { eInvoiceOf } from "@partcommune/shared/money/rules/paper-e-invoice";
import { billerText, selfBilledPaper, sellerOf, vatOnWork, type SelfBilledPaper } from "@partcommune/shared/money/rules/self-billing";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { Letterhead } from "@partcommune/shared/platform/letterhead";
import { minus } from "@partcommune/shared/platform/money";
import { letterheadOf } from "../../platform/letterhead.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Scope } from "../../platform/scope.ts";
import { billingsAt, type Billing } from "../store/billing.ts";
import { houseOf, type House } from "../store/house.ts";
import { takeNumber } from "../store/invoices.ts";
import type { ItemToPost } from "../store/payouts.ts";
import { saveSelfBilled, worksBilled, type WorkBilled } from "../store/self-billed.ts";

type Item = Extract<ItemToPost, { about: "invoice" }>;

/** One invoice in each of these members' names. Whoever takes a number holds the series until the end, so they are taken in one order, and nothing that may wait comes after. */
export async function selfBill(scope: Scope, items: readonly Item[]): Promise<void> {
  const billings = await billingsAt(
    viewOf(scope),
    items.flatMap(({ billing }) => billing ?? []),
  );
  const billed = items.flatMap((item) => {
    const said = billings.get(item.billing ?? "");
    return said ? [{ item, said }] : [];
  });
  if (billed.length === 0) return;
  const house = await houseOf(scope.tx);
  const letterhead = await letterheadOf(scope.tx);
  const works = await worksBilled(
    scope,
    billed.map(({ item }) => item.invoice),
  );
  const inOrder = billed.toSorted((one, other) => one.said.no - other.said.no || (one.item.id < other.item.id ? -1 : 1));
  for (const { item, said } of inOrder) await written(scope, { item, said, house, letterhead, work: found(works.get(item.invoice)) });
}

type ToWrite = {
  readonly item: Item;
  readonly said: Billing;
  readonly house: House;
  readonly letterhead: Letterhead;
  readonly work: WorkBilled;
};

async function written(scope: Scope, { item, said, ...rest }: ToWrite): Promise<void> {
  const { house } = rest;
  const { id: ofItem, payable, member, engagement } = item;
  const [biller, day] = [billerText(said.no), dayOf(scope.now, house.zone)];
  const treatment = found(vatOnWork(said.details, house.country, day));
  const amounts = amountsOf(minus(item.amount, item.vat), treatment);
  // Both have signed what leaves; a rate that changed since would make another sum of it.
  refuseUnless(amounts.gross.minor === item.amount.minor, "payout-differs");
  const { number, issuedOn } = await takeNumber(scope, "selfBilled", biller, day);
  const paper = selfBilledPaper({ ...headOf({ item, said, ...rest }), number, issuedOn }, amounts, treatment);
  refuseIf(objectionToSums(eInvoiceOf(paper)));
  const frozen = canonicalize(paper);
  if (frozen === undefined) throw new TypeError("a paper is an object");
  const hash = createHash("sha256").update(frozen).digest();
  const id = scope.id();
  await saveSelfBilled(scope, { id, number, member, payable, item: ofItem, billing: said.id, issuedOn, ...amounts, frozen, hash });
  scope.emit({ type: "selfBilled.issued", subject: id, body: { member, engagement }, about: [`member:${member}`, "desk:money"] });
}

/** All that a paper says but its number, its day and its amounts. Its language is the one in which the member agreed to it. */
function headOf({ item, said, house, letterhead, work }: ToWrite) {
  const { engagement, milestone } = item;
  const { street, postcode, town, vatNumber } = letterhead;
  const { language, version, hash, at } = said.agreement;
  const { about, deliveredOn, invoice } = work;
  return {
    language,
    deliveredOn,
    seller: sellerOf(said.details),
    buyer: { name: house.name, country: house.country, street, postcode, town, ...(vatNumber === undefined ? {} : { vatNumber }) },
    line: { about, doneBy: "" },
    agreement: { version, hash, on: dayOf(at, house.zone) },
    invoice,
    engagement,
    milestone,
    ...(house.demo ? { specimen: true as const } : {}),
  } satisfies Partial<SelfBilledPaper>;
}
