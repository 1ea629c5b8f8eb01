// What membership does after a commit: whoever lost their adviser is told, and whoever applied, of the answer.
import { telling } from "../platform/notices/telling.ts";
import type { Listener } from "../platform/domain.ts";
import { memberCard } from "./store/cards.ts";

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
];
