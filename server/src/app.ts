// Wires the domains into one coop: which doors stand open, who listens to what, what falls due.
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { clock, listener as hearing, type Actor } from "@partcommune/shared/platform/actor";
import type { FactType } from "@partcommune/shared/platform/events";
import type { Id } from "@partcommune/shared/platform/id";
import * as communityListeners from "./community/listeners.ts";
import * as communityRoutes from "./community/routes.ts";
import * as communitySchedule from "./community/schedule.ts";
import { coopsNamed } from "./federation/index.ts";
import { tellers, listeners as federationListeners } from "./federation/listeners.ts";
import * as federationRoutes from "./federation/routes.ts";
import { openEdge } from "./federation/routes/edge.ts";
import { duties as federationDuties, lanesOf } from "./federation/schedule.ts";
import * as federationSisters from "./federation/sisters.ts";
import { bylawIn, bylawsIn } from "./governance/index.ts";
import * as governanceListeners from "./governance/listeners.ts";
import * as governanceRoutes from "./governance/routes.ts";
import * as governanceSchedule from "./governance/schedule.ts";
import { actorOfSession, lastingSessions, peopleNamed } from "./membership/index.ts";
import * as membershipListeners from "./membership/listeners.ts";
import * as membershipRoutes from "./membership/routes.ts";
import { worksKnown } from "./marketplace/index.ts";
import * as marketplaceListeners from "./marketplace/listeners.ts";
import * as marketplaceRoutes from "./marketplace/routes.ts";
import * as marketplaceSisters from "./marketplace/sisters.ts";
import * as marketplaceSchedule from "./marketplace/schedule.ts";
import * as moneyListeners from "./money/listeners.ts";
import * as moneyRoutes from "./money/routes.ts";
import * as moneySchedule from "./money/schedule.ts";
import { asking, type Ask } from "./platform/ask.ts";
import * as mutualListeners from "./mutual/listeners.ts";
import * as mutualRoutes from "./mutual/routes.ts";
import * as mutualSchedule from "./mutual/schedule.ts";
import { keepTime } from "./platform/clock.ts";
import { kyselyOn, openClient, openPool, type Database } from "./platform/database.ts";
import type { Domain, Listener, Listening } from "./platform/domain.ts";
import { openDoors, type ActorOf } from "./platform/doors.ts";
import { factById } from "./platform/facts.ts";
import { openHints } from "./platform/hints.ts";
import { openHttp } from "./platform/http.ts";
import { keysFrom, type Keys } from "./platform/keys.ts";
import { openLanes, openLanesInOrder, type Lanes, type Work } from "./platform/lanes.ts";
import * as platformListeners from "./platform/listeners.ts";
import { openLive } from "./platform/live.ts";
import { openOneClick } from "./platform/notices/one-click.ts";
import { performing, type Perform } from "./platform/perform.ts";
import * as platformRoutes from "./platform/routes.ts";
import * as platformSchedule from "./platform/schedule.ts";
import type { Lend, View } from "./platform/scope.ts";
import { openPassage } from "./platform/passage.ts";
import { newId, type World } from "./platform/world.ts";

/** What each domain tells other coops, hears of them, and shows them. */
const sisters = [federationSisters.sisters, marketplaceSisters.sisters];
const hears = sisters.flatMap((each) => each.hears);
const shows = sisters.flatMap((each) => each.shows);

/** Lowest first; a domain knows only those before it. */
const domains: readonly Domain[] = [
  { ...platformRoutes, ...platformListeners, ...platformSchedule },
  { ...membershipRoutes, ...membershipListeners },
  { ...governanceRoutes, ...governanceListeners, ...governanceSchedule },
  { ...moneyRoutes, ...moneyListeners, ...moneySchedule },
  {
    ...federationRoutes,
    listeners: [...federationListeners, ...sisters.flatMap(tellers)],
    lanes: lanesOf(hears),
    duties: federationDuties,
  },
  { ...mutualRoutes, ...mutualListeners, ...mutualSchedule },
  { ...marketplaceRoutes, ...marketplaceSchedule, ...marketplaceListeners, lanes: marketplaceSisters.lanes },
  { ...communityRoutes, ...communitySchedule, ...communityListeners },
];

const listeners: readonly Listener[] = domains.flatMap((domain) => domain.listeners ?? []);
const queueOf = (listener: Listener): string => `listen.${listener.name}`;

/** Queues of all listeners, in a fixed order; migrations make them. */
export const queues: readonly string[] = listeners.map(queueOf);

const queuesOfFact = Map.groupBy(
  listeners.flatMap((listener) => listener.facts.map((fact) => ({ fact, queue: queueOf(listener) }))),
  ({ fact }) => fact,
);

/** The queues that hear of a fact. */
export const listenersOf = (fact: string): readonly string[] => queuesOfFact.get(fact as FactType)?.map(({ queue }) => queue) ?? [];

const duties = domains.flatMap((domain) => domain.duties ?? []);
const laneWorks = domains.flatMap((domain) => domain.lanes ?? []);

export type CoopSettings = {
  readonly log: Logger;
  readonly secret: Uint8Array;
  readonly origin: string;
  /** Connections that write, and as many that only read; each is opened when it is first needed. */
  readonly poolSize: number;
  readonly trustedProxies: readonly string[];
  /** Calls a minute from one address before 429. */
  readonly perMinute: number;
};

export type Coop = {
  readonly app: FastifyInstance;
  readonly db: Database;
  readonly keys: Keys;
  readonly ask: Ask;
  readonly perform: Perform;
  /** Does everything that is due at the world's now; what was done already is done no second time. */
  readonly keepTime: () => Promise<number>;
  /** What waits for other servers, worked off host by host. */
  readonly lanes: Lanes;
  /** Starts handing facts to listeners. */
  readonly listen: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** What higher domains lend to those below. */
export const lend: Lend = (db) => ({
  bylaw: bylawIn(db),
  bylaws: bylawsIn(db),
  people: (people) => peopleNamed({ db }, people),
  sessionsOf: (person, now) => lastingSessions({ db, now }, person),
  coops: (hosts) => coopsNamed(db, hosts),
  works: (engagements) => worksKnown(db, engagements),
});

/** Builds one coop on a world. Two coops in one process are two calls. */
export async function openCoop(world: World, settings: CoopSettings): Promise<Coop> {
  const { log, origin } = settings;
  const failed = (error: unknown): void => log.error({ err: error }, "background");
  const db = kyselyOn(openPool(world.databaseUrl, "app", settings.poolSize, failed));
  const asked = kyselyOn(openPool(world.databaseUrl, "asker", settings.poolSize, failed));
  const keys = keysFrom(settings.secret);
  const hints = await openHints(() => openClient(world.databaseUrl, "app"), world.queue, world, failed);
  const perform = performing({ world, db, keys, origin, hints, lend, listenersOf });
  const ask = asking({ world, db: asked, keys, origin, lend });
  const app = await openHttp({
    log,
    newId: () => newId(world, world.clock()),
    trustedProxies: settings.trustedProxies,
    https: origin.startsWith("https:"),
    perMinute: settings.perMinute,
  });
  const actorOf: ActorOf = async (token, use) => actorOfSession({ db, now: world.clock() }, token, use);
  const { door, topics } = openDoors(app, { ask, perform, keys, actorOf, origin, now: world.clock, reach: world.reach });
  for (const domain of domains) domain.routes?.(door);
  const viewAs = (actor: Actor): View => ({ db, actor, now: world.clock(), keys, origin, ...lend(db) });
  await openOneClick(app, perform);
  await openLive(app, { hints, topics, actorOf, origin, pause: world.pause, viewAs });
  const listening: Listening = {
    world,
    db,
    perform,
    view: () => viewAs(hearing),
    wake: (lane, id) => lanes.wake(lane, id),
    passage: openPassage(world),
  };
  const lanes = (world.inOrder ? openLanesInOrder : openLanes)(worksOf(listening), failed);
  await openEdge(app, listening, shows);
  return {
    app,
    db,
    keys,
    ask,
    perform,
    lanes,
    keepTime: () => keepTime(duties, viewAs(clock), { perform, reach: world.reach }, failed),
    listen: () => startListening(listening),
    close: async () => {
      await app.close();
      await world.queue.stop();
      await lanes.stop();
      await hints.close();
      await Promise.all([db.destroy(), asked.destroy()]);
    },
  };
}

/** What each lane works off, with the eyes of a listener. */
const worksOf = (listening: Listening): Readonly<Record<string, Work>> =>
  Object.fromEntries(
    laneWorks.map(({ name, due, work }) => [name, { due: () => due(listening.view()), work: (id: Id) => work(listening, id) }]),
  );

async function startListening(listening: Listening): Promise<void> {
  for (const listener of listeners) {
    await listening.world.queue.listen(queueOf(listener), async (id) => {
      listening.world.reach("errand-taken");
      const fact = await factById(listening.db, id);
      if (fact) await listener.hear(listening, fact);
      listening.world.reach("errand-done");
    });
  }
}
