// What membership does after a commit: whoever lost their adviser is told, whoever applied, of the answer, and of whoever leaves the board and the one who follows them.
import type { Id } from "@partcommune/shared/platform/id";
import type { NoticePlace } from "@partcommune/shared/platform/rules/notices";
import type { Listener } from "../platform/domain.ts";
import { telling, type Telling } from "../platform/notices/telling.ts";
import type { View } from "../platform/scope.ts";
import { memberCard, peopleWithRole } from "./store/cards.ts";
import { followersOf } from "./store/portfolio.ts";

/** Who is leaving, told to those who have to do with it. */
async function leaverTold(view: View, subject: Id, place: NoticePlace, people: readonly Id[]): Promise<Telling | undefined> {
  const member = await memberCard(view, subject);
  return member && { kind: "memberLeaving", place, subject, values: { name: member.name }, people };
}

export const listeners: readonly Listener[] = [
  telling("membership.adviserNotices", "adviser.left", async (view, { subject, body: { adviser } }) => {
    const member = await memberCard(view, subject);
    const name = (await view.people([adviser])).get(adviser)?.name ?? "";
    return member && { kind: "adviserLeft", place: "settings", subject, values: { name }, people: [member.person] };
  }),
  telling("membership.refusalNotices", "member.refused", async (view, { subject }) => {
    const member = await memberCard(view, subject);
    return member && { kind: "applicationRefused", place: "application", subject, values: {}, people: [member.person] };
  }),
  telling("membership.admissionNotices", "member.admitted", async (view, { subject }) => {
    const member = await memberCard(view, subject);
    return member && { kind: "applicationAccepted", place: "application", subject, values: {}, people: [member.person] };
  }),
  telling("membership.leavingNotices", "member.leaving", async (view, { subject }) =>
    leaverTold(view, subject, "people", await peopleWithRole(view, "board")),
  ),
  telling("membership.leavingAlerts", "member.leaving", async (view, { subject }) =>
    leaverTold(view, subject, "portfolio", await followersOf(view, subject)),
  ),
  telling("membership.leftNotices", "member.left", async (view, { subject }) => {
    const member = await memberCard(view, subject);
    return member && { kind: "membershipEnded", place: "leaving", subject, values: {}, people: [member.person] };
  }),
];
