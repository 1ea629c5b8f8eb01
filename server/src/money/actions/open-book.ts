// The coop's book is opened by the first act that needs it, with the voted floors of its pots.
import { bylawMinor } from "@partcommune/shared/governance/rules/bylaws";
import { pots } from "@partcommune/shared/governance/rules/pots";
import { pot } from "@partcommune/shared/money/rules/accounts";
import { dayAfter, dayOf } from "@partcommune/shared/platform/calendar";
import type { Day } from "@partcommune/shared/platform/time";
import type { Scope } from "../../platform/scope.ts";
import { setFloor } from "../store/accounts.ts";
import { bookStands, houseOf, takeOpening } from "../store/house.ts";
import { openBook } from "../store/ledger.ts";

/** Opens the book unless it stands. Of two first acts at once, the second waits for the first and finds it open. */
export async function bookOpened(scope: Scope): Promise<void> {
  if (await bookStands(scope)) return;
  await takeOpening(scope);
  if (await bookStands(scope)) return;
  const { id, name, country, currency, zone, foundedAt } = await houseOf(scope.tx);
  const yearBegan = `${dayOf(foundedAt, zone).slice(0, 4)}-01-01` as Day;
  await openBook(scope, { coop: id, legalEntity: name, country, currency, zone, closedUntil: dayAfter(yearBegan, -1) });
  const { id: bylaw, value: floors } = await scope.bylaw("pot.floors", scope.now);
  for (const which of pots) {
    const floor = bylawMinor(floors[which], currency);
    if (floor > 0n) await setFloor(scope, { account: pot(which), currency }, floor, bylaw);
  }
}
