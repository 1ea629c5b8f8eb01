// Governance's door for people.
import * as api from "@partcommune/shared/governance/api";
import type { Door } from "../platform/doors.ts";
import * as ballots from "./actions/ballots.ts";
import { standForElection, stepBack } from "./actions/candidates.ts";
import { contestVote } from "./actions/enacting.ts";
import { foundCoop } from "./actions/founding.ts";
import { judgeProposal } from "./actions/judging.ts";
import * as proposals from "./actions/proposals.ts";
import { bylawsInForce, versionsOf } from "./store/bylaws.ts";
import * as cards from "./store/proposal-cards.ts";
import { participation } from "./store/participation.ts";
import * as pages from "./store/proposal-page.ts";
import { seatsShown } from "./store/seats.ts";
import * as votes from "./store/vote-page.ts";

export function routes(door: Door): void {
  door.write(api.foundCoop, foundCoop);
  door.read(api.listBylaws, (view) => bylawsInForce(view));
  door.read(api.listBylawVersions, versionsOf);
  door.read(api.listProposals, cards.proposals);
  door.read(api.listOwnProposals, (view) => cards.ownProposals(view));
  door.read(api.readProposal, pages.proposalPage);
  door.read(api.readRevision, pages.revisionPage);
  door.write(api.draftProposal, proposals.draftProposal);
  door.write(api.reviseProposal, proposals.reviseProposal);
  door.write(api.publishProposal, proposals.publishProposal);
  door.write(api.withdrawProposal, proposals.withdrawProposal);
  door.write(api.sponsorProposal, proposals.sponsorProposal);
  door.write(api.unsponsorProposal, proposals.unsponsorProposal);
  door.write(api.argueProposal, proposals.argueProposal);
  door.write(api.standForElection, standForElection);
  door.write(api.stepBack, stepBack);
  door.write(api.judgeProposal, judgeProposal);
  door.read(api.listVotes, votes.votes);
  door.read(api.listOwnVotes, (view) => votes.ownVotes(view));
  door.read(api.readVote, votes.votePage);
  door.read(api.listSeats, (view) => seatsShown(view));
  door.read(api.listVoters, votes.voters);
  door.read(api.readTally, votes.tallyPage);
  door.read(api.readParticipation, (view) => participation(view));
  door.write(api.castVote, ballots.castVote);
  door.write(api.giveProxy, ballots.giveProxy);
  door.write(api.takeProxyBack, ballots.takeProxyBack);
  door.write(api.contestVote, contestVote);
  door.topic("proposal", (view, proposal) => pages.proposalPage(view, { proposal }));
  door.topic("vote", (view, vote) => votes.votePage(view, { vote }));
}
