// Members' own pages and the directory of those who opted in, in SQL.
import { sql } from "kysely";
import type { listMembers, readOwnProfile, readProfile, saveProfile } from "@partcommune/shared/membership/api/directory";
import { shownStages } from "@partcommune/shared/membership/rules/profile";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { isId, type Id } from "@partcommune/shared/platform/id";
import { sqlState } from "../../platform/database.ts";
import { cursorOf, isBehind } from "../../platform/list.ts";
import { found } from "../../platform/refused.ts";
import type { Scope, View } from "../../platform/scope.ts";

const taken = "23505";

/** Keeps a member's page. False when its address is another's: the act that is told so ends there. */
export async function keepProfile({ tx, now }: Scope, member: Id, profile: InputOf<typeof saveProfile>): Promise<boolean> {
  const kept = { ...profile, changed_at: now };
  try {
    await tx
      .insertInto("membership.profile")
      .values({ member, ...kept })
      .onConflict((conflict) => conflict.column("member").doUpdateSet(kept))
      .execute();
    return true;
  } catch (error) {
    if (sqlState(error) === taken) return false;
    throw error;
  }
}

/** The page of whoever asks. */
export async function ownProfile({ db, actor }: View): Promise<AnswerOf<typeof readOwnProfile>> {
  const profile = await db
    .selectFrom("membership.profile")
    .select(["handle", "headline", "about", "languages", "places", "shown"])
    .where("member", "=", (actor.kind === "person" && actor.member) || null)
    .executeTakeFirst();
  return profile ? { profile } : {};
}

const shown = ({ db }: View) =>
  db
    .selectFrom("membership.profile as profile")
    .innerJoin("membership.member as member", "member.id", "profile.member")
    .innerJoin("membership.person as person", "person.id", "member.person")
    .select(["member.id", "profile.handle", "person.name", "member.trade", "profile.headline", "profile.languages", "profile.places"])
    .where("profile.shown", "=", true)
    .where("member.stage", "in", [...shownStages]);

/** One page for anyone, if its member opted in. */
export async function profileShown(view: View, { handle }: InputOf<typeof readProfile>): Promise<AnswerOf<typeof readProfile>> {
  const { id: _, ...page } = found(await shown(view).select("profile.about").where("profile.handle", "=", handle).executeTakeFirst());
  return page;
}

/** Whether others see a member's page. */
export const isShown = async (view: View, member: Id): Promise<boolean> =>
  (await shown(view).where("member.id", "=", member).executeTakeFirst()) !== undefined;

/**
 * A member by their address, for another coop: their handle, or their id where they have none. Their name is told where they opted in to
 * being found, and where the other has to do with them.
 */
export async function memberNamed(
  { db }: Pick<View, "db">,
  word: string,
  concerned: boolean,
): Promise<{ readonly name?: string; readonly handle?: string }> {
  const row = await db
    .selectFrom("membership.member as member")
    .innerJoin("membership.person as person", "person.id", "member.person")
    .leftJoin("membership.profile as profile", "profile.member", "member.id")
    .select(["person.name", "profile.handle", "profile.shown", "member.stage"])
    .where((eb) => (isId(word) ? eb("member.id", "=", word) : eb("profile.handle", "=", word)))
    .executeTakeFirst();
  const isToldOf = row !== undefined && (concerned || (row.shown === true && shownStages.some((stage) => stage === row.stage)));
  return { ...(isToldOf ? { name: row.name } : {}), ...(row?.handle ? { handle: row.handle } : {}) };
}

/** What a word is looked for in. */
const written = sql<string>`concat_ws(' ', person.name, member.trade, profile.headline, profile.about, array_to_string(profile.places, ' '))`;

/** Where a member stands in the directory: by name, and whoever is called exactly as the text says before all others. */
const placeFor = (text: string) => sql<string>`case when lower(person.name) = lower(${text}) then '' else person.name end`;

/** Members who opted in, by name. */
export async function directory(
  view: View,
  { text = "", limit, after }: InputOf<typeof listMembers>,
): Promise<AnswerOf<typeof listMembers>> {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const meant = shown(view)
    .select(placeFor(text.trim()).as("place"))
    .where((eb) => eb.and(words.map((word) => eb(written, "ilike", `%${word.replaceAll(/[\\%_]/g, "\\$&")}%`))));
  const rows = await view.db
    .selectFrom(meant.as("page"))
    .selectAll()
    .where((eb) => isBehind(eb, after, ">", "page.place", "page.id"))
    .orderBy("page.place")
    .orderBy("page.id")
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ handle, name, trade, headline, languages, places }) => ({ handle, name, trade, headline, languages, places })),
    ...(rows.length > limit && last ? { next: cursorOf(last.place, last.id) } : {}),
  };
}
