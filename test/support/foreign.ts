// Foreign money in a test: rates that two treasurers say, and work that is priced in it.
import { approveHandIn, handIn, readEngagement, startEngagement, type postJob } from "@partcommune/shared/marketplace/api";
import { confirmRate, proposeRate } from "@partcommune/shared/money/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { agreed, type Engaged } from "./engagements.ts";
import type { Treasury } from "./treasury.ts";

export const chf = (amount: string) => ({ amount, currency: "CHF" });

/** A rate that one treasurer says and another confirms; for today unless said. */
export async function rateSaid(
  { coop, tess, tom }: Pick<Treasury, "coop" | "tess" | "tom">,
  wish: Partial<AskedOf<typeof proposeRate>> = {},
): Promise<void> {
  const rate = { currency: "CHF", on: coop.now().slice(0, 10), home: "1.04", foreign: "1", source: "European Central Bank", ...wish };
  const { body, problem, text } = await tess.call(proposeRate, rate);
  if (problem) throw new Error(text);
  const { problem: refused, text: because } = await tom.call(confirmRate, { rate: body.id });
  if (refused) throw new Error(because);
}

/** Work that is handed in and approved, and its invoice. */
export async function doneFor(
  sides: Pick<Engaged, "buyer" | "client" | "worker">,
  price: { readonly amount: string; readonly currency: string },
  wish: Partial<AskedOf<typeof postJob>> = {},
): Promise<Engaged & { readonly invoice: string }> {
  const work = await agreed(sides, { price, ...wish });
  return { ...work, invoice: await approvedWork(work) };
}

/** An agreement carried out to its invoice. */
export async function approvedWork({ buyer, worker, engagement, milestone }: Engaged): Promise<string> {
  await worker.call(startEngagement, { engagement });
  await worker.call(handIn, { milestone, text: "Three files." });
  const { milestones } = (await buyer.call(readEngagement, { engagement })).body;
  const { body, problem, text } = await buyer.call(approveHandIn, { milestone, version: milestones[0]?.version ?? 0 });
  if (problem) throw new Error(text);
  return body.invoice.id;
}
