// What others ask of governance about changes of bylaws, in SQL: what a proposal wants, and what each version said.
import type { Wanted } from "@partcommune/shared/governance/rules/change-text";
import { bylawRegister } from "@partcommune/shared/governance/rules/bylaws";
import type { Payload } from "@partcommune/shared/governance/rules/proposal";
import type { Bylaw, BylawKey } from "@partcommune/shared/platform/bylaw";
import type { Id } from "@partcommune/shared/platform/id";
import type { View } from "../../platform/scope.ts";

/** The bylaws that a proposal wants changed; undefined where there is none, or it is another's draft. The operator at the machine reads all. */
export async function bylawsWanted({ db, actor }: Pick<View, "db" | "actor">, proposal: Id): Promise<readonly Wanted[] | undefined> {
  const author = actor.kind === "person" ? (actor.member ?? null) : null;
  const row = await db
    .selectFrom("governance.proposal")
    .select("payload")
    .where("id", "=", proposal)
    .$if(actor.kind !== "operator", (query) => query.where((eb) => eb.or([eb("state", "!=", "draft"), eb("author", "=", author)])))
    .executeTakeFirst();
  const payload = row?.payload as Payload | undefined;
  return payload && (payload.kind === "bylaws" ? payload.changes : []);
}

/** Every value a bylaw ever had, by the id of its version. */
export async function valuesOf<K extends BylawKey>({ db }: Pick<View, "db">, key: K): Promise<ReadonlyMap<bigint, Bylaw<K>["value"]>> {
  const rows = await db.selectFrom("governance.bylaw_version").select(["id", "value"]).where("key", "=", key).execute();
  return new Map(rows.map(({ id, value }) => [id, bylawRegister[key].schema.decode(value as never) as Bylaw<K>["value"]]));
}
