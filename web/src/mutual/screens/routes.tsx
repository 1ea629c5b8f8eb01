// The mutual fund's page, open to anyone, and the wizard that founds a coop with its opening fund.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { readMe } from "@partcommune/shared/membership/api";
import { readFund, readStress } from "@partcommune/shared/mutual/api";
import { orSetup, wanted } from "../../platform/call.tsx";
import { languageRoute } from "../../platform/language.tsx";

const fund = createRoute({
  getParentRoute: () => languageRoute,
  path: "/fund",
  staticData: { screen: "src/mutual/screens/fund.tsx", speaks: ["governance", "mutual"], title: "mutual.fund.title" },
  loader: ({ context: { query, call, speech } }) => orSetup(query.ensureQueryData(wanted(call, readFund, {})), speech.language),
  component: lazyRouteComponent(() => import("./fund.tsx"), "Fund"),
});

const stress = createRoute({
  getParentRoute: () => languageRoute,
  path: "/fund/stress",
  staticData: { screen: "src/mutual/screens/stress.tsx", speaks: ["governance", "mutual"], title: "mutual.stress.title" },
  loader: ({ context: { query, call, speech } }) => orSetup(query.ensureQueryData(wanted(call, readStress, {})), speech.language),
  component: lazyRouteComponent(() => import("./stress.tsx"), "Stress"),
});

const setup = createRoute({
  getParentRoute: () => languageRoute,
  path: "/setup",
  staticData: {
    screen: "src/mutual/screens/setup.tsx",
    speaks: ["governance", "bylaws", "membership", "mutual"],
    title: "governance.setup.title",
  },
  loader: ({ context }) => context.query.ensureQueryData(wanted(context.call, readMe, {})),
  component: lazyRouteComponent(() => import("./setup.tsx"), "Setup"),
});

export const routes = [fund, stress, setup] as const;
