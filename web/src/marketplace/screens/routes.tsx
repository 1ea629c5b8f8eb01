// The marketplace's pages: the first page, the jobs, one job, the form that posts one, and one's engagements.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { listBylaws } from "@partcommune/shared/governance/api";
import {
  listBids,
  listEngagements,
  listJobs,
  listMemberReferences,
  listPortfolio,
  listReferences,
  listUncovered,
  readEngagement,
  readJob,
} from "@partcommune/shared/marketplace/api";
import { readMe } from "@partcommune/shared/membership/api";
import { listAdvisers } from "@partcommune/shared/membership/api/portfolio";
import { readProfile } from "@partcommune/shared/membership/api/directory";
import { readSession } from "@partcommune/shared/platform/api";
import { listMessages } from "@partcommune/shared/platform/api/messages";
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
    const topic = `engagement:${engagement}`;
    const thread = wanted(call, listMessages, { subjectKind: "engagement", subject: engagement }, topic);
    const seen = orAbsent(query.ensureQueryData(wanted(call, readEngagement, { engagement }, topic)));
    await Promise.all([seen, orAbsent(query.ensureQueryData(thread)), bylaws]);
    await query.ensureQueryData(wanted(call, listReferences, { engagement }, topic));
  },
  component: lazyRouteComponent(() => import("./engagement.tsx"), "Engagement"),
});

const member = createRoute({
  getParentRoute: () => languageRoute,
  path: "/members/$handle",
  staticData: { screen: "src/marketplace/screens/member.tsx", speaks: [...speaks, "membership"], title: "marketplace.member.title" },
  loader: async ({ context: { query, call }, params: { handle } }) => {
    await orAbsent(query.ensureQueryData(wanted(call, readProfile, { handle })));
    await query.ensureQueryData(wanted(call, listMemberReferences, { handle }));
  },
  component: lazyRouteComponent(() => import("./member.tsx"), "Member"),
});

const uncovered = createRoute({
  getParentRoute: () => languageRoute,
  path: "/desk/engagements",
  staticData: { screen: "src/marketplace/screens/uncovered.tsx", speaks, title: "marketplace.uncovered.title" },
  loader: ({ context: { query, call } }) => orAbsent(query.ensureQueryData(wanted(call, listUncovered, {}, "desk:engagements"))),
  component: lazyRouteComponent(() => import("./uncovered.tsx"), "Uncovered"),
});

const portfolio = createRoute({
  getParentRoute: () => languageRoute,
  path: "/desk/portfolio",
  staticData: { screen: "src/marketplace/screens/portfolio.tsx", speaks: [...speaks, "membership"], title: "marketplace.portfolio.title" },
  loader: async ({ context: { query, call } }) => {
    await orAbsent(query.ensureQueryData(wanted(call, listPortfolio, {}, "desk:portfolio")));
    await query.ensureQueryData(wanted(call, listAdvisers, {}));
  },
  component: lazyRouteComponent(() => import("./portfolio.tsx"), "Portfolio"),
});

export const routes = [home, jobs, oneJob, post, engagements, oneEngagement, member, uncovered, portfolio] as const;
