// What is booked when a client never pays: the fee that was never earned goes back, and the guarantee pot bears what a member was promised.
import { divideHalfEven, minus, type Money } from "../../platform/money.ts";
import { accountOf, budgetOfMember, payableToCoop, pot, type AccountCode } from "./accounts.ts";
import { credit, debit, legsOfInvoiceCredited, moved, type Credited, type Leg } from "./legs.ts";
import { apportioned } from "./split.ts";

/** What is open of an invoice in its two parts: the VAT is its share, rounded once. */
export function openParts(whole: Credited, before: Credited, open: Money): Credited {
  const left = { net: minus(whole.net, before.net), vat: minus(whole.vat, before.vat) };
  const gross = left.net.minor + left.vat.minor;
  const vat = { minor: divideHalfEven(left.vat.minor * open.minor, gross), currency: open.currency };
  return { net: minus(open, vat), vat };
}

/** Whose budget it is, and whether the guarantee answers for them. */
export type Losing = { readonly member: string; readonly into?: string | undefined; readonly guaranteed: boolean };

/** The coop whose member did the work, by the id of its host, and what of the loss it bears. */
export type BornBySister = { readonly host: string; readonly bears: Money };

/** Who is concerned by a loss: members here; or a sister, which is owed all the same but for what it bears. */
export type Bearing = { readonly team: readonly Losing[]; readonly sister?: BornBySister | undefined };

/** The mirror of what is open: the pot stands for the budget of whoever was promised and for what a sister is still owed, and VAT is asked back. */
export function legsOfLoss(invoice: readonly Leg[], credits: readonly Leg[], open: Credited, { team, sister }: Bearing): readonly Leg[] {
  const promised = new Set(team.flatMap(({ member, into, guaranteed }) => (guaranteed ? [budgetOfMember(member, into).code] : [])));
  const borneBy = ({ account, money }: Leg): readonly Leg[] => {
    if (promised.has(account.code)) return [debit(pot("guarantee"), money)];
    if (sister && account.code === payableToCoop(sister.host).code)
      return [debit(account, sister.bears), debit(pot("guarantee"), minus(money, sister.bears))];
    return [debit(isVat({ account }) ? accountOf(account.code.replace(/:due$/, ":relief")) : account, money)];
  };
  const [owed, ...given] = legsOfInvoiceCredited(invoice, credits, open);
  const borne = given.flatMap(borneBy);
  return moved([...borne.filter((leg) => !isVat(leg)), ...borne.filter(isVat), ...(owed ? [owed] : [])]);
}

/** What a price comes to that a client elsewhere never pays, and what of it is borne here. */
export type LostElsewhere = { readonly price: Money; readonly lost: Money; readonly bears: Money };

/** The same at the member's coop: the fee that was never earned leaves the pots as it came, and the guarantee bears the rest, for the member keeps what they earned. */
export function legsOfLossHome(earned: readonly Leg[], { price, lost, bears }: LostElsewhere): readonly Leg[] {
  const owed = earned.filter(({ money }) => money.minor > 0n);
  const fee = earned.filter(({ account }) => account.code.startsWith("pot:"));
  const weights = fee.map(({ money }) => -money.minor);
  const unearned = divideHalfEven(-sumOf(fee) * lost.minor, price.minor);
  const shares = nextShares(unearned, 0n, weights);
  return moved([
    ...owed.map(({ account }) => credit(account, bears)),
    debit(pot("guarantee"), { ...bears, minor: bears.minor - unearned }),
    ...fee.map(({ account }, at) => debit(account, { ...bears, minor: shares[at] ?? 0n })),
  ]);
}

/**
 * What came in of it after all, in the bank or from whoever has the client: it goes back the way it was lost, and the VAT on it is due again.
 * `before` are the legs of what came in earlier. What a sister gets back is its part of all that came so far, rounded once, as it reckons too.
 */
export function legsOfRecovered(came: AccountCode, received: Money, loss: readonly Leg[], before: readonly Leg[]): readonly Leg[] {
  const lost = loss.filter(({ money }) => money.minor > 0n);
  const back = before.filter(({ money }) => money.minor < 0n);
  const net = lost.filter((leg) => !isVat(leg));
  const soFar = -sumOf(back.filter((leg) => !isVat(leg)));
  const [onVat = 0n, onNet = 0n] = nextShares(received.minor, -sumOf(back), [sumOf(lost.filter(isVat)), sumOf(net)]);
  const [theirs, ours] = [net.filter(isSisters), net.filter((leg) => !isSisters(leg))];
  const given = -sumOf(back.filter(isSisters));
  const onTheirs = theirs.map(({ money }) => divideHalfEven(money.minor * (soFar + onNet), sumOf(net)) - given);
  const onOurs = onNet - onTheirs.reduce((so, each) => so + each, 0n);
  const again = (legs: readonly Leg[], shares: readonly bigint[]): readonly Leg[] =>
    legs.map(({ account }, at) => credit(dueAgain(account), { ...received, minor: shares[at] ?? 0n }));
  return moved([
    debit(came, received),
    ...again(lost.filter(isVat), [onVat]),
    ...again(theirs, onTheirs),
    ...again(ours, nextShares(onOurs, soFar - given, ours.map(minorOf))),
  ]);
}

const minorOf = ({ money }: Leg): bigint => money.minor;

const sumOf = (legs: readonly Leg[]): bigint => legs.reduce((so, { money }) => so + money.minor, 0n);

/** What of a sum falls to each weight where all that came so far is shared by them, so that many sums end where one would. */
function nextShares(now: bigint, soFar: bigint, weights: readonly bigint[]): readonly bigint[] {
  if (now === 0n) return weights.map(() => 0n);
  const was = soFar === 0n ? [] : apportioned(soFar, weights);
  const due = apportioned(soFar + now, weights).map((each, at) => each - (was[at] ?? 0n));
  return apportioned(
    now,
    due.map((each) => (each > 0n ? each : 0n)),
  );
}

const isVat = ({ account }: Pick<Leg, "account">): boolean => account.code.startsWith("vat:");

const isSisters = ({ account }: Leg): boolean => account.code.startsWith("payable:coop:");

const dueAgain = (account: AccountCode): AccountCode => accountOf(account.code.replace(/:relief$/, ":due"));
