// An engagement of a test, made through the public doors alone: posted, bid on, accepted, signed by both.
import { acceptBid, placeBid, postJob, readEngagement, signEngagement } from "@partcommune/shared/marketplace/api";
import type { AskedOf, ToldOf } from "@partcommune/shared/platform/endpoint";
import type { Caller, TestCoop } from "./coop.ts";
import { posterJob } from "./jobs.ts";
import { clientOwner, trialMember } from "./people.ts";

export type Engaged = {
  readonly buyer: Caller;
  readonly client: string;
  readonly worker: Caller;
  readonly engagement: string;
  readonly milestone: string;
  readonly page: (reader?: Caller) => Promise<ToldOf<typeof readEngagement>>;
};

/** Carla's client and Marc agree on 2 000.00, and both sign. */
export async function engaged(coop: TestCoop, board: Caller, wish: Partial<AskedOf<typeof postJob>> = {}, of = ""): Promise<Engaged> {
  const { caller: buyer, client } = await clientOwner(coop, `Carla${of}`);
  const worker = await trialMember(coop, board, `Marc${of}`);
  return agreed({ buyer, client, worker }, wish);
}

/** The same two agree on one more job; by the hour where there is a rate. */
export async function agreed(
  { buyer, client, worker }: Pick<Engaged, "buyer" | "client" | "worker">,
  wish: Partial<AskedOf<typeof postJob>> = {},
  rate?: AskedOf<typeof placeBid>["rate"],
): Promise<Engaged> {
  const amount = wish.price ?? { amount: "2000.00", currency: "EUR" };
  const { id: job } = (await buyer.call(postJob, { ...posterJob(client), price: amount, ...wish })).body;
  const { id: bid } = (await worker.call(placeBid, { job, amount, ...(rate ? { rate } : {}), pitch: "Ten years of posters." })).body;
  const accepted = await buyer.call(acceptBid, { bid, version: 1, amount });
  if (accepted.status !== 201) throw new Error(accepted.text);
  const { engagement } = accepted.body;
  const page = async (reader = buyer) => (await reader.call(readEngagement, { engagement })).body;
  const { hash } = await page();
  for (const side of [buyer, worker]) await side.call(signEngagement, { engagement, hash });
  const milestone = (await page()).milestones[0]?.id ?? "";
  return { buyer, client, worker, engagement, milestone, page };
}
