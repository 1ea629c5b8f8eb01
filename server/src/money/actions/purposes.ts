// Money that members set aside: taken out of its pot when the vote is carried out, and what is left given back on its last day.
import { bylawMinor } from "@partcommune/shared/governance/rules/bylaws";
import { pot } from "@partcommune/shared/money/rules/accounts";
import { legsOfInitiativeFunded, legsOfInitiativeReturned } from "@partcommune/shared/money/rules/legs";
import { purposeTable, shortOf, type PurposeState } from "@partcommune/shared/money/rules/purpose";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { Id } from "@partcommune/shared/platform/id";
import { zero, type Money } from "@partcommune/shared/platform/money";
import { afterVerb } from "@partcommune/shared/platform/table";
import type { Passed } from "../../governance/index.ts";
import { found } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { balanceOf, post } from "../store/ledger.ts";
import * as purposes from "../store/purposes.ts";
import { bookOpened } from "./open-book.ts";

const about = (id: Id): readonly string[] => [`proposal:${id}`, "fund", "desk:money"];

/** Sets money aside as the vote says; where its pot would fall below its floor, it is not taken, and the board is told. */
export async function fundPurpose(scope: Scope, { proposal: id, payload }: Passed<"budget">): Promise<void> {
  await bookOpened(scope);
  const { currency, zone } = await bookOf(scope.tx);
  const amount: Money = { minor: bylawMinor(payload.amount, currency), currency };
  const available = (await balanceOf({ db: scope.tx }, pot(payload.pot)))?.available ?? zero(currency);
  const short = shortOf(amount, available);
  const state = afterVerb(purposeTable, "none" as PurposeState, short ? "miss" : "fund");
  const purpose = { id, title: payload.purpose, pot: payload.pot, amount, until: payload.until, state, short };
  if (!(await purposes.savePurpose(scope, purpose))) return;
  if (short)
    return scope.emit({
      type: "purpose.missed",
      subject: id,
      body: { pot: payload.pot, short: String(short.minor) },
      about: about(id),
    });
  const legs = legsOfInitiativeFunded(payload.pot, id, amount);
  await post(scope, [{ kind: "initiative.funded", key: `purpose:${id}:funded`, on: dayOf(scope.now, zone), legs, bylaws: [] }]);
  scope.emit({ type: "purpose.funded", subject: id, body: { pot: payload.pot, minor: String(amount.minor) }, about: about(id) });
}

/** The last day is over: what was not paid out goes back to its pot. */
export const closePurpose: Action<{ purpose: Id }, Record<string, never>> = async (scope, { purpose: id }) => {
  const { pot: from, left } = found(await purposes.heldPurpose(scope, id));
  if (!(await purposes.closePurpose(scope, id))) return {};
  const on = dayOf(scope.now, (await bookOf(scope.tx)).zone);
  const legs = legsOfInitiativeReturned(from, id, left);
  if (left.minor > 0n) await post(scope, [{ kind: "initiative.returned", key: `purpose:${id}:returned`, on, legs, bylaws: [] }]);
  scope.emit({ type: "purpose.closed", subject: id, body: { returned: String(left.minor) }, about: about(id) });
  return {};
};
