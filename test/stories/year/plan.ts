// What makes a book year of a town: in which money each client pays, how each member is paid, and which work is taken back in part.
import type { foundClient } from "@partcommune/shared/membership/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import type { Day } from "@partcommune/shared/platform/time";
import { organisation } from "../../support/people.ts";
import { planned, type Plan, type Size, type Work } from "../town/plan.ts";
import { ways, type House, type Way } from "../town/town.ts";

/** Work of which a part is taken back: before its member is paid, or after. */
export type Credited = "before" | "after";

export type BookPlan = Plan & {
  readonly founding: readonly AskedOf<typeof foundClient>[];
  readonly ways: readonly Way[];
  readonly credited: ReadonlyMap<Work, Credited>;
};

export const begins = "2026-01-01" as Day;
/** The day on which a lower fee is to begin. */
export const lowerFrom = "2026-07-01" as Day;
/** What a crown is less than a franc or a euro, so that work costs alike. */
const crowns = 12;

/** Of seven clients one in Switzerland pays francs, and one in Sweden crowns; the largest is at home. */
const moneyOf = (client: number): string | undefined => ({ 3: "CHF", 4: "SEK" })[client % 7];

export const wayOf = (member: number): Way => ways[member % ways.length] ?? "small";

export function bookPlan(size: Omit<Size, "days">, seed: string, { place: { country } }: House): BookPlan {
  const plan = planned({ ...size, days: 365 }, seed, begins);
  const works = openAtYearsEnd(plan.works).map(inTheirMoney);
  return {
    ...plan,
    works,
    founding: plan.clients.map((_, at) => foundingOf(at, country)),
    ways: Array.from({ length: size.members }, (_, at) => wayOf(at)),
    credited: creditsOf(works),
  };
}

function inTheirMoney(work: Work): Work {
  const currency = moneyOf(work.client);
  if (currency === undefined) return work;
  return { ...work, currency, price: currency === "SEK" ? work.price * crowns : work.price };
}

/** A Swedish VAT number: nine digits, the one that checks them (Luhn), and 01. */
function swedish(at: number): string {
  const digits = String(at).padStart(9, "5");
  const sum = Array.from(digits, (digit, place) => Number(digit) * (place % 2 === 0 ? 2 : 1)).reduce(
    (all, each) => all + Math.floor(each / 10) + (each % 10),
    0,
  );
  return `SE${digits}${(10 - (sum % 10)) % 10}01`;
}

function foundingOf(at: number, home: string): AskedOf<typeof foundClient> {
  const house = { ...organisation, country: home, name: `House ${at} SA` };
  const money = moneyOf(at);
  if (money === "CHF") return { ...house, country: "CH", name: `Haus ${at} AG` };
  return money === "SEK" ? { ...house, country: "SE", vatNumber: swedish(at), name: `Hus ${at} AB` } : house;
}

/** The last that is approved by the middle of December is a Swiss client's, who pays after the year. */
function openAtYearsEnd(works: readonly Work[]): readonly Work[] {
  const last = works.findLastIndex(({ approvedOn, paysAfter }) => approvedOn <= "2026-12-18" && paysAfter !== undefined);
  return works.map((work, at) => (at === last ? { ...work, client: 3, paysAfter: 28 } : work));
}

/** One in fifty of each kind, of those whose client pays. */
function creditsOf(works: readonly Work[]): ReadonlyMap<Work, Credited> {
  const paid = works.filter(({ paysAfter }) => paysAfter !== undefined);
  const at = (place: number, credited: Credited) =>
    paid.filter((_, each) => each % 50 === place).map((work): readonly [Work, Credited] => [work, credited]);
  return new Map([...at(5, "after"), ...at(15, "before")]);
}
