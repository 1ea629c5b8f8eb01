// The demo's eighteen months told three times: what a replay of the first says of another fee and another split is what the other two come to.
import { sql } from "kysely";
import { replayOf, effectsOf } from "@partcommune/server/money/index";
import { makeDemo } from "@partcommune/server/demo/make";
import type { Founding } from "@partcommune/server/demo/people";
import { kyselyOn, openPool, type Database } from "@partcommune/server/platform/database";
import { bylawRegister } from "@partcommune/shared/governance/rules/bylaws";
import type { Wanted } from "@partcommune/shared/governance/rules/change-text";
import type { Proposed } from "@partcommune/shared/money/rules/replay";
import { visitor } from "@partcommune/shared/platform/actor";
import { instant, type Day } from "@partcommune/shared/platform/time";
import { freshDatabase, type TestDatabase } from "../support/database.ts";
import { differences, replayedDifferences, trialOf } from "../support/trial.ts";

const now = instant("2026-12-01T09:00:00Z");
const everything = { from: "2024-01-01" as Day, until: "2026-12-01" as Day };
const fundSplit = { guarantee: 333_333, insurance: 166_667, coaching: 50_001, advances: 99_999, reserve: 150_000, running: 200_000 };

type Case = { readonly founding: Founding; readonly wanted: Wanted; readonly proposed: Proposed };

const cases: readonly Case[] = [
  // Another rate than the one that members of the demo propose: nobody proposes what stands.
  { founding: { feeRate: 80_000 }, wanted: { key: "fee.rate", value: 80_000 }, proposed: { "fee.rate": 80_000n } },
  {
    founding: { fundSplit },
    wanted: { key: "fund.split", value: fundSplit },
    proposed: { "fund.split": bylawRegister["fund.split"].schema.decode(fundSplit) },
  },
];

/** How many accounts were compared, how much they differed, and every one of which the replay said something else. */
export type Agreed = { readonly accounts: number; readonly invoices: number; readonly wrong: readonly string[] };

export async function yearsAgree(tell: (line: string) => void): Promise<Agreed> {
  const first = await lived({});
  const wrong: string[] = [];
  let [accounts, invoices] = [0, 0];
  try {
    for (const { founding, wanted, proposed } of cases) {
      const other = await lived(founding);
      try {
        const replay = await replayOf(first, proposed, everything);
        const said = replayedDifferences(replay, first.names);
        const found = differences(await trialOf(first.db, first.names), await trialOf(other.db, other.names));
        const codes = [...new Set([...Object.keys(said), ...Object.keys(found)])];
        wrong.push(
          ...codes.filter((code) => said[code] !== found[code]).map((code) => `${code}: ${said[code]} said, ${found[code]} found`),
        );
        wrong.push(...(await readDifferently(first, other, wanted)));
        [accounts, invoices] = [accounts + codes.length, replay.invoices];
        tell(`${wanted.key}: ${replay.invoices} invoices replayed, ${codes.length} accounts move`);
      } finally {
        await other.end();
      }
    }
  } finally {
    await first.end();
  }
  return { accounts, invoices, wrong };
}

type Lived = { readonly db: Database; readonly names: ReadonlyMap<string, string>; readonly end: () => Promise<void> };

/** A demo in a database of its own. */
async function lived(founding: Founding): Promise<Lived> {
  const database: TestDatabase = await freshDatabase();
  await makeDemo({ databaseUrl: database.url, ownerUrl: database.url, secret: Buffer.alloc(32, 7), now, founding });
  const db = kyselyOn(openPool(database.url, "app", 2, () => undefined));
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from membership.member_card union all select id, name from membership.client_card`.execute(db);
  const end = async (): Promise<void> => {
    await db.destroy();
    await database.drop();
  };
  return { db, names: new Map(rows.map(({ id, name }) => [id, name])), end };
}

/** Figures of the twelve closed months that people would read otherwise. */
async function readDifferently(first: Lived, other: Lived, wanted: Wanted): Promise<readonly string[]> {
  const past = async ({ db }: Lived, side: "before" | "after") => {
    const told = (await effectsOf({ db, now, actor: visitor }, [wanted])).past;
    if (!told || told.branches.length === 0) throw new Error("the demo tells nothing of its branches");
    return [
      `fund ${told.fund[side].minor}`,
      ...told.pots.map(({ pot, ...turn }) => `${pot} ${turn[side].minor}`),
      `members ${told.members[side].minor}`,
      `paid ${told.paid[side].minor}`,
      ...told.branches.map(({ name = "-", ...turn }) => `${name} ${turn[side].minor}`).toSorted(),
    ];
  };
  const [said, found] = [await past(first, "after"), await past(other, "before")];
  return said.flatMap((line, at) => (line === found[at] ? [] : [`${wanted.key}: ${line} said, ${found[at]} found`]));
}
