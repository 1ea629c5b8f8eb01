// Delivering: one lane for each host, two at a time, signed at the moment of the try. A host that fails rests and is only probed.
import { afterAnswer, isHosts, type Answer, type Next } from "@partcommune/federation/delivery";
import type { Fetcher } from "@partcommune/federation/fetcher";
import { signCavage } from "@partcommune/federation/sign/cavage";
import { signMessage } from "@partcommune/federation/sign/message";
import { activityType } from "@partcommune/federation/vocabulary";
import type { Id } from "@partcommune/shared/platform/id";
import { instantOf, millisecondsOf } from "@partcommune/shared/platform/time";
import type { Listening } from "../../platform/domain.ts";
import { inTurns } from "../../platform/together.ts";
import * as store from "../store/deliveries.ts";
import * as lanes from "../store/lanes.ts";
import { signerOf } from "./keys.ts";
import { forgetGone, inboxNow } from "./moving.ts";
import { reachOf } from "./reaching.ts";

const atOnce = 50;
const abreast = 2;
const signatures = { cavage: signCavage, rfc9421: signMessage };
const other: Readonly<Record<lanes.Flavour, lanes.Flavour>> = { cavage: "rfc9421", rfc9421: "cavage" };

/** Sends what is due to a host, until nothing is or the host has to rest. */
export async function deliverTo(listening: Listening, host: Id): Promise<void> {
  const fetcher = await reachOf(listening);
  if (!fetcher) return;
  for (;;) {
    const lane = await lanes.laneOf(listening.view(), host);
    const due = lane ? await (lane.resting ? store.takeProbe(listening.view(), host) : store.takeDue(listening.view(), host, atOnce)) : [];
    if (!lane || due.length === 0) return;
    const inTurn = inTurns(listening.world.inOrder ? 1 : abreast);
    const way = { listening, fetcher, sister: lane.isSister };
    await Promise.all(sayings(due).map((each) => inTurn(() => deliverEach(way, lane, each))));
  }
}

type Way = { readonly listening: Listening; readonly fetcher: Fetcher; readonly sister: boolean };

/** What one of ours says leaves in the order in which it was said: a signature before the work that it allows. */
const sayings = (due: readonly store.Delivery[]): readonly (readonly store.Delivery[])[] =>
  Object.values(Object.groupBy(due, ({ actor }) => actor)).map((each = []) => each);

async function deliverEach(way: Way, lane: lanes.Lane, deliveries: readonly store.Delivery[]): Promise<void> {
  for (const delivery of deliveries) await deliver(way, lane, delivery);
}

/** One try. A host that does not take one kind of signature is asked with the other at once, and what it took is remembered; an inbox that leads on is looked up once. */
async function deliver(way: Way, { id: host, flavour }: lanes.Lane, delivery: store.Delivery): Promise<void> {
  const { listening, fetcher } = way;
  const tried: ("otherSignature" | "newInbox")[] = [];
  let [used, to] = [flavour, delivery.inbox];
  let answer: Answer = await send(way, delivery, to, used);
  let next = after(way, answer, delivery);
  while ((next.then === "otherSignature" || next.then === "newInbox") && !tried.includes(next.then)) {
    tried.push(next.then);
    if (next.then === "otherSignature") used = other[used];
    const moved = next.then === "newInbox" ? await inboxNow(listening, fetcher, to) : to;
    if (moved === undefined) break;
    to = moved;
    answer = { ...(await send(way, delivery, to, used)), tried };
    next = after(way, answer, delivery);
  }
  if (next.then === "gone") await forgetGone(listening, fetcher, to);
  const view = listening.view();
  await store.noteOutcome(view, delivery, outcomeOf(next, answer.status, delivery));
  if (isHosts(answer.status)) await lanes.noteFailure(view, host, answer.status === 0 ? "silent" : "failed");
  else await lanes.noteSuccess(view, host, next.then === "sent" ? used : flavour);
}

async function send({ listening, fetcher }: Way, { actor, bytes }: store.Delivery, inbox: string, flavour: lanes.Flavour): Promise<Answer> {
  const { view, world } = listening;
  const key = await signerOf(listening, actor.slice(view().origin.length + 1), "rsa");
  const url = new URL(inbox);
  const headers = signatures[flavour]({ method: "POST", url, body: bytes }, key, millisecondsOf(world.clock()));
  return fetcher.post(inbox, { ...headers, "content-type": activityType }, bytes);
}

function after({ listening: { world }, sister }: Way, answer: Answer, { tries, at }: store.Delivery): Next {
  const chance = (world.random(1)[0] ?? 0) / 256;
  return afterAnswer(answer, { tries, sister, since: millisecondsOf(at) }, millisecondsOf(world.clock()), chance);
}

/** An inbox that moved or is gone took nothing: it is listed with what it answered. What was sent before its hour keeps it. */
function outcomeOf(next: Next, status: number, { early }: store.Delivery): store.Outcome {
  if (next.then === "sent") return { state: "sent", status };
  if (next.then === "retry") return { state: "due", status, dueAt: early ?? instantOf(next.at) };
  return { state: next.then === "dead" ? "dead" : "refused", status };
}
