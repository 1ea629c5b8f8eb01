// The rows of a figure as a file that a spreadsheet opens.
import type { listFigureEntries } from "@partcommune/shared/mutual/api";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import { amountText } from "@partcommune/shared/platform/money";
import { csvText } from "../../platform/csv.ts";
import type { File } from "../../platform/doors.ts";

const columns = ["on", "kind", "entry", "entries", "accounts", "bylaws", "amount", "currency"] as const;

export async function figureCsv({ figure, on, items }: AnswerOf<typeof listFigureEntries>): Promise<File> {
  const rows = items.map((item) => [
    item.on,
    item.kind,
    item.id ?? "",
    item.entries,
    item.accounts.join(" "),
    item.bylaws.join(" "),
    amountText(item.amount),
    item.amount.currency,
  ]);
  return { name: `${figure}-${on}.csv`, bytes: Buffer.from(csvText(columns, rows)) };
}
