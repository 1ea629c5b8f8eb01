// Letters to clients who are late: reminders, and then the formal demand; each is kept with its day, and whoever did the work sees it.
import type { Id } from "@partcommune/shared/platform/id";
import { moneyText } from "@partcommune/shared/platform/money";
import { kindOfStep, stepsDue } from "@partcommune/shared/money/rules/late";
import { dayOf, daysBetween } from "@partcommune/shared/platform/calendar";
import { addressesOfApprovers } from "../../membership/index.ts";
import { letterheadOf } from "../../platform/letterhead.ts";
import { dayInWords, writeLetter } from "../../platform/letters.ts";
import { viewOf, type Action, type Scope, type View } from "../../platform/scope.ts";
import { houseOf } from "../store/house.ts";
import { amountSpoken } from "./print-invoice.ts";
import { invoicesToDun, saveDunning, type Late } from "../store/late.ts";

/** Invoices whose next letter is due. */
export async function toDun(view: View): Promise<readonly Late[]> {
  const { zone } = await houseOf(view.db);
  const { value: days } = await view.bylaw("payment.reminderDays", view.now);
  return invoicesToDun(view, dayOf(view.now, zone), days);
}

/** Writes to everybody who binds the client. Steps that were missed while nobody looked are not sent one after the other: the last that is due is. */
export const dunInvoice: Action<{ invoice: Id }, Record<string, never>> = async (scope, { invoice }) => {
  const { zone } = await houseOf(scope.tx);
  const { value: days } = await scope.bylaw("payment.reminderDays", scope.now);
  const today = dayOf(scope.now, zone);
  const [late] = await invoicesToDun({ db: scope.tx }, today, days, invoice);
  if (!late) return {};
  const step = stepsDue(daysBetween(late.payBy, today), days);
  const kind = kindOfStep(step, days);
  if (!(await saveDunning(scope, { invoice, step, kind, open: late.open, sentOn: today }))) return {};
  await writeToClient(scope, late, kind === "demand" ? "paymentDemand" : "paymentReminder");
  const about = [`engagement:${late.engagement}`, `invoice:${invoice}`, "desk:money"];
  scope.emit({ type: "invoice.dunned", subject: invoice, body: { engagement: late.engagement, kind }, about });
  return {};
};

async function writeToClient(scope: Scope, { client, number, reference, payBy, open }: Late, kind: string): Promise<void> {
  const { name: coop } = await houseOf(scope.tx);
  const { iban = "" } = await letterheadOf(scope.tx);
  for (const { email, language } of await addressesOfApprovers(viewOf(scope), client)) {
    const params = { coop, number, reference, iban, open: amountSpoken(moneyText(open), language), day: dayInWords(payBy, language) };
    await writeLetter(scope, { to: email, language, kind, params });
  }
}
