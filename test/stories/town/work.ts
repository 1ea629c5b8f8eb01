// The work of a town: agreed on and signed by both, and some days later handed in, approved and paid as its client pays.
import { acceptBid, approveHandIn, handIn, placeBid, postJob, signEngagement } from "@partcommune/shared/marketplace/api";
import { dayAfter } from "@partcommune/shared/platform/calendar";
import { moneyText } from "@partcommune/shared/platform/money";
import { posterJob } from "../../support/jobs.ts";
import type { Day } from "@partcommune/shared/platform/time";
import type { Bank } from "./bank.ts";
import type { Work } from "./plan.ts";
import { creditedFor } from "./rates.ts";
import { told } from "./telling.ts";
import type { Client, Member, Town } from "./town.ts";

/** Work under way, with what the story itself knows of its money. */
export type Underway = {
  readonly work: Work;
  readonly engagement: string;
  readonly startsOn: Day;
  invoice?: string;
  invoicedOn?: Day;
  /** By which its client's payment is known on a statement. */
  reference?: string;
  payable?: string;
  /** What its client owes, in the smallest coin of what the work is priced in. */
  owed?: bigint;
  /** Its member's budget, in cents of the coop's own money. */
  budget?: bigint;
  ordered?: boolean;
  /** The member was paid before the client. */
  ahead?: boolean;
  collected?: boolean;
  lost?: boolean;
  /** The credit note that was proposed of it. */
  credit?: string;
};

/** A price as both sides name it. */
const priceOf = ({ price, currency = "EUR" }: Work) => moneyText({ minor: BigInt(price), currency });

const sidesOf = ({ clients, members }: Town, { client, member }: Work): { readonly buyer: Client; readonly worker: Member } => {
  const [buyer, worker] = [clients[client], members[member]];
  if (!buyer || !worker) throw new RangeError("the plan knows somebody whom the town does not");
  return { buyer, worker };
};

export async function agreedOn(town: Town, work: Work, today: Day): Promise<Underway> {
  const { buyer, worker } = sidesOf(town, work);
  const price = priceOf(work);
  const [startsOn, bidsUntil] = [dayAfter(today, 4), dayAfter(today, 2)];
  const asked = { ...posterJob(buyer.client), place: town.house.place, price, startOn: startsOn, endOn: startsOn, bidsUntil };
  const { id: job } = await told(buyer.caller, postJob, asked);
  const { id: bid } = await told(worker.caller, placeBid, { job, amount: price, pitch: "Ten years of posters." });
  const { engagement } = await told(buyer.caller, acceptBid, { bid, version: 1, amount: price });
  const { quote_hash: quote } = await town.coop.db
    .selectFrom("marketplace.engagement")
    .select("quote_hash")
    .where("id", "=", engagement)
    .executeTakeFirstOrThrow();
  for (const { caller } of [buyer, worker]) await told(caller, signEngagement, { engagement, hash: quote.toString("hex") });
  return { work, engagement, startsOn };
}

/** Done since the clock began it, handed in, approved, and its payment on the way to the bank, if it ever is. False where the clock has not begun it. */
export async function carriedOut(town: Town, bank: Bank, underway: Underway, today: Day): Promise<boolean> {
  const { work, engagement } = underway;
  const { buyer, worker } = sidesOf(town, work);
  const milestone = () =>
    town.coop.db
      .selectFrom("marketplace.milestone")
      .select(["id", "version", "state"])
      .where("engagement", "=", engagement)
      .executeTakeFirstOrThrow();
  const { id, state } = await milestone();
  if (state === "waiting") return false;
  await told(worker.caller, handIn, { milestone: id, text: "It is done." });
  const { invoice } = await told(buyer.caller, approveHandIn, { milestone: id, version: Number((await milestone()).version) });
  Object.assign(underway, { invoice: invoice.id, invoicedOn: today });
  await readAgain(town, underway);
  const { paysAfter } = work;
  if (paysAfter === undefined) return true;
  const on = dayAfter(today, paysAfter);
  bank.takes(on, () => credited(underway, on), underway.reference ?? "");
  return true;
}

/** What stands of its papers by now. */
export async function readAgain({ coop }: Town, underway: Underway): Promise<void> {
  const { id: payable, ...paper } = await coop.db
    .selectFrom("money.document as document")
    .innerJoin("money.collection as collection", "collection.invoice", "document.id")
    .innerJoin("money.payable as payable", "payable.invoice", "document.id")
    .select(["document.reference", "document.gross_minor", "collection.credited_minor"])
    .select(["payable.id", "payable.amount_minor", "payable.credited_minor as taken_back"])
    .where("document.id", "=", underway.invoice ?? "")
    .executeTakeFirstOrThrow();
  Object.assign(underway, {
    reference: paper.reference,
    payable,
    owed: paper.gross_minor - paper.credited_minor,
    budget: paper.amount_minor - paper.taken_back,
  });
}

/** What the bank books of what is owed, in cents of the coop's own money. */
const credited = ({ work: { currency }, owed = 0n }: Underway, on: Day): bigint =>
  currency === undefined ? owed : creditedFor({ minor: owed, currency }, on);
