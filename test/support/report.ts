// A bank's report on a payment file as tests write one: pain.002 in both of its versions.
import { bankIdOf } from "@partcommune/shared/money/rules/bank-id";

type Said = { readonly status?: string; readonly reason?: string; readonly words?: string };

export type Report = Said & {
  readonly version?: "03" | "10";
  readonly name?: string;
  /** What the bank says of the payment, besides the message as a whole. */
  readonly payment?: Said;
  readonly items?: readonly (Said & { readonly item: string })[];
};

const tag = (name: string, ...holds: readonly string[]): string => `<${name}>${holds.join("")}</${name}>`;
const maybe = (name: string, text: string | undefined): string => (text === undefined ? "" : tag(name, text));

const statusText = (name: string, { status, reason, words }: Said): string =>
  maybe(name, status) +
  (reason === undefined && words === undefined
    ? ""
    : tag("StsRsnInf", reason === undefined ? "" : tag("Rsn", tag("Cd", reason)), maybe("AddtlInf", words)));

/** A whole report on the file of a payout. */
export function pain002(payout: string, { version = "03", name = "r1", payment, items = [], ...group }: Report): string {
  const payments =
    payment || items.length > 0
      ? tag(
          "OrgnlPmtInfAndSts",
          tag("OrgnlPmtInfId", bankIdOf(payout)),
          statusText("PmtInfSts", payment ?? {}),
          ...items.map(({ item, ...said }) => tag("TxInfAndSts", tag("OrgnlEndToEndId", bankIdOf(item)), statusText("TxSts", said))),
        )
      : "";
  const body = tag(
    "CstmrPmtStsRpt",
    tag("GrpHdr", tag("MsgId", name), tag("CreDtTm", "2026-12-01T20:00:00")),
    tag("OrgnlGrpInfAndSts", tag("OrgnlMsgId", bankIdOf(payout)), tag("OrgnlMsgNmId", "pain.001.001.09"), statusText("GrpSts", group)),
    payments,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.${version}">${body}</Document>`;
}
