// Reading what a bank reports on a payment file of ours (pain.002, versions 3 and 10): from its XML to what it says of the file and of each transfer.
import type { ReportRead, StatusRead } from "@partcommune/shared/money/rules/bank-report";
import { at, contentOf, listIn, plain, textAt, unless, type Node } from "./bank-xml.ts";

/** The report of a document, or an `Unreadable`. */
export function reportIn(document: Node): ReportRead {
  const report = at(document, "CstmrPmtStsRpt");
  const group = at(report, "OrgnlGrpInfAndSts");
  unless(group !== undefined, "report");
  const read: ReportRead = {
    name: plain(textAt(report, "GrpHdr", "MsgId")),
    group: { of: textAt(group, "OrgnlMsgId"), ...statusFrom(group, "GrpSts") },
    payments: listIn(report, "OrgnlPmtInfAndSts").map((payment) => ({
      of: textAt(payment, "OrgnlPmtInfId"),
      ...statusFrom(payment, "PmtInfSts"),
      transfers: listIn(payment, "TxInfAndSts").map((transfer) => ({
        of: textAt(transfer, "OrgnlEndToEndId"),
        ...statusFrom(transfer, "TxSts"),
      })),
    })),
  };
  const said = [read.group, ...read.payments, ...read.payments.flatMap(({ transfers }) => transfers)];
  unless(
    said.some(({ status }) => status !== ""),
    "report",
  );
  return read;
}

/** A status by its code, with the first reason that is given for it, and what the bank writes beside. */
function statusFrom(node: unknown, name: string): StatusRead {
  const status = textAt(node, name);
  unless(/^([A-Z]{4})?$/.test(status), "report");
  const reasons = listIn(node, "StsRsnInf");
  const codes = reasons.map((each) => textAt(each, "Rsn", "Cd") || textAt(each, "Rsn", "Prtry"));
  const words = reasons.flatMap((each) => listIn(each, "AddtlInf", contentOf));
  return { status, reason: plain(codes.find((code) => code !== "") ?? "").slice(0, 35), words: plain(words.join(" ")) };
}
