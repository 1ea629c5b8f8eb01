// The marketplace's pages: the first page, the jobs, one job, the form that posts one, and one's engagements.
import { createRoute, lazyRouteComponent, notFound } from "@tanstack/react-router";
import { listBylaws, listBylawVersions } from "@partcommune/shared/governance/api";
import {
  listAmendments,
  listBids,
  listBudgets,
  listDisputes,
  listEngagements,
  listMemberReferences,
  listMyInvitations,
  listMySkills,
  listOwnClients,
  listPortfolio,
  listQuestions,
  listReferences,
  listSearches,
  listUncovered,
  readEngagement,
  readJob,
  readLeaving,
  readQuoteByLink,
  searchJobs,
} from "@partcommune/shared/marketplace/api";
import { readMe } from "@partcommune/shared/membership/api";
import { listAdvisers } from "@partcommune/shared/membership/api/portfolio";
import { readProfile } from "@partcommune/shared/membership/api/directory";
import { readPayEstimate } from "@partcommune/shared/money/api/pay";
import { budgetOf } from "@partcommune/shared/money/rules/split";
import { readCoop, readSession } from "@partcommune/shared/platform/api";
import { listMessages } from "@partcommune/shared/platform/api/messages";
import { amountText } from "@partcommune/shared/platform/money";
import { orAbsent, orNotFound, wanted } from "../../platform/call.tsx";
import { languageRoute } from "../../platform/language.tsx";
import type { Reading } from "../../platform/root.tsx";
import { hasPapers, isMember } from "../../platform/parts/is-member.ts";
import { comparedIn, priceOf, rateOf } from "../parts/compared.ts";
import { questionOf } from "../parts/question.ts";
import { clientRoutes } from "./client-routes.tsx";

const speaks = ["governance", "marketplace"] as const;
const speaksOfWork = [...speaks, "workspace"] as const;

const home = createRoute({
  getParentRoute: () => languageRoute,
  path: "/",
  staticData: { screen: "src/marketplace/screens/home.tsx", speaks },
  loader: ({ context }) => context.query.ensureQueryData(wanted(context.call, listBylaws, {})),
  component: lazyRouteComponent(() => import("./home.tsx"), "Home"),
});

const compare = createRoute({
  getParentRoute: () => languageRoute,
  path: "/compare",
  staticData: { screen: "src/marketplace/screens/compare.tsx", speaks: ["governance", "pay"], title: "pay.title" },
  loaderDeps: ({ search }) => comparedIn(search),
  loader: async ({ context: { query, call }, deps }) => {
    const [{ currency }, { items }] = await Promise.all([
      query.ensureQueryData(wanted(call, readCoop, {})),
      query.ensureQueryData(wanted(call, listBylaws, {})),
    ]);
    const rate = items.find(({ key }) => key === "fee.rate")?.value as number | undefined;
    if (currency === undefined || rate === undefined) return;
    const price = priceOf(deps, currency);
    await Promise.all(
      [BigInt(rate), rateOf(deps)].map(async (kept) =>
        query.ensureQueryData(wanted(call, readPayEstimate, { amount: amountText(budgetOf([price], kept)), status: "employee" })),
      ),
    );
  },
  component: lazyRouteComponent(() => import("./compare.tsx"), "Compare"),
});

const jobs = createRoute({
  getParentRoute: () => languageRoute,
  path: "/jobs",
  staticData: { screen: "src/marketplace/screens/jobs.tsx", speaks, title: "marketplace.jobs.title", feed: "/api/v1/jobs" },
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
  staticData: { screen: "src/marketplace/screens/searches.tsx", speaks: [...speaks, "offers"], title: "marketplace.searches.title" },
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
  staticData: { screen: "src/marketplace/screens/ranking.tsx", speaks: [...speaks, "ranking"], title: "ranking.title" },
  loader: ({ context: { query, call } }) => query.ensureQueryData(wanted(call, listBylawVersions, { key: "marketplace.rankingWeights" })),
  component: lazyRouteComponent(() => import("./ranking.tsx"), "Ranking"),
});

const oneJob = createRoute({
  getParentRoute: () => languageRoute,
  path: "/jobs/$job",
  staticData: { screen: "src/marketplace/screens/job.tsx", speaks, title: "marketplace.job.title" },
  loader: async ({ context: { query, call, speech }, params: { job } }) => {
    const beside = [
      orNotFound(query.ensureQueryData(wanted(call, listBids, { job }, `job:${job}`))),
      orNotFound(query.ensureQueryData(wanted(call, listQuestions, { job }, `job:${job}`))),
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

const engagements = createRoute({
  getParentRoute: () => languageRoute,
  path: "/my/engagements",
  staticData: { screen: "src/marketplace/screens/engagements.tsx", speaks: [...speaks, "offers"], title: "marketplace.engagements.title" },
  loader: async ({ context: { query, call } }) => {
    await orAbsent(query.ensureQueryData(wanted(call, listEngagements, {})));
    const { person } = await query.ensureQueryData(wanted(call, readSession, {}));
    if (isMember(person?.stage)) await query.ensureQueryData(wanted(call, listMyInvitations, {}));
    if (isMember(person?.stage)) await query.ensureQueryData(wanted(call, listOwnClients, {}));
  },
  component: lazyRouteComponent(() => import("./engagements.tsx"), "Engagements"),
});

const declare = createRoute({
  getParentRoute: () => languageRoute,
  path: "/my/engagements/new",
  staticData: { screen: "src/marketplace/screens/declare.tsx", speaks: [...speaks, "membership", "offers"], title: "offers.declare.title" },
  loader: async ({ context: { query, call } }) => {
    await orAbsent(query.ensureQueryData(wanted(call, listOwnClients, {})));
    await query.ensureQueryData(wanted(call, listBylaws, {}));
  },
  component: lazyRouteComponent(() => import("./declare.tsx"), "Declare"),
});

/** Nobody but its reader learns the address of such a page: it is in no index, and no link tells where it was followed. */
const ofALink = {
  headers: () => ({ "referrer-policy": "no-referrer", "x-robots-tag": "noindex" }),
  head: () => ({ meta: [{ name: "robots", content: "noindex" }] }),
  notFoundComponent: lazyRouteComponent(() => import("./sign.tsx"), "Spent"),
} as const;

/** What a link opens, on the page that it was mailed for. */
async function linked({ query, call }: Pick<Reading, "query" | "call">, token: string, isChange: boolean): Promise<void> {
  const { amendment } = await orNotFound(query.ensureQueryData(wanted(call, readQuoteByLink, { token })));
  if ((amendment !== undefined) !== isChange) throw notFound();
  await query.ensureQueryData(wanted(call, listBylaws, {}));
}

const sign = createRoute({
  ...ofALink,
  getParentRoute: () => languageRoute,
  path: "/sign/$token",
  staticData: { screen: "src/marketplace/screens/sign.tsx", speaks: [...speaks, "membership"], title: "marketplace.link.title" },
  loader: ({ context, params: { token } }) => linked(context, token, false),
  component: lazyRouteComponent(() => import("./sign.tsx"), "Sign"),
});

const signChange = createRoute({
  ...ofALink,
  getParentRoute: () => languageRoute,
  path: "/change/$token",
  staticData: {
    screen: "src/marketplace/screens/sign.tsx",
    speaks: [...speaksOfWork, "mutual", "membership"],
    title: "workspace.amendment.title",
  },
  loader: ({ context, params: { token } }) => linked(context, token, true),
  component: lazyRouteComponent(() => import("./sign.tsx"), "Sign"),
});

const oneEngagement = createRoute({
  getParentRoute: () => languageRoute,
  path: "/my/engagements/$engagement",
  staticData: {
    screen: "src/marketplace/screens/engagement.tsx",
    speaks: [...speaksOfWork, "mutual", "teams"],
    title: "marketplace.engagement.title",
  },
  loader: async ({ context: { query, call }, params: { engagement } }) => {
    const bylaws = query.ensureQueryData(wanted(call, listBylaws, {}));
    const topic = `engagement:${engagement}`;
    const thread = wanted(call, listMessages, { subjectKind: "engagement", subject: engagement }, topic);
    const seen = orAbsent(query.ensureQueryData(wanted(call, readEngagement, { engagement }, topic)));
    const [{ acts }] = await Promise.all([seen, orAbsent(query.ensureQueryData(thread)), bylaws]);
    if (acts.includes("chooseBudget")) await query.ensureQueryData(wanted(call, listBudgets, {}));
    await query.ensureQueryData(wanted(call, listReferences, { engagement }, topic));
  },
  component: lazyRouteComponent(() => import("./engagement.tsx"), "Engagement"),
});

const budgets = createRoute({
  getParentRoute: () => languageRoute,
  path: "/my/budgets",
  staticData: { screen: "src/marketplace/screens/budgets.tsx", speaks: ["workspace"], title: "workspace.budgets.title" },
  loader: ({ context: { query, call } }) => orAbsent(query.ensureQueryData(wanted(call, listBudgets, {}))),
  component: lazyRouteComponent(() => import("./budgets.tsx"), "Budgets"),
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
  staticData: {
    screen: "src/marketplace/screens/uncovered.tsx",
    speaks: [...speaksOfWork, "teams", "employment"],
    title: "marketplace.uncovered.title",
  },
  loader: async ({ context: { query, call } }) => {
    await orAbsent(query.ensureQueryData(wanted(call, listUncovered, {}, "desk:engagements")));
    await orAbsent(query.ensureQueryData(wanted(call, listAmendments, {}, "desk:engagements")));
    await query.ensureQueryData(wanted(call, listDisputes, {}, "desk:engagements"));
  },
  component: lazyRouteComponent(() => import("./uncovered.tsx"), "Uncovered"),
});

const portfolio = createRoute({
  getParentRoute: () => languageRoute,
  path: "/desk/portfolio",
  staticData: {
    screen: "src/marketplace/screens/portfolio.tsx",
    speaks: [...speaksOfWork, "membership"],
    title: "marketplace.portfolio.title",
  },
  loader: async ({ context: { query, call } }) => {
    await orAbsent(query.ensureQueryData(wanted(call, listPortfolio, {}, "desk:portfolio")));
    await query.ensureQueryData(wanted(call, listAdvisers, {}));
  },
  component: lazyRouteComponent(() => import("./portfolio.tsx"), "Portfolio"),
});

const leaving = createRoute({
  getParentRoute: () => languageRoute,
  path: "/my/leaving",
  staticData: { screen: "src/marketplace/screens/leaving.tsx", speaks: ["membership", "leaving"], title: "leaving.title" },
  loader: async ({ context: { query, call } }) => {
    const { person } = await query.ensureQueryData(wanted(call, readMe, {}));
    if (person?.member && hasPapers(person.stage)) await query.ensureQueryData(wanted(call, readLeaving, {}, `member:${person.member}`));
  },
  component: lazyRouteComponent(() => import("./leaving.tsx"), "Leaving"),
});

export const routes = [
  home,
  compare,
  jobs,
  ranking,
  searches,
  endSearch,
  oneJob,
  ...clientRoutes,
  engagements,
  declare,
  oneEngagement,
  budgets,
  sign,
  signChange,
  member,
  uncovered,
  portfolio,
  leaving,
] as const;
