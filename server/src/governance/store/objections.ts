// Objections to rolls, in SQL: raised once by each about an entry, answered once.
import type { z } from "zod";
import type { listObjections, ObjectionCard } from "@partcommune/shared/governance/api";
import type { Objection, ObjectionGround } from "@partcommune/shared/governance/rules/objection";
import type { College } from "@partcommune/shared/governance/rules/words";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope, View } from "../../platform/scope.ts";

/** The one member of this name; undefined where none or several are. */
export async function memberNamed({ tx }: Scope, name: string): Promise<Id | undefined> {
  const rows = await tx
    .selectFrom("membership.member_card")
    .select("person")
    .where(({ eb, fn }) => eb(fn<string>("lower", ["name"]), "=", name.toLowerCase()))
    .limit(2)
    .execute();
  return rows.length === 1 ? (rows[0]?.person ?? undefined) : undefined;
}

export type Raised = {
  readonly vote: Id;
  readonly by: Id;
  readonly about: Id;
  readonly ground: ObjectionGround;
  readonly college: College | null;
  readonly text: string;
};

/** Keeps an objection. Undefined when one of the same person about the same entry waits already. */
export async function saveObjection({ tx, now, id: newId }: Scope, raised: Raised): Promise<Id | undefined> {
  const saved = await tx
    .insertInto("governance.objection")
    .values({ id: newId(), ...raised, at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return saved?.id;
}

/** An objection as its answer meets it, with its vote. */
export async function objectionHeld({ tx }: Scope, id: Id): Promise<(Objection & { readonly vote: Id }) | undefined> {
  const row = await tx
    .selectFrom("governance.objection as objection")
    .leftJoin("membership.member_card as card", "card.person", "objection.about")
    .select(["vote", "by", "about", "college", "answered_at", "stage"])
    .where("objection.id", "=", id)
    .executeTakeFirst();
  return (
    row && {
      vote: row.vote,
      by: row.by,
      about: row.about,
      college: row.college as College | null,
      isAnswered: row.answered_at !== null,
      isAssociate: row.stage === "associate",
    }
  );
}

/** Keeps the answer. True for exactly one of several at once. */
export async function saveAnswer(
  { tx, now }: Scope,
  id: Id,
  by: Id,
  { upheld, reason }: Pick<NonNullable<Card["answer"]>, "upheld" | "reason">,
) {
  const saved = await tx
    .updateTable("governance.objection")
    .set({ answered_by: by, upheld, reason, answered_at: now })
    .where("id", "=", id)
    .where("answered_at", "is", null)
    .executeTakeFirst();
  return saved.numUpdatedRows === 1n;
}

type Card = z.output<typeof ObjectionCard>;

const cards = ({ db }: Pick<View, "db">, vote: Id) =>
  db
    .selectFrom("governance.objection as objection")
    .innerJoin("membership.person_card as by", "by.id", "objection.by")
    .innerJoin("membership.person_card as about", "about.id", "objection.about")
    .select([
      "objection.id",
      "by.name as byName",
      "about.name as aboutName",
      "ground",
      "college",
      "text",
      "at",
      "upheld",
      "reason",
      "answered_at",
    ])
    .where("vote", "=", vote)
    .orderBy("objection.id");

const cardOf = (row: Awaited<ReturnType<ReturnType<typeof cards>["execute"]>>[number]): Card => ({
  id: row.id,
  by: row.byName ?? "",
  about: row.aboutName ?? "",
  ground: row.ground as ObjectionGround,
  ...(row.college === null ? {} : { college: row.college as College }),
  text: row.text,
  at: row.at,
  ...(row.upheld === null || row.reason === null || row.answered_at === null
    ? {}
    : { answer: { upheld: row.upheld, reason: row.reason, at: row.answered_at } }),
});

/** All that was objected to a roll, for the board. */
export async function objections(view: View, { vote }: InputOf<typeof listObjections>): Promise<AnswerOf<typeof listObjections>> {
  return { items: (await cards(view, vote).execute()).map(cardOf) };
}

/** What a person objected, and what others objected to their entry. */
export async function objectionsOf(view: Pick<View, "db">, vote: Id, person: Id): Promise<Card[]> {
  const rows = await cards(view, vote)
    .where((eb) => eb.or([eb("objection.by", "=", person), eb("objection.about", "=", person)]))
    .execute();
  return rows.map(cardOf);
}

/** Why a person's entry is another one than was announced. */
export async function changeOf({ db }: Pick<View, "db">, vote: Id, person: Id): Promise<string | undefined> {
  const row = await db
    .selectFrom("governance.roll_change")
    .select("reason")
    .where("vote", "=", vote)
    .where("person", "=", person)
    .executeTakeFirst();
  return row?.reason;
}

/** Who raised an objection and whom it is about. */
export async function concernedBy({ db }: Pick<View, "db">, id: Id): Promise<readonly Id[]> {
  const row = await db.selectFrom("governance.objection").select(["by", "about"]).where("id", "=", id).executeTakeFirst();
  return row ? [row.by, row.about] : [];
}
