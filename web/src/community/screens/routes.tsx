// The community's pages: gatherings to come and those that were, one of them, and the form that calls one.
import { createRoute, lazyRouteComponent, notFound } from "@tanstack/react-router";
import { listGatherings, readAssembly, readGathering, readMinutes } from "@partcommune/shared/community/api";
import { listBylaws, listProposals } from "@partcommune/shared/governance/api";
import { readSession } from "@partcommune/shared/platform/api";
import { orAbsent, orNotFound, wanted } from "../../platform/call.tsx";
import { languageRoute } from "../../platform/language.tsx";
import { callsGatherings } from "../parts/calls.ts";

const speaks = ["community"] as const;

const gatherings = createRoute({
  getParentRoute: () => languageRoute,
  path: "/gatherings",
  staticData: { screen: "src/community/screens/gatherings.tsx", speaks, title: "community.gatherings.title" },
  loader: ({ context: { query, call } }) =>
    Promise.all((["coming", "past"] as const).map((when) => query.ensureQueryData(wanted(call, listGatherings, { when }, "gatherings")))),
  component: lazyRouteComponent(() => import("./gatherings.tsx"), "Gatherings"),
});

const newGathering = createRoute({
  getParentRoute: () => languageRoute,
  path: "/gatherings/new",
  staticData: { screen: "src/community/screens/calling.tsx", speaks, title: "community.call.title" },
  loader: async ({ context: { query, call } }) => {
    const { person } = await query.ensureQueryData(wanted(call, readSession, {}));
    if (!callsGatherings(person?.stage)) throw notFound();
  },
  component: lazyRouteComponent(() => import("./calling.tsx"), "CallGathering"),
});

const gathering = createRoute({
  getParentRoute: () => languageRoute,
  path: "/gatherings/$gathering",
  staticData: { screen: "src/community/screens/gathering.tsx", speaks, title: "community.gathering.title" },
  loader: async ({ context: { query, call }, params: { gathering: id } }) => {
    const { kind } = await orNotFound(query.ensureQueryData(wanted(call, readGathering, { gathering: id }, `gathering:${id}`)));
    if (kind === "assembly") await query.ensureQueryData(wanted(call, readAssembly, { gathering: id }, `gathering:${id}`));
  },
  component: lazyRouteComponent(() => import("./gathering.tsx"), "Gathering"),
});

const editGathering = createRoute({
  getParentRoute: () => languageRoute,
  path: "/gatherings/$gathering/edit",
  staticData: { screen: "src/community/screens/calling.tsx", speaks, title: "community.change.title" },
  loader: async ({ context: { query, call }, params: { gathering: id } }) => {
    const { mine } = await orNotFound(query.ensureQueryData(wanted(call, readGathering, { gathering: id }, `gathering:${id}`)));
    if (!mine?.verbs.includes("change")) throw notFound();
  },
  component: lazyRouteComponent(() => import("./calling.tsx"), "ChangeGathering"),
});

const newAssembly = createRoute({
  getParentRoute: () => languageRoute,
  path: "/assemblies/new",
  staticData: { screen: "src/community/screens/calling.tsx", speaks, title: "community.convene.title" },
  loader: async ({ context: { query, call } }) => {
    const { person } = await query.ensureQueryData(wanted(call, readSession, {}));
    if (!person?.roles.includes("board")) throw notFound();
    await Promise.all([
      query.ensureQueryData(wanted(call, listProposals, { state: "admitted" }, "proposals")),
      query.ensureQueryData(wanted(call, listBylaws, {})),
    ]);
  },
  component: lazyRouteComponent(() => import("./calling.tsx"), "CallAssembly"),
});

const minutes = createRoute({
  getParentRoute: () => languageRoute,
  path: "/gatherings/$gathering/minutes",
  staticData: { screen: "src/community/screens/minutes.tsx", speaks: ["community", "bylaws"], title: "community.minutes.title" },
  loader: ({ context: { query, call }, params: { gathering: id } }) =>
    orAbsent(query.ensureQueryData(wanted(call, readMinutes, { gathering: id }, `gathering:${id}`))),
  component: lazyRouteComponent(() => import("./minutes.tsx"), "Minutes"),
});

export const routes = [gatherings, newGathering, gathering, editGathering, newAssembly, minutes] as const;
