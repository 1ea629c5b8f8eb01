// The verb that makes money of work: an approved hand-in becomes an invoice, posted and frozen in the approval's own transaction.
import { holdOf, type Earned } from "@partcommune/shared/money/rules/collection";
import {
  amountsAtHome,
  amountsOf,
  atHomeWritten,
  invoicePaper,
  type Amounts,
  type InvoicePaper,
} from "@partcommune/shared/money/rules/invoice";
import { legsOwedIn, type Rate } from "@partcommune/shared/money/rules/foreign";
import { objectionToSums } from "@partcommune/shared/money/rules/e-invoice";
import type { Entry } from "@partcommune/shared/money/rules/entry";
import { legsOfInvoice, type TeamPart } from "@partcommune/shared/money/rules/legs";
import { legsOfFeeHost } from "@partcommune/shared/money/rules/legs-of-sisters";
import { eInvoiceOf } from "@partcommune/shared/money/rules/paper-e-invoice";
import { rfReference } from "@partcommune/shared/money/rules/reference";
import { budgetsOf, figuresOf } from "@partcommune/shared/money/rules/split";
import { vatTreatment, type VatTreatment } from "@partcommune/shared/money/rules/vat";
import type { Bylaw } from "@partcommune/shared/platform/bylaw";
import { dayAfter, dayOf } from "@partcommune/shared/platform/calendar";
import type { Id } from "@partcommune/shared/platform/id";
import { moneyText, zero, type Money, type Ppm } from "@partcommune/shared/platform/money";
import { lateLaw, type Service } from "@partcommune/shared/platform/packs";
import type { Letterhead } from "@partcommune/shared/platform/letterhead";
import type { Language } from "@partcommune/shared/platform/page";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import { addressOf, clientCard, memberCard, type ClientCard } from "../../membership/index.ts";
import { letterheadOf } from "../../platform/letterhead.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { refuseDraft } from "../../platform/review.ts";
import { viewOf, type Scope, type View } from "../../platform/scope.ts";
import { houseOf, type House } from "../store/house.ts";
import * as store from "../store/invoices.ts";
import { post } from "../store/ledger.ts";
import { frozenFrom } from "./freezing.ts";
import { bookOpened } from "./open-book.ts";
import { rateToday } from "./rates.ts";

/** Work by a member of another coop: all but our part of the fee is owed to theirs. */
export type SistersWork = {
  readonly host: Id;
  readonly feePpm: Ppm;
  readonly hostSharePpm: Ppm;
  /** What of a loss the other coop bears. */
  readonly homeLossPpm: Ppm;
  /** What the paper says who did it. */
  readonly doneBy?: string;
};

/** Who did the work: members here, each a part of it, the lead first; or somebody of a sister. */
type DoneBy =
  | { readonly team: readonly [TeamPart, ...TeamPart[]]; readonly sister?: undefined }
  | { readonly team?: undefined; readonly sister: SistersWork };

export type InvoiceOrder = DoneBy & {
  readonly engagement: Id;
  readonly milestone: Id;
  readonly client: Id;
  /** Without VAT. */
  readonly price: Money;
  /** The job's title as both signed it. */
  readonly about: string;
  readonly deliveredOn: Day;
  /** The second signature: the fee and the days to pay are those of that instant. */
  readonly agreedAt: Instant;
  /** The buyer who approved; null where the clock did. */
  readonly approvedBy: Id | null;
  /** What the law taxes otherwise than other work. */
  readonly service?: Service | undefined;
  /** Where both sides agreed on a share of what was signed: the price is that share. */
  readonly settled?: { readonly share: number; readonly of: Money } | undefined;
};

export type Issued = {
  readonly invoice: Id;
  readonly number: string;
  readonly gross: Money;
  readonly payBy: Day;
  /** What each who did the work has earned of it; a part too small for a coin is left out. */
  readonly earnings: readonly Earned[];
};

/** Everything an invoice is made of, except its number. */
type Draft = {
  readonly id: Id;
  readonly house: House;
  readonly letterhead: Letterhead;
  readonly client: ClientCard;
  readonly doneBy: string;
  readonly language: Language;
  readonly treatment: VatTreatment;
  /** None where the price is in the coop's own money. */
  readonly rate: Rate | undefined;
  readonly amounts: Amounts;
  /** In the coop's own money: what the book, the members and the state know of it. */
  readonly atHome: Amounts;
  readonly earnings: readonly (Earned & TeamPart)[];
  readonly fee: Bylaw<"fee.rate">;
  readonly split: Bylaw<"fund.split">;
  readonly days: Bylaw<"payment.clientDays">;
};

/** Issues the invoice of one milestone: number, paper, entry and hold, all or none. */
export async function issueInvoice(scope: Scope, order: InvoiceOrder): Promise<Issued> {
  await bookOpened(scope);
  await refuseDraft(scope.tx);
  const draft = await drafted(scope, order);
  const { id, house, amounts, atHome, rate, earnings } = draft;
  // Whoever takes a number holds the series until the end, so nothing that may wait comes after it but the posting itself.
  const { number, issuedOn } = await store.takeNumber(scope, "invoice", house.country, dayOf(scope.now, house.zone));
  scope.reach("number-taken");
  const paper = paperOf(draft, order, number, issuedOn);
  refuseIf(objectionToSums(eInvoiceOf(paper)));
  const { frozen, hash } = frozenFrom(paper);
  const { payBy, reference } = paper;
  const sums = { ...amounts, atHome, rate };
  await store.saveInvoice(scope, { id, number, issuedOn, payBy, reference, ...sums, earnings, frozen, hash, ...partsOf(order) });
  scope.reach("paper-kept");
  await postInvoice(scope, order, draft, issuedOn);
  const { engagement, milestone, client } = order;
  const body = { engagement, milestone, client, ...(order.team ? { member: order.team[0].member } : {}) };
  scope.emit({ type: "invoice.issued", subject: id, body, about: [`engagement:${order.engagement}`, `invoice:${id}`, "desk:money"] });
  return {
    invoice: id,
    number,
    gross: amounts.gross,
    payBy,
    earnings: earnings.flatMap(({ member, budget }) => (budget.minor > 0n ? [{ member, budget }] : [])),
  };
}

const teamOf = ({ team }: DoneBy): readonly TeamPart[] => team ?? [];

function partsOf(order: InvoiceOrder): store.Parts {
  const { engagement, milestone, client, about, price, sister } = order;
  const parts = { engagement, milestone, client, about, team: teamOf(order).map(({ member }) => member) };
  return sister
    ? { ...parts, sister: { host: sister.host, due: figuresOf({ price, ...sister }).due, homeLossPpm: sister.homeLossPpm } }
    : parts;
}

/** What each earns: the fee is one, on the whole, and shared like the work. */
function earningsOf(price: Money, rate: Ppm, team: readonly TeamPart[]): readonly (Earned & TeamPart)[] {
  if (team.length === 0) return [];
  const budgets = budgetsOf(
    [price],
    rate,
    team.map(({ part }) => part),
  );
  return team.map((each, at) => ({ ...each, budget: budgets[at] ?? zero(price.currency) }));
}

async function namesOf(view: View, team: readonly TeamPart[]): Promise<string> {
  const names = [];
  for (const { member } of team) names.push(found(await memberCard(view, member)).name);
  return names.join(", ");
}

async function drafted(scope: Scope, order: InvoiceOrder): Promise<Draft> {
  const { now, bylaw, id } = scope;
  const { client: buyer, sister, price, agreedAt, approvedBy } = order;
  const team = teamOf(order);
  const view = viewOf(scope);
  const house = await houseOf(scope.tx);
  // Between coops nothing is agreed on rates.
  refuseUnless(!sister || price.currency === house.currency, "currency-differs", { wanted: house.currency, given: price.currency });
  const rate = await rateToday({ db: scope.tx, now }, price.currency);
  const client = found(await clientCard(view, buyer));
  const treatment = vatTreatment(house.country, client, dayOf(now, house.zone), order.service);
  refuseUnless(treatment !== undefined, "vat-unknown", { country: house.country });
  const fee = await bylaw("fee.rate", agreedAt);
  const amounts = amountsOf(price, treatment);
  const atHome = amountsAtHome(amounts, treatment, rate, house.currency);
  return {
    id: id(),
    house,
    letterhead: await letterheadOf(scope.tx),
    client,
    doneBy: sister ? (sister.doneBy ?? "") : await namesOf(view, team),
    language: await languageFor(scope, approvedBy, house),
    treatment,
    rate,
    amounts,
    atHome,
    earnings: earningsOf(atHome.net, fee.value, team),
    fee,
    split: await bylaw("fund.split", now),
    days: await bylaw("payment.clientDays", agreedAt),
  };
}

/** The language of the buyer who approves; the coop's first where the clock did. */
async function languageFor(scope: Scope, approvedBy: Id | null, house: House): Promise<Language> {
  const approver = approvedBy === null ? undefined : await addressOf(viewOf(scope), approvedBy);
  return approver?.language ?? house.language;
}

function paperOf(draft: Draft, order: InvoiceOrder, number: string, issuedOn: Day): InvoicePaper {
  const { house, letterhead, client, doneBy, language, treatment, amounts, atHome, rate, days } = draft;
  const { name, street, postcode, town, country, vatNumber, buyerReference } = client;
  const { engagement, milestone, about, deliveredOn, settled } = order;
  const late = lateLaw(house.country);
  return invoicePaper(
    {
      number,
      language,
      issuedOn,
      deliveredOn,
      payBy: dayAfter(issuedOn, days.value),
      coop: { name: house.name, country: house.country, ...letterhead },
      client: {
        name,
        street,
        postcode,
        town,
        country,
        ...(vatNumber === undefined ? {} : { vatNumber }),
        ...(buyerReference === undefined ? {} : { buyerReference }),
      },
      line: {
        about,
        doneBy,
        ...(settled ? { settled: { share: settled.share, of: moneyText(settled.of) } } : {}),
      },
      ...atHomeWritten(atHome, rate),
      reference: rfReference(number),
      ...(late ? { late } : {}),
      engagement,
      milestone,
      ...(house.demo ? { specimen: true } : {}),
    },
    amounts,
    treatment,
  );
}

/** What it does to the book, and by which rules: the fee is the one of our vote, or the one of the coop whose member did the work. */
function movedBy({ client, team, sister }: InvoiceOrder, draft: Draft): Pick<Entry, "kind" | "legs" | "bylaws"> {
  const { house, treatment, amounts, atHome, fee, split, days } = draft;
  const facts = { client, country: house.country, price: atHome.net, vatRate: treatment.rate, fundSplit: split.value };
  if (!sister)
    return {
      kind: "invoice.issued",
      legs: legsOwedIn(legsOfInvoice({ ...facts, feeRate: fee.value, team }), amounts.gross),
      bylaws: [fee.id, split.id, days.id],
    };
  const { host, feePpm, hostSharePpm } = sister;
  return { kind: "fee.host", legs: legsOfFeeHost({ ...facts, sister: host, feePpm, hostSharePpm }), bylaws: [split.id, days.id] };
}

async function postInvoice(scope: Scope, order: InvoiceOrder, draft: Draft, on: Day): Promise<void> {
  const { id, earnings } = draft;
  const { engagement, sister } = order;
  await post(scope, [
    {
      ...movedBy(order, draft),
      key: `invoice:${id}:issued`,
      on,
      cites: { document: id, engagement, ...(sister ? { sister: sister.host } : {}) },
      // What the client has not paid is the members', and not yet to be spent.
      holds: earnings.flatMap((earned) => (earned.budget.minor > 0n ? [holdOf(id, earned)] : [])),
    },
  ]);
}
