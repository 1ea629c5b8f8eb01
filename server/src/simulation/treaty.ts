// A treaty between two coops of a simulation: offered, accepted and countersigned as any, once the members of both have said yes, and ended when those of one say so. Their votes take a month each and are told elsewhere.
import { z } from "zod";
import type { Mandate, Terms } from "@partcommune/shared/governance/rules/terms";
import { listener } from "@partcommune/shared/platform/actor";
import { Nothing } from "@partcommune/shared/platform/api";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import { enactTreaty } from "../federation/index.ts";
import type { Scope } from "../platform/scope.ts";
import type { Neighbour } from "./neighbourhood.ts";
import type { Pace } from "./pace.ts";
import { calledAt, hostOf, offeredBy } from "./store/due.ts";

const exposure = [{ amount: "90000000", currency: "EUR" }];
const expiresAt = "2030-01-01T00:00:00.000Z" as Instant;

const terms: Terms = {
  hostSharePpm: 200_000,
  currencies: ["EUR"],
  exposure,
  creditRisk: "shared",
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
  await offerTreaty(one, await hostOf(one.stage.coop.db, other.origin));
  await settle();
  await acceptTreaty(other, await hostOf(other.stage.coop.db, one.origin));
  await settle();
}

/** What the members of a coop have voted about another one is done. */
type CarriesOut = (coop: Neighbour, host: Id) => Promise<void>;

export const offerTreaty: CarriesOut = (coop, host) => carriedOut(coop, host, { act: "make", terms, mandate });

export const acceptTreaty: CarriesOut = async (coop, host) =>
  carriedOut(coop, host, { act: "make", hash: await offeredBy(coop.stage.coop.db, host) });

export const endTreaty: CarriesOut = (coop, host) => carriedOut(coop, host, { act: "end" });

type Voted =
  | { readonly act: "make"; readonly terms: Terms; readonly mandate: Mandate }
  | { readonly act: "make"; readonly hash: string }
  | { readonly act: "end" };

async function carriedOut({ stage }: Neighbour, host: Id, voted: Voted): Promise<void> {
  const { origin, name } = await calledAt(stage.coop.db, host);
  const act = async (scope: Scope): Promise<Record<string, never>> => {
    await enactTreaty(scope, { proposal: scope.id(), payload: { kind: "treaty", host, origin, name, ...voted } });
    return {};
  };
  await stage.coop.perform(listener, verb, act, {}, { key: `treaty ${origin} ${stage.now()}`, cause: "vote" });
}
