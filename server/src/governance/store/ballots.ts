// Ballots and proxies in SQL: a person's one line on the roll-call of a vote.
import { sql } from "kysely";
import type { Choice, Side } from "@partcommune/shared/governance/rules/ballot";
import { inOrderOfRoll } from "@partcommune/shared/governance/rules/counting/lot";
import type { Came } from "@partcommune/shared/governance/rules/turnout";
import type { College } from "@partcommune/shared/governance/rules/words";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope, View } from "../../platform/scope.ts";
import { receiptOf } from "./receipt.ts";

export type Call = { readonly entry: Id; readonly college: College; readonly choice: Choice; readonly seq: number; readonly by: Id };

/** Writes a vote into the roll-call, over an earlier one of the same entry. Its number among those of the entry. */
export async function saveCall({ tx, now }: Scope, vote: Id, entry: Id, choice: Choice, by: Id): Promise<number> {
  const { seq } = await tx
    .insertInto("governance.roll_call")
    .values({ vote, entry, choice: JSON.stringify(choice), seq: 1, by, at: now })
    .onConflict((conflict) =>
      conflict
        .columns(["vote", "entry"])
        .doUpdateSet((eb) => ({ choice: JSON.stringify(choice), seq: eb("governance.roll_call.seq", "+", 1), by, at: now })),
    )
    .returning("seq")
    .executeTakeFirstOrThrow();
  return seq;
}

/** What stands in the roll-call for an entry. */
export async function callOf({ db }: Pick<View, "db">, vote: Id, entry: Id): Promise<Pick<Call, "choice" | "seq" | "by"> | undefined> {
  const row = await db
    .selectFrom("governance.roll_call")
    .select(["choice", "seq", "by"])
    .where("vote", "=", vote)
    .where("entry", "=", entry)
    .executeTakeFirst();
  return row && { ...row, choice: row.choice as Choice };
}

/** A line of the roll-call as it is published, with the receipt its voter has. */
export type Told = Call & { readonly receipt: string };

const inPart = 2_000;

/** The whole roll-call, in the order of the roll. It is read a part at a time: who casts elsewhere meanwhile gets their turn between two. */
export async function callsOf({ db }: Pick<View, "db">, vote: Id): Promise<readonly Told[]> {
  const calls: Told[] = [];
  for (;;) {
    const part = await callsAfter({ db }, vote, calls.at(-1)?.entry, inPart);
    calls.push(...part);
    if (part.length < inPart) return inOrderOfRoll(calls);
  }
}

/** Some lines of a roll-call, in the order of their entries. */
export async function callsAfter({ db }: Pick<View, "db">, vote: Id, after: Id | undefined, limit: number): Promise<readonly Told[]> {
  const rows = await db
    .selectFrom("governance.roll_call as call")
    .innerJoin("governance.roll_entry as entry", (join) =>
      join.onRef("entry.vote", "=", "call.vote").onRef("entry.entry", "=", "call.entry"),
    )
    .select(["call.entry", "college", "choice", "seq", "by"])
    .where("call.vote", "=", vote)
    .$if(after !== undefined, (query) => query.where("call.entry", ">", after ?? ""))
    .orderBy("call.entry")
    .limit(limit)
    .execute();
  return rows.map(({ college, choice, ...row }) => {
    const call = { ...row, college: college as College, choice: choice as Choice };
    return { ...call, receipt: receiptOf(vote, call) };
  });
}

/** How many of each college stand on the roll and have cast. */
export async function cameTo({ db }: Pick<View, "db">, vote: Id): Promise<readonly Came[]> {
  const rows = await db
    .selectFrom("governance.college_size as size")
    .select(["college", "opened"])
    .select(({ selectFrom, fn }) =>
      selectFrom("governance.roll_call as call")
        .innerJoin("governance.roll_entry as entry", (join) =>
          join.onRef("entry.vote", "=", "call.vote").onRef("entry.entry", "=", "call.entry"),
        )
        .select(fn.countAll<bigint>().as("count"))
        .whereRef("call.vote", "=", "size.vote")
        .whereRef("entry.college", "=", "size.college")
        .as("cast"),
    )
    .where("size.vote", "=", vote)
    .orderBy("college")
    .execute();
  return rows.map(({ college, opened, cast }) => ({ college: college as College, roll: opened ?? 0, cast: Number(cast ?? 0n) }));
}

/** On which side of a proxy a person is in a vote, and how many they hold. */
export async function sideOf(
  { db }: Pick<View, "db">,
  vote: Id,
  person: Id,
): Promise<{ readonly side: Side; readonly held: number } | undefined> {
  const row = await db
    .selectFrom("governance.proxy_side")
    .select(["side", "held"])
    .where("vote", "=", vote)
    .where("person", "=", person)
    .executeTakeFirst();
  return row && { ...row, side: row.side as Side };
}

/** Lets the holder vote for the giver. False when either turned out to be on the other side meanwhile, or the holder is full. */
export async function saveProxy({ tx, now }: Scope, vote: Id, giver: Id, holder: Id, cap: number): Promise<boolean> {
  const given = await tx
    .insertInto("governance.proxy_side")
    .values({ vote, person: giver, side: "giver" })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  const held = await tx
    .insertInto("governance.proxy_side")
    .values({ vote, person: holder, side: "holder", held: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(["vote", "person"])
        .doUpdateSet((eb) => ({ held: eb("governance.proxy_side.held", "+", 1) }))
        .where("governance.proxy_side.side", "=", "holder")
        .where("governance.proxy_side.held", "<", cap),
    )
    .executeTakeFirst();
  if (given.numInsertedOrUpdatedRows !== 1n || held.numInsertedOrUpdatedRows !== 1n) return false;
  await tx.insertInto("governance.proxy").values({ vote, giver, holder, given_at: now }).execute();
  return true;
}

/** Takes a proxy back, or voids it. False when there is none. */
export async function dropProxy({ tx }: Scope, vote: Id, giver: Id): Promise<boolean> {
  const dropped = await tx
    .deleteFrom("governance.proxy")
    .where("vote", "=", vote)
    .where("giver", "=", giver)
    .returning("holder")
    .executeTakeFirst();
  if (!dropped) return false;
  await tx.deleteFrom("governance.proxy_side").where("vote", "=", vote).where("person", "=", giver).execute();
  await tx
    .updateTable("governance.proxy_side")
    .set((eb) => ({ held: eb("held", "-", 1) }))
    .where("vote", "=", vote)
    .where("person", "=", dropped.holder)
    .execute();
  await tx
    .deleteFrom("governance.proxy_side")
    .where("vote", "=", vote)
    .where("person", "=", dropped.holder)
    .where("held", "=", 0)
    .execute();
  return true;
}

/** Whether this person gave that one their proxy. */
export async function holds({ db }: Pick<View, "db">, vote: Id, giver: Id, holder: Id): Promise<boolean> {
  const row = await db
    .selectFrom("governance.proxy")
    .select("given_at")
    .where("vote", "=", vote)
    .where("giver", "=", giver)
    .where("holder", "=", holder)
    .executeTakeFirst();
  return row !== undefined;
}

/** One line of the roll-call at a time: of a giver and their holder at once, one goes first. */
export const holdEntry = async ({ tx }: Scope, vote: Id, entry: Id): Promise<void> =>
  void (await sql`select from governance.roll_entry where vote = ${vote}::uuid and entry = ${entry}::uuid for update`.execute(tx));

/** Who a person gave their proxy to in a vote, by name. */
export async function proxyOf({ db }: Pick<View, "db">, vote: Id, giver: Id): Promise<string | undefined> {
  const row = await db
    .selectFrom("governance.proxy as proxy")
    .innerJoin("membership.person_card as card", "card.id", "proxy.holder")
    .select("name")
    .where("vote", "=", vote)
    .where("giver", "=", giver)
    .executeTakeFirst();
  return row?.name ?? undefined;
}

/** Proxies with the entry each stands for, and the ballot cast on it. */
const proxies = ({ db }: Pick<View, "db">) =>
  db
    .selectFrom("governance.proxy as proxy")
    .innerJoin("governance.roll_entry as entry", (join) =>
      join.onRef("entry.vote", "=", "proxy.vote").onRef("entry.person", "=", "proxy.giver"),
    )
    .leftJoin("governance.roll_call as call", (join) => join.onRef("call.vote", "=", "entry.vote").onRef("call.entry", "=", "entry.entry"));

/** Whose proxies a person holds in a vote, and whether each of them is cast. */
export async function holdingsOf(
  view: Pick<View, "db">,
  vote: Id,
  holder: Id,
): Promise<readonly { readonly giver: Id; readonly name: string; readonly cast: boolean }[]> {
  const rows = await proxies(view)
    .innerJoin("membership.person_card as card", "card.id", "proxy.giver")
    .select(["giver", "name", "call.seq"])
    .where("proxy.vote", "=", vote)
    .where("holder", "=", holder)
    .orderBy("giver")
    .execute();
  return rows.map(({ giver, name, seq }) => ({ giver, name: name ?? "", cast: seq !== null }));
}

/** The proxies a person holds in votes that take ballots, and has not used. */
export async function proxiesHeldBy(
  view: Pick<View, "db">,
  holder: Id,
): Promise<readonly { readonly vote: Id; readonly giver: Id; readonly entry: Id }[]> {
  return proxies(view)
    .innerJoin("governance.vote as vote", "vote.id", "proxy.vote")
    .select(["proxy.vote", "proxy.giver", "entry.entry"])
    .where("proxy.holder", "=", holder)
    .where("vote.state", "in", ["open", "extended"])
    .where("call.seq", "is", null)
    .orderBy("proxy.vote")
    .orderBy("proxy.giver")
    .execute();
}

/** Whether a person is leaving the coop. */
export async function isLeaving({ tx }: Pick<Scope, "tx">, person: Id): Promise<boolean> {
  const row = await tx
    .selectFrom("membership.member_card")
    .select("id")
    .where("person", "=", person)
    .where("stage", "=", "leaving")
    .executeTakeFirst();
  return row !== undefined;
}
