// The rows of a figure as a file that a spreadsheet opens: nothing in it is reckoned there.
import { stringify } from "csv-stringify/sync";
import type { listFigureEntries } from "@partcommune/shared/mutual/api";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import { amountText } from "@partcommune/shared/platform/money";
import type { File } from "../../platform/doors.ts";

const columns = ["on", "kind", "entry", "entries", "accounts", "bylaws", "amount", "currency"] as const;

/** A cell that begins like a formula is text; amounts, which may begin with a minus, are numbers of ours. */
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
  const text = stringify(rows, { header: true, columns: [...columns], bom: true, escape_formulas: true });
  return { name: `${figure}-${on}.csv`, bytes: Buffer.from(text) };
}
