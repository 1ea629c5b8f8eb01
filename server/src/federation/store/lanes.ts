// Hosts as our deliveries meet them, in SQL: which signature they take, and whether they answer.
import { breaker, closed, type Breaker } from "@partcommune/federation/delivery";
import type { Id } from "@partcommune/shared/platform/id";
import { instantOf, millisecondsOf, type Instant } from "@partcommune/shared/platform/time";
import type { Database } from "../../platform/database.ts";
import type { View } from "../../platform/scope.ts";

export type Flavour = "cavage" | "rfc9421";
export type Lane = { readonly id: Id; readonly flavour: Flavour; readonly resting: boolean; readonly isSister: boolean };

/** The lane of a host; undefined while it is left alone. */
export async function laneOf({ db, now }: View, host: Id): Promise<Lane | undefined> {
  const row = await db
    .selectFrom("federation.host")
    .select(["signature", "probe_at"])
    .select(({ exists, selectFrom }) =>
      exists(selectFrom("federation.treaty").select("id").where("host", "=", host).where("state", "in", ["active", "paused", "ended"])).as(
        "sister",
      ),
    )
    .where("id", "=", host)
    .where("blocked_at", "is", null)
    .where((eb) => eb.or([eb("probe_at", "is", null), eb("probe_at", "<=", now)]))
    .executeTakeFirst();
  return row && { id: host, flavour: row.signature as Flavour, resting: row.probe_at !== null, isSister: Boolean(row.sister) };
}

type Row = { readonly failures: number; readonly failing_since: Instant | null; readonly probe_at: Instant | null };

const stateOf = ({ failures, failing_since, probe_at }: Row): Breaker =>
  failing_since && probe_at
    ? { failures, open: { since: millisecondsOf(failing_since), probeAt: millisecondsOf(probe_at) } }
    : { failures };

const columnsOf = ({ failures, open }: Breaker): Row => ({
  failures,
  failing_since: open ? instantOf(open.since) : null,
  probe_at: open ? instantOf(open.probeAt) : null,
});

/** Counts a failure; a host that is silent, or fails some times in a row, is left alone for a while. */
export async function noteFailure({ db, now }: Pick<View, "db" | "now">, host: Id, event: "silent" | "failed"): Promise<void> {
  const row = await db
    .selectFrom("federation.host")
    .select(["failures", "failing_since", "probe_at"])
    .where("id", "=", host)
    .executeTakeFirstOrThrow();
  const next = breaker(stateOf(row), event, millisecondsOf(now));
  await db.updateTable("federation.host").set(columnsOf(next)).where("id", "=", host).execute();
}

/** It answered, and takes this kind of signature: what had to wait for it is due. */
export async function noteSuccess({ db, now }: Pick<View, "db" | "now">, host: Id, signature: Flavour): Promise<void> {
  await db.updateTable("federation.host").set({ signature }).where("id", "=", host).where("signature", "<>", signature).execute();
  await noteHeard(db, host, now);
}

/** It spoke to us and was who it said, or answered: whatever waits for it may leave at once. True if it had been failing. */
export async function noteHeard(db: Database, host: Id, now: Instant): Promise<boolean> {
  const woken = await db
    .updateTable("federation.host")
    .set(columnsOf(closed))
    .where("id", "=", host)
    .where("failures", ">", 0)
    .executeTakeFirst();
  if (woken.numUpdatedRows === 0n) return false;
  await db.updateTable("federation.delivery").set({ due_at: now }).where("host", "=", host).where("state", "=", "due").execute();
  return true;
}
