// Whom something in the marketplace concerns: the people of its two sides, or the advisers.
import type { Fact } from "@partcommune/shared/events";
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

/** Everybody on both sides hears of a message; whoever wrote it is left out by whoever tells. */
export const messageWritten: Whom<"message.written"> = async (view, { actor, body: { subjectKind, subject } }) => {
  const row = await engagementWith(view, subject);
  if (!row?.person) return undefined;
  const author = actor.replace("person:", "");
  const name = (await view.people([author])).get(author)?.name ?? "";
  const people = [row.person, ...(await peopleOfClient(view, row.client))];
  return { kind: "messageWritten", place: subjectKind, subject, values: { title: row.title, name }, people };
};

/** Those who may bind the client are asked to answer. */
export const handedIn: Whom<"milestone.handedIn"> = async (view, { body: { engagement: subject } }) => {
  const row = await engagementWith(view, subject);
  if (!row) return undefined;
  const people = await peopleOfClient(view, row.client, ["owner", "approver"]);
  return { kind: "handedIn", place: "engagement", subject, values: { title: row.title, name: row.memberName ?? "" }, people };
};

const askedOn = (view: View, question: Id) =>
  view.db
    .selectFrom("marketplace.question as question")
    .innerJoin("marketplace.job as job", "job.id", "question.job")
    .innerJoin("membership.member_card as asker", "asker.id", "question.member")
    .select(["question.job", "job.title", "job.client", "asker.person"])
    .where("question.id", "=", question)
    .executeTakeFirst();

/** Those who may answer hear that somebody asks; who it is stands on the page, for those who may know. */
export const questionAsked: Whom<"question.asked"> = async (view, { subject }) => {
  const row = await askedOn(view, subject);
  if (!row) return undefined;
  const people = await peopleOfClient(view, row.client, ["owner", "poster"]);
  return { kind: "questionAsked", place: "job", subject: row.job, values: { title: row.title }, people };
};

export const questionAnswered: Whom<"question.answered"> = async (view, { subject }) => {
  const row = await askedOn(view, subject);
  if (!row?.person) return undefined;
  return { kind: "questionAnswered", place: "job", subject: row.job, values: { title: row.title }, people: [row.person] };
};

const invitedTo = (view: View, invitation: Id) =>
  view.db
    .selectFrom("marketplace.invitation as invitation")
    .innerJoin("marketplace.job as job", "job.id", "invitation.job")
    .innerJoin("membership.client_card as client", "client.id", "job.client")
    .innerJoin("membership.member_card as member", "member.id", "invitation.member")
    .select(["invitation.job", "job.title", "job.client", "client.name as clientName", "member.person", "member.name as memberName"])
    .where("invitation.id", "=", invitation)
    .executeTakeFirst();

export const invitationSent: Whom<"invitation.sent"> = async (view, { subject }) => {
  const row = await invitedTo(view, subject);
  if (!row?.person) return undefined;
  return {
    kind: "invited",
    place: "job",
    subject: row.job,
    values: { title: row.title, name: row.clientName ?? "" },
    people: [row.person],
  };
};

export const invitationDeclined: Whom<"invitation.declined"> = async (view, { subject }) => {
  const row = await invitedTo(view, subject);
  if (!row) return undefined;
  const people = await peopleOfClient(view, row.client, ["owner", "poster"]);
  return { kind: "invitationDeclined", place: "job", subject: row.job, values: { title: row.title, name: row.memberName ?? "" }, people };
};

const jobNamed = (view: View, id: Id) =>
  view.db.selectFrom("marketplace.job").select(["title", "client", "bidding", "state"]).where("id", "=", id).executeTakeFirst();

/** Of a sealed bid nobody hears. */
export const bidPlaced: Whom<"bid.placed"> = async (view, { body: { job: subject } }) => {
  const job = await jobNamed(view, subject);
  if (!job || job.bidding === "sealed") return undefined;
  return { kind: "bidPlaced", place: "job", subject, values: { title: job.title }, people: await peopleOfClient(view, job.client) };
};

/** When the time is over, the client hears that the seals are broken; not again when an award comes to nothing. */
export const bidsOpened: Whom<"job.closed"> = async (view, { subject }) => {
  const job = await jobNamed(view, subject);
  if (job?.bidding !== "sealed") return undefined;
  const engaged = await view.db.selectFrom("marketplace.engagement").select("id").where("job", "=", subject).executeTakeFirst();
  if (engaged) return undefined;
  return { kind: "bidsOpened", place: "job", subject, values: { title: job.title }, people: await peopleOfClient(view, job.client) };
};

/** Every bidder hears that the client has fixed its shortlist. */
export const shortlistFixed: Whom<"job.shortlisted"> = async (view, { subject }) => {
  const job = await jobNamed(view, subject);
  const bidders = await view.db
    .selectFrom("marketplace.bid as bid")
    .innerJoin("membership.member_card as member", "member.id", "bid.member")
    .select("member.person")
    .where("bid.job", "=", subject)
    .where("bid.state", "=", "placed")
    .execute();
  if (!job) return undefined;
  const people = bidders.flatMap(({ person }) => person ?? []);
  return { kind: "shortlistFixed", place: "job", subject, values: { title: job.title }, people };
};

/** Advisers hear of what a check holds up. */
export const heldUp: Whom<"engagement.heldUp"> = async (view, { subject }) => {
  const row = await engagementWith(view, subject);
  if (!row) return undefined;
  return { kind: "heldUp", place: "coverDesk", subject, values: { title: row.title }, people: await peopleWithRole(view, "adviser") };
};
