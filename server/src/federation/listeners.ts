// What federation does after a commit: it knocks where an officer pointed, tells others what is theirs to know, and sends what was published.
import { z } from "zod";
import { listener, type Actor } from "@partcommune/shared/platform/actor";
import { Nothing } from "@partcommune/shared/platform/api";
import type { Money } from "@partcommune/shared/platform/money";
import type { Fact } from "@partcommune/shared/platform/events";
import type { Listener, Listening } from "../platform/domain.ts";
import type { Scope } from "../platform/scope.ts";
import { haveKeys, newKeys, replaceKeys } from "./actions/keys.ts";
import { raiseShare } from "./actions/claims.ts";
import { claimNotices } from "./actions/claim-notices.ts";
import { knockAt } from "./actions/knocking.ts";
import { havePeers } from "./actions/meeting.ts";
import { findNeighbour, missNeighbour } from "./actions/neighbours.ts";
import { keepPeer } from "./actions/peers.ts";
import { enactTreaty } from "./actions/treaties.ts";
import { treatyNotices } from "./actions/treaty-notices.ts";
import { carriesOut } from "../governance/index.ts";
import { reachOf } from "./actions/reaching.ts";
import { noteMoved } from "./actions/netting.ts";
import { sendStatement } from "./actions/stating.ts";
import { tell } from "./actions/telling.ts";
import type { Sisters, Telling } from "./index.ts";
import { hostsOf } from "./store/deliveries.ts";
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

/** Signs what we stated to a sister and tells it; our coop has its keys by then. */
async function sendStated(listening: Listening, fact: Fact): Promise<void> {
  if (!listening.world.outside) return;
  await haveKeys(listening, "actor");
  await follow(listening, fact, "statement.send", (scope) => sendStatement(scope, fact.subject));
}

export const listeners: readonly Listener[] = [
  ...treatyNotices,
  ...claimNotices,
  carriesOut("federation.treaties", "treaty", enactTreaty),
  {
    name: "federation.settle",
    facts: ["settlement.booked"],
    hear: (listening, fact) => {
      const { subject: host, body } = fact as Fact<"settlement.booked">;
      const moved = { minor: BigInt(body.minor), currency: body.currency };
      return follow(listening, fact, "netting.settle", (scope) => noteMoved(scope, host, moved));
    },
  },
  {
    name: "federation.shareLosses",
    facts: ["lossShare.booked"],
    hear: (listening, fact) => {
      const { subject: invoice, body } = fact as Fact<"lossShare.booked">;
      const money = (minor: string): Money => ({ minor: BigInt(minor), currency: body.currency });
      const { host, turn } = body;
      const claimed = { host, invoice, turn, gross: money(body.gross), due: money(body.due) };
      return follow(listening, fact, "claim.shareLoss", (scope) => raiseShare(scope, claimed));
    },
  },
  { name: "federation.state", facts: ["statement.made"], hear: sendStated },
  {
    name: "federation.knock",
    facts: ["neighbour.asked"],
    hear: (listening, fact) => knock(listening, fact as Fact<"neighbour.asked">),
  },
  { name: "federation.follow", facts: ["neighbour.followed"], hear: (listening, fact) => askBoard(listening, fact, "Follow") },
  { name: "federation.leave", facts: ["neighbour.left"], hear: (listening, fact) => askBoard(listening, fact, "Undo") },
  {
    name: "federation.changeKeys",
    facts: ["actorKey.due"],
    hear: async (listening, fact) => {
      const { subject, body } = fact as Fact<"actorKey.due">;
      const made = await newKeys();
      await follow(listening, fact, "actorKeys.change", (scope) => replaceKeys(scope, body.actor, subject, made));
    },
  },
  { name: "federation.resend", facts: ["host.unblocked"], hear: async ({ wake }, { subject }) => wake("federation.delivery", subject) },
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
      if (!said) return;
      await haveKeys(listening, said.actor);
      await havePeers(listening, [...said.to, ...(said.cc ?? [])]);
      await follow(listening, fact, name, (scope) => tell(scope, said));
    },
  }));
