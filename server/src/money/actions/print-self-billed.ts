// An invoice that the coop wrote in a member's name, on paper: the member's head on it, and the words by which it is known.
import type { SelfBilledPaper } from "@partcommune/shared/money/rules/self-billing";
import { moneyFrom } from "@partcommune/shared/platform/money";
import type { File } from "../../platform/doors.ts";
import { plain, printed, type Block } from "../../platform/pdf.ts";
import { addressee, amountSpoken, dayText, grey, head, lines, mention, strings, type Words } from "./print-invoice.ts";

/** Prints the frozen paper of a self-billed invoice. */
export async function printSelfBilled(frozen: string): Promise<File> {
  const paper = JSON.parse(frozen) as SelfBilledPaper;
  const { number, language, seller, buyer, issuedOn } = paper;
  const t: Words = (id, values) => plain(strings(language, id, values));
  const title = t("money.paper.invoice", { number });
  const bytes = await printed({
    title,
    author: plain(seller.name),
    language,
    on: issuedOn,
    ...(paper.specimen ? { across: t("money.paper.specimen") } : {}),
    content: [
      head(seller, language, t),
      { columns: [addressee(buyer, language, t), facts(paper, t)], columnGap: 24, margin: [0, 0, 0, 28] },
      { text: title, fontSize: 20, bold: true },
      // Directive 2006/112/EC, article 226 (10a): the word itself, in every language its own.
      { text: t("money.paper.selfBilling"), bold: true, margin: [0, 0, 0, 12] },
      lines(paper, t),
      ...mention(paper, t, "smallBusiness"),
      ...says(paper, t),
    ],
  });
  return { name: `${number}.pdf`, bytes };
}

/** Who wrote it by which word, and what becomes of its amount. */
function says({ buyer, agreement, advanceOf, net, vat, language }: SelfBilledPaper, t: Words): readonly Block[] {
  const written = t("money.paper.selfBilledSays", { coop: buyer.name, day: dayText(agreement.on, language) });
  const paid =
    advanceOf === undefined
      ? [t("money.paper.transferred")]
      : [
          t("money.paper.repaysAdvance", { sum: amountSpoken(net, language), day: dayText(advanceOf, language) }),
          ...(moneyFrom(vat).minor === 0n ? [] : [t("money.paper.vatWithNext", { sum: amountSpoken(vat, language) })]),
        ];
  return [{ text: [written, ...paid].join(" "), margin: [0, 28, 0, 0] }];
}

/** Its own day, the day of the work, and the invoice to the client that the work went into. */
function facts({ issuedOn, deliveredOn, invoice, language }: SelfBilledPaper, t: Words): Block {
  const row = (label: string, text: string): readonly Block[] => [
    { text: label, color: grey },
    { text, noWrap: true },
  ];
  const body = [
    row(t("money.paper.issuedOn"), dayText(issuedOn, language)),
    row(t("money.paper.deliveredOn"), dayText(deliveredOn, language)),
    row(t("money.paper.workOf"), invoice),
  ];
  return { layout: "noBorders", table: { widths: ["auto", "*"], body } };
}
