// The page of other coops, open to anyone.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { listNeighbours } from "@partcommune/shared/federation/api";
import { wanted } from "../../platform/call.tsx";
import { languageRoute } from "../../platform/language.tsx";

const sisters = createRoute({
  getParentRoute: () => languageRoute,
  path: "/sisters",
  staticData: { screen: "src/federation/screens/sisters.tsx", speaks: ["federation"], title: "federation.title" },
  loader: ({ context }) => context.query.ensureQueryData(wanted(context.call, listNeighbours, {}, "neighbours")),
  component: lazyRouteComponent(() => import("./sisters.tsx"), "SistersPage"),
});

export const routes = [sisters] as const;
