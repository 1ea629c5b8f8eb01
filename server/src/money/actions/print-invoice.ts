// An invoice on paper, made from its frozen text and nothing else: whenever it is printed, it is the same page.
import type { Client, InvoicePaper } from "@partcommune/shared/money/rules/invoice";
import { paymentCodeOf } from "@partcommune/shared/money/rules/payment-code";
import { belgianReference, spaced } from "@partcommune/shared/money/rules/reference";
import type { Seller } from "@partcommune/shared/money/rules/self-billing";
import { firstSpoken } from "@partcommune/shared/platform/spoken";
import { moneyFrom, type Money, type MoneyText } from "@partcommune/shared/platform/money";
import type { Language } from "@partcommune/shared/platform/page";
import type { Day } from "@partcommune/shared/platform/time";
import type { File } from "../../platform/doors.ts";
import { plain, printed, prose, type Block } from "../../platform/pdf.ts";
import { openStrings } from "../../platform/strings.ts";
import { drawn } from "./payment-code.ts";

export const strings = openStrings();

export type Words = (id: string, values?: Readonly<Record<string, string>>) => string;

export const grey = "#5b5b5b";

/** Prints the frozen paper of an invoice. */
export async function printInvoice(frozen: string): Promise<File> {
  const paper = JSON.parse(frozen) as InvoicePaper;
  const t: Words = (id, values) => plain(strings(paper.language, id, values));
  const title = t("money.paper.invoice", { number: paper.number });
  const bytes = await printed({
    title,
    author: plain(paper.coop.name),
    language: paper.language,
    on: paper.issuedOn,
    ...(paper.specimen ? { across: t("money.paper.specimen") } : {}),
    content: [
      head(paper.coop, paper.language, t),
      { columns: [addressee(paper.client, paper.language, t), dates(paper, t)], columnGap: 24, margin: [0, 0, 0, 28] },
      { text: title, fontSize: 20, bold: true, margin: [0, 0, 0, 12] },
      lines(paper, t),
      ...mention(paper, t),
      ...inHomeMoney(paper, t),
      ...payment(paper, t),
    ],
  });
  return { name: `${paper.number}.pdf`, bytes };
}

/** Who issues the invoice. */
export function head({ name, street, postcode, town, country, vatNumber, taxNumber }: Seller, language: Language, t: Words): Block {
  return {
    margin: [0, 0, 0, 28],
    stack: [
      { text: prose(name), fontSize: 13, bold: true },
      { text: prose(street) },
      { text: prose(`${postcode} ${town}`) },
      { text: countryName(country, language), color: grey },
      ...(vatNumber === undefined ? [] : [t("money.paper.vatNumber", { number: vatNumber })]),
      ...(taxNumber === undefined ? [] : [t("money.paper.taxNumber", { number: taxNumber })]),
    ],
  };
}

export function addressee(
  { name, street, postcode, town, country, vatNumber, buyerReference }: Client,
  language: Language,
  t: Words,
): Block {
  return {
    stack: [
      { text: t("money.paper.for"), color: grey },
      { text: prose(name), bold: true },
      { text: prose(street) },
      { text: prose(`${postcode} ${town}`) },
      countryName(country, language),
      ...(vatNumber === undefined ? [] : [t("money.paper.vatNumber", { number: vatNumber })]),
      ...(buyerReference === undefined ? [] : [{ text: prose(t("money.paper.buyerReference", { reference: buyerReference })) }]),
    ],
  };
}

function dates({ issuedOn, deliveredOn, payBy, language }: InvoicePaper, t: Words): Block {
  const row = (label: string, day: Day): readonly Block[] => [{ text: label, color: grey }, { text: dayText(day, language) }];
  const body = [
    row(t("money.paper.issuedOn"), issuedOn),
    row(t("money.paper.deliveredOn"), deliveredOn),
    row(t("money.paper.payBy"), payBy),
  ];
  return { layout: "noBorders", table: { widths: ["auto", "*"], body } };
}

/** One fine line under the head and one above the totals. */
const ruled = {
  hLineWidth: (at: number): number => (at === 1 || at === 2 ? 0.6 : 0),
  vLineWidth: (): number => 0,
  hLineColor: (): string => grey,
  paddingLeft: (at: number): number => (at === 0 ? 0 : 8),
  paddingRight: (): number => 0,
  paddingTop: (): number => 5,
  paddingBottom: (): number => 5,
};

type Lines = Pick<InvoicePaper, "line" | "net" | "vat" | "gross" | "vatPercent" | "language">;

export function lines({ line, net, vat, gross, vatPercent, language }: Lines, t: Words, last = t("money.paper.gross")): Block {
  const amount = (money: MoneyText, bold = false): Block => ({
    text: amountSpoken(money, language),
    alignment: "right",
    bold,
    noWrap: true,
  });
  const { about, doneBy, settled } = line;
  const agreed = settled && t("money.paper.settled", { share: String(settled.share), price: amountSpoken(settled.of, language) });
  const done = [
    { text: prose(about) },
    ...(doneBy === "" ? [] : [{ text: prose(t("money.paper.doneBy", { name: doneBy })), color: grey }]),
    ...(agreed === undefined ? [] : [{ text: agreed, color: grey }]),
  ];
  const total = (label: string, money: MoneyText, bold = false): readonly Block[] => [
    { text: label, alignment: "right", bold },
    amount(money, bold),
  ];
  return {
    layout: ruled,
    table: {
      headerRows: 1,
      widths: ["*", "auto"],
      body: [
        [
          { text: t("money.paper.work"), color: grey },
          { text: t("money.paper.amount"), color: grey, alignment: "right" },
        ],
        [{ stack: done }, amount(net)],
        total(t("money.paper.net"), net),
        total(t("money.paper.vat", { percent: decimalSpoken(vatPercent, language) }), vat),
        total(last, gross, true),
      ],
    },
  };
}

/** By which law no VAT is asked, or less than of others. `exempt`: why, of what is exempt. */
export function mention(
  { vatCategory, vatMention }: Pick<InvoicePaper, "vatCategory" | "vatMention">,
  t: Words,
  exempt: "exempt" | "smallBusiness" = "exempt",
): readonly Block[] {
  if (vatMention === undefined) return [];
  const says = vatCategory === "exempt" ? exempt : vatCategory;
  return [{ text: t(`money.paper.${says}`, { law: vatMention }), margin: [0, 12, 0, 0] }];
}

/** Of an invoice in foreign money, the VAT in the money it is paid to the state in (Directive 2006/112/EC, article 230), and by which rate. */
export function inHomeMoney(
  { atHome, net: { currency }, language }: Pick<InvoicePaper, "atHome" | "net" | "language">,
  t: Words,
): readonly Block[] {
  if (!atHome) return [];
  const { net, vat, rate } = atHome;
  const figures = {
    net: amountSpoken(net, language),
    vat: amountSpoken(vat, language),
    home: amountSpoken({ amount: rate.home, currency: net.currency }, language),
    foreign: amountSpoken({ amount: rate.foreign, currency }, language),
    day: dayText(rate.on, language),
  };
  return [{ text: t("money.paper.atHome", figures), margin: [0, 12, 0, 0] }];
}

function payment(paper: InvoicePaper, t: Words): readonly Block[] {
  const { gross, payBy, coop, language } = paper;
  const figures = { amount: amountSpoken(gross, language), day: dayText(payBy, language), coop: coop.name };
  return transfer(paper, moneyFrom(gross), t("money.paper.pay", figures), t);
}

/** How so much of an invoice is paid: in words, and by the code of a bank's app. */
export function transfer(paper: InvoicePaper, amount: Money, says: string, t: Words): readonly Block[] {
  const { coop } = paper;
  const code = paymentCodeOf(paper, amount);
  const words = [
    { text: prose(says) },
    ...(coop.iban === undefined
      ? [{ text: prose(t("money.paper.accountApart", { coop: coop.name })) }]
      : [{ text: ["IBAN ", { text: spaced(coop.iban), bold: true }] }]),
    ...references(paper, t),
    ...whenLate(paper, t),
  ];
  return [
    { text: t("money.paper.howToPay"), bold: true, margin: [0, 28, 0, 4] },
    ...(code === undefined ? words : [{ columns: [{ width: "*", stack: words }, scanned(code, t)], columnGap: 24 }]),
  ];
}

/** What a transfer is recognised by; in Belgium also in the form that its banks ask for. */
function references({ number, reference, coop: { country } }: InvoicePaper, t: Words): readonly Block[] {
  const local = country === "BE" ? belgianReference(number) : undefined;
  return [
    { text: [`${t("money.paper.reference")} `, { text: spaced(reference), bold: true }] },
    ...(local === undefined ? [] : [{ text: [`${t("money.paper.belgianReference")} `, { text: local, bold: true }] }]),
  ];
}

/** What the law gives where it is not paid by its day; in France an invoice has to say it. */
function whenLate({ late, language }: InvoicePaper, t: Words): readonly Block[] {
  if (!late) return [];
  const { points, costs, law } = late;
  const figures = { points: decimalSpoken(points, language), costs: amountSpoken(costs, language), law };
  return [{ text: t("money.paper.late", figures), fontSize: 9, color: grey, margin: [0, 6, 0, 0] }];
}

const codeWidth = 96;

const scanned = (code: string, t: Words): Block => ({
  width: codeWidth,
  stack: [
    { svg: drawn(code), width: codeWidth },
    { text: t("money.paper.scan"), fontSize: 8, alignment: "center", color: grey },
  ],
});

const space = "\u00a0";

/** 2420.00 EUR as `2 420,00 EUR` or `2,420.00 EUR`, by the digits that are frozen. */
export function amountSpoken({ amount, currency }: MoneyText, language: Language): string {
  const [whole = "", decimals] = amount.split(".");
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, language === "fr" ? space : ",");
  return `${decimalSpoken(decimals === undefined ? grouped : `${grouped}·${decimals}`, language)}${space}${currency}`;
}

const decimalSpoken = (text: string, language: Language): string => text.replace(/[.·]/, language === "fr" ? "," : ".");

export const dayText = (day: Day, language: Language): string =>
  firstSpoken(
    new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "long", timeZone: "UTC" }).format(
      Date.parse(`${day}T00:00:00Z`),
    ),
    language,
  );

const countryName = (code: string, language: Language): string => new Intl.DisplayNames([language], { type: "region" }).of(code) ?? code;
