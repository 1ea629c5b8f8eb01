// How time passes in a neighbourhood: from one moment at which something is due by itself to the next, and whoever has nothing to do is not asked.
import { dayMs, instantOf, later, millisecondsOf, type Instant } from "@partcommune/shared/platform/time";
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
  /** What falls due by the clock is done now everywhere, and the lists of others are read: a server does the one each minute and the other each hour, a simulation each day. */
  readonly strike: () => Promise<void>;
  /** What was left lying is woken everywhere; a server looks for it every `laneMs`. */
  readonly look: () => Promise<void>;
};

/** Every clock strikes once a day, each at an hour of its own. */
const everyMs = dayMs;
const never = "9999-12-31T00:00:00.000Z" as Instant;

export function openPace(all: readonly Neighbour[], network: Network, clock: Clock): Pace {
  /** When each has something to do next; of those that worked since, it is not known. */
  const dues = new Map<Neighbour, Instant>();
  let beat = beatAfter(clock.now, all.length);

  async function dueOf(coop: Neighbour): Promise<Instant> {
    const due = dues.get(coop) ?? (await nextDue(coop.stage.coop.db)) ?? never;
    dues.set(coop, due);
    return due;
  }

  async function settle(): Promise<void> {
    for (const each of all) {
      if ((await dueOf(each)) > clock.now) continue;
      await each.stage.coop.lanes.wakeDue("federation.inbox");
      await each.stage.coop.lanes.wakeDue("federation.delivery");
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

  async function strikeAt({ stage }: Neighbour): Promise<void> {
    await stage.keepTime();
    await stage.coop.lanes.wakeDue("marketplace.reading");
  }

  async function strike(): Promise<void> {
    for (const each of all) await strikeAt(each);
  }

  async function look(): Promise<void> {
    for (const { stage } of all) await stage.coop.lanes.wakeDue();
  }

  /** One clock strikes, and the next is another's. */
  async function beatNow(): Promise<void> {
    const struck = all[beatsBefore(clock.now, all.length) % all.length];
    beat = beatAfter(clock.now, all.length);
    if (struck) await strikeAt(struck);
  }

  async function goTo(at: Instant): Promise<void> {
    clock.now = at > clock.now ? at : later(clock.now, 1);
    for (const { stage } of all) stage.goTo(clock.now);
    if (clock.now >= beat) await beatNow();
    await network.bringLate();
    await settle();
  }

  async function passUntil(end: Instant): Promise<void> {
    for (let due = await dueNext(); due < end; due = await dueNext()) await goTo(due);
    await goTo(end);
  }

  return { settle, passUntil, strike, look };
}

/** How often a clock of so many struck before a moment, and the next moment at which one does. */
const beatsBefore = (now: Instant, clocks: number): number => Math.floor((millisecondsOf(now) * clocks) / everyMs);
const beatAfter = (now: Instant, clocks: number): Instant => instantOf(Math.ceil(((beatsBefore(now, clocks) + 1) * everyMs) / clocks));

const isBusy = ({ stage }: Neighbour): boolean => !stage.isQuiet() || !stage.coop.lanes.isIdle();
