// Governance's pages: the rules in force, and the wizard that founds a coop.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { listBylaws } from "@partcommune/shared/governance/api";
import { readMe } from "@partcommune/shared/membership/api";
import { wanted } from "../../platform/call.tsx";
import { languageRoute } from "../../platform/language.tsx";

const bylaws = createRoute({
  getParentRoute: () => languageRoute,
  path: "/bylaws",
  staticData: { screen: "src/governance/screens/bylaws.tsx", speaks: ["governance"], title: "governance.bylaws.title" },
  loader: ({ context }) => context.query.ensureQueryData(wanted(context.call, listBylaws, {})),
  component: lazyRouteComponent(() => import("./bylaws.tsx"), "Bylaws"),
});

const setup = createRoute({
  getParentRoute: () => languageRoute,
  path: "/setup",
  staticData: { screen: "src/governance/screens/setup.tsx", speaks: ["governance", "membership"], title: "governance.setup.title" },
  loader: ({ context }) => context.query.ensureQueryData(wanted(context.call, readMe, {})),
  component: lazyRouteComponent(() => import("./setup.tsx"), "Setup"),
});

export const routes = [bylaws, setup] as const;
