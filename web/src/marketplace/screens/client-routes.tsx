// The pages of who posts jobs: the form, one's own jobs, choosing among bids, and changing a job.
import { createRoute, lazyRouteComponent, notFound } from "@tanstack/react-router";
import { listBylaws } from "@partcommune/shared/governance/api";
import { listBids, listDrafts, listInvitations, listOwnJobs, readDraft, readJob } from "@partcommune/shared/marketplace/api";
import { readMe } from "@partcommune/shared/membership/api";
import { idPattern } from "@partcommune/shared/platform/id";
import { orAbsent, orNotFound, wanted } from "../../platform/call.tsx";
import { languageRoute } from "../../platform/language.tsx";

const speaks = ["governance", "marketplace"] as const;

/** What stands in an address where an id is meant; anything else is as if it were not there. */
const idFrom = (value: unknown): string | undefined => (typeof value === "string" && idPattern.test(value) ? value : undefined);

const post = createRoute({
  getParentRoute: () => languageRoute,
  path: "/client/jobs/new",
  staticData: { screen: "src/marketplace/screens/post.tsx", speaks: [...speaks, "offers"], title: "marketplace.post.title" },
  validateSearch: (search: Readonly<Record<string, unknown>>): { readonly draft?: string; readonly from?: string } => {
    const [draft, from] = [idFrom(search["draft"]), idFrom(search["from"])];
    return { ...(draft ? { draft } : {}), ...(from ? { from } : {}) };
  },
  loaderDeps: ({ search }) => search,
  loader: async ({ context: { query, call, speech }, deps: { draft, from } }) => {
    const labels = speech.language;
    await query.ensureQueryData(wanted(call, readMe, {}));
    if (draft) await orAbsent(query.fetchQuery({ ...wanted(call, readDraft, { draft, labels }), staleTime: 0 }));
    if (from) await orNotFound(query.ensureQueryData(wanted(call, readJob, { job: from, labels }, `job:${from}`)));
  },
  component: lazyRouteComponent(() => import("./post.tsx"), "Post"),
});

const ownJobs = createRoute({
  getParentRoute: () => languageRoute,
  path: "/client/jobs",
  staticData: { screen: "src/marketplace/screens/own-jobs.tsx", speaks: [...speaks, "offers"], title: "marketplace.own.title" },
  validateSearch: ({ after }: Readonly<Record<string, unknown>>): { readonly after?: string } =>
    typeof after === "string" ? { after: after.slice(0, 400) } : {},
  loaderDeps: ({ search }) => search,
  loader: async ({ context: { query, call }, deps: { after } }) => {
    await orAbsent(query.fetchQuery({ ...wanted(call, listDrafts, {}), staleTime: 0 }));
    await query.ensureQueryData(wanted(call, listOwnJobs, after ? { after } : {}));
  },
  component: lazyRouteComponent(() => import("./own-jobs.tsx"), "OwnJobs"),
});

/** Of a job, what its client alone sees. */
const choose = createRoute({
  getParentRoute: () => languageRoute,
  path: "/client/jobs/$job",
  staticData: { screen: "src/marketplace/screens/choose.tsx", speaks: [...speaks, "offers"], title: "marketplace.choose.title" },
  loader: async ({ context: { query, call, speech }, params: { job } }) => {
    const topic = `job:${job}`;
    const told = await orNotFound(query.ensureQueryData(wanted(call, readJob, { job, labels: speech.language }, topic)));
    if (!told.mine) throw notFound();
    await Promise.all([
      query.ensureQueryData(wanted(call, listBids, { job }, topic)),
      query.ensureQueryData(wanted(call, listInvitations, { job }, topic)),
      query.ensureQueryData(wanted(call, listBylaws, {})),
    ]);
  },
  component: lazyRouteComponent(() => import("./choose.tsx"), "Choose"),
});

const changeJob = createRoute({
  getParentRoute: () => languageRoute,
  path: "/client/jobs/$job/change",
  staticData: { screen: "src/marketplace/screens/change-job.tsx", speaks: [...speaks, "offers"], title: "marketplace.change.title" },
  loader: async ({ context: { query, call, speech }, params: { job } }) => {
    const { mine } = await orNotFound(query.ensureQueryData(wanted(call, readJob, { job, labels: speech.language }, `job:${job}`)));
    if (!mine) throw notFound();
  },
  component: lazyRouteComponent(() => import("./change-job.tsx"), "ChangeJob"),
});

export const clientRoutes = [post, ownJobs, choose, changeJob] as const;
