// A bank's statement as tests write one: camt.053 in any of its versions, with balances that fit unless a test bends them.
import { gzipSync } from "node:zlib";
import { importBankFile } from "@partcommune/shared/money/api/statement";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import type { Answered, Caller } from "./coop.ts";

export type Line = {
  /** `-1830.00` left. */
  readonly amount: string;
  readonly on?: string;
  readonly ref?: string;
  readonly endToEnd?: string;
  /** The name of a file of transfers that this is the sum of. */
  readonly batch?: string;
  readonly reference?: string;
  readonly words?: string;
  readonly party?: string;
  readonly returned?: boolean;
  readonly status?: string;
  readonly currency?: string;
};

export type Statement = {
  readonly iban?: string;
  readonly version?: "02" | "04" | "08";
  readonly name?: string;
  readonly opening?: string;
  readonly closing?: string;
  readonly until?: string;
  readonly prefix?: string;
};

const cents = (amount: string): bigint => BigInt(amount.replace(".", ""));
const decimal = (minor: bigint): string => {
  const digits = String(minor < 0n ? -minor : minor).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

const tag = (name: string, ...holds: readonly string[]): string => `<${name}>${holds.join("")}</${name}>`;
const maybe = (name: string, text: string | undefined): string => (text === undefined ? "" : tag(name, text));

const amountText = (minor: bigint, currency = "EUR"): string =>
  `<Amt Ccy="${currency}">${decimal(minor)}</Amt>${tag("CdtDbtInd", minor < 0n ? "DBIT" : "CRDT")}`;

const balance = (code: string, minor: bigint, on: string): string =>
  tag("Bal", tag("Tp", tag("CdOrPrtry", tag("Cd", code))), amountText(minor), tag("Dt", tag("Dt", on)));

function entry(line: Line, version: string, until: string): string {
  const { amount, on = until, ref, endToEnd, batch, reference, words, party, returned, status = "BOOK", currency } = line;
  const left = amount.startsWith("-");
  const who = party === undefined ? "" : version === "08" ? tag("Pty", tag("Nm", party)) : tag("Nm", party);
  const structured = reference === undefined ? "" : tag("Strd", tag("CdtrRefInf", tag("Ref", reference)));
  return tag(
    "Ntry",
    amountText(cents(amount), currency),
    returned ? tag("RvslInd", "true") : "",
    version === "02" ? tag("Sts", status) : tag("Sts", tag("Cd", status)),
    tag("BookgDt", tag("Dt", on)),
    maybe("AcctSvcrRef", ref),
    tag(
      "NtryDtls",
      batch === undefined
        ? tag(
            "TxDtls",
            tag("Refs", maybe("EndToEndId", endToEnd)),
            tag("RltdPties", who === "" ? "" : tag(left ? "Cdtr" : "Dbtr", who)),
            tag("RmtInf", maybe("Ustrd", words), structured),
          )
        : tag("Btch", tag("MsgId", batch)),
    ),
  );
}

/** A whole file of one statement. */
export function camt(lines: readonly Line[], wishes: Statement = {}): string {
  const { iban = "BE68539007547034", version = "08", name = "1", opening = "0.00", until = "2026-12-01" } = wishes;
  const sum = lines.filter(({ status = "BOOK" }) => status === "BOOK").reduce((all, { amount }) => all + cents(amount), cents(opening));
  const closing = wishes.closing === undefined ? sum : cents(wishes.closing);
  const body = tag(
    "BkToCstmrStmt",
    tag("GrpHdr", tag("MsgId", "m"), tag("CreDtTm", `${until}T20:00:00`)),
    tag(
      "Stmt",
      tag("Id", name),
      tag("Acct", tag("Id", tag("IBAN", iban)), tag("Ccy", "EUR")),
      balance("OPBD", cents(opening), until),
      wishes.closing === "" ? "" : balance("CLBD", closing, until),
      ...lines.map((line) => entry(line, version, until)),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}">${body}</Document>`;
}

/** Reads a file in, as a treasurer does. */
export const imported = (caller: Caller, file: string | Uint8Array): Promise<Answered<ToldOf<typeof importBankFile>>> =>
  caller.call(importBankFile, { gzip: gzipSync(file).toString("base64") });
