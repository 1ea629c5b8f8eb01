// The roll in SQL: who may vote, frozen in the moment a vote opens.
import { sql, type RawBuilder } from "kysely";
import { paidWithinMonths } from "@partcommune/shared/governance/rules/roll";
import { colleges as allColleges, type College } from "@partcommune/shared/governance/rules/words";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { PageOfPeople } from "../../platform/notices/telling.ts";
import type { Scope, View } from "../../platform/scope.ts";

type Sql = RawBuilder<unknown>;

/** Which organisations paid an invoice to the end before the instant by which members had to be associates, and in the two years before it or since. */
export const pays = (associateBy: Instant): Sql =>
  sql`first_paid_at <= ${associateBy}::timestamptz and paid_at > ${associateBy}::timestamptz - make_interval(months => ${paidWithinMonths})`;

/**
 * The people of each college, as a question in SQL: associates; of each organisation that pays, the one who has owned it longest of those
 * whose address is theirs; who works for the coop by a role.
 */
export const peopleOf: Readonly<Record<College, (associateBy: Instant) => ReturnType<typeof sql>>> = {
  members: (associateBy) =>
    sql`select person from membership.member_card where stage = 'associate' and associate_at <= ${associateBy}::timestamptz`,
  clients: (associateBy) => sql`
    select distinct on (buyer.client) buyer.person from membership.buyer
    join membership.client on client.id = buyer.client and ${pays(associateBy)}
    join membership.person on person.id = buyer.person and person.email_confirmed_at is not null
    where buyer.role = 'owner' order by buyer.client, buyer.at, buyer.person`,
  staff: () =>
    sql`select distinct person from membership.role_grant where role in ('adviser', 'treasurer', 'accountant', 'operator') and ended_at is null`,
};

/** Who belongs to each college, however new: who may stand for its seats, and hold one. */
const belongingTo: Readonly<Record<College, (person: Sql) => Sql>> = {
  members: (person) => sql`exists (select from membership.member_card as card where card.person = ${person} and card.stage = 'associate')`,
  clients: (person) => sql`exists (select from membership.buyer where buyer.person = ${person} and buyer.role = 'owner')`,
  staff: (person) =>
    sql`exists (select from membership.role_grant as held where held.person = ${person} and held.ended_at is null
      and held.role in ('adviser', 'treasurer', 'accountant', 'operator'))`,
};

/** Whether a person belongs to a college, as a question in SQL. */
export const belonging = (person: Sql, college: Sql): Sql =>
  sql`case ${college} ${sql.join(
    allColleges.map((each) => sql`when ${sql.lit(each)} then ${belongingTo[each](person)}`),
    sql` `,
  )} end`;

/** The people of these colleges with the college each is in; a person in several stands here once for each, by the place of the college. */
const everybodyOf = (asked: readonly College[], associateBy: Instant) =>
  sql.join(
    asked.map(
      (college, place) =>
        sql`select person, ${college}::text as college, ${place}::int as place from (${peopleOf[college](associateBy)}) as people`,
    ),
    sql` union all `,
  );

export type Asked = { readonly vote: Id; readonly colleges: readonly College[]; readonly associateBy: Instant };

/**
 * Who stands on a roll, as a question in SQL: everybody of its colleges once, in the first they belong to, as far as no objection that
 * was upheld says otherwise. One statement judges all in one moment; nobody is in it twice, so whatever takes its rows need not look for
 * conflicts, which would double the time.
 */
export const standing = ({ vote, colleges, associateBy }: Asked) => sql`
  select distinct on (person) person, college from (
    ${everybodyOf(colleges, associateBy)} union all
    select about, objection.college, -1 from governance.objection where vote = ${vote}::uuid and upheld and objection.college is not null
      and (objection.college <> 'members' or about in (select person from membership.member_card where stage = 'associate'))
  ) as everybody
  where not exists (select from governance.objection where vote = ${vote}::uuid and upheld and ground = 'notEntitled' and about = person)
  order by person, place`;

/** A million people take longer than a statement otherwise may. */
export const takingLong = async ({ tx }: Scope): Promise<void> => void (await sql`set local statement_timeout = '10min'`.execute(tx));

/** Freezes the roll. How many stand on it. */
export async function freezeRoll(scope: Scope, asked: Asked): Promise<number> {
  if (asked.colleges.length === 0) return 0;
  await takingLong(scope);
  const { numAffectedRows = 0n } = await sql`
    insert into governance.roll_entry (vote, entry, college, person)
    select ${asked.vote}::uuid, gen_random_uuid(), college, person from (${standing(asked)}) as each`.execute(scope.tx);
  return Number(numAffectedRows);
}

/** How many people of a college would stand on a roll frozen now. */
export async function collegeSize({ db }: Pick<View, "db">, college: College, associateBy: Instant): Promise<number> {
  const { rows } = await sql<{ count: bigint }>`select count(*) as count from (${peopleOf[college](associateBy)}) as people`.execute(db);
  return Number(rows[0]?.count ?? 0n);
}

export type Entry = { readonly entry: Id; readonly college: College };

/** Where a person stands on a vote's roll. */
export async function entryOf({ db }: Pick<View, "db">, vote: Id, person: Id): Promise<Entry | undefined> {
  const row = await db
    .selectFrom("governance.roll_entry")
    .select(["entry", "college"])
    .where("vote", "=", vote)
    .where("person", "=", person)
    .executeTakeFirst();
  return row && { entry: row.entry, college: row.college as College };
}

/** When the first assembly was held; until 90 days after it the coop is being founded. */
export async function firstAssembly({ db }: Pick<View, "db">): Promise<Instant | undefined> {
  return (await db.selectFrom("governance.assembly_held").select("at").orderBy("at").limit(1).executeTakeFirst())?.at;
}

/** Records that an assembly was held. */
export async function saveAssembly({ tx }: Scope, gathering: Id, at: Instant): Promise<void> {
  await tx
    .insertInto("governance.assembly_held")
    .values({ gathering, at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** People on a roll by the order of their ids, some at a time; of those who have not cast, where only they are meant. */
export async function rollPage(
  { db }: Pick<View, "db">,
  vote: Id,
  { after, limit }: PageOfPeople,
  which?: "notCast",
): Promise<readonly Id[]> {
  const rows = await db
    .selectFrom("governance.roll_entry as entry")
    .select("person")
    .where("vote", "=", vote)
    .where("person", "is not", null)
    .$if(after !== undefined, (query) => query.where("person", ">", after ?? null))
    .$if(which === "notCast", (query) =>
      query.where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom("governance.roll_call as call")
              .select("call.seq")
              .whereRef("call.vote", "=", "entry.vote")
              .whereRef("call.entry", "=", "entry.entry"),
          ),
        ),
      ),
    )
    .orderBy("person")
    .limit(limit)
    .execute();
  return rows.flatMap(({ person }) => person ?? []);
}
