// What the community does after a commit: whoever comes is told that a gathering moved or is off, and who waits that a place is theirs.
import type { Id } from "@partcommune/shared/platform/id";
import type { Listener } from "../platform/domain.ts";
import type { Notice } from "../platform/notices/store.ts";
import { telling } from "../platform/notices/telling.ts";
import type { View } from "../platform/scope.ts";
import { concernedBy } from "./store/answers.ts";
import { titleOf } from "./store/told.ts";

const about = async (view: View, kind: Notice["kind"], subject: Id): Promise<Notice> => ({
  kind,
  place: "gathering",
  subject,
  values: { title: await titleOf(view, subject) },
});

export const listeners: readonly Listener[] = [
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
