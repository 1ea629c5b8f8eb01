// An electronic invoice as a file: UBL as Peppol and the German authorities take it, or the printed page with its figures inside (Factur-X).
import {
  exemptionCodes,
  objectionToEInvoice,
  objectionToForm,
  isSelfBilled,
  typeCodes,
  type Allowance,
  type EForm,
  type EInvoice,
  type ELine,
  type EParty,
  type Vat,
  type VatPart,
} from "@partcommune/shared/money/rules/e-invoice";
import { percentText } from "@partcommune/shared/money/rules/invoice";
import { eInvoiceOf, type Paper } from "@partcommune/shared/money/rules/paper-e-invoice";
import { amountText, type Money } from "@partcommune/shared/platform/money";
import type { File } from "../../platform/doors.ts";
import { refuseIf } from "../../platform/refused.ts";
import { openThread } from "../../platform/thread.ts";
import type { ToWrite } from "./e-invoice-thread.ts";
import { printCreditNote } from "./print-credit-note.ts";
import { printInvoice } from "./print-invoice.ts";
import { printSelfBilled } from "./print-self-billed.ts";

type Written = Readonly<Record<string, unknown>>;

/** An amount in the standard's two decimals; a currency of fewer has noughts behind the point, and none of more gets here. */
function decimal(money: Money): string {
  const [whole = "0", decimals = ""] = amountText(money).split(".");
  return `${whole}.${decimals.slice(0, 2).padEnd(2, "0")}`;
}

const amount = (name: string, money: Money): Written => ({ [name]: decimal(money), [`${name}@currencyID`]: money.currency });

const vatScheme = { "cac:TaxScheme": { "cbc:ID": "VAT" } };
/** Any other than that of VAT: the number of who has none of VAT (BT-32). */
const taxScheme = { "cac:TaxScheme": { "cbc:ID": "TAX" } };

/** What is not subject to VAT has no rate at all (BR-O-05). */
const taxed = ({ code, rate }: Vat): Written => ({
  "cbc:ID": code,
  ...(code === "O" ? {} : { "cbc:Percent": percentText(rate) }),
  ...vatScheme,
});

const identified = (name: string, id: EParty["registered"]): Written =>
  id ? { [name]: id.id, ...(id.scheme === undefined ? {} : { [`${name}@schemeID`]: id.scheme }) } : {};

/** Of a seller the form takes several numbers of VAT, of a buyer one. */
function party(
  { name, street, postcode, town, country, registered, address, vatNumber, taxNumber, contact }: EParty,
  side: "seller" | "buyer",
): Written {
  const numbers = [
    ...(vatNumber === undefined ? [] : [{ "cbc:CompanyID": vatNumber, ...vatScheme }]),
    ...(taxNumber === undefined ? [] : [{ "cbc:CompanyID": taxNumber, ...taxScheme }]),
  ];
  return {
    "cac:Party": {
      ...identified("cbc:EndpointID", address),
      "cac:PartyName": { "cbc:Name": name },
      "cac:PostalAddress": {
        "cbc:StreetName": street,
        "cbc:CityName": town,
        "cbc:PostalZone": postcode,
        "cac:Country": { "cbc:IdentificationCode": country },
      },
      ...(numbers.length === 0 ? {} : { "cac:PartyTaxScheme": side === "seller" ? numbers : numbers[0] }),
      "cac:PartyLegalEntity": { "cbc:RegistrationName": name, ...identified("cbc:CompanyID", registered) },
      ...(contact === undefined
        ? {}
        : { "cac:Contact": { "cbc:Name": name, "cbc:Telephone": contact.phone, "cbc:ElectronicMail": contact.email } }),
    },
  };
}

const allowance = ({ amount: less, because }: Allowance, vat?: Vat): Written => ({
  "cbc:ChargeIndicator": "false",
  "cbc:AllowanceChargeReason": because,
  ...amount("cbc:Amount", less),
  ...(vat ? { "cac:TaxCategory": taxed(vat) } : {}),
});

/** Each as it is written, under this name; nothing where there is none. */
const listed = <Thing>(name: string, all: readonly Thing[], write: (thing: Thing, at: number) => Written): Written =>
  all.length === 0 ? {} : { [name]: all.map(write) };

const line = ({ name, note, thousandths, unit, price, allowances, net, vat }: ELine, at: number): Written => ({
  "cbc:ID": String(at + 1),
  ...(note === undefined ? {} : { "cbc:Note": note }),
  "cbc:InvoicedQuantity": percentText(thousandths * 10n),
  "cbc:InvoicedQuantity@unitCode": unit,
  ...amount("cbc:LineExtensionAmount", net),
  ...listed("cac:AllowanceCharge", allowances, (each) => allowance(each)),
  "cac:Item": { "cbc:Name": name, "cac:ClassifiedTaxCategory": taxed(vat) },
  "cac:Price": amount("cbc:PriceAmount", price),
});

const vatPart = ({ vat, taxable, amount: due, because }: VatPart): Written => {
  const code = exemptionCodes[vat.code];
  const why = because === undefined ? {} : { ...(code ? { "cbc:TaxExemptionReasonCode": code } : {}), "cbc:TaxExemptionReason": because };
  const { "cac:TaxScheme": scheme, ...category } = taxed(vat);
  return {
    ...amount("cbc:TaxableAmount", taxable),
    ...amount("cbc:TaxAmount", due),
    "cac:TaxCategory": { ...category, ...why, "cac:TaxScheme": scheme },
  };
};

const totals = ({ lines, allowances, net, gross, prepaid, payable }: EInvoice["totals"]): Written => ({
  ...amount("cbc:LineExtensionAmount", lines),
  ...amount("cbc:TaxExclusiveAmount", net),
  ...amount("cbc:TaxInclusiveAmount", gross),
  ...(allowances.minor === 0n ? {} : amount("cbc:AllowanceTotalAmount", allowances)),
  ...(prepaid.minor === 0n ? {} : amount("cbc:PrepaidAmount", prepaid)),
  ...amount("cbc:PayableAmount", payable),
});

/** By credit transfer, under the reference that our bank's lines are matched by. */
const payment = ({ iban, reference, seller }: EInvoice): Written =>
  iban === undefined
    ? {}
    : {
        "cac:PaymentMeans": [
          {
            "cbc:PaymentMeansCode": "30",
            ...(reference === undefined ? {} : { "cbc:PaymentID": reference }),
            "cac:PayeeFinancialAccount": { "cbc:ID": iban, "cbc:Name": seller.name },
          },
        ],
      };

function written(invoice: EInvoice): Written {
  const { number, issuedOn, payBy, type, currency, vatAtHome, note, buyerReference, corrects, seller, buyer, deliveredOn, parts } = invoice;
  return {
    "cbc:ID": number,
    "cbc:IssueDate": issuedOn,
    ...(payBy === undefined ? {} : { "cbc:DueDate": payBy }),
    "cbc:InvoiceTypeCode": typeCodes[type],
    ...(note === undefined ? {} : { "cbc:Note": [note] }),
    "cbc:DocumentCurrencyCode": currency,
    ...(vatAtHome ? { "cbc:TaxCurrencyCode": vatAtHome.currency } : {}),
    "cbc:BuyerReference": buyerReference,
    ...listed("cac:BillingReference", corrects ? [corrects] : [], (each) => ({
      "cac:InvoiceDocumentReference": { "cbc:ID": each.number, "cbc:IssueDate": each.issuedOn },
    })),
    "cac:AccountingSupplierParty": party(seller, "seller"),
    "cac:AccountingCustomerParty": party(buyer, "buyer"),
    "cac:Delivery": { "cbc:ActualDeliveryDate": deliveredOn },
    ...payment(invoice),
    ...listed("cac:AllowanceCharge", invoice.allowances, (each) => allowance(each, each.vat)),
    "cac:TaxTotal": [
      { ...amount("cbc:TaxAmount", invoice.totals.vat), ...listed("cac:TaxSubtotal", parts, vatPart) },
      ...(vatAtHome ? [amount("cbc:TaxAmount", vatAtHome)] : []),
    ],
    "cac:LegalMonetaryTotal": totals(invoice.totals),
    ...listed("cac:InvoiceLine", invoice.lines, line),
  };
}

/** Which specification of the network it follows: what a buyer writes for its seller has one of its own. */
const peppol = (invoice: EInvoice): Written => {
  const family = `urn:fdc:peppol.eu:2017:poacc:${isSelfBilled(invoice) ? "selfbilling" : "billing"}`;
  return { "cbc:CustomizationID": `urn:cen.eu:en16931:2017#compliant#${family}:3.0`, "cbc:ProfileID": `${family}:01:1.0` };
};

const formats: Readonly<Record<EForm, string>> = { peppol: "UBL", xRechnung: "XRECHNUNG-UBL", facturX: "Factur-X-EN16931" };

const write = openThread<Uint8Array>(new URL("./e-invoice-thread.ts", import.meta.url));

const pages: Readonly<Record<Paper["kind"], (frozen: string) => Promise<File>>> = {
  invoice: printInvoice,
  creditNote: printCreditNote,
  selfBilled: printSelfBilled,
  selfBilledCredit: printSelfBilled,
};

/** What lies under a paper is written as a file of this form. */
export async function electronic(frozen: string, form: EForm): Promise<File> {
  const paper = JSON.parse(frozen) as Paper;
  const page = async (): Promise<Uint8Array> => (await pages[paper.kind](frozen)).bytes;
  return {
    name: `${paper.number}.${form === "facturX" ? "pdf" : "xml"}`,
    bytes: await writeEInvoice(eInvoiceOf(paper), form, page),
  };
}

/** The invoice in a form; `page` is what people read of it, for the form that carries it. Refused where its sums are wrong or the form needs what is not there. */
export async function writeEInvoice(invoice: EInvoice, form: EForm, page: () => Promise<Uint8Array>): Promise<Uint8Array> {
  refuseIf(objectionToEInvoice(invoice));
  refuseIf(objectionToForm(form, invoice));
  return write({
    invoice: { "ubl:Invoice": { ...(form === "peppol" ? peppol(invoice) : {}), ...written(invoice) } },
    format: formats[form],
    ...(form === "facturX" ? { page: { bytes: await page(), name: `${invoice.number}.pdf` } } : {}),
  } satisfies ToWrite);
}
