// The pages of the house itself.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { listBylaws } from "@partcommune/shared/governance/api";
import { wanted } from "../call.tsx";
import { languageRoute } from "../language.tsx";

const home = createRoute({
  getParentRoute: () => languageRoute,
  path: "/",
  staticData: { screen: "src/platform/screens/home.tsx", speaks: ["governance"] },
  loader: ({ context }) => context.query.ensureQueryData(wanted(context.call, listBylaws, {})),
  component: lazyRouteComponent(() => import("./home.tsx"), "Home"),
});

export const routes = [home] as const;
