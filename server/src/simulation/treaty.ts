// A treaty between two coops of a simulation: offered, accepted and countersigned as any, once the members of both have said yes. Their votes take a month each and are told elsewhere.
import { z } from "zod";
import type { Mandate, Terms } from "@partcommune/shared/governance/rules/terms";
import { listener } from "@partcommune/shared/platform/actor";
import { Nothing } from "@partcommune/shared/platform/api";
import type { Instant } from "@partcommune/shared/platform/time";
import { enactTreaty } from "../federation/index.ts";
import type { Scope } from "../platform/scope.ts";
import type { Neighbour } from "./neighbourhood.ts";
import type { Pace } from "./pace.ts";
import { hostOf, offeredBy } from "./store/due.ts";

const exposure = [{ amount: "90000000", currency: "EUR" }];
const expiresAt = "2030-01-01T00:00:00.000Z" as Instant;

const terms: Terms = {
  hostSharePpm: 200_000,
  currencies: ["EUR"],
  exposure,
  creditRisk: "host",
  nettingDay: 2,
  settleWithinDays: 10,
  countries: ["BE"],
  startsAt: "2026-01-01T00:00:00.000Z" as Instant,
  expiresAt,
};
const mandate: Mandate = { hostSharePpm: [200_000, 200_000], exposure, settleWithinDays: [10, 10], expiresBy: expiresAt };
const verb = { name: "treaty.carryOut", input: z.strictObject({}), answer: Nothing, status: 200 };

/** Binds two coops to each other. */
export async function bound(one: Neighbour, other: Neighbour, { settle }: Pace): Promise<void> {
  await carriedOut(one, other, async () => ({ terms, mandate }));
  await settle();
  await carriedOut(other, one, async (host) => ({ hash: await offeredBy(other.stage.coop.db, host) }));
  await settle();
}

type Voted = { readonly terms: Terms; readonly mandate: Mandate } | { readonly hash: string };

/** What the members of a coop have voted about another one is done. */
async function carriedOut({ stage }: Neighbour, { origin, name }: Neighbour, voted: (host: string) => Promise<Voted>): Promise<void> {
  const host = await hostOf(stage.coop.db, origin);
  const payload = { kind: "treaty" as const, act: "make" as const, host, origin, name, ...(await voted(host)) };
  const act = async (scope: Scope): Promise<Record<string, never>> => {
    await enactTreaty(scope, { proposal: scope.id(), payload });
    return {};
  };
  await stage.coop.perform(listener, verb, act, {}, { key: `treaty ${origin}`, cause: "vote" });
}
