// What can be asked of electronic invoices: the forms in which other programs read them.
import { z } from "zod";
import { Bytes, IdText } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";

const asked = {
  method: "GET",
  who: "person",
  perMinute: 30,
  answer: Bytes,
  refusals: ["e-invoice-unsound", "e-invoice-unreachable", "e-invoice-without-contact"],
} as const;
const ofInvoice = z.strictObject({ invoice: IdText });
const ofNote = z.strictObject({ note: IdText });

export const readUblInvoice = endpoint({
  ...asked,
  does: "An invoice in UBL, as the Peppol network carries it (BIS Billing 3, EN 16931), for the client's own program; for those who may read the invoice.",
  path: "/api/v1/invoices/:invoice/ubl",
  file: "application/xml",
  input: ofInvoice,
});

export const readHybridInvoice = endpoint({
  ...asked,
  does: "An invoice as the page it is printed on, which carries the same figures for programs (Factur-X, profile EN 16931); for those who may read the invoice.",
  path: "/api/v1/invoices/:invoice/factur-x",
  file: "application/pdf",
  input: ofInvoice,
});

export const readXRechnung = endpoint({
  ...asked,
  does: "An invoice in UBL as German authorities take it (XRechnung), with whom to ask about it; for those who may read the invoice.",
  path: "/api/v1/invoices/:invoice/xrechnung",
  file: "application/xml",
  input: ofInvoice,
});

export const readUblCreditNote = endpoint({
  ...asked,
  does: "A credit note in UBL (Peppol BIS Billing 3), which names the invoice that it corrects; for those who may read that invoice.",
  path: "/api/v1/credit-notes/:note/ubl",
  file: "application/xml",
  input: ofNote,
});

export const readHybridCreditNote = endpoint({
  ...asked,
  does: "A credit note as the page it is printed on, with the same figures for programs (Factur-X); for those who may read the invoice that it corrects.",
  path: "/api/v1/credit-notes/:note/factur-x",
  file: "application/pdf",
  input: ofNote,
});

export const readXRechnungCreditNote = endpoint({
  ...asked,
  does: "A credit note in UBL as German authorities take it (XRechnung); for those who may read the invoice that it corrects.",
  path: "/api/v1/credit-notes/:note/xrechnung",
  file: "application/xml",
  input: ofNote,
});

export const readPaymentCode = endpoint({
  does: "What is still to be paid of an invoice as a square code for a bank's app (EPC069-12), an image; for those who may read the invoice. There is none where nothing is open, the coop's account stands on no paper, or the currency is not the euro.",
  method: "GET",
  path: "/api/v1/invoices/:invoice/payment-code",
  who: "person",
  file: "image/svg+xml",
  perMinute: 60,
  input: ofInvoice,
  answer: Bytes,
});
