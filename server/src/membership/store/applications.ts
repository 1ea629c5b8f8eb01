// Applications in SQL: what an applicant shows of themselves, and what they were answered.
import type { listPresented } from "@partcommune/shared/membership/api/applicants";
import { outside, type Stage } from "@partcommune/shared/membership/rules";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope, View } from "../../platform/scope.ts";

/** Refuses an applicant. True for exactly one caller. */
export async function refuse({ tx }: Scope, member: Id, because: string): Promise<boolean> {
  const row = await tx
    .updateTable("membership.member")
    .set((column) => ({ stage: "refused", refused_because: because, version: column("version", "+", 1n) }))
    .where("id", "=", member)
    .where("stage", "=", "applicant")
    .executeTakeFirst();
  return row.numUpdatedRows === 1n;
}

/** Keeps what an applicant shows the members; null: nothing any more. */
export async function saveWords({ tx }: Scope, member: Id, words: string | null): Promise<void> {
  await tx
    .updateTable("membership.member")
    .set({ words })
    .where("id", "=", member)
    .where("stage", "in", [...outside])
    .execute();
}

/** An application as the applicant reads it. */
export type Application = {
  readonly member: Id;
  readonly name: string;
  readonly stage: Stage;
  readonly words: string | null;
  readonly refusedBecause: string | null;
};

export async function applicationOf({ db }: Pick<View, "db">, person: Id): Promise<Application | undefined> {
  const row = await db
    .selectFrom("membership.member")
    .innerJoin("membership.person", "membership.person.id", "membership.member.person")
    .select(["membership.member.id as member", "name", "stage", "words", "refused_because as refusedBecause"])
    .where("person", "=", person)
    .executeTakeFirst();
  return row && { ...row, stage: row.stage as Stage };
}

/** Who applied, is not admitted and agreed to be shown, oldest first. */
export async function presented({ db }: View): Promise<AnswerOf<typeof listPresented>> {
  const rows = await db
    .selectFrom("membership.presented_card")
    .select(["id", "name", "words", "stage"])
    .where("stage", "in", [...outside])
    .orderBy("id")
    .limit(200)
    .execute();
  return {
    items: rows.map(({ id, name, words, stage }) => ({ id: id ?? "", name: name ?? "", words: words ?? "", refused: stage === "refused" })),
  };
}
