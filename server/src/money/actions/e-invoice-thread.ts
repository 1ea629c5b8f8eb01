// The library that writes electronic invoices, in a thread of its own: it is large, and takes a tenth of a second for each.
import { InvoiceService, invoiceSchema, type Invoice } from "@e-invoice-eu/core";
import { worksOn } from "../../platform/thread.ts";

/** What is written, in which of the library's formats; `page` is what people read of it, where the format carries it. */
export type ToWrite = {
  readonly invoice: unknown;
  readonly format: string;
  readonly page?: { readonly bytes: Uint8Array; readonly name: string };
};

// The library's list of electronic addresses (2.3.4) is older than the one under which France's directory knows companies (Peppol's list 9.1).
const addresses: string[] | undefined = invoiceSchema.$defs?.codeLists?.eas.enum;
if (!addresses?.includes("0225")) addresses?.push("0225");

// What it would warn of, our own rules have refused before.
const service = new InvoiceService({ log() {}, warn() {}, error() {} });

/** The library holds the structure against the standard's own schema, so the types of its thousands of codes are not repeated here. */
worksOn(async ({ invoice, format, page }: ToWrite): Promise<Uint8Array> => {
  const pdf = page && { buffer: page.bytes, filename: page.name, mimetype: "application/pdf" };
  const file = await service.generate(invoice as Invoice, { format, lang: "en", noWarnings: true, ...(pdf ? { pdf } : {}) });
  return typeof file === "string" ? new TextEncoder().encode(file) : file;
});
