// What higher domains may use of money.
export { askAdvance } from "./actions/advances.ts";
export { askForBilling } from "./actions/billing.ts";
export { budgetChosen, closeBudget } from "./actions/budgets.ts";
export { earnAtSister, type EarnedElsewhere, type EarnedThere } from "./actions/earn-at-sister.ts";
export { bearShare, homeLossOf } from "./actions/loss-shares.ts";
export { expireHolds } from "./actions/expire-holds.ts";
export { issueInvoice, type InvoiceOrder, type Issued, type SistersWork } from "./actions/issue-invoice.ts";
export { bookOpened } from "./actions/open-book.ts";
export { importRates, inMoneyOf, rateToday, worthAt, type Published } from "./actions/rates.ts";
export { readRates, UnreadableRates } from "./actions/read-rates.ts";
export { exchangeToday, type Exchange } from "./store/rates.ts";
export { creditIsReady } from "./actions/credit-ready.ts";
export { advancePage } from "./store/advance-page.ts";
export { checkingSeals, type Checking as SealChecking, type Witnessed } from "./actions/checking-seals.ts";
export { sealProof } from "./actions/seal-proof.ts";
export { sealEntries, type Sealing } from "./actions/seal.ts";
export { checkSealedBook, checkWritten, firstBrokenSeal, sealedBook } from "./actions/sealed-book.ts";
export { lineText, readLine } from "./actions/sealed-lines.ts";
export { moneyAlerts } from "./store/alerts.ts";
export { setFloor } from "./store/accounts.ts";
export { budgetsOf, type BudgetStanding } from "./store/budgets.ts";
export { effectsOf, effectsOfProposal } from "./store/effects.ts";
export { replayOf, type Replay } from "./store/replay.ts";
export { dueToFront, placesInQueue, queuePayable, setAside, spokenFor, type Due, type Place } from "./store/fronting.ts";
export { isTooLate } from "./store/late.ts";
export { cashSums, fundSums, lastFees, potMovements, type FundSums } from "./store/fund.ts";
export { paidAhead } from "./store/ahead.ts";
export { entryTold, figureGroups, figureRows, figureSum, type FigureAccounts, type FigureOf, type FigureRow } from "./store/figure-rows.ts";
export { daysOfBook, daysOfYear } from "./store/journal.ts";
export { fecFile, fecText, journalText, tableFile, yearHeld } from "./actions/books.ts";
export { advancesOut, flowsSince, hasInvoicedBy, newestEntry, receivableSoon, turnoverParts, type Flows } from "./store/turnover.ts";
export { approvedOfMember, owedToMember, type OwedToMember } from "./store/owed.ts";
export { keysOpenAccounts } from "./store/ibans.ts";
export { waitingCredits } from "./store/credits.ts";
export { openPayable, papersOf, together, type Guaranteed, type NewPayable, type Papers } from "./store/payables.ts";
export { placeHold, releaseHold } from "./store/holds.ts";
export {
  balanceOf,
  balancesUnder,
  entriesOf,
  entryByKey,
  openBook,
  post,
  trialBalance,
  type Balance,
  type Booked,
  type Posted,
} from "./store/ledger.ts";
export { book } from "./checks/years.ts";
export { openYears } from "./store/years.ts";
export {
  accountsWritten,
  moneyOfMembers,
  namesWritten,
  papersWritten,
  receivablesWritten,
  unsealedWritten,
  type AccountWritten,
  type MemberMoney,
  type Written,
} from "./store/winding-down.ts";
export { sealLog } from "./store/seal.ts";
export { moneyOpen } from "./store/leaving.ts";
export { shareOf, sharesInTurn } from "./store/shares.ts";
export { lastPaidOut, monthsMoved, type MonthMoved } from "./store/history.ts";
