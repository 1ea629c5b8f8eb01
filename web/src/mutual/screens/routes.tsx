// The mutual fund's page, open to anyone, and the wizard that founds a coop with its opening fund.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { readMe } from "@partcommune/shared/membership/api";
import { readCosts } from "@partcommune/shared/money/api/cost";
import { listFigureEntries, readFund, readFundEntry, readFundHistory, readStress } from "@partcommune/shared/mutual/api";
import { readProtection } from "@partcommune/shared/mutual/api/protection";
import { readCoop, readLetterhead } from "@partcommune/shared/platform/api";
import { orAbsent, orSetup, wanted } from "../../platform/call.tsx";
import { languageRoute } from "../../platform/language.tsx";
import { figureIn } from "../parts/figure-in.ts";

const fund = createRoute({
  getParentRoute: () => languageRoute,
  path: "/fund",
  staticData: { screen: "src/mutual/screens/fund.tsx", speaks: ["governance", "mutual", "witnessed", "costs"], title: "mutual.fund.title" },
  loader: ({ context: { query, call, speech } }) =>
    orSetup(
      Promise.all([query.ensureQueryData(wanted(call, readFund, {})), query.ensureQueryData(wanted(call, readCosts, {}))]),
      speech.language,
    ),
  component: lazyRouteComponent(() => import("./fund.tsx"), "Fund"),
});

const entries = createRoute({
  getParentRoute: () => languageRoute,
  path: "/fund/entries",
  staticData: { screen: "src/mutual/screens/entries.tsx", speaks: ["governance", "mutual", "entries"], title: "entries.title" },
  loaderDeps: ({ search }) => figureIn(search),
  loader: ({ context: { query, call, speech }, deps }) =>
    orSetup(query.ensureQueryData(wanted(call, listFigureEntries, deps)), speech.language),
  component: lazyRouteComponent(() => import("./entries.tsx"), "Entries"),
});

const entry = createRoute({
  getParentRoute: () => languageRoute,
  path: "/fund/entries/$entry",
  staticData: {
    screen: "src/mutual/screens/entry.tsx",
    speaks: ["governance", "bylaws", "mutual", "entries"],
    title: "entries.entry.title",
  },
  loader: ({ context: { query, call }, params }) => orAbsent(query.ensureQueryData(wanted(call, readFundEntry, { entry: params.entry }))),
  component: lazyRouteComponent(() => import("./entry.tsx"), "Entry"),
});

const history = createRoute({
  getParentRoute: () => languageRoute,
  path: "/fund/history",
  staticData: { screen: "src/mutual/screens/history.tsx", speaks: ["governance", "bylaws", "mutual", "entries"], title: "history.title" },
  loader: ({ context: { query, call, speech } }) => orSetup(query.ensureQueryData(wanted(call, readFundHistory, {})), speech.language),
  component: lazyRouteComponent(() => import("./history.tsx"), "History"),
});

const stress = createRoute({
  getParentRoute: () => languageRoute,
  path: "/fund/stress",
  staticData: { screen: "src/mutual/screens/stress.tsx", speaks: ["governance", "mutual", "stress"], title: "mutual.stress.title" },
  loader: ({ context: { query, call, speech } }) => orSetup(query.ensureQueryData(wanted(call, readStress, {})), speech.language),
  component: lazyRouteComponent(() => import("./stress.tsx"), "Stress"),
});

const protection = createRoute({
  getParentRoute: () => languageRoute,
  path: "/my/protection",
  staticData: {
    screen: "src/mutual/screens/protection.tsx",
    speaks: ["governance", "bylaws", "money", "mutual", "protection"],
    title: "protection.title",
  },
  loader: async ({ context: { query, call } }) => {
    const { person } = await query.ensureQueryData(wanted(call, readMe, {}));
    await orAbsent(query.ensureQueryData(wanted(call, readProtection, {}, `member:${person?.member}`)));
  },
  component: lazyRouteComponent(() => import("./protection.tsx"), "Protection"),
});

const setup = createRoute({
  getParentRoute: () => languageRoute,
  path: "/setup",
  staticData: {
    screen: "src/mutual/screens/setup.tsx",
    speaks: ["governance", "bylaws", "membership", "founding"],
    title: "governance.setup.title",
  },
  loader: ({ context }) => context.query.ensureQueryData(wanted(context.call, readMe, {})),
  component: lazyRouteComponent(() => import("./setup.tsx"), "Setup"),
});

const papers = createRoute({
  getParentRoute: () => languageRoute,
  path: "/desk/papers",
  staticData: { screen: "src/mutual/screens/papers.tsx", speaks: ["governance", "founding"], title: "governance.papers.title" },
  loader: async ({ context: { query, call } }) => {
    await orAbsent(query.ensureQueryData(wanted(call, readLetterhead, {}, "coop")));
    await query.ensureQueryData(wanted(call, readCoop, {}, "coop"));
  },
  component: lazyRouteComponent(() => import("./papers.tsx"), "Papers"),
});

export const routes = [fund, history, entries, entry, stress, protection, setup, papers] as const;
