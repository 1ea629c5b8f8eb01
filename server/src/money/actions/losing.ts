// What clients never pay: one treasurer proposes to give it up, another confirms, and in that act it is booked as lost.
import type * as api from "@partcommune/shared/money/api";
import { heldAfter, uncollectedKey } from "@partcommune/shared/money/rules/collection";
import { legsAtHome, legsOwedIn } from "@partcommune/shared/money/rules/foreign";
import type { HoldEnd } from "@partcommune/shared/money/rules/entry";
import { lostAfterDays, objectionToLoss, type LossReason } from "@partcommune/shared/money/rules/late";
import type { Leg } from "@partcommune/shared/money/rules/legs";
import { legsOfLoss, openParts } from "@partcommune/shared/money/rules/legs-of-loss";
import { objectionToConfirming } from "@partcommune/shared/money/rules/two-people";
import { budgetOfMember } from "@partcommune/shared/money/rules/accounts";
import { dayAfter, dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { share } from "@partcommune/shared/platform/money";
import type { Refusal } from "@partcommune/shared/platform/refusal";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { houseOf } from "../store/house.ts";
import { heldBackFor } from "../store/fronting.ts";
import { entryByKey, post } from "../store/ledger.ts";
import * as store from "../store/losses.ts";
import { discardProposed } from "../store/two-people.ts";
import { askingPerson } from "./asking-person.ts";
import { creditIsReady } from "./credit-ready.ts";
import { creditLegsOf, invoiceKey } from "./credits.ts";
import { bearsSister, lossKey, lossTurn, shareBooked } from "./loss-shares.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Proposes to give up what is open of an invoice. Nothing moves yet. */
export const proposeLoss: Act<typeof api.proposeLoss> = async (scope, { invoice, because }) => {
  const { person: proposedBy } = askingPerson(scope);
  const standing = found(await store.invoiceToLose(scope, invoice));
  refuseIf(await objectionNow(scope, standing, because));
  const id = await store.saveLoss(scope, { invoice, because, proposedBy });
  refuseUnless(id !== undefined, "loss-proposed-already");
  scope.emit({ type: "loss.proposed", subject: id, body: { invoice }, about: ["desk:money"] });
  return { id };
};

async function objectionNow(scope: Scope, standing: store.ToGiveUp, because: LossReason): Promise<Refusal | undefined> {
  const { zone } = await houseOf(scope.tx);
  const { open, payBy } = standing;
  return objectionToLoss({ open, because, from: dayAfter(payBy, lostAfterDays), today: dayOf(scope.now, zone) });
}

/** Discards a loss that nobody confirmed. */
export const discardLoss: Act<typeof api.discardLoss> = async (scope, { loss: id }) => {
  const { person } = askingPerson(scope);
  const { state, invoice } = found(await store.lossAt(scope, id));
  refuseUnless(await discardProposed(scope, "money.loss", id, person), "not-in-this-state", { state });
  scope.emit({ type: "loss.discarded", subject: id, body: { invoice }, about: ["desk:money"] });
  return {};
};

/** Confirms a loss as another treasurer: whatever is open by then is booked. */
export const confirmLoss: Act<typeof api.confirmLoss> = async (scope, { loss: id }) => {
  const { person } = askingPerson(scope);
  const loss = found(await store.lossAt(scope, id));
  refuseIf(objectionToConfirming(loss, person));
  const standing = found(await store.invoiceToLose(scope, loss.invoice));
  refuseIf(await objectionNow(scope, standing, loss.because));
  const { open, worth, team, engagement, milestone, client } = standing;
  const legs = await legsFor(scope, standing);
  const isGuaranteed = isBorneByPot(standing);
  const kind = isGuaranteed ? "guaranteed" : "not";
  const confirmed = await store.confirmLoss(scope, { id, person, kind, open, worth });
  refuseUnless(confirmed, "not-in-this-state", { state: "confirmed" }); // of fifty at once, one gets here
  await postLoss(scope, standing, legs);
  if (bearsSister(legs)) shareBooked(scope, standing, legs, lossTurn);
  await creditIsReady(scope, { invoices: [loss.invoice] });
  const backs = team.map((each) => ({ member: each.member, minor: String(each.guaranteed ? 0n : lostBy(legs, each)) }));
  const about = [`engagement:${engagement}`, `invoice:${loss.invoice}`, ...team.map(({ member }) => `member:${member}`), "desk:money"];
  const body = { engagement, milestone, client, guaranteed: isGuaranteed, minor: String(open.minor), currency: open.currency, backs };
  scope.emit({ type: "invoice.lost", subject: loss.invoice, body, about });
  return {};
};

/** The pot answers for whoever was promised, and for what a sister is owed all the same. */
const isBorneByPot = ({ team, sister }: store.ToGiveUp): boolean => sister !== undefined || team.some(({ guaranteed }) => guaranteed);

async function legsFor(scope: Scope, { invoice, atHome, open: owed, worth, team, sister }: store.ToGiveUp): Promise<readonly Leg[]> {
  const home = worth.currency;
  const { legs } = found(await entryByKey(viewOf(scope), invoiceKey(invoice)));
  const open = openParts(atHome.whole, atHome.before, worth);
  const bearing = { team, sister: sister && { host: sister.host, bears: share(open.net, sister.homeLossPpm) } };
  return legsOwedIn(legsOfLoss(legsAtHome(legs, home), legsAtHome(await creditLegsOf(scope, invoice), home), open, bearing), owed);
}

/** What a loss takes back from the budget of one whom nobody had promised. */
const lostBy = (legs: readonly Leg[], { member, into }: { readonly member: Id; readonly into?: string | undefined }): bigint =>
  legs.find(({ account }) => account.code === budgetOfMember(member, into).code)?.money.minor ?? 0n;

async function postLoss(scope: Scope, standing: store.ToGiveUp, legs: readonly Leg[]): Promise<void> {
  const { invoice, engagement, team, sister } = standing;
  const { zone } = await houseOf(scope.tx);
  const ends = [...uncollectedOf(standing), ...((await heldBackFor(scope, [invoice], "posted")).get(invoice) ?? [])];
  await post(scope, [
    {
      kind: sister ? "loss.host" : isBorneByPot(standing) ? "guarantee.lost" : "invoice.lost",
      key: lossKey(invoice),
      on: dayOf(scope.now, zone),
      legs,
      bylaws: [],
      cites: { document: invoice, engagement, ...(sister ? { sister: sister.host } : {}) },
      ...(ends.length > 0 ? { ends } : {}),
    },
  ]);
  for (const each of team) if (!each.guaranteed) await store.lowerPayable(scope, invoice, each.member, lostBy(legs, each));
}

/** What was held of budgets because the client had not paid: nobody waits for the client any more. */
const uncollectedOf = ({ invoice, gross, paid, team }: store.ToGiveUp): readonly HoldEnd[] =>
  team.flatMap(({ member, budget, ahead }) => {
    const held = heldAfter(budget, gross, paid);
    return ahead || held.minor === 0n ? [] : [{ key: uncollectedKey(invoice, member, held), outcome: "posted" as const, posted: held }];
  });
