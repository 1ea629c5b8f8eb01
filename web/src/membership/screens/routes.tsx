// Membership's pages: signing in, hiring, joining, and the board's desk for those who wait.
import { createRoute, lazyRouteComponent, notFound, redirect } from "@tanstack/react-router";
import { listApplicants, listPeople, readMe } from "@partcommune/shared/membership/api";
import { listBranches } from "@partcommune/shared/membership/api/branches";
import { listDemoPeople } from "@partcommune/shared/membership/api/demo";
import { listPasskeys } from "@partcommune/shared/membership/api/passkeys";
import { listMembers, readOwnProfile } from "@partcommune/shared/membership/api/directory";
import { listAdvisers } from "@partcommune/shared/membership/api/portfolio";
import { listOwnReviews, listReviews } from "@partcommune/shared/membership/api/reviews";
import type { Role } from "@partcommune/shared/platform/actor";
import { readOutbox, readSession } from "@partcommune/shared/platform/api";
import { listCalendars } from "@partcommune/shared/platform/api/calendar";
import { readPush } from "@partcommune/shared/platform/api/push";
import { readNoticeChoices } from "@partcommune/shared/platform/api/notices";
import { orAbsent, wanted } from "../../platform/call.tsx";
import { languageRoute } from "../../platform/language.tsx";
import type { Reading } from "../../platform/root.tsx";

const speaks = ["membership"] as const;

const asksMe = ({ context }: { readonly context: Reading }) => context.query.ensureQueryData(wanted(context.call, readMe, {}));

/** A desk whose questions anyone may ask is there for one role all the same. */
async function ofRole(query: Reading["query"], call: Reading["call"], role: Role): Promise<void> {
  const { person } = await query.ensureQueryData(wanted(call, readSession, {}));
  if (!person?.roles.includes(role)) throw notFound();
}

/** An address of this coop, as it stands after its host: nobody is led elsewhere by a link that begins here. */
function ownAddress(value: unknown): string | undefined {
  return typeof value === "string" && value.length <= 400 && /^\/[a-z]{2}(?:[/?][\w\-./?=&%+:,~]*)?$/.test(value) ? value : undefined;
}

const signIn = createRoute({
  getParentRoute: () => languageRoute,
  path: "/sign-in",
  staticData: { screen: "src/membership/screens/sign-in.tsx", speaks, title: "membership.signIn.title" },
  validateSearch: (search: Readonly<Record<string, unknown>>): { readonly next?: string } => {
    const next = ownAddress(search["next"]);
    return next ? { next } : {};
  },
  loaderDeps: ({ search }) => search,
  loader: async (reading) => {
    const { person } = await asksMe(reading);
    if (person && reading.deps.next) throw redirect({ href: reading.deps.next });
  },
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
  staticData: { screen: "src/membership/screens/settings.tsx", speaks: ["membership", "notices"], title: "membership.settings.title" },
  loader: async (reading) => {
    const { person } = await asksMe(reading);
    const { query, call } = reading.context;
    if (!person) return;
    await Promise.all([
      query.ensureQueryData(wanted(call, listPasskeys, {})),
      query.ensureQueryData(wanted(call, listOwnReviews, {})),
      query.ensureQueryData(wanted(call, readNoticeChoices, {})),
      query.ensureQueryData(wanted(call, readPush, {})),
    ]);
  },
  component: lazyRouteComponent(() => import("./settings.tsx"), "Settings"),
});

const desk = createRoute({
  getParentRoute: () => languageRoute,
  path: "/desk/members",
  staticData: { screen: "src/membership/screens/desk.tsx", speaks, title: "membership.desk.title" },
  loader: async ({ context: { query, call } }) => {
    await orAbsent(query.ensureQueryData(wanted(call, listApplicants, {}, "desk:members")));
    await query.ensureQueryData(wanted(call, listBranches, {}, "desk:branches"));
  },
  component: lazyRouteComponent(() => import("./desk.tsx"), "Desk"),
});

const people = createRoute({
  getParentRoute: () => languageRoute,
  path: "/desk/people",
  staticData: { screen: "src/membership/screens/people.tsx", speaks: [...speaks, "employment"], title: "membership.people.title" },
  loader: async (reading) => {
    const { query, call } = reading.context;
    await orAbsent(query.ensureQueryData(wanted(call, listPeople, {}, "desk:people")));
    await asksMe(reading);
    await query.ensureQueryData(wanted(call, listAdvisers, {}));
    await query.ensureQueryData(wanted(call, listBranches, {}, "desk:branches"));
  },
  component: lazyRouteComponent(() => import("./people.tsx"), "People"),
});

const branches = createRoute({
  getParentRoute: () => languageRoute,
  path: "/desk/branches",
  staticData: { screen: "src/membership/screens/branches.tsx", speaks, title: "membership.branches.title" },
  loader: async ({ context: { query, call } }) => {
    await ofRole(query, call, "board");
    await query.ensureQueryData(wanted(call, listBranches, {}, "desk:branches"));
    await query.ensureQueryData(wanted(call, listCalendars, {}, "desk:branches"));
  },
  component: lazyRouteComponent(() => import("./branches.tsx"), "Branches"),
});

const review = createRoute({
  getParentRoute: () => languageRoute,
  path: "/desk/review",
  staticData: { screen: "src/membership/screens/review.tsx", speaks, title: "membership.review.title" },
  loader: ({ context: { query, call } }) => orAbsent(query.ensureQueryData(wanted(call, listReviews, {}, "desk:review"))),
  component: lazyRouteComponent(() => import("./review.tsx"), "Review"),
});

const words = (value: unknown): string | undefined => (value === undefined || value === "" ? undefined : String(value).slice(0, 400));

const members = createRoute({
  getParentRoute: () => languageRoute,
  path: "/members",
  staticData: { screen: "src/membership/screens/members.tsx", speaks, title: "membership.directory.title" },
  validateSearch: (search: Readonly<Record<string, unknown>>): { readonly text?: string; readonly after?: string } => {
    const [text, after] = [words(search["text"])?.slice(0, 100), words(search["after"])];
    return { ...(text ? { text } : {}), ...(after ? { after } : {}) };
  },
  loaderDeps: ({ search }) => search,
  loader: ({ context: { query, call }, deps }) => orAbsent(query.ensureQueryData(wanted(call, listMembers, deps))),
  component: lazyRouteComponent(() => import("./members.tsx"), "Members"),
});

const profile = createRoute({
  getParentRoute: () => languageRoute,
  path: "/my/profile",
  staticData: { screen: "src/membership/screens/profile.tsx", speaks, title: "membership.profile.title" },
  loader: ({ context: { query, call } }) => orAbsent(query.ensureQueryData(wanted(call, readOwnProfile, {}))),
  component: lazyRouteComponent(() => import("./profile.tsx"), "Profile"),
});

const outbox = createRoute({
  getParentRoute: () => languageRoute,
  path: "/desk/operator",
  staticData: { screen: "src/membership/screens/outbox.tsx", speaks, title: "membership.outbox.title" },
  loader: ({ context }) => orAbsent(context.query.ensureQueryData(wanted(context.call, readOutbox, {}))),
  component: lazyRouteComponent(() => import("./outbox.tsx"), "Outbox"),
});

export const routes = [signIn, demo, hire, join, settings, desk, people, branches, review, members, profile, outbox] as const;
