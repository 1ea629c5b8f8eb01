// A file of the bank, read by what it says it is: a statement of the account (camt.053), or a report on a payment file of ours (pain.002). It touches no database.
import type { ReportRead } from "@partcommune/shared/money/rules/bank-report";
import type { StatementRead } from "@partcommune/shared/money/rules/statement";
import { documentIn } from "./bank-xml.ts";
import { statementsIn } from "./read-camt.ts";
import { reportIn } from "./read-report.ts";

export type BankFile = { readonly statements: readonly StatementRead[] } | { readonly report: ReportRead };

/** All of a file, or an `Unreadable`. */
export function readBankFile(bytes: Uint8Array): BankFile {
  const { form, document } = documentIn(bytes);
  return form === "statement" ? { statements: statementsIn(document) } : { report: reportIn(document) };
}
