// Whom something in the marketplace concerns: the people of its two sides, or the advisers.
import type { Fact } from "@partcommune/shared/events";
import type { Proposer } from "@partcommune/shared/marketplace/rules/settlement";
import type { FactType } from "@partcommune/shared/platform/events";
import type { Id } from "@partcommune/shared/platform/id";
import type { NoticeKind } from "@partcommune/shared/platform/rules/notices";
import { peopleOfClient, peopleWithRole } from "../../membership/index.ts";
import type { Telling } from "../../platform/notices/telling.ts";
import type { View } from "../../platform/scope.ts";
import { cards } from "./engagements.ts";

type Whom<T extends FactType> = (view: View, fact: Fact<T>) => Promise<Telling | undefined>;

const engagementWith = (view: View, id: Id) => cards(view).select("member_card.person").where("engagement.id", "=", id).executeTakeFirst();

/** Tells the member of something about their engagement. */
export async function toMember(view: View, kind: NoticeKind, id: Id): Promise<Telling | undefined> {
  const row = await engagementWith(view, id);
  if (!row?.person) return undefined;
  return { kind, place: "engagement", subject: id, values: { title: row.title, name: row.client_name }, people: [row.person] };
}

/** Tells everybody who may bind a side; whoever did it is left out by whoever tells. */
export async function toBothSides(view: View, kind: NoticeKind, id: Id): Promise<Telling | undefined> {
  const row = await engagementWith(view, id);
  if (!row?.person) return undefined;
  const people = [row.person, ...(await peopleOfClient(view, row.client, ["owner", "approver"]))];
  return { kind, place: "engagement", subject: id, values: { title: row.title }, people };
}

/** Both sides are asked to sign a change; where a check holds it up, advisers are asked first. */
export const amendmentProposed: Whom<"engagement.amendmentProposed"> = async (view, { subject, body: { checks } }) => {
  if (checks.length === 0) return toBothSides(view, "amendmentProposed", subject);
  const row = await engagementWith(view, subject);
  if (!row) return undefined;
  return { kind: "heldUp", place: "coverDesk", subject, values: { title: row.title }, people: await peopleWithRole(view, "adviser") };
};

/** Everybody on both sides hears of a message; whoever wrote it is left out by whoever tells. */
export const messageWritten: Whom<"message.written"> = async (view, { actor, body: { subjectKind, subject } }) => {
  const row = await engagementWith(view, subject);
  if (!row?.person) return undefined;
  const author = actor.replace("person:", "");
  const name = (await view.people([author])).get(author)?.name ?? "";
  const people = [row.person, ...(await peopleOfClient(view, row.client))];
  return { kind: "messageWritten", place: subjectKind, subject, values: { title: row.title, name }, people };
};

/** The other side hears of what asks for its answer; both do where an adviser proposed it. */
export async function toOtherSide(view: View, kind: NoticeKind, id: Id, { actor, by }: { readonly actor: string; readonly by: Proposer }) {
  const row = await engagementWith(view, id);
  if (!row?.person) return undefined;
  const asker = actor.replace("person:", "");
  const name = (await view.people([asker])).get(asker)?.name ?? "";
  const clients = by === "client" ? [] : await peopleOfClient(view, row.client, ["owner", "approver"]);
  const people = [...clients, ...(by === "member" ? [] : [row.person])];
  return { kind, place: "engagement" as const, subject: id, values: { title: row.title, name }, people };
}

/** Those who may bind the client are asked to answer. */
export const handedIn: Whom<"milestone.handedIn"> = async (view, { body: { engagement: subject } }) => {
  const row = await engagementWith(view, subject);
  if (!row) return undefined;
  const people = await peopleOfClient(view, row.client, ["owner", "approver"]);
  return { kind: "handedIn", place: "engagement", subject, values: { title: row.title, name: row.memberName ?? "" }, people };
};

/** Advisers hear of what a check holds up. */
export const heldUp: Whom<"engagement.heldUp"> = async (view, { subject }) => {
  const row = await engagementWith(view, subject);
  if (!row) return undefined;
  return { kind: "heldUp", place: "coverDesk", subject, values: { title: row.title }, people: await peopleWithRole(view, "adviser") };
};
