// The marketplace's pages: the first page, the jobs, one job, and the form that posts one.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { listBylaws } from "@partcommune/shared/governance/api";
import { listBids, listJobs, readJob } from "@partcommune/shared/marketplace/api";
import { readMe } from "@partcommune/shared/membership/api";
import { orNotFound, wanted } from "../../platform/call.tsx";
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

export const routes = [home, jobs, oneJob, post] as const;
