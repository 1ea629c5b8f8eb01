// Two who agree, work, send a file, hand in and approve, again and again: each approval is an invoice with the next number.
import {
  acceptBid,
  approveHandIn,
  handIn,
  placeBid,
  postJob,
  readEngagement,
  signEngagement,
  startEngagement,
} from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { announceFile, finishFile, sendPart } from "@partcommune/shared/platform/api/files";
import { dayOf } from "@partcommune/shared/platform/calendar";
import { dayMs, instantOf, later } from "@partcommune/shared/platform/time";
import { posterJob } from "../support/jobs.ts";
import type { Caller, Crowd } from "./callers.ts";

export type Poster = { readonly caller: Caller; readonly client: string };

/** A day so many days from today. */
export const dayIn = (days: number): string => dayOf(later(instantOf(Date.now()), days * dayMs), "UTC");

/** Goes on until the crowd is told to stop. What another act's kill left open is settled before the next step. */
export async function deal(poster: Poster | undefined, worker: Caller | undefined, { stopped }: Crowd): Promise<void> {
  if (!poster || !worker) throw new Error("a deal needs two");
  for (let turn = 1; !stopped(); turn += 1) {
    const engagement = await agree(poster, worker, turn);
    if (engagement && !stopped()) await carryOut(poster.caller, worker, engagement, turn);
  }
}

/** One deal to its approval; the invoice of it. */
export async function dealt(poster: Poster, worker: Caller, turn: number): Promise<string> {
  const engagement = await agree(poster, worker, turn);
  const approved = engagement && (await carryOut(poster.caller, worker, engagement, turn));
  if (!approved) throw new Error(`the deal ${turn} came to nothing`);
  return approved.invoice.id;
}

async function agree({ caller: buyer, client }: Poster, worker: Caller, turn: number): Promise<string | undefined> {
  const dates = { startOn: dayIn(20), endOn: dayIn(25), bidsUntil: dayIn(10) };
  const job = await buyer.act("job", postJob, { ...posterJob(client), ...dates, title: `Deal ${turn}` });
  const amount = { amount: "2000.00", currency: "EUR" };
  const bid = job && (await worker.act("bid", placeBid, { job: job.id, amount, pitch: `Bid of the deal ${turn}` }));
  const accepted = bid && (await buyer.act("acceptance", acceptBid, { bid: bid.id, version: 1, amount }));
  if (!accepted) return undefined;
  const { engagement } = accepted;
  const quote = await buyer.read(readEngagement, { engagement });
  if (!quote) return undefined;
  for (const side of [buyer, worker]) await side.act("signature", signEngagement, { engagement, hash: quote.hash });
  return engagement;
}

async function carryOut(
  buyer: Caller,
  worker: Caller,
  engagement: string,
  turn: number,
): Promise<ToldOf<typeof approveHandIn> | undefined> {
  await worker.act("start", startEngagement, { engagement });
  const file = await send(worker, engagement, turn);
  const milestone = (await worker.read(readEngagement, { engagement }))?.milestones[0]?.id ?? "";
  await worker.act("hand-in", handIn, { milestone, text: `Files of the deal ${turn}`, files: file ? [file] : [] });
  const { version = 0 } = (await buyer.read(readEngagement, { engagement }))?.milestones[0] ?? {};
  return buyer.act("approval", approveHandIn, { milestone, version });
}

async function send(worker: Caller, engagement: string, turn: number): Promise<string | undefined> {
  const bytes = Buffer.from(`Notes of the deal ${turn}`);
  const on = { subjectKind: "engagement", subject: engagement } as const;
  const announced = await worker.act("announcement", announceFile, { ...on, name: `deal-${turn}.txt`, size: bytes.length });
  if (!announced) return undefined;
  await worker.act("part", sendPart, { file: announced.id, no: 0, bytes: bytes.toString("base64") });
  return (await worker.act("file", finishFile, { file: announced.id }))?.id;
}
