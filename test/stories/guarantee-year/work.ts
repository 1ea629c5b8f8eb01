// The work of a year: agreed on and signed by both, and some days later handed in, approved and paid as its client pays.
import { acceptBid, approveHandIn, handIn, placeBid, postJob, signEngagement } from "@partcommune/shared/marketplace/api";
import { dayAfter } from "@partcommune/shared/platform/calendar";
import { moneyText } from "@partcommune/shared/platform/money";
import { posterJob } from "../../support/jobs.ts";
import type { Day } from "@partcommune/shared/platform/time";
import type { Bank } from "./bank.ts";
import type { Work } from "./plan.ts";
import { told } from "./telling.ts";
import type { Client, Member, Town } from "./town.ts";

/** Work under way, with what the year itself knows of its money. */
export type Underway = {
  readonly work: Work;
  readonly engagement: string;
  readonly startsOn: Day;
  invoice?: string;
  invoicedOn?: Day;
  /** By which its client's payment is known on a statement. */
  reference?: string;
  payable?: string;
  /** Its member's budget, in cents. */
  budget?: bigint;
  /** The member was paid before the client. */
  ahead?: boolean;
  collected?: boolean;
  lost?: boolean;
};

const eur = (cents: number) => moneyText({ minor: BigInt(cents), currency: "EUR" });

const sidesOf = ({ clients, members }: Town, { client, member }: Work): { readonly buyer: Client; readonly worker: Member } => {
  const [buyer, worker] = [clients[client], members[member]];
  if (!buyer || !worker) throw new RangeError("the plan knows somebody whom the town does not");
  return { buyer, worker };
};

export async function agreedOn(town: Town, work: Work, today: Day): Promise<Underway> {
  const { buyer, worker } = sidesOf(town, work);
  const price = eur(work.price);
  const [startsOn, bidsUntil] = [dayAfter(today, 4), dayAfter(today, 2)];
  const asked = { ...posterJob(buyer.client), price, startOn: startsOn, endOn: startsOn, bidsUntil };
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
  const paper = await town.coop.db
    .selectFrom("money.document as document")
    .innerJoin("money.payable as payable", "payable.invoice", "document.id")
    .select(["document.reference", "document.gross_minor", "payable.id", "payable.amount_minor"])
    .where("document.id", "=", invoice.id)
    .executeTakeFirstOrThrow();
  Object.assign(underway, {
    invoice: invoice.id,
    invoicedOn: today,
    reference: paper.reference,
    payable: paper.id,
    budget: paper.amount_minor,
  });
  if (work.paysAfter !== undefined) bank.takes(dayAfter(today, work.paysAfter), paper.gross_minor, paper.reference);
  return true;
}
