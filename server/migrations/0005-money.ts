// The papers of money and the bank account: invoices that never change, what members are owed, payouts that two sign, and lines of the bank.
import { sql, type Kysely } from "kysely";
import { advances } from "./0005-money/advances.sql.ts";
import { bank } from "./0005-money/bank.sql.ts";
import { billing, selfBilled } from "./0005-money/billing.sql.ts";
import { budgets } from "./0005-money/budgets.sql.ts";
import { closing } from "./0005-money/closing.sql.ts";
import { corrections } from "./0005-money/corrections.sql.ts";
import { credits } from "./0005-money/credits.sql.ts";
import { income } from "./0005-money/income.sql.ts";
import { late } from "./0005-money/late.sql.ts";
import { papers } from "./0005-money/papers.sql.ts";
import { payroll } from "./0005-money/payroll.sql.ts";
import { payouts } from "./0005-money/payouts.sql.ts";
import { purposes } from "./0005-money/purposes.sql.ts";
import { rates } from "./0005-money/rates.sql.ts";
import { statements } from "./0005-money/statements.sql.ts";

export async function up(db: Kysely<never>): Promise<void> {
  for (const part of [
    budgets,
    rates,
    papers,
    advances,
    credits,
    late,
    billing,
    payroll,
    payouts,
    selfBilled,
    income,
    purposes,
    bank,
    statements,
    closing,
    corrections,
  ])
    await sql.raw(part).execute(db);
}
