// Coops of one machine: each a process and a database of its own, kept apart by their logins, that find each other over HTTP alone.
import { randomBytes } from "node:crypto";
import { request } from "node:http";
import { Client } from "pg";
import { test, type Test } from "tap";
import { queues } from "@partcommune/server/app";
import { leadClients, foundHouse } from "@partcommune/server/demo/people";
import { openStage } from "@partcommune/server/demo/stage";
import { storyDays, whole } from "@partcommune/server/demo/story";
import { databaseApart, dropApart } from "@partcommune/server/platform/apart";
import { markAsDemo, markAsTold } from "@partcommune/server/platform/demo";
import { migrate } from "@partcommune/server/platform/migrate";
import { freePort } from "@partcommune/server/platform/postgres";
import { realClock, seededRandom } from "@partcommune/server/platform/world";
import { openSisters } from "@partcommune/server/sisters/open";
import { casts, type Place, type SisterName } from "@partcommune/server/sisters/places";
import { postJob } from "@partcommune/shared/marketplace/api";
import { later } from "@partcommune/shared/platform/time";
import { posterJob } from "../support/jobs.ts";
import { asAdmin, startTestPostgres } from "../support/postgres.ts";

const secret = Buffer.alloc(32, 7);
const adminUrl = process.env["TEST_POSTGRES_URL"] ?? (await startTestPostgres()).url;

/** A place whose database and login are gone when the test ends. */
async function placeFor(t: Test, coop: SisterName): Promise<Place> {
  const database = `${coop}_${randomBytes(4).toString("hex")}`;
  t.teardown(async () => {
    await dropApart(adminUrl, database);
    await asAdmin(adminUrl, (client) => client.query(`drop role if exists ${database}`));
  });
  return { coop, port: await freePort(), database };
}

/** What a login of one database is told by another. */
async function knocking(url: string, database: string): Promise<string> {
  const client = new Client(Object.assign(new URL(url), { pathname: `/${database}` }).href);
  return client.connect().then(
    () => client.end().then(() => "open"),
    (error: { readonly code?: string }) => error.code ?? "",
  );
}

/** The demo of today at its shortest: a house, two clients, and one job that is open. */
async function toldShortly({ coop, database }: Place, title: string): Promise<void> {
  const databaseUrl = await databaseApart(adminUrl, database);
  await migrate(databaseUrl, queues);
  const cast = casts[coop];
  const now = realClock();
  const begins = later(now, -storyDays * 86_400_000);
  const stage = await openStage({ databaseUrl, secret, begins, cast, random: seededRandom(cast.seed) });
  await foundHouse(stage, {}, () => markAsDemo(databaseUrl));
  stage.goTo(now);
  const [client] = await leadClients(stage);
  const days = { startOn: later(now, 20 * 86_400_000).slice(0, 10), endOn: later(now, 25 * 86_400_000).slice(0, 10) };
  await client?.does(postJob, { ...posterJob(client.client), ...days, bidsUntil: later(now, 9 * 86_400_000).slice(0, 10), title });
  await stage.close();
  await markAsTold(databaseUrl);
}

/** A page as a stranger's browser asks for it: a browser knows names of this machine by itself, whatever the system thinks of them. */
const page = ({ coop, port }: Place, path: string): Promise<string> =>
  new Promise((read, failed) => {
    const asked = request({ host: "127.0.0.1", port, path, headers: { host: `${coop}.localhost:${port}` } }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part: string) => void (text += part));
      answer.once("end", () => read(text));
    });
    asked.once("error", failed).end();
  });

test("coops of one machine are kept apart, find each other, and go on where they were", async (t) => {
  const places = [await placeFor(t, "brussels"), await placeFor(t, "lille")] as const;
  await Promise.all([toldShortly(places[0], "Une affiche à Bruxelles"), toldShortly(places[1], "Une affiche à Lille")]);
  const lines: string[] = [];
  const sisters = openSisters({
    adminUrl,
    places,
    secretOf: () => secret.toString("base64url"),
    size: whole,
    pages: Promise.resolve(),
    tell: (line) => void lines.push(line),
  });
  t.teardown(sisters.close);
  await sisters.ready;
  t.notMatch(lines.join("\n"), "being made", "today's demos go on");

  await t.test("each board's jobs stand in the search of the other", async (step) => {
    step.match(await page(places[0], "/fr/jobs"), "Une affiche à Lille");
    step.match(await page(places[1], "/fr/jobs"), "Une affiche à Bruxelles");
  });
  await sisters.close();

  await t.test("a login opens its own database and no other", async (step) => {
    const [brussels, lille] = [await databaseApart(adminUrl, places[0].database), await databaseApart(adminUrl, places[1].database)];
    step.equal(await knocking(brussels, places[0].database), "open");
    step.equal(await knocking(lille, places[1].database), "open");
    step.equal(await knocking(brussels, places[1].database), "42501");
    step.equal(await knocking(lille, places[0].database), "42501");
    const { rows } = await asAdmin(adminUrl, (client) =>
      client.query("select rolsuper or rolcreaterole or rolcreatedb as mighty from pg_roles where rolname = any($1)", [
        places.map(({ database }) => database),
      ]),
    );
    step.same(rows, [{ mighty: false }, { mighty: false }], "nor may it make itself another");
  });
});
