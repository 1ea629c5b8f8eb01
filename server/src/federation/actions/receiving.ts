// What came in is worked off in the order in which it came: into the engine, and into what each domain makes of it, in one transaction.
import { z } from "zod";
import type { Fetcher } from "@partcommune/federation/fetcher";
import type { NotTaken } from "@partcommune/federation/engine";
import { isObject, oneId, readStrict } from "@partcommune/federation/read";
import { recipientsOf } from "@partcommune/federation/recipients";
import { Nothing } from "@partcommune/shared/platform/api";
import type { Id } from "@partcommune/shared/platform/id";
import type { Listening } from "../../platform/domain.ts";
import { isUndecided, Refused } from "../../platform/refused.ts";
import type { Scope } from "../../platform/scope.ts";
import { inTurns } from "../../platform/together.ts";
import type { Heard, Hears } from "../index.ts";
import * as store from "../store/inbox.ts";
import { remoteActor } from "../store/remote-actors.ts";
import { engineIn, isHere } from "./engine.ts";
import { reachOf } from "./reaching.ts";

const verb = { name: "activity.receive", input: z.strictObject({ event: z.string() }), answer: Nothing, status: 200 };
const atOnce = 50;
/** Acts that follow from letters, over all hosts: more at once would keep the database from those who knock. */
const acting = inTurns(2);

/** Works off everything that is due from a host. */
export async function receiveFrom(listening: Listening, hears: readonly Hears[], host: Id): Promise<void> {
  const fetcher = await reachOf(listening);
  if (!fetcher) return;
  for (;;) {
    const events = await store.eventsDue(listening.view(), host, atOnce);
    if (events.length === 0) return;
    for (const event of events) await receive(listening, fetcher, hears, event);
  }
}

async function receive(listening: Listening, fetcher: Fetcher, all: readonly Hears[], event: store.Event): Promise<void> {
  const { perform, view, passage } = listening;
  const { id, inbox, type, origin } = event;
  const heard = heardIn(event, view().origin);
  const hearing = all.filter((each) => (each.inbox === inbox || each.inbox === "any") && each.types.includes(type));
  try {
    const brought = await Promise.all(hearing.map(async ({ bring }) => bring(fetcher, heard)));
    const act = async (scope: Scope): Promise<Record<string, never>> => {
      await work(scope, event, heard, hearing, brought);
      return {};
    };
    await acting(async () => {
      await passage.free();
      return perform({ kind: "peer", origin }, verb, act, { event: id }, { key: id, cause: "inbox" });
    });
  } catch (error) {
    // What no rule of ours refused comes again; a refusal is for good.
    if (!(error instanceof Refused) || isUndecided(error))
      await store.putOff(view(), event, error instanceof Error ? error.message : "unknown");
    else
      await perform(
        { kind: "peer", origin },
        verb,
        refusing(event, error.refusal.type),
        { event: id },
        { key: `${id} refused`, cause: "inbox" },
      );
  }
}

/** The activity as admitted: its bytes were read once before they were kept. */
function heardIn({ id, type, actor, host, origin, bytes, proved }: store.Event, ours: string): Heard {
  const document = readStrict(bytes);
  if (!document) throw new Error(`what was admitted as ${id} cannot be read any more`);
  const result = document["result"];
  return {
    id,
    type,
    actor,
    host,
    origin,
    document,
    object: oneId(document["object"]) ?? "",
    recipients: recipientsOf(document, ours),
    ...(isObject(result) ? { result } : {}),
    proved,
  };
}

async function work(scope: Scope, event: store.Event, heard: Heard, hearing: readonly Hears[], brought: readonly unknown[]): Promise<void> {
  const taken = await filed(scope, event, heard);
  if (typeof taken === "object") return void (await store.endEvent(scope, event.id, "refused", taken.refused));
  if (!(await store.endEvent(scope, event.id, "done")) || taken === "known") return;
  for (const [at, { hear }] of hearing.entries()) await hear(scope, heard, brought[at]);
}

/** Puts an activity into the inbox of everybody of ours whom it is for. Where it names nobody, it is for whose inbox it came to. */
async function filed(scope: Scope, { inbox, bytes: wire }: store.Event, heard: Heard): Promise<"new" | "known" | NotTaken> {
  const { id, type, actor, object, document, recipients } = heard;
  const sender = await remoteActor({ db: scope.tx }, actor);
  if (!sender) return { refused: "unknown" };
  const admitted = { id, type, actor, ...(object === "" ? {} : { object }), document, wire };
  const here: string[] = [];
  for (const path of recipients) if (await isHere(scope.tx, path)) here.push(path);
  const all: ("new" | "known" | NotTaken)[] = [];
  for (const path of here.length > 0 ? here : [inbox === "jobs" ? "jobs" : "actor"])
    all.push(await engineIn(scope).receive(admitted, `${scope.origin}/${path}`, sender));
  return all.find((each) => each === "new") ?? all.find((each) => each === "known") ?? all[0] ?? { refused: "unknown" };
}

/** What a rule of ours refused stays with its reason, and changes nothing else. */
const refusing =
  ({ id }: store.Event, why: string) =>
  async (scope: Scope): Promise<Record<string, never>> => {
    await store.endEvent(scope, id, "refused", why);
    return {};
  };
