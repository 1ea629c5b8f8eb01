// Tallies, contests and enactments in SQL.
import { sql } from "kysely";
import type { ContestGround } from "@partcommune/shared/governance/rules/grounds";
import type { Payload } from "@partcommune/shared/governance/rules/proposal";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";
import { takingLong } from "./roll.ts";

export async function saveTally({ tx, now }: Scope, vote: Id, tally: string, hash: string): Promise<void> {
  await tx.insertInto("governance.tally").values({ vote, tally, hash, at: now }).execute();
}

export async function tallyOf({ db }: Pick<View, "db">, vote: Id): Promise<{ readonly tally: string; readonly hash: string } | undefined> {
  return db.selectFrom("governance.tally").select(["tally", "hash"]).where("vote", "=", vote).executeTakeFirst();
}

/** What is to be carried out once the time to contest is over. */
export async function saveEnactment(
  { tx }: Scope,
  vote: Id,
  { id, payload }: { readonly id: Id; readonly payload: Payload },
  due: Instant,
): Promise<void> {
  await tx
    .insertInto("governance.enactment")
    .values({ vote, proposal: id, payload: JSON.stringify(payload), due_at: due, state: "waiting" })
    .execute();
}

export type Waiting = { readonly proposal: Id; readonly payload: Payload };

export async function enactmentOf({ db }: Pick<View, "db">, vote: Id): Promise<Waiting | undefined> {
  const row = await db
    .selectFrom("governance.enactment")
    .select(["proposal", "payload"])
    .where("vote", "=", vote)
    .where("state", "=", "waiting")
    .executeTakeFirst();
  return row && { proposal: row.proposal, payload: row.payload as Payload };
}

/** The one way a vote is carried out: the database does it for a vote that passed, once (`governance.enact`). */
export async function enact(scope: Scope, vote: Id, validFrom: Instant): Promise<"done" | "blocked" | "nothing"> {
  const { tx, now } = scope;
  // It counts every ballot of the roll once more.
  await takingLong(scope);
  const { rows } = await sql<{
    enact: "done" | "blocked" | "nothing";
  }>`select governance.enact(${vote}::uuid, ${now}::timestamptz, ${validFrom}::timestamptz)`.execute(tx);
  return rows[0]?.enact ?? "nothing";
}

/** What was to be carried out is not. */
export async function annulEnactment({ tx, now }: Scope, vote: Id): Promise<void> {
  await tx
    .updateTable("governance.enactment")
    .set({ state: "annulled", at: now })
    .where("vote", "=", vote)
    .where("state", "=", "waiting")
    .execute();
}

/** What was carried out of a proposal, as it stood in the notice. */
export async function enactedOf({ db }: Pick<View, "db">, proposal: Id): Promise<Payload | undefined> {
  const row = await db
    .selectFrom("governance.enactment")
    .select("payload")
    .where("proposal", "=", proposal)
    .where("state", "=", "done")
    .executeTakeFirst();
  return row?.payload as Payload | undefined;
}

/** There is nothing to carry out any more: what it was about is gone. */
export async function block({ tx, now }: Scope, vote: Id): Promise<"blocked" | "nothing"> {
  const blocked = await tx
    .updateTable("governance.enactment")
    .set({ state: "blocked", at: now })
    .where("vote", "=", vote)
    .where("state", "=", "waiting")
    .executeTakeFirst();
  return blocked.numUpdatedRows === 1n ? "blocked" : "nothing";
}

/** Keeps that somebody contests a vote. False when they did already. */
export async function saveContest({ tx, now }: Scope, vote: Id, person: Id, ground: string, text: string): Promise<boolean> {
  const saved = await tx
    .insertInto("governance.contest")
    .values({ vote, person, ground, text, at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return saved.numInsertedOrUpdatedRows === 1n;
}

export type Contest = { readonly ground: ContestGround; readonly text: string; readonly at: Instant };

/** What is said against a vote, in the order in which it was said, without names. */
export async function contestsOf({ db }: Pick<View, "db">, vote: Id): Promise<readonly Contest[]> {
  const rows = await db
    .selectFrom("governance.contest")
    .select(["ground", "text", "at"])
    .where("vote", "=", vote)
    .orderBy("at")
    .orderBy("person")
    .execute();
  return rows.map((row) => ({ ...row, ground: row.ground as ContestGround }));
}
