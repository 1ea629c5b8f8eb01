// The page of other coops, open to anyone.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { listNeighbours } from "@partcommune/shared/federation/api";
import { listSettling } from "@partcommune/shared/federation/api/settling";
import { readMe } from "@partcommune/shared/membership/api";
import { orAbsent, wanted } from "../../platform/call.tsx";
import { languageRoute } from "../../platform/language.tsx";

const sisters = createRoute({
  getParentRoute: () => languageRoute,
  path: "/sisters",
  staticData: { screen: "src/federation/screens/sisters.tsx", speaks: ["federation"], title: "federation.title" },
  loader: ({ context }) => context.query.ensureQueryData(wanted(context.call, listNeighbours, {}, "neighbours")),
  component: lazyRouteComponent(() => import("./sisters.tsx"), "SistersPage"),
});

const settling = createRoute({
  getParentRoute: () => languageRoute,
  path: "/desk/sisters",
  staticData: { screen: "src/federation/screens/settling.tsx", speaks: ["federation", "money"], title: "federation.settling.title" },
  loader: async ({ context: { query, call } }) => {
    await orAbsent(query.ensureQueryData(wanted(call, listSettling, {}, "sisters")));
    await query.ensureQueryData(wanted(call, readMe, {}));
  },
  component: lazyRouteComponent(() => import("./settling.tsx"), "SettlingPage"),
});

export const routes = [sisters, settling] as const;
