// The doctor looks at environment, database and work: a coop that is well kept is told so, and each thing that is wrong has its sentence.
import { join } from "node:path";
import { sql } from "kysely";
import { test, type Test } from "tap";
import { book } from "@partcommune/server/money/checks/years";
import { database } from "@partcommune/server/platform/doctor/database";
import { examine, found, inWords, type Examination, type Patient } from "@partcommune/server/platform/doctor/examination";
import { surroundings } from "@partcommune/server/platform/doctor/surroundings";
import { holdingQueue } from "@partcommune/server/platform/queue/boss";
import { dayMs, instant, later } from "@partcommune/shared/platform/time";
import { coopIn } from "../support/cli.ts";
import { ownerOf } from "../support/owner.ts";
import { backUp, folderFor, secret } from "../support/safe.ts";
import { treasury, withIban, type Treasury } from "../support/treasury.ts";

const past = { now: "2026-06-01T09:00:00Z" };

/** As an operator sets it. */
const wellSet = {
  KEY_ENCRYPTION_KEY: secret,
  PUBLIC_URL: "https://coop.example",
  TRUSTED_PROXIES: "127.0.0.1",
  MAIL_URL: "smtps://mail.example",
  MAIL_FROM: "coop@coop.example",
};

type Told = readonly { readonly matter: string; readonly says: string; readonly noted: boolean }[];

/** What the doctor says. That a test's database is fast rather than safe, and its login mighty, is true and said elsewhere. */
async function doctorOf(t: Test, url: string, environment: Readonly<Record<string, string>>): Promise<Told> {
  const { code, out, error } = await coopIn({ DATABASE_URL: url, ...environment }, "doctor", "--json");
  t.equal(code, 3, error);
  const told = JSON.parse(out) as Told;
  t.match(told.find(({ matter }) => matter === "database")?.says, /^fsync and full_page_writes and synchronous_commit are off/);
  t.match(told.find(({ matter }) => matter === "roles")?.says, /is a superuser/);
  return told.filter(({ matter }) => !["database", "roles", "disk"].includes(matter));
}

/** An errand that was given up after its last try. */
async function deadErrand({ coop }: Treasury): Promise<void> {
  const { id } = await coop.db.selectFrom("platform.fact").select("id").orderBy("seq").limit(1).executeTakeFirstOrThrow();
  await holdingQueue(coop.url, async (boss) => {
    const errand = await boss.send("listen.platform.letters", { fact: id }, { retryLimit: 0 });
    await boss.fetch("listen.platform.letters");
    await boss.fail("listen.platform.letters", errand ?? "", { message: "the mail server has gone home" });
  });
}

test("a coop is looked at while it is well, while all is wrong, and after it was mended", async (t) => {
  const stage = await treasury(t, past);
  await withIban(stage);
  await stage.coop.settle();
  await backUp(stage.coop.url, join(await folderFor(t), "file"));
  const well = await doctorOf(t, stage.coop.url, wellSet);
  t.match(
    well,
    [
      /how BE declares whoever is employed/,
      /the VAT rate of BE/,
      /how BE taxes authorsRights .*tableau A, XXIX/,
      /how BE taxes homeWorks .*tableau A, XXXVIII/,
      /the law of BE gives whoever is paid late/,
      /by which law BE gives VAT back/,
      /exemption of small businesses of BE/,
    ].map((says) => ({ matter: "country", noted: true, says })),
  );
  t.equal(well.length, 7);

  await deadErrand(stage);
  const owner = await ownerOf(t, stage.coop);
  await sql`update platform.letter set sent_at = null; update platform.backup set at = '2026-05-01T09:00:00Z';
    delete from public.kysely_migration where name = '0006-mutual'; insert into public.kysely_migration values ('0099-tomorrow', '2026')`.execute(
    owner,
  );
  const ill = await doctorOf(t, stage.coop.url, {
    KEY_ENCRYPTION_KEY: Buffer.alloc(32, 9).toString("base64url"),
    PUBLIC_URL: "http://coop.example",
  });
  const expected: readonly (readonly [matter: string, says: RegExp])[] = [
    ["address", /PUBLIC_URL is not https/],
    ["secret", /does not open what was sealed last/],
    ["migrations", /lacks 0006-mutual/],
    ["migrations", /has 0099-tomorrow/],
    ["letters", /MAIL_URL is not set: \d+ letters wait at the operator's desk, the oldest for \d+ days/],
    ["queue", /^1 errands were given up/],
    ["backup", /The last backup is \d+ days old/],
  ];
  for (const [matter, says] of expected)
    t.ok(
      ill.some((each) => each.matter === matter && says.test(each.says)),
      `${matter}: ${says.source}`,
    );

  const dead = await coopIn({ DATABASE_URL: stage.coop.url }, "queue", "dead");
  t.equal(dead.code, 3, dead.error);
  t.match(dead.out, /listen\.platform\.letters .*: the mail server has gone home/);
  t.match(await coopIn({ DATABASE_URL: stage.coop.url }, "queue", "retry"), {
    code: 0,
    out: "1 errands wait again in the queues they came from.\n",
  });
  t.match(await coopIn({ DATABASE_URL: stage.coop.url }, "queue", "list"), {
    code: 0,
    out: /^listen\.platform\.letters {2}created {2}1, the oldest of /,
  });
});

test("a database that is away is one finding, in plain text too", async (t) => {
  const away = await coopIn({ DATABASE_URL: "postgres://nobody@127.0.0.1:1/none", ...wellSet }, "doctor");
  t.equal(away.code, 3);
  t.match(away.out, /^FOUND {2}database: The database gives no answer: .*ECONNREFUSED/);
});

test("a clock that runs away from the database's is found, and one matter that fails does not hide the others", async (t) => {
  const { coop } = await treasury(t, past);
  const broken: Examination = { matter: "broken", look: async () => Promise.reject(new Error("no such table")) };
  const well: Patient = {
    config: {} as Patient["config"],
    db: coop.db,
    clock: () => instant(new Date().toISOString()),
    now: coop.now(),
    secret,
    proofs: { checks: [], opens: async () => undefined },
    folder: import.meta.dirname,
  };
  const clock = database.filter(({ matter }) => matter === "clock");
  t.same(await examine(well, clock), []);
  const fast = { ...well, clock: () => later(well.clock(), 5_000) };
  t.match(await examine(fast, [broken, ...clock]), [
    { matter: "broken", ...found("This could not be looked at: no such table") },
    { matter: "clock", says: /are (4\.9|5\.\d) seconds apart/ },
  ]);
  t.match(await examine({ ...well, secret: undefined }, surroundings), [{ matter: "address" }, { matter: "secret", says: /is not here/ }]);
  t.same(await examine(well, book), []);
  coop.wait(4 * 366 * dayMs);
  const [years] = await examine({ ...well, now: coop.now() }, book);
  t.match(years, { matter: "years of the book", noted: false, says: /no table for 2031, 2032,/ });
  await coop.keepTime();
  t.same(await examine({ ...well, now: coop.now() }, book), [], "the clock opens years long before they begin");
  t.same([60_000, 59 * 60_000, 119 * 60_000, 2 * 3_600_000, 49 * 3_600_000].map(inWords), [
    "1 minute",
    "59 minutes",
    "119 minutes",
    "2 hours",
    "2 days",
  ]);
});
