// The law of notices: what people are told of, where it leads, and how often it may also come by mail. In-app everything shows, always.
import type { Id } from "../id.ts";
import type { Problems } from "../refusal.ts";

export const problems = {
  "link-unknown": { status: 404, says: "This link is not one of ours, or it is not whole." },
} as const satisfies Problems;

export const noticeKinds = [
  "messageWritten",
  "invited",
  "invitationDeclined",
  "questionAsked",
  "questionAnswered",
  "bidPlaced",
  "bidToSign",
  "bidRevised",
  "bidConfirmed",
  "jobLapsed",
  "bidsOpened",
  "shortlistFixed",
  "bidAccepted",
  "bidRejected",
  "bidLapsed",
  "jobChanged",
  "moreTime",
  "handedIn",
  "changesAsked",
  "approved",
  "paidToYou",
  "settlementProposed",
  "cancellationAsked",
  "heldUp",
  "amendmentProposed",
  "amended",
  "amendmentEnded",
  "creditProposed",
  "lineToConfirm",
  "purposeUnpaid",
  "adviserLeft",
  "applicationRefused",
  "applicationAccepted",
  "applicationVotedDown",
  "electionCalled",
  "judgeAsked",
  "proposalRevised",
  "rollObjected",
  "rollAnswered",
  "voteAnnounced",
  "voteOpened",
  "voteCloses",
  "voteCounted",
  "assemblyConvened",
  "gatheringChanged",
  "gatheringCancelled",
  "placeOffered",
  "minutesToSign",
  "seedAsked",
  "seedDue",
  "drawnToPanel",
  "panelSits",
  "panelEnded",
  "treatyOffered",
  "treatyMoved",
  "treatyEnds",
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export const rhythms = ["atOnce", "daily", "weekly", "never"] as const;
export type Rhythm = (typeof rhythms)[number];

/** Until somebody chooses otherwise. Where a clock runs, as for a hand-in or a proposal, a letter of its own leaves at once and is never switched off. */
export const rhythmAtFirst: Readonly<Record<NoticeKind, Rhythm>> = {
  messageWritten: "daily",
  invited: "atOnce",
  invitationDeclined: "daily",
  questionAsked: "daily",
  questionAnswered: "atOnce",
  bidPlaced: "daily",
  bidToSign: "atOnce",
  bidRevised: "daily",
  bidConfirmed: "daily",
  jobLapsed: "daily",
  bidsOpened: "atOnce",
  shortlistFixed: "atOnce",
  bidAccepted: "atOnce",
  bidRejected: "daily",
  bidLapsed: "daily",
  jobChanged: "atOnce",
  moreTime: "daily",
  handedIn: "never",
  changesAsked: "atOnce",
  approved: "atOnce",
  paidToYou: "atOnce",
  settlementProposed: "never",
  cancellationAsked: "never",
  heldUp: "daily",
  amendmentProposed: "atOnce",
  amended: "atOnce",
  amendmentEnded: "atOnce",
  creditProposed: "atOnce",
  lineToConfirm: "daily",
  purposeUnpaid: "atOnce",
  adviserLeft: "daily",
  applicationRefused: "atOnce",
  applicationAccepted: "atOnce",
  applicationVotedDown: "atOnce",
  electionCalled: "daily",
  judgeAsked: "atOnce",
  proposalRevised: "daily",
  rollObjected: "atOnce",
  rollAnswered: "atOnce",
  voteAnnounced: "daily",
  voteOpened: "daily",
  voteCloses: "atOnce",
  voteCounted: "daily",
  assemblyConvened: "never",
  gatheringChanged: "atOnce",
  gatheringCancelled: "atOnce",
  placeOffered: "atOnce",
  minutesToSign: "atOnce",
  seedAsked: "atOnce",
  seedDue: "atOnce",
  drawnToPanel: "atOnce",
  panelSits: "atOnce",
  panelEnded: "daily",
  treatyOffered: "atOnce",
  treatyMoved: "atOnce",
  treatyEnds: "atOnce",
};

/** Where a notice leads: a thing of its own, or a desk. */
export const noticePlaces = [
  "engagement",
  "job",
  "proposal",
  "vote",
  "panel",
  "lot",
  "gathering",
  "minutes",
  "sister",
  "coverDesk",
  "treasuryDesk",
  "settings",
  "application",
] as const;
export type NoticePlace = (typeof noticePlaces)[number];

const paths: Readonly<Record<NoticePlace, (id: Id) => `/${string}`>> = {
  engagement: (id) => `/my/engagements/${id}`,
  job: (id) => `/jobs/${id}`,
  proposal: (id) => `/proposals/${id}`,
  vote: (id) => `/votes/${id}`,
  gathering: (id) => `/gatherings/${id}`,
  minutes: (id) => `/gatherings/${id}/minutes`,
  sister: (id) => `/sisters/${id}`,
  panel: (id) => `/panels/${id}`,
  lot: (id) => `/lots/${id}`,
  coverDesk: () => "/desk/engagements",
  treasuryDesk: () => "/desk/treasury",
  settings: () => "/my/settings",
  application: () => "/my/application",
};

/** The page a notice leads to, without its language. */
export const pathOf = (place: NoticePlace, subject: Id): `/${string}` => paths[place](subject);

/** Hours in which no mail of a notice leaves, as `22:00` to `07:00` on the person's clock. */
export type Quiet = { readonly from: string; readonly to: string };

/** Whether a time of day lies in the quiet hours, which may go over midnight. */
export const isQuiet = ({ from, to }: Quiet, time: string): boolean => (from <= to ? from <= time && time < to : from <= time || time < to);
