// The book read once more: each invoice of a window beside what it would have been, summed by account, member and branch.
import type { InvoiceFacts } from "@partcommune/shared/money/rules/legs";
import { budgetOfMember } from "@partcommune/shared/money/rules/accounts";
import { replayed, type Legs, type Proposed } from "@partcommune/shared/money/rules/replay";
import { addTurn, credited, noTurn, turnsOf, turnSum, type Turn } from "@partcommune/shared/money/rules/turns";
import type { Id } from "@partcommune/shared/platform/id";
import { valuesOf } from "../../governance/index.ts";
import { houseOf } from "./house.ts";
import type { Reading } from "./ledger.ts";
import { pastInvoices, type PastInvoice, type Window } from "./past.ts";

/** What a replay found. Accounts stand as in the book, debit positive; what members earned is positive. */
export type Replay = {
  readonly invoices: number;
  /** Without VAT, less what was credited. */
  readonly turnover: bigint;
  readonly accounts: ReadonlyMap<string, Turn>;
  readonly members: ReadonlyMap<Id, Turn>;
  readonly branches: ReadonlyMap<Id, BranchEarned>;
};

type BranchEarned = { readonly who: ReadonlySet<Id>; readonly turn: Turn };

/** Replays the invoices of a window, and all that followed of them until its end, under proposed bylaws. */
export async function replayOf(reading: Reading, proposed: Proposed, window: Window): Promise<Replay> {
  const factsOf = await factsObeyed(reading);
  const accounts = new Map<string, Turn>();
  const members = new Map<Id, Turn>();
  const branches = new Map<Id, BranchEarned>();
  let [invoices, turnover] = [0, 0n];
  for await (const page of pastInvoices(reading, window))
    for (const invoice of page) {
      const was = postedOf(invoice);
      const would = replayed({ facts: factsOf(invoice), followed: invoice.followed }, proposed);
      for (const [code, turn] of turnsOf([...was.earned, ...was.paid], [...would.earned, ...would.paid])) addTurn(accounts, code, turn);
      const earned = turnsOf(was.earned, would.earned);
      for (const { member, branch, into } of invoice.team) {
        const turn = credited(earned.get(budgetOfMember(member, into).code) ?? noTurn);
        addTurn(members, member, turn);
        addEarned(branches, branch ?? nowhere, member, turn);
      }
      invoices += 1;
      turnover += invoice.price.minor - creditedOf(invoice);
    }
  return { invoices, turnover, accounts, members, branches };
}

/** Of who was in no branch on the day of the invoice. */
const nowhere = "";

function addEarned(branches: Map<Id, BranchEarned>, branch: Id, member: Id, turn: Turn): void {
  const so = branches.get(branch);
  branches.set(branch, { who: new Set(so?.who).add(member), turn: turnSum(so?.turn ?? noTurn, turn) });
}

/** The facts of an invoice with the values of the bylaws it obeyed. */
async function factsObeyed(reading: Reading): Promise<(invoice: PastInvoice) => InvoiceFacts> {
  const { country } = await houseOf(reading.db);
  const [rates, splits] = [await valuesOf(reading, "fee.rate"), await valuesOf(reading, "fund.split")];
  return ({ id, client, price, vatRate, team, bylaws }) => {
    const [feeRate] = bylaws.flatMap((version) => rates.get(version) ?? []);
    const [fundSplit] = bylaws.flatMap((version) => splits.get(version) ?? []);
    if (feeRate === undefined || fundSplit === undefined) throw new Error(`invoice ${id} names no version of its fee and split`);
    return { client, country, price, vatRate, feeRate, fundSplit, team };
  };
}

/** The legs as they stand in the book. */
const postedOf = ({ posted, followed }: PastInvoice): Legs => ({
  earned: [...posted, ...followed.flatMap((step) => (step.kind === "credited" ? step.posted : []))],
  paid: followed.flatMap((step) => (step.kind === "credited" ? [] : step.posted)),
});

const creditedOf = ({ followed }: PastInvoice): bigint =>
  followed.reduce((so, step) => (step.kind === "credited" ? so + step.credited.net.minor : so), 0n);
