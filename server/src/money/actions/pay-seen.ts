// What whoever asks may know of pay at once: nobody waits for a model at a door.
import type { readPayEstimate } from "@partcommune/shared/money/api/pay";
import { benefits, whyUnestimated, type PayEstimate, type PayFacts } from "@partcommune/shared/money/rules/pay-estimate";
import type { Status } from "@partcommune/shared/membership/rules";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { minorFrom } from "@partcommune/shared/platform/money";
import { memberCard } from "../../membership/index.ts";
import type { View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { estimateKnown } from "./pay-estimate.ts";

type Answer = AnswerOf<typeof readPayEstimate>;

/** An estimate for the coop's country and this month. */
export async function payEstimate(view: View, { amount, status }: InputOf<typeof readPayEstimate>): Promise<Answer> {
  const { country, currency, zone } = await bookOf(view.db);
  const cost = { minor: minorFrom(amount, currency) ?? 0n, currency };
  const facts: PayFacts = { country, status: status ?? (await ownStatus(view)), cost, day: dayOf(view.now, zone) };
  const because = whyUnestimated(facts);
  if (because !== undefined) return { state: "none", because, country };
  const known = estimateKnown(facts);
  if (known === undefined) return { state: "reckoning", country };
  return known.estimate ? { state: "known", country, estimate: toldOf(known.estimate) } : { state: "none", because: "amount", country };
}

async function ownStatus(view: View): Promise<Status> {
  const { actor } = view;
  const card = actor.kind === "person" && actor.member !== undefined ? await memberCard(view, actor.member) : undefined;
  return card?.status ?? "employee";
}

const toldOf = ({ buys, ...estimate }: PayEstimate): NonNullable<Answer["estimate"]> => ({
  ...estimate,
  buys: benefits.map((what) => ({ what, amount: buys[what] })),
});
