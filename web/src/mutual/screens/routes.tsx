// The mutual fund's page, open to anyone.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { readFund } from "@partcommune/shared/mutual/api";
import { orSetup, wanted } from "../../platform/call.tsx";
import { languageRoute } from "../../platform/language.tsx";

const fund = createRoute({
  getParentRoute: () => languageRoute,
  path: "/fund",
  staticData: { screen: "src/mutual/screens/fund.tsx", speaks: ["governance", "mutual"], title: "mutual.fund.title" },
  loader: ({ context: { query, call, speech } }) => orSetup(query.ensureQueryData(wanted(call, readFund, {})), speech.language),
  component: lazyRouteComponent(() => import("./fund.tsx"), "Fund"),
});

export const routes = [fund] as const;
