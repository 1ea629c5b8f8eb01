// Whom it concerns that somebody is invited, asks, or answers before a bid is accepted.
import type { Fact } from "@partcommune/shared/events";
import type { FactType } from "@partcommune/shared/platform/events";
import type { Id } from "@partcommune/shared/platform/id";
import { peopleOfClient } from "../../membership/index.ts";
import type { Telling } from "../../platform/notices/telling.ts";
import type { View } from "../../platform/scope.ts";
import { toClient } from "./bidders.ts";

type Whom<T extends FactType> = (view: View, fact: Fact<T>) => Promise<Telling | undefined>;

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

/** When the time is over, the client hears that the seals are broken; not again when an award comes to nothing. */
export const bidsOpened: Whom<"job.closed"> = async (view, { subject }) => {
  const job = await view.db.selectFrom("marketplace.job").select("bidding").where("id", "=", subject).executeTakeFirst();
  if (job?.bidding !== "sealed") return undefined;
  const engaged = await view.db.selectFrom("marketplace.engagement").select("id").where("job", "=", subject).executeTakeFirst();
  return engaged ? undefined : toClient(view, "bidsOpened", subject);
};
