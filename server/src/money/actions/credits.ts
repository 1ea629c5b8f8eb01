// Credit notes: one treasurer proposes with the reason, another confirms, and in that act part of an invoice is taken back as its exact mirror.
import type * as api from "@partcommune/shared/money/api";
import { budgetOfMember } from "@partcommune/shared/money/rules/accounts";
import { holdsFalling, type Earned } from "@partcommune/shared/money/rules/collection";
import {
  creditedAtHome,
  creditedNow,
  creditPaper,
  legsOfCreditBorne,
  objectionToConfirming,
  objectionToCredit,
  objectionToCreditAgreement,
  objectionToTakingBack,
  sidesIn,
} from "@partcommune/shared/money/rules/credit";
import { legsAtHome, legsOwedIn, legsWithRest } from "@partcommune/shared/money/rules/foreign";
import type { Entry } from "@partcommune/shared/money/rules/entry";
import type { Amounts, InvoicePaper } from "@partcommune/shared/money/rules/invoice";
import { legsOfInvoiceCredited, restOf, type Leg } from "@partcommune/shared/money/rules/legs";
import { openOf } from "@partcommune/shared/money/rules/late";
import { bearerOf, type Bearer } from "@partcommune/shared/money/rules/overdraft";
import { isPartyTo, moneyWordOf } from "@partcommune/shared/money/rules/rights";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { minus, sum, zero, type Money } from "@partcommune/shared/platform/money";
import { havePaid } from "../../membership/index.ts";
import { personActing } from "../../platform/acting.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import * as store from "../store/credits.ts";
import { heldBackFor } from "../store/fronting.ts";
import { houseOf } from "../store/house.ts";
import { takeNumber } from "../store/invoices.ts";
import { entryByKey, post } from "../store/ledger.ts";
import { isLost } from "../store/losses.ts";
import { payablesHeld } from "../store/paying.ts";
import { confirmProposed, discardProposed } from "../store/two-people.ts";
import { frozenFrom } from "./freezing.ts";
import { askingPerson } from "./asking-person.ts";
import { creditIsReady } from "./credit-ready.ts";
import { bookOpened } from "./open-book.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Proposes a credit. Nothing moves yet. */
export const proposeCredit: Act<typeof api.proposeCredit> = async (scope, { invoice, net, reason, bearer }) => {
  const { person: proposedBy } = askingPerson(scope);
  const { whole, before, engagement, sister } = found(await store.invoiceToCredit(scope, invoice));
  refuseUnless(!sister, "credit-across");
  refuseUnless(!(await isLost(scope, invoice)), "invoice-lost");
  refuseIf(objectionToCredit(net, restOf(whole, before).net));
  const id = await store.saveCredit(scope, { invoice, net, reason, bearer, proposedBy });
  refuseUnless(id !== undefined, "credit-proposed-already");
  scope.emit({ type: "credit.proposed", subject: id, body: { invoice, engagement }, about: ["desk:money", `engagement:${engagement}`] });
  return { id };
};

/** Agrees for one's client, or for oneself; nothing moves by it. Whoever does not read the invoice is told that there is no such credit. */
export const agreeToCredit: Act<typeof api.agreeToCredit> = async (scope, { credit: id }) => {
  const credit = await store.creditAt(scope, id);
  const { invoice, parties, ...standing } = found(credit && isPartyTo(scope.actor, credit.parties) ? credit : undefined);
  refuseIf(objectionToCreditAgreement(standing, scope.actor, parties));
  const word = found(moneyWordOf(scope.actor, parties));
  refuseUnless(await store.saveAgreement(scope, id, word, personActing(scope.actor)), "agreed-already");
  const by = word === "client" ? "client" : "member";
  const about = ["desk:money", `engagement:${parties.engagement}`];
  scope.emit({ type: "credit.agreed", subject: id, body: { invoice, by }, about });
  return { agreed: [...sidesIn(parties, [...standing.agreed, word])] };
};

/** Discards a credit that nobody confirmed. */
export const discardCredit: Act<typeof api.discardCredit> = async (scope, { credit: id }) => {
  const { person } = askingPerson(scope);
  const { state, invoice, parties } = found(await store.creditAt(scope, id));
  refuseUnless(await discardProposed(scope, "money.credit", id, person), "not-in-this-state", { state });
  const about = ["desk:money", `engagement:${parties.engagement}`];
  scope.emit({ type: "credit.discarded", subject: id, body: { invoice }, about });
  return {};
};

/** Confirms a credit as another treasurer: number, paper, entry and holds, all or none. */
export const confirmCredit: Act<typeof api.confirmCredit> = async (scope, { credit: id }) => {
  const { person } = askingPerson(scope);
  const credit = found(await store.creditAt(scope, id));
  refuseIf(objectionToConfirming(credit, person, credit.names));
  refuseUnless(await confirmProposed(scope, "money.credit", id, person), "not-in-this-state", { state: "confirmed" });
  await bookOpened(scope);
  const invoice = found(await store.invoiceToCredit(scope, credit.invoice));
  refuseUnless(!(await isLost(scope, credit.invoice)), "invoice-lost");
  refuseIf(objectionToCredit(credit.net, restOf(invoice.whole, invoice.before).net));
  const amounts = creditedNow(invoice.whole, invoice.before, credit.net);
  const atHome = creditedAtHome(invoice, credit.net);
  const worth = worthCredited(invoice, amounts, atHome);
  const legs = await mirrorOf(scope, credit.invoice, { amounts, atHome, worth });
  const backs = invoice.earnings.map((earned) => backFrom(legs, earned));
  const kept = await keptOf(scope, credit, invoice, backs);
  return { number: await issued(scope, credit, invoice, { amounts, atHome, worth, legs, ...kept }) };
};

/** What members give back of a credit, and what a pot bears because they were paid: where it was named, and the client owes nothing any more. */
async function keptOf(
  scope: Scope,
  { invoice, bearer }: store.Proposed,
  of: store.Creditable,
  backs: readonly Earned[],
): Promise<Pick<Mirror, "backs" | "borne">> {
  const held = new Map((await payablesHeld(scope, invoice)).map((each) => [each.member, each]));
  const isOpen = openOf(of.gross, of.creditedGross, of.paid).minor > 0n;
  const borne = backs.filter(({ member, budget }) => {
    const part = held.get(member);
    const money = (minor: bigint): Money => ({ ...budget, minor });
    const objection = part && objectionToTakingBack(budget, { owed: money(part.owed), used: money(part.used), ordered: part.ordered });
    if (bearer === undefined || isOpen) refuseIf(objection);
    return objection !== undefined;
  });
  return { borne, backs: backs.map((back) => (borne.includes(back) ? { ...back, budget: { ...back.budget, minor: 0n } } : back)) };
}

type InBoth = {
  readonly amounts: Amounts;
  /** In the coop's own money. */
  readonly atHome: Amounts;
  /** What less of the invoice is open by it, in that. */
  readonly worth: Money;
};
type Mirror = InBoth & { readonly legs: readonly Leg[]; readonly backs: readonly Earned[]; readonly borne: readonly Earned[] };

/** What is taken back is worth what it was worth on the invoice; where nothing is open any more, all that was left. */
function worthCredited({ gross, creditedGross, paid, worth }: store.Creditable, { gross: credited }: Amounts, atHome: Amounts): Money {
  return openOf(gross, creditedGross, paid).minor === credited.minor ? worth : atHome.gross;
}

const noteKey = (note: Id): string => `credit-note:${note}:issued`;
export const invoiceKey = (invoice: Id): string => `invoice:${invoice}:issued`;

/** The legs that take so much back: generated from the invoice's own and those of its earlier credits. */
async function mirrorOf(scope: Scope, invoice: Id, { amounts: { gross }, atHome, worth }: InBoth): Promise<readonly Leg[]> {
  const home = worth.currency;
  const { legs } = found(await entryByKey(viewOf(scope), invoiceKey(invoice)));
  const mirror = legsOfInvoiceCredited(legsAtHome(legs, home), legsAtHome(await creditLegsOf(scope, invoice), home), atHome);
  return legsWithRest(legsOwedIn(mirror, gross), gross.currency, minus(worth, atHome.gross));
}

/** The legs of all credit notes of an invoice so far. */
export async function creditLegsOf(scope: Scope, invoice: Id): Promise<readonly Leg[]> {
  const before: Leg[] = [];
  for (const note of await store.notesOf(scope, invoice)) before.push(...found(await entryByKey(viewOf(scope), noteKey(note))).legs);
  return before;
}

/** What one who did the work gives back of their budget. */
const backFrom = (legs: readonly Leg[], { member, into, budget }: Earned): Earned => ({
  member,
  into,
  budget: legs.find(({ account }) => account.code === budgetOfMember(member, into).code)?.money ?? { ...budget, minor: 0n },
});

async function issued(
  scope: Scope,
  { id, invoice, reason, bearer }: store.Proposed,
  of: store.Creditable,
  mirror: Mirror,
): Promise<string> {
  const { amounts, atHome, worth, backs, legs } = mirror;
  const borne = sum(zero(worth.currency), ...mirror.borne.map(({ budget }) => budget));
  const { country, zone } = await houseOf(scope.tx);
  // As with an invoice, whoever takes a number holds the series until the end.
  const { number, issuedOn } = await takeNumber(scope, "creditNote", country, dayOf(scope.now, zone));
  const paper = creditPaper(JSON.parse(of.frozen) as InvoicePaper, { number, issuedOn, reason, invoiceId: invoice }, amounts, atHome);
  const { frozen, hash } = frozenFrom(paper);
  await store.saveNote(scope, { id, number, invoice, issuedOn, ...amounts, atHome, worth, backs, borne, frozen, hash });
  const entry = { kind: "invoice.credited", key: noteKey(id), on: issuedOn, legs, bylaws: [], reverses: invoiceKey(invoice) } as const;
  const cites = { document: id, engagement: of.engagement };
  await post(scope, [
    { ...entry, cites, ...(await holdsOf(scope, invoice, of, mirror)) },
    ...(bearer && borne.minor > 0n ? [borneBy(bearer, mirror.borne, { key: `credit-note:${id}:borne`, on: issuedOn, cites })] : []),
  ]);
  if (isPaidBy(of, amounts)) {
    await creditIsReady(scope, { invoices: [invoice] });
    await havePaid(scope, [of.client]);
  }
  tell(scope, invoice, of, mirror);
  return number;
}

/** What a pot bears of a credit note, in an entry of its own: the note is the exact mirror of the invoice. */
const borneBy = (bearer: Bearer, backs: readonly Earned[], { cites, ...entry }: Pick<Entry, "key" | "on" | "cites">): Entry => ({
  ...entry,
  kind: "correction",
  legs: legsOfCreditBorne(bearer, backs),
  bylaws: [],
  cites: { ...cites, bearer: bearerOf(bearer) },
});

/** What was held because the client had not paid falls with what they owe. */
async function holdsOf(
  scope: Scope,
  invoice: Id,
  of: store.Creditable,
  { amounts, backs }: Mirror,
): Promise<Pick<Entry, "ends" | "holds">> {
  const { earnings, gross, creditedGross, paid } = of;
  const owed = minus(gross, creditedGross);
  const left = earnings.map((earned, at) => ({
    ...earned,
    budget: minus(earned.budget, backs[at]?.budget ?? zero(earned.budget.currency)),
  }));
  const rest = minus(owed, amounts.gross);
  const { ends: falling, holds } = holdsFalling(
    invoice,
    earnings.map((earned) => ({ ...earned, gross: owed, paid })),
    left.map((earned) => ({ ...earned, gross: rest, paid })),
  );
  const free = await heldBackFor(scope, paid.minor >= rest.minor ? [invoice] : [], "voided");
  const ends = [...falling, ...(free.get(invoice) ?? [])];
  return { ...(ends.length > 0 ? { ends } : {}), ...(holds.length > 0 ? { holds } : {}) };
}

/** Whether a credit leaves nothing to be paid of what something is left of. */
function isPaidBy({ gross, creditedGross, paid }: store.Creditable, { gross: credited }: Amounts): boolean {
  const before = minus(gross, creditedGross);
  const left = minus(before, credited);
  return left.minor > 0n && paid.minor < before.minor && paid.minor >= left.minor;
}

/** Tells what was credited; and that the invoice is paid, where what is left of it was paid already. */
function tell(scope: Scope, invoice: Id, of: store.Creditable, { amounts, backs }: Mirror): void {
  const { client, earnings, engagement, milestone, gross, creditedGross } = of;
  const team = earnings.map(({ member: each }) => each);
  const [member = ""] = team;
  const left = minus(minus(gross, creditedGross), amounts.gross);
  const parts = { engagement, milestone, client, member };
  const about = [`engagement:${engagement}`, `invoice:${invoice}`, ...team.map((each) => `member:${each}`), "desk:money"];
  const given = backs.map(({ member: each, budget }) => ({ member: each, minor: String(budget.minor) }));
  const whole = left.minor === 0n;
  scope.emit({ type: "invoice.credited", subject: invoice, body: { ...parts, backs: given, whole }, about });
  if (isPaidBy(of, amounts)) scope.emit({ type: "invoice.paid", subject: invoice, body: parts, about });
}
