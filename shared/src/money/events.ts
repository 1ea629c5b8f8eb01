// What money records.
import type { Id } from "../platform/id.ts";
import type { Day, Instant } from "../platform/time.ts";

type Work = { readonly engagement: Id; readonly milestone: Id };

/** What a member asked for, was advanced, or repaid. */
type Sum = { readonly member: Id; readonly minor: string; readonly currency: string };

declare module "../platform/events.ts" {
  interface Facts {
    /** Without a member where somebody of a sister did the work. */
    "invoice.issued": Work & { readonly client: Id; readonly member?: Id };
    /** The bank has booked all of it; without a client where a sister answers for it. */
    "invoice.paid": Work & { readonly client?: Id; readonly member?: Id };
    /** Its client paid beyond what is owed, or, below zero, had some of that back. */
    "invoice.over": { readonly minor: string; readonly currency: string };
    /** A letter because it is not paid. */
    "invoice.dunned": { readonly engagement: Id; readonly kind: "reminder" | "demand" };
    "rate.proposed": { readonly currency: string };
    "rate.confirmed": { readonly currency: string };
    "rate.discarded": { readonly currency: string };
    "loss.proposed": { readonly invoice: Id };
    "loss.discarded": { readonly invoice: Id };
    /** Two treasurers gave up what was open; `backs`: what whoever was not promised loses. */
    "invoice.lost": Work & {
      readonly client: Id;
      readonly guaranteed: boolean;
      readonly minor: string;
      readonly currency: string;
      readonly backs: readonly { readonly member: Id; readonly minor: string }[];
    };
    /** What a sister bears of what was lost, or of what came in of it, stands in our book; below zero it takes back. The subject is the invoice. */
    "lossShare.booked": {
      readonly host: Id;
      /** The loss is the first after the work; each sum that came in is one more. */
      readonly turn: number;
      /** Without VAT: the whole price that is lost, or that came in. */
      readonly gross: string;
      readonly due: string;
      readonly currency: string;
    };
    /** Our coop bears a part of what a client of a sister never paid, or a part of that came back. The subject is our paper about the work. */
    "lossShare.borne": { readonly engagement: Id; readonly host: Id; readonly minor: string; readonly currency: string };
    /** Something of it came in after all. */
    "guarantee.recovered": { readonly engagement: Id; readonly minor: string; readonly currency: string };
    "correction.proposed": { readonly member: Id };
    "correction.discarded": { readonly member: Id };
    /** A pot bears what a member's budget stood below zero; why stands in its row alone. */
    "correction.booked": Sum & { readonly bearer: string };
    /** What the tax office said of the VAT on a loss. The subject is what was said. */
    "relief.proposed": { readonly loss: Id };
    "relief.discarded": { readonly loss: Id };
    "relief.booked": { readonly loss: Id; readonly answer: "granted" | "refused"; readonly minor: string; readonly currency: string };
    "credit.proposed": { readonly invoice: Id; readonly engagement: Id };
    "credit.agreed": { readonly invoice: Id; readonly by: "client" | "member" };
    "credit.discarded": { readonly invoice: Id };
    /** The subject is the invoice; `whole`: nothing is left of it. */
    "invoice.credited": Work & {
      readonly client: Id;
      readonly member: Id;
      readonly whole: boolean;
      /** What each who earned of it gives back, in minor units. */
      readonly backs: readonly { readonly member: Id; readonly minor: string }[];
    };
    /** Frozen, with the first signature. */
    "payout.ordered": { readonly items: number };
    /** With the second signature the money left the members' budgets. */
    "payout.signed": { readonly items: number };
    /** A member's money left before the client paid; the subject is the payable. */
    "guarantee.paid": { readonly engagement: Id; readonly member: Id; readonly minor: string; readonly currency: string };
    /** Written in a member's name, with the payment of that work. The subject is the paper. */
    "selfBilled.issued": { readonly engagement: Id; readonly member: Id };
    /** Why stands in its row alone. */
    "selfBilled.calledWrong": { readonly member: Id };
    /** A treasurer answered that it stands, and why, or wrote it anew. */
    "selfBilled.answered": { readonly member: Id; readonly anew: boolean };
    /** The VAT that an invoice written anew bears more was paid to the member, or came back from the bank. */
    "billedVat.paid": { readonly member: Id };
    "billedVat.returned": { readonly member: Id };
    /** The subject is the member: what they said of their business is known by its row alone; `agreed`: that the coop writes their invoices. */
    /** What comes into the hand of somebody employed is reckoned for work of theirs. */
    "pay.reckoned": { readonly member: Id };
    /** The payroll office's figures for a member's month came; off zero where the estimate was right or there was none. */
    "payroll.read": { readonly member: Id; readonly corrected: boolean };
    "billing.set": { readonly agreed: boolean };
    /** Something is owed to a member for the first time that is paid on an invoice. */
    "billing.wanted": Record<string, never>;
    /** The subject is the member; who they are for the tax office is known by its sealed row alone. */
    "taxpayer.set": Record<string, never>;
    /** The treasury asked members who they are for the tax office. The subject is the asking; whom, its rows say. */
    "taxpayers.asked": { readonly members: number };
    /** What members were paid in a year is fixed for the tax office. The subject is the report; whose income it tells, its rows say. */
    "income.reported": { readonly year: number; readonly members: number };
    /** Somebody took the file of a report. */
    "income.taken": { readonly year: number };
    "payout.cancelled": { readonly items: number };
    /** The bank reported on it: of so many transfers, and of these so many are owed again. */
    "payout.answered": { readonly answers: number; readonly refused: number };
    /** Somebody took its file for the bank; `times`: how often that has been done. */
    "payout.exported": { readonly times: number };
    /** The account that the coop pays from, known by its row alone. */
    "houseAccount.proposed": Record<string, never>;
    "houseAccount.confirmed": Record<string, never>;
    "houseAccount.discarded": Record<string, never>;
    /** The bank has booked what a member was owed; `whole`: with it everybody who did this work is paid. */
    "payable.paid": Work & { readonly member: Id; readonly whole: boolean };
    /** The subject is the advance; it counts from now on. */
    "advance.asked": Sum;
    /** With the second signature it left for the member's bank, and is owed. */
    "advance.granted": Sum;
    "advance.paid": { readonly member: Id };
    /** The bank sent it back: it lies on the member's first budget, and is owed to them once more. */
    "advance.returned": { readonly member: Id };
    /** `left`: what of it is still owed. */
    "advance.repaid": Sum & { readonly left: string };
    /** The subject is the proposal to give it up. */
    "advance.lossProposed": { readonly advance: Id };
    "advance.lossDiscarded": { readonly advance: Id };
    "advance.lost": Sum;
    /** The subject is the expense. */
    "expense.handedIn": Sum & { readonly kind: string };
    /** Enough of the member's own money is set aside for it. */
    "expense.covered": Sum;
    "expense.repaid": Sum;
    "expense.paid": { readonly member: Id };
    /** The bank sent it back: it lies on the member's budget, and is owed to them once more. */
    "expense.returned": { readonly member: Id };
    "expense.refused": { readonly member: Id };
    "expense.withdrawn": { readonly member: Id };
    /** The subject is the budget. */
    "budget.opened": { readonly member: Id };
    "budget.renamed": { readonly member: Id };
    "budget.closed": { readonly member: Id };
    /** The subject is the proposal; `until`: the last day of the month. */
    "closing.proposed": { readonly until: Day };
    "closing.discarded": { readonly until: Day };
    /** Nothing is dated on that day or before any more. */
    "book.closed": { readonly until: Day };
    /** The subject is the proposal, for money set aside by a vote. */
    "purpose.funded": { readonly pot: string; readonly minor: string };
    "purpose.missed": { readonly pot: string; readonly short: string };
    "purpose.closed": { readonly returned: string };
    "bankLine.entered": { readonly kind: string };
    "bankLine.booked": { readonly kind: string };
    /** The subject is the other coop's host; below zero it left. */
    "settlement.booked": { readonly minor: string; readonly currency: string };
    "bankLine.discarded": { readonly kind: string };
    /** A bill is kept with it, or what else proves it. */
    "bankLine.proven": { readonly files: number };
    /** A statement of the bank, kept; without a fault its lines are worked. */
    "statement.taken": { readonly lines: number; readonly fault?: string };
    "statement.vouched": Record<string, never>;
    "statement.accepted": Record<string, never>;
    /** The subject is the payable: the bank sent it back, and it is open again. */
    "payable.returned": Work & { readonly member: Id };
    /** The subject is the lender; the name is known by its row alone. */
    "lender.named": Record<string, never>;
    /** The subject is the member. */
    "share.paid": Record<string, never>;
    /** The subject is the member, who has left. */
    "share.repaid": Record<string, never>;
    /** The subject is the member; the account is known by its row alone. */
    "iban.confirmed": { readonly iban: Id };
    "iban.discarded": { readonly iban: Id };
    "iban.set": { readonly iban: Id; readonly from: Instant };
  }
}
