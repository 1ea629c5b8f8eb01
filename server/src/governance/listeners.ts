// What governance does after a commit: whoever is asked for a judgement or a vote is told, whoever carried a text that was changed, and who may stand where an election was called.
import type { Fact } from "@partcommune/shared/platform/events";
import type { Id } from "@partcommune/shared/platform/id";
import type { Listener } from "../platform/domain.ts";
import { telling, tellingMany, type Telling } from "../platform/notices/telling.ts";
import type { Notice } from "../platform/notices/store.ts";
import { peopleWithRole } from "../membership/index.ts";
import type { View } from "../platform/scope.ts";
import { lotPage } from "./store/lot-page.ts";
import { seedsOf } from "./store/lots.ts";
import { panelPage } from "./store/panel-page.ts";
import { seatsOn } from "./store/panels.ts";
import { partiesOf } from "./store/parties.ts";
import { concernedBy as concernedByObjection } from "./store/objections.ts";
import { judgesOf } from "./store/judging.ts";
import { rollPage } from "./store/roll.ts";
import { announcedPage } from "./store/announced.ts";
import { applicantOf, boardFor, collegePage, sponsorsToTell, titleOf } from "./store/told.ts";
import { voteOf } from "./store/votes.ts";

/** A vote by the title of the first of its versions. */
async function ofVote(
  view: View,
  kind: "voteAnnounced" | "voteOpened" | "voteCounted" | "voteCloses" | "rollObjected" | "rollAnswered",
  { subject }: Pick<Fact, "subject">,
): Promise<Notice | undefined> {
  const vote = await voteOf(view, subject);
  const [title] = Object.values(vote?.notice.titles ?? {});
  return title === undefined ? undefined : { kind, place: "vote", subject, values: { title } };
}

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

export const listeners: readonly Listener[] = [
  telling("governance.judgeNotices", "proposal.fixed", async (view, { subject }) => {
    const people = (await judgesOf(view, subject)).map(({ person }) => person);
    return { kind: "judgeAsked", place: "proposal", subject, values: { title: await titleOf(view, subject) }, people };
  }),
  telling("governance.revisionNotices", "proposal.revised", async (view, { subject, body: { published } }) => {
    if (!published) return undefined;
    const people = await sponsorsToTell(view, subject);
    return { kind: "proposalRevised", place: "proposal", subject, values: { title: await titleOf(view, subject) }, people };
  }),
  telling("governance.objectionNotices", "vote.objected", async (view, fact) => {
    const notice = await ofVote(view, "rollObjected", fact);
    return notice && { ...notice, people: await peopleWithRole(view, "board") };
  }),
  telling("governance.answerNotices", "vote.objectionAnswered", async (view, fact) => {
    const notice = await ofVote(view, "rollAnswered", fact);
    return notice && { ...notice, people: await concernedByObjection(view, fact.body.objection) };
  }),
  tellingMany(
    "governance.electionNotices",
    "election.called",
    (db, { at, body: { college } }, page) => collegePage(db, college, at, page),
    async (view, { subject }) => ({ kind: "electionCalled", place: "proposal", subject, values: { title: await titleOf(view, subject) } }),
  ),
  telling("governance.resignationNotices", "seat.resigned", async (view, { subject, body: { person } }) => {
    const name = (await view.people([person])).get(person)?.name ?? "";
    return { kind: "seatResigned", place: "board", subject, values: { name }, people: await peopleWithRole(view, "board") };
  }),
  tellingMany(
    "governance.announcementNotices",
    "vote.convened",
    (db, { subject }, page) => announcedPage(db, subject, page),
    (view, fact) => ofVote(view, "voteAnnounced", fact),
  ),
  telling("governance.applicantNotices", "proposal.settled", applicantVotedDown),
  tellingMany(
    "governance.openingNotices",
    "vote.opened",
    (db, { subject }, page) => rollPage(db, subject, page),
    (view, fact) => ofVote(view, "voteOpened", fact),
  ),
  tellingMany(
    "governance.reminderNotices",
    "vote.reminded",
    (db, { subject }, page) => rollPage(db, subject, page, "notCast"),
    (view, fact) => ofVote(view, "voteCloses", fact),
  ),
  tellingMany(
    "governance.resultNotices",
    "vote.counted",
    (db, { subject }, page) => rollPage(db, subject, page),
    (view, fact) => ofVote(view, "voteCounted", fact),
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
