// An engagement of a test that is done: handed in, approved, and both told as paid as money tells it once the bank has booked it.
import { z } from "zod";
import { approveHandIn, handIn, listReferences, readEngagement, startEngagement } from "@partcommune/shared/marketplace/api";
import { listener } from "@partcommune/shared/platform/actor";
import { Nothing } from "@partcommune/shared/platform/api";
import type { TestCoop } from "./coop.ts";
import { agreed, type Engaged } from "./engagements.ts";

export type Finished = Engaged & {
  /** The reference that each side may write. */
  readonly of: { readonly client: string; readonly member: string };
};

let told = 0;

/** Tells the facts of money about a milestone. */
export async function bothPaid(coop: TestCoop, { engagement, milestone }: Pick<Engaged, "engagement" | "milestone">): Promise<void> {
  const sides = await coop.db
    .selectFrom("marketplace.engagement")
    .select(["client", "member"])
    .where("id", "=", engagement)
    .executeTakeFirstOrThrow();
  const verb = { name: "test.tell", input: z.strictObject({}), answer: Nothing, status: 200 };
  for (const type of ["invoice.paid", "payable.paid"] as const) {
    const saying = { type, subject: milestone, body: { engagement, milestone, ...sides, whole: true }, about: [] };
    await coop.perform(listener, verb, async (scope) => (scope.emit(saying), {}), {}, { key: `told ${(told += 1)}`, cause: "test" });
    await coop.settle();
  }
}

/** A client and a member who have done a job. */
export async function finished(coop: TestCoop, sides: Pick<Engaged, "buyer" | "client" | "worker">): Promise<Finished> {
  const done = await agreed(sides);
  const { engagement, milestone, worker, buyer } = done;
  await worker.call(startEngagement, { engagement });
  await worker.call(handIn, { milestone, text: "Three files." });
  const { milestones } = (await buyer.call(readEngagement, { engagement })).body;
  await buyer.call(approveHandIn, { milestone, version: milestones[0]?.version ?? 0 });
  await bothPaid(coop, done);
  const { items } = (await buyer.call(listReferences, { engagement })).body;
  const by = (side: string): string => items.find((reference) => reference.by === side)?.id ?? "";
  return { ...done, of: { client: by("client"), member: by("member") } };
}
