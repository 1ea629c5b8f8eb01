// What a frozen paper says, as an electronic invoice.
import { electronicAddress, registeredAs } from "../../platform/e-addresses.ts";
import type { Letterhead } from "../../platform/letterhead.ts";
import { minus, moneyFrom, zero } from "../../platform/money.ts";
import type { CreditPaper } from "./credit.ts";
import { exemptionReason, type EInvoice, type EParty, type VatCode } from "./e-invoice.ts";
import { rateOf, type Addressee, type InvoicePaper } from "./invoice.ts";
import type { Seller, SelfBilledCreditPaper, SelfBilledPaper } from "./self-billing.ts";
import type { VatCategory } from "./vat.ts";

const codes: Readonly<Record<VatCategory, VatCode>> = { standard: "S", reverseCharge: "AE", outsideScope: "O", exempt: "E" };

/** Every paper that leaves as an electronic invoice. */
export type Paper = InvoicePaper | CreditPaper | SelfBilledPaper | SelfBilledCreditPaper;

/** The paper says one piece of work: one line, one rate. */
export function eInvoiceOf(paper: Paper): EInvoice {
  const { number, issuedOn, engagement, line } = paper;
  const { seller, buyer, iban } = sidesOf(paper);
  const [net, vat, gross] = [moneyFrom(paper.net), moneyFrom(paper.vat), moneyFrom(paper.gross)];
  const kind = { code: codes[paper.vatCategory], rate: rateOf(paper.vatPercent) };
  const none = zero(net.currency);
  const prepaid = paper.kind === "selfBilled" && paper.advanceOf !== undefined ? net : none;
  const because = kind.code === "E" ? paper.vatMention : exemptionReason(kind.code);
  return {
    number,
    issuedOn,
    currency: net.currency,
    ...("atHome" in paper && paper.atHome ? { vatAtHome: moneyFrom(paper.atHome.vat) } : {}),
    buyerReference: ("client" in paper ? paper.client.buyerReference : undefined) ?? engagement,
    seller: partyOf(seller, kind.code),
    buyer: partyOf(buyer, kind.code),
    ...(iban === undefined ? {} : { iban }),
    ...ofKind(paper),
    lines: [{ ...named(line), thousandths: 1_000n, unit: "C62", price: net, allowances: [], net, vat: kind }],
    allowances: [],
    parts: [{ vat: kind, taxable: net, amount: vat, ...(because === undefined ? {} : { because }) }],
    totals: { lines: net, allowances: none, net, vat, gross, prepaid, payable: minus(gross, prepaid) },
  };
}

type Side = Seller & Pick<Letterhead, "phone" | "email">;

/** Who sells and who buys; an account stands on it where the buyer is to pay by it. */
const sidesOf = (paper: Paper): { readonly seller: Side; readonly buyer: Addressee; readonly iban?: string | undefined } =>
  "seller" in paper ? paper : { seller: paper.coop, buyer: paper.client, iban: paper.coop.iban };

type Kind = Pick<EInvoice, "type" | "deliveredOn" | "payBy" | "reference" | "corrects" | "note">;

function ofKind(paper: Paper): Kind {
  if (paper.kind === "selfBilled") return { type: "selfBilled", deliveredOn: paper.deliveredOn, payBy: paper.issuedOn };
  if (paper.kind === "invoice") {
    const { deliveredOn, payBy, reference } = paper;
    return { type: "invoice", deliveredOn, payBy, reference };
  }
  const { number, issuedOn } = paper.kind === "creditNote" ? paper.invoice : paper.credits;
  const deliveredOn = paper.kind === "creditNote" ? issuedOn : paper.deliveredOn;
  return { type: paper.kind, deliveredOn, payBy: paper.issuedOn, corrects: { number, issuedOn }, note: paper.reason };
}

const named = ({ about, doneBy }: InvoicePaper["line"]) => ({ name: about, ...(doneBy === "" ? {} : { note: doneBy }) });

/** On an invoice that is not subject to VAT no number of VAT may stand (BR-O-02). */
function partyOf({ name, street, postcode, town, country, vatNumber, taxNumber, phone, email }: Side, code: VatCode): EParty {
  const address = electronicAddress(country, vatNumber);
  // A number that no scheme is known for still tells the seller apart (BR-CO-26).
  const registered = registeredAs(country, vatNumber) ?? (taxNumber === undefined ? undefined : { id: taxNumber });
  return {
    name,
    street,
    postcode,
    town,
    country,
    ...(vatNumber === undefined || code === "O" ? {} : { vatNumber }),
    ...(taxNumber === undefined ? {} : { taxNumber }),
    ...(registered === undefined ? {} : { registered }),
    ...(address === undefined ? {} : { address }),
    ...(phone === undefined || email === undefined ? {} : { contact: { phone, email } }),
  };
}
