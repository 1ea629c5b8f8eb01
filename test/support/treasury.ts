// A coop with a client, a member and two treasurers, and the bank's lines as the two book them.
import type { Test } from "tap";
import {
  confirmBankLine,
  confirmHouseAccount,
  enterBankLine,
  orderPayouts,
  proposeHouseAccount,
  signPayout,
} from "@partcommune/shared/money/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { proving } from "./authenticator.ts";
import { openCoop, type Answered, type Caller, type TestCoop, type Wishes } from "./coop.ts";
import { invoiced } from "./invoices.ts";
import { paidTo } from "./paid-to.ts";
import { clientOwner, confirmedMember, founder, withRole } from "./people.ts";

export const eur = (amount: string) => ({ amount, currency: "EUR" });

/** Valid accounts of several countries. */
export const ibans = [
  "BE71 0961 2345 6769",
  "FR14 2004 1010 0505 0001 3M02 606",
  "DE89 3704 0044 0532 0130 00",
  "NL91ABNA0417164300",
] as const;

export type Treasury = {
  readonly coop: TestCoop;
  readonly board: Caller;
  readonly buyer: Caller;
  readonly client: string;
  readonly worker: Caller;
  readonly member: string;
  readonly tess: Caller;
  readonly tom: Caller;
};

export async function treasury(t: Test, wishes: Wishes = {}, founding: Parameters<typeof founder>[1] = {}): Promise<Treasury> {
  const coop = await openCoop(t, { settings: { poolSize: 30 }, ...wishes });
  const board = await founder(coop, founding);
  const { caller: buyer, client } = await clientOwner(coop, "Carla");
  const { caller, member } = await confirmedMember(coop, board, "Anna");
  const treasurer = async (name: string) => proving(coop, await withRole(coop, board, name, "treasurer"));
  const [tess, tom] = [await treasurer("Tess"), await treasurer("Tom")];
  return { coop, board, buyer, client, worker: proving(coop, caller), member, tess, tom };
}

let lines = 0;

type Line = AskedOf<typeof enterBankLine>;

/** A line as one treasurer enters it, dated today. */
export function entered({ coop, tess }: Pick<Treasury, "coop" | "tess">, means: Line["means"], amount: string, rest: Partial<Line> = {}) {
  const line = { bookedOn: coop.now().slice(0, 10), amount: eur(amount), reference: `bank ${(lines += 1)}`, means };
  return tess.call(enterBankLine, { ...line, ...rest });
}

/** A line that one treasurer enters and another confirms. */
export async function bankBooked(
  stage: Pick<Treasury, "coop" | "tess" | "tom">,
  means: Line["means"],
  amount: string,
): Promise<Answered<unknown>> {
  const { body, problem, text } = await entered(stage, means, amount);
  if (problem) throw new Error(text);
  return stage.tom.call(confirmBankLine, { line: body.id });
}

export const clientPaid = (stage: Treasury, invoice: string, amount: string): Promise<Answered<unknown>> =>
  bankBooked(stage, { kind: "clientPaid", invoice }, amount);

/** A batch that both treasurers have signed. */
export async function signedPayout({ tess, tom }: Pick<Treasury, "tess" | "tom">, payables: readonly string[]): Promise<string> {
  const ordered = await tess.call(orderPayouts, { payables: [...payables] });
  if (ordered.problem) throw new Error(ordered.text);
  const { id, hash } = ordered.body;
  const signed = await tom.call(signPayout, { payout: id, hash });
  if (signed.problem) throw new Error(signed.text);
  return id;
}

/** The member says where their money goes, and how they bill. */
export const withIban = async (stage: Treasury, iban: string = ibans[0]): Promise<void> => {
  await paidTo(stage.worker, stage.member, iban);
};

/** Both treasurers say from which account the coop pays. */
export async function houseAccount({ tess, tom }: Pick<Treasury, "tess" | "tom">, iban = "BE68539007547034"): Promise<void> {
  const { body, problem, text } = await tess.call(proposeHouseAccount, { iban, bic: "KREDBEBB", holder: "Atelier Commun" });
  if (problem) throw new Error(text);
  await tom.call(confirmHouseAccount, { account: body.id });
}

/** So many invoices that their client has paid; what the member is owed for each. */
export async function paidInvoices(stage: Treasury, many: number): Promise<readonly string[]> {
  const payables: string[] = [];
  for (let at = 0; at < many; at += 1) {
    const { invoice, payable } = await invoiced(stage.coop, stage);
    await clientPaid(stage, invoice, "2420.00");
    payables.push(payable);
  }
  return payables;
}
