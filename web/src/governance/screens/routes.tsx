// Governance's pages: the rules in force, what members ask each other, their votes, and the wizard that founds a coop.
import { createRoute, lazyRouteComponent, notFound } from "@tanstack/react-router";
import {
  listBylaws,
  listBylawVersions,
  listOwnPanels,
  listOwnProposals,
  listOwnVotes,
  listProposals,
  readLot,
  readPanel,
  readParticipation,
  readApplication,
  readProposal,
  readProposalEffects,
  readRevision,
  readTally,
  readVote,
} from "@partcommune/shared/governance/api";
import { readBoard } from "@partcommune/shared/governance/api/board";
import { readSession } from "@partcommune/shared/platform/api";
import { listMessages } from "@partcommune/shared/platform/api/messages";
import { orAbsent, orNotFound, orSetup, wanted } from "../../platform/call.tsx";
import { languageRoute } from "../../platform/language.tsx";
import type { Reading } from "../../platform/root.tsx";

const speaks = ["governance", "bylaws", "votes"] as const;
const speaksOfPanels = [...speaks, "panels"] as const;

type Asking = { readonly context: Reading };

const asksBylaws = ({ context: { query, call } }: Asking) => query.ensureQueryData(wanted(call, listBylaws, {}));

/** A page for those who write proposals. */
async function ofAssociates({ context: { query, call } }: Asking): Promise<void> {
  const { person } = await query.ensureQueryData(wanted(call, readSession, {}));
  if (person?.stage !== "associate") throw notFound();
}

const bylaws = createRoute({
  getParentRoute: () => languageRoute,
  path: "/bylaws",
  staticData: { screen: "src/governance/screens/bylaws.tsx", speaks: ["governance", "bylaws"], title: "governance.bylaws.title" },
  loader: asksBylaws,
  component: lazyRouteComponent(() => import("./bylaws.tsx"), "Bylaws"),
});

const bylaw = createRoute({
  getParentRoute: () => languageRoute,
  path: "/bylaws/$key",
  staticData: { screen: "src/governance/screens/bylaw.tsx", speaks, title: "governance.bylaws.title" },
  loader: async (reading) => {
    const { query, call } = reading.context;
    const { items } = await asksBylaws(reading);
    const { key } = reading.params;
    if (!items.some((each) => each.key === key)) throw notFound();
    await query.ensureQueryData(wanted(call, listBylawVersions, { key: key as never }, "bylaws"));
  },
  component: lazyRouteComponent(() => import("./bylaw.tsx"), "Bylaw"),
});

const proposals = createRoute({
  getParentRoute: () => languageRoute,
  path: "/proposals",
  staticData: { screen: "src/governance/screens/proposals.tsx", speaks, title: "votes.proposals.title" },
  loader: ({ context: { query, call } }) => query.ensureQueryData(wanted(call, listProposals, { limit: 200 }, "proposals")),
  component: lazyRouteComponent(() => import("./proposals.tsx"), "Proposals"),
});

const board = createRoute({
  getParentRoute: () => languageRoute,
  path: "/board",
  staticData: { screen: "src/governance/screens/board.tsx", speaks, title: "votes.board.title" },
  loader: ({ context: { query, call, speech } }) => orSetup(query.ensureQueryData(wanted(call, readBoard, {}, "board")), speech.language),
  component: lazyRouteComponent(() => import("./board.tsx"), "Board"),
});

const newProposal = createRoute({
  getParentRoute: () => languageRoute,
  path: "/proposals/new",
  staticData: { screen: "src/governance/screens/write-proposal.tsx", speaks, title: "votes.write" },
  validateSearch: (
    search: Readonly<Record<string, unknown>>,
  ): { readonly key?: string; readonly amends?: string; readonly seat?: string } => ({
    ...(typeof search["key"] === "string" ? { key: search["key"] } : {}),
    ...(typeof search["seat"] === "string" ? { seat: search["seat"] } : {}),
    ...(typeof search["amends"] === "string" ? { amends: search["amends"] } : {}),
  }),
  loaderDeps: ({ search }) => search,
  loader: async (reading) => {
    await Promise.all([ofAssociates(reading), asksBylaws(reading)]);
    const { query, call } = reading.context;
    await query.ensureQueryData(wanted(call, readBoard, {}, "board"));
    const { amends } = reading.deps;
    if (amends) await orNotFound(query.ensureQueryData(wanted(call, readProposal, { proposal: amends })));
  },
  component: lazyRouteComponent(() => import("./write-proposal.tsx"), "NewProposal"),
});

const proposal = createRoute({
  getParentRoute: () => languageRoute,
  path: "/proposals/$proposal",
  staticData: { screen: "src/governance/screens/proposal.tsx", speaks: speaksOfPanels, title: "votes.proposal.title" },
  loader: async ({ context: { query, call }, params: { proposal: id } }) => {
    const { kind } = await orNotFound(query.ensureQueryData(wanted(call, readProposal, { proposal: id }, `proposal:${id}`)));
    if (kind === "bylaws") await query.prefetchQuery(wanted(call, readProposalEffects, { proposal: id }));
    const { person } = await query.ensureQueryData(wanted(call, readSession, {}));
    if (person) await query.ensureQueryData(wanted(call, listMessages, { subjectKind: "proposal", subject: id }, `proposal:${id}`));
  },
  component: lazyRouteComponent(() => import("./proposal.tsx"), "Proposal"),
});

const editProposal = createRoute({
  getParentRoute: () => languageRoute,
  path: "/proposals/$proposal/edit",
  staticData: { screen: "src/governance/screens/write-proposal.tsx", speaks, title: "votes.revise" },
  loader: async (reading) => {
    const { query, call } = reading.context;
    const { mine } = await orNotFound(query.ensureQueryData(wanted(call, readProposal, { proposal: reading.params.proposal })));
    if (!mine.verbs.includes("revise")) throw notFound();
    await Promise.all([asksBylaws(reading), query.ensureQueryData(wanted(call, readBoard, {}, "board"))]);
  },
  component: lazyRouteComponent(() => import("./write-proposal.tsx"), "EditProposal"),
});

const revision = createRoute({
  getParentRoute: () => languageRoute,
  path: "/proposals/$proposal/revisions/$version",
  staticData: { screen: "src/governance/screens/revision.tsx", speaks, title: "votes.revision.title" },
  loader: ({ context: { query, call }, params: { proposal: id, version } }) =>
    orNotFound(query.ensureQueryData(wanted(call, readRevision, { proposal: id, version }))),
  component: lazyRouteComponent(() => import("./revision.tsx"), "Revision"),
});

const vote = createRoute({
  getParentRoute: () => languageRoute,
  path: "/votes/$vote",
  staticData: { screen: "src/governance/screens/vote.tsx", speaks: speaksOfPanels, title: "votes.vote.title" },
  loader: async (reading) => {
    const { query, call } = reading.context;
    const { vote: id } = reading.params;
    await asksBylaws(reading);
    const { outcome } = await orNotFound(query.ensureQueryData(wanted(call, readVote, { vote: id }, `vote:${id}`)));
    if (outcome) await query.ensureQueryData(wanted(call, readTally, { vote: id }));
  },
  component: lazyRouteComponent(() => import("./vote.tsx"), "Vote"),
});

const myVotes = createRoute({
  getParentRoute: () => languageRoute,
  path: "/my/votes",
  staticData: { screen: "src/governance/screens/my-votes.tsx", speaks: speaksOfPanels, title: "votes.mine.title" },
  loader: ({ context: { query, call } }) =>
    orAbsent(
      Promise.all([
        query.ensureQueryData(wanted(call, listOwnVotes, {}, "votes")),
        query.ensureQueryData(wanted(call, listOwnProposals, {}, "proposals")),
        query.ensureQueryData(wanted(call, listOwnPanels, {}, "panels")),
      ]),
    ),
  component: lazyRouteComponent(() => import("./my-votes.tsx"), "MyVotes"),
});

const panel = createRoute({
  getParentRoute: () => languageRoute,
  path: "/panels/$panel",
  staticData: { screen: "src/governance/screens/panel.tsx", speaks: speaksOfPanels, title: "panels.panel.title" },
  loader: ({ context: { query, call }, params: { panel: id } }) =>
    orNotFound(query.ensureQueryData(wanted(call, readPanel, { panel: id }, `panel:${id}`))),
  component: lazyRouteComponent(() => import("./panel.tsx"), "Panel"),
});

const lot = createRoute({
  getParentRoute: () => languageRoute,
  path: "/lots/$lot",
  staticData: { screen: "src/governance/screens/lot.tsx", speaks: speaksOfPanels, title: "panels.lot.title" },
  loader: ({ context: { query, call }, params: { lot: id } }) =>
    orNotFound(query.ensureQueryData(wanted(call, readLot, { lot: id }, `lot:${id}`))),
  component: lazyRouteComponent(() => import("./lot.tsx"), "Lot"),
});

const participation = createRoute({
  getParentRoute: () => languageRoute,
  path: "/participation",
  staticData: {
    screen: "src/governance/screens/participation.tsx",
    speaks: ["votes"],
    title: "participation.title",
  },
  loader: ({ context: { query, call, speech } }) =>
    orSetup(query.ensureQueryData(wanted(call, readParticipation, {}, "votes")), speech.language),
  component: lazyRouteComponent(() => import("./participation.tsx"), "Participation"),
});

const application = createRoute({
  getParentRoute: () => languageRoute,
  path: "/my/application",
  staticData: { screen: "src/governance/screens/application.tsx", speaks, title: "votes.application.title" },
  loader: ({ context: { query, call } }) => orAbsent(query.ensureQueryData(wanted(call, readApplication, {}, "proposals"))),
  component: lazyRouteComponent(() => import("./application.tsx"), "Application"),
});

export const routes = [
  bylaws,
  bylaw,
  proposals,
  board,
  newProposal,
  proposal,
  editProposal,
  revision,
  vote,
  myVotes,
  panel,
  lot,
  participation,
  application,
] as const;
