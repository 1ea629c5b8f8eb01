// What a client of one of the three never pays: given up by two treasurers, borne as the treaty says, and what of it comes in after all.
import { confirmLoss, listOpenInvoices, proposeLoss } from "@partcommune/shared/money/api";
import { dayMs, later } from "@partcommune/shared/platform/time";
import { told } from "../support/told.ts";
import { terms } from "../support/sisters.ts";
import type { House, Three } from "./three-houses.ts";
import { booked } from "./three-moneys.ts";

/** As if both memberships had voted for it: from now on whoever takes a part of the fee bears the same part of a loss. */
export async function lossesAreShared(...two: readonly House[]): Promise<void> {
  const shared = JSON.stringify({ ...terms, creditRisk: "shared" });
  const origins = two.map(({ coop }) => coop.origin);
  for (const { coop } of two)
    await coop.db
      .updateTable("federation.treaty")
      .set({ terms: shared })
      .where("host", "in", coop.db.selectFrom("federation.host").select("id").where("origin", "in", origins))
      .execute();
}

/** Weeks go by; whoever is signed in signs in anew meanwhile. */
export async function daysLater({ all, goTo }: Three, at: string): Promise<void> {
  await goTo(at);
  for (const { coop } of all)
    await coop.db
      .updateTable("membership.session")
      .set({ expires_at: later(coop.now(), dayMs) })
      .execute();
}

const openInvoices = async ({ tess }: House): Promise<readonly string[]> =>
  (await told(tess, listOpenInvoices, {})).items.map(({ id }) => id).toSorted();

/** One treasurer proposes to give up all that is open, the other confirms it. */
export async function givenUp(house: House): Promise<void> {
  for (const invoice of await openInvoices(house)) {
    const { id: loss } = await told(house.tess, proposeLoss, { invoice, because: "insolvent" });
    await told(house.tom, confirmLoss, { loss });
  }
  await house.coop.settle();
}

/** So much of each of them comes in after all. */
export async function paidAfterAll(house: House, amount: string): Promise<void> {
  for (const invoice of await openInvoices(house)) await booked(house, amount, { kind: "clientPaid", invoice });
}
