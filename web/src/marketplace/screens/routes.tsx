// The marketplace's pages: the first page, where work and workers meet.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { listBylaws } from "@partcommune/shared/governance/api";
import { wanted } from "../../platform/call.tsx";
import { languageRoute } from "../../platform/language.tsx";

const home = createRoute({
  getParentRoute: () => languageRoute,
  path: "/",
  staticData: { screen: "src/marketplace/screens/home.tsx", speaks: ["governance", "marketplace"] },
  loader: ({ context }) => context.query.ensureQueryData(wanted(context.call, listBylaws, {})),
  component: lazyRouteComponent(() => import("./home.tsx"), "Home"),
});

export const routes = [home] as const;
