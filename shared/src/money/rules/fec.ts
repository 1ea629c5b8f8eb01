// A year of the book as the French tax administration asks for it: the fichier des écritures comptables of article A47 A-1 of the Livre des procédures fiscales, eighteen fields a line.
import { amountText } from "../../platform/money.ts";
import type { Day } from "../../platform/time.ts";
import type { EntryKind } from "./entry.ts";
import { carriedOn, frenchAccount, isOfResult, type FrenchAccount } from "./french-chart.ts";
import type { JournalledEntry, JournalledLeg, JournalSpan } from "./journal.ts";

/** The fields in their fixed order (A47 A-1, VII 1°). */
export const fecFields = [
  "JournalCode",
  "JournalLib",
  "EcritureNum",
  "EcritureDate",
  "CompteNum",
  "CompteLib",
  "CompAuxNum",
  "CompAuxLib",
  "PieceRef",
  "PieceDate",
  "EcritureLib",
  "Debit",
  "Credit",
  "EcritureLet",
  "DateLet",
  "ValidDate",
  "Montantdevise",
  "Idevise",
] as const;

/** An entry with the paper it is about, and the day on which its seal made it final. */
export type FecEntry = JournalledEntry & { readonly sealedOn: Day; readonly paper?: { readonly number: string; readonly issuedOn: Day } };

export type Fec = {
  /** The names of the fields, and what was held before. */
  readonly head: string;
  /** An entry in the next number of its journal; nothing where nothing of it is in the coop's own money. */
  readonly entry: (entry: FecEntry) => string;
};

const journals = {
  sales: ["VE", "Ventes"],
  purchases: ["HA", "Achats"],
  bank: ["BQ", "Banque"],
  payroll: ["PA", "Paie"],
  other: ["OD", "Operations diverses"],
} as const;
type Journal = keyof typeof journals;

/** In which journal an entry stands. The law wants costs and income as they are, so that what closes them stands in none. */
const journalOf: Readonly<Partial<Record<EntryKind, Journal | "none">>> = {
  "invoice.issued": "sales",
  "invoice.credited": "sales",
  "fee.host": "sales",
  "fee.home": "sales",
  "member.billed": "purchases",
  "vat.billed": "purchases",
  "vat.owed": "purchases",
  "expense.repaid": "purchases",
  "premium.paid": "purchases",
  "cost.paid": "bank",
  "cost.refunded": "bank",
  "income.received": "bank",
  "client.paid": "bank",
  "client.overpaid": "bank",
  "client.repaid": "bank",
  "stray.received": "bank",
  "stray.returned": "bank",
  "bank.unmatched": "bank",
  "bank.matched": "bank",
  "payout.settled": "bank",
  "fund.endowed": "bank",
  "share.paid": "bank",
  "loan.received": "bank",
  "loan.borrowed": "bank",
  "settlement.received": "bank",
  "guarantee.recovered": "bank",
  "payroll.estimated": "payroll",
  "payroll.corrected": "payroll",
  "payroll.remitted": "payroll",
  "year.closed": "none",
};

const dayText = (day: Day): string => day.replaceAll("-", "");

/** One line of a file, before it is numbered. */
type Line = {
  readonly account: ReturnType<typeof frenchAccount>;
  readonly minor: bigint;
  readonly foreign?: { readonly minor: bigint; readonly currency: string } | undefined;
};

type Piece = { readonly ref: string; readonly on: Day; readonly says: string };
type Place = {
  readonly journal: readonly [code: string, says: string];
  readonly number: number;
  readonly on: Day;
  readonly sealedOn: Day;
  readonly piece: Piece;
};

/** A file to be written from its beginning. The coop's own money is the file's; foreign money stands beside it. */
export function openFec(currency: string, span: JournalSpan): Fec {
  const numbers = new Map<string, number>();
  const written = (lines: readonly Line[], place: Omit<Place, "number">): string => {
    if (lines.length === 0) return "";
    const [code] = place.journal;
    const number = (numbers.get(code) ?? 0) + 1;
    numbers.set(code, number);
    return lines.map((line) => lineText(currency, line, { ...place, number })).join("");
  };
  const { first, standing } = span;
  const year = first.slice(0, 4);
  const opening = {
    journal: ["AN", "A nouveaux"] as const,
    on: first,
    sealedOn: first,
    piece: { ref: `AN${year}`, on: first, says: `A nouveaux ${year}` },
  };
  return {
    head: `${fecFields.join("\t")}\r\n${written(carried(linesOf(currency, standing)), opening)}`,
    entry: ({ uid, kind, on, sealedOn, paper, legs }) => {
      const journal = journalOf[kind as EntryKind] ?? "other";
      if (journal === "none") return "";
      const ref = paper?.number ?? uid;
      const piece = { ref, on: paper?.issuedOn ?? on, says: `${kind} ${ref}` };
      return written(linesOf(currency, legs), { journal: journals[journal], on, sealedOn, piece });
    },
  };
}

/** The legs in the coop's own money. Beside the worth of a position in foreign money stands that money. */
function linesOf(currency: string, legs: readonly JournalledLeg[]): readonly Line[] {
  const foreign = new Map(legs.filter(([code, of]) => code === `fx:${of}`).map(([, of, minor]) => [of, -BigInt(minor)]));
  return legs
    .filter(([, of]) => of === currency)
    .map(([code, , text]) => {
      const minor = BigInt(text);
      const [, of = ""] = /^fx:([A-Z]{3}):/.exec(code) ?? [];
      const beside = foreign.get(of);
      return {
        account: frenchAccount(code, minor > 0n ? "debit" : "credit"),
        minor,
        foreign: beside === undefined ? undefined : { minor: beside, currency: of },
      };
    });
}

/** Costs and income of the years before as one result. */
function carried(lines: readonly Line[]): readonly Line[] {
  const result = lines.reduce((sum, { account, minor }) => (isOfResult(account.number) ? sum + minor : sum), 0n);
  const account: FrenchAccount = carriedOn[result > 0n ? "debit" : "credit"];
  return [...lines.filter((each) => !isOfResult(each.account.number)), ...(result === 0n ? [] : [{ account, minor: result }])];
}

const decimal = (minor: bigint, currency: string): string => amountText({ minor, currency }).replace(".", ",");

function lineText(currency: string, { account, minor, foreign }: Line, { journal, number, on, sealedOn, piece }: Place): string {
  const fields: Readonly<Record<(typeof fecFields)[number], string>> = {
    JournalCode: journal[0],
    JournalLib: journal[1],
    EcritureNum: String(number),
    EcritureDate: dayText(on),
    CompteNum: account.number,
    CompteLib: account.label,
    CompAuxNum: account.auxiliary?.number ?? "",
    CompAuxLib: account.auxiliary?.label ?? "",
    PieceRef: piece.ref,
    PieceDate: dayText(piece.on),
    EcritureLib: piece.says,
    Debit: decimal(minor > 0n ? minor : 0n, currency),
    Credit: decimal(minor < 0n ? -minor : 0n, currency),
    EcritureLet: "",
    DateLet: "",
    ValidDate: dayText(sealedOn),
    Montantdevise: foreign ? decimal(foreign.minor, foreign.currency) : "",
    Idevise: foreign?.currency ?? "",
  };
  return `${fecFields.map((field) => fields[field]).join("\t")}\r\n`;
}

/** What the file is called: by the number of the coop in the French register where it has one, and the last day of the year. */
export const fecName = (siren: string | undefined, last: Day): string => `${siren ?? ""}FEC${dayText(last)}.txt`;
