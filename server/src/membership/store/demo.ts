// The people of a demo in SQL. A coop that is none has nobody here.
import type { listDemoPeople } from "@partcommune/shared/membership/api/demo";
import type { Stage } from "@partcommune/shared/membership/rules";
import type { Role } from "@partcommune/shared/platform/actor";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { coopCard } from "../../platform/store.ts";
import { viewOf, type Scope, type View } from "../../platform/scope.ts";

const mostShown = 12;

/** Those who came first: the demo's story begins with one of each kind. */
export async function demoPeople(view: View): Promise<AnswerOf<typeof listDemoPeople>> {
  if (!(await coopCard(view)).demo) return { items: [] };
  const rows = await view.db
    .selectFrom("membership.person")
    .leftJoin("membership.member", "membership.member.person", "membership.person.id")
    .select(["membership.person.id", "membership.person.name", "stage"])
    .select(({ selectFrom }) =>
      selectFrom("membership.role_grant")
        .select(({ fn }) => fn.agg<string[]>("array_agg", ["role"]).as("roles"))
        .whereRef("membership.role_grant.person", "=", "membership.person.id")
        .where("ended_at", "is", null)
        .as("roles"),
    )
    .select(({ selectFrom }) =>
      selectFrom("membership.buyer")
        .innerJoin("membership.client", "membership.client.id", "membership.buyer.client")
        .select("membership.client.name")
        .whereRef("membership.buyer.person", "=", "membership.person.id")
        .limit(1)
        .as("buysFor"),
    )
    .orderBy("membership.person.created_at")
    .orderBy("membership.person.id")
    .limit(mostShown)
    .execute();
  return {
    items: rows.map(({ id, name, stage, roles, buysFor }) => ({
      id,
      name,
      roles: (roles ?? []) as Role[],
      ...(stage ? { stage: stage as Stage } : {}),
      ...(buysFor ? { buysFor } : {}),
    })),
  };
}

/** One of the demo's people. */
export async function demoPerson(scope: Scope, person: Id): Promise<Id | undefined> {
  if (!(await coopCard(viewOf(scope))).demo) return undefined;
  return (await scope.tx.selectFrom("membership.person").select("id").where("id", "=", person).executeTakeFirst())?.id;
}
