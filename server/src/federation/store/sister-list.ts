// The public list of coops, in SQL: what each is to us, and why where it rests or ended.
import { sql } from "kysely";
import type { listSisters } from "@partcommune/shared/federation/api/sisters";
import { modeOf, type TreatyState } from "@partcommune/shared/federation/rules/treaty";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { View } from "../../platform/scope.ts";

/** The coop's own word for itself, or where it is. */
export const nameOf = ({ name, origin }: { readonly name: string | null; readonly origin: string }): string => name ?? new URL(origin).host;

/** The same of one coop that we know. */
export const nameOfCoop = async ({ db }: Pick<View, "db">, host: Id): Promise<string> =>
  nameOf(await db.selectFrom("federation.host").select(["name", "origin"]).where("id", "=", host).executeTakeFirstOrThrow());

/** Coops whose board we read, and those with a treaty, the newest one of each. */
export async function sisterList({ db }: Pick<View, "db">): Promise<AnswerOf<typeof listSisters>> {
  const rows = await db
    .selectFrom("federation.host as host")
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom("federation.treaty")
          .select(["state", "reason", "at"])
          .whereRef("host", "=", "host.id")
          .orderBy("id", "desc")
          .limit(1)
          .as("treaty"),
      (join) => join.onTrue(),
    )
    .select([
      "host.id",
      "host.origin",
      "host.name",
      "host.at",
      "host.blocked_at",
      "host.blocked_because",
      "treaty.state",
      "treaty.reason",
      "treaty.at as moved",
    ])
    .where((eb) => eb.or([eb("treaty.state", "is not", null), eb("host.state", "=", "followed"), eb("host.blocked_at", "is not", null)]))
    .orderBy(sql`coalesce(host.blocked_at, treaty.at, host.at)`, "desc")
    .orderBy("host.id")
    .limit(200)
    .execute();
  const items = rows.map(({ id, origin, name, at, state, reason: why, moved, blocked_at: blocked, blocked_because: because }) => ({
    host: id,
    origin,
    name: nameOf({ name, origin }),
    mode: modeOf((state ?? undefined) as TreatyState | undefined, blocked !== null),
    ...told(because ?? why),
    since: blocked ?? moved ?? at,
  }));
  return { items };
}

const told = (reason: string | null): { readonly reason?: string } => (reason === null ? {} : { reason });
