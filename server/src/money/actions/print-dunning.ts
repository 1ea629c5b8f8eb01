// A letter to a client who is late, on paper: made from the invoice as it was frozen and from what was open the day it was sent.
import type { InvoicePaper } from "@partcommune/shared/money/rules/invoice";
import { moneyText } from "@partcommune/shared/platform/money";
import type { File } from "../../platform/doors.ts";
import { plain, printed, prose, type Block } from "../../platform/pdf.ts";
import type { DunningLetter } from "../store/late.ts";
import { addressee, amountSpoken, dayText, grey, letterhead, strings, transfer, type Words } from "./print-invoice.ts";

/** Prints a reminder or the formal demand. */
export async function printDunning({ step, kind, sentOn, open, frozen }: DunningLetter): Promise<File> {
  const paper = JSON.parse(frozen) as InvoicePaper;
  const { number, language, coop, payBy } = paper;
  const t: Words = (id, values) => plain(strings(language, id, values));
  const figures = { number, coop: coop.name, amount: amountSpoken(moneyText(open), language), day: dayText(payBy, language) };
  const title = t(`money.paper.${kind}`, figures);
  const bytes = await printed({
    title,
    author: plain(coop.name),
    language,
    on: sentOn,
    ...(paper.specimen ? { across: t("money.paper.specimen") } : {}),
    content: [
      letterhead(paper, t),
      { columns: [addressee(paper, t), sent(dayText(sentOn, language), t)], columnGap: 24, margin: [0, 0, 0, 28] },
      { text: title, fontSize: 20, bold: true, margin: [0, 0, 0, 12] },
      { text: prose(t(`money.paper.${kind}.says`, figures)) },
      ...transfer(paper, open, t("money.paper.payNow", figures), t),
    ],
  });
  return { name: `${number}-${step}.pdf`, bytes };
}

const sent = (day: string, t: Words): Block => ({ text: [{ text: `${t("money.paper.sentOn")} `, color: grey }, day] });
