// What is booked when a client never pays: the fee that was never earned goes back, and the guarantee pot bears what a member was promised.
import { divideHalfEven, minus, type Money } from "../../platform/money.ts";
import { accountOf, bank, budgetOfMember, pot, type AccountCode } from "./accounts.ts";
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

/** The mirror of what is open: where a member was promised, the pot stands for their budget, and VAT is asked back. */
export function legsOfLoss(invoice: readonly Leg[], credits: readonly Leg[], open: Credited, team: readonly Losing[]): readonly Leg[] {
  const promised = new Set(team.flatMap(({ member, into, guaranteed }) => (guaranteed ? [budgetOfMember(member, into).code] : [])));
  const mirror = legsOfInvoiceCredited(invoice, credits, open);
  const borneBy = (account: AccountCode): AccountCode => {
    if (promised.has(account.code)) return pot("guarantee");
    return account.code.startsWith("vat:") ? accountOf(account.code.replace(/:due$/, ":relief")) : account;
  };
  const [owed, ...given] = mirror.map(({ account, money }) => ({ account: borneBy(account), money }));
  const earned = given.filter(({ account }) => !account.code.startsWith("vat:"));
  const vat = given.filter(({ account }) => account.code.startsWith("vat:"));
  return [...earned, ...vat, ...(owed ? [owed] : [])];
}

/** What came in of it after all: it goes back the way it was lost, and the VAT on it is due again. `before` are the legs of what came in earlier. */
export function legsOfRecovered(name: string, received: Money, loss: readonly Leg[], before: readonly Leg[]): readonly Leg[] {
  const lost = loss.filter(({ money }) => money.minor > 0n);
  const weights = lost.map(({ money }) => money.minor);
  const came = before.filter(({ money }) => money.minor < 0n);
  const soFar = came.reduce((so, { money }) => so - money.minor, 0n);
  const was = soFar === 0n ? weights.map(() => 0n) : apportioned(soFar, weights);
  const until = apportioned(soFar + received.minor, weights);
  const due = until.map((each, at) => each - (was[at] ?? 0n)).map((each) => (each > 0n ? each : 0n));
  const parts = apportioned(received.minor, due);
  const legs = lost.map(({ account }, at) => credit(dueAgain(account), { ...received, minor: parts[at] ?? 0n }));
  return moved([debit(bank(name), received), ...legs.filter(isVat), ...legs.filter((leg) => !isVat(leg))]);
}

const isVat = ({ account }: Leg): boolean => account.code.startsWith("vat:");

const dueAgain = (account: AccountCode): AccountCode => accountOf(account.code.replace(/:relief$/, ":due"));
