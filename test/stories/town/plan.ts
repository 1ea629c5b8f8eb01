// What is to happen in a town, from a seed: who works for whom, for how much, and when each client pays. The coop itself decides nothing of it.
import { chanceFrom, type Chance } from "@partcommune/server/simulation/chance";
import { dayAfter, isWeekend } from "@partcommune/shared/platform/calendar";
import type { Day } from "@partcommune/shared/platform/time";

export type Size = { readonly members: number; readonly clients: number; readonly engagements: number; readonly days: number };

/** How a client pays: by the last day; 31 to 120 days after it; never; or, the largest, by the last day until it fails and then never more. */
export const manners = ["prompt", "late", "never", "large"] as const;
export type Manner = (typeof manners)[number];

export type Work = {
  readonly client: number;
  readonly member: number;
  /** Without VAT, in cents. */
  readonly price: number;
  /** Absent: the coop's own money. */
  readonly currency?: string;
  readonly signedOn: Day;
  readonly approvedOn: Day;
  /** Days from the invoice to the payment; absent: never. */
  readonly paysAfter?: number;
};

export type Plan = {
  readonly size: Size;
  readonly begins: Day;
  readonly ends: Day;
  /** The day on which the largest client has nothing left: what it has not paid by then it never pays. */
  readonly failsOn: Day;
  readonly clients: readonly Manner[];
  readonly works: readonly Work[];
};

/** In cents. The voted floor of an hour lets nobody work a day for less than the first. */
const prices = { least: 22_400, most: 900_000, leastOfLarge: 400_000 };
/** From an invoice to its last day. */
export const termDays = 30;
/** Of what is agreed on until it fails. */
const largeShare = 0.3;
const [lateShare, neverShare] = [0.1, 0.03];

/** As many small ones as large ones by each doubling: so the mean is this. */
const meanPrice = (prices.most - prices.least) / Math.log(prices.most / prices.least);
const meanOfLarge = (prices.most + prices.leastOfLarge) / 2;
/** How often the largest is the client, so that its share is what it should be. */
const largeOdds = (largeShare * meanPrice) / (largeShare * meanPrice + (1 - largeShare) * meanOfLarge);

export function planned(size: Size, seed: string, begins: Day): Plan {
  const chance = chanceFrom(seed);
  const ends = dayAfter(begins, size.days);
  const failsOn = dayAfter(begins, Math.floor((size.days * 2) / 3));
  const clients = mannersOf(size.clients);
  const workdays = Array.from({ length: size.days }, (_, at) => dayAfter(begins, at)).filter((day) => !isWeekend(day));
  const works = Array.from({ length: size.engagements }, (_, at): Work => {
    const signedOn = workdays[Math.floor((at * workdays.length) / size.engagements)] ?? begins;
    const isLarge = signedOn < failsOn && fraction(chance) < largeOdds;
    const client = isLarge ? 0 : 1 + chance.below(size.clients - 1);
    const approvedOn = nextWorkday(dayAfter(signedOn, 4 + chance.below(17)));
    const paysAfter = patienceOf(clients[client] ?? "prompt", chance);
    const isPaid = paysAfter !== undefined && !(isLarge && dayAfter(approvedOn, paysAfter) >= failsOn);
    const price = priceFrom(isLarge, chance);
    return { client, member: chance.below(size.members), price, signedOn, approvedOn, ...(isPaid ? { paysAfter } : {}) };
  });
  return { size, begins, ends, failsOn, clients, works };
}

const fraction = (chance: Chance): number => chance.below(1_000_000) / 1_000_000;

function mannersOf(count: number): readonly Manner[] {
  const late = Math.max(1, Math.round(count * lateShare));
  const never = Math.max(1, Math.round(count * neverShare));
  return Array.from({ length: count }, (_, at) => {
    if (at === 0) return "large";
    if (at <= late) return "late";
    return at <= late + never ? "never" : "prompt";
  });
}

function patienceOf(manner: Manner, chance: Chance): number | undefined {
  if (manner === "never") return undefined;
  return manner === "late" ? termDays + 31 + chance.below(90) : 5 + chance.below(26);
}

function priceFrom(isLarge: boolean, chance: Chance): number {
  const at = fraction(chance);
  if (isLarge) return Math.round(prices.leastOfLarge + at * (prices.most - prices.leastOfLarge));
  return Math.round(prices.least * (prices.most / prices.least) ** at);
}

function nextWorkday(day: Day): Day {
  return isWeekend(day) ? nextWorkday(dayAfter(day)) : day;
}

/** What founders would type into the wizard who foresaw this year: the average job, and how many a month. */
export function foreseenOf({ works, size }: Plan): {
  readonly averageJob: number;
  readonly jobsAMonth: number;
  readonly clientDays: number;
} {
  const sum = works.reduce((so, { price }) => so + price, 0);
  return { averageJob: Math.round(sum / works.length), jobsAMonth: Math.round((works.length * 30) / size.days), clientDays: termDays };
}
