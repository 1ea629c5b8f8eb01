// The clock seals what was posted, once a minute, and only what waits.
import { test } from "tap";
import { z } from "zod";
import { operator } from "@partcommune/shared/platform/actor";
import type { Day } from "@partcommune/shared/platform/time";
import { firstBrokenSeal, openBook, post } from "@partcommune/server/money/index";
import { legsFrom } from "../support/book.ts";
import { openCoop } from "../support/coop.ts";
import { founder } from "../support/people.ts";

test("what is posted is sealed by the clock, and sealed once", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const verb = { name: "test post", input: z.strictObject({}), answer: z.object({}), status: 200 };
  const posting = (key: string) =>
    coop.perform(
      operator,
      verb,
      async (scope) => {
        const entry = {
          kind: "fund.endowed",
          key,
          on: "2026-12-01" as Day,
          bylaws: [],
          legs: legsFrom("bank:main +5.00 · pot:reserve −5.00"),
        } as const;
        await post(scope, [entry]);
        return {};
      },
      {},
      { key, cause: "test" },
    );
  await coop.perform(
    operator,
    verb,
    async (scope) => {
      const book = { coop: "test", legalEntity: "Atelier Commun", country: "BE", currency: "EUR", zone: "Europe/Brussels" };
      await openBook(scope, { ...book, closedUntil: "2025-12-31" as Day });
      return {};
    },
    {},
    { key: "book", cause: "test" },
  );
  const sealed = async () =>
    (await coop.db.selectFrom("ledger.sealed").select("position").orderBy("position").execute()).map(({ position }) => position);
  await coop.keepTime();
  t.same(await sealed(), [], "nothing to seal");
  await posting("one");
  await posting("two");
  await coop.keepTime();
  t.same(await sealed(), [1n, 2n]);
  await posting("three");
  await Promise.all([coop.keepTime(), coop.keepTime(), coop.keepTime()]);
  coop.wait(60_000);
  await Promise.all([coop.keepTime(), coop.keepTime()]);
  t.same(await sealed(), [1n, 2n, 3n]);
  t.equal(await firstBrokenSeal(coop), undefined);
});
