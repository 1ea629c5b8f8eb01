// An invoice that the coop wrote in a member's name, or what takes one back, on paper: the member's head on it, and the words by which it is known.
import type { SelfBilledCreditPaper, SelfBilledPaper } from "@partcommune/shared/money/rules/self-billing";
import { moneyFrom } from "@partcommune/shared/platform/money";
import type { File } from "../../platform/doors.ts";
import { plain, printed, prose, type Block } from "../../platform/pdf.ts";
import { addressee, amountSpoken, dayText, grey, head, lines, mention, strings, type Words } from "./print-invoice.ts";

type Either = SelfBilledPaper | SelfBilledCreditPaper;

/** Prints the frozen paper of a self-billed invoice, or of what takes one back. */
export async function printSelfBilled(frozen: string): Promise<File> {
  const paper = JSON.parse(frozen) as Either;
  const { number, language, seller, buyer, issuedOn } = paper;
  const t: Words = (id, values) => plain(strings(language, id, values));
  const isCredit = paper.kind === "selfBilledCredit";
  const title = t(isCredit ? "money.paper.creditNote" : "money.paper.invoice", { number });
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
      isCredit ? lines(paper, t, t("money.paper.creditedGross")) : lines(paper, t),
      ...mention(paper, t, "smallBusiness"),
      ...(paper.kind === "selfBilledCredit" ? wronged(paper, t) : says(paper, t)),
    ],
  });
  return { name: `${number}.pdf`, bytes };
}

/** Who wrote it, and by which word. */
const writtenBy = ({ buyer, agreement, language }: Either, t: Words): string =>
  t("money.paper.selfBilledSays", { coop: buyer.name, day: dayText(agreement.on, language) });

/** Why it takes an invoice back; another is written in its place. */
const wronged = (paper: SelfBilledCreditPaper, t: Words): readonly Block[] => [
  { text: writtenBy(paper, t), margin: [0, 28, 0, 0] },
  { text: t("money.paper.creditReason"), bold: true, margin: [0, 28, 0, 4] },
  { text: prose(paper.reason) },
];

/** Who wrote it by which word, and what becomes of its amount. */
function says(paper: SelfBilledPaper, t: Words): readonly Block[] {
  const { advanceOf, net, vat, language } = paper;
  const paid =
    advanceOf === undefined
      ? [t("money.paper.transferred")]
      : [
          t("money.paper.repaysAdvance", { sum: amountSpoken(net, language), day: dayText(advanceOf, language) }),
          ...(moneyFrom(vat).minor === 0n ? [] : [t("money.paper.vatWithNext", { sum: amountSpoken(vat, language) })]),
        ];
  return [{ text: [writtenBy(paper, t), ...paid].join(" "), margin: [0, 28, 0, 0] }];
}

/** Its own day, the day of the work, the invoice to the client that the work went into, and which one it takes back. */
function facts(paper: Either, t: Words): Block {
  const { issuedOn, deliveredOn, invoice, language } = paper;
  const row = (label: string, text: string): readonly Block[] => [
    { text: label, color: grey },
    { text, noWrap: true },
  ];
  const body = [
    row(t("money.paper.issuedOn"), dayText(issuedOn, language)),
    row(t("money.paper.deliveredOn"), dayText(deliveredOn, language)),
    row(t("money.paper.workOf"), invoice),
    ...(paper.kind === "selfBilledCredit"
      ? [row(t("money.paper.creditOf"), paper.credits.number), row(t("money.paper.creditOfDay"), dayText(paper.credits.issuedOn, language))]
      : []),
  ];
  return { layout: "noBorders", table: { widths: ["auto", "*"], body } };
}
