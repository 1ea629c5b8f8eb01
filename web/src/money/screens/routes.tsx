// Money's pages: a client's invoices, a member's own money, and the treasury's desk.
import { createRoute, lazyRouteComponent, notFound } from "@tanstack/react-router";
import { listBylaws } from "@partcommune/shared/governance/api";
import { readEmployment } from "@partcommune/shared/membership/api/employment";
import { listMyClients, readMe } from "@partcommune/shared/membership/api";
import {
  listAdvances,
  listBankLines,
  listCalledWrong,
  listCorrections,
  listCredits,
  listExpenses,
  listInvoices,
  listLosses,
  listOpenExpenses,
  listOpenInvoices,
  listOverdrawn,
  listPayables,
  listPayouts,
  listSelfBilled,
  readAdvances,
  readBilling,
  readInvoice,
  readStatement,
} from "@partcommune/shared/money/api";
import { readReportedIncome, readTaxpayer } from "@partcommune/shared/money/api/income-report";
import { readPay } from "@partcommune/shared/money/api/pay";
import { readBooks } from "@partcommune/shared/money/api/books";
import { orAbsent, wanted } from "../../platform/call.tsx";
import { hasPapers, isMember } from "../../platform/parts/is-member.ts";
import { monthIn } from "../parts/month-in.ts";
import { budgetIn } from "../parts/one-budget.ts";
import { languageRoute } from "../../platform/language.tsx";

const speaks = ["governance", "money"] as const;

const invoices = createRoute({
  getParentRoute: () => languageRoute,
  path: "/client/invoices",
  staticData: { screen: "src/money/screens/invoices.tsx", speaks: [...speaks, "membership"], title: "money.invoices.title" },
  loader: async ({ context: { query, call } }) => {
    const { person } = await query.ensureQueryData(wanted(call, readMe, {}));
    const clients = person?.buysFor.map(({ client }) => client) ?? [];
    await Promise.all([
      ...(clients.length > 0 ? [query.ensureQueryData(wanted(call, listMyClients, {}))] : []),
      ...clients.map(async (client) => query.ensureQueryData(wanted(call, listInvoices, { client }))),
    ]);
  },
  component: lazyRouteComponent(() => import("./invoices.tsx"), "Invoices"),
});

const oneInvoice = createRoute({
  getParentRoute: () => languageRoute,
  path: "/client/invoices/$invoice",
  staticData: { screen: "src/money/screens/invoice.tsx", speaks, title: "money.invoice.title" },
  loader: async ({ context: { query, call }, params: { invoice } }) => {
    await orAbsent(query.ensureQueryData(wanted(call, readInvoice, { invoice }, `invoice:${invoice}`)));
    await query.ensureQueryData(wanted(call, readMe, {}));
  },
  component: lazyRouteComponent(() => import("./invoice.tsx"), "Invoice"),
});

const myMoney = createRoute({
  getParentRoute: () => languageRoute,
  path: "/my/money",
  staticData: {
    screen: "src/money/screens/my-money.tsx",
    speaks: [...speaks, "billing", "incomes", "pay", "payroll", "employment"],
    title: "money.mine.title",
  },
  loaderDeps: ({ search }) => budgetIn(search),
  loader: async ({ context: { query, call }, deps }) => {
    const [{ person }] = await Promise.all([
      query.ensureQueryData(wanted(call, readMe, {})),
      query.ensureQueryData(wanted(call, listBylaws, {})),
    ]);
    const { member } = person ?? {};
    if (!member || !hasPapers(person?.stage)) return;
    const topic = `member:${member}`;
    await orAbsent(query.ensureQueryData(wanted(call, readStatement, { member, ...deps }, topic)));
    await Promise.all(
      [readBilling, listSelfBilled, readEmployment, readTaxpayer, readReportedIncome].map(async (each) =>
        query.ensureQueryData(wanted(call, each, { member }, topic)),
      ),
    );
  },
  component: lazyRouteComponent(() => import("./my-money.tsx"), "MyMoney"),
});

const pay = createRoute({
  getParentRoute: () => languageRoute,
  path: "/my/money/pay",
  staticData: { screen: "src/money/screens/pay.tsx", speaks: ["entries", "pay"], title: "pay.mine" },
  loaderDeps: ({ search }) => monthIn(search),
  loader: async ({ context: { query, call }, deps }) => {
    const { person } = await query.ensureQueryData(wanted(call, readMe, {}));
    const { member } = person ?? {};
    if (!member) throw notFound();
    await orAbsent(query.ensureQueryData(wanted(call, readPay, { member, ...deps }, `member:${member}`)));
  },
  component: lazyRouteComponent(() => import("./pay.tsx"), "Pay"),
});

const myExpenses = createRoute({
  getParentRoute: () => languageRoute,
  path: "/my/expenses",
  staticData: { screen: "src/money/screens/my-expenses.tsx", speaks: ["money", "outlays"], title: "outlays.title" },
  loader: async ({ context: { query, call } }) => {
    const { person } = await query.ensureQueryData(wanted(call, readMe, {}));
    const { member } = person ?? {};
    if (member && isMember(person?.stage))
      await Promise.all(
        [readAdvances, listExpenses].map(async (each) => orAbsent(query.ensureQueryData(wanted(call, each, {}, `member:${member}`)))),
      );
  },
  component: lazyRouteComponent(() => import("./my-expenses.tsx"), "MyExpenses"),
});

const treasury = createRoute({
  getParentRoute: () => languageRoute,
  path: "/desk/treasury",
  staticData: { screen: "src/money/screens/treasury.tsx", speaks: [...speaks, "outlays", "costs"], title: "money.treasury.title" },
  loader: async ({ context: { query, call } }) => {
    // The first question tells whose desk it is. Asked at once, the others would be refused after the page has left.
    await orAbsent(query.ensureQueryData(wanted(call, listOpenInvoices, {}, "desk:money")));
    await Promise.all([
      query.ensureQueryData(wanted(call, readMe, {})),
      query.ensureQueryData(wanted(call, listBylaws, {})),
      ...[
        listPayables,
        listPayouts,
        listBankLines,
        listCredits,
        listLosses,
        listAdvances,
        listOpenExpenses,
        listOverdrawn,
        listCalledWrong,
        listCorrections,
      ].map(async (list) => query.ensureQueryData(wanted(call, list, {}, "desk:money"))),
    ]);
  },
  component: lazyRouteComponent(() => import("./treasury.tsx"), "Treasury"),
});

const books = createRoute({
  getParentRoute: () => languageRoute,
  path: "/desk/books",
  staticData: { screen: "src/money/screens/books.tsx", speaks: ["money", "books", "incomes", "payroll"], title: "books.title" },
  loader: async ({ context: { query, call } }) => {
    await orAbsent(query.ensureQueryData(wanted(call, readBooks, {})));
    await query.ensureQueryData(wanted(call, readMe, {}));
  },
  component: lazyRouteComponent(() => import("./books.tsx"), "Books"),
});

export const routes = [invoices, oneInvoice, myMoney, pay, myExpenses, treasury, books] as const;
