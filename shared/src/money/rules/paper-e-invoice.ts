// What a frozen paper says, as an electronic invoice.
import { electronicAddress, registeredAs } from "../../platform/e-addresses.ts";
import { moneyFrom, zero } from "../../platform/money.ts";
import type { CreditPaper } from "./credit.ts";
import { exemptionReason, type EInvoice, type EParty, type VatCode } from "./e-invoice.ts";
import { rateOf, type InvoicePaper } from "./invoice.ts";
import type { VatCategory } from "./vat.ts";

const codes: Readonly<Record<VatCategory, VatCode>> = { standard: "S", reverseCharge: "AE", outsideScope: "O" };

/** The paper says one piece of work: one line, one rate. */
export function eInvoiceOf(paper: InvoicePaper | CreditPaper): EInvoice {
  const { number, issuedOn, engagement, line } = paper;
  const [net, vat, gross] = [moneyFrom(paper.net), moneyFrom(paper.vat), moneyFrom(paper.gross)];
  const kind = { code: codes[paper.vatCategory], rate: rateOf(paper.vatPercent) };
  const none = zero(net.currency);
  const because = exemptionReason(kind.code);
  return {
    number,
    issuedOn,
    currency: net.currency,
    buyerReference: engagement,
    seller: partyOf(paper.coop, kind.code),
    buyer: partyOf(paper.client, kind.code),
    ...(paper.coop.iban === undefined ? {} : { iban: paper.coop.iban }),
    ...ofKind(paper),
    lines: [{ ...named(line), thousandths: 1_000n, unit: "C62", price: net, allowances: [], net, vat: kind }],
    allowances: [],
    parts: [{ vat: kind, taxable: net, amount: vat, ...(because === undefined ? {} : { because }) }],
    totals: { lines: net, allowances: none, net, vat, gross, prepaid: none, payable: gross },
  };
}

type Kind = Pick<EInvoice, "type" | "deliveredOn" | "payBy" | "reference" | "corrects" | "note">;

function ofKind(paper: InvoicePaper | CreditPaper): Kind {
  if (paper.kind === "invoice") {
    const { deliveredOn, payBy, reference } = paper;
    return { type: "invoice", deliveredOn, payBy, reference };
  }
  const { number, issuedOn } = paper.invoice;
  return { type: "creditNote", deliveredOn: issuedOn, payBy: paper.issuedOn, corrects: { number, issuedOn }, note: paper.reason };
}

const named = ({ about, doneBy }: InvoicePaper["line"]) => ({ name: about, ...(doneBy === "" ? {} : { note: doneBy }) });

/** On an invoice that is not subject to VAT no number of VAT may stand (BR-O-02). */
function partyOf({ name, street, postcode, town, country, vatNumber }: InvoicePaper["client"], code: VatCode): EParty {
  const [address, registered] = [electronicAddress(country, vatNumber), registeredAs(country, vatNumber)];
  return {
    name,
    street,
    postcode,
    town,
    country,
    ...(vatNumber === undefined || code === "O" ? {} : { vatNumber }),
    ...(registered === undefined ? {} : { registered }),
    ...(address === undefined ? {} : { address }),
  };
}
