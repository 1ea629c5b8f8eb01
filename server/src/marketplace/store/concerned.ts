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
import { teamOf } from "./teams.ts";

type Whom<T extends FactType> = (view: View, fact: Fact<T>) => Promise<Telling | undefined>;

async function engagementWith(view: View, id: Id) {
  const row = await cards(view).where("engagement.id", "=", id).executeTakeFirst();
  return row && { ...row, workers: (await teamOf(view, id)).flatMap(({ member, person }) => (person ? [{ member, person }] : [])) };
}

/** Tells those who do the work of something about their engagement, or the one of them whom it is about. */
export async function toMember(view: View, kind: NoticeKind, id: Id, member?: Id): Promise<Telling | undefined> {
  const row = await engagementWith(view, id);
  if (!row) return undefined;
  const people = row.workers.flatMap((worker) => (member === undefined || worker.member === member ? [worker.person] : []));
  return { kind, place: "engagement", subject: id, values: { title: row.title, name: row.client_name }, people };
}

/** Those who have not signed a bid with their colleagues are asked to; the others know of it. */
export const bidToSign: Whom<"bid.assembled"> = async (view, { subject: bid, body: { job } }) => {
  const parts = await view.db
    .selectFrom("marketplace.bid_part as part")
    .innerJoin("membership.member_card as card", "card.id", "part.member")
    .select(["part.signed_at", "card.person", "card.name"])
    .where("part.bid", "=", bid)
    .orderBy("part.number")
    .execute();
  const posted = await view.db.selectFrom("marketplace.job").select("title").where("id", "=", job).executeTakeFirst();
  if (!posted) return undefined;
  const people = parts.flatMap(({ signed_at: at, person }) => (at === null && person !== null ? [person] : []));
  return { kind: "bidToSign", place: "job", subject: job, values: { title: posted.title, name: parts[0]?.name ?? "" }, people };
};

/** Who did it: a person of ours, or else the side elsewhere. */
async function nameOfAuthor(view: View, actor: string, elsewhere: string): Promise<string> {
  if (!actor.startsWith("person:")) return elsewhere;
  const author = actor.slice("person:".length);
  return (await view.people([author])).get(author)?.name ?? "";
}

/** Tells everybody who may bind a side; whoever did it is left out by whoever tells. */
export async function toBothSides(view: View, kind: NoticeKind, id: Id): Promise<Telling | undefined> {
  const row = await engagementWith(view, id);
  if (!row) return undefined;
  const people = [...row.workers.map(({ person }) => person), ...(await peopleOfClient(view, row.client, ["owner", "approver"]))];
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
  const row = subjectKind === "engagement" ? await engagementWith(view, subject) : undefined;
  if (!row) return undefined;
  const name = await nameOfAuthor(view, actor, "");
  const people = [...row.workers.map(({ person }) => person), ...(await peopleOfClient(view, row.client))];
  return { kind: "messageWritten", place: subjectKind, subject, values: { title: row.title, name }, people };
};

/** All others hear of what asks for their answer: the other side, and of a team each, since each speaks for themselves. */
export async function toOtherSide(view: View, kind: NoticeKind, id: Id, { actor, by }: { readonly actor: string; readonly by: Proposer }) {
  const row = await engagementWith(view, id);
  if (!row) return undefined;
  const values = { title: row.title, name: await nameOfAuthor(view, actor, by === "client" ? row.client_name : row.memberName) };
  const clients = by === "client" ? [] : await peopleOfClient(view, row.client, ["owner", "approver"]);
  const people = [...clients, ...row.workers.map(({ person }) => person)];
  return { kind, place: "engagement" as const, subject: id, values, people };
}

/** Those who signed for the client hear on their engagement, and the board on the page of the sister, why her coop does not follow what was agreed. */
export async function agreementRefused(
  view: View,
  { subject, body: { host, because } }: Fact<"agreement.refused">,
  place: "engagement" | "sister",
) {
  const row = await engagementWith(view, subject);
  if (!row) return undefined;
  const coop = (await view.coops([host])).get(host) ?? "";
  const people = await (place === "sister" ? peopleWithRole(view, "board") : peopleOfClient(view, row.client, ["owner", "approver"]));
  return {
    kind: "agreementRefused" as const,
    place,
    subject: place === "sister" ? host : subject,
    values: { title: row.title, coop, because },
    people,
  };
}

/** Those who may bind the client are asked to answer. */
export const handedIn: Whom<"milestone.handedIn"> = async (view, { body: { engagement: subject } }) => {
  const row = await engagementWith(view, subject);
  if (!row) return undefined;
  const people = await peopleOfClient(view, row.client, ["owner", "approver"]);
  return { kind: "handedIn", place: "engagement", subject, values: { title: row.title, name: row.memberName }, people };
};

/** Advisers hear of what a check holds up. */
export const heldUp: Whom<"engagement.heldUp"> = async (view, { subject }) => {
  const row = await engagementWith(view, subject);
  if (!row) return undefined;
  return { kind: "heldUp", place: "coverDesk", subject, values: { title: row.title }, people: await peopleWithRole(view, "adviser") };
};
