// References in SQL.
import { sql, type Updateable } from "kysely";
import type { z } from "zod";
import type { listMemberReferences, listReferences, ReferenceCard } from "@partcommune/shared/marketplace/api/reference";
import type { Side } from "@partcommune/shared/marketplace/rules/engagement";
import {
  actsOnReference,
  readStates,
  referenceTable,
  writeMs,
  type Reference,
  type ReferenceState,
  type ReferenceVerb,
} from "@partcommune/shared/marketplace/rules/reference";
import { afterVerb, stateAfter } from "@partcommune/shared/platform/table";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { later } from "@partcommune/shared/platform/time";
import { found } from "../../platform/refused.ts";
import type { Scope, View } from "../../platform/scope.ts";
import type { DB } from "../../platform/tables.ts";
import { isSeenBy, sideSeenFrom } from "./engagements.ts";

/** Invites both sides of an engagement to write. */
export async function inviteBoth({ tx, now, id }: Scope, engagement: Id): Promise<readonly Id[]> {
  const invited = { engagement, state: stateAfter(referenceTable, "invite"), write_by: later(now, writeMs) };
  const rows = (["client", "member"] as const).map((side) => ({ id: id(), by_side: side, ...invited }));
  await tx.insertInto("marketplace.reference").values(rows).execute();
  return rows.map((row) => row.id);
}

export type Held = Reference & { readonly id: Id; readonly engagement: Id };

/** Both references of the engagement of one, this one first, held until the act ends: of two who write at once the second sees the first. */
export async function bothHeld({ tx }: Scope, reference: Id): Promise<readonly [Held, ...Held[]] | undefined> {
  const rows = await tx
    .selectFrom("marketplace.reference as reference")
    .innerJoin("marketplace.engagement as engagement", "engagement.id", "reference.engagement")
    .select(["reference.id", "reference.engagement", "reference.by_side", "reference.state", "reference.write_by"])
    .select(["engagement.client", "engagement.member", "engagement.team"])
    .where("reference.engagement", "=", (eb) =>
      eb.selectFrom("marketplace.reference as one").select("one.engagement").where("one.id", "=", reference),
    )
    .orderBy("reference.id")
    .forUpdate("reference")
    .execute();
  const held = rows.map(({ by_side: by, write_by: writeBy, state, ...row }) => ({
    ...row,
    by: by as Side,
    state: state as ReferenceState,
    writeBy,
  }));
  const [own] = held.filter(({ id }) => id === reference);
  return own && [own, ...held.filter(({ id }) => id !== reference)];
}

type Change = Partial<Omit<Updateable<DB["marketplace.reference"]>, "id" | "engagement" | "by_side" | "state" | "write_by">>;

/** Moves a reference by a verb of its table. True for exactly one caller. */
export async function moveReference(
  { tx }: Scope,
  id: Id,
  from: ReferenceState,
  verb: ReferenceVerb,
  change: Change = {},
): Promise<boolean> {
  const moved = await tx
    .updateTable("marketplace.reference")
    .set({ ...change, state: afterVerb(referenceTable, from, verb) })
    .where("id", "=", id)
    .where("state", "=", from)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

/** References whose time to write is over. */
export const referencesToEnd = ({ db, now }: View): Promise<readonly { readonly id: Id }[]> =>
  db
    .selectFrom("marketplace.reference")
    .select("id")
    .where("state", "in", ["invited", "written"])
    .where("write_by", "<=", now)
    .limit(500)
    .execute();

/** Both references of an engagement, as one of its sides may read them. */
export async function referencesSeen(view: View, { engagement }: InputOf<typeof listReferences>): Promise<AnswerOf<typeof listReferences>> {
  const { db, actor, now } = view;
  const parties = await db
    .selectFrom("marketplace.engagement")
    .select(["client", "member", "team"])
    .where("id", "=", engagement)
    .executeTakeFirst();
  const { client, member, team } = found(parties && isSeenBy(actor, parties) ? parties : undefined);
  const rows = await db
    .selectFrom("marketplace.reference")
    .select(["id", "by_side", "state", "write_by", "text", "again", "answer", "withheld_because"])
    .where("engagement", "=", engagement)
    .orderBy("by_side")
    .execute();
  return {
    items: rows.map((row) => {
      const [by, state, writeBy] = [row.by_side as Side, row.state as ReferenceState, row.write_by];
      const mine = sideSeenFrom(actor, { client, team }) === by;
      return {
        id: row.id,
        by,
        mine,
        state,
        writeBy,
        ...wordsOf(row, mine),
        acts: actsOnReference({ client, member, team, by, state, writeBy }, actor, now),
      };
    }),
  };
}

type Words = {
  readonly state: string;
  readonly text: string | null;
  readonly again: boolean | null;
  readonly answer: string | null;
  readonly withheld_because: string | null;
};

/** What of it is read: one's own always, the other's once it is published. */
function wordsOf({ state, text, again, answer, withheld_because: because }: Words, mine: boolean) {
  const shown = mine || readStates.includes(state as ReferenceState);
  return {
    ...(shown && text !== null && again !== null ? { text, again } : {}),
    ...(answer === null || !shown ? {} : { answer }),
    ...(because === null ? {} : { withheldBecause: because }),
  };
}

type Card = z.output<typeof ReferenceCard>;

/** What clients wrote about members and others may read, newest first: of a team it is about each. */
const aboutMembers = ({ db }: View) =>
  db
    .selectFrom("marketplace.reference as reference")
    .innerJoin("marketplace.engagement as engagement", "engagement.id", "reference.engagement")
    .innerJoin("marketplace.engagement_part as part", "part.engagement", "engagement.id")
    .innerJoin("marketplace.job as job", "job.id", "engagement.job")
    .innerJoin("membership.client_card as client", "client.id", "engagement.client")
    .select(["reference.id", "part.member", "client.name", "job.title", "job.visibility"])
    .select(["reference.text", "reference.again", "reference.published_at", "reference.answer"])
    .where("reference.by_side", "=", "client")
    .where("reference.state", "in", [...readStates]);

type Row = Awaited<ReturnType<ReturnType<typeof aboutMembers>["execute"]>>[number];

function cardsOf({ id, name, title, visibility, text, again, published_at: publishedAt, answer }: Row): readonly Card[] {
  if (text === null || again === null || publishedAt === null) return [];
  // A job that not everybody saw is not named to everybody afterwards.
  const named = visibility === "public" ? { title } : {};
  return [{ id, from: name ?? "", ...named, text, again, publishedAt, ...(answer === null ? {} : { answer }) }];
}

/** The references of a member who shows a page. */
export async function memberReferences(
  view: View,
  { handle, limit }: InputOf<typeof listMemberReferences>,
): Promise<AnswerOf<typeof listMemberReferences>> {
  const page = await view.db.selectFrom("membership.profile_card").select("member").where("handle", "=", handle).executeTakeFirst();
  const rows = await aboutMembers(view)
    .where("part.member", "=", found(page).member ?? "")
    .orderBy("reference.published_at", "desc")
    .orderBy("reference.id", "desc")
    .limit(limit)
    .execute();
  return { items: rows.flatMap(cardsOf) };
}

const newest = 5;

/** The newest references of each of these members, for a client who compares their bids. */
export async function newestReferences(view: View, members: readonly Id[]): Promise<ReadonlyMap<Id, readonly Card[]>> {
  if (members.length === 0) return new Map();
  const ranked = aboutMembers(view)
    .select(sql<bigint>`row_number() over (partition by part.member order by reference.published_at desc, reference.id desc)`.as("rank"))
    .where("part.member", "in", members);
  const rows = await view.db.selectFrom(ranked.as("ranked")).selectAll().where("rank", "<=", BigInt(newest)).orderBy("rank").execute();
  return new Map([...Map.groupBy(rows, ({ member }) => member)].map(([member, of]) => [member, of.flatMap(cardsOf)]));
}
