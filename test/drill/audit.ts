// What the drill asks at its end: is every acknowledged act there, is any there twice, and does the book agree with itself?
import { sql, type Kysely } from "kysely";
import { kyselyOn, openPool } from "@partcommune/server/platform/database";
import { coop } from "../support/cli.ts";
import type { Intent } from "./callers.ts";
import type { Yard } from "./yard.ts";

export type Audit = {
  /** Acknowledged, and not there. */
  readonly lost: readonly string[];
  /** There more than once. */
  readonly doubled: readonly string[];
  /** Repeats that were answered with other bytes, facts without errands, checks that found something. */
  readonly wrong: readonly string[];
  readonly entries: number;
};

/** How one act shows in the database: what its intent calls it, and a query of all such names. */
type Trace = { readonly nameOf: (input: Intent["input"]) => string; readonly names: ReturnType<typeof sql<{ name: string }>> };

const traces: Readonly<Record<string, Trace>> = {
  job: { nameOf: ({ title }) => String(title), names: sql`select title as name from marketplace.job` },
  bid: { nameOf: ({ pitch }) => String(pitch), names: sql`select pitch as name from marketplace.bid` },
  withdrawal: {
    nameOf: ({ bid }) => String(bid),
    names: sql`select subject::text as name from platform.fact where type = 'bid.withdrawn'`,
  },
  entry: { nameOf: ({ key }) => String(key), names: sql`select key as name from ledger.entry` },
  knock: {
    nameOf: ({ email }) => String(email),
    names: sql`select to_address as name from platform.letter where to_address like 'stranger%'`,
  },
  acceptance: { nameOf: ({ bid }) => String(bid), names: sql`select bid::text as name from marketplace.engagement where bid is not null` },
  approval: { nameOf: ({ milestone }) => String(milestone), names: sql`select milestone::text as name from money.document` },
  file: { nameOf: ({ file }) => String(file), names: sql`select id::text as name from platform.file where sha256 is not null` },
  client: { nameOf: ({ name }) => String(name), names: sql`select name from membership.client` },
  "sign-up": {
    nameOf: ({ email }) => String(email),
    names: sql`select email as name from membership.code where email not like 'stranger%'`,
  },
  session: {
    nameOf: ({ email }) => String(email),
    names: sql`select email as name from membership.person join membership.session on person.id = session.person`,
  },
  admit: {
    nameOf: ({ member }) => String(member),
    names: sql`select subject::text as name from platform.fact where type = 'member.admitted'`,
  },
};

export const isDone = ({ status }: Intent): boolean => status !== undefined && status < 300;

/** Looks at everything, with the eyes of the tables' owner. */
export async function audit(yard: Yard, intents: readonly Intent[]): Promise<Audit> {
  const db = kyselyOn<never>(openPool(yard.url, "owner", 1, () => undefined));
  try {
    const found = await Promise.all(Object.entries(traces).map(async ([kind, trace]) => compare(db, kind, trace, intents)));
    const { rows: errands } = await sql<{ facts: bigint; errands: bigint }>`
      select (select count(*) from platform.fact where type = 'letter.written') as facts,
        (select count(*) from pgboss.job where name = 'listen.platform.letters') as errands`.execute(db);
    const { rows: book } = await sql<{ entries: bigint }>`select count(*) as entries from ledger.entry`.execute(db);
    const [{ facts, errands: sent } = { facts: 0n, errands: 0n }] = errands;
    return {
      lost: [...found.flatMap(({ lost }) => lost), ...(await keysLost(db, intents))],
      doubled: found.flatMap(({ doubled }) => doubled),
      wrong: [...(facts === sent ? [] : [`${facts} facts with a listener, ${sent} errands`]), ...(await questions(yard))],
      entries: Number(book[0]?.entries),
    };
  } finally {
    await db.destroy();
  }
}

async function compare(db: Kysely<never>, kind: string, { nameOf, names }: Trace, intents: readonly Intent[]) {
  const times = new Map<string, number>();
  for (const { name } of (await names.execute(db)).rows) times.set(name, (times.get(name) ?? 0) + 1);
  const named = intents.filter((intent) => intent.kind === kind).map((intent) => ({ intent, name: nameOf(intent.input) }));
  return {
    lost: named.filter(({ intent, name }) => isDone(intent) && !times.has(name)).map(({ name }) => `${kind} ${name}`),
    doubled: Array.from(times).flatMap(([name, count]) => (count > 1 ? [`${kind} ${name} ×${count}`] : [])),
  };
}

/** Acknowledged acts whose key row is gone or answers otherwise: a repeat of them would be done again. */
async function keysLost(db: Kysely<never>, intents: readonly Intent[]): Promise<readonly string[]> {
  const { rows } = await sql<{ key: string; answer: string }>`select key, answer from platform.idempotency`.execute(db);
  const answers = new Map(rows.map(({ key, answer }) => [key, answer]));
  return intents.filter((intent) => isDone(intent) && answers.get(intent.key) !== intent.text).map(({ key }) => `key ${key}`);
}

/** The operator's own two questions. */
async function questions({ url }: Yard): Promise<readonly string[]> {
  const said = [await coop(url, "ledger", "check"), await coop(url, "verify", "ledger")];
  return said.filter(({ code }) => code !== 0).map(({ out, error }) => out.replaceAll(/^ok .*\n/gm, "") + error);
}

/** Repeats acknowledged acts with their keys; each must be answered with the same bytes, and done no second time. */
export async function repeated(intents: readonly Intent[], most: number): Promise<readonly string[]> {
  const done = intents.filter(isDone);
  const step = Math.max(1, Math.floor(done.length / most));
  const wrong: string[] = [];
  for (let at = 0; at < done.length; at += step) {
    const intent = done[at];
    const heard = await intent?.again();
    if (heard?.text !== intent?.text || heard?.status !== intent?.status)
      wrong.push(`${intent?.kind} ${intent?.key} was answered ${heard?.status} ${heard?.text}`);
  }
  return wrong;
}
