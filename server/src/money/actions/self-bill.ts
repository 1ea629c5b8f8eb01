// Writes the invoices of members who are businesses of their own, in the transaction that pays them: number, paper and entry, all or none. What makes the coop owe VAT itself is the paper, so it is posted here, whatever the paper was written for.
import { objectionToSums } from "@partcommune/shared/money/rules/e-invoice";
import { amountsOf } from "@partcommune/shared/money/rules/invoice";
import { eInvoiceOf } from "@partcommune/shared/money/rules/paper-e-invoice";
import {
  billerText,
  selfBilledPaper,
  sellerOf,
  vatOnWork,
  vatOwedKey,
  vatOwedOnWork,
  type SelfBilledPaper,
} from "@partcommune/shared/money/rules/self-billing";
import type { Entry } from "@partcommune/shared/money/rules/entry";
import { legsOfVatOwed } from "@partcommune/shared/money/rules/legs";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { Letterhead } from "@partcommune/shared/platform/letterhead";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { letterheadOf } from "../../platform/letterhead.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Scope } from "../../platform/scope.ts";
import { billingsAt, type Billing } from "../store/billing.ts";
import { houseOf, type House } from "../store/house.ts";
import { takeNumbers, type Numbered } from "../store/invoices.ts";
import { post } from "../store/ledger.ts";
import { saveSelfBilled, worksBilled, type NewSelfBilled, type WorkBilled } from "../store/self-billed.ts";
import { frozenFrom } from "./freezing.ts";

/** Work that is billed: because it is paid, by an item of a payout or by repaying an advance, or because the paper about it was wrong. */
export type WorkToBill = {
  /** By which version of what the member said of their business. */
  readonly billing: Id;
  readonly payable: Id;
  readonly member: Id;
  readonly invoice: Id;
  readonly engagement: Id;
  readonly milestone: Id;
  readonly net: Money;
  readonly vat: Money;
  readonly paidBy: { readonly item: Id } | { readonly draw: Id } | { readonly replaces: Id };
  /** The day of the advance that it repaid. */
  readonly advanceOf?: Day;
};

/** One invoice about each of these, in the name of whoever did it. Whoever takes a number holds the series until the end, so they are taken in one order, and nothing that may wait comes after. */
export async function selfBill(scope: Scope, all: readonly WorkToBill[]): Promise<void> {
  if (all.length === 0) return;
  const billings = await billingsAt(
    viewOf(scope),
    all.map(({ billing }) => billing),
  );
  const house = await houseOf(scope.tx);
  const letterhead = await letterheadOf(scope.tx);
  const works = await worksBilled(
    scope,
    all.map(({ invoice }) => invoice),
  );
  const toWrite = all.map((work) => {
    const [said, about] = [found(billings.get(work.billing)), found(works.get(work.invoice))];
    return { work, said, about, house, letterhead };
  });
  const inOrder = toWrite.toSorted(inOneOrder);
  const numbers = await takeNumbers(
    scope,
    "selfBilled",
    inOrder.map(({ said }) => billerText(said.no)),
    dayOf(scope.now, house.zone),
  );
  const written = inOrder.map((each, at) => paperOf(scope, each, found(numbers[at])));
  await saveSelfBilled(
    scope,
    written.map(({ paper }) => paper),
  );
  await post(
    scope,
    written.flatMap(({ owed }) => owed),
  );
  for (const {
    paper: { id, member },
    engagement,
  } of written)
    scope.emit({ type: "selfBilled.issued", subject: id, body: { member, engagement }, about: [`member:${member}`, "desk:money"] });
}

type ToWrite = {
  readonly work: WorkToBill;
  readonly said: Billing;
  readonly about: WorkBilled;
  readonly house: House;
  readonly letterhead: Letterhead;
};

const inOneOrder = (one: ToWrite, other: ToWrite): number =>
  one.said.no - other.said.no || (one.work.payable < other.work.payable ? -1 : Number(one.work.payable > other.work.payable));

/** A paper as it is frozen, and what makes the coop owe by it. */
type Written = Pick<WorkToBill, "engagement"> & { readonly paper: NewSelfBilled; readonly owed: readonly Entry[] };

function paperOf(scope: Scope, to: ToWrite, { number, issuedOn }: Numbered): Written {
  const { house, said, work } = to;
  const { payable, member, engagement, paidBy } = work;
  const treatment = found(vatOnWork(said.details, house.country, dayOf(scope.now, house.zone)));
  const amounts = amountsOf(work.net, treatment);
  // Both have signed what leaves; a rate that changed since would make another sum of it.
  refuseUnless(amounts.vat.minor === work.vat.minor, "payout-differs");
  const paper = selfBilledPaper({ ...headOf(to), number, issuedOn }, amounts, treatment);
  refuseIf(objectionToSums(eInvoiceOf(paper)));
  const { frozen, hash } = frozenFrom(paper);
  const id = scope.id();
  return {
    engagement,
    paper: { id, number, member, payable, ...paidBy, billing: said.id, issuedOn, ...amounts, frozen, hash },
    owed: owedBy(id, paper, work),
  };
}

function owedBy(id: Id, paper: SelfBilledPaper, { invoice, engagement }: WorkToBill): readonly Entry[] {
  const vat = vatOwedOnWork(paper);
  if (vat.minor === 0n) return [];
  const legs = legsOfVatOwed(paper.buyer.country, vat);
  return [{ kind: "vat.owed", key: vatOwedKey(id), on: paper.issuedOn, legs, bylaws: [], cites: { document: invoice, engagement } }];
}

/** All that a paper says but its number, its day and its amounts. Its language is the one in which the member agreed to it. */
function headOf({ work, said, about: done, house, letterhead }: ToWrite) {
  const { engagement, milestone, advanceOf } = work;
  const { street, postcode, town, vatNumber } = letterhead;
  const { language, version, hash, at } = said.agreement;
  const { about, deliveredOn, invoice } = done;
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
    ...(advanceOf === undefined ? {} : { advanceOf }),
    ...(house.demo ? { specimen: true as const } : {}),
  } satisfies Partial<SelfBilledPaper>;
}
