// Declarations of those who are employed, and papers for work across a border, in SQL.
import { sql } from "kysely";
import type { borderKinds, readEmployment, recordBorderPaper } from "@partcommune/shared/membership/api/employment";
import { isEmployed, type Declared, type Period } from "@partcommune/shared/membership/rules/employment";
import { readsOwn, type Role } from "@partcommune/shared/platform/actor";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { declarationOf } from "@partcommune/shared/platform/packs";
import type { Day } from "@partcommune/shared/platform/time";
import { found } from "../../platform/refused.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { memberCard } from "./cards.ts";

export type NewEmployment = Declared & { readonly member: Id; readonly scheme: string | undefined; readonly by: Id | null };

/** Keeps a declaration. Undefined where its reference is entered already. */
export async function saveEmployment(
  { tx, now, id }: Scope,
  { member, scheme, reference, from, until, by }: NewEmployment,
): Promise<Id | undefined> {
  const entered = id();
  const row = await tx
    .insertInto("membership.employment")
    .values({
      id: entered,
      member,
      scheme: scheme ?? null,
      reference,
      from_on: from,
      until_on: until ?? null,
      entered_by: by,
      entered_at: now,
    })
    .onConflict((conflict) => conflict.column("reference").where("mistaken", "=", sql.lit(false)).doNothing())
    .executeTakeFirst();
  return row.numInsertedOrUpdatedRows === 1n ? entered : undefined;
}

export type Employment = { readonly member: Id; readonly from: Day };

/** An employment by its id. */
export async function employmentAt({ tx }: Pick<Scope, "tx">, id: Id): Promise<Employment | undefined> {
  return tx.selectFrom("membership.employment").select(["member", "from_on as from"]).where("id", "=", id).executeTakeFirst();
}

/** Who is employed under a reference; undefined where nobody is. */
export async function employmentNamed(
  { tx }: Pick<Scope, "tx">,
  reference: string,
): Promise<{ readonly id: Id; readonly member: Id } | undefined> {
  return tx
    .selectFrom("membership.employment")
    .select(["id", "member"])
    .where("reference", "=", reference)
    .where("mistaken", "=", false)
    .executeTakeFirst();
}

/** Enters the end, once: a last day, or that it was a mistake. */
export async function endEmployment(
  { tx, now }: Pick<Scope, "tx" | "now">,
  id: Id,
  by: Id | null,
  lastOn: Day | undefined,
): Promise<boolean> {
  const row = await tx
    .updateTable("membership.employment")
    .set({ ended_at: now, ended_by: by, mistaken: lastOn === undefined, ...(lastOn === undefined ? {} : { until_on: lastOn }) })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return row.numUpdatedRows === 1n;
}

/** The days for which a member is declared. */
export async function declaredDays({ db }: Pick<View, "db">, member: Id): Promise<readonly Period[]> {
  const rows = await db
    .selectFrom("membership.employment")
    .select(["from_on", "until_on"])
    .where("member", "=", member)
    .where("mistaken", "=", false)
    .execute();
  return rows.map(({ from_on: from, until_on: until }) => ({ from, until: until ?? undefined }));
}

/** The days for which a member may work in a country. */
export async function daysAcross({ db }: Pick<View, "db">, member: Id, country: string): Promise<readonly Period[]> {
  return db
    .selectFrom("membership.border_paper")
    .select(["from_on as from", "until_on as until"])
    .where("member", "=", member)
    .where("country", "=", country)
    .execute();
}

type NewPaper = Omit<InputOf<typeof recordBorderPaper>, "from" | "until"> & Required<Period> & { readonly by: Id; readonly until: Day };

/** Keeps a paper. Undefined where it is entered already. */
export async function saveBorderPaper({ tx, now, id }: Scope, { from, until, by, ...paper }: NewPaper): Promise<Id | undefined> {
  const entered = id();
  const row = await tx
    .insertInto("membership.border_paper")
    .values({ id: entered, ...paper, from_on: from, until_on: until, entered_by: by, entered_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return row.numInsertedOrUpdatedRows === 1n ? entered : undefined;
}

const keepers: readonly Role[] = ["adviser", "board", "operator", "treasurer", "accountant"];

/** How a member is employed, for themselves and for who keeps it. */
export async function employmentOf(view: View, { member }: InputOf<typeof readEmployment>): Promise<AnswerOf<typeof readEmployment>> {
  const { actor, db } = view;
  const isSeen = actor.kind === "person" && (readsOwn(actor, member) || keepers.some((role) => actor.roles.includes(role)));
  const { status } = found(isSeen ? await memberCard(view, member) : undefined);
  const { country } = await bookOf(db);
  const scheme = declarationOf(country)?.scheme;
  return {
    employed: isEmployed({ status }),
    ...(scheme === undefined ? {} : { scheme }),
    employments: await employmentsOf(view, member),
    papers: await papersOf(view, member),
  };
}

async function employmentsOf({ db }: View, member: Id): Promise<AnswerOf<typeof readEmployment>["employments"]> {
  const rows = await db
    .selectFrom("membership.employment as employment")
    .leftJoin("membership.person as person", "person.id", "employment.entered_by")
    .select(["employment.id", "scheme", "reference", "from_on as from", "until_on", "entered_at as enteredAt", "mistaken", "person.name"])
    .where("member", "=", member)
    .orderBy("from_on", "desc")
    .orderBy("employment.id")
    .execute();
  return rows.map(({ scheme, until_on: until, name, ...row }) => ({
    ...row,
    ...(scheme === null ? {} : { scheme }),
    ...(until === null ? {} : { until }),
    ...(name === null ? {} : { enteredBy: name }),
  }));
}

async function papersOf({ db }: View, member: Id): Promise<AnswerOf<typeof readEmployment>["papers"]> {
  const rows = await db
    .selectFrom("membership.border_paper")
    .select(["id", "kind", "country", "reference", "from_on as from", "until_on as until", "entered_at as enteredAt"])
    .where("member", "=", member)
    .orderBy("from_on", "desc")
    .orderBy("id")
    .execute();
  return rows.map(({ kind, ...row }) => ({ ...row, kind: kind as (typeof borderKinds)[number] }));
}
