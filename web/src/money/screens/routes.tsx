// Money's pages: a client's invoices, one invoice as a paper, a member's own money, and the treasury's desk.
import { createRoute, lazyRouteComponent, notFound } from "@tanstack/react-router";
import { listBylaws } from "@partcommune/shared/governance/api";
import { readMe } from "@partcommune/shared/membership/api";
import {
  listBankLines,
  listInvoices,
  listOpenInvoices,
  listPayables,
  listPayouts,
  readInvoice,
  readStatement,
} from "@partcommune/shared/money/api";
import { orAbsent, wanted } from "../../platform/call.tsx";
import { languageRoute } from "../../platform/language.tsx";
import { mayHold } from "../parts/may-hold.ts";
import { pageOf } from "../parts/page-of.ts";

const speaks = ["money"] as const;

const invoices = createRoute({
  getParentRoute: () => languageRoute,
  path: "/client/invoices",
  staticData: { screen: "src/money/screens/invoices.tsx", speaks, title: "money.invoices.title" },
  loader: async ({ context: { query, call } }) => {
    const { person } = await query.ensureQueryData(wanted(call, readMe, {}));
    if (!person) throw notFound();
    const clients = new Set(person.buysFor.map(({ client }) => client));
    await Promise.all([...clients].map((client) => query.ensureQueryData(wanted(call, listInvoices, { client, ...pageOf }))));
  },
  component: lazyRouteComponent(() => import("./invoices.tsx"), "Invoices"),
});

const oneInvoice = createRoute({
  getParentRoute: () => languageRoute,
  path: "/invoices/$invoice",
  staticData: { screen: "src/money/screens/invoice.tsx", speaks, title: "money.invoice.title" },
  loader: ({ context: { query, call }, params: { invoice } }) =>
    orAbsent(query.ensureQueryData(wanted(call, readInvoice, { invoice }, `invoice:${invoice}`))),
  component: lazyRouteComponent(() => import("./invoice.tsx"), "Invoice"),
});

const statement = createRoute({
  getParentRoute: () => languageRoute,
  path: "/my/money",
  staticData: { screen: "src/money/screens/statement.tsx", speaks, title: "money.statement.title" },
  loader: async ({ context: { query, call } }) => {
    const { person } = await query.ensureQueryData(wanted(call, readMe, {}));
    if (!person) throw notFound();
    const bylaws = query.ensureQueryData(wanted(call, listBylaws, {}));
    if (mayHold(person)) await orAbsent(query.ensureQueryData(wanted(call, readStatement, { member: person.member, ...pageOf })));
    await bylaws;
  },
  component: lazyRouteComponent(() => import("./statement.tsx"), "Statement"),
});

const treasury = createRoute({
  getParentRoute: () => languageRoute,
  path: "/desk/treasury",
  staticData: { screen: "src/money/screens/treasury.tsx", speaks, title: "money.treasury.title" },
  loader: async ({ context: { query, call } }) => {
    // The first question shows whose desk it is; the others would be refused behind its back.
    await orAbsent(query.ensureQueryData(wanted(call, listOpenInvoices, pageOf)));
    await Promise.all([
      query.ensureQueryData(wanted(call, listPayables, pageOf)),
      query.ensureQueryData(wanted(call, listPayouts, pageOf)),
      query.ensureQueryData(wanted(call, listBankLines, pageOf)),
      query.ensureQueryData(wanted(call, readMe, {})),
    ]);
  },
  component: lazyRouteComponent(() => import("./treasury.tsx"), "Treasury"),
});

export const routes = [invoices, oneInvoice, statement, treasury] as const;
