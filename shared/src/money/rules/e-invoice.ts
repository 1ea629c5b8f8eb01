// An invoice as other programs read it (EN 16931), and why its sums would be refused: asked before it leaves, by the names the standard gives its rules.
import type { Registered } from "../../platform/e-addresses.ts";
import { exponentOf, moneyText, share, sum, zero, type Money, type Ppm } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Day } from "../../platform/time.ts";
import type { Addressee } from "./invoice.ts";

export const problems = {
  "e-invoice-unsound": {
    status: 422,
    says: "This invoice breaks the rule {rule} of the European standard: programs that read it would refuse it, so it does not leave.",
    rule: "EN 16931, the European standard of invoices",
    changedBy: "the board, on the coop's letterhead, or the client in its particulars; where a sum is wrong, whoever keeps this software",
  },
  "e-invoice-unreachable": {
    status: 409,
    says: "{whose} has no VAT number on record, and the Peppol network finds a company by it.",
    rule: "the Peppol network wants to know where both are reached",
    changedBy: "the client in its particulars, or the board on the coop's letterhead; the page with its figures inside needs none",
  },
  "e-invoice-without-contact": {
    status: 409,
    says: "{whose} has no telephone and mail address on its papers, and XRechnung wants to say whom to ask.",
    rule: "XRechnung says whom to ask",
    changedBy: "the board, on the coop's letterhead",
  },
} as const satisfies Problems;

/** UNTDID 1001: an invoice; a credit note; either of them written by the buyer for the seller. */
export const typeCodes = { invoice: "380", creditNote: "381", selfBilled: "389", selfBilledCredit: "261" } as const;

/** Whether it takes an invoice back. */
export const isCredit = ({ type }: Pick<EInvoice, "type">): boolean => type === "creditNote" || type === "selfBilledCredit";

/** Whether the buyer wrote it. */
export const isSelfBilled = ({ type }: Pick<EInvoice, "type">): boolean => type === "selfBilled" || type === "selfBilledCredit";

/** UNTDID 5305: standard or reduced; zero; exempt; owed by the buyer; not subject to VAT; export. */
export const vatCodes = ["S", "Z", "E", "AE", "O", "G"] as const;
export type VatCode = (typeof vatCodes)[number];

export type Vat = { readonly code: VatCode; readonly rate: Ppm };

export type EParty = Addressee & {
  /** In the register of companies, by the scheme of ISO 6523. */
  readonly registered?: Pick<Registered, "id"> & Partial<Registered>;
  /** By which a seller is taxed who has no number of VAT. */
  readonly taxNumber?: string;
  /** Where electronic invoices reach them. */
  readonly address?: Registered;
  /** Whom to ask about it (BG-6). */
  readonly contact?: { readonly phone: string; readonly email: string };
};

export type Allowance = { readonly amount: Money; readonly because: string };

export type ELine = {
  readonly name: string;
  readonly note?: string;
  /** In thousandths of a unit. */
  readonly thousandths: bigint;
  /** UN/ECE recommendation 20: `C62` a piece, `HUR` an hour, `DAY`. */
  readonly unit: string;
  readonly price: Money;
  readonly allowances: readonly Allowance[];
  readonly net: Money;
  readonly vat: Vat;
};

export type VatPart = { readonly vat: Vat; readonly taxable: Money; readonly amount: Money; readonly because?: string };

export type EInvoice = {
  readonly type: keyof typeof typeCodes;
  readonly number: string;
  readonly issuedOn: Day;
  readonly deliveredOn: Day;
  readonly payBy?: Day;
  readonly currency: string;
  /** Where VAT is accounted for in another money: how much of it that is (BT-6, BT-111). */
  readonly vatAtHome?: Money;
  /** What the buyer knows it by: their reference, or their order. */
  readonly buyerReference: string;
  readonly corrects?: { readonly number: string; readonly issuedOn: Day };
  readonly note?: string;
  readonly seller: EParty;
  readonly buyer: EParty;
  readonly iban?: string;
  readonly reference?: string;
  readonly lines: readonly ELine[];
  readonly allowances: readonly (Allowance & { readonly vat: Vat })[];
  readonly parts: readonly VatPart[];
  readonly totals: {
    readonly lines: Money;
    readonly allowances: Money;
    readonly net: Money;
    readonly vat: Money;
    readonly gross: Money;
    readonly prepaid: Money;
    readonly payable: Money;
  };
};

const total = (currency: string, all: readonly Money[]): Money => sum(zero(currency), ...all);

/** What a line comes to: so many units at its price, once rounded, less its allowances (PEPPOL-EN16931-R120). */
export function netOfLine({ thousandths, price, allowances }: Pick<ELine, "thousandths" | "price" | "allowances">): Money {
  const whole = share(price, thousandths * 1_000n);
  return {
    minor:
      whole.minor -
      total(
        price.currency,
        allowances.map(({ amount }) => amount),
      ).minor,
    currency: price.currency,
  };
}

const same = (one: Vat, other: Vat): boolean => one.code === other.code && one.rate === other.rate;

/** VAT of each category and rate on what is taxed by it as a whole, in the order of the lines (BR-CO-17). */
export function partsOf({ currency, lines, allowances }: Pick<EInvoice, "currency" | "lines" | "allowances">): readonly VatPart[] {
  const kinds = [...lines, ...allowances].map(({ vat }) => vat).filter((vat, at, all) => all.findIndex((each) => same(each, vat)) === at);
  return kinds.map((vat) => {
    const of = (all: readonly { readonly vat: Vat; readonly money: Money }[]): bigint =>
      total(
        currency,
        all.filter((each) => same(each.vat, vat)).map(({ money }) => money),
      ).minor;
    const taxed = of(lines.map((line) => ({ vat: line.vat, money: line.net })));
    const taxable = { minor: taxed - of(allowances.map((each) => ({ vat: each.vat, money: each.amount }))), currency };
    const because = exemptionReason(vat.code);
    return { vat, taxable, amount: share(taxable, vat.rate), ...(because === undefined ? {} : { because }) };
  });
}

const reasons: Readonly<Partial<Record<VatCode, string>>> = {
  E: "Exempt",
  AE: "Reverse charge",
  O: "Not subject to VAT",
  G: "Export outside the EU",
};

/** Why no VAT is asked, in the standard's own words. */
export const exemptionReason = (code: VatCode): string | undefined => reasons[code];

/** The same by its code in the list VATEX. */
export const exemptionCodes: Readonly<Partial<Record<VatCode, string>>> = { AE: "VATEX-EU-AE", O: "VATEX-EU-O", G: "VATEX-EU-G" };

/** All sums of an invoice, from its lines, its allowances and what was paid before. */
export function totalsOf(invoice: Pick<EInvoice, "currency" | "lines" | "allowances">, prepaid: Money): EInvoice["totals"] {
  const { currency } = invoice;
  const lines = total(
    currency,
    invoice.lines.map(({ net }) => net),
  );
  const allowances = total(
    currency,
    invoice.allowances.map(({ amount }) => amount),
  );
  const net = { minor: lines.minor - allowances.minor, currency };
  const vat = total(
    currency,
    partsOf(invoice).map(({ amount }) => amount),
  );
  const gross = sum(net, vat);
  return { lines, allowances, net, vat, gross, prepaid, payable: { minor: gross.minor - prepaid.minor, currency } };
}

/** A rule of the standard, what it reads, and what it wants. */
type Rule = readonly [rule: string, reads: string, wanted: string];

const amounts = (rule: string, reads: Money, wanted: Money): readonly Rule[] =>
  reads.minor === wanted.minor && reads.currency === wanted.currency
    ? []
    : [[rule, `${moneyText(reads).amount} ${reads.currency}`, `${moneyText(wanted).amount} ${wanted.currency}`]];

const needs = (rule: string, holds: boolean, what: string): readonly Rule[] => (holds ? [] : [[rule, "nothing", what]]);

const unsound = ([first]: readonly Rule[]): Refusal | undefined =>
  first && refuse("e-invoice-unsound", { rule: first[0], reads: first[1], wanted: first[2] });

/** Why its sums are wrong: asked before anything is posted by it. */
export const objectionToSums = (invoice: EInvoice): Refusal | undefined => unsound([...brokenSums(invoice), ...brokenTaxes(invoice)]);

/** Why this would be refused where it arrives: the first rule that it breaks. */
export const objectionToEInvoice = (invoice: EInvoice): Refusal | undefined => objectionToSums(invoice) ?? unsound(brokenWords(invoice));

/** UBL for the Peppol network (BIS Billing 3), or as German authorities take it (XRechnung); or the printed page that carries its own figures (Factur-X, profile EN 16931). */
export type EForm = "peppol" | "xRechnung" | "facturX";

/** Why an invoice cannot have this form: what is no page asks where each of both is reached, and XRechnung whom its reader may ask (BR-DE-2). */
export function objectionToForm(form: EForm, { seller, buyer }: Pick<EInvoice, "seller" | "buyer">): Refusal | undefined {
  if (form === "facturX") return undefined;
  const without = [seller, buyer].find(({ address }) => address === undefined);
  if (without) return refuse("e-invoice-unreachable", { whose: without.name });
  return form === "xRechnung" && seller.contact === undefined ? refuse("e-invoice-without-contact", { whose: seller.name }) : undefined;
}

function brokenSums(invoice: EInvoice): readonly Rule[] {
  const { currency, lines, totals, vatAtHome } = invoice;
  const right = totalsOf(invoice, totals.prepaid);
  return [
    ...lines.flatMap((line) => amounts("PEPPOL-EN16931-R120", line.net, { ...netOfLine(line), currency })),
    ...needs("BR-53", vatAtHome?.currency !== currency, "the VAT in another money than the invoice's"),
    ...needs("BR-53", vatAtHome === undefined || (vatAtHome.minor === 0n) === (totals.vat.minor === 0n), "the same VAT in both moneys"),
    ...amounts("BR-CO-10", totals.lines, right.lines),
    ...amounts("BR-CO-11", totals.allowances, right.allowances),
    ...amounts("BR-CO-13", totals.net, { minor: totals.lines.minor - totals.allowances.minor, currency }),
    ...amounts(
      "BR-CO-14",
      totals.vat,
      total(
        currency,
        invoice.parts.map(({ amount }) => amount),
      ),
    ),
    ...amounts("BR-CO-15", totals.gross, { minor: totals.net.minor + totals.vat.minor, currency }),
    ...amounts("BR-CO-16", totals.payable, { minor: totals.gross.minor - totals.prepaid.minor, currency }),
  ];
}

function brokenTaxes({ parts, type, ...invoice }: EInvoice): readonly Rule[] {
  const right = partsOf(invoice);
  return [
    ...needs("BR-CO-18", parts.length > 0, "the VAT of each category"),
    ...parts.flatMap(({ vat: { code, rate } }) => [
      ...needs(`BR-${code}-05`, code === "S" ? rate > 0n : rate === 0n, "a rate that fits the category"),
      ...needs("BR-O-11", code !== "O" || parts.length === 1, "nothing else on an invoice that is not subject to VAT"),
    ]),
    ...right.flatMap(({ vat, taxable, amount }) => {
      const part = parts.find((each) => same(each.vat, vat));
      if (!part) return needs(`BR-${vat.code}-01`, false, "its part of the VAT");
      // The VAT of parts that are credited ends exactly at that of the whole, which may be a coin beside the rate of the part.
      const isLast = isCredit({ type }) && (part.amount.minor - amount.minor) ** 2n <= 1n;
      return [...amounts(`BR-${vat.code}-08`, part.taxable, taxable), ...(isLast ? [] : amounts("BR-CO-17", part.amount, amount))];
    }),
    ...needs("BR-CO-18", parts.length === right.length, "no VAT of what is on no line"),
  ];
}

/** Of an amount the standard takes no more than two decimals. */
const isWritable = ({ minor, currency }: Money): boolean =>
  exponentOf(currency) <= 2 || minor % 10n ** BigInt(exponentOf(currency) - 2) === 0n;

function brokenWords({
  type,
  seller,
  buyer,
  parts,
  lines,
  totals,
  payBy,
  corrects,
  iban,
  reference,
  ...invoice
}: EInvoice): readonly Rule[] {
  const codes = new Set(parts.map(({ vat }) => vat.code));
  const taxed = [...codes].some((code) => code !== "O");
  return [
    ...needs("BR-02", invoice.number !== "", "a number"),
    ...needs("BR-16", lines.length > 0, "a line"),
    ...needs(
      "BR-25",
      lines.every(({ name }) => name.trim() !== ""),
      "a name for each line",
    ),
    ...needs(
      "BR-27",
      lines.every(({ price }) => price.minor >= 0n),
      "a price that is not below zero",
    ),
    ...needs("BR-CO-25", totals.payable.minor <= 0n || payBy !== undefined, "a day to pay by"),
    ...needs("BR-CO-26", seller.vatNumber !== undefined || seller.registered !== undefined, "a number of the seller"),
    ...needs("BR-55", !isCredit({ type }) || corrects !== undefined, "the invoice that it corrects"),
    ...needs("BR-S-02", !taxed || seller.vatNumber !== undefined || seller.taxNumber !== undefined, "the VAT or tax number of the seller"),
    ...needs("BR-AE-02", !codes.has("AE") || buyer.vatNumber !== undefined, "the VAT number of the buyer"),
    ...needs("BR-61", iban !== undefined || reference === undefined || totals.payable.minor <= 0n, "an account to pay to"),
    ...needs("PEPPOL-EN16931-R003", invoice.buyerReference.trim() !== "", "what the buyer knows it by"),
    ...needs("BR-CO-09", [seller, buyer].every(hasOwnVatNumber), "a VAT number that begins with its country"),
    ...needs("BR-DEC-14", [...Object.values(totals), ...lines.map(({ net }) => net)].every(isWritable), "amounts of two decimals"),
  ];
}

const hasOwnVatNumber = ({ vatNumber }: EParty): boolean => vatNumber === undefined || /^[A-Z]{2}/.test(vatNumber);
