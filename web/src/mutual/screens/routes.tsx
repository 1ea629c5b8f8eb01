// The mutual fund's page, open to anyone.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { readFund } from "@partcommune/shared/mutual/api";
import { wanted } from "../../platform/call.tsx";
import { languageRoute } from "../../platform/language.tsx";

const fund = createRoute({
  getParentRoute: () => languageRoute,
  path: "/fund",
  staticData: { screen: "src/mutual/screens/fund.tsx", speaks: ["governance", "mutual"], title: "mutual.fund.title" },
  loader: ({ context }) => context.query.ensureQueryData(wanted(context.call, readFund, {})),
  component: lazyRouteComponent(() => import("./fund.tsx"), "Fund"),
});

export const routes = [fund] as const;
