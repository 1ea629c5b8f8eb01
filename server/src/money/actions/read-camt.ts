// Reading a bank's statement (camt.053, versions 2, 4 and 8): from its XML to what it says, or to why it says nothing.
import { idOfBankId } from "@partcommune/shared/money/rules/bank-id";
import type { LineRead, StatementRead } from "@partcommune/shared/money/rules/statement";
import { exponents } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { at, attributeAt, contentOf, listIn, plain, textAt, unless, Unreadable, type Node } from "./bank-xml.ts";

/** Every statement of a document, or an `Unreadable`. */
export function statementsIn(document: Node): readonly StatementRead[] {
  const statements = listIn(at(document, "BkToCstmrStmt"), "Stmt");
  unless(statements.length > 0, "statement");
  return statements.map(statementFrom);
}

function statementFrom(statement: Node): StatementRead {
  const iban = textAt(statement, "Acct", "Id", "IBAN").replaceAll(" ", "").toUpperCase();
  unless(/^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/.test(iban), "account");
  const balances = listIn(statement, "Bal");
  const currency = attributeAt(balances[0], "Ccy", "Amt") || textAt(statement, "Acct", "Ccy");
  unless(currency in exponents, "currency");
  const closing = balances.find((balance) => kindOf(balance) === "CLBD");
  const opening = balances.find((balance) => kindOf(balance) === "OPBD") ?? balances.find((balance) => kindOf(balance) === "PRCD");
  const lines = listIn(statement, "Ntry")
    .filter(isBooked)
    .flatMap((entry) => linesFrom(entry, currency));
  const last = closing
    ? dayAt(closing, "Dt")
    : lines
        .map(({ bookedOn }) => bookedOn)
        .toSorted()
        .at(-1);
  if (last === undefined) throw new Unreadable("balance");
  return {
    iban,
    name: textAt(statement, "Id").slice(0, 140),
    currency,
    until: last,
    opening: opening && signedAt(opening, currency),
    closing: closing && signedAt(closing, currency),
    lines,
  };
}

const kindOf = (balance: Node): string => textAt(balance, "Tp", "CdOrPrtry", "Cd");

/** What is only announced moves nothing yet. */
const isBooked = (entry: Node): boolean => (textAt(entry, "Sts", "Cd") || textAt(entry, "Sts")) === "BOOK";

/** A line for each transfer of an entry, where the bank says what each is; else one for all of it. */
function linesFrom(entry: Node, currency: string): readonly LineRead[] {
  const whole = signedAt(entry, currency);
  const bookedOn = dayAt(entry, "BookgDt");
  const reversed = textAt(entry, "RvslInd") === "true";
  const transfers = listIn(entry, "NtryDtls").flatMap((details) => listIn(details, "TxDtls"));
  const [only] = transfers;
  const one = (transfer: Node | undefined, minor: bigint) => lineFrom(entry, transfer, { bookedOn, minor, reversed });
  if (transfers.length <= 1) return [one(only, whole)];
  const amounts = transfers.map((transfer) => amountOf(transfer, currency, whole));
  if (amounts.some((minor) => minor === undefined)) return [one(undefined, whole)];
  const parts = transfers.map((transfer, place) => one(transfer, amounts[place] ?? 0n));
  return parts.reduce((all, { minor }) => all + minor, 0n) === whole ? parts : [one(undefined, whole)];
}

/** A transfer's own amount: it has the sign of its entry unless it says its own. */
function amountOf(transfer: Node, currency: string, whole: bigint): bigint | undefined {
  const amount = at(transfer, "Amt") ?? at(transfer, "AmtDtls", "TxAmt", "Amt");
  if (amount === undefined || attributeAt(amount, "Ccy") !== currency) return undefined;
  const minor = minorOf(contentOf(amount), currency);
  const side = textAt(transfer, "CdtDbtInd");
  return side === "DBIT" || (side === "" && whole < 0n) ? -minor : minor;
}

type Booked = { readonly bookedOn: Day; readonly minor: bigint; readonly reversed: boolean };

function lineFrom(entry: Node, transfer: Node | undefined, { bookedOn, minor, reversed }: Booked): LineRead {
  const other = minor < 0n ? "Cdtr" : "Dbtr";
  const words = listIn(at(transfer, "RmtInf"), "Strd").map((strd) => textAt(strd, "CdtrRefInf", "Ref"));
  const free = listIn(at(transfer, "RmtInf"), "Ustrd", contentOf);
  return {
    bookedOn,
    minor,
    bankRef: plain(textAt(transfer, "Refs", "AcctSvcrRef") || textAt(entry, "AcctSvcrRef") || textAt(entry, "NtryRef")),
    endToEnd: plain(textAt(transfer, "Refs", "EndToEndId")),
    batch: batchIn(entry),
    words: [...words, ...free, textAt(entry, "AddtlNtryInf")].map(plain).filter((text) => text !== ""),
    party: plain(textAt(transfer, "RltdPties", other, "Pty", "Nm") || textAt(transfer, "RltdPties", other, "Nm")),
    returned: minor > 0n && (reversed || at(transfer, "RtrInf") !== undefined),
  };
}

/** Our own name of a payout: where a bank books all of its transfers as one sum, that is said of the sum, or of each transfer in it. */
function batchIn(entry: Node): string {
  const details = listIn(entry, "NtryDtls");
  const said = [
    ...details.map((each) => at(each, "Btch")),
    ...details.flatMap((each) => listIn(each, "TxDtls")).map((each) => at(each, "Refs")),
  ];
  const names = said.flatMap((each) => [textAt(each, "PmtInfId"), textAt(each, "MsgId")]);
  return names.find((name) => idOfBankId(name) !== undefined) ?? "";
}

function signedAt(node: Node, currency: string): bigint {
  const amount = at(node, "Amt");
  unless(attributeAt(amount, "Ccy") === currency, "currency");
  const side = textAt(node, "CdtDbtInd");
  unless(side === "CRDT" || side === "DBIT", "entry");
  const minor = minorOf(contentOf(amount), currency);
  return side === "DBIT" ? -minor : minor;
}

/** A decimal as ISO 20022 writes it: leading and trailing noughts mean nothing, more places than the currency has are refused. */
function minorOf(text: string, currency: string): bigint {
  const [, units = "", places = ""] = /^(\d{1,15})(?:\.(\d{1,5}))?$/.exec(text) ?? [];
  const exponent = exponents[currency] ?? 0;
  unless(units !== "" && /^0*$/.test(places.slice(exponent)), "amount");
  return BigInt(units + places.slice(0, exponent).padEnd(exponent, "0"));
}

function dayAt(node: Node, name: string): Day {
  const text = (textAt(node, name, "Dt") || textAt(node, name, "DtTm")).slice(0, 10);
  unless(/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)), "day");
  return text as Day;
}
