// Members of one coop do the jobs of another's clients: what is bid, chosen, signed by both, handed in and approved.
import {
  acceptBid,
  approveHandIn,
  handIn,
  listBids,
  listEngagements,
  placeBid,
  postJob,
  readEngagement,
  readJob,
  searchJobs,
  signEngagement,
} from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { dayMs, later } from "@partcommune/shared/platform/time";
import { clientOf, daysFrom, euros, jobFor, nextMorning, unless } from "./expecting.ts";
import type { House, Houses } from "./house.ts";
import type { Person } from "./person.ts";
import { claimed, mirrored } from "./settling.ts";

/** Whose client has it done, and whose member does it. */
type Work = { readonly host: House; readonly home: House; readonly worker: Person; readonly title: string; readonly price: string };

/** From here the promised seventh day falls just behind the day on which sisters settle. */
const agreeingDay = 25;

function worksOf({ all }: Houses): readonly Work[] {
  const [brussels, lille, berlin] = all;
  const [first, second] = lille?.associates ?? [];
  const [third] = brussels?.associates ?? [];
  if (!brussels || !lille || !berlin || !first || !second || !third) throw new Error("a story of work needs three coops and their members");
  return [
    { host: brussels, home: lille, worker: first, title: "A manual in two languages", price: "2000.00" },
    { host: lille, home: brussels, worker: third, title: "A poster for the market", price: "1000.00" },
    { host: berlin, home: lille, worker: second, title: "Panels for the museum", price: "1200.00" },
  ];
}

/** The engagement about a work, as one of its two sides reads it. */
async function readBy({ asks, name }: Person, { title }: Work): Promise<ToldOf<typeof readEngagement>> {
  const found = (await asks(listEngagements, {})).items.find((each) => each.title === title);
  if (!found) throw new Error(`${name} has no engagement about “${title}”`);
  return asks(readEngagement, { engagement: found.id });
}

/** Posted, bid on in the other coop, chosen, and signed by both. */
export async function agreed(houses: Houses): Promise<readonly string[]> {
  await houses.goTo(nextMorning(houses.now(), agreeingDay));
  await houses.comeBack();
  const works = worksOf(houses);
  const jobs: string[] = [];
  for (const { host, title, price } of works)
    jobs.push((await host.buyer.asks(postJob, jobFor(await clientOf(host.buyer), title, price, daysFrom(houses.now(), [1, 2, 3])))).id);
  await houses.settled();
  for (const work of works) await bid(work);
  await houses.settled();
  const told: string[] = [];
  for (const [at, work] of works.entries()) told.push(await chosen(work, jobs[at] ?? ""));
  await houses.settled();
  for (const work of works) await sign(work.worker, work);
  await houses.settled();
  for (const work of works)
    for (const side of [work.host.buyer, work.worker]) {
      const { state } = await readBy(side, work);
      unless(state === "covered", `“${work.title}” is ${state} for ${side.name}`);
    }
  return [...told, "Every client and every member has signed: at both of their coops the same work is agreed and covered"];
}

async function bid({ worker, home, title, price }: Work): Promise<void> {
  const found = (await worker.asks(searchJobs, { order: "newest" })).items.find((each) => each.title === title);
  if (!found) throw new Error(`${home.name} does not show “${title}”`);
  const { id: job, version } = await worker.asks(readJob, { job: found.id });
  await worker.asks(placeBid, { job, version, amount: euros(price), pitch: "I have done ten of these." });
}

async function chosen(work: Work, job: string): Promise<string> {
  const { host, home, worker, title, price } = work;
  const [only] = (await host.buyer.asks(listBids, { job })).items;
  if (!only?.home) throw new Error(`the bid on “${title}” did not arrive at ${host.name}`);
  await host.buyer.asks(acceptBid, { bid: only.id, version: only.version, amount: euros(price) });
  await sign(host.buyer, work);
  const fee = `the fee is that of ${home.name}, ${only.home.feePpm / 10_000} %`;
  return `${worker.name} of ${home.name} bids ${price} EUR on “${title}” at ${host.name} and is chosen by ${host.buyer.name}; ${fee}`;
}

async function sign(side: Person, work: Work): Promise<void> {
  const { id: engagement, hash } = await readBy(side, work);
  await side.asks(signEngagement, { engagement, hash });
}

/** Handed in at one coop, approved at the other. */
export async function done(houses: Houses): Promise<readonly string[]> {
  await houses.goTo(later(houses.now(), 3 * dayMs));
  await houses.comeBack();
  const works = worksOf(houses);
  for (const work of works) {
    const [milestone] = (await readBy(work.worker, work)).milestones;
    await work.worker.asks(handIn, { milestone: milestone?.id ?? "", text: "All three sizes." });
  }
  await houses.settled();
  for (const work of works) {
    const [milestone] = (await readBy(work.host.buyer, work)).milestones;
    await work.host.buyer.asks(approveHandIn, { milestone: milestone?.id ?? "", version: milestone?.version ?? 0 });
  }
  await houses.settled();
  return [...(await Promise.all(works.map(earned))), ...(await claimed(houses)), ...(await mirrored(houses))];
}

async function earned(work: Work): Promise<string> {
  const { host, home, worker, title } = work;
  const [invoiced, owed] = [(await readBy(host.buyer, work)).milestones[0], (await readBy(worker, work)).milestones[0]];
  const [invoice, payable] = [invoiced?.invoice, owed?.payable];
  if (!invoice || !payable) throw new Error(`“${title}” was not booked on both sides`);
  const paid = `${home.name} owes ${worker.name} ${payable.amount.amount} EUR`;
  return `${host.buyer.name} approves “${title}”: ${host.name} invoices ${invoice.gross.amount} EUR with VAT; ${paid}, whether that is paid or not`;
}
