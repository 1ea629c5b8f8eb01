// Choosing among bids in SQL: what a blind job hides and its shortlist.
import { buysFrom } from "@partcommune/shared/marketplace/rules/acceptance";
import type { Bidding, Identity, Sealing, ToShortlist } from "@partcommune/shared/marketplace/rules/choosing";
import { bidTable } from "@partcommune/shared/marketplace/rules/bid";
import { jobTable, type JobState } from "@partcommune/shared/marketplace/rules/job";
import { stateAfter, statesBefore } from "@partcommune/shared/platform/table";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope } from "../../platform/scope.ts";

/** By what a member would be known in a text. */
export async function identityOf({ tx }: Scope, member: Id): Promise<Identity> {
  const { name, handle } = await tx
    .selectFrom("membership.member_card as card")
    .leftJoin("membership.profile_card as page", "page.member", "card.id")
    .select(["card.name", "page.handle"])
    .where("card.id", "=", member)
    .executeTakeFirstOrThrow();
  return { name: name ?? "", ...(handle ? { handle } : {}) };
}

/** Whether the bids on a job are sealed, as the law looks at it. */
export async function sealingOf({ tx }: Scope, job: Id): Promise<Sealing> {
  const row = await tx.selectFrom("marketplace.job").select(["bidding", "state"]).where("id", "=", job).executeTakeFirstOrThrow();
  return { bidding: row.bidding as Bidding, state: row.state as JobState };
}

/** A job as its shortlist meets it, for its client's people; for others there is none. */
export async function jobToShortlist({ tx, actor }: Scope, id: Id): Promise<ToShortlist | undefined> {
  const row = await tx
    .selectFrom("marketplace.job")
    .select(["client", "state", "blind", "shortlisted_at as fixedAt"])
    .where("id", "=", id)
    .executeTakeFirst();
  return row && buysFrom(actor, row.client) ? { ...row, state: row.state as JobState } : undefined;
}

/** Fixes the shortlist of a job. True for exactly one caller. */
export async function fixShortlist({ tx, now }: Scope, id: Id, by: Id): Promise<boolean> {
  const fixed = await tx
    .updateTable("marketplace.job")
    .set((column) => ({
      state: stateAfter(jobTable, "shortlist"),
      shortlisted_at: now,
      shortlisted_by: by,
      version: column("version", "+", 1n),
    }))
    .where("id", "=", id)
    .where("state", "in", statesBefore(jobTable, "shortlist"))
    .where("shortlisted_at", "is", null)
    .executeTakeFirst();
  return fixed.numUpdatedRows === 1n;
}

/** Puts those of these bids on the shortlist that stand on this job; how many they were. */
export async function shortlist({ tx }: Scope, job: Id, bids: readonly Id[]): Promise<number> {
  const put = await tx
    .insertInto("marketplace.shortlisted")
    .columns(["bid", "job"])
    .expression(({ selectFrom }) =>
      selectFrom("marketplace.bid")
        .select(["id", "job"])
        .where("id", "in", bids)
        .where("job", "=", job)
        .where("state", "in", statesBefore(bidTable, "accept")),
    )
    .executeTakeFirst();
  return Number(put.numInsertedOrUpdatedRows ?? 0n);
}
