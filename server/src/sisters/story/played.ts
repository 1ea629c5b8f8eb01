// A sister in a story: the same coop, founded today, on a clock that the story moves.
import { guardedFetcher } from "@partcommune/federation/fetcher";
import { millisecondsOf, type Instant } from "@partcommune/shared/platform/time";
import { queues } from "../../app.ts";
import { checks } from "../../checks.ts";
import { confirmed, foundHouse, leadClients, newcomer, onTrial, sharePaid, staff, type House, type Member } from "../../demo/people.ts";
import { openStage, type Stage } from "../../demo/stage.ts";
import { failing } from "../../platform/checks.ts";
import { inSnapshot } from "../../platform/database.ts";
import { lengthOfLog } from "../../platform/facts.ts";
import { markAsDemo } from "../../platform/demo.ts";
import { migrate } from "../../platform/migrate.ts";
import { realResolve, seededRandom } from "../../platform/world.ts";
import { nextDue } from "../../simulation/store/due.ts";
import { casts, originOf } from "../places.ts";
import type { Standing } from "../process.ts";

/** As many as stand at the door of a demo, with those who have another part. */
const newcomers = 3;

/** Founds the coop with its people, each of whom has paid a share, and opens its doors. */
export async function openPlayed({ coop, port, databaseUrl, secret }: Standing, begins: Instant): Promise<Stage> {
  await migrate(databaseUrl, queues);
  const cast = casts[coop];
  const stage = await openStage({
    cast,
    databaseUrl,
    secret: Buffer.from(secret, "base64url"),
    begins,
    random: seededRandom(`${cast.seed}, once more`),
    origin: originOf({ coop, port }),
    outside: (sign) => guardedFetcher({ resolve: realResolve, now: () => millisecondsOf(stage.now()), allowPrivate: true, sign }),
  });
  const house = await staff(stage, await foundHouse(stage, {}, () => markAsDemo(databaseUrl)));
  await leadClients(stage);
  for (const { name, trade } of cast.leads.members) await joined(stage, house, await onTrial(stage, house, name, trade));
  for (let number = 0; number < newcomers; number += 1) await joined(stage, house, await newcomer(stage, house, number));
  await stage.coop.app.listen({ host: "127.0.0.1", port });
  return stage;
}

async function joined(stage: Stage, house: House, member: Member): Promise<void> {
  await confirmed(house, member);
  await sharePaid(stage, house, member);
}

/** The clock goes on, and what fell due by it is done: one step may lead to the next. */
export async function goneTo(stage: Stage, at: Instant): Promise<void> {
  stage.goTo(at);
  for (let step = 0; step < 2; step += 1) await stage.keepTime();
  await stage.settle();
}

/** The checks that find something in her database. */
export const foundIn = async ({ coop, now }: Stage): Promise<readonly string[]> =>
  (await inSnapshot(coop.db, (tx) => failing(checks, tx, now()))).map(({ name }) => name);

const lastHappened = new WeakMap<Stage, bigint | undefined>();

/** Lets what is on its way leave or be worked. Answers whether more may follow: it is due by now, or something happened here since this was last asked. */
export async function rested(stage: Stage): Promise<boolean> {
  const { lanes, db } = stage.coop;
  await lanes.wakeDue();
  do {
    await stage.settle();
    await lanes.idle();
  } while (!stage.isQuiet());
  const due = await nextDue(db);
  const happened = await lengthOfLog(db);
  const isNew = happened !== lastHappened.get(stage);
  lastHappened.set(stage, happened);
  return isNew || (due !== undefined && due <= stage.now());
}
