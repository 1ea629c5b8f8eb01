// The marketplace's pages: the first page, the jobs, one job, the form that posts one, and one's engagements.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { listBylaws } from "@partcommune/shared/governance/api";
import {
  listBids,
  listDisputes,
  listEngagements,
  listJobs,
  listUncovered,
  readEngagement,
  readJob,
} from "@partcommune/shared/marketplace/api";
import { readMe } from "@partcommune/shared/membership/api";
import { readSession } from "@partcommune/shared/platform/api";
import { orAbsent, orNotFound, wanted } from "../../platform/call.tsx";
import { languageRoute } from "../../platform/language.tsx";

const speaks = ["governance", "marketplace"] as const;

const home = createRoute({
  getParentRoute: () => languageRoute,
  path: "/",
  staticData: { screen: "src/marketplace/screens/home.tsx", speaks },
  loader: ({ context }) => context.query.ensureQueryData(wanted(context.call, listBylaws, {})),
  component: lazyRouteComponent(() => import("./home.tsx"), "Home"),
});

const jobs = createRoute({
  getParentRoute: () => languageRoute,
  path: "/jobs",
  staticData: { screen: "src/marketplace/screens/jobs.tsx", speaks, title: "marketplace.jobs.title" },
  loader: ({ context }) => context.query.ensureQueryData(wanted(context.call, listJobs, {})),
  component: lazyRouteComponent(() => import("./jobs.tsx"), "Jobs"),
});

const oneJob = createRoute({
  getParentRoute: () => languageRoute,
  path: "/jobs/$job",
  staticData: { screen: "src/marketplace/screens/job.tsx", speaks, title: "marketplace.job.title" },
  loader: async ({ context: { query, call }, params: { job } }) => {
    const beside = [
      query.ensureQueryData(wanted(call, listBids, { job }, `job:${job}`)),
      query.ensureQueryData(wanted(call, readMe, {})),
      query.ensureQueryData(wanted(call, listBylaws, {})),
    ];
    await Promise.all([orNotFound(query.ensureQueryData(wanted(call, readJob, { job }, `job:${job}`))), ...beside]);
    const { person } = await query.ensureQueryData(wanted(call, readSession, {}));
    if (person) await query.ensureQueryData(wanted(call, listEngagements, {}, `job:${job}`));
  },
  component: lazyRouteComponent(() => import("./job.tsx"), "Job"),
});

const post = createRoute({
  getParentRoute: () => languageRoute,
  path: "/client/jobs/new",
  staticData: { screen: "src/marketplace/screens/post.tsx", speaks, title: "marketplace.post.title" },
  loader: ({ context }) => context.query.ensureQueryData(wanted(context.call, readMe, {})),
  component: lazyRouteComponent(() => import("./post.tsx"), "Post"),
});

const engagements = createRoute({
  getParentRoute: () => languageRoute,
  path: "/my/engagements",
  staticData: { screen: "src/marketplace/screens/engagements.tsx", speaks, title: "marketplace.engagements.title" },
  loader: ({ context: { query, call } }) => orAbsent(query.ensureQueryData(wanted(call, listEngagements, {}))),
  component: lazyRouteComponent(() => import("./engagements.tsx"), "Engagements"),
});

const oneEngagement = createRoute({
  getParentRoute: () => languageRoute,
  path: "/my/engagements/$engagement",
  staticData: { screen: "src/marketplace/screens/engagement.tsx", speaks: [...speaks, "mutual"], title: "marketplace.engagement.title" },
  loader: async ({ context: { query, call }, params: { engagement } }) => {
    const bylaws = query.ensureQueryData(wanted(call, listBylaws, {}));
    await Promise.all([orAbsent(query.ensureQueryData(wanted(call, readEngagement, { engagement }, `engagement:${engagement}`))), bylaws]);
  },
  component: lazyRouteComponent(() => import("./engagement.tsx"), "Engagement"),
});

const uncovered = createRoute({
  getParentRoute: () => languageRoute,
  path: "/desk/engagements",
  staticData: { screen: "src/marketplace/screens/uncovered.tsx", speaks, title: "marketplace.uncovered.title" },
  loader: async ({ context: { query, call } }) => {
    await orAbsent(query.ensureQueryData(wanted(call, listUncovered, {}, "desk:engagements")));
    await query.ensureQueryData(wanted(call, listDisputes, {}, "desk:engagements"));
  },
  component: lazyRouteComponent(() => import("./uncovered.tsx"), "Uncovered"),
});

export const routes = [home, jobs, oneJob, post, engagements, oneEngagement, uncovered] as const;
