// What the second signature of a payout does to the book: for whoever's client has paid an ordinary payment, for whoever's has not a payment of the guarantee.
import { heldAfter, uncollectedKey } from "@partcommune/shared/money/rules/collection";
import type { Entry } from "@partcommune/shared/money/rules/entry";
import { legsOfGuaranteePaid, legsOfPayoutOrdered } from "@partcommune/shared/money/rules/legs";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { Day } from "@partcommune/shared/platform/time";
import { legsOfAdvanceGranted } from "@partcommune/shared/money/rules/advance";
import { expenseHoldKey, legsOfExpenseRepaid, ownPart } from "@partcommune/shared/money/rules/expense";
import { found } from "../../platform/refused.ts";
import type { Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { grant } from "../store/advances.ts";
import { usedUpBy } from "../store/draws.ts";
import { expenseAt, moveExpense } from "../store/expenses.ts";
import { houseOf } from "../store/house.ts";
import { post } from "../store/ledger.ts";
import { noteAhead, standingsHeld, type InvoiceStanding } from "../store/paying.ts";
import type { ItemToPost } from "../store/payouts.ts";
import { tellUsed } from "./using.ts";

/** Posts the items of a batch that two have signed. Whether each client has paid is read now, and held until the end: a payment that comes meanwhile waits. */
export async function postOrdered(scope: Scope, all: readonly ItemToPost[]): Promise<void> {
  const items = all.filter((item) => item.about === "invoice");
  const on = dayOf(scope.now, (await bookOf(scope.tx)).zone);
  const standings = await standingsHeld(
    scope,
    items.map(({ payable }) => payable),
  );
  const ahead = items.filter(({ payable }) => standings.get(payable)?.collected === false);
  const entries = items.map((item) => {
    const standing = standings.get(item.payable);
    return standing && ahead.includes(item) ? aheadOf(item, standing, on) : ordered(item, on);
  });
  const outlays = all.filter((item) => item.about !== "invoice");
  await post(scope, [...entries, ...(await outlaysOf(scope, outlays, on))]);
  for (const { payable, member, amount, engagement } of ahead) {
    await noteAhead(scope, payable);
    const body = { engagement, member, minor: String(amount.minor), currency: amount.currency };
    scope.emit({ type: "guarantee.paid", subject: payable, body, about: [`engagement:${engagement}`, `member:${member}`] });
  }
}

/** Advances and expenses are posted with the second signature, and once: what came back from the bank lies on the member's budget, and leaves from there. */
async function outlaysOf(scope: Scope, items: readonly Of<"advance" | "expense">[], on: Day): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (const item of items) {
    const { id, member, into, amount } = item;
    const moves = (await (item.about === "advance" ? granted(scope, item) : repaid(scope, item))) ?? {
      kind: "payout.ordered",
      legs: legsOfPayoutOrdered(member, amount, into),
    };
    entries.push({ ...moves, key: `payout-item:${id}:ordered`, on, bylaws: [] });
  }
  return entries;
}

type Outlay = Of<"advance" | "expense">;
type Moves = Pick<Entry, "kind" | "legs" | "ends">;

const told = ({ member, amount }: Outlay) => ({
  body: { member, minor: String(amount.minor), currency: amount.currency },
  about: [`member:${member}`, "desk:money"],
});

async function granted(scope: Scope, item: Outlay): Promise<Moves | undefined> {
  if (!(await grant(scope, item.source))) return undefined;
  scope.emit({ type: "advance.granted", subject: item.source, ...told(item) });
  return { kind: "advance.granted", legs: legsOfAdvanceGranted(item.member, item.amount) };
}

/** What was set aside for it leaves; where nothing is left of a credit that it used, whoever did that work has had all of it. */
async function repaid(scope: Scope, item: Outlay): Promise<Moves | undefined> {
  if (!(await moveExpense(scope, item.source, "covered", "repaid"))) return undefined;
  const { member, vat, into, ...expense } = found(await expenseAt(scope, item.source));
  const own = ownPart({ ...expense, vat });
  for (const used of await usedUpBy(scope, item.source)) await tellUsed(scope, used);
  scope.emit({ type: "expense.repaid", subject: item.source, ...told(item) });
  return {
    kind: "expense.repaid",
    legs: legsOfExpenseRepaid(member, (await houseOf(scope.tx)).country, own, vat, into),
    ends: [{ key: expenseHoldKey(item.source), outcome: "posted", posted: own }],
  };
}

type Of<About extends ItemToPost["about"]> = Extract<ItemToPost, { about: About }>;

const ordered = ({ id, member, into, amount, invoice, engagement }: Of<"invoice">, on: Day): Entry => ({
  kind: "payout.ordered",
  key: `payout-item:${id}:ordered`,
  on,
  legs: legsOfPayoutOrdered(member, amount, into),
  bylaws: [],
  cites: { document: invoice, engagement },
});

/** The same movement, and nothing of it is held of the member's budget any more. What had come back from the bank once is not held anew. */
function aheadOf(item: Of<"invoice">, standing: InvoiceStanding, on: Day): Entry {
  const { member, into, amount, invoice } = item;
  if (!standing.fronted) throw new Error("what nothing is held back for was ordered ahead of the client");
  const held = heldAfter(standing.budget, standing.gross, standing.paid);
  const ends = standing.ahead ? [] : [{ key: uncollectedKey(invoice, member, held), outcome: "posted" as const, posted: held }];
  return {
    ...ordered(item, on),
    kind: "guarantee.paid",
    legs: legsOfGuaranteePaid(member, amount, into),
    ...(ends.length > 0 ? { ends } : {}),
  };
}
