// What the board hears of treaties: what the other coop did, what the clock did, a vote of ours that could not be carried out, and a book that was rewritten.
import type { Id } from "@partcommune/shared/platform/id";
import { peopleWithRole } from "../../membership/index.ts";
import type { Listener } from "../../platform/domain.ts";
import { telling } from "../../platform/notices/telling.ts";
import type { View } from "../../platform/scope.ts";
import { nameOfCoop } from "../store/sister-list.ts";

type OfTreaty = { readonly host: Id };
type Noticed = "treatyOffered" | "treatyMoved" | "treatyEnds" | "exposureNear" | "bookForked";

/** To everybody of the board, with a way to the page of the coop. */
const toBoard = async (view: View, { host }: OfTreaty, kind: Noticed, values: Readonly<Record<string, string>> = {}) => ({
  kind,
  place: "sister" as const,
  subject: host,
  values: { coop: await nameOfCoop(view, host), ...values },
  people: await peopleWithRole(view, "board"),
});

const moved = async (view: View, body: OfTreaty & { readonly byUs?: boolean }, how: string) =>
  body.byUs === true ? undefined : toBoard(view, body, "treatyMoved", { how });

export const treatyNotices: readonly Listener[] = [
  telling("federation.received", "treaty.received", (view, { body }) => toBoard(view, body, "treatyOffered")),
  telling("federation.redrafted", "treaty.redrafted", async (view, { body }) =>
    body.offer === undefined ? toBoard(view, body, "treatyOffered") : undefined,
  ),
  telling("federation.begun", "treaty.begun", async (view, { body: { host } }) => toBoard(view, { host }, "treatyMoved", { how: "begun" })),
  telling("federation.refused", "treaty.refused", (view, { body }) => moved(view, body, "refused")),
  telling("federation.withdrawn", "treaty.withdrawn", (view, { body }) => moved(view, body, "withdrawn")),
  telling("federation.ended", "treaty.ended", async (view, { body: { host } }) => toBoard(view, { host }, "treatyMoved", { how: "ended" })),
  telling("federation.ending", "treaty.ending", (view, { body }) => toBoard(view, body, "treatyEnds", { days: String(body.days) })),
  telling("federation.exposed", "exposure.near", (view, { body: { host, ours, exposure } }) =>
    toBoard(view, { host }, "exposureNear", { whose: ours ? "theirs" : "ours", exposure: `${exposure.amount} ${exposure.currency}` }),
  ),
  telling("federation.forked", "book.forked", (view, { subject: host, body: { ours } }) =>
    toBoard(view, { host }, "bookForked", { whose: ours ? "ours" : "theirs" }),
  ),
  telling("federation.missed", "treaty.missed", (view, { body }) => moved(view, body, "missed")),
];
