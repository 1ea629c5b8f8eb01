// What the second signature of a payout does to the book: for whoever's client has paid an ordinary payment, for whoever's has not a payment of the guarantee; for whoever is a business of their own the purchase of their work, on an invoice in their name; and for whoever is employed their pay.
import { heldAfter, uncollectedKey } from "@partcommune/shared/money/rules/collection";
import type { Entry } from "@partcommune/shared/money/rules/entry";
import { legsOfGuaranteePaid, legsOfMemberBilled, legsOfPayoutOrdered } from "@partcommune/shared/money/rules/legs";
import { costOf, legsOfNetOrdered, legsOfPayrollEstimated } from "@partcommune/shared/money/rules/payroll";
import { dayOf } from "@partcommune/shared/platform/calendar";
import { minus, type Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { legsOfAdvanceGranted } from "@partcommune/shared/money/rules/advance";
import { expenseHoldKey, legsOfExpenseRepaid, ownPart } from "@partcommune/shared/money/rules/expense";
import type { OutlayAbout } from "@partcommune/shared/money/rules/payout";
import { found } from "../../platform/refused.ts";
import type { Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { grant } from "../store/advances.ts";
import { usedUpBy } from "../store/draws.ts";
import { expenseAt, moveExpense } from "../store/expenses.ts";
import { houseOf } from "../store/house.ts";
import { post } from "../store/ledger.ts";
import { noteAhead, standingsHeld, type InvoiceStanding } from "../store/paying.ts";
import { notePosted } from "../store/pay.ts";
import type { ItemToPost } from "../store/payouts.ts";
import { selfBill, type WorkToBill } from "./self-bill.ts";
import { tellUsed } from "./using.ts";

/** Posts the items of a batch that two have signed. Whether each client has paid is read now, and held until the end: a payment that comes meanwhile waits. */
export async function postOrdered(scope: Scope, all: readonly ItemToPost[]): Promise<void> {
  const items = all.filter((item) => item.about === "invoice");
  const { zone, country } = await bookOf(scope.tx);
  const on = dayOf(scope.now, zone);
  const standings = await standingsHeld(
    scope,
    items.map(({ payable }) => payable),
  );
  // The VAT of what was billed before comes ahead of nothing: no client pays it, and the coop deducts it.
  const ahead = items.filter((item) => standings.get(item.payable)?.collected === false && workIn(item).minor > 0n);
  const entries = items.map((item) => {
    const standing = standings.get(item.payable);
    return standing && ahead.includes(item)
      ? aheadOf(item, standing, { on, country, ahead: true })
      : ordered(item, { on, country, ahead: false });
  });
  const outlays = await outlaysOf(
    scope,
    all.filter((item) => item.about !== "invoice"),
    on,
  );
  await selfBill(scope, items.flatMap(toBill));
  await notePosted(
    scope,
    items.flatMap(({ pay }) => pay?.id ?? []),
  );
  await post(scope, [...entries, ...outlays]);
  await noteAhead(
    scope,
    ahead.map(({ payable }) => payable),
  );
  for (const item of ahead) {
    const { payable, member, amount, engagement } = item;
    const body = { engagement, member, minor: String(ofBudget(item).minor), currency: amount.currency };
    scope.emit({ type: "guarantee.paid", subject: payable, body, about: [`engagement:${engagement}`, `member:${member}`] });
  }
}

/** Advances and expenses are posted with the second signature, and once; VAT of an invoice written anew lies on the member's budget since then, and what came back from the bank lies on the member's budget, and leaves from there. */
async function outlaysOf(scope: Scope, items: readonly Outlay[], on: Day): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (const item of items) {
    const { id, member, into, amount } = item;
    const moves = (await outlays[item.about](scope, item)) ?? {
      kind: "payout.ordered",
      legs: legsOfPayoutOrdered(member, amount, into),
    };
    entries.push({ ...moves, key: `payout-item:${id}:ordered`, on, bylaws: [] });
  }
  return entries;
}

type Outlay = Of<OutlayAbout>;
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

const outlays: Readonly<Record<OutlayAbout, (scope: Scope, item: Outlay) => Promise<Moves | undefined>>> = {
  advance: granted,
  expense: repaid,
  billedVat: async () => undefined,
};

/** The work that an item pays: what leaves, without the VAT of the papers about it. */
const workIn = ({ amount, vat, billed }: Of<"invoice">): Money => minus(minus(amount, vat), billed);

/** What of the work that an item pays the member's budget bears. */
const ofBudget = (item: Of<"invoice">): Money => (item.pay ? costOf(item.pay) : workIn(item));

function toBill(item: Of<"invoice">): readonly WorkToBill[] {
  const { id, billing, payable, member, invoice, engagement, milestone, vat } = item;
  if (billing === null) return [];
  return [{ billing, payable, member, invoice, engagement, milestone, net: workIn(item), vat, paidBy: { item: id } }];
}

type Of<About extends ItemToPost["about"]> = Extract<ItemToPost, { about: About }>;

/** How an item leaves: where its work is paid, and whether its client has paid. */
type Leaving = { readonly on: Day; readonly country: string; readonly ahead: boolean };

const ordered = (item: Of<"invoice">, leaving: Leaving): Entry => ({
  ...workPaid(item, leaving),
  key: `payout-item:${item.id}:ordered`,
  on: leaving.on,
  bylaws: [],
  cites: { document: item.invoice, engagement: item.engagement },
});

/** Work of a member who is a business of their own is bought on their invoice, of whoever is employed it becomes pay; once there is that invoice or that pay, what is theirs leaves. */
function workPaid({ billing, pay, member, into, amount, vat }: Of<"invoice">, { country, ahead }: Leaving): Pick<Entry, "kind" | "legs"> {
  if (pay?.posted) return { kind: "payout.ordered", legs: legsOfNetOrdered(amount) };
  if (pay) return { kind: "payroll.estimated", legs: legsOfPayrollEstimated(member, pay, into) };
  if (billing !== null) return { kind: "member.billed", legs: legsOfMemberBilled(member, country, minus(amount, vat), vat, into) };
  return ahead
    ? { kind: "guarantee.paid", legs: legsOfGuaranteePaid(member, amount, into) }
    : { kind: "payout.ordered", legs: legsOfPayoutOrdered(member, amount, into) };
}

/** Ahead of the client, nothing of it is held of the member's budget any more. What had come back from the bank once is not held anew. */
function aheadOf(item: Of<"invoice">, standing: InvoiceStanding, leaving: Leaving): Entry {
  const { member, invoice } = item;
  if (!standing.fronted) throw new Error("what nothing is held back for was ordered ahead of the client");
  const entry = ordered(item, leaving);
  if (standing.ahead) return entry;
  const held = heldAfter(standing.budget, standing.gross, standing.paid);
  return { ...entry, ends: [{ key: uncollectedKey(invoice, member, held), outcome: "posted", posted: held }] };
}
