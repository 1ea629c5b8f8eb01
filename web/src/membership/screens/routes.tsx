// Membership's pages: signing in, hiring, joining, and the board's desk for those who wait.
import { createRoute, lazyRouteComponent, notFound } from "@tanstack/react-router";
import { listApplicants, listPeople, readMe } from "@partcommune/shared/membership/api";
import { listDemoPeople } from "@partcommune/shared/membership/api/demo";
import { listPasskeys } from "@partcommune/shared/membership/api/passkeys";
import { readOutbox } from "@partcommune/shared/platform/api";
import { readNoticeChoices } from "@partcommune/shared/platform/api/notices";
import { orAbsent, wanted } from "../../platform/call.tsx";
import { languageRoute } from "../../platform/language.tsx";
import type { Reading } from "../../platform/root.tsx";

const speaks = ["membership"] as const;

const asksMe = ({ context }: { readonly context: Reading }) => context.query.ensureQueryData(wanted(context.call, readMe, {}));

const signIn = createRoute({
  getParentRoute: () => languageRoute,
  path: "/sign-in",
  staticData: { screen: "src/membership/screens/sign-in.tsx", speaks, title: "membership.signIn.title" },
  loader: asksMe,
  component: lazyRouteComponent(() => import("./sign-in.tsx"), "SignIn"),
});

const demo = createRoute({
  getParentRoute: () => languageRoute,
  path: "/demo",
  staticData: { screen: "src/membership/screens/demo.tsx", speaks, title: "membership.demo.title" },
  loader: async ({ context: { query, call } }) => {
    const { items } = await query.ensureQueryData(wanted(call, listDemoPeople, {}));
    if (items.length === 0) throw notFound();
  },
  component: lazyRouteComponent(() => import("./demo.tsx"), "Demo"),
});

const hire = createRoute({
  getParentRoute: () => languageRoute,
  path: "/hire",
  staticData: { screen: "src/membership/screens/hire.tsx", speaks, title: "membership.hire.title" },
  loader: asksMe,
  component: lazyRouteComponent(() => import("./hire.tsx"), "Hire"),
});

const join = createRoute({
  getParentRoute: () => languageRoute,
  path: "/join",
  staticData: { screen: "src/membership/screens/join.tsx", speaks, title: "membership.join.title" },
  loader: asksMe,
  component: lazyRouteComponent(() => import("./join.tsx"), "Join"),
});

const settings = createRoute({
  getParentRoute: () => languageRoute,
  path: "/my/settings",
  staticData: { screen: "src/membership/screens/settings.tsx", speaks, title: "membership.settings.title" },
  loader: async (reading) => {
    const { person } = await asksMe(reading);
    const { query, call } = reading.context;
    if (person)
      await Promise.all([
        query.ensureQueryData(wanted(call, listPasskeys, {})),
        query.ensureQueryData(wanted(call, readNoticeChoices, {})),
      ]);
  },
  component: lazyRouteComponent(() => import("./settings.tsx"), "Settings"),
});

const desk = createRoute({
  getParentRoute: () => languageRoute,
  path: "/desk/members",
  staticData: { screen: "src/membership/screens/desk.tsx", speaks, title: "membership.desk.title" },
  loader: ({ context }) => orAbsent(context.query.ensureQueryData(wanted(context.call, listApplicants, {}, "desk:members"))),
  component: lazyRouteComponent(() => import("./desk.tsx"), "Desk"),
});

const people = createRoute({
  getParentRoute: () => languageRoute,
  path: "/desk/people",
  staticData: { screen: "src/membership/screens/people.tsx", speaks, title: "membership.people.title" },
  loader: async (reading) => {
    const { query, call } = reading.context;
    await orAbsent(query.ensureQueryData(wanted(call, listPeople, {}, "desk:people")));
    await asksMe(reading);
  },
  component: lazyRouteComponent(() => import("./people.tsx"), "People"),
});

const outbox = createRoute({
  getParentRoute: () => languageRoute,
  path: "/desk/operator",
  staticData: { screen: "src/membership/screens/outbox.tsx", speaks, title: "membership.outbox.title" },
  loader: ({ context }) => orAbsent(context.query.ensureQueryData(wanted(context.call, readOutbox, {}))),
  component: lazyRouteComponent(() => import("./outbox.tsx"), "Outbox"),
});

export const routes = [signIn, demo, hire, join, settings, desk, people, outbox] as const;
