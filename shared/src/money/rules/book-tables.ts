// The tables of a year of the book, with the columns of each. Persons stand in them as ids: whose they are is told on the coop's own pages.

/** Accounts with what they held and moved; entries with their legs; papers; what members are owed; what was ordered at the bank. */
export const bookTables = {
  accounts: ["account", "class", "currency", "openingDebit", "openingCredit", "debit", "credit", "closingDebit", "closingCredit"],
  entries: ["position", "sealedAt", "on", "entry", "kind", "document", "engagement", "account", "class", "currency", "debit", "credit"],
  invoices: [
    "number",
    "kind",
    "issuedOn",
    "payBy",
    "client",
    "about",
    "currency",
    "net",
    "vat",
    "gross",
    "homeCurrency",
    "homeNet",
    "homeVat",
    "paid",
    "credited",
    "lost",
    "reference",
    "sha256",
  ],
  creditNotes: ["number", "invoice", "issuedOn", "currency", "net", "vat", "gross", "homeCurrency", "homeNet", "homeVat", "sha256"],
  payables: ["payable", "openedAt", "member", "about", "invoice", "currency", "amount", "credited", "lost", "drawn", "dueOn", "paidOn"],
  payouts: [
    "item",
    "batch",
    "state",
    "orderedAt",
    "exportedAt",
    "executeOn",
    "payable",
    "member",
    "currency",
    "amount",
    "settledOn",
    "returnedOn",
  ],
} as const;

export type BookTable = keyof typeof bookTables;
export const bookTableNames = Object.keys(bookTables) as [BookTable, ...BookTable[]];
