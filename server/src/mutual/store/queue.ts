// The queue of the guarantee in SQL, and what everybody is told while somebody stands in it.
import type { QueueReason } from "@partcommune/shared/money/rules/payout";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import { placesInQueue } from "../../money/index.ts";
import type { Scope, View } from "../../platform/scope.ts";

/** Of all who decide who is paid ahead, one does so at a time. */
export async function standAtFrontDesk({ tx }: Pick<Scope, "tx">): Promise<void> {
  await tx.selectFrom("mutual.front_desk").select("one").forUpdate().execute();
}

/** Whether somebody stands in the queue who is none of these. */
export async function someLeft({ db }: Pick<View, "db">, waiting: readonly Id[]): Promise<boolean> {
  const row = await db
    .selectFrom("mutual.queued")
    .select("payable")
    .where("ended_at", "is", null)
    .$if(waiting.length > 0, (query) => query.where("payable", "not in", waiting))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export type Queued = { readonly payable: Id; readonly dueOn: Day; readonly reason: QueueReason };

/** Keeps since when somebody waits, and for what. */
export async function saveQueued({ tx, now }: Pick<Scope, "tx" | "now">, { payable, dueOn, reason }: Queued): Promise<void> {
  await tx
    .insertInto("mutual.queued")
    .values({ payable, due_on: dueOn, reason, queued_at: now })
    .onConflict((conflict) => conflict.column("payable").doUpdateSet({ reason, ended_at: null }))
    .execute();
}

/** Ends the waiting of all but these. */
export async function endQueued({ tx, now }: Pick<Scope, "tx" | "now">, waiting: readonly Id[]): Promise<void> {
  await tx
    .updateTable("mutual.queued")
    .set({ ended_at: now })
    .where("ended_at", "is", null)
    .$if(waiting.length > 0, (query) => query.where("payable", "not in", waiting))
    .execute();
}

/** Opens the alert of a cause. Undefined while one stands. */
export async function openAlert({ tx, id, now }: Pick<Scope, "tx" | "id" | "now">, cause: QueueReason): Promise<Id | undefined> {
  const row = await tx
    .insertInto("mutual.alert")
    .values({ id: id(), cause, opened_at: now })
    .onConflict((conflict) => conflict.column("cause").where("ended_at", "is", null).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

/** Ends the alerts of every other cause. */
export async function endAlerts(
  { tx, now }: Pick<Scope, "tx" | "now">,
  cause: QueueReason | undefined,
): Promise<readonly { readonly id: Id; readonly cause: string }[]> {
  return tx
    .updateTable("mutual.alert")
    .set({ ended_at: now })
    .where("ended_at", "is", null)
    .$if(cause !== undefined, (query) => query.where("cause", "<>", cause ?? ""))
    .returning(["id", "cause"])
    .execute();
}

export type QueueStanding = {
  readonly count: number;
  readonly sum: Money;
  readonly oldest?: Day;
  readonly alerts: { readonly cause: QueueReason; readonly since: Instant }[];
};

/** The queue as everybody may see it: how many wait, for how much in all, since which due day, and why. */
export async function queueStanding(view: Pick<View, "db" | "now">, currency: string): Promise<QueueStanding> {
  const { db } = view;
  const places = await placesInQueue(view);
  const last = [...places.values()].at(-1);
  const { oldest } = await db
    .selectFrom("mutual.queued")
    .select(({ fn }) => fn.min("due_on").as("oldest"))
    .where("ended_at", "is", null)
    .executeTakeFirstOrThrow();
  const alerts = await db
    .selectFrom("mutual.alert")
    .select(["cause", "opened_at as since"])
    .where("ended_at", "is", null)
    .orderBy("opened_at")
    .execute();
  return {
    count: places.size,
    sum: last ? last.through : { minor: 0n, currency },
    ...(oldest === null ? {} : { oldest }),
    alerts: alerts.map(({ cause, since }) => ({ cause: cause as QueueReason, since })),
  };
}
