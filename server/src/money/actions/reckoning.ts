// What of work comes into the hand of whoever is employed, reckoned as soon as it is owed: the model works before anything is written, and never inside a transaction.
import { z } from "zod";
import { whyUnestimated, type PayFacts } from "@partcommune/shared/money/rules/pay-estimate";
import { IdText, Nothing } from "@partcommune/shared/platform/api";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { Id } from "@partcommune/shared/platform/id";
import { minus, zero } from "@partcommune/shared/platform/money";
import type { Lane } from "../../platform/domain.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { houseOf } from "../store/house.ts";
import { savePay, type NewPay } from "../store/pay.ts";
import * as store from "../store/payroll.ts";
import { estimatePay } from "./pay-estimate.ts";

const verb = { name: "pay.reckon", input: z.strictObject({ payable: IdText }), answer: Nothing, status: 200 };

/** Each payable of somebody employed that no figure fits any more, where the country has a model; elsewhere it waits for the payroll office. */
export const reckoningLane: Lane = {
  name: "money.reckoning",
  due: async (view) => {
    const wanted = await Promise.all((await store.toReckon(view)).map((each) => asked(view, each)));
    return wanted.flatMap(({ payable, facts, lacks }) => (whyUnestimated(facts) === undefined && !lacks ? [payable] : []));
  },
  work: async ({ view, perform }, payable) => {
    const [waiting] = await store.toReckon(view(), payable);
    if (!waiting) return;
    const { facts, carried, along, lacks } = await asked(view(), waiting);
    const estimate = lacks ? undefined : await estimatePay(facts);
    if (!estimate || estimate.net.minor + along.minor <= 0n) return;
    const { member, left, before } = waiting;
    const { net, employee, employer, model } = estimate;
    const pay = { payable, member, left, cost: facts.cost, along, net, employee, employer, model };
    const call = { key: `pay:${payable}:${before ?? "none"}:${facts.cost.minor}`, cause: payable };
    await perform({ kind: "clock" }, verb, (scope) => kept(scope, pay, carried), { payable }, call);
  },
};

type Asked = {
  readonly payable: Id;
  readonly facts: PayFacts;
  readonly carried: Omit<store.Carried, "net">;
  readonly along: NewPay["along"];
  /** The budget lacks more than this bears. */
  readonly lacks: boolean;
};

/**
 * What the model is asked: what is left, less what an earlier month cost more. What the budget lacks is borne by what can leave, since of the
 * rest nothing is free before its client pays; and what would leave nothing waits for a larger pay.
 */
async function asked(view: View, { payable, member, status, left, ready }: store.ToReckon): Promise<Asked> {
  const { country, zone } = await houseOf(view.db);
  const { figures, cost, net } = await store.carriedTo(view, member, payable, left.currency);
  const fits = cost.minor < left.minor && (ready || cost.minor <= 0n);
  const facts = { country, status, cost: fits ? minus(left, cost) : left, day: dayOf(view.now, zone) };
  const lacks = ready && !fits;
  return { payable, facts, carried: { figures: fits ? figures : [], cost }, along: fits ? net : zero(left.currency), lacks };
}

/** Keeps the figures where they still fit. */
async function kept(scope: Scope, pay: NewPay, carried: Asked["carried"]): Promise<Record<string, never>> {
  await store.holdPayable(scope, pay.payable);
  const [still] = await store.toReckon({ db: scope.tx, now: scope.now }, pay.payable);
  if (still?.left.minor !== pay.left.minor || !(await store.takeFigures(scope, carried, pay.payable))) return {};
  await savePay(scope, pay);
  scope.emit({ type: "pay.reckoned", subject: pay.payable, body: { member: pay.member }, about: [`member:${pay.member}`, "desk:money"] });
  return {};
}
