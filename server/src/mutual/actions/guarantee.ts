// The verbs of the guarantee: what is promised at signing, and when a promise ends.
import type { z } from "zod";
import { bylawMinor } from "@partcommune/shared/governance/rules/bylaws";
import type { PromiseCard } from "@partcommune/shared/mutual/api";
import { pot } from "@partcommune/shared/money/rules/accounts";
import type { Rate } from "@partcommune/shared/money/rules/foreign";
import type { TeamPart } from "@partcommune/shared/money/rules/legs";
import { budgetsOf } from "@partcommune/shared/money/rules/split";
import {
  answerFor,
  guaranteeAnswers,
  guaranteeBylaws,
  isGuaranteed,
  promiseOfAll,
  type GuaranteeAnswer,
  type GuaranteeFacts,
} from "@partcommune/shared/mutual/rules/guarantee";
import { daysForTheBank } from "@partcommune/shared/mutual/rules/queue";
import { dayAfter, dayOf, workingDayAfter } from "@partcommune/shared/platform/calendar";
import type { Bylaws } from "@partcommune/shared/platform/bylaw";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import { minus, sum, zero, type Money } from "@partcommune/shared/platform/money";
import { calendarOfMember, clientCard, memberCard } from "../../membership/index.ts";
import {
  askForBilling,
  balanceOf,
  cashSums,
  creditIsReady,
  isTooLate,
  openPayable,
  papersOf,
  rateToday,
  worthAt,
  type Guaranteed,
} from "../../money/index.ts";
import { readCalendar } from "../../platform/calendar/store.ts";
import { found } from "../../platform/refused.ts";
import { viewOf, type Scope, type View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import * as store from "../store/promises.ts";

export type Signing = {
  readonly engagement: Id;
  readonly client: Id;
  /** Who does which part. The questions are asked for each. */
  readonly team: readonly TeamPart[];
  /** What each milestone costs as agreed, without VAT. What is promised is a member's budget of them: of each by itself, as each is invoiced by itself. */
  readonly prices: readonly Money[];
  /** Whether the client's signature came through an address that a person of theirs confirmed. */
  readonly confirmed: boolean;
  /** Where an amendment is signed, which milestones these are the prices of. */
  readonly addition?: Addition | undefined;
};

export type Addition = {
  readonly amendment: Id;
  readonly milestones: readonly Id[];
  /** The first signing of the engagement: the fee stays that of this instant. */
  readonly agreedAt: Instant;
  /** What was promised of the same milestones before they cost more: it is asked about anew, and not twice. */
  readonly promisedBefore: Money;
};

type Rules = { readonly [K in (typeof guaranteeBylaws)[number]]: Bylaws[K] };

/** Asks the seven questions for each who does the work in the transaction of the last signature, and keeps the answers: a later rule, cap or client never takes a promise back. */
export async function promiseGuarantee(scope: Scope, signing: Signing): Promise<void> {
  const { engagement, client, addition } = signing;
  await store.standInLine(scope, client);
  const { each, workingDays, rate, versions } = await answered(viewOf(scope), signing);
  for (const { member, amount, answers } of each) {
    await store.savePromise(scope, { engagement, addition, client, member, amount, rate, workingDays, answers, bylaws: versions });
    const lacking = store.lackingOf(answers);
    scope.emit({ type: "guarantee.answered", subject: engagement, body: { client, member, lacking }, about: [`engagement:${engagement}`] });
  }
}

/** What would be promised if all signed now: the same questions, with nothing kept. A person reads it before they sign: a member of themselves, others of all. */
export async function promiseIfSigned(view: View, signing: Signing, member?: Id): Promise<z.output<typeof PromiseCard> | undefined> {
  return promiseIn(view, await answered(view, signing), member);
}

/** What was answered as a person reads it: a member that of themselves, others that of all. */
export function promiseIn({ now }: View, { each, workingDays }: Answers, member?: Id): z.output<typeof PromiseCard> | undefined {
  const concerned = each.filter((one) => member === undefined || one.member === member);
  return promiseOfAll(concerned.map(({ answers }) => ({ workingDays, answers, promisedAt: now })));
}

/** `rate`: by which a foreign price was reckoned; none where it is in the coop's own money. */
export type Answers = { readonly each: readonly Answered[]; readonly workingDays: number; readonly rate: Rate | undefined };
type Answered = { readonly member: Id; readonly amount: Money; readonly answers: readonly GuaranteeAnswer[] };

/** Asks for each in turn. What was promised to one counts as the client's exposure when the next one is asked for. */
export async function answered(view: View, signing: Signing): Promise<Answers & { readonly versions: readonly bigint[] }> {
  const { rules, versions } = await rulesNow(view);
  const rate = signing.addition ? (await view.bylaw("fee.rate", signing.addition.agreedAt)).value : rules["fee.rate"];
  const exchange = await rateToday(view, signing.prices[0]?.currency ?? (await bookOf(view.db)).currency);
  const prices = await Promise.all(signing.prices.map((price) => worthAt(view, price, exchange)));
  const budgets = budgetsOf(
    prices,
    rate,
    signing.team.map(({ part }) => part),
  );
  const each: Answered[] = [];
  for (const [at, { member }] of signing.team.entries()) {
    const amount = budgets[at];
    if (amount === undefined || amount.minor <= 0n) continue;
    const promised = each.flatMap((before) => (isGuaranteed(before.answers) ? [before.amount] : []));
    const facts = await factsOf(view, { ...signing, member, promised }, amount, rules);
    each.push({ member, amount, answers: guaranteeAnswers(facts) });
  }
  return { each, workingDays: rules["guarantee.workingDays"], rate: exchange, versions };
}

async function rulesNow({ bylaws, now }: View): Promise<{ readonly rules: Rules; readonly versions: readonly bigint[] }> {
  const read = await bylaws(guaranteeBylaws, now);
  return { rules: Object.fromEntries(read.map(({ key, value }) => [key, value])) as Rules, versions: read.map(({ id }) => id) };
}

type Asking = Pick<Signing, "client" | "confirmed" | "addition"> & {
  readonly member: Id;
  /** To others of the team, a moment ago. */
  readonly promised: readonly Money[];
};

async function factsOf(
  view: View,
  { client, member, confirmed, promised, addition }: Asking,
  amount: Money,
  rules: Rules,
): Promise<GuaranteeFacts> {
  const { currency } = amount;
  const money = (text: string): Money => ({ minor: bylawMinor(text, currency), currency });
  const [buyer, worker] = [found(await clientCard(view, client)), found(await memberCard(view, member))];
  const held = await balanceOf(view, pot("guarantee"));
  const { value: floors } = await view.bylaw("pot.floors", view.now);
  const { bank, vatDue, owedToSisters } = await cashSums(view, currency);
  return {
    amount,
    client: {
      country: buyer.country,
      confirmed,
      blocked: buyer.blockedReason !== undefined || (await isTooLate(view, client, dayOf(view.now, (await bookOf(view.db)).zone))),
      isTheMember: await store.buysFor(view, worker.person, client),
    },
    exposure: minus(sum(await store.exposureOf(view, client, currency), ...promised), addition?.promisedBefore ?? zero(currency)),
    countries: rules["guarantee.countries"],
    clientExposure: money(rules["guarantee.clientExposure"]),
    startAmount: money(rules["guarantee.startAmount"]),
    clientShare: rules["guarantee.clientShare"],
    holdShare: rules["guarantee.holdShare"],
    pot: held
      ? { balance: { minor: -held.balance.minor, currency }, available: held.available }
      : { balance: zero(currency), available: minus(zero(currency), money(floors.guarantee)) },
    cash: { minor: bank - vatDue - owedToSisters, currency },
  };
}

/** Ends what was promised because the engagement ended unpaid for: cancelled, or sent back to be quoted anew. */
export const releasePromise = (scope: Scope, engagement: Id): Promise<boolean> => store.endPromise(scope, engagement);

export type Lowering = {
  readonly engagement: Id;
  readonly team: readonly TeamPart[];
  /** The last signature: the fee is that of this instant. */
  readonly agreedAt: Instant;
  /** What was agreed for each milestone that is concerned, and what is owed of it in the end, without VAT. */
  readonly milestones: readonly { readonly id: Id; readonly from: Money; readonly to: Money }[];
};

/** Promises less because less is owed: settled below the price, cancelled, or agreed on anew. Of what is not owed nothing is exposed. */
export async function lowerPromise(scope: Scope, { engagement, team, agreedAt, milestones }: Lowering): Promise<void> {
  const { value: rate } = await scope.bylaw("fee.rate", agreedAt);
  const weights = team.map(({ part }) => part);
  for (const [at, { member }] of team.entries()) {
    const answers = await store.answersOf(viewOf(scope), engagement, member);
    for (const { id, from, to } of milestones) {
      const answer = answerFor(answers, id);
      if (!answer) continue;
      const view = viewOf(scope);
      const [before, after] = [await worthAt(view, from, answer.rate), await worthAt(view, to, answer.rate)];
      const [was, is] = [budgetsOf([before], rate, weights)[at], budgetsOf([after], rate, weights)[at]];
      if (was && is) await store.noteReleased(scope, answer.id, minus(was, is));
    }
  }
  await store.endIfNothingOpen(scope, engagement);
}

export type Invoiced = Pick<Lowering, "engagement" | "team" | "agreedAt"> & {
  readonly milestone: Id;
  /** As the client was invoiced. */
  readonly price: Money;
  /** What each earns of it, in the coop's own money. */
  readonly earnings: readonly { readonly member: Id; readonly budget: Money }[];
};

/** Promises what an invoice in foreign money came to: until then it was reckoned by the rate of the day of signing. */
export async function movePromise(scope: Scope, { engagement, milestone, team, agreedAt, price, earnings }: Invoiced): Promise<void> {
  const { value: fee } = await scope.bylaw("fee.rate", agreedAt);
  const weights = team.map(({ part }) => part);
  const view = viewOf(scope);
  for (const [at, { member }] of team.entries()) {
    const answer = answerFor(await store.answersOf(view, engagement, member), milestone);
    if (!answer?.rate) continue;
    const was = budgetsOf([await worthAt(view, price, answer.rate)], fee, weights)[at];
    const is = earnings.find((each) => each.member === member)?.budget;
    if (was && is) await store.noteMoved(scope, answer.id, minus(is, was));
  }
}

/** What one who did the work gave back. */
export type Back = { readonly member: Id; readonly minor: bigint };

export type Credit = { readonly engagement: Id; readonly milestone: Id; readonly backs: readonly Back[] };

/** Promises less because part of an invoice was credited: what each gave back. */
export async function creditPromise(scope: Scope, { engagement, milestone, backs }: Credit): Promise<void> {
  const { currency } = await bookOf(scope.tx);
  for (const { member, minor } of backs) {
    const answer = answerFor(await store.answersOf(viewOf(scope), engagement, member), milestone);
    if (answer) await store.noteReleased(scope, answer.id, { minor, currency });
  }
  await store.endIfNothingOpen(scope, engagement);
}

/** Notes what the client has paid of what was promised. With the last invoice of a promise nothing of it is exposed any more, and it ends. */
export async function collectPromise(scope: Scope, engagement: Id): Promise<void> {
  const collected = new Map<Id, Money>();
  for (const [milestone, { invoice, payables }] of await papersOf(viewOf(scope), engagement)) {
    if (sum(invoice.paid, invoice.credited).minor < invoice.gross.minor) continue;
    for (const { member, amount } of payables) {
      const answer = answerFor(await store.answersOf(viewOf(scope), engagement, member), milestone);
      const before = answer && collected.get(answer.id);
      if (answer) collected.set(answer.id, before ? sum(before, amount) : amount);
    }
  }
  for (const [promise, money] of collected) await store.noteCollected(scope, promise, money);
  await store.endIfNothingOpen(scope, engagement);
}

/** Of what was given up nothing is exposed any more: it is lost. */
export async function losePromise(
  scope: Scope,
  { engagement, milestone }: { readonly engagement: Id; readonly milestone: Id },
): Promise<void> {
  const papers = (await papersOf(viewOf(scope), engagement)).get(milestone);
  for (const { member, amount } of papers?.payables ?? []) {
    const answer = answerFor(await store.answersOf(viewOf(scope), engagement, member), milestone);
    if (answer) await store.noteReleased(scope, answer.id, amount);
  }
  await store.endIfNothingOpen(scope, engagement);
}

export type Owed = {
  readonly engagement: Id;
  readonly milestone: Id;
  readonly member: Id;
  readonly invoice: Id;
  /** The member's budget. */
  readonly amount: Money;
  readonly approvedAt: Instant;
};

/** Opens what a member is owed, in the approval's transaction: with its last day where it was promised, else after the client. Where a sister answers for it, it is ready at once. */
export async function oweMember(scope: Scope, { approvedAt, ...owed }: Owed): Promise<void> {
  const promise = answerFor(await store.answersOf(viewOf(scope), owed.engagement, owed.member), owed.milestone);
  const guaranteed = promise?.guaranteed ? await daysOf(scope, { ...owed, approvedAt }, promise.workingDays) : undefined;
  const payable = await openPayable(scope, { ...owed, guaranteed });
  await askForBilling(scope, owed.member);
  await creditIsReady(scope, { payables: [payable] });
}

// Days of rest come in runs of a few: a calendar of twice the days and three weeks holds every due day.
const calendarDays = (workingDays: number): number => 2 * workingDays + 21;

/** The last day of a promise and the day from which it is paid ahead of the client, by the calendar of the branch the member is in on the day of approval, which is day 0. Reckoned once: a later move or calendar changes neither. */
async function daysOf(scope: Scope, { member, approvedAt }: Pick<Owed, "member" | "approvedAt">, workingDays: number): Promise<Guaranteed> {
  const view = viewOf(scope);
  const { zone } = await bookOf(scope.tx);
  const day = dayOf(approvedAt, zone);
  const name = await calendarOfMember(view, member, day);
  const calendar = await readCalendar(view, name, day, dayAfter(day, calendarDays(workingDays)));
  return {
    frontOn: workingDayAfter(day, Math.max(workingDays - daysForTheBank, 0), calendar),
    dueOn: workingDayAfter(day, workingDays, calendar),
    calendar: name,
  };
}
