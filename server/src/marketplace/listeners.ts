// What the marketplace does after a commit: milestones follow money that has moved or was credited, searches meet a job that opened, and people are told of what concerns them.
import { z } from "zod";
import { listener } from "@partcommune/shared/platform/actor";
import { IdText, Nothing } from "@partcommune/shared/platform/api";
import type { Fact } from "@partcommune/shared/platform/events";
import type { Listener, Listening } from "../platform/domain.ts";
import { telling } from "../platform/notices/telling.ts";
import { notePayment, type Paid } from "./actions/approval.ts";
import { forgetJobs } from "./actions/elsewhere.ts";
import { endOffers } from "./actions/leaving.ts";
import { readingLane } from "./actions/reading.ts";
import { matchJob } from "./actions/searches.ts";
import { coverAnew } from "./actions/cover.ts";
import { heldUpOf } from "./store/engagements.ts";
import { freeMediations } from "./actions/settlement.ts";
import { agreementTurnedAway, toBidder, toBidders, toClient, toClientUnlessSealed } from "./store/bidders.ts";
import {
  agreementRefused,
  amendmentProposed,
  bidToSign,
  handedIn,
  heldUp,
  messageWritten,
  toBothSides,
  toMember,
  toOtherSide,
} from "./store/concerned.ts";
import { bidsOpened, invitationDeclined, invitationSent, questionAnswered, questionAsked } from "./store/invited.ts";

const verb = {
  name: "milestone.notePayment",
  input: z.strictObject({ milestone: IdText, verb: z.enum(["clientPays", "memberIsPaid", "credit"]) }),
  answer: Nothing,
  status: 200,
};

const hearing =
  (name: string, does: Paid["verb"]) =>
  async ({ perform }: Listening, { id, body }: Fact): Promise<void> => {
    const { milestone, whole = true } = body as { readonly milestone: string; readonly whole?: boolean };
    if (!whole) return;
    await perform(listener, verb, notePayment, { milestone, verb: does }, { key: `fact:${id}:${name}`, cause: id });
  };

const matching = { name: "search.match", input: z.strictObject({ job: IdText }), answer: Nothing, status: 200 };

const forgetting = { name: "jobs.forget", input: z.strictObject({ host: IdText }), answer: Nothing, status: 200 };

const freeing = { name: "dispute.freeMediations", input: z.strictObject({ person: IdText }), answer: Nothing, status: 200 };

const endingOffers = { name: "offers.end", input: z.strictObject({ member: IdText }), answer: Nothing, status: 200 };

const covering = { name: "engagement.coverAnew", input: z.strictObject({ engagement: IdText }), answer: Nothing, status: 200 };

export const listeners: readonly Listener[] = [
  telling("marketplace.messageNotices", "message.written", messageWritten),
  telling("marketplace.questionNotices", "question.asked", questionAsked),
  telling("marketplace.answerNotices", "question.answered", questionAnswered),
  telling("marketplace.invitationNotices", "invitation.sent", invitationSent),
  telling("marketplace.refusalNotices", "invitation.declined", invitationDeclined),
  telling("marketplace.bidNotices", "bid.placed", (view, { body }) => toClientUnlessSealed(view, "bidPlaced", body.job)),
  telling("marketplace.teamNotices", "bid.assembled", bidToSign),
  telling("marketplace.openingNotices", "job.closed", bidsOpened),
  telling("marketplace.shortlistNotices", "job.shortlisted", (view, { subject }) => toBidders(view, "shortlistFixed", subject)),
  telling("marketplace.changeNotices", "bid.askedAgain", (view, { subject }) => toBidder(view, "jobChanged", subject)),
  telling("marketplace.extensionNotices", "job.extended", (view, { subject }) => toBidders(view, "moreTime", subject)),
  telling("marketplace.reopeningNotices", "job.reopened", (view, { subject }) => toBidders(view, "moreTime", subject)),
  telling("marketplace.lapseNotices", "job.lapsed", (view, { subject }) => toClient(view, "jobLapsed", subject)),
  telling("marketplace.revisionNotices", "bid.revised", (view, { body }) => toClientUnlessSealed(view, "bidRevised", body.job)),
  telling("marketplace.confirmationNotices", "bid.confirmed", (view, { body }) => toClientUnlessSealed(view, "bidConfirmed", body.job)),
  telling("marketplace.rejectionNotices", "bid.rejected", (view, { subject }) => toBidder(view, "bidRejected", subject)),
  telling("marketplace.bidLapseNotices", "bid.lapsed", (view, { subject }) => toBidder(view, "bidLapsed", subject)),
  telling("marketplace.acceptanceNotices", "bid.accepted", (view, { body }) => toMember(view, "bidAccepted", body.engagement)),
  telling("marketplace.agreementNotices", "agreement.refused", (view, fact) => agreementRefused(view, fact, "engagement")),
  telling("marketplace.agreementAlerts", "agreement.refused", (view, fact) => agreementRefused(view, fact, "sister")),
  telling("marketplace.turnedAwayNotices", "agreement.turnedAway", agreementTurnedAway),
  telling("marketplace.handInNotices", "milestone.handedIn", handedIn),
  telling("marketplace.changesNotices", "milestone.changesAsked", (view, { body }) => toMember(view, "changesAsked", body.engagement)),
  telling("marketplace.approvalNotices", "milestone.approved", (view, { body }) => toMember(view, "approved", body.engagement)),
  telling("marketplace.paymentNotices", "payable.paid", (view, { body }) => toMember(view, "paidToYou", body.engagement, body.member)),
  telling("marketplace.settlementNotices", "milestone.settlementProposed", (view, { actor, body: { engagement, by } }) =>
    toOtherSide(view, "settlementProposed", engagement, { actor, by }),
  ),
  telling("marketplace.cancellationNotices", "engagement.cancellationAsked", (view, { actor, subject, body: { by } }) =>
    toOtherSide(view, "cancellationAsked", subject, { actor, by }),
  ),
  telling("marketplace.coverNotices", "engagement.heldUp", heldUp),
  telling("marketplace.creditNotices", "credit.proposed", (view, { body }) => toBothSides(view, "creditProposed", body.engagement)),
  telling("marketplace.amendmentNotices", "engagement.amendmentProposed", amendmentProposed),
  telling("marketplace.amendmentCoverNotices", "engagement.amendmentCovered", (view, { subject }) =>
    toBothSides(view, "amendmentProposed", subject),
  ),
  telling("marketplace.amendedNotices", "engagement.amended", (view, { subject }) => toBothSides(view, "amended", subject)),
  telling("marketplace.amendmentEndNotices", "engagement.amendmentEnded", (view, { subject }) =>
    toBothSides(view, "amendmentEnded", subject),
  ),
  {
    name: "marketplace.coverAnew",
    facts: ["employment.recorded", "borderPaper.recorded"],
    hear: async ({ perform, view }, { id, body }) => {
      for (const engagement of await heldUpOf(view(), (body as { readonly member: string }).member))
        await perform(listener, covering, coverAnew, { engagement }, { key: `fact:${id}:marketplace.coverAnew:${engagement}`, cause: id });
    },
  },
  { name: "marketplace.clientPaid", facts: ["invoice.paid"], hear: hearing("marketplace.clientPaid", "clientPays") },
  // Of an invoice that was credited in part, the rest is still paid; of a team, others may still wait for theirs.
  { name: "marketplace.credited", facts: ["invoice.credited"], hear: hearing("marketplace.credited", "credit") },
  {
    name: "marketplace.matchSearches",
    facts: ["job.opened", "job.heard"],
    hear: async ({ perform }, { id, subject }) =>
      void (await perform(listener, matching, matchJob, { job: subject }, { key: `fact:${id}:marketplace.matchSearches`, cause: id })),
  },
  {
    name: "marketplace.readJobs",
    facts: ["neighbour.welcomed", "host.unblocked"],
    hear: async ({ wake }, { subject }) => wake(readingLane.name, subject),
  },
  {
    name: "marketplace.forgetJobs",
    facts: ["neighbour.left", "neighbour.turnedAway", "host.blocked"],
    hear: async ({ perform }, { id, subject }) =>
      void (await perform(listener, forgetting, forgetJobs, { host: subject }, { key: `fact:${id}:marketplace.forgetJobs`, cause: id })),
  },
  {
    name: "marketplace.endOffers",
    facts: ["member.leaving"],
    hear: async ({ perform }, { id, subject }) =>
      void (await perform(listener, endingOffers, endOffers, { member: subject }, { key: `fact:${id}:marketplace.endOffers`, cause: id })),
  },
  {
    name: "marketplace.freeMediations",
    facts: ["role.ended"],
    hear: async ({ perform }, { id, subject }) =>
      void (await perform(
        listener,
        freeing,
        freeMediations,
        { person: subject },
        { key: `fact:${id}:marketplace.freeMediations`, cause: id },
      )),
  },
  { name: "marketplace.memberPaid", facts: ["payable.paid"], hear: hearing("marketplace.memberPaid", "memberIsPaid") },
];
