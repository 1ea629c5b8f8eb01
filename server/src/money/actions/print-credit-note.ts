// A credit note on paper, made from its frozen text and nothing else, in the layout of the invoice it names.
import type { CreditPaper } from "@partcommune/shared/money/rules/credit";
import type { File } from "../../platform/doors.ts";
import { plain, printed, prose, type Block } from "../../platform/pdf.ts";
import { addressee, dayText, grey, head, inHomeMoney, lines, mention, strings, type Words } from "./print-invoice.ts";

/** Prints the frozen paper of a credit note. */
export async function printCreditNote(frozen: string): Promise<File> {
  const paper = JSON.parse(frozen) as CreditPaper;
  const t: Words = (id, values) => plain(strings(paper.language, id, values));
  const title = t("money.paper.creditNote", { number: paper.number });
  const bytes = await printed({
    title,
    author: plain(paper.coop.name),
    language: paper.language,
    on: paper.issuedOn,
    ...(paper.specimen ? { across: t("money.paper.specimen") } : {}),
    content: [
      head(paper.coop, paper.language, t),
      { columns: [addressee(paper.client, paper.language, t), facts(paper, t)], columnGap: 24, margin: [0, 0, 0, 28] },
      { text: title, fontSize: 20, bold: true, margin: [0, 0, 0, 12] },
      lines(paper, t, t("money.paper.creditedGross")),
      ...mention(paper, t),
      ...inHomeMoney(paper, t),
      { text: t("money.paper.creditReason"), bold: true, margin: [0, 28, 0, 4] },
      { text: prose(paper.reason) },
    ],
  });
  return { name: `${paper.number}.pdf`, bytes };
}

/** Its own day, and which invoice it takes back from. */
function facts({ issuedOn, invoice, language }: CreditPaper, t: Words): Block {
  const body = [
    [{ text: t("money.paper.issuedOn"), color: grey }, { text: dayText(issuedOn, language) }],
    [
      { text: t("money.paper.creditOf"), color: grey },
      { text: invoice.number, noWrap: true },
    ],
    [{ text: t("money.paper.creditOfDay"), color: grey }, { text: dayText(invoice.issuedOn, language) }],
  ];
  return { layout: "noBorders", table: { widths: ["auto", "*"], body } };
}
