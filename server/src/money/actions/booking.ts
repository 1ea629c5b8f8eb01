// What a confirmed line of the bank does to the book.
import { objectionToClientPayment, objectionToSettling } from "@partcommune/shared/money/rules/bank-line";
import { bank, budgetOfMember } from "@partcommune/shared/money/rules/accounts";
import { legsAtHome, legsOfForeignPaid, legsReceivedAs } from "@partcommune/shared/money/rules/foreign";
import type { Entry, HoldEnd } from "@partcommune/shared/money/rules/entry";
import { holdsFalling } from "@partcommune/shared/money/rules/collection";
import { legsOfBankMatched, legsOfClientPaid, legsOfInitiativePaid, legsOfPayoutSettled } from "@partcommune/shared/money/rules/legs";
import { legsOfRecovered } from "@partcommune/shared/money/rules/legs-of-loss";
import { legsOfSettlementPaid, legsOfSettlementReceived } from "@partcommune/shared/money/rules/legs-of-sisters";
import { objectionToPurposePayment } from "@partcommune/shared/money/rules/purpose";
import type { Id } from "@partcommune/shared/platform/id";
import { minus, type Money } from "@partcommune/shared/platform/money";
import { havePaid } from "../../membership/index.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { inParts, type Line } from "../store/bank-lines.ts";
import * as collections from "../store/collections.ts";
import { heldBackFor } from "../store/fronting.ts";
import { entryByKey, legsCiting, post, settlementWith } from "../store/ledger.ts";
import { lowerPayable, recover } from "../store/losses.ts";
import { heldPurpose } from "../store/purposes.ts";
import * as settling from "../store/settling.ts";
import { suspendedBy, type Suspended } from "../store/statements.ts";
import { creditIsReady } from "./credit-ready.ts";
import { bankName, entryOf, orderedAndPaid } from "./line-entry.ts";
import { bearsSister, lossKey, lossTurn, shareBooked } from "./loss-shares.ts";
import { bookEndowment, bookLoan } from "./opening-fund.ts";
import { bookOver } from "./giving-back.ts";
import { bookCost } from "./paying-costs.ts";
import { bookRemittance } from "./paying-payroll.ts";
import { bookVat } from "./paying-vat.ts";
import { vatBorneBack } from "./relieving.ts";
import { bookReturn, citesOf } from "./returning.ts";
import { bookSentBack, bookStray } from "./sending-back.ts";
import { bookShare } from "./shares.ts";

/** Books lines by what they mean, in their order. No two of them are about the same. */
export async function booked(scope: Scope, whole: readonly Line[]): Promise<void> {
  const lines = await inParts(scope, whole);
  await bookClientPayments(
    scope,
    lines.flatMap((line) => (line.invoice === null || line.kind !== "clientPaid" ? [] : [{ line, invoice: line.invoice }])),
  );
  await bookSettlements(
    scope,
    lines.flatMap((line) => (line.item === null || line.kind === "payoutReturned" ? [] : [{ line, item: line.item }])),
  );
  for (const line of lines) await bookAlone(scope, line);
}

/** What seldom comes, and never in large numbers. */
async function bookAlone(scope: Scope, line: Line): Promise<void> {
  if (line.kind === "clientOverpaid" || line.kind === "clientRepaid") await bookOver(scope, line, found(line.invoice ?? undefined));
  if (line.kind === "payoutReturned") await bookReturn(scope, line, found(line.item ?? undefined));
  if (line.member !== null) await bookShare(scope, line, line.member);
  if (line.purpose !== null) await bookPurpose(scope, line, line.purpose);
  if (line.sister !== null) await bookWithSister(scope, line, line.sister);
  if (line.pot !== null) await bookEndowment(scope, line, line.pot);
  if (line.lender !== null) await bookLoan(scope, line, line.lender);
  if (line.kind === "strayReceived") await bookStray(scope, line);
  if (line.stray !== null) await bookSentBack(scope, line, line.stray);
  if (line.ofCost !== null) await bookCost(scope, line, line.ofCost);
  if (line.until !== null) await (line.kind === "payrollRemitted" ? bookRemittance : bookVat)(scope, line, line.until);
}

/** What waited to be explained waits no longer. */
export async function released(scope: Scope, line: Line): Promise<void> {
  const waited = await suspendedBy(scope, line.id);
  if (waited) await post(scope, [matchedEntry(waited, line)]);
}

const matchedEntry = ({ id: waited, ...money }: Suspended, { id, bookedOn: on }: Line): Entry => ({
  kind: "bank.matched",
  key: `statement-line:${waited}:matched`,
  on,
  legs: legsOfBankMatched(bankName, money),
  bylaws: [],
  cites: { bankLine: id },
});

type Payment = { readonly line: Line; readonly invoice: Id };
type Taken = Payment & collections.Collected;

/** Money of clients: each invoice is paid by so much, and so much less is held of the budgets of those who did the work. */
async function bookClientPayments(scope: Scope, payments: readonly Payment[]): Promise<void> {
  if (payments.length === 0) return;
  const taken = await taking(scope, payments);
  const lost = await recover(
    scope,
    taken.map(({ invoice, line, worth }) => ({ invoice, amount: line.settled, worth })),
  );
  for (const each of taken) if (lost.has(each.invoice)) await bookRecovered(scope, each);
  await bookPaid(
    scope,
    taken.filter(({ invoice }) => !lost.has(invoice)),
  );
  const whole = taken.filter(isWhole);
  if (whole.length === 0) return;
  await creditIsReady(scope, { invoices: whole.map(({ invoice }) => invoice) });
  await havePaid(
    scope,
    whole.map(({ client }) => client),
  );
  for (const each of whole) tellPaid(scope, each);
}

const isWhole = ({ gross, paid }: Pick<Taken, "gross" | "paid">): boolean => paid.minor >= gross.minor;

/** Counts them, or refuses the first that is more than what is open. */
async function taking(scope: Scope, payments: readonly Payment[]): Promise<readonly Taken[]> {
  const collected = await collections.collect(
    scope,
    payments.map(({ line, invoice }) => ({ invoice, amount: line.settled })),
  );
  const taken: Taken[] = [];
  for (const payment of payments) {
    const of = collected.get(payment.invoice);
    if (!of) {
      refuseIf(objectionToClientPayment(payment.line.settled, found(await collections.collectionOf(scope, payment.invoice))));
      throw new Error("a payment that fits was not taken");
    }
    taken.push({ ...payment, ...of });
  }
  return taken;
}

function tellPaid(scope: Scope, { invoice, client, engagement, milestone, earnings }: Taken): void {
  const team = earnings.map(({ member: each }) => each);
  const [member] = team;
  const about = [`engagement:${engagement}`, `invoice:${invoice}`, ...team.map((each) => `member:${each}`), "desk:money"];
  scope.emit({
    type: "invoice.paid",
    subject: invoice,
    body: { engagement, milestone, client, ...(member === undefined ? {} : { member }) },
    about,
  });
}

async function bookPaid(scope: Scope, taken: readonly Taken[]): Promise<void> {
  const whole = taken.filter(isWhole).map(({ invoice }) => invoice);
  const free = await heldBackFor(scope, whole, "voided");
  await post(
    scope,
    taken.map((each) => paidEntry(each, free.get(each.invoice) ?? [])),
  );
}

function paidEntry({ line, invoice, client, engagement, earnings, gross, paid, worth }: Taken, free: readonly HoldEnd[]): Entry {
  const { amount, settled } = line;
  const standing = (so: Money) => earnings.map((earned) => ({ ...earned, gross, paid: so }));
  const { ends: falling, holds } = holdsFalling(invoice, standing(minus(paid, settled)), standing(paid));
  const legs =
    settled.currency === amount.currency
      ? legsOfClientPaid({ client, bank: bankName, received: amount })
      : legsOfForeignPaid({ client, bank: bankName, settled, worth, received: amount });
  const ends = [...falling, ...free];
  return {
    ...entryOf(line, "client.paid", legs, { document: invoice, engagement }),
    ...(ends.length > 0 ? { ends } : {}),
    ...(holds.length > 0 ? { holds } : {}),
  };
}

/** What was given up comes in after all: it goes back the way it was lost, also in part. */
async function bookRecovered(scope: Scope, { line, invoice, engagement, earnings, worth, sister }: Taken): Promise<void> {
  const view = viewOf(scope);
  const lost = legsAtHome(found(await entryByKey(view, lossKey(invoice))).legs, worth.currency);
  const before = legsAtHome(await legsCiting(view, invoice, "guarantee.recovered"), worth.currency);
  const legs = legsReceivedAs(legsOfRecovered(bank(bankName), worth, lost, before), bank(bankName), line.amount);
  await post(scope, [entryOf(line, "guarantee.recovered", legs, { document: invoice, engagement })]);
  await vatBorneBack(scope, line, { invoice, engagement }, legs);
  const earlier = before.filter(({ account }) => account.code === bank(bankName).code);
  if (bearsSister(lost)) shareBooked(scope, { invoice, sister }, legs, lossTurn + earlier.length + 1);
  for (const { member, into } of earnings) {
    const back = legs.find(({ account }) => account.code === budgetOfMember(member, into).code);
    if (back) await lowerPayable(scope, invoice, member, back.money.minor);
  }
  const about = [`engagement:${engagement}`, `invoice:${invoice}`, ...earnings.map(({ member }) => `member:${member}`), "desk:money"];
  const body = { engagement, minor: String(line.amount.minor), currency: line.amount.currency };
  scope.emit({ type: "guarantee.recovered", subject: invoice, body, about });
}

/** The bank has carried out items of signed batches. */
async function bookSettlements(scope: Scope, lines: readonly { readonly line: Line; readonly item: Id }[]): Promise<void> {
  if (lines.length === 0) return;
  const settled = await settling.settleItems(
    scope,
    lines.map(({ line: { id, bookedOn, amount }, item }) => ({ item, line: id, bookedOn, amount })),
  );
  refuseUnless(settled.size === lines.length, "not-in-this-state", { state: "settled" });
  const paid = lines.map(({ line, item }) => ({ line, of: found(settled.get(item)) }));
  await post(
    scope,
    paid.map(({ line, of }) => entryOf(line, "payout.settled", legsOfPayoutSettled(bankName, line.amount), citesOf(of))),
  );
  for (const { of } of paid) tellSettled(scope, of);
}

function tellSettled(scope: Scope, { payable, member, whole, ...of }: settling.SettledItem): void {
  if (of.about !== "invoice") {
    scope.emit({ type: `${of.about}.paid`, subject: of.source, body: { member }, about: [`member:${member}`, "desk:money"] });
    return;
  }
  const { engagement, milestone } = of;
  const about = [`engagement:${engagement}`, `member:${member}`, "desk:money"];
  scope.emit({ type: "payable.paid", subject: payable, body: { engagement, milestone, member, whole }, about });
}

/** What is open with a sister in the direction of a line. With whom nothing ever was, nothing is. */
export async function openWith(scope: Scope, { kind, sister }: Pick<Line, "kind"> & { readonly sister: Id }): Promise<Money> {
  const { currency } = await bookOf(scope.tx);
  const { minor } = await settlementWith(viewOf(scope), sister, currency);
  const open = kind === "settlementReceived" ? minor : -minor;
  return { minor: open > 0n ? open : 0n, currency };
}

/** The difference of a round with a sister, as it left or as it came; what is open is asked once more. */
async function bookWithSister(scope: Scope, line: Line, sister: Id): Promise<void> {
  const { kind, amount } = line;
  refuseIf(objectionToSettling(amount, await openWith(scope, { kind, sister })));
  const cites = { sister };
  const came = kind === "settlementReceived";
  const ordered = { kind: "settlement.paid", legs: legsOfSettlementPaid(sister, amount) } as const;
  await post(
    scope,
    came
      ? [entryOf(line, "settlement.received", legsOfSettlementReceived(bankName, sister, amount), cites)]
      : orderedAndPaid(line, ordered, entryOf(line, "payout.settled", legsOfPayoutSettled(bankName, amount), cites)),
  );
  const body = { minor: String(came ? amount.minor : -amount.minor), currency: amount.currency };
  scope.emit({ type: "settlement.booked", subject: sister, body, about: ["desk:money"] });
}

/** Paid out of what members set aside; what is left is asked once more, since another line may have been booked meanwhile. */
async function bookPurpose(scope: Scope, line: Line, purpose: Id): Promise<void> {
  refuseIf(objectionToPurposePayment(line.amount, found(await heldPurpose(scope, purpose))));
  await post(scope, [entryOf(line, "initiative.paid", legsOfInitiativePaid(bankName, purpose, line.amount))]);
}
