// The guarantee pays ahead of clients: in the order of their days, as far as pot and bank reach; whoever must wait stands in the queue, in the open.
import { pot } from "@partcommune/shared/money/rules/accounts";
import { inTurn, type Means, type Verdict } from "@partcommune/shared/mutual/rules/queue";
import { dayOf } from "@partcommune/shared/platform/calendar";
import { zero } from "@partcommune/shared/platform/money";
import type { QueueReason } from "@partcommune/shared/money/rules/payout";
import { balanceOf, creditIsReady, dueToFront, cashSums, queuePayable, setAside, spokenFor, type Due } from "../../money/index.ts";
import { viewOf, type Scope, type View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { tried } from "../../platform/trying.ts";
import * as store from "../store/queue.ts";

/** What would be decided now, of all that is due. */
export async function decided(view: View): Promise<readonly Verdict<Due>[]> {
  const { currency, zone } = await bookOf(view.db);
  const line = (await dueToFront(view, dayOf(view.now, zone))).filter(({ amount }) => amount.currency === currency);
  return line.length === 0 ? [] : inTurn(line, await meansOf(view, currency));
}

/** What the guarantee has to pay ahead with. Money that is ordered, or that clients paid for others, is not its own to use. */
export async function meansOf(view: View, currency: string): Promise<Means> {
  const held = await balanceOf(view, pot("guarantee"));
  const { bank, vatDue, owedToSisters, inTransit } = await cashSums(view, currency);
  const cash = bank - vatDue - owedToSisters - inTransit - (await spokenFor(view, currency));
  const { value: holdShare } = await view.bylaw("guarantee.holdShare", view.now);
  return { pot: held?.available ?? zero(currency), cash: { minor: cash, currency }, holdShare };
}

/** Whether anything would change: somebody is paid ahead, comes into the queue, waits for something else, or has left. */
export async function wouldMove(view: View): Promise<boolean> {
  const verdicts = await decided(view);
  if (verdicts.some((verdict) => "held" in verdict || verdict.of.queuedFor !== verdict.waitsFor)) return true;
  return store.someLeft(
    view,
    verdicts.map(({ of }) => of.id),
  );
}

/** Holds back for whoever can be paid ahead, and queues the others. One at a time does so. */
export async function frontInTurn(scope: Scope): Promise<{ readonly fronted: number; readonly queued: number }> {
  await store.standAtFrontDesk(scope);
  let fronted = 0;
  let lacks: QueueReason | undefined;
  const waiting: Due[] = [];
  for (const verdict of await decided(viewOf(scope))) {
    // The pot is others' to draw on, too: it has the last word.
    if ("held" in verdict && lacks === undefined) lacks = (await front(scope, verdict)) ? undefined : "pot";
    else if ("waitsFor" in verdict) lacks ??= verdict.waitsFor;
    if (lacks === undefined) fronted += 1;
    else {
      await queue(scope, verdict.of, lacks);
      waiting.push(verdict.of);
    }
  }
  await store.endQueued(
    scope,
    waiting.map(({ id }) => id),
  );
  await tellEverybody(scope, waiting.length > 0 ? lacks : undefined);
  return { fronted, queued: waiting.length };
}

/** False when the pot does not bear it. */
async function front(scope: Scope, { of, held }: Extract<Verdict<Due>, { held: unknown }>): Promise<boolean> {
  const refused = await tried(scope, async (trying) => {
    if (!(await setAside(trying, of, held))) return;
    const { id, member, engagement } = of;
    await creditIsReady(trying, { payables: [id] });
    const body = { engagement, member, held: String(held.minor), currency: held.currency };
    trying.emit({ type: "guarantee.fronted", subject: id, body, about: [`engagement:${engagement}`, `member:${member}`, "desk:money"] });
  });
  return refused === undefined;
}

async function queue(scope: Scope, { id, member, engagement, dueOn, queuedFor }: Due, reason: QueueReason): Promise<void> {
  if (queuedFor === reason) return;
  await queuePayable(scope, id, reason);
  await store.saveQueued(scope, { payable: id, dueOn, reason });
  const about = [`engagement:${engagement}`, `member:${member}`, "desk:money"];
  scope.emit({ type: "guarantee.queued", subject: id, body: { engagement, member, reason }, about });
}

/** One alert for each cause, for as long as somebody waits because of it. */
async function tellEverybody(scope: Scope, cause: QueueReason | undefined): Promise<void> {
  for (const alert of await store.endAlerts(scope, cause))
    scope.emit({ type: "mutual.alertEnded", subject: alert.id, body: { cause: alert.cause }, about: ["fund"] });
  const opened = cause && (await store.openAlert(scope, cause));
  if (cause && opened) scope.emit({ type: "mutual.alerted", subject: opened, body: { cause }, about: ["fund"] });
}
