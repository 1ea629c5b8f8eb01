// Drafts of jobs in SQL.
import { sql } from "kysely";
import type { z } from "zod";
import type { listDrafts, readDraft } from "@partcommune/shared/marketplace/api";
import type { DraftWords } from "@partcommune/shared/marketplace/api/draft";
import { posters, postsFor } from "@partcommune/shared/marketplace/rules/job";
import type { Actor } from "@partcommune/shared/platform/actor";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { found } from "../../platform/refused.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { cardsOf } from "./skills.ts";

type Words = z.output<typeof DraftWords>;

/** How many drafts a client has; of two begun at once both may be the last. */
export async function draftsOf({ tx }: Scope, client: Id): Promise<number> {
  const row = await tx
    .selectFrom("marketplace.job_draft")
    .select(({ fn }) => fn.countAll<bigint>().as("count"))
    .where("client", "=", client)
    .executeTakeFirst();
  return Number(row?.count ?? 0n);
}

export async function beginDraft({ tx, now }: Scope, id: Id, client: Id, words: Words): Promise<void> {
  await tx
    .insertInto("marketplace.job_draft")
    .values({ id, client, words: JSON.stringify(words), kept_at: now })
    .execute();
}

/** The client of a draft, for who posts for it; nobody else finds it. */
export async function clientOfDraft({ tx, actor }: Scope, draft: Id): Promise<Id | undefined> {
  const row = await tx.selectFrom("marketplace.job_draft").select("client").where("id", "=", draft).executeTakeFirst();
  return row && postsFor(actor, row.client) ? row.client : undefined;
}

/** Keeps what was typed, if nobody wrote on elsewhere. */
export async function keepDraft({ tx, now }: Scope, { draft, client, version, words }: Kept): Promise<boolean> {
  const kept = await tx
    .updateTable("marketplace.job_draft")
    .set({ client, words: JSON.stringify(words), kept_at: now, version: version + 1n })
    .where("id", "=", draft)
    .where("version", "=", version)
    .executeTakeFirst();
  return kept.numUpdatedRows === 1n;
}

type Kept = { readonly draft: Id; readonly client: Id; readonly version: bigint; readonly words: Words };

/** Takes a draft away: it is posted, or nobody wants it. */
export async function takeDraft({ tx }: Scope, draft: Id): Promise<boolean> {
  const taken = await tx.deleteFrom("marketplace.job_draft").where("id", "=", draft).executeTakeFirst();
  return taken.numDeletedRows === 1n;
}

const postedFor = (actor: Actor): readonly Id[] =>
  actor.kind === "person" ? actor.buysFor.flatMap(({ client, role }) => (posters.includes(role) ? [client] : [])) : [];

/** The drafts of those for whom this person posts. */
export async function draftsSeenBy({ db, actor }: View): Promise<AnswerOf<typeof listDrafts>> {
  const clients = postedFor(actor);
  if (clients.length === 0) return { items: [] };
  const rows = await db
    .selectFrom("marketplace.job_draft as draft")
    .innerJoin("membership.client_card as client_card", "client_card.id", "draft.client")
    .select(["draft.id", "client_card.name", "draft.kept_at"])
    .select(sql<string>`draft.words ->> 'title'`.as("title"))
    .where("draft.client", "in", clients)
    .orderBy("draft.kept_at", "desc")
    .limit(200)
    .execute();
  return { items: rows.map(({ id, name, kept_at: keptAt, title }) => ({ id, title, client: name ?? "", keptAt })) };
}

/** A draft whole. */
export async function draftPage({ db, actor }: View, { draft, labels }: InputOf<typeof readDraft>): Promise<AnswerOf<typeof readDraft>> {
  const row = await db
    .selectFrom("marketplace.job_draft")
    .select(["id", "client", "version", "kept_at", "words"])
    .where("id", "=", draft)
    .executeTakeFirst();
  const { id, client, version, kept_at: keptAt, words } = found(row && postsFor(actor, row.client) ? row : undefined);
  const { skills, ...typed } = words as Words;
  return { id, client, version, keptAt, words: { ...typed, skills: [...(await cardsOf(db, skills, labels))] } };
}
