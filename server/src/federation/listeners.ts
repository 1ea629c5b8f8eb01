// What federation does after a commit: it knocks where an officer pointed, tells others what is theirs to know, and sends what was published.
import { z } from "zod";
import { listener, type Actor } from "@partcommune/shared/platform/actor";
import { Nothing } from "@partcommune/shared/platform/api";
import type { Id } from "@partcommune/shared/platform/id";
import type { Fact } from "@partcommune/shared/platform/events";
import { peopleWithRole } from "../membership/index.ts";
import { telling as noticing } from "../platform/notices/telling.ts";
import type { Listener, Listening } from "../platform/domain.ts";
import type { Scope, View } from "../platform/scope.ts";
import { knockAt } from "./actions/knocking.ts";
import { findNeighbour, missNeighbour } from "./actions/neighbours.ts";
import { keepPeer } from "./actions/peers.ts";
import { enactTreaty } from "./actions/treaties.ts";
import { carriesOut } from "../governance/index.ts";
import { reachOf } from "./actions/reaching.ts";
import { tell } from "./actions/telling.ts";
import type { Sisters, Telling } from "./index.ts";
import { hostsOf } from "./store/deliveries.ts";
import { nameOfCoop } from "./store/sister-list.ts";
import { neighbourById } from "./store/neighbours.ts";

const telling = { name: "activity.publish", input: z.strictObject({}), answer: Nothing, status: 201 };

/** One act that follows from a fact, done once however often the fact is heard. */
async function follow(
  { perform }: Listening,
  { id }: Fact,
  name: string,
  act: (scope: Scope) => Promise<unknown>,
  actor: Actor = listener,
): Promise<void> {
  await perform(actor, { ...telling, name }, async (scope) => (await act(scope), {}), {}, { key: `fact:${id}:${name}`, cause: id });
}

async function knock(listening: Listening, fact: Fact<"neighbour.asked">): Promise<void> {
  const { subject: neighbour, body } = fact;
  const fetcher = await reachOf(listening);
  const found = fetcher ? await knockAt(fetcher, body.origin) : "silent";
  await follow(listening, fact, "neighbour.knock", async (scope) => {
    if (typeof found === "string") return missNeighbour(scope, { neighbour, why: found });
    for (const peer of found.peers) await keepPeer(scope, peer);
    return findNeighbour(scope, { neighbour, ...found.says });
  });
}

/** Says to a neighbour's board that ours wants to follow it, or follows it no more. */
async function askBoard(listening: Listening, fact: Fact, type: "Follow" | "Undo"): Promise<void> {
  if (!listening.world.outside) return;
  await follow(listening, fact, `neighbour.${type.toLowerCase()}`, async (scope) => {
    const { board, follow: id } = (await neighbourById(scope.tx, fact.subject)) ?? {};
    if (board === undefined || id === undefined) return;
    const said: Telling =
      type === "Follow" ? { actor: "jobs", type, to: [board], object: board, id } : { actor: "jobs", type, to: [board], object: id };
    await tell(scope, said);
  });
}

type OfTreaty = { readonly host: Id };
type Noticed = "treatyOffered" | "treatyMoved" | "treatyEnds";

/** The board hears what the other coop did, or the clock; what it did itself, or what a vote of ours did, it knows. */
const toBoard = async (view: View, { host }: OfTreaty, kind: Noticed, values: Readonly<Record<string, string | number>> = {}) => ({
  kind,
  place: "sister" as const,
  subject: host,
  values: { coop: await nameOfCoop(view, host), ...values },
  people: await peopleWithRole(view, "board"),
});

const moved = async (view: View, body: OfTreaty & { readonly byUs?: boolean }, how: string) =>
  body.byUs === true ? undefined : toBoard(view, body, "treatyMoved", { how });

export const listeners: readonly Listener[] = [
  noticing("federation.received", "treaty.received", (view, { body }) => toBoard(view, body, "treatyOffered")),
  noticing("federation.redrafted", "treaty.redrafted", async (view, { body }) =>
    body.offer === undefined ? toBoard(view, body, "treatyOffered") : undefined,
  ),
  noticing("federation.begun", "treaty.begun", async (view, { body: { host } }) =>
    toBoard(view, { host }, "treatyMoved", { how: "begun" }),
  ),
  noticing("federation.refused", "treaty.refused", (view, { body }) => moved(view, body, "refused")),
  noticing("federation.withdrawn", "treaty.withdrawn", (view, { body }) => moved(view, body, "withdrawn")),
  noticing("federation.ended", "treaty.ended", async (view, { body: { host } }) =>
    toBoard(view, { host }, "treatyMoved", { how: "ended" }),
  ),
  noticing("federation.missed", "treaty.missed", (view, { body }) => moved(view, body, "missed")),
  carriesOut("federation.treaties", "treaty", enactTreaty),
  {
    name: "federation.knock",
    facts: ["neighbour.asked"],
    hear: (listening, fact) => knock(listening, fact as Fact<"neighbour.asked">),
  },
  { name: "federation.follow", facts: ["neighbour.followed"], hear: (listening, fact) => askBoard(listening, fact, "Follow") },
  { name: "federation.leave", facts: ["neighbour.left"], hear: (listening, fact) => askBoard(listening, fact, "Undo") },
  {
    name: "federation.send",
    facts: ["activity.published"],
    hear: async ({ db, wake }, { body }) => {
      for (const host of await hostsOf(db, (body as Fact<"activity.published">["body"]).activity)) wake("federation.delivery", host);
    },
  },
];

/** A listener for each kind of fact that a domain tells to others. */
export const tellers = ({ tells }: Sisters): readonly Listener[] =>
  tells.map(({ name, facts, tell: say }) => ({
    name,
    facts,
    hear: async (listening, fact) => {
      if (!listening.world.outside) return;
      const said = await say(listening.view(), fact);
      if (said) await follow(listening, fact, name, (scope) => tell(scope, said));
    },
  }));
