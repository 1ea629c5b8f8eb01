// The marketplace's pages: the first page, the jobs, one job, the form that posts one, and one's engagements.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { listBylaws, listBylawVersions } from "@partcommune/shared/governance/api";
import {
  listBids,
  listEngagements,
  searchJobs,
  listMySkills,
  listSearches,
  listUncovered,
  readEngagement,
  readJob,
} from "@partcommune/shared/marketplace/api";
import { readMe } from "@partcommune/shared/membership/api";
import { readSession } from "@partcommune/shared/platform/api";
import { orAbsent, orNotFound, wanted } from "../../platform/call.tsx";
import { languageRoute } from "../../platform/language.tsx";
import { isMember } from "../parts/is-member.ts";
import { questionOf } from "../parts/question.ts";

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
  loaderDeps: ({ search }) => ({ search }),
  loader: ({ context: { query, call, speech }, deps: { search } }) =>
    query.ensureQueryData(wanted(call, searchJobs, questionOf(search, speech.language))),
  component: lazyRouteComponent(() => import("./jobs.tsx"), "Jobs"),
});

const endSearch = createRoute({
  getParentRoute: () => languageRoute,
  path: "/searches/end",
  staticData: { screen: "src/marketplace/screens/end-search.tsx", speaks, title: "marketplace.endSearch.title" },
  component: lazyRouteComponent(() => import("./end-search.tsx"), "EndSearch"),
});

const searches = createRoute({
  getParentRoute: () => languageRoute,
  path: "/my/searches",
  staticData: { screen: "src/marketplace/screens/searches.tsx", speaks, title: "marketplace.searches.title" },
  loader: async ({ context: { query, call, speech } }) => {
    const { person } = await query.ensureQueryData(wanted(call, readSession, {}));
    const skills = isMember(person?.stage) ? query.ensureQueryData(wanted(call, listMySkills, { labels: speech.language })) : undefined;
    await orAbsent(Promise.all([query.ensureQueryData(wanted(call, listSearches, {})), skills]));
  },
  component: lazyRouteComponent(() => import("./searches.tsx"), "Searches"),
});

const ranking = createRoute({
  getParentRoute: () => languageRoute,
  path: "/ranking",
  staticData: { screen: "src/marketplace/screens/ranking.tsx", speaks, title: "marketplace.ranking.title" },
  loader: ({ context: { query, call } }) => query.ensureQueryData(wanted(call, listBylawVersions, { key: "marketplace.rankingWeights" })),
  component: lazyRouteComponent(() => import("./ranking.tsx"), "Ranking"),
});

const oneJob = createRoute({
  getParentRoute: () => languageRoute,
  path: "/jobs/$job",
  staticData: { screen: "src/marketplace/screens/job.tsx", speaks, title: "marketplace.job.title" },
  loader: async ({ context: { query, call, speech }, params: { job } }) => {
    const beside = [
      query.ensureQueryData(wanted(call, listBids, { job }, `job:${job}`)),
      query.ensureQueryData(wanted(call, readMe, {})),
      query.ensureQueryData(wanted(call, listBylaws, {})),
    ];
    await Promise.all([
      orNotFound(query.ensureQueryData(wanted(call, readJob, { job, labels: speech.language }, `job:${job}`))),
      ...beside,
    ]);
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
  loader: ({ context: { query, call } }) => orAbsent(query.ensureQueryData(wanted(call, listUncovered, {}, "desk:engagements"))),
  component: lazyRouteComponent(() => import("./uncovered.tsx"), "Uncovered"),
});

export const routes = [home, jobs, ranking, searches, endSearch, oneJob, post, engagements, oneEngagement, uncovered] as const;
