// What the doctor asks about the coop's work: letters, errands, checks, and when it was last kept safe.
import { sql } from "kysely";
import { millisecondsOf, type Instant } from "@partcommune/shared/platform/time";
import { askAndKeep } from "../checks.ts";
import { found, inWords, those, type Examination } from "./examination.ts";

const lateMs = 600_000;
// A nightly backup, with a morning to notice that it did not come.
const backupWithinMs = 36 * 3_600_000;

const since = (now: Instant, then: Instant): number => millisecondsOf(now) - millisecondsOf(then);

type Waiting = { readonly waiting: bigint; readonly oldest: Instant | null };

export const work: readonly Examination[] = [
  {
    matter: "letters",
    look: async ({ db, now, config: { MAIL_URL, MAIL_FROM } }) => {
      const { rows } = await sql<Waiting>`select count(*) as waiting, min(at) as oldest from platform.letter where sent_at is null`.execute(
        db,
      );
      const { waiting = 0n, oldest = null } = rows[0] ?? {};
      const wait = oldest === null ? 0 : since(now, oldest);
      return those(
        [MAIL_URL === undefined && waiting === 0n, found("MAIL_URL is not set, so no letter will leave.")],
        [
          MAIL_URL === undefined && waiting > 0n,
          found(`MAIL_URL is not set: ${waiting} letters wait at the operator's desk, the oldest for ${inWords(wait)}.`),
        ],
        [
          MAIL_URL !== undefined && MAIL_FROM === undefined,
          found("MAIL_FROM is not set: most mail servers refuse a letter without a sender."),
        ],
        [MAIL_URL !== undefined && wait > lateMs, found(`${waiting} letters have not left, the oldest for ${inWords(wait)}.`)],
      );
    },
  },
  {
    matter: "queue",
    look: async ({ db, now }) => {
      const { rows } = await sql<Waiting & { dead: bigint }>`
        select count(*) filter (where name = 'dead') as dead, count(*) filter (where name <> 'dead') as waiting,
          min(start_after) filter (where name <> 'dead') as oldest
        from pgboss.job where state < 'completed'`.execute(db);
      const { dead = 0n, waiting = 0n, oldest = null } = rows[0] ?? {};
      const wait = oldest === null ? 0 : since(now, oldest);
      return those(
        [dead > 0n, found(`${dead} errands were given up after twelve tries: npm run coop -- queue dead.`)],
        [wait > lateMs, found(`${waiting} errands wait, the oldest for ${inWords(wait)}. Is a server with the role "work" running?`)],
      );
    },
  },
  {
    matter: "checks",
    look: async ({ db, now, proofs }) =>
      (await askAndKeep(proofs.checks, db, now)).flatMap(({ name, says, rows }) =>
        rows.length > 0 ? [found(`${name}: ${says} (${rows.length})`)] : [],
      ),
  },
  {
    matter: "backup",
    look: async ({ db, now }) => {
      const last = await db.selectFrom("platform.backup").select("at").orderBy("at", "desc").limit(1).executeTakeFirst();
      if (!last) return [found("No backup was ever made: npm run coop -- backup <file>.")];
      return those([since(now, last.at) > backupWithinMs, found(`The last backup is ${inWords(since(now, last.at))} old.`)]);
    },
  },
];
