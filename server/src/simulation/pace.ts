// How time passes in a neighbourhood: from one moment at which something is due by itself to the next, and whoever has nothing to do is not asked.
import { later, type Instant } from "@partcommune/shared/platform/time";
import { laneMs } from "../platform/lanes.ts";
import type { Neighbour } from "./neighbourhood.ts";
import type { Network } from "./network.ts";
import { nextDue } from "./store.ts";

/** The one clock of all. */
export type Clock = { now: Instant };

export type Pace = {
  /** Lets what is on its way arrive everywhere, as far as the clock stands. */
  readonly settle: () => Promise<void>;
  /** Lets time pass, stopping wherever something is due by itself. */
  readonly passUntil: (end: Instant) => Promise<void>;
};

const never = "9999-12-31T00:00:00.000Z" as Instant;

export function openPace(all: readonly Neighbour[], network: Network, clock: Clock): Pace {
  /** When each has something to do next; of those that worked since, it is not known. */
  const dues = new Map<Neighbour, Instant>();

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
    let first = comes;
    for (const each of all) {
      const due = await dueOf(each);
      if (due < first) first = due;
    }
    return first < soonest ? soonest : first;
  }

  async function goTo(at: Instant): Promise<void> {
    clock.now = at > clock.now ? at : later(clock.now, 1);
    for (const { stage } of all) stage.goTo(clock.now);
    await network.bringLate();
    await settle();
  }

  async function passUntil(end: Instant): Promise<void> {
    for (let due = await dueNext(); due < end; due = await dueNext()) await goTo(due);
    await goTo(end);
  }

  return { settle, passUntil };
}

const isBusy = ({ stage }: Neighbour): boolean => !stage.isQuiet() || !stage.coop.lanes.isIdle();
