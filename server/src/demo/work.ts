// One job of the demo from its posting to the end it is to have, written into the agenda; and when it is paid.
import {
  acceptBid,
  approveHandIn,
  askChanges,
  cancelEngagement,
  changeJob,
  extendJob,
  handIn,
  openDispute,
  placeBid,
  postJob,
  readEngagement,
  rejectBid,
  signBid,
  signEngagement,
  startEngagement,
} from "@partcommune/shared/marketplace/api";
import { listOpenInvoices, readInvoice } from "@partcommune/shared/money/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import type { Instant } from "@partcommune/shared/platform/time";
import { onDay, type Agenda } from "./agenda.ts";
import { pitchIn, type Cast, type Work } from "./cast.ts";
import { beforeAward, changeProposed, talked } from "./company.ts";
import type { Client, House, Member } from "./people.ts";
import type { Stage } from "./stage.ts";
import { booked, payAhead } from "./treasury.ts";

/** How far a job of the demo has come when its story stops. */
export const fates = [
  "open",
  "assembling",
  "changed",
  "quoted",
  "signedByOne",
  "heldUp",
  "covered",
  "underWay",
  "handedIn",
  "changesAsked",
  "disputed",
  "invoiced",
  "paid",
  "cancelled",
] as const;
export type Fate = (typeof fates)[number];

export type Job = {
  readonly client: Client;
  readonly member: Member;
  readonly rivals: readonly Member[];
  readonly work: Work;
  /** Whether its client chooses without names and under seal. */
  readonly veiled?: boolean;
  /** The first hour of the day it is posted. */
  readonly from: Instant;
  readonly fate: Fate;
  /** Days from the invoice to the client's payment. */
  readonly paysAfter: number;
};

type Told = { readonly stage: Stage; readonly agenda: Agenda; readonly house: House; readonly until: Instant };

const dayOf = (at: Instant): string => at.slice(0, 10);
const eur = (amount: string) => ({ amount, currency: "EUR" });

/** How a job of the demo asks for its price. */
function priceOf({ price, hour, bounds }: Pick<Work, "price" | "hour" | "bounds">) {
  if (hour) return { priceKind: "hourly" as const };
  return bounds ? { least: eur(bounds[0]), most: eur(bounds[1]) } : { price: eur(price) };
}

/** What a job of the demo says about the work. */
const termsOf = ({ founding }: Cast, { title, text, language, trade, town, ...asked }: Work, from: Instant) => ({
  title,
  text,
  language,
  trade,
  place: { town: town ?? founding.letterhead.town, country: founding.country },
  startOn: dayOf(onDay(from, 8, 9)),
  endOn: dayOf(onDay(from, 12, 9)),
  ...priceOf(asked),
});

/** Notes everything that happens to a job. */
export function tellJob(told: Told, job: Job): void {
  const { agenda, stage } = told;
  const { client, work, from, veiled = false } = job;
  agenda.note(onDay(from, 0, 9), async () => {
    const { id } = await client.does(postJob, {
      client: client.client,
      ...termsOf(stage.cast, work, from),
      bidsUntil: dayOf(onDay(stage.now(), 5, 9)),
      blind: veiled,
      bidding: veiled ? "sealed" : "open",
    });
    agenda.note(onDay(from, 1, 8), () => tellBids(told, job, id));
  });
}

async function tellBids(told: Told, { client, member, rivals, work, from, fate, ...rest }: Job, job: string): Promise<void> {
  const { cast } = told.stage;
  const rate = work.hour ? { rate: eur(work.hour) } : {};
  const bid = { job, amount: eur(work.price), ...rate, pitch: pitchIn(cast, work.language) };
  if (fate === "assembling") return asksColleagues(cast, member, rivals, bid);
  const { id } = await member.does(placeBid, bid);
  // Where the price is open, the rival asks for more than the client has in mind.
  const theirs = work.bounds ? { ...bid, amount: eur("3200.00"), days: 5 } : bid;
  for (const rival of rivals) {
    const { id: refused } = await rival.does(placeBid, theirs);
    if (work.bounds) await client.does(rejectBid, { bid: refused, version: 1, reason: cast.words.work.tooDear });
  }
  if (fate === "changed") return tellChange(told, { client, work, from }, job);
  if (fate === "open") return beforeAward(told.stage, { client, member, rivals, veiled: rest.veiled }, job);
  told.agenda.note(onDay(from, 2, 10), async () => {
    const { engagement } = await client.does(acceptBid, { bid: id, version: 1, amount: eur(work.price) });
    tellSigning(told, { client, member, rivals, work, from, fate, ...rest }, engagement);
  });
}

/** Asks the first and the third of the leads to join: one of them has signed, and the other one finds it waiting. */
async function asksColleagues({ leads }: Cast, lead: Member, rivals: readonly Member[], bid: AskedOf<typeof placeBid>): Promise<void> {
  const others = leads.members.filter((_, at) => at !== 1).map(({ handle }) => ({ handle, share: { ppm: 300_000 } }));
  const { id } = await lead.does(placeBid, { ...bid, team: { own: { ppm: 400_000 }, others } });
  await rivals.at(-1)?.does(signBid, { bid: id, version: 1 });
}

/** The client of an open job gives more time for the work and for bids: its bidders are asked again, and the demo leaves the answer to them. */
function tellChange({ agenda, stage }: Told, { client, work, from }: Pick<Job, "client" | "work" | "from">, job: string): void {
  agenda.note(onDay(from, 2, 8), async () => {
    await client.does(changeJob, { job, version: 1, ...termsOf(stage.cast, work, from), endOn: dayOf(onDay(from, 19, 9)) });
    await client.does(extendJob, { job, bidsUntil: dayOf(onDay(from, 9, 9)) });
  });
}

function tellSigning(told: Told, job: Job, engagement: string): void {
  const { client, member, from, fate } = job;
  if (fate === "quoted") return;
  told.agenda.note(onDay(from, 3, 9), async () => {
    const { hash } = await client.does(readEngagement, { engagement });
    await client.does(signEngagement, { engagement, hash });
    if (fate === "signedByOne") return;
    await member.does(signEngagement, { engagement, hash });
    tellWork(told, job, engagement);
  });
}

function tellWork(told: Told, job: Job, engagement: string): void {
  const { client, member, from, fate } = job;
  const { agenda, stage } = told;
  const { words } = stage.cast;
  if (fate === "heldUp" || fate === "covered") return;
  if (fate === "cancelled")
    return agenda.note(onDay(from, 5, 11), async () => {
      await client.does(cancelEngagement, { engagement, reason: words.work.calledOff });
    });
  agenda.note(onDay(from, 7, 8), async () => void (await member.does(startEngagement, { engagement })));
  if (fate !== "paid") agenda.note(onDay(from, 8, 9), () => talked(stage, { client, member }, engagement));
  if (fate === "underWay") return agenda.note(onDay(from, 9, 10), () => changeProposed(stage, client, engagement));
  agenda.note(onDay(from, 12, 15), async () => {
    await handedIn(member, engagement, words.work.handedIn);
    tellAnswer(told, job, engagement);
  });
}

async function milestoneOf({ does }: Client | Member, engagement: string): Promise<{ readonly id: string; readonly version: number }> {
  const [milestone] = (await does(readEngagement, { engagement })).milestones;
  if (!milestone) throw new Error("an engagement of the demo has no milestone");
  return milestone;
}

/** Work that is paid by the hour took somewhat less than it might have. */
async function handedIn(member: Member, engagement: string, text: string): Promise<void> {
  const { rate } = await member.does(readEngagement, { engagement });
  const time = rate ? { minutes: 58 * 60 } : {};
  await member.does(handIn, { milestone: (await milestoneOf(member, engagement)).id, text, ...time });
}

function tellAnswer(told: Told, job: Job, engagement: string): void {
  const { client, member, from, fate } = job;
  const { agenda, stage } = told;
  const { changes, dispute } = stage.cast.words.work;
  const answers: Partial<Record<Fate, () => Promise<unknown>>> = {
    changesAsked: async () =>
      client.does(askChanges, {
        milestone: (await milestoneOf(client, engagement)).id,
        points: [...changes],
      }),
    disputed: async () =>
      member.does(openDispute, {
        milestone: (await milestoneOf(member, engagement)).id,
        reason: dispute,
      }),
    invoiced: () => approved(told, job, engagement),
    paid: () => approved(told, job, engagement),
  };
  const answer = answers[fate];
  if (answer) agenda.note(onDay(from, 13, 10), async () => void (await answer()));
}

async function approved(told: Told, { client, fate, paysAfter }: Job, engagement: string): Promise<void> {
  const { stage, agenda, house } = told;
  const { id: milestone, version } = await milestoneOf(client, engagement);
  const { invoice } = await client.does(approveHandIn, { milestone, version });
  payAhead(told, onDay(stage.now(), 7, 2));
  if (fate === "invoiced") return;
  agenda.note(onDay(stage.now(), paysAfter, 2), async () => {
    const { gross } = await house.tess.does(readInvoice, { invoice: invoice.id });
    await booked(stage, house, gross.amount, { kind: "clientPaid", invoice: invoice.id });
  });
}

/** How many invoices stand open: for whoever wants to say what the demo holds. */
export const openInvoices = async ({ house }: Pick<Told, "house">): Promise<number> =>
  (await house.tess.does(listOpenInvoices, { limit: 200 })).items.length;
