// Who asks changes nothing, whatever a query tries; no question holds a connection for long; instants are answered in their one form.
import { sql } from "kysely";
import { test } from "tap";
import { z } from "zod";
import { appRole, openPool } from "@partcommune/server/platform/database";
import { visitor } from "@partcommune/shared/platform/actor";
import { openCoop } from "../support/coop.ts";
import { everythingIn } from "../support/digest.ts";

const anything = { input: z.strictObject({}), path: "/api/v1/anything" } as const;

test("a question that would write is refused by the database, and nothing is stored", async (t) => {
  const coop = await openCoop(t);
  const before = await everythingIn(coop.db);
  for (const write of [
    "insert into platform.coop default values",
    "delete from platform.idempotency",
    "update platform.letter set sent_at = now()",
  ])
    await t.rejects(
      coop.ask(visitor, anything, async ({ db }) => sql.raw(write).execute(db), {}),
      { code: "25006" },
      write,
    );
  t.same(await everythingIn(coop.db), before);
});

test("a question is ended after ten seconds", async (t) => {
  const coop = await openCoop(t);
  const limit = sql<{ statement_timeout: string }>`show statement_timeout`;
  t.same((await coop.ask(visitor, anything, async ({ db }) => limit.execute(db), {})).rows, [{ statement_timeout: "10s" }]);
});

test("an address may bring options, and takes no rights with them", async (t) => {
  const coop = await openCoop(t);
  const address = new URL(coop.url);
  address.searchParams.set("options", "-c role=none -c synchronous_commit=off");
  const pool = openPool(address.href, "app", 1, () => undefined);
  t.teardown(() => pool.end());
  const { rows } = await pool.query("select current_user::text as who, current_setting('synchronous_commit') as waits");
  t.same(rows, [{ who: appRole, waits: "off" }]);
});

test("an instant is read to the millisecond, in UTC", async (t) => {
  const coop = await openCoop(t);
  const cases = [
    ["2026-12-07 16:59:00+00", "2026-12-07T16:59:00.000Z"],
    ["2026-12-07 16:59:00.5+00", "2026-12-07T16:59:00.500Z"],
    ["2026-12-07 16:59:00.04+00", "2026-12-07T16:59:00.040Z"],
    ["2026-12-07 16:59:00.123999+00", "2026-12-07T16:59:00.123Z"],
    ["2026-12-07 00:30:00+05:45", "2026-12-06T18:45:00.000Z"],
    ["0099-01-01 00:00:00+00", "0099-01-01T00:00:00.000Z"],
  ] as const;
  for (const [stored, told] of cases) {
    const { rows } = await sql<{ at: string }>`select ${stored}::text::timestamptz as at`.execute(coop.db);
    t.equal(rows[0]?.at, told, stored);
  }
  await t.rejects(sql`select 'infinity'::timestamptz as at`.execute(coop.db), /an instant beyond what is kept here/);
});
