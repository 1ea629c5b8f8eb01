// What membership does after a commit: whoever lost their adviser is told.
import { telling } from "../platform/notices/telling.ts";
import type { Listener } from "../platform/domain.ts";
import { memberCard } from "./store/cards.ts";

export const listeners: readonly Listener[] = [
  telling("membership.adviserNotices", "adviser.left", async (view, { subject, body: { adviser } }) => {
    const member = await memberCard(view, subject);
    const name = (await view.people([adviser])).get(adviser)?.name ?? "";
    return member && { kind: "adviserLeft", place: "settings", subject, values: { name }, people: [member.person] };
  }),
];
