// What an invoice says: composed once, frozen, and everything that is ever shown or printed of it is read from here.
import { moneyText, sum, type Money, type MoneyText, type Ppm } from "../../platform/money.ts";
import type { LateLaw } from "../../platform/packs.ts";
import type { Letterhead } from "../../platform/letterhead.ts";
import type { Language } from "../../platform/page.ts";
import type { Day } from "../../platform/time.ts";
import { textOfPpm, worthOf, type Rate } from "./foreign.ts";
import { vatOf, type VatCategory, type VatTreatment } from "./vat.ts";

export type Addressee = {
  readonly name: string;
  readonly street: string;
  readonly postcode: string;
  readonly town: string;
  readonly country: string;
  readonly vatNumber?: string;
};

/** Whom an invoice is for, and what they want to find it by (EN 16931, BT-10). */
export type Client = Addressee & { readonly buyerReference?: string };

/** Both sides agreed to so many per cent of the price, after a dispute. */
export type SettledLine = { readonly share: number; readonly of: MoneyText };

/** The paper as it is frozen: texts, days and decimal amounts, so that a print needs nothing else. */
export type InvoicePaper = {
  readonly kind: "invoice";
  readonly number: string;
  readonly language: Language;
  readonly issuedOn: Day;
  readonly deliveredOn: Day;
  readonly payBy: Day;
  /** The letterhead is the one in force when the paper was frozen. */
  readonly coop: { readonly name: string; readonly country: string } & Letterhead;
  readonly client: Client;
  readonly line: { readonly about: string; readonly doneBy: string; readonly settled?: SettledLine };
  readonly net: MoneyText;
  readonly vat: MoneyText;
  /** In per cent, as text: `21`, `5.5`. */
  readonly vatPercent: string;
  readonly vatCategory: VatCategory;
  readonly vatMention?: string;
  readonly gross: MoneyText;
  readonly atHome?: AtHome;
  readonly reference: string;
  /** What the law of the coop's country gives where it is paid late. */
  readonly late?: LateLaw;
  readonly engagement: string;
  readonly milestone: string;
  /** Of a demo: nobody owes it. */
  readonly specimen?: true;
};

/** Of an invoice in foreign money: what the state is told of it (Directive 2006/112/EC, articles 91 and 230), and by which rate. */
export type AtHome = {
  readonly net: MoneyText;
  readonly vat: MoneyText;
  /** So much of the coop's own money was so much of the other. */
  readonly rate: { readonly on: Day; readonly home: string; readonly foreign: string };
};

export type Amounts = { readonly net: Money; readonly vat: Money; readonly gross: Money };

/** Net, VAT on it, and what the client pays. */
export function amountsOf(net: Money, { rate }: VatTreatment): Amounts {
  const vat = vatOf(net, rate);
  return { net, vat, gross: sum(net, vat) };
}

/** What stands in the book of them: the same; or, of foreign money, what the price is worth at home, and the VAT on that. */
export function amountsAtHome({ net }: Amounts, treatment: VatTreatment, rate: Rate | undefined, home: string): Amounts {
  return amountsOf(rate ? worthOf(net, rate, home) : net, treatment);
}

/** The same as it is written; nothing where the paper is in the coop's own money. */
export const atHomeWritten = ({ net, vat }: Pick<Amounts, "net" | "vat">, rate: Rate | undefined): { readonly atHome?: AtHome } =>
  rate
    ? {
        atHome: {
          net: moneyText(net),
          vat: moneyText(vat),
          rate: { on: rate.on, home: textOfPpm(rate.home), foreign: textOfPpm(rate.foreign) },
        },
      }
    : {};

/** What a paper says of its amounts and of the VAT on them. */
export type SumsWritten = Pick<InvoicePaper, "net" | "vat" | "gross" | "vatPercent" | "vatCategory" | "vatMention">;

/** The paper of an invoice: the rest of it with its amounts. */
export const invoicePaper = (
  rest: Omit<InvoicePaper, "kind" | keyof SumsWritten>,
  amounts: Amounts,
  treatment: VatTreatment,
): InvoicePaper => ({ kind: "invoice", ...rest, ...sumsWritten(amounts, treatment) });

/** Amounts and VAT as they are written. */
export function sumsWritten({ net, vat, gross }: Amounts, { category, rate, mention }: VatTreatment): SumsWritten {
  return {
    net: moneyText(net),
    vat: moneyText(vat),
    gross: moneyText(gross),
    vatPercent: percentText(rate),
    vatCategory: category,
    ...(mention === undefined ? {} : { vatMention: mention }),
  };
}

/** 210 000 ppm as `21`, 55 000 as `5.5`. */
export function percentText(rate: Ppm): string {
  const decimals = (rate % 10_000n).toString().padStart(4, "0").replace(/0+$/, "");
  return `${rate / 10_000n}${decimals === "" ? "" : `.${decimals}`}`;
}

/** `5.5` as 55 000 ppm: the inverse. */
export function rateOf(percent: string): Ppm {
  const [units = "0", decimals = ""] = percent.split(".");
  return BigInt(units + decimals.padEnd(4, "0"));
}

/** Gap-free in its series and year: `BE-2026-000123`. */
export const numberText = (branch: string, year: number, count: bigint): string => `${branch}-${year}-${count.toString().padStart(6, "0")}`;
