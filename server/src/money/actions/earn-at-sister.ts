// The verb that makes money of work for a client elsewhere: the other coop has approved and owes us, our member has earned, and the rest of the fee is in our pots.
import { claimPaper, type ClaimPaper } from "@partcommune/shared/money/rules/claim-paper";
import type { Earned } from "@partcommune/shared/money/rules/collection";
import type { TeamPart } from "@partcommune/shared/money/rules/legs";
import { legsOfFeeHome } from "@partcommune/shared/money/rules/legs-of-sisters";
import { figuresOf, splitWork, type Figures } from "@partcommune/shared/money/rules/split";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { Id } from "@partcommune/shared/platform/id";
import { minus, type Money, type Ppm } from "@partcommune/shared/platform/money";
import type { Instant } from "@partcommune/shared/platform/time";
import { memberCard } from "../../membership/index.ts";
import { found, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Scope } from "../../platform/scope.ts";
import { houseOf } from "../store/house.ts";
import * as store from "../store/invoices.ts";
import { post } from "../store/ledger.ts";
import { frozenFrom } from "./freezing.ts";
import { bookOpened } from "./open-book.ts";

export type EarnedElsewhere = {
  readonly host: Id;
  readonly engagement: Id;
  readonly milestone: Id;
  /** Without VAT, as the other coop approved it. */
  readonly price: Money;
  /** As signed: the member's coop sets the fee, the treaty shares it. */
  readonly feePpm: Ppm;
  readonly hostSharePpm: Ppm;
  /** What of a loss ours bears. */
  readonly homeLossPpm: Ppm;
  readonly agreedAt: Instant;
  readonly team: readonly [TeamPart, ...TeamPart[]];
  /** What the work is called; and the other coop. */
  readonly about?: string;
  readonly sister?: string;
};

/** `invoice` is the paper that what members are owed hangs on, as on an invoice of ours. */
export type EarnedThere = { readonly invoice: Id; readonly number: string; readonly earnings: readonly Earned[] };

/** Books one approved milestone of work at a sister: number, paper and entry, all or none. Nothing of it is held: the sister owes it whether or not its client pays. */
export async function earnAtSister(scope: Scope, work: EarnedElsewhere): Promise<EarnedThere> {
  const { engagement, milestone, price, feePpm, team, host } = work;
  await bookOpened(scope);
  const house = await houseOf(scope.tx);
  refuseUnless(price.currency === house.currency, "currency-differs", { wanted: house.currency, given: price.currency });
  const figures = figuresOf(work);
  const earnings = earningsOf(figures, team);
  const fee = await scope.bylaw("fee.rate", work.agreedAt);
  const split = await scope.bylaw("fund.split", scope.now);
  const doneBy = await namesOf(scope, team);
  const id = scope.id();
  const { number, issuedOn } = await store.takeNumber(scope, "claim", house.country, dayOf(scope.now, house.zone));
  const paper = claimPaper({ ...partsOf(work), number, reference: number, issuedOn, doneBy }, figures);
  await keepPaper(scope, work, { id, figures, earnings, paper });
  await post(scope, [
    {
      kind: "fee.home",
      key: `engagement:${engagement}:${milestone}:home`,
      on: issuedOn,
      legs: legsOfFeeHome({ ...work, sister: host, fundSplit: split.value }),
      // A rate that was voted between the bid and the signature is not the one that was agreed.
      bylaws: [...(fee.value === feePpm ? [fee.id] : []), split.id],
      cites: { document: id, engagement, sister: host },
    },
  ]);
  const body = { engagement, milestone, member: team[0].member };
  const about = [`engagement:${engagement}`, ...team.map(({ member }) => `member:${member}`), "desk:money"];
  scope.emit({ type: "invoice.paid", subject: id, body, about });
  return { invoice: id, number, earnings: earnings.flatMap(({ member, budget }) => (budget.minor > 0n ? [{ member, budget }] : [])) };
}

const partsOf = ({
  host,
  sister = host,
  engagement,
  milestone,
}: EarnedElsewhere): Pick<ClaimPaper, "sister" | "engagement" | "milestone"> => ({
  sister: { host, name: sister },
  engagement,
  milestone,
});

/** What each earns: the fee is one, on the whole, and shared like the work. */
const earningsOf = ({ gross, fee }: Figures, team: readonly TeamPart[]): readonly (Earned & TeamPart)[] => {
  const parts = splitWork(
    gross,
    fee,
    team.map(({ part }) => part),
  );
  return team.map((each, at) => ({ ...each, budget: parts[at]?.earned ?? minus(gross, gross) }));
};

async function namesOf(scope: Scope, team: readonly TeamPart[]): Promise<string> {
  const names = [];
  for (const { member } of team) names.push(found(await memberCard(viewOf(scope), member)).name);
  return names.join(", ");
}

type Kept = { readonly id: Id; readonly figures: Figures; readonly earnings: readonly (Earned & TeamPart)[]; readonly paper: ClaimPaper };

async function keepPaper(scope: Scope, work: EarnedElsewhere, { id, figures: { due }, earnings, paper }: Kept): Promise<void> {
  const { engagement, milestone, team, host, homeLossPpm, about = "" } = work;
  const { number, reference, issuedOn } = paper;
  const { frozen, hash } = frozenFrom(paper);
  const parts = { engagement, milestone, about, team: team.map(({ member }) => member), sister: { host, homeLossPpm } };
  const sums = { net: due, vat: minus(due, due), gross: due };
  const amounts = { ...sums, atHome: sums, rate: undefined };
  await store.saveInvoice(scope, { id, number, issuedOn, payBy: issuedOn, reference, ...amounts, earnings, frozen, hash, ...parts });
}
