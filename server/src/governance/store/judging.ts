// The two who look whether a text may be voted, in SQL: one of the board, one drawn by lot.
import { sql } from "kysely";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope, View } from "../../platform/scope.ts";

export type Judge = {
  readonly seat: "board" | "lot";
  readonly person: Id;
  readonly name: string;
  readonly admissible?: boolean;
  readonly ground?: string;
  readonly text?: string;
};

export async function judgesOf({ db }: Pick<View, "db">, proposal: Id): Promise<readonly Judge[]> {
  const rows = await db
    .selectFrom("governance.judgement as judgement")
    .innerJoin("membership.person_card as card", "card.id", "judgement.person")
    .select(["seat", "person", "name", "admissible", "ground", "text"])
    .where("proposal", "=", proposal)
    .orderBy("seat")
    .execute();
  return rows.map(({ seat, person, name, admissible, ground, text }) => ({
    seat: seat as Judge["seat"],
    person,
    name: name ?? "",
    ...(admissible === null ? {} : { admissible }),
    ...(ground === null ? {} : { ground }),
    ...(text === null ? {} : { text }),
  }));
}

/**
 * Names the two: of the board whoever judged least lately, and an associate by lot from a seed that nobody chooses. Neither wrote it.
 * In a coop where nobody is left for a seat it stays empty, and silence admits.
 */
export async function nameJudges(scope: Scope, proposal: Id): Promise<void> {
  const seed = Buffer.from(scope.random(32)).toString("hex");
  await sql`
    insert into governance.judgement (proposal, person, seat)
    with author as (select member.person from governance.proposal join membership.member_card as member on member.id = proposal.author where proposal.id = ${proposal}),
      board as (
        select grant_.person from membership.role_grant as grant_
        where grant_.role = 'board' and grant_.ended_at is null and grant_.person not in (select person from author)
        order by (select max(judgement.at) from governance.judgement where judgement.person = grant_.person) nulls first, grant_.person limit 1),
      lot as (
        select person from membership.member_card where stage = 'associate' and person not in (select person from author) and person not in (select person from board)
        order by encode(sha256(convert_to(${seed} || person::text, 'UTF8')), 'hex') limit 1)
    select ${proposal}::uuid, person, 'board' from board union all select ${proposal}::uuid, person, 'lot' from lot
  `.execute(scope.tx);
}

export type Judgement = { readonly admissible: boolean; readonly ground: string | undefined; readonly text: string | undefined };

/** Keeps what one of the two says. False when this person is neither. */
export async function saveJudgement(
  { tx, now }: Scope,
  proposal: Id,
  person: Id,
  { admissible, ground, text }: Judgement,
): Promise<boolean> {
  const saved = await tx
    .updateTable("governance.judgement")
    .set({ admissible, ground: ground ?? null, text: text ?? null, at: now })
    .where("proposal", "=", proposal)
    .where("person", "=", person)
    .executeTakeFirst();
  return saved.numUpdatedRows === 1n;
}
