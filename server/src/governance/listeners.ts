// What governance does after a commit: whoever is asked for a judgement or a vote is told, whoever carried a text that was changed, and who may stand where an election was called.
import type { Fact } from "@partcommune/shared/platform/events";
import type { Listener } from "../platform/domain.ts";
import { telling, tellingMany } from "../platform/notices/telling.ts";
import type { Notice } from "../platform/notices/store.ts";
import type { View } from "../platform/scope.ts";
import { judgesOf } from "./store/judging.ts";
import { rollPage } from "./store/roll.ts";
import { associatesPage, sponsorsToTell, titleOf } from "./store/told.ts";
import { voteOf } from "./store/votes.ts";

/** A vote by the title of the first of its versions. */
async function ofVote(
  view: View,
  kind: "voteOpened" | "voteCounted" | "voteCloses",
  { subject }: Pick<Fact, "subject">,
): Promise<Notice | undefined> {
  const vote = await voteOf(view, subject);
  const [title] = Object.values(vote?.notice.titles ?? {});
  return title === undefined ? undefined : { kind, place: "vote", subject, values: { title } };
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
  tellingMany(
    "governance.electionNotices",
    "election.called",
    (db, _, page) => associatesPage(db, page),
    async (view, { subject }) => ({ kind: "electionCalled", place: "proposal", subject, values: { title: await titleOf(view, subject) } }),
  ),
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
];
