// Money's door for people.
import { readEffects, readProposalEffects, readProposalPurpose } from "@partcommune/shared/governance/api";
import * as api from "@partcommune/shared/money/api";
import type { Door } from "../platform/doors.ts";
import * as bank from "./actions/bank-lines.ts";
import { openBudget, renameBudget } from "./actions/budgets.ts";
import * as crediting from "./actions/credits.ts";
import * as paying from "./actions/payouts.ts";
import { printCreditNote } from "./actions/print-credit-note.ts";
import { printInvoice } from "./actions/print-invoice.ts";
import { setIban } from "./actions/set-iban.ts";
import { bankLines } from "./store/bank-lines.ts";
import { credits } from "./store/credits.ts";
import * as desk from "./store/desk.ts";
import { effectsOfChange, effectsOfProposal } from "./store/effects.ts";
import * as invoices from "./store/invoices.ts";
import { openPurposes, purposePage } from "./store/purposes.ts";
import { statementOf } from "./store/statement.ts";

export function routes(door: Door): void {
  door.read(api.listInvoices, invoices.invoicesOf);
  door.read(api.listOpenInvoices, invoices.openInvoices);
  door.read(api.readInvoice, invoices.invoicePage);
  door.file(api.printInvoice, invoices.invoicePage, ({ frozen }) => printInvoice(frozen));
  door.read(api.readStatement, statementOf);
  door.write(api.setIban, setIban);
  door.write(api.openBudget, openBudget);
  door.write(api.renameBudget, renameBudget);
  door.read(api.listPayables, desk.openPayables);
  door.read(api.listPayouts, desk.payouts);
  door.write(api.orderPayouts, paying.orderPayouts);
  door.write(api.signPayout, paying.signPayout);
  door.write(api.cancelPayout, paying.cancelPayout);
  door.write(api.enterBankLine, bank.enterBankLine);
  door.write(api.confirmBankLine, bank.confirmBankLine);
  door.write(api.discardBankLine, bank.discardBankLine);
  door.read(api.listBankLines, bankLines);
  door.write(api.proposeCredit, crediting.proposeCredit);
  door.write(api.agreeToCredit, crediting.agreeToCredit);
  door.write(api.confirmCredit, crediting.confirmCredit);
  door.write(api.discardCredit, crediting.discardCredit);
  door.read(api.listCredits, credits);
  door.file(api.printCreditNote, invoices.creditNote, ({ frozen }) => printCreditNote(frozen));
  door.read(readProposalEffects, effectsOfProposal);
  door.read(readProposalPurpose, purposePage);
  door.read(api.listPurposes, (view) => openPurposes(view));
  door.read(readEffects, effectsOfChange);
  door.topic("invoice", (view, invoice) => invoices.invoicePage(view, { invoice }));
}
