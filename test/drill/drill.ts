// One drill: many callers at work, kills by a plan, and the audit of what is left.
import { setTimeout as pause } from "node:timers/promises";
import type { Failpoint } from "@partcommune/server/platform/world";
import { gather, work } from "./acts.ts";
import { audit, isDone, repeated, type Audit } from "./audit.ts";
import { openCaller, type Crowd, type Intent } from "./callers.ts";
import { sealBook } from "./book.ts";
import { openYard, type DatabaseDeath, type Yard } from "./yard.ts";

export type Kill = { readonly server: Failpoint; readonly after: number } | { readonly database: DatabaseDeath };

export type Plan = {
  readonly name: string;
  readonly durable: boolean;
  readonly callers: { readonly posters: number; readonly bidders: number; readonly bookers: number };
  readonly kills: readonly Kill[];
  /** Acts acknowledged between one kill and the next. */
  readonly between: number;
};

export type Outcome = Audit & {
  readonly kills: number;
  readonly acts: number;
  readonly done: number;
  readonly refused: number;
  /** Acts that were not acknowledged at once. */
  readonly retried: number;
  readonly unexpected: readonly string[];
};

export async function drill({ name, durable, callers, kills, between }: Plan, tell: (line: string) => void): Promise<Outcome> {
  const yard = await openYard(name, { durable });
  try {
    const intents: Intent[] = [];
    let stopped = false;
    const vanished: string[] = [];
    const crowd: Crowd = { intents, vanished, stopped: () => stopped };
    const [first, ...rest] = kills;
    // The very first act, a founding, is killed as well.
    const killing = first && "server" in first ? strike(yard, first) : undefined;
    const cast = await gather(yard, crowd, callers.posters, callers.bidders);
    await killing;
    const working = work(yard, crowd, cast, callers.bookers);
    for (const kill of killing ? rest : kills) {
      await more(yard, intents, between);
      await strike(yard, kill);
      tell(
        `${"server" in kill ? `server at ${kill.server}` : `database by ${kill.database}`}, ${intents.filter(isDone).length} acts acknowledged`,
      );
    }
    await more(yard, intents, between);
    stopped = true;
    await working;
    return await reckon(yard, intents, vanished, kills.length);
  } finally {
    await yard.close();
  }
}

const strike = async (yard: Yard, kill: Kill): Promise<void> =>
  "server" in kill ? yard.killServer(kill.server, kill.after) : yard.killDatabase(kill.database);

/** Waits until so many more acts are acknowledged. */
async function more(yard: Yard, intents: readonly Intent[], count: number): Promise<void> {
  const before = intents.filter(isDone).length;
  while (intents.filter(isDone).length < before + count) {
    yard.assertAlive();
    await pause(50);
  }
}

async function reckon(yard: Yard, intents: readonly Intent[], vanished: readonly string[], kills: number): Promise<Outcome> {
  const sealer = openCaller(yard.desk, { intents: [], vanished: [], stopped: () => true }, `last-${process.pid}`);
  while (((await sealer.act("seal", sealBook, {}))?.sealed ?? 0) > 0);
  const differing = await repeated(intents, 300);
  const found = await audit(yard, intents);
  return {
    ...found,
    lost: [...found.lost, ...vanished],
    wrong: [...differing, ...found.wrong],
    kills,
    acts: intents.length,
    done: intents.filter(isDone).length,
    refused: intents.filter(({ status }) => status !== undefined && status >= 300).length,
    retried: intents.filter(({ tries }) => tries > 1).length,
    unexpected: yard.unexpected(),
  };
}
