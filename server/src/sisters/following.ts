// An officer of a sister looks for the other coops and follows their boards, through the doors that officers use.
import { askNeighbour, followNeighbour, listNeighbours } from "@partcommune/shared/federation/api";
import { searchJobs } from "@partcommune/shared/marketplace/api";
import { enterDemo, listDemoPeople } from "@partcommune/shared/membership/api/demo";
import type { AskedOf, Endpoint, ToldOf } from "@partcommune/shared/platform/endpoint";
import { instantOf, millisecondsOf } from "@partcommune/shared/platform/time";
import type { Running } from "../main.ts";
import { callerOf } from "../platform/caller.ts";
import { realClock, realPause, realRandom } from "../platform/world.ts";

type Officer = { readonly asks: <E extends Endpoint>(endpoint: E, input: AskedOf<E>) => Promise<ToldOf<E>> };
type Neighbour = ToldOf<typeof listNeighbours>["items"][number];

const lookMs = 250;
const patienceMs = 60_000;

/** The officer whom anyone may walk in as: one of the board. */
async function officerOf({ coop, url }: Running): Promise<Officer> {
  const { call } = callerOf(coop.app, url);
  const asks: Officer["asks"] = async (endpoint, input) => {
    const { status, body, text } = await call(endpoint, input, Buffer.from(realRandom(12)).toString("hex"));
    if (status >= 400) throw new Error(`${endpoint.method} ${endpoint.path} at ${url}: ${text}`);
    return body;
  };
  const board = (await asks(listDemoPeople, {})).items.find(({ roles }) => roles.includes("board"));
  if (!board) throw new Error(`${url} has no board`);
  await asks(enterDemo, { person: board.id });
  return { asks };
}

/** Follows every board that its officers have not dealt with yet; what they left stays left. */
export async function followBoards(running: Running, others: readonly string[]): Promise<void> {
  const officer = await officerOf(running);
  for (const origin of others) await followBoard(officer, origin);
}

async function followBoard(officer: Officer, origin: string): Promise<void> {
  if (!(await neighbourAt(officer, origin))) await officer.asks(askNeighbour, { address: origin });
  const known = await lookingUntil(async () => leaving("asked", await neighbourAt(officer, origin)), `${origin} to answer`);
  if (known.state === "unreachable") throw new Error(`no coop was found at ${origin}: ${known.why}`);
  if (known.state !== "found") return;
  await officer.asks(followNeighbour, { neighbour: known.id });
  const { name } = await lookingUntil(async () => leaving("waiting", await neighbourAt(officer, origin)), `${origin} to be followed`);
  await lookingUntil(async () => jobAt(officer, name), `a job of ${name}`);
}

const neighbourAt = async ({ asks }: Officer, origin: string): Promise<Neighbour | undefined> =>
  (await asks(listNeighbours, {})).items.find((each) => each.origin === origin);

const leaving = (state: Neighbour["state"], known: Neighbour | undefined): Neighbour | undefined =>
  known?.state === state ? undefined : known;

const jobAt = async ({ asks }: Officer, name: string | undefined) =>
  (await asks(searchJobs, { order: "newest", limit: 100 })).items.find(({ elsewhere }) => elsewhere?.coop === name);

/** What is looked for, as soon as it is there. */
async function lookingUntil<Found>(look: () => Promise<Found | undefined>, what: string): Promise<Found> {
  const end = millisecondsOf(realClock()) + patienceMs;
  for (let at = realClock(); millisecondsOf(at) < end; at = realClock()) {
    const found = await look();
    if (found !== undefined) return found;
    await realPause(lookMs);
  }
  throw new Error(`waited in vain for ${what} until ${instantOf(end)}`);
}
