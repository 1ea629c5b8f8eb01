// What is on its way to other servers, in SQL: a row for each inbox, worked off host by host.
import { sql } from "kysely";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Database } from "../../platform/database.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { hostAt } from "./hosts.ts";

/** Puts an activity on its way to these inboxes, each once. */
export async function saveDeliveries(scope: Scope, activity: string, inboxes: readonly string[]): Promise<void> {
  for (const inbox of new Set(inboxes)) {
    const host = await hostAt(scope.tx, new URL(inbox).origin, { id: scope.id(), now: scope.now });
    await scope.tx
      .insertInto("federation.delivery")
      .values({ id: scope.id(), activity, inbox, host, state: "due", due_at: scope.now, at: scope.now })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** The hosts that an activity goes to. */
export async function hostsOf(db: Database, activity: string): Promise<readonly Id[]> {
  const rows = await db.selectFrom("federation.delivery").select("host").distinct().where("activity", "=", activity).execute();
  return rows.map(({ host }) => host);
}

/** Hosts to which something is due; of those that rest, whom it is time to probe, whatever the hour of what waits for them. */
export async function hostsDue({ db, now }: View): Promise<readonly Id[]> {
  const rows = await db
    .selectFrom("federation.delivery as delivery")
    .innerJoin("federation.host as host", "host.id", "delivery.host")
    .select("delivery.host")
    .distinct()
    .where("delivery.state", "=", "due")
    .where("host.blocked_at", "is", null)
    .where((eb) => eb.or([eb.and([eb("host.probe_at", "is", null), eb("delivery.due_at", "<=", now)]), eb("host.probe_at", "<=", now)]))
    .limit(500)
    .execute();
  return rows.map(({ host }) => host);
}

export type Delivery = {
  readonly id: Id;
  readonly inbox: string;
  readonly actor: string;
  readonly bytes: Buffer;
  /** How often it was sent at an hour of its own, this time included. */
  readonly tries: number;
  readonly at: Instant;
  /** Its own hour, where it is sent before it to see whether the host is there. */
  readonly early: Instant | null;
};

const claimMs = 60_000;

/** Takes what is due to a host, in its order; another process finds nothing of it for a minute. */
export const takeDue = (view: View, host: Id, limit: number): Promise<readonly Delivery[]> =>
  take(view, host, sql`due_at <= ${view.now} order by id limit ${limit}`);

/** Takes one thing that waits for a host, due or not, to see whether it is there. What is sent before its hour is no try of its own. */
export const takeProbe = (view: View, host: Id): Promise<readonly Delivery[]> => take(view, host, sql`true order by due_at, id limit 1`);

async function take({ db, now }: View, host: Id, which: ReturnType<typeof sql>): Promise<readonly Delivery[]> {
  const { rows } = await sql<Delivery>`
    update federation.delivery as delivery
    set tries = tries + (taken.due_at <= ${now})::int, due_at = ${now}::timestamptz + make_interval(secs => ${claimMs / 1000})
    from federation.activity as activity,
      (select id, due_at from federation.delivery where host = ${host} and state = 'due' and ${which} for update skip locked) as taken
    where activity.id = delivery.activity and delivery.id = taken.id
    returning delivery.id, delivery.inbox, activity.actor, activity.wire as bytes, delivery.tries, delivery.at,
      case when taken.due_at > ${now} then taken.due_at end as early`.execute(db);
  return rows.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

/** What became of a try. */
export type Outcome = { readonly state: "due" | "sent" | "refused" | "dead"; readonly status?: number; readonly dueAt?: Instant };

export async function noteOutcome({ db, now }: View, { id }: Delivery, { state, status, dueAt }: Outcome): Promise<void> {
  await db
    .updateTable("federation.delivery")
    .set({ state, status: status ?? null, ...(dueAt === undefined ? {} : { due_at: dueAt }), ...(state === "due" ? {} : { done_at: now }) })
    .where("id", "=", id)
    .where("state", "=", "due")
    .execute();
}
