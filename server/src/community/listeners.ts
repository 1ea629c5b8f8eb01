// What the community does after a commit: members are called to an assembly, whoever comes is told that a gathering moved or is off, and who waits that a place is theirs.
import { listener } from "@partcommune/shared/platform/actor";
import type { Id } from "@partcommune/shared/platform/id";
import type { Listener } from "../platform/domain.ts";
import type { Notice } from "../platform/notices/store.ts";
import { telling, tellingMany } from "../platform/notices/telling.ts";
import type { View } from "../platform/scope.ts";
import { convocationVerb, mailConvocation } from "./actions/convocation.ts";
import { concernedBy } from "./store/answers.ts";
import { membersPage, signersToTell, titleOf } from "./store/told.ts";

const about = async (view: View, kind: Notice["kind"], subject: Id): Promise<Notice> => ({
  kind,
  place: "gathering",
  subject,
  values: { title: await titleOf(view, subject) },
});

const atATime = 100;

/** Writes to every member that an assembly is called, some in one act. */
const convocations: Listener = {
  name: "community.convocations",
  facts: ["assembly.convened"],
  hear: async ({ db, perform }, { id, subject: gathering, cause }) => {
    for (let after: Id | undefined, page; page === undefined || page.length === atATime; after = page.at(-1)) {
      page = await membersPage({ db }, { after, limit: atATime });
      const call = { key: `fact:${id}:community.convocations:${after ?? ""}`, cause };
      await perform(listener, convocationVerb, mailConvocation, { gathering, people: page }, call);
    }
  },
};

export const listeners: readonly Listener[] = [
  convocations,
  tellingMany(
    "community.convocationNotices",
    "assembly.convened",
    (db, _, page) => membersPage(db, page),
    (view, { subject }) => about(view, "assemblyConvened", subject),
  ),
  telling("community.minutesNotices", "minutes.drafted", async (view, { subject }) => ({
    ...(await about(view, "minutesToSign", subject)),
    place: "minutes",
    people: await signersToTell(view, subject),
  })),
  telling("community.changeNotices", "gathering.changed", async (view, { subject, body: { moved } }) =>
    moved ? { ...(await about(view, "gatheringChanged", subject)), people: await concernedBy(view, subject) } : undefined,
  ),
  telling("community.cancelNotices", "gathering.cancelled", async (view, { subject }) => ({
    ...(await about(view, "gatheringCancelled", subject)),
    people: await concernedBy(view, subject),
  })),
  telling("community.offerNotices", "place.offered", async (view, { subject, body: { person } }) => ({
    ...(await about(view, "placeOffered", subject)),
    people: [person],
  })),
];
