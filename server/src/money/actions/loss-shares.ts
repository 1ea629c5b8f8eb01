// What two coops bear of a client who never pays: what the sister takes upon itself of a loss of ours, and what ours takes of one of theirs.
import { payableToCoop, receivableOfCoop } from "@partcommune/shared/money/rules/accounts";
import type { Leg } from "@partcommune/shared/money/rules/legs";
import { legsOfLossHome, legsOfRecovered, type LostElsewhere } from "@partcommune/shared/money/rules/legs-of-loss";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money, Ppm } from "@partcommune/shared/platform/money";
import { found } from "../../platform/refused.ts";
import { viewOf, type Scope } from "../../platform/scope.ts";
import { houseOf } from "../store/house.ts";
import { paperAcross } from "../store/invoices.ts";
import { entryByKey, legsCiting, post } from "../store/ledger.ts";

/** The turn of a loss among what two coops tell each other of a milestone: the work was the one before, and each sum that comes in after all is one more. */
export const lossTurn = 1;

export const lossKey = (invoice: Id): string => `invoice:${invoice}:lost`;

type OfSister = { readonly invoice: Id; readonly sister: { readonly host: Id } | undefined };

const minorOf = (legs: readonly Leg[], isOf: (code: string) => boolean): bigint =>
  legs.reduce((so, { account: { code }, money }) => (isOf(code) ? so + money.minor : so), 0n);

/** Whether a sister bears anything of a loss. */
export const bearsSister = (loss: readonly Leg[]): boolean => loss.some(({ account }) => account.code.startsWith("payable:coop:"));

/** Says what a sister bears of what was just booked: the legs of a loss, or of what came in of it. */
export function shareBooked(scope: Scope, { invoice, sister }: OfSister, legs: readonly Leg[], turn: number): void {
  const [first] = legs;
  if (!first || !sister) return;
  const due = -minorOf(legs, (code) => code === payableToCoop(sister.host).code);
  // Without VAT: what is neither the client's or the bank's side nor the state's.
  const gross = -minorOf(legs, (code) => !/^(bank|receivable|vat):/.test(code));
  const body = { host: sister.host, turn, gross: String(gross), due: String(due), currency: first.money.currency };
  scope.emit({ type: "lossShare.booked", subject: invoice, body, about: ["desk:money"] });
}

/** What of a loss the coop of the member bears, of the work that this paper is about. */
export const homeLossOf = async (scope: Scope, invoice: Id): Promise<Ppm> => found(await paperAcross(scope, invoice)).homeLossPpm;

/** Of a client elsewhere, by our paper about the work: never pays, and ours bears `bears` of it; or what came in of that, of which so much comes back. */
export type BorneHere = { readonly invoice: Id; readonly turn: number; readonly price: Money; readonly gross: Money; readonly due: Money };

/** Books what our coop bears of a loss at a sister, or gets back of it, once both hold the same of it. */
export async function bearShare(scope: Scope, { invoice, turn, price, gross, due }: BorneHere): Promise<void> {
  // A cent of which no part comes back is told, and moves nothing.
  if (due.minor === 0n) return;
  const { engagement, host } = found(await paperAcross(scope, invoice));
  const { zone } = await houseOf(scope.tx);
  const isLoss = turn === lossTurn;
  const legs = isLoss
    ? await legsOfShare(scope, invoice, { price, lost: negated(gross), bears: negated(due) })
    : await legsOfReturn(scope, { invoice, host, due });
  await post(scope, [
    {
      kind: isLoss ? "loss.home" : "recovery.home",
      key: isLoss ? lossKey(invoice) : `invoice:${invoice}:recovered:${turn - lossTurn}`,
      on: dayOf(scope.now, zone),
      legs,
      bylaws: [],
      cites: { document: invoice, engagement, sister: host },
    },
  ]);
  const body = { engagement, host, minor: String(-due.minor), currency: due.currency };
  scope.emit({ type: "lossShare.borne", subject: invoice, body, about: ["desk:money", `engagement:${engagement}`] });
}

const negated = (money: Money): Money => ({ ...money, minor: -money.minor });

const legsOfShare = async (scope: Scope, invoice: Id, lost: LostElsewhere): Promise<readonly Leg[]> =>
  legsOfLossHome(await legsCiting(viewOf(scope), invoice, "fee.home"), lost);

async function legsOfReturn(
  scope: Scope,
  { invoice, host, due }: Pick<BorneHere, "invoice" | "due"> & { readonly host: Id },
): Promise<readonly Leg[]> {
  const view = viewOf(scope);
  const { legs } = found(await entryByKey(view, lossKey(invoice)));
  return legsOfRecovered(receivableOfCoop(host), due, legs, await legsCiting(view, invoice, "recovery.home"));
}
