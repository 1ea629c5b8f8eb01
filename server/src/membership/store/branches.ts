// Branches and who is in them, in SQL.
import type { listBranches, openBranch } from "@partcommune/shared/membership/api/branches";
import type { Branch, Place, Tree } from "@partcommune/shared/membership/rules/branches";
import { dayOf, type CalendarName } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Day } from "@partcommune/shared/platform/time";
import type { Database, Tx } from "../../platform/database.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";

type NewBranch = Required<Omit<InputOf<typeof openBranch>, "parent">> & { readonly parent: Id | null; readonly openedOn: Day };

/** Saves a branch; without a parent it is the root, of which there is one. */
export async function saveBranch({ tx, id }: Scope, { openedOn, ...branch }: NewBranch): Promise<Id> {
  const saved = id();
  await tx
    .insertInto("membership.branch")
    .values({ id: saved, ...branch, opened_on: openedOn })
    .execute();
  return saved;
}

const columns = ["id", "parent", "name", "country", "closed_on as closedOn"] as const;

/** All branches, held until the act ends: of two who change the tree at once, the second sees the first's work. */
export async function heldTree({ tx }: Scope): Promise<Tree> {
  const all = tx.selectFrom("membership.branch").orderBy("id");
  await all.select("id").forUpdate().execute();
  // Asked anew once the tree is held: the statement that waited sees rows that were changed meanwhile, but none that were added.
  return all.select(columns).execute();
}

/** One branch that cannot be closed while somebody is put into it; the root when none is named. */
export const openDoorOf = async ({ tx }: Scope, branch: Id | undefined): Promise<Branch | undefined> =>
  tx
    .selectFrom("membership.branch")
    .select(columns)
    .$if(branch !== undefined, (query) => query.where("id", "=", branch ?? ""))
    .$if(branch === undefined, (query) => query.where("parent", "is", null))
    .forShare()
    .executeTakeFirst();

export async function renameBranch({ tx }: Scope, branch: Id, name: string): Promise<void> {
  await tx.updateTable("membership.branch").set({ name }).where("id", "=", branch).execute();
}

export async function setRegion({ tx }: Scope, branch: Id, region: string): Promise<void> {
  await tx.updateTable("membership.branch").set({ region }).where("id", "=", branch).execute();
}

/** Closes a branch. True for exactly one caller. */
export async function closeBranch({ tx }: Scope, branch: Id, closedOn: Day): Promise<boolean> {
  const row = await tx
    .updateTable("membership.branch")
    .set({ closed_on: closedOn })
    .where("id", "=", branch)
    .where("closed_on", "is", null)
    .executeTakeFirst();
  return row.numUpdatedRows === 1n;
}

/** How many are in a branch from this day on, or will be. */
export async function membersFrom({ tx }: Scope, branch: Id, day: Day): Promise<number> {
  const { count } = await tx
    .selectFrom("membership.branch_member")
    .select(({ fn }) => fn.countAll<bigint>().as("count"))
    .where("branch", "=", branch)
    .where((eb) => eb.or([eb("to_on", "is", null), eb("to_on", ">", day)]))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Where a member is last, with every move of theirs held until the act ends. */
export async function lastPlace({ tx }: Scope, member: Id): Promise<Place | undefined> {
  await tx.selectFrom("membership.member").select("id").where("id", "=", member).forUpdate().execute();
  return tx
    .selectFrom("membership.branch_member")
    .select(["branch", "from_on as fromOn"])
    .where("member", "=", member)
    .where("to_on", "is", null)
    .executeTakeFirst();
}

/** Puts a member into a branch from a day on: what was planned from then on goes, and the branch before ends there. */
export async function place(scope: Scope, member: Id, branch: Id, from: Day): Promise<void> {
  await leaveBranches(scope, member, from);
  await scope.tx.insertInto("membership.branch_member").values({ member, branch, from_on: from }).execute();
}

/** Takes a member out of every branch from a day on. */
export async function leaveBranches({ tx }: Scope, member: Id, from: Day): Promise<void> {
  await tx.deleteFrom("membership.branch_member").where("member", "=", member).where("from_on", ">=", from).execute();
  await tx
    .updateTable("membership.branch_member")
    .set({ to_on: from })
    .where("member", "=", member)
    .where((eb) => eb.or([eb("to_on", "is", null), eb("to_on", ">", from)]))
    .execute();
}

/** The open branch of a name. */
export async function openBranchNamed({ tx }: Scope, name: string): Promise<Id | undefined> {
  const row = await tx
    .selectFrom("membership.branch")
    .select("id")
    .where(({ fn }) => fn("lower", ["name"]), "=", name.toLowerCase())
    .where("closed_on", "is", null)
    .executeTakeFirst();
  return row?.id;
}

/** Every branch there was, the root first, with how many are in it today. */
export async function branches({ db, now }: View): Promise<AnswerOf<typeof listBranches>> {
  const { zone } = await bookOf(db);
  const rows = await db
    .selectFrom("membership.branch as branch")
    .leftJoin(placesOn(db, dayOf(now, zone)).as("place"), "place.branch", "branch.id")
    .select(["branch.id", "branch.parent", "branch.name", "branch.country", "branch.region", "branch.opened_on", "branch.closed_on"])
    .select(({ fn }) => fn.count<bigint>("place.member").as("members"))
    .groupBy("branch.id")
    .orderBy("branch.opened_on")
    .orderBy("branch.id")
    .execute();
  return {
    items: rows.map(({ id, parent, name, country, region, opened_on: openedOn, closed_on: closedOn, members }) => ({
      id,
      ...(parent === null ? {} : { parent }),
      name,
      country,
      ...(region === "" ? {} : { region }),
      openedOn,
      ...(closedOn === null ? {} : { closedOn }),
      members: Number(members),
    })),
  };
}

/** Who is in which branch on a day. */
export const placesOn = (db: Database | Tx, day: Day) =>
  db
    .selectFrom("membership.branch_member")
    .innerJoin("membership.branch", "membership.branch.id", "membership.branch_member.branch")
    .select(["membership.branch_member.member", "membership.branch_member.branch", "membership.branch.name"])
    .where("from_on", "<=", day)
    .where((eb) => eb.or([eb("to_on", "is", null), eb("to_on", ">", day)]));

/** By which calendar a member rests on a day: that of their branch, or the last they were in; the coop's where they were in none. */
export const calendarOfMember = async ({ db }: Pick<View, "db">, member: Id, day: Day): Promise<CalendarName> =>
  db
    .selectFrom("membership.branch as branch")
    .leftJoin("membership.branch_member as place", (join) =>
      join.onRef("place.branch", "=", "branch.id").on("place.member", "=", member).on("place.from_on", "<=", day),
    )
    .select(["branch.country", "branch.region"])
    .where((eb) => eb.or([eb("place.member", "is not", null), eb("branch.parent", "is", null)]))
    .orderBy("place.from_on", (order) => order.desc().nullsLast())
    .limit(1)
    .executeTakeFirstOrThrow();

/** By which calendar the coop itself rests. */
export const calendarOfCoop = async ({ db }: Pick<View, "db">): Promise<CalendarName> =>
  db.selectFrom("membership.branch").select(["country", "region"]).where("parent", "is", null).executeTakeFirstOrThrow();

/** The calendars by which somebody rests: those of the open branches. */
export const calendarsInUse = async ({ db }: Pick<View, "db">): Promise<readonly CalendarName[]> =>
  db
    .selectFrom("membership.branch")
    .select(["country", "region"])
    .distinct()
    .where("closed_on", "is", null)
    .orderBy("country")
    .orderBy("region")
    .execute();

/** The moves that are yet to come. */
export const movesAfter = (db: Database | Tx, day: Day) =>
  db
    .selectFrom("membership.branch_member")
    .innerJoin("membership.branch", "membership.branch.id", "membership.branch_member.branch")
    .select(["membership.branch_member.member", "membership.branch_member.branch", "membership.branch.name", "from_on as from"])
    .where("from_on", ">", day);
