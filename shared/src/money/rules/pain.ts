// The file by which a bank is asked to pay: an ISO 20022 credit transfer (pain.001.001.09), written from bigint amounts, the same bytes each time.
import { amountText, sum, zero, type Money } from "../../platform/money.ts";
import type { Day, Instant } from "../../platform/time.ts";
import { says, tag } from "./xml.ts";

export type Transfer = {
  readonly id: string;
  readonly name: string;
  readonly iban: string;
  readonly amount: Money;
  readonly about: string;
};

export type PaymentOrder = {
  readonly id: string;
  readonly at: Instant;
  readonly executeOn: Day;
  readonly from: { readonly name: string; readonly iban: string; readonly bic?: string };
  /** At least one, all in one currency. */
  readonly transfers: readonly Transfer[];
};

/** The signs that every bank of the area takes (EPC217-08); others become a point, and no text begins or ends with a slash or doubles one. */
export function bankText(ascii: string, most: number): string {
  const taken = ascii
    .replaceAll(/[^A-Za-z0-9/\-?:().,'+ ]/g, ".")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/\/{2,}/g, "/")
    .slice(0, most)
    .replaceAll(/^[\s/]+|[\s/]+$/g, "");
  return taken === "" ? "." : taken;
}

const account = (iban: string): string => tag("Id", says("IBAN", iban));

const bankOf = (bic: string | undefined): string =>
  tag("FinInstnId", bic === undefined ? tag("Othr", says("Id", "NOTPROVIDED")) : says("BICFI", bic));

const transferText = ({ id, name, iban, amount, about }: Transfer): string =>
  tag(
    "CdtTrfTxInf",
    tag("PmtId", says("EndToEndId", id)),
    tag("Amt", says(`InstdAmt Ccy="${amount.currency}"`, amountText(amount))),
    tag("Cdtr", says("Nm", name)),
    tag("CdtrAcct", account(iban)),
    tag("RmtInf", says("Ustrd", about)),
  );

/** The area's own scheme is for euros; what it is in another currency, the bank decides. */
const schemeOf = (currency: string): string => (currency === "EUR" ? tag("PmtTpInf", tag("SvcLvl", says("Cd", "SEPA"))) : "");

/** The whole file. Each transfer is booked as a line of its own, so that the statement names it. */
export function painFile({ id, at, executeOn, from, transfers }: PaymentOrder): string {
  const currency = transfers[0]?.amount.currency ?? "";
  const count = says("NbOfTxs", String(transfers.length));
  const control = says("CtrlSum", amountText(sum(zero(currency), ...transfers.map(({ amount }) => amount))));
  const head = tag(
    "GrpHdr",
    says("MsgId", id),
    says("CreDtTm", `${at.slice(0, 19)}Z`),
    count,
    control,
    tag("InitgPty", says("Nm", from.name)),
  );
  const order = tag(
    "PmtInf",
    says("PmtInfId", id),
    says("PmtMtd", "TRF"),
    says("BtchBookg", "false"),
    count,
    control,
    schemeOf(currency),
    tag("ReqdExctnDt", says("Dt", executeOn)),
    tag("Dbtr", says("Nm", from.name)),
    tag("DbtrAcct", account(from.iban), says("Ccy", currency)),
    tag("DbtrAgt", bankOf(from.bic)),
    says("ChrgBr", "SLEV"),
    ...transfers.map((transfer) => `\n${transferText(transfer)}`),
    "\n",
  );
  const root = `Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag(root, tag("CstmrCdtTrfInitn", head, "\n", order))}\n`;
}
