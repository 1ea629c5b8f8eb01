// The pages of other coops: all of them, one with its treaty, and the way to ask the members about it.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { listNeighbours } from "@partcommune/shared/federation/api";
import { listSettling } from "@partcommune/shared/federation/api/settling";
import { readMe } from "@partcommune/shared/membership/api";
import { listSisters, readSister } from "@partcommune/shared/federation/api/sisters";
import { orAbsent, orNotFound, wanted } from "../../platform/call.tsx";
import { languageRoute } from "../../platform/language.tsx";
import type { Reading } from "../../platform/root.tsx";

const title = "federation.title";
const speaks = ["federation", "votes", "witnessed"] as const;

type Reads = { readonly context: Reading; readonly params: { readonly host: string; readonly act?: string } };

const readsSister = ({ context: { query, call }, params: { host } }: Reads) =>
  orNotFound(query.ensureQueryData(wanted(call, readSister, { host }, "sisters")));

const sisters = createRoute({
  getParentRoute: () => languageRoute,
  path: "/sisters",
  staticData: { screen: "src/federation/screens/sisters.tsx", speaks: ["federation"], title },
  loader: ({ context: { query, call } }) =>
    Promise.all([
      query.ensureQueryData(wanted(call, listNeighbours, {}, "neighbours")),
      query.ensureQueryData(wanted(call, listSisters, {}, "sisters")),
    ]),
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

const sister = createRoute({
  getParentRoute: () => languageRoute,
  path: "/sisters/$host",
  staticData: { screen: "src/federation/screens/sister.tsx", speaks, title },
  loader: readsSister,
  component: lazyRouteComponent(() => import("./sister.tsx"), "SisterPage"),
});

const propose = createRoute({
  getParentRoute: () => languageRoute,
  path: "/sisters/$host/$act",
  staticData: { screen: "src/federation/screens/sister.tsx", speaks, title },
  loader: readsSister,
  component: lazyRouteComponent(() => import("./sister.tsx"), "ProposeTreaty"),
});

export const routes = [sisters, sister, propose, settling] as const;
