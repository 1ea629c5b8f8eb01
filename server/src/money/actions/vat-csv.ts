// A quarter of VAT as a file that a spreadsheet opens.
import type { readVat } from "@partcommune/shared/money/api";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import { amountText } from "@partcommune/shared/platform/money";
import { csvText } from "../../platform/csv.ts";
import type { File } from "../../platform/doors.ts";

const columns = ["until", "what", "percent", "vatNumber", "name", "net", "vat", "currency"] as const;

/** Each row of the papers, then the sides of the book, then who abroad owes it themselves. */
export async function vatCsv({ from, months, abroad }: AnswerOf<typeof readVat>): Promise<File> {
  const sold = months.flatMap(({ until, ...month }) => [
    ...month.sold.map(({ category, percent, net, vat }) => [
      until,
      category,
      percent,
      "",
      "",
      amountText(net),
      amountText(vat),
      net.currency,
    ]),
    ...(month.bought
      ? [[until, "bought", "", "", "", amountText(month.bought.net), amountText(month.bought.vat), month.bought.net.currency]]
      : []),
    ...(["due", "input", "relief"] as const).map((side) => [until, side, "", "", "", "", amountText(month[side]), month[side].currency]),
  ]);
  const buyers = abroad.map(({ vatNumber, name, net }) => [from ?? "", "abroad", "0", vatNumber, name, amountText(net), "", net.currency]);
  return { name: `vat-${from ?? "none"}.csv`, bytes: Buffer.from(csvText(columns, [...sold, ...buyers])) };
}
