// The refusals of the book.
import type { Problems } from "../../platform/refusal.ts";

export const problems = {
  "not-enough": {
    status: 409,
    says: "There is not enough on the account: {short} is missing.",
    rule: "nothing is spent below the floor of an account",
    changedBy: "whoever asks, with a smaller amount; it rises as money comes in",
  },
  "pot-floor": {
    status: 409,
    says: "The pot would fall below its floor: {short} is missing.",
    rule: "what each pot must keep",
    changedBy: "the members, by vote",
  },
  "period-closed": {
    status: 409,
    says: "The books are closed until {closedUntil}. Choose a later day.",
    changedBy: "nobody: what was wrong is put right by an entry of a later day",
    rule: "closed books stay as they are",
  },
  "over-reversed": {
    status: 409,
    says: "More would be taken back than was posted.",
    rule: "nothing is taken back beyond what was posted",
    changedBy: "whoever asks, with a smaller amount",
  },
  "account-closed": {
    status: 409,
    says: "The account is closed or does not exist.",
    rule: "a closed account takes no entries",
    changedBy: "a treasurer, by choosing another account",
  },
  "account-not-empty": {
    status: 409,
    says: "An account is closed only when it is empty and nothing is held on it.",
    rule: "an account is closed when it is empty",
    changedBy: "two treasurers, who pay out what is on it",
  },
  "hold-ended": {
    status: 409,
    says: "What was set aside has been used or released already.",
    rule: "what is set aside serves once",
    changedBy: "nobody: it is done",
  },
  "vat-unknown": {
    status: 409,
    says: "There is no rate of VAT on record for {country}, so no invoice can be issued.",
    rule: "rates of VAT with their day and source",
    changedBy: "the operator, with a release that has the rate",
  },
  "iban-of-another": {
    status: 409,
    says: "This bank account is another person's here. One account belongs to one person.",
    rule: "one account, one person",
    changedBy: "you, with an account of your own; the other person, by changing theirs",
  },
  "payable-not-ready": {
    status: 409,
    says: "Not everything chosen can be paid yet: {waiting} wait for the client's payment, for the day from which the guarantee pays, for a bank account that counts, or, as advances, for enough money in the bank.",
    rule: "what is paid was paid by the client or is due under the guarantee, and goes to an account that counts",
    changedBy: "the client, by paying; the member, by naming an account; the calendar, where the guarantee pays",
  },
  "guarantee-queued": {
    status: 409,
    says: "{queued} of what was chosen stand in the queue of the guarantee: to pay them ahead, its pot would fall below its floor or the bank account would not hold enough. They are paid in the order of their days; the money is owed in full.",
    rule: "floor of the guarantee pot, and what the bank holds",
    changedBy: "the members, by vote; it moves by itself as clients pay",
  },
  "payable-ordered-already": {
    status: 409,
    says: "Some of this has been ordered already.",
    rule: "what is owed is in one payout at a time",
    changedBy: "a treasurer, by cancelling the order before its second signature",
  },
  "payables-in-two-currencies": {
    status: 422,
    says: "One payout is in one currency.",
    rule: "one payout, one currency",
    changedBy: "whoever asks, by ordering each currency by itself",
  },
  "second-person-needed": {
    status: 403,
    says: "The same person has done the first half of this. Another treasurer does the second.",
    rule: "always two people",
    changedBy: "another treasurer",
  },
  "payout-differs": {
    status: 409,
    says: "This is not the payout as it was frozen, or a bank account in it has changed since.",
    rule: "both sign the same paper",
    changedBy: "a treasurer, by cancelling this order and making another",
  },
  "bank-line-known": {
    status: 409,
    says: "A line with the bank's reference {reference} has been entered already.",
    rule: "a line of the bank is booked once",
    changedBy: "nobody, where it is the same line; another line has a reference of its own",
  },
  "lender-known": {
    status: 409,
    says: "{name} is on the list of lenders already.",
    rule: "one name, one lender",
    changedBy: "whoever asks, with another name",
  },
  "bank-line-in-future": {
    status: 422,
    says: "The bank cannot have booked this: {bookedOn} has not come yet.",
    rule: "only what the bank has booked is entered",
    changedBy: "the bank, by booking it",
  },
  "parts-differ": {
    status: 422,
    says: "The parts come to {sum}, and the line says {line}.",
    rule: "what came less what left is the line of the bank",
    changedBy: "whoever enters it",
  },
  "part-twice": {
    status: 422,
    says: "The same invoice, transfer or purpose stands twice among the parts. Say it once, with the whole sum.",
    rule: "what is paid by a line is told once",
    changedBy: "whoever enters it",
  },
  "line-the-other-way": {
    status: 422,
    says: "This cannot be what the line means: money came where it would leave, or left where it would come.",
    rule: "what comes in and what goes out have meanings of their own",
    changedBy: "whoever asks, with another meaning",
  },
  "amount-differs": {
    status: 422,
    says: "The amount is not what this means: {wanted} is expected.",
    rule: "what is expected is booked to the cent",
    changedBy: "whoever asks, with another meaning; the bank, where it moved another amount",
  },
  "more-than-open": {
    status: 409,
    says: "More than is open: {open} remains to be paid.",
    rule: "nothing is paid beyond what is open",
    changedBy: "whoever asks, with a smaller amount or another meaning",
  },
} as const satisfies Problems;
