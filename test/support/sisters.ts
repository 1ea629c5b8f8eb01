// Several coops that reach each other over real sockets on this machine, each with its own database, pages and address.
import { randomBytes } from "node:crypto";
import type { Test } from "tap";
import { z } from "zod";
import { guardedFetcher, type Fetcher } from "@partcommune/federation/fetcher";
import { keepPeer, lookUp } from "@partcommune/server/federation/actions/peers";
import { hashOfTerms } from "@partcommune/server/federation/actions/terms";
import { openPages } from "@partcommune/server/platform/pages";
import { newId, type World } from "@partcommune/server/platform/world";
import type { Terms } from "@partcommune/shared/governance/rules/terms";
import type { TreatyState } from "@partcommune/shared/federation/rules/treaty";
import { millisecondsOf, type Instant } from "@partcommune/shared/platform/time";
import { freePort } from "./browser.ts";
import { openCoop, seededRandom, type TestCoop, type Wishes } from "./coop.ts";

/** The sister of every story: the same software in France. */
export const laFilature = {
  name: "La Filature",
  country: "FR",
  zone: "Europe/Paris",
  letterhead: {
    street: "12 rue de la Filature",
    postcode: "59000",
    town: "Lille",
    vatNumber: "FR83404833048",
    iban: "FR14 2004 1010 0505 0001 3M02 606",
  },
} as const;

/** Loopback by name and by address, as the switch for one machine allows. */
const loopback = async (): Promise<readonly string[]> => ["127.0.0.1"];

/** What becomes of a message on its way: it arrives, is lost, or arrives and is lost on the way back, so that it comes again. */
export type Fate = "arrives" | "isLost" | "comesTwice";

/** How what is said to others travels. */
export type Travels = (fetcher: Fetcher) => Fetcher;

type Weather = { readonly fate?: () => Fate; readonly now?: string; readonly travels?: Travels; readonly reach?: World["reach"] };

/** A coop under `<name>.localhost`, with an outside; `pages` where somebody looks at it, `fate` or `travels` where the network is a bad one. */
export async function openSister(t: Test, name: string, pages = false, { fate, now, travels, reach }: Weather = {}): Promise<TestCoop> {
  const port = await freePort();
  const wishes = { seed: name, ...(now === undefined ? {} : { now }), ...(reach ? { world: { reach } } : {}) };
  return openReached(t, `http://${name}.localhost:${port}`, wishes, pages, travels ?? (fate && meeting(fate)));
}

/** A coop that listens at an address of this machine, and reaches what else does. */
export async function openReached(
  t: Test,
  origin: string,
  wishes: Wishes = {},
  pages = false,
  travels: Travels = (fetcher) => fetcher,
): Promise<TestCoop> {
  const coop: TestCoop = await openCoop(t, {
    ...wishes,
    settings: { origin },
    world: {
      ...wishes.world,
      outside: (sign) => travels(guardedFetcher({ resolve: loopback, now: () => millisecondsOf(coop.now()), allowPrivate: true, sign })),
    },
  });
  if (pages) await openPages(coop.app, { origin, random: seededRandom(`nonce ${origin}`) });
  await hears(coop);
  return coop;
}

const hears = async ({ app, origin }: TestCoop): Promise<unknown> => app.listen({ host: "127.0.0.1", port: Number(new URL(origin).port) });

/** A coop whose process was killed is back at its address. */
export async function backAtItsAddress(coop: TestCoop): Promise<void> {
  await coop.comeBack();
  await hears(coop);
}

/** Messages that have a fate. */
const meeting =
  (fate: () => Fate): Travels =>
  (fetcher) => ({
    ...fetcher,
    post: async (...message) => {
      const meets = fate();
      const answer = meets === "isLost" ? { status: 0 } : await fetcher.post(...message);
      return meets === "arrives" ? answer : { status: 0 };
    },
  });

/** What two coops of tests agree on, unless a test says otherwise. */
export const terms: Terms = {
  hostSharePpm: 200_000,
  currencies: ["EUR"],
  exposure: [{ amount: "20000", currency: "EUR" }],
  creditRisk: "host",
  nettingDay: 5,
  settleWithinDays: 10,
  countries: ["BE", "FR"],
  startsAt: "2026-01-01T00:00:00.000Z" as Instant,
  expiresAt: "2030-01-01T00:00:00.000Z" as Instant,
};

/** Two coops that are bound by a treaty already, as if both memberships had voted for it: for what comes after that. */
export async function bound(accepter: TestCoop, offerer: TestCoop, change: Partial<Terms> = {}): Promise<void> {
  const treaty = { terms: { ...terms, ...change }, iri: `${accepter.origin}/treaties/${newId({ random: randomBytes }, accepter.now())}` };
  await bindTo(accepter, offerer.origin, { ...treaty, name: await nameOf(offerer) });
  await bindTo(offerer, accepter.origin, { ...treaty, name: await nameOf(accepter), ours: true });
}

const nameOf = async ({ db }: TestCoop): Promise<string> =>
  (await db.selectFrom("platform.coop").select("name").executeTakeFirstOrThrow()).name;

type Bond = {
  readonly name?: string;
  readonly terms?: Terms;
  readonly iri?: string;
  readonly ours?: boolean;
  readonly state?: TreatyState;
};

/** What one coop holds of a treaty with the server at an origin, whoever that is. */
export async function bindTo(coop: TestCoop, origin: string, bond: Bond = {}): Promise<void> {
  const { terms: agreed = terms, ours = false, state = "active", name = origin, iri = `${origin}/treaties/1` } = bond;
  const [at, board] = [coop.now(), `${origin}/jobs`];
  const id = (): string => newId({ random: randomBytes }, at);
  const known = { name, actor: `${origin}/actor`, board, jobs: `${board}/open` };
  const { id: host } = await coop.db
    .insertInto("federation.host")
    .values({ id: id(), origin, at, ...known, currencies: ["EUR"] })
    .onConflict((conflict) => conflict.column("origin").doUpdateSet(known))
    .returning("id")
    .executeTakeFirstOrThrow();
  const row = { id: id(), host, state, ours, draft: 1, terms: JSON.stringify(agreed), hash: hashOfTerms(agreed), iri, at };
  await coop.db.insertInto("federation.treaty").values(row).execute();
}

/** Two coops know who the other is, as those do that came to a treaty by speaking to each other. */
export async function introduced(one: TestCoop, other: TestCoop): Promise<void> {
  await met(one, `${other.origin}/actor`);
  await met(other, `${one.origin}/actor`);
}

/** Keeps who somebody elsewhere is, as their own door shows them. */
async function met(coop: TestCoop, actor: string): Promise<void> {
  const seen = await lookUp(guardedFetcher({ resolve: loopback, now: () => millisecondsOf(coop.now()), allowPrivate: true }), actor);
  if (typeof seen === "string") throw new Error(`${actor} was not found: ${seen}`);
  const verb = { name: "test.meet", input: z.strictObject({}), answer: z.object({}), status: 200 };
  await coop.perform({ kind: "clock" }, verb, async (scope) => (await keepPeer(scope, seen), {}), {}, { key: actor, cause: "test" });
}

/** Lets everything that is on its way arrive and be worked, however often it has to go to and fro. */
export async function settled(...coops: readonly TestCoop[]): Promise<void> {
  // What one coop sends while another was looked at already shows in the next round.
  for (let quiet = 0; quiet < 2; quiet += 1) {
    for (const coop of coops) {
      await coop.lanes.wakeDue();
      await coop.settle();
    }
    if ((await Promise.all(coops.map(isBusy))).includes(true)) quiet = -1;
  }
}

/** Whether something is due to leave or came and was not worked, in one look. */
async function isBusy({ db, now }: TestCoop): Promise<boolean> {
  const due = db
    .selectFrom("federation.delivery as delivery")
    .innerJoin("federation.host as host", "host.id", "delivery.host")
    .select("activity as id")
    .where("delivery.state", "=", "due")
    .where("host.blocked_at", "is", null)
    .where((eb) => eb.or([eb.and([eb("probe_at", "is", null), eb("due_at", "<=", now())]), eb("probe_at", "<=", now())]));
  const came = db.selectFrom("federation.inbox_event").select("id").where("state", "=", "new").where("due_at", "<=", now());
  return (await due.unionAll(came).limit(1).execute()).length > 0;
}
