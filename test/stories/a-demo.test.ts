// The demo from its making to its end: a coop with months behind it whose books add up, that anyone walks into as anyone, and that leaves nothing.
import { test } from "tap";
import { listProposals } from "@partcommune/shared/governance/api";
import { listEngagements, listOwnBids, listUncovered } from "@partcommune/shared/marketplace/api";
import { enterDemo, listDemoPeople } from "@partcommune/shared/membership/api/demo";
import { readMe } from "@partcommune/shared/membership/api";
import { listInvoices, listPayables, orderPayouts, readAdvances, signPayout } from "@partcommune/shared/money/api";
import { demoMadeAt, keepDemo, removeDemo } from "@partcommune/server/demo/keep";
import { queues } from "@partcommune/server/app";
import { migrate } from "@partcommune/server/platform/migrate";
import { kyselyOn, openPool } from "@partcommune/server/platform/database";
import { sql } from "kysely";
import { instant } from "@partcommune/shared/platform/time";
import { openSite, lookAt } from "../support/browser.ts";
import { openCoop, type Caller, type TestCoop } from "../support/coop.ts";
import { founder } from "../support/people.ts";

const now = instant("2026-12-01T09:00:00Z");
const secret = Buffer.alloc(32, 7);
/** A few more than those who work, so that some arrive later. */
const small = { members: 13, clients: 3, jobsAMonth: 0.4 };

async function walkedIn(coop: TestCoop, name: string): Promise<Caller> {
  const caller = coop.someone();
  const { items } = (await caller.call(listDemoPeople, {})).body;
  const person = items.find((each) => each.name === name);
  const { status } = await caller.call(enterDemo, { person: person?.id ?? "" });
  if (status !== 201) throw new Error(`${name} is not at the door`);
  return caller;
}

test("a demo is made, walked into, and gone", async (t) => {
  const site = await openSite(t);
  const { coop } = site;
  const keeping = { databaseUrl: coop.url, ownerUrl: coop.url, secret, now };
  await keepDemo(keeping, small);
  t.equal(await demoMadeAt(coop.url), now, "it knows from which day it is");

  await t.test("its people have work in every state, and money in the bank", async (step) => {
    const marc = await walkedIn(coop, "Marc Dubois");
    const states = new Set((await marc.call(listEngagements, { limit: 200 })).body.items.map(({ state }) => state));
    step.ok(states.has("finished"), "work that is done and paid");
    step.match((await marc.call(listOwnBids, {})).body.items[0], { people: 3, bidder: "Lotte Janssens", waitsForYou: true });
    const { items: proposals } = (await marc.call(listProposals, { limit: 200 })).body;
    step.ok(
      proposals.some(({ state }) => state === "appealed"),
      "a text that members drawn by lot look at once more",
    );
    const lotte = await walkedIn(coop, "Lotte Janssens");
    step.same(
      (await lotte.call(readAdvances, {})).body.items.map(({ state }) => state),
      ["asked", "repaid"],
      "one advance that waits for the treasurers, and one that her work has repaid",
    );
    const paul = await walkedIn(coop, "Paul Deckers");
    step.equal((await paul.call(listUncovered, {})).body.items.length, 1, "one engagement that a check holds up");
    const claire = await walkedIn(coop, "Claire Fontaine");
    const { buysFor } = (await claire.call(readMe, {})).body.person ?? { buysFor: [] };
    const invoices = (await claire.call(listInvoices, { client: buysFor[0]?.client ?? "", limit: 200 })).body.items;
    step.ok(invoices.some(({ paid, gross }) => paid.amount === gross.amount) && invoices.some(({ paid }) => paid.amount === "0.00"));
  });

  await t.test("its treasurers sign without a passkey, because everybody is taken at their word", async (step) => {
    const [jonas, ines] = [await walkedIn(coop, "Jonas Lambrecht"), await walkedIn(coop, "Inès Carlier")];
    const ready = (await jonas.call(listPayables, { limit: 200 })).body.items.filter(({ waitsFor }) => !waitsFor);
    step.ok(ready.length > 0, "somebody can be paid today");
    const { id: payout, hash } = (await jonas.call(orderPayouts, { payables: ready.map(({ id }) => id) })).body;
    step.equal((await ines.call(signPayout, { payout, hash })).status, 201);
  });

  await t.test("a visitor sees that it is a demo, and walks in", async (step) => {
    const page = await site.visit({ locale: "fr" });
    await page.goto("/fr");
    await page.getByRole("link", { name: "Choisir un rôle" }).click();
    await page.getByRole("button", { name: "Entrer dans le rôle de Marc Dubois" }).click();
    await page.getByRole("link", { name: "Mon argent" }).waitFor();
    await lookAt(step, page, "demo-fr");
    await page.goto("/fr/proposals/new");
    const tried = async (percent: string): Promise<void> => {
      await page.getByLabel("Part de chaque prix qui devient commune, en pour cent").fill(percent);
      await page.getByRole("button", { name: "Qu’est-ce que cela aurait changé l’an dernier" }).click();
    };
    await tried("7,9");
    const mine = page.getByRole("row", { name: /Gagné par vous/ });
    step.match(await mine.textContent(), /\+\d/, "a member tries a lower fee, and sees what they would have earned more");
    await lookAt(step, page, "tried-fr");
    await tried("99");
    await page.getByText("Cette valeur sort de ce que la règle permet.").waitFor();
    step.equal(await mine.count(), 0, "what was tried before is no answer to it");
  });

  await t.test("removed, no table is left that could hold a row of it", async (step) => {
    await removeDemo(coop.url);
    const db = kyselyOn(openPool(coop.url, "owner", 1, () => undefined));
    const { rows } = await sql`select relname from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where relkind in ('r', 'p') and nspname not like 'pg\\_%' and nspname <> 'information_schema'`.execute(db);
    await db.destroy();
    step.same(rows, []);
    step.equal(await demoMadeAt(coop.url), undefined);
    await migrate(coop.url, queues);
  });
});

test("a coop that is no demo has nobody to walk in as, and is not removed", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  t.same((await coop.someone().call(listDemoPeople, {})).body.items, []);
  t.equal((await coop.someone().call(enterDemo, { person: "0198c0de-0000-7000-8000-000000000000" })).status, 404);
  await t.rejects(removeDemo(coop.url), /not a demo/);
  const app = kyselyOn(openPool(coop.url, "app", 1, () => undefined));
  await t.rejects(
    app.updateTable("platform.coop").set({ demo: true }).execute(),
    { code: "42501" },
    "nor does the server's own role make it one",
  );
  await app.destroy();
});
