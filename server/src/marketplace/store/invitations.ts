// Invitations to bid, in SQL.
import type { listInvitations, listMyInvitations } from "@partcommune/shared/marketplace/api";
import { buysFrom } from "@partcommune/shared/marketplace/rules/acceptance";
import { invitationTable, type InvitationState, type InvitedTo } from "@partcommune/shared/marketplace/rules/invitation";
import type { JobState } from "@partcommune/shared/marketplace/rules/job";
import { stateAfter, statesBefore } from "@partcommune/shared/platform/table";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope, View } from "../../platform/scope.ts";
import { clientOfJobSeen } from "./seen-jobs.ts";

/** A job with how many are invited, for its client's people. The row is held, so that two who invite at once count each other. */
export async function jobToInviteTo({ tx, actor }: Scope, id: Id): Promise<(InvitedTo & { readonly blind: boolean }) | undefined> {
  const row = await tx
    .selectFrom("marketplace.job as job")
    .select(["client", "state", "bids_until", "blind"])
    .where("id", "=", id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row || !buysFrom(actor, row.client)) return undefined;
  const { count } = await tx
    .selectFrom("marketplace.invitation")
    .select(({ fn }) => fn.countAll<bigint>().as("count"))
    .where("job", "=", id)
    .executeTakeFirstOrThrow();
  return { client: row.client, state: row.state as JobState, bidsUntil: row.bids_until, invited: Number(count), blind: row.blind };
}

/** The member who shows a page at this address. */
export async function memberAt({ tx }: Scope, handle: string): Promise<Id | undefined> {
  const row = await tx.selectFrom("membership.profile_card").select("member").where("handle", "=", handle).executeTakeFirst();
  return row?.member ?? undefined;
}

/** Keeps an invitation; its id, unless the member has one already. */
export async function saveInvitation({ tx, now, id }: Scope, job: Id, member: Id): Promise<Id | undefined> {
  const row = await tx
    .insertInto("marketplace.invitation")
    .values({ id: id(), job, member, state: stateAfter(invitationTable, "invite"), invited_at: now })
    .onConflict((conflict) => conflict.columns(["job", "member"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export type OwnInvitation = { readonly job: Id; readonly state: InvitationState };

/** An invitation of this member; another's is not theirs to see. */
export async function ownInvitation({ tx }: Scope, id: Id, member: Id): Promise<OwnInvitation | undefined> {
  const row = await tx
    .selectFrom("marketplace.invitation")
    .select(["job", "state"])
    .where("id", "=", id)
    .where("member", "=", member)
    .executeTakeFirst();
  return row && { job: row.job, state: row.state as InvitationState };
}

/** The invitations of a member to jobs that are open, and that they have not declined. */
export const openInvitationsOf = async ({ db }: Pick<View, "db">, member: Id): Promise<readonly { readonly id: Id; readonly job: Id }[]> =>
  db
    .selectFrom("marketplace.invitation as invitation")
    .innerJoin("marketplace.job as job", "job.id", "invitation.job")
    .select(["invitation.id", "invitation.job"])
    .where("invitation.member", "=", member)
    .where("invitation.state", "in", statesBefore(invitationTable, "decline"))
    .where("job.state", "=", "open")
    .orderBy("invitation.id")
    .execute();

/** Marks an invitation as declined. True for exactly one caller. */
export async function declineInvitation({ tx, now }: Scope, id: Id): Promise<boolean> {
  const declined = await tx
    .updateTable("marketplace.invitation")
    .set({ state: stateAfter(invitationTable, "decline"), declined_at: now })
    .where("id", "=", id)
    .where("state", "in", statesBefore(invitationTable, "decline"))
    .executeTakeFirst();
  return declined.numUpdatedRows === 1n;
}

/** Whom the client invited, for its own people. */
export async function invitationsTo(view: View, { job }: InputOf<typeof listInvitations>): Promise<AnswerOf<typeof listInvitations>> {
  const client = await clientOfJobSeen(view, job);
  if (!buysFrom(view.actor, client)) return { items: [] };
  const rows = await view.db
    .selectFrom("marketplace.invitation as invitation")
    .innerJoin("membership.member_card as card", "card.id", "invitation.member")
    .leftJoin("membership.profile_card as page", "page.member", "invitation.member")
    .select(["invitation.id", "card.name", "page.handle", "invitation.state", "invitation.invited_at"])
    .where("invitation.job", "=", job)
    .orderBy("invitation.invited_at")
    .orderBy("invitation.id")
    .execute();
  return {
    items: rows.map(({ id, name, handle, state, invited_at: invitedAt }) => ({
      id,
      member: name ?? "",
      ...(handle ? { handle } : {}),
      state: state as InvitationState,
      invitedAt,
    })),
  };
}

/** The open jobs to which whoever asks is invited and which they did not decline. */
export async function myInvitations({ db, actor }: View): Promise<AnswerOf<typeof listMyInvitations>> {
  const rows = await db
    .selectFrom("marketplace.invitation as invitation")
    .innerJoin("marketplace.job as job", "job.id", "invitation.job")
    .innerJoin("membership.client_card as client", "client.id", "job.client")
    .select(["invitation.id", "invitation.job", "job.title", "client.name", "job.bids_until"])
    .where("invitation.member", "=", (actor.kind === "person" && actor.member) || null)
    .where("invitation.state", "in", statesBefore(invitationTable, "decline"))
    .where("job.state", "=", "open")
    .orderBy("invitation.id", "desc")
    .limit(200)
    .execute();
  return { items: rows.map(({ name, bids_until: bidsUntil, ...row }) => ({ ...row, client: name ?? "", bidsUntil })) };
}
