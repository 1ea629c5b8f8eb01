// What happens in the demo's eighteen months, ending now: people come, jobs are done and paid week by week, and today every state can be seen.
import { later, type Instant } from "@partcommune/shared/platform/time";
import { noteAdvances } from "./advances.ts";
import { onDay, openAgenda, type Agenda } from "./agenda.ts";
import { workOf, type Work } from "./cast.ts";
import { branchOut, declared, shownInDirectory } from "./company.ts";
import {
  confirmed,
  foundHouse,
  leadClients,
  newcomer,
  onTrial,
  sharePaid,
  someClient,
  staff,
  withAccount,
  type Client,
  type Founding,
  type House,
  type Member,
} from "./people.ts";
import { notePanel } from "./panel.ts";
import type { Stage } from "./stage.ts";
import { noteAssemblies } from "./assemblies.ts";
import { knownToTaxOffice, noteIncomeReports } from "./incomes.ts";
import { noteGatherings } from "./gatherings.ts";
import { noteVotes } from "./votes.ts";
import { endowed, noteCosts, payDay, theirs } from "./treasury.ts";
import { tellJob, type Fate, type Job } from "./work.ts";

export const storyDays = 548;

/** How much there is of everything; tests take less. */
export type Size = { readonly members: number; readonly clients: number; readonly jobsAMonth: number };
export const whole: Size = { members: 200, clients: 40, jobsAMonth: 4 };

/** How much happens, in a coop founded with which rules. */
export type Telling = { readonly size: Size; readonly founding: Founding };

const workers = 9;
const midnight = (at: Instant): Instant => `${at.slice(0, 10)}T00:00:00.000Z` as Instant;

/** Tells the whole story; the stage's clock ends at `until`. `founded` is called once there is a coop that can be marked as a demo. */
export async function tellStory(stage: Stage, until: Instant, { size, founding }: Telling, founded: () => Promise<void>): Promise<void> {
  const board = await foundHouse(stage, founding, founded);
  const house = await staff(stage, board);
  await endowed(stage, house);
  const { leads } = stage.cast;
  const agenda = openAgenda();
  const clients: Client[] = [...(await leadClients(stage))];
  const members: Member[] = [];
  for (const { name, trade } of leads.members) members.push(await onTrial(stage, house, name, trade));
  const told = { stage, agenda, house, until };
  noteArrivals(told, size, clients, members);
  noteHistory(told, size, clients, members);
  noteToday(told, clients, members);
  noteCompany(told, members);
  noteVotes({ stage, agenda, members }, until);
  notePanel({ stage, agenda, members }, house, until);
  noteGatherings({ stage, agenda, members }, until);
  noteAssemblies({ stage, agenda, house, members }, until);
  noteCosts(told);
  noteIncomeReports(agenda, house, begin(until), until);
  noteWeeks(told);
  await agenda.run(stage, until);
}

type Told = { readonly stage: Stage; readonly agenda: Agenda; readonly house: House; readonly until: Instant };

const begin = (until: Instant): Instant => midnight(later(until, -storyDays * 86_400_000));

function noteArrivals({ stage, agenda, house, until }: Told, size: Size, clients: Client[], members: Member[]): void {
  const { leads } = stage.cast;
  const start = begin(until);
  for (const [number, member] of members.entries()) settleIn({ stage, agenda, house }, start, member, number);
  for (let number = leads.members.length; number < size.members; number += 1) {
    // Never before those who came first: who is an associate, and who does what, goes by the order of arrival.
    const day = 1 + Math.floor((Math.max(0, number - workers) * (storyDays - 11)) / size.members);
    agenda.note(onDay(start, day, 10), async () => {
      const member = await newcomer(stage, house, number);
      members.push(member);
      settleIn({ stage, agenda, house }, onDay(start, day, 0), member, number);
    });
  }
  for (let number = clients.length; number < size.clients; number += 1) {
    const day = Math.floor((number * (storyDays - 60)) / size.clients);
    agenda.note(onDay(start, day, 11), async () => void clients.push(await someClient(stage, number - leads.clients.length)));
  }
}

/** A trial of three months, then a share; those who work say where their money goes. */
function settleIn({ stage, agenda, house }: Omit<Told, "until">, from: Instant, member: Member, number: number): void {
  agenda.note(onDay(from, 95, 9), async () => void (await confirmed(house, member)));
  if (number % 3 !== 2) agenda.note(onDay(from, 120, 9), () => sharePaid(stage, house, member));
  if (number < workers) agenda.note(onDay(from, 3, 9), () => withAccount(stage, house, member, number));
  if (number < workers - 1) agenda.note(onDay(from, 4, 9), () => knownToTaxOffice(stage, house, member, number));
}

/** Jobs long done: a few each month, from whoever was there. */
function noteHistory(told: Told, { jobsAMonth }: Size, clients: readonly Client[], members: readonly Member[]): void {
  const { until } = told;
  const start = begin(until);
  const step = 30 / jobsAMonth;
  for (let number = 0; 20 + number * step < storyDays - 90; number += 1) {
    const from = onDay(start, Math.floor(20 + number * step), 0);
    told.agenda.note(onDay(from, 0, 8), async () =>
      tellJob(told, {
        client: clients[number % clients.length] as Client,
        member: members[number % workers] as Member,
        rivals: [members[(number + 1) % workers] as Member, members[(number + 3) % workers] as Member],
        work: workOf(told.stage.cast, number),
        from,
        fate: "paid",
        paysAfter: 12 + ((number * 11) % 40),
      }),
    );
  }
}

/** For each state that can be seen today: how many days ago its job was posted. */
const seenToday: readonly (readonly [Fate, number])[] = [
  ["invoiced", 66],
  ["paid", 42],
  ["paid", 29],
  ["invoiced", 21],
  ["disputed", 19],
  ["changesAsked", 17],
  ["handedIn", 14],
  ["underWay", 9],
  ["cancelled", 8],
  ["heldUp", 5],
  ["covered", 5],
  ["signedByOne", 4],
  ["quoted", 3],
  ["changed", 3],
  ["open", 3],
  ["open", 2],
  ["open", 2],
  ["open", 2],
  ["assembling", 2],
];

function noteToday(told: Told, clients: readonly Client[], members: readonly Member[]): void {
  const { until } = told;
  const { cast } = told.stage;
  const { leads } = cast;
  for (const [number, [fate, days]] of seenToday.entries()) {
    const from = midnight(later(until, -days * 86_400_000));
    told.agenda.note(onDay(from, 0, 7), async () => {
      const work = workOf(cast, number);
      tellJob(told, {
        client: clients[number % leads.clients.length] as Client,
        ...peopleFor(fate, number, members, leads.members.length),
        work: fate === "heldUp" ? underpaid(work) : work,
        from,
        fate,
        veiled: number === seenToday.length - 1,
        paysAfter: 14,
      });
    });
  }
}

/** Who bids on a job of today: a lead and somebody else, or the leads together. */
const peopleFor = (fate: Fate, number: number, members: readonly Member[], leading: number): Pick<Job, "member" | "rivals"> =>
  fate === "assembling"
    ? { member: members[1] as Member, rivals: [members[0] as Member, members[2] as Member] }
    : { member: members[number % leading] as Member, rivals: [members[leading + (number % 4)] as Member] };

function noteCompany({ stage, agenda, house, until }: Told, members: readonly Member[]): void {
  const start = begin(until);
  agenda.note(onDay(start, 9, 9), () => branchOut(stage, house, members));
  agenda.note(onDay(start, 10, 9), () => shownInDirectory(stage, members));
  const [, lotte] = members;
  const day = (days: number): string => onDay(until, days, 0).slice(0, 10);
  if (lotte) noteAdvances(agenda, lotte, midnight(until));
  if (lotte) agenda.note(onDay(midnight(until), -1, 10), async () => void (await declared(stage, lotte, day(7), day(40))));
}

/** A price that the voted floor does not let pass by itself. */
const underpaid = (work: Work): Work => ({ ...work, price: "640.00" });

function noteWeeks(told: Told): void {
  const start = begin(told.until);
  for (let day = 0; day < storyDays; day += 1) {
    // Long ago a look at the clock now and then is enough; the last weeks are lived day by day.
    if (day % 4 === 0 || day > storyDays - 45) told.agenda.note(onDay(start, day, 6), told.stage.keepTime);
    const pays = onDay(start, day, 14);
    if (day % 7 === 4 && pays < theirs(told.until)) told.agenda.note(pays, async () => void (await payDay(told)));
  }
}
