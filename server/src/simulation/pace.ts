// How time passes in a neighbourhood: from one moment at which something is due by itself to the next, and whoever has nothing to do is not asked.
import { hourMs, instantOf, later, millisecondsOf, type Instant } from "@partcommune/shared/platform/time";
import { laneMs } from "../platform/lanes.ts";
import type { Neighbour } from "./neighbourhood.ts";
import type { Network } from "./network.ts";
import { nextDue } from "./store/due.ts";

/** The one clock of all. */
export type Clock = { now: Instant };

export type Pace = {
  /** Lets what is on its way arrive everywhere, as far as the clock stands. */
  readonly settle: () => Promise<void>;
  /** Lets time pass, stopping wherever something is due by itself. */
  readonly passUntil: (end: Instant) => Promise<void>;
  /** What falls due by the clock is done now, as a server does each minute and a simulation each few hours. */
  readonly strike: () => Promise<void>;
};

const beatMs = 3 * hourMs;
const never = "9999-12-31T00:00:00.000Z" as Instant;

export function openPace(all: readonly Neighbour[], network: Network, clock: Clock): Pace {
  /** When each has something to do next; of those that worked since, it is not known. */
  const dues = new Map<Neighbour, Instant>();
  let beat = beatAfter(clock.now);

  async function dueOf(coop: Neighbour): Promise<Instant> {
    const due = dues.get(coop) ?? (await nextDue(coop.stage.coop.db)) ?? never;
    dues.set(coop, due);
    return due;
  }

  async function settle(): Promise<void> {
    for (const each of all) {
      if ((await dueOf(each)) > clock.now) continue;
      await each.stage.coop.lanes.wakeDue();
      dues.delete(each);
    }
    for (let busy = all.filter(isBusy); busy.length > 0; busy = all.filter(isBusy))
      for (const each of busy) {
        await each.stage.settle();
        await each.stage.coop.lanes.idle();
        dues.delete(each);
      }
  }

  /** As soon as a server would look at what was left lying, so that what cannot be done yet does not stop the clock. */
  async function dueNext(): Promise<Instant> {
    const [soonest, comes = never] = [later(clock.now, laneMs), network.nextLate()];
    let first = comes < beat ? comes : beat;
    for (const each of all) {
      const due = await dueOf(each);
      if (due < first) first = due;
    }
    return first < soonest ? soonest : first;
  }

  async function strike(): Promise<void> {
    beat = beatAfter(clock.now);
    for (const { stage } of all) await stage.keepTime();
  }

  async function goTo(at: Instant): Promise<void> {
    clock.now = at > clock.now ? at : later(clock.now, 1);
    for (const { stage } of all) stage.goTo(clock.now);
    if (clock.now >= beat) await strike();
    await network.bringLate();
    await settle();
  }

  async function passUntil(end: Instant): Promise<void> {
    for (let due = await dueNext(); due < end; due = await dueNext()) await goTo(due);
    await goTo(end);
  }

  return { settle, passUntil, strike };
}

/** The next moment at which every clock strikes: what falls due by a day or an hour is done then. */
const beatAfter = (now: Instant): Instant => instantOf((Math.floor(millisecondsOf(now) / beatMs) + 1) * beatMs);

const isBusy = ({ stage }: Neighbour): boolean => !stage.isQuiet() || !stage.coop.lanes.isIdle();
