// Delivering: one lane for each host, two at a time, signed at the moment of the try. A host that fails rests and is only probed.
import { afterAnswer, isPassing, lifetimes, restAfter, type After } from "@partcommune/federation/delivery";
import type { Fetcher } from "@partcommune/federation/fetcher";
import { signCavage } from "@partcommune/federation/sign/cavage";
import { signMessage } from "@partcommune/federation/sign/message";
import { activityType } from "@partcommune/federation/vocabulary";
import type { Id } from "@partcommune/shared/platform/id";
import { instantOf, millisecondsOf } from "@partcommune/shared/platform/time";
import type { Listening } from "../../platform/domain.ts";
import * as store from "../store/deliveries.ts";
import { signerOf } from "./keys.ts";
import { reachOf } from "./reaching.ts";

const atOnce = 50;
const abreast = 2;
const signatures = { cavage: signCavage, rfc9421: signMessage };
type Flavour = keyof typeof signatures;
const other: Readonly<Record<Flavour, Flavour>> = { cavage: "rfc9421", rfc9421: "cavage" };

/** Sends what is due to a host, until nothing is or the host has to rest. */
export async function deliverTo(listening: Listening, host: Id): Promise<void> {
  const fetcher = await reachOf(listening);
  if (!fetcher) return;
  for (;;) {
    const lane = await store.laneOf(listening.view(), host);
    if (!lane) return;
    const due = await store.takeDue(listening.view(), host, lane.resting ? 1 : atOnce);
    if (due.length === 0) return;
    for (let at = 0; at < due.length; at += abreast)
      await Promise.all(due.slice(at, at + abreast).map((delivery) => deliver(listening, fetcher, lane, delivery)));
  }
}

async function deliver(listening: Listening, fetcher: Fetcher, { id: host, flavour }: store.Lane, delivery: store.Delivery): Promise<void> {
  let used: Flavour = flavour;
  let status = await send(listening, fetcher, delivery, used);
  if (after(listening, status, delivery).then === "otherSignature") {
    used = other[used];
    status = await send(listening, fetcher, delivery, used);
  }
  const view = listening.view();
  const next = after(listening, status, delivery);
  await store.noteOutcome(view, delivery, outcomeOf(next, status.status));
  await store.noteHost(view, host, isPassing(status.status) ? restAfter : used);
}

type Answer = { readonly status: number; readonly retryAfter?: string };

async function send(listening: Listening, fetcher: Fetcher, { actor, inbox, bytes }: store.Delivery, flavour: Flavour): Promise<Answer> {
  const { view, world } = listening;
  const key = await signerOf(listening, actor.slice(view().origin.length + 1), "rsa");
  const url = new URL(inbox);
  const headers = signatures[flavour]({ method: "POST", url, body: bytes }, key, millisecondsOf(world.clock()));
  return fetcher.post(inbox, { ...headers, "content-type": activityType }, bytes);
}

function after({ world }: Listening, answer: Answer, { tries, at }: store.Delivery): After {
  const chance = (world.random(1)[0] ?? 0) / 256;
  const now = millisecondsOf(world.clock());
  return afterAnswer(answer, { tries, writtenAt: millisecondsOf(at), lifetimeMs: lifetimes.other, now }, chance);
}

/** Both kinds of signature refused is told like any other no that may pass. */
function outcomeOf(after_: After, status: number): store.Outcome {
  if (after_.then === "sent") return { state: "sent", status };
  if (after_.then === "retry") return { state: "due", status, dueAt: instantOf(after_.at) };
  return { state: after_.then === "dead" ? "dead" : "refused", status };
}
