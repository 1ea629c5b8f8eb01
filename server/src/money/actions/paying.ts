// What the second signature of a payout does to the book: for whoever's client has paid an ordinary payment, for whoever's has not a payment of the guarantee.
import { heldAfter, uncollectedKey } from "@partcommune/shared/money/rules/collection";
import type { Entry } from "@partcommune/shared/money/rules/entry";
import { legsOfGuaranteePaid, legsOfPayoutOrdered } from "@partcommune/shared/money/rules/legs";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { Day } from "@partcommune/shared/platform/time";
import type { Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { post } from "../store/ledger.ts";
import { noteAhead, standingsHeld, type InvoiceStanding } from "../store/paying.ts";
import type { ItemToPost } from "../store/payouts.ts";

/** Posts the items of a batch that two have signed. Whether each client has paid is read now, and held until the end: a payment that comes meanwhile waits. */
export async function postOrdered(scope: Scope, items: readonly ItemToPost[]): Promise<void> {
  const on = dayOf(scope.now, (await bookOf(scope.tx)).zone);
  const standings = await standingsHeld(
    scope,
    items.map(({ payable }) => payable),
  );
  const ahead = items.filter(({ payable }) => standings.get(payable)?.collected === false);
  await post(
    scope,
    items.map((item) => {
      const standing = standings.get(item.payable);
      return standing && ahead.includes(item) ? aheadOf(item, standing, on) : ordered(item, on);
    }),
  );
  for (const { payable, member, amount, engagement } of ahead) {
    await noteAhead(scope, payable);
    const body = { engagement, member, minor: String(amount.minor), currency: amount.currency };
    scope.emit({ type: "guarantee.paid", subject: payable, body, about: [`engagement:${engagement}`, `member:${member}`] });
  }
}

const ordered = ({ id, member, into, amount, invoice, engagement }: ItemToPost, on: Day): Entry => ({
  kind: "payout.ordered",
  key: `payout-item:${id}:ordered`,
  on,
  legs: legsOfPayoutOrdered(member, amount, into),
  bylaws: [],
  cites: { document: invoice, engagement },
});

/** The same movement, and nothing of it is held of the member's budget any more. What had come back from the bank once is not held anew. */
function aheadOf(item: ItemToPost, standing: InvoiceStanding, on: Day): Entry {
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
