// A team of a test: members who show a page, and a bid that all of them signed, made through the public doors alone.
import { acceptBid, placeBid, postJob, readEngagement, signBid, signEngagement } from "@partcommune/shared/marketplace/api";
import { saveProfile } from "@partcommune/shared/membership/api/directory";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import type { Caller } from "./coop.ts";
import type { Engaged } from "./engagements.ts";
import { posterJob } from "./jobs.ts";

/** A member shows a page, so that colleagues find them; its address. */
export async function withPage(caller: Caller, handle: string): Promise<string> {
  await caller.call(saveProfile, { handle, shown: true, headline: "", about: "", languages: [], places: [] });
  return handle;
}

/** Three in equal parts, in parts per million. */
export const thirds = (handles: readonly [string, string]): NonNullable<AskedOf<typeof placeBid>["team"]> => ({
  own: { ppm: 333_334 },
  others: handles.map((handle) => ({ handle, share: { ppm: 333_333 } })),
});

type Wish = Partial<AskedOf<typeof postJob>>;

export type TeamEngaged = Engaged & { readonly colleagues: readonly [Caller, Caller] };

/** A client and three members agree on two days of work, and all of them sign. The first one leads. */
export async function agreedAsTeam(
  { buyer, client, worker }: Pick<Engaged, "buyer" | "client" | "worker">,
  colleagues: readonly [Caller, Caller],
  handles: readonly [string, string],
  wish: Wish = {},
): Promise<TeamEngaged> {
  const amount = { amount: "2000.00", currency: "EUR" };
  const { id: job } = (await buyer.call(postJob, { ...posterJob(client), endOn: "2026-12-15", price: amount, ...wish })).body;
  const placed = await worker.call(placeBid, { job, amount, pitch: "The three of us.", team: thirds(handles) });
  if (placed.status !== 201) throw new Error(placed.text);
  const { id: bid } = placed.body;
  for (const colleague of colleagues) await colleague.call(signBid, { bid, version: 1 });
  const accepted = await buyer.call(acceptBid, { bid, version: 1, amount });
  if (accepted.status !== 201) throw new Error(accepted.text);
  const { engagement } = accepted.body;
  const page = async (reader = buyer) => (await reader.call(readEngagement, { engagement })).body;
  const { hash } = await page();
  for (const side of [buyer, worker, ...colleagues]) await side.call(signEngagement, { engagement, hash });
  const milestone = (await page()).milestones[0]?.id ?? "";
  return { buyer, client, worker, colleagues, engagement, milestone, page };
}
