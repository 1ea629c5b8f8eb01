// What ends in SQL when somebody leaves or a list is taken back: rows stay for the facts that name them, what they said of people goes.
import { stagesBefore, type EndingVerb } from "@partcommune/shared/membership/rules";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope } from "../../platform/scope.ts";

/** Ends a membership. True for exactly one caller. */
export async function endMembership({ tx, now }: Scope, member: Id, verb: EndingVerb): Promise<boolean> {
  const row = await tx
    .updateTable("membership.member")
    .set((column) => ({
      stage: "left",
      left_at: now,
      stage_before: null,
      words: null,
      refused_because: null,
      version: column("version", "+", 1n),
    }))
    .where("id", "=", member)
    .where("stage", "in", [...stagesBefore(verb)])
    .executeTakeFirst();
  return row.numUpdatedRows === 1n;
}

/** Ends an organisation: nobody buys for it any more, and what it was called is gone. */
export async function endClient({ tx, now }: Scope, client: Id): Promise<void> {
  await tx.deleteFrom("membership.buyer").where("client", "=", client).execute();
  await tx
    .updateTable("membership.client")
    .set((column) => ({
      name: "—",
      street: "",
      postcode: "",
      town: "",
      vat_number: null,
      buyer_reference: null,
      ended_at: now,
      version: column("version", "+", 1n),
    }))
    .where("id", "=", client)
    .execute();
}

/** Whether this person has come in since a run of an import. */
export async function cameInSince({ tx }: Scope, person: Id, run: Id): Promise<boolean> {
  const row = await tx
    .selectFrom("membership.session")
    .innerJoin("platform.import_run", (join) => join.on("platform.import_run.id", "=", run))
    .select("membership.session.id")
    .where("person", "=", person)
    .whereRef("opened_at", ">=", "platform.import_run.at")
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether anything else here is this person's: a membership that lasts, or an organisation they buy for. */
export async function hasMore({ tx }: Scope, person: Id): Promise<boolean> {
  const row = await tx
    .selectFrom("membership.person")
    .select("id")
    .where("id", "=", person)
    .where(({ or, exists, selectFrom }) =>
      or([
        exists(selectFrom("membership.member").select("id").where("person", "=", person).where("stage", "<>", "left")),
        exists(selectFrom("membership.buyer").select("client").where("person", "=", person)),
      ]),
    )
    .executeTakeFirst();
  return row !== undefined;
}

/** Forgets who a person was; the address is free again. */
export async function forgetPerson({ tx, now }: Scope, person: Id): Promise<void> {
  await tx
    .updateTable("membership.person")
    .set((column) => ({ name: "—", email: `${person}@forgotten.invalid`, forgotten_at: now, version: column("version", "+", 1n) }))
    .where("id", "=", person)
    .execute();
}
