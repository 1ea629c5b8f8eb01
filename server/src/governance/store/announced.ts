// The roll as it was announced, in SQL: kept with the notice, compared when the vote opens, told by numbers to all and by name to nobody.
import { sql } from "kysely";
import type { z } from "zod";
import type { RollTold } from "@partcommune/shared/governance/api";
import { changeReasons, type Absence } from "@partcommune/shared/governance/rules/objection";
import type { College } from "@partcommune/shared/governance/rules/words";
import type { Id } from "@partcommune/shared/platform/id";
import type { PageOfPeople } from "../../platform/notices/telling.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { pays, standing, takingLong, type Asked } from "./roll.ts";

/** Keeps who is to stand on the roll of a vote, as of its notice. */
export async function announceRoll(scope: Scope, asked: Asked): Promise<void> {
  if (asked.colleges.length === 0) return;
  await takingLong(scope);
  await sql`insert into governance.announced_entry (vote, person, college) select ${asked.vote}::uuid, person, college from (${standing(asked)}) as each`.execute(
    scope.tx,
  );
  await sql`
    insert into governance.college_size (vote, college, announced)
    select ${asked.vote}::uuid, college, (select count(*) from governance.announced_entry as entry where entry.vote = ${asked.vote}::uuid and entry.college = asked.college)
    from unnest(${[...asked.colleges]}::text[]) as asked (college)`.execute(scope.tx);
}

/** Who is to stand on the roll of a vote, by the order of their ids, some at a time. */
export async function announcedPage({ db }: Pick<View, "db">, vote: Id, { after, limit }: PageOfPeople): Promise<readonly Id[]> {
  const rows = await db
    .selectFrom("governance.announced_entry")
    .select("person")
    .where("vote", "=", vote)
    .$if(after !== undefined, (query) => query.where("person", ">", after ?? ""))
    .orderBy("person")
    .limit(limit)
    .execute();
  return rows.map(({ person }) => person);
}

/** Keeps how many stand on the roll that was frozen, and everybody whose entry is another one than was announced, with the reason. */
export async function saveOpenedRoll({ tx }: Scope, vote: Id): Promise<void> {
  await sql`
    update governance.college_size as size set opened =
      (select count(*) from governance.roll_entry as entry where entry.vote = size.vote and entry.college = size.college)
    where vote = ${vote}::uuid`.execute(tx);
  await sql`
    insert into governance.roll_change (vote, person, reason)
    select ${vote}::uuid, coalesce(before.person, after.person), case
      when exists (select from governance.objection where vote = ${vote}::uuid and upheld and about = coalesce(before.person, after.person)) then 'objection'
      when before.person is null then 'admitted' when after.person is null then 'left' else 'moved' end
    from (select person, college from governance.announced_entry where vote = ${vote}::uuid) as before
    full join (select person, college from governance.roll_entry where vote = ${vote}::uuid) as after on after.person = before.person
    where before.college is distinct from after.college`.execute(tx);
}

/** A roll as everybody reads it. */
export async function rollTold({ db }: Pick<View, "db">, vote: Id): Promise<z.output<typeof RollTold>> {
  const sizes = await db
    .selectFrom("governance.college_size")
    .select(["college", "announced", "opened"])
    .where("vote", "=", vote)
    .orderBy("college")
    .execute();
  const changes = await db
    .selectFrom("governance.roll_change")
    .select(["reason", ({ fn }) => fn.countAll<bigint>().as("people")])
    .where("vote", "=", vote)
    .groupBy("reason")
    .execute();
  const objections = await db
    .selectFrom("governance.objection")
    .select(["upheld", ({ fn }) => fn.countAll<bigint>().as("count")])
    .where("vote", "=", vote)
    .groupBy("upheld")
    .execute();
  const people = new Map(changes.map((row) => [row.reason, Number(row.people)]));
  const counted = (which: boolean | null): number => Number(objections.find(({ upheld }) => upheld === which)?.count ?? 0n);
  return {
    colleges: sizes.map(({ college, announced, opened }) => ({
      college: college as College,
      announced,
      ...(opened === null ? {} : { opened }),
    })),
    changes: changeReasons.flatMap((reason) => (people.has(reason) ? [{ reason, people: people.get(reason) ?? 0 }] : [])),
    objections: { waiting: counted(null), upheld: counted(true), rejected: counted(false) },
  };
}

/** Where a person would stand if the roll were frozen by what the register says today, or why nowhere. */
export async function entryToCome(
  { db }: Pick<View, "db">,
  asked: Asked,
  person: Id,
): Promise<{ readonly college: College } | { readonly absent: Absence }> {
  const { rows } = await sql<Known & { college: College | null }>`
    select each.college, card.stage, ${asked.colleges.includes("clients")}::boolean and owned.client is not null as owns,
      someone.email_confirmed_at is not null as confirmed, coalesce(owned.pays, false) as pays, coalesce(owned.recent, false) as recent, card.associate_at <= ${asked.associateBy}::timestamptz as old,
      exists (select from governance.objection where vote = ${asked.vote}::uuid and upheld and ground = 'notEntitled' and about = ${person}::uuid) as struck
    from (select ${person}::uuid as person) as one
    left join (select * from (${standing(asked)}) as all_ where person = ${person}::uuid) as each on each.person = one.person
    left join membership.person as someone on someone.id = one.person
    left join lateral (select client, ${pays(asked.associateBy)} as pays, first_paid_at > ${asked.associateBy}::timestamptz as recent from membership.buyer join membership.client on client.id = buyer.client
      where buyer.person = one.person and role = 'owner' order by pays desc nulls last limit 1) as owned on true
    left join membership.member_card as card on card.person = one.person`.execute(db);
  const [row] = rows;
  return row?.college ? { college: row.college } : { absent: absenceOf(row) };
}

type Known = {
  readonly stage: string | null;
  readonly old: boolean | null;
  readonly struck: boolean;
  /** Whether they own an organisation, where clients are asked; whether their address is theirs; whether it pays, or only since lately. */
  readonly owns: boolean;
  readonly confirmed: boolean;
  readonly pays: boolean;
  readonly recent: boolean;
};

function absenceOf(known: Known | undefined): Absence {
  if (known?.struck) return "objection";
  if (known?.owns && known.stage !== "associate") return absenceOfOwner(known);
  if (!known?.stage) return "noMember";
  if (known.stage !== "associate") return "noAssociate";
  return known.old ? "otherCollege" : "tooNew";
}

/** Whoever owns an organisation that pays and is on no roll is not the one who votes for it. */
function absenceOfOwner({ confirmed, pays: doesPay, recent }: Pick<Known, "confirmed" | "pays" | "recent">): Absence {
  if (!confirmed) return "addressOpen";
  if (recent) return "clientTooNew";
  return doesPay ? "otherOwner" : "clientUnpaid";
}
