// What the bank reports on a payout: kept and read, and a transfer that it refused is owed to its member as before. No money moves by it.
import {
  answersOf,
  isRefused,
  objectionToReport,
  payoutReported,
  wholeOf,
  type ReportRead,
} from "@partcommune/shared/money/rules/bank-report";
import type { importBankFile } from "@partcommune/shared/money/api/statement";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { post } from "../store/ledger.ts";
import { heldBatch } from "../store/payouts.ts";
import * as store from "../store/reports.ts";
import { refuseItems } from "../store/settling.ts";
import { bookOpened } from "./open-book.ts";
import { rejectedEntry, tellReturned } from "./returning.ts";

type Told = NonNullable<AnswerOf<typeof importBankFile>["report"]>;
type File = Pick<store.NewReport, "hash" | "file" | "by">;

/** Takes a report: all of it or nothing. The same again changes nothing. */
export async function reportTaken(scope: Scope, report: ReportRead, file: File): Promise<Told> {
  const payout = payoutReported(report);
  const batch = payout === undefined ? undefined : await heldBatch(scope, payout);
  refuseUnless(payout !== undefined && batch !== undefined, "bank-report-of-another");
  refuseIf(objectionToReport(batch.state));
  const answers = answersOf(report, await store.itemsIn(scope, payout));
  refuseUnless(answers !== undefined, "bank-report-of-another");
  const id = await store.saveReport(scope, { ...file, ...wholeOf(report), name: report.name, batch: payout }, answers);
  if (id === undefined) return { payout, answered: answers.length, refused: 0, late: 0, known: true };
  const refused = answers.filter(isRefused).map(({ item }) => item);
  const given = await givenBack(scope, payout, id, refused);
  const late = await store.settledOf(scope, refused);
  scope.emit({ type: "payout.answered", subject: payout, body: { answers: answers.length, refused: given }, about: ["desk:money"] });
  return { payout, answered: answers.length, refused: given, late, known: false };
}

/** What the bank refused and had not booked is no longer under way, each once; how many those are. */
async function givenBack(scope: Scope, payout: Id, report: Id, refused: readonly Id[]): Promise<number> {
  if (refused.length === 0) return 0;
  await bookOpened(scope);
  const on = dayOf(scope.now, (await bookOf(scope.tx)).zone);
  const items = await refuseItems(scope, { report, on }, refused);
  await store.endBatch(scope, payout);
  await post(
    scope,
    items.map((returned) => rejectedEntry(returned, on)),
  );
  for (const returned of items) tellReturned(scope, returned);
  return items.length;
}
