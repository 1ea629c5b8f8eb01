// Money's door for people.
import * as api from "@partcommune/shared/money/api";
import type { Door } from "../platform/doors.ts";
import * as invoices from "./store/invoices.ts";

export function routes(door: Door): void {
  door.read(api.listInvoices, invoices.invoicesOf);
  door.read(api.listOpenInvoices, invoices.openInvoices);
  door.read(api.readInvoice, invoices.invoicePage);
  door.topic("invoice", (view, invoice) => invoices.invoicePage(view, { invoice }));
}
