// A round that is not paid in its time: nothing new passes between the two coops until their officers say otherwise.
import { moneyText, type Money } from "@partcommune/shared/platform/money";
import { languages } from "@partcommune/shared/platform/page";
import type { Id } from "@partcommune/shared/platform/id";
import { found } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { coopCard } from "../../platform/store.ts";
import { openStrings } from "../../platform/strings.ts";
import { roundHeld, type HeldRound } from "../store/netting.ts";
import { sisterOfHost } from "../store/sisters.ts";
import { heldTreaty, moveTreaty } from "../store/treaties.ts";
import { aboutSisters, partyOf } from "./treaties.ts";

const strings = openStrings();

/** Pauses a treaty because a round of it is not paid; everybody reads which, and who is late. */
export const pauseUnpaid: Action<{ host: Id; name: string }, Record<string, never>> = async (scope, { host, name }) => {
  const [held, treaty] = [await roundHeld(scope, host, name), await heldTreaty(scope, host)];
  if (held?.state !== "posted" || treaty?.state !== "active") return {};
  if (!(await moveTreaty(scope, treaty, "pause", { reason: await reasonFor(scope, held) }))) return {};
  scope.emit({ type: "treaty.paused", subject: treaty.id, body: partyOf(treaty), about: [...aboutSisters] });
  return {};
};

async function reasonFor(scope: Scope, { host, name, net, moved, currency, dueOn }: HeldRound): Promise<string> {
  const coop = await coopCard(viewOf(scope));
  const language = languages.find((each) => each === coop.languages[0]) ?? languages[0];
  const { name: theirs } = found(await sisterOfHost(scope.tx, host));
  const open = net - moved;
  const late: Money = { minor: open < 0n ? -open : open, currency };
  const { amount } = moneyText(late);
  return strings(language, "federation.unpaid", {
    round: name.slice(0, 7),
    coop: open < 0n ? coop.name : theirs,
    amount: `${amount} ${currency}`,
    dueOn,
  });
}
