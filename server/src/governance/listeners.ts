// What governance does after a commit: whoever is asked for a judgement or a vote is told, and whoever it concerns what became of it.
import { z } from "zod";
import { listener } from "@partcommune/shared/platform/actor";
import { IdText, Nothing } from "@partcommune/shared/platform/api";
import type { Fact } from "@partcommune/shared/platform/events";
import type { Id } from "@partcommune/shared/platform/id";
import type { NoticeKind } from "@partcommune/shared/platform/rules/notices";
import type { Listener } from "../platform/domain.ts";
import { writersOn } from "../platform/messages/store.ts";
import { telling, tellingMany, type Telling } from "../platform/notices/telling.ts";
import type { Notice } from "../platform/notices/store.ts";
import { peopleWithRole } from "../membership/index.ts";
import type { View } from "../platform/scope.ts";
import { dropProxiesHeld } from "./actions/ballots.ts";
import { lotPage } from "./store/lot-page.ts";
import { seedsOf } from "./store/lots.ts";
import { panelPage } from "./store/panel-page.ts";
import { isAppealed, seatsOn } from "./store/panels.ts";
import { partiesOf } from "./store/parties.ts";
import { concernedBy as concernedByObjection } from "./store/objections.ts";
import { judgesOf } from "./store/judging.ts";
import { rollPage } from "./store/roll.ts";
import { announcedPage } from "./store/announced.ts";
import { applicantOf, authorOf, authorsOf, boardFor, collegePage, isOfBoard, sponsorsToTell, titleOf } from "./store/told.ts";
import { voteOf } from "./store/votes.ts";

type OfVote = Extract<NoticeKind, `vote${string}` | `roll${string}` | `seat${string}` | "rulesEnacted" | "proxyGiven" | "proxyFell">;

/** A vote by the title of one of its versions, or of the first. */
async function ofVote(
  view: View,
  kind: OfVote,
  { subject }: Pick<Fact, "subject">,
  values: Notice["values"] = {},
  version?: Id,
): Promise<Notice | undefined> {
  const titles = (await voteOf(view, subject))?.notice.titles ?? {};
  const title = titles[version ?? ""] ?? Object.values(titles)[0];
  return title === undefined ? undefined : { kind, place: "vote", subject, values: { title, ...values } };
}

/** The same to some people. */
async function ofVoteTo(
  view: View,
  people: readonly Id[],
  kind: OfVote,
  vote: Pick<Fact, "subject">,
  values?: Notice["values"],
): Promise<Telling | undefined> {
  const notice = await ofVote(view, kind, vote, values);
  return notice && { ...notice, people };
}

/** Everybody on the roll of a vote is told how it went on. */
const tellingRoll = (
  name: Listener["name"],
  type: "vote.opened" | "vote.counted" | "vote.held" | "vote.upheld" | "vote.annulled",
  kind: OfVote,
  values: Notice["values"] = {},
): Listener =>
  tellingMany(
    name,
    type,
    (db, { subject }, page) => rollPage(db, subject, page),
    (view, fact) => ofVote(view, kind, fact, values),
  );

/** Whoever is on the roll of a vote and has not cast. */
const tellingSilent = (name: Listener["name"], type: "vote.reminded" | "vote.extended", kind: OfVote): Listener =>
  tellingMany(
    name,
    type,
    (db, { subject }, page) => rollPage(db, subject, page, "notCast"),
    (view, fact) => ofVote(view, kind, fact),
  );

type OfProposal = Extract<NoticeKind, `proposal${string}` | "judgeAsked" | "electionCalled" | "boardChanged">;

/** A proposal by its title. */
const ofProposal = async (view: View, kind: OfProposal, { subject }: Pick<Fact, "subject">): Promise<Notice> => ({
  kind,
  place: "proposal",
  subject,
  values: { title: await titleOf(view, subject) },
});

/** Whoever wrote a proposal and whose names stand behind it. */
const tellingCarriers = (
  name: Listener["name"],
  type: "proposal.supported" | "proposal.lapsed" | "proposal.merged" | "proposal.readAgain",
  kind: OfProposal,
): Listener =>
  telling(name, type, async (view, fact) => ({
    ...(await ofProposal(view, kind, fact)),
    people: [...(await authorOf(view, fact.subject)), ...(await sponsorsToTell(view, fact.subject))],
  }));

/** Whoever takes or leaves a seat, at the vote that gave it. */
const tellingSeat = (name: Listener["name"], type: "seat.taken" | "seat.ended", kind: "seatTaken" | "seatEnded"): Listener =>
  telling(name, type, async (view, { body: { person, vote } }) => ofVoteTo(view, [person], kind, { subject: vote }));

/** A panel by its title, to some of those it has to do with. */
async function ofPanel(view: View, kind: "drawnToPanel" | "panelSits" | "panelEnded", panel: Id, people: readonly (Id | null)[]) {
  const { title } = await panelPage(view, { panel });
  return { kind, place: "panel", subject: panel, values: { title }, people: people.flatMap((person) => person ?? []) } as const;
}

/** Everybody whom the end of a panel concerns: its parties, and those who sit on it. */
async function concernedByPanel(view: View, panel: Id): Promise<readonly (Id | null)[]> {
  const { cause, vote = null, proposal = null } = await panelPage(view, { panel });
  const sitting = (await seatsOn(view, panel)).filter(({ state }) => state === "accepted");
  return [...(await partiesOf(view, { cause, vote, proposal })), ...sitting].map(({ person }) => person);
}

/** Whoever applied, and whom the members did not let in. Whom they did is told once it is carried out, as after a yes of the board. */
async function applicantVotedDown(view: View, { subject, body: { verb } }: Fact<"proposal.settled">): Promise<Telling | undefined> {
  const person = verb === "reject" || verb === "miss" ? await applicantOf(view, subject) : undefined;
  return person === undefined ? undefined : { kind: "applicationVotedDown", place: "proposal", subject, values: {}, people: [person] };
}

const falling = { name: "proxies.fall", input: z.strictObject({ member: IdText }), answer: Nothing, status: 200 };

export const listeners: readonly Listener[] = [
  telling("governance.judgeNotices", "proposal.fixed", async (view, fact) => ({
    ...(await ofProposal(view, "judgeAsked", fact)),
    people: (await judgesOf(view, fact.subject)).map(({ person }) => person),
  })),
  tellingCarriers("governance.supportNotices", "proposal.supported", "proposalSupported"),
  telling("governance.revisionNotices", "proposal.revised", async (view, fact) =>
    fact.body.published
      ? {
          ...(await ofProposal(view, fact.body.late ? "proposalChangedLate" : "proposalRevised", fact)),
          people: await sponsorsToTell(view, fact.subject),
        }
      : undefined,
  ),
  telling("governance.discussionNotices", "message.written", async (view, { actor, body: { subjectKind, subject } }) => {
    if (subjectKind !== "proposal") return undefined;
    const person = actor.replace("person:", "");
    const values = { title: await titleOf(view, subject), name: (await view.people([person])).get(person)?.name ?? "" };
    const people = [...(await authorOf(view, subject)), ...(await writersOn(view, { subjectKind, subject }))];
    return { kind: "messageWritten", place: subjectKind, subject, values, people };
  }),
  tellingCarriers("governance.lapseOfProposalNotices", "proposal.lapsed", "proposalLapsed"),
  tellingCarriers("governance.mergerNotices", "proposal.merged", "proposalMerged"),
  // After a panel there is nobody left to ask, and its end is told by itself.
  telling("governance.refusalNotices", "proposal.refused", async (view, fact) =>
    (await isAppealed(view, fact.subject))
      ? undefined
      : { ...(await ofProposal(view, "proposalRefused", fact)), people: await authorOf(view, fact.subject) },
  ),
  tellingCarriers("governance.secondReadingNotices", "proposal.readAgain", "proposalReadAgain"),
  telling("governance.blockNotices", "proposal.blocked", async (view, fact) => ({
    ...(await ofProposal(view, "proposalBlocked", fact)),
    people: [...(await authorOf(view, fact.subject)), ...(await peopleWithRole(view, "board"))],
  })),
  telling("governance.objectionNotices", "vote.objected", async (view, fact) =>
    ofVoteTo(view, await peopleWithRole(view, "board"), "rollObjected", fact),
  ),
  telling("governance.answerNotices", "vote.objectionAnswered", async (view, fact) =>
    ofVoteTo(view, await concernedByObjection(view, fact.body.objection), "rollAnswered", fact),
  ),
  tellingMany(
    "governance.electionNotices",
    "election.called",
    (db, { at, body: { college } }, page) => collegePage(db, college, at, page),
    (view, fact) => ofProposal(view, "electionCalled", fact),
  ),
  telling("governance.resignationNotices", "seat.resigned", async (view, { subject, body: { person } }) => {
    const name = (await view.people([person])).get(person)?.name ?? "";
    return { kind: "seatResigned", place: "board", subject, values: { name }, people: await peopleWithRole(view, "board") };
  }),
  // One line for all seats of a vote: each seat by itself would be a digest of nothing else.
  tellingMany(
    "governance.boardNotices",
    "proposal.enacted",
    async (view, { subject, at }, page) => ((await isOfBoard(view, subject)) ? collegePage(view, "members", at, page) : []),
    (view, fact) => ofProposal(view, "boardChanged", fact),
  ),
  tellingSeat("governance.seatTakenNotices", "seat.taken", "seatTaken"),
  tellingSeat("governance.seatEndedNotices", "seat.ended", "seatEnded"),
  tellingMany(
    "governance.announcementNotices",
    "vote.convened",
    (db, { subject }, page) => announcedPage(db, subject, page),
    (view, fact) => ofVote(view, "voteAnnounced", fact),
  ),
  telling("governance.applicantNotices", "proposal.settled", applicantVotedDown),
  tellingMany(
    "governance.callingOffNotices",
    "vote.calledOff",
    (db, { subject }, page) => announcedPage(db, subject, page),
    (view, fact) => ofVote(view, "voteMoved", fact, { how: "calledOff" }),
  ),
  tellingRoll("governance.openingNotices", "vote.opened", "voteOpened"),
  tellingSilent("governance.reminderNotices", "vote.reminded", "voteCloses"),
  tellingSilent("governance.extensionNotices", "vote.extended", "voteExtended"),
  telling("governance.proxyNotices", "proxy.given", async (view, fact) => {
    const giver = fact.actor.replace("person:", "");
    const name = (await view.people([giver])).get(giver)?.name ?? "";
    return ofVoteTo(view, [fact.body.holder], "proxyGiven", fact, { name });
  }),
  {
    name: "governance.proxiesFall",
    facts: ["member.leaving"],
    hear: async ({ perform }, { id, subject }) =>
      void (await perform(
        listener,
        falling,
        dropProxiesHeld,
        { member: subject },
        { key: `fact:${id}:governance.proxiesFall`, cause: id },
      )),
  },
  telling("governance.fallNotices", "proxy.fell", async (view, fact) => ofVoteTo(view, [fact.body.giver], "proxyFell", fact)),
  tellingRoll("governance.resultNotices", "vote.counted", "voteCounted"),
  telling("governance.contestNotices", "vote.contested", async (view, fact) =>
    ofVoteTo(view, [...(await authorsOf(view, fact.subject)), ...(await peopleWithRole(view, "board"))], "voteContested", fact),
  ),
  tellingRoll("governance.holdNotices", "vote.held", "voteMoved", { how: "held" }),
  tellingRoll("governance.upholdNotices", "vote.upheld", "voteMoved", { how: "upheld" }),
  tellingRoll("governance.annulmentNotices", "vote.annulled", "voteMoved", { how: "annulled" }),
  tellingMany(
    "governance.ruleNotices",
    "bylaw.enacted",
    (db, { subject }, page) => rollPage(db, subject, page),
    (view, fact) => ofVote(view, "rulesEnacted", fact, {}, fact.body.proposal),
  ),
  telling("governance.seedNotices", "lot.opened", async (view, { subject, body: { panel } }) => {
    const { title } = await lotPage(view, { lot: subject });
    return { kind: "seedAsked", place: "lot", subject, values: { title }, people: await boardFor(view, panel) };
  }),
  telling("governance.showingNotices", "lot.closed", async (view, { subject }) => {
    const { title } = await lotPage(view, { lot: subject });
    const people = (await seedsOf(view, subject)).map(({ person }) => person);
    return { kind: "seedDue", place: "lot", subject, values: { title }, people };
  }),
  telling("governance.seatNotices", "panel.asked", async (view, { subject, body: { places } }) => {
    const asked = (await seatsOn(view, subject)).filter(({ place, state }) => places.includes(place) && state === "asked");
    return ofPanel(
      view,
      "drawnToPanel",
      subject,
      asked.map(({ person }) => person),
    );
  }),
  telling("governance.panelNotices", "panel.sat", async (view, { subject }) => {
    const sitting = (await seatsOn(view, subject)).filter(({ state }) => state === "accepted");
    return ofPanel(
      view,
      "panelSits",
      subject,
      sitting.map(({ person }) => person),
    );
  }),
  telling("governance.decisionNotices", "panel.decided", async (view, { subject }) =>
    ofPanel(view, "panelEnded", subject, await concernedByPanel(view, subject)),
  ),
  telling("governance.lapseNotices", "panel.lapsed", async (view, { subject }) =>
    ofPanel(view, "panelEnded", subject, await concernedByPanel(view, subject)),
  ),
];
