// Treaties in a test: what a vote would carry out, what each coop holds then, and letters that overtake each other.
import { z } from "zod";
import { hashOfTerms } from "@partcommune/server/federation/actions/terms";
import { newKeys } from "@partcommune/server/federation/actions/keys";
import { enactTreaty } from "@partcommune/server/federation/actions/treaties";
import { saveKeys } from "@partcommune/server/federation/store/keys";
import type { Action, Scope } from "@partcommune/server/platform/scope";
import type { Mandate, Terms } from "@partcommune/shared/governance/rules/terms";
import { listener } from "@partcommune/shared/platform/actor";
import { Nothing } from "@partcommune/shared/platform/api";
import { type Instant } from "@partcommune/shared/platform/time";
import type { TestCoop } from "./coop.ts";
import { settled, terms as usual } from "./sisters.ts";
import { sql } from "kysely";
import type { Test } from "tap";
import { holdPage } from "./federation-page.ts";

export const terms: Terms = {
  ...usual,
  startsAt: "2026-12-01T00:00:00.000Z" as Instant,
  expiresAt: "2028-12-01T00:00:00.000Z" as Instant,
};
const mandate: Mandate = {
  hostSharePpm: [150_000, 250_000],
  exposure: terms.exposure,
  settleWithinDays: [5, 30],
  expiresBy: terms.expiresAt,
};
export const reason = "Not this year.";
export const ownActor = ({ origin }: { readonly origin: string }): string => `${origin}/actor`;
export const hashOf = (agreed: Terms): string => hashOfTerms(agreed).toString("hex");

let doings = 0;

/** One act of a coop, as its software does it. */
export async function does(coop: TestCoop, act: (scope: Scope) => Promise<unknown>): Promise<void> {
  const verb = { name: "test.act", input: z.strictObject({}), answer: Nothing, status: 200 };
  const doing: Action<Record<string, never>, Record<string, never>> = async (scope) => (await act(scope), {});
  await coop.perform(listener, verb, doing, {}, { key: `test:${(doings += 1)}`, cause: "test" });
}

/** What a vote of the members would carry out. */
export const voted = (coop: TestCoop, host: string, origin: string, what: { readonly terms: Terms } | { readonly hash: string } | "end") =>
  does(coop, async (scope) => {
    const about = { kind: "treaty", host, origin, name: origin } as const;
    const said = what === "end" ? { act: "end" as const } : { act: "make" as const, ...what, ...("terms" in what ? { mandate } : {}) };
    await enactTreaty(scope, { proposal: scope.id(), payload: { ...about, ...said } });
  });

type Held = { readonly state: string; readonly ours: boolean; readonly draft: number; readonly hash: string; readonly iri: string | null };

/** The newest treaty that a coop holds with another. */
export async function treatyOf(coop: TestCoop, origin: string): Promise<Held | undefined> {
  const row = await coop.db
    .selectFrom("federation.treaty as treaty")
    .innerJoin("federation.host as host", "host.id", "treaty.host")
    .select(["treaty.state", "ours", "draft", "hash", "iri"])
    .where("host.origin", "=", origin)
    .orderBy("treaty.id", "desc")
    .executeTakeFirst();
  return row && { ...row, hash: row.hash.toString("hex") };
}

export const hostOf = async (coop: TestCoop, origin: string): Promise<string> =>
  (await coop.db.selectFrom("federation.host").select("id").where("origin", "=", origin).executeTakeFirstOrThrow()).id;

/** The address of the offer that lies on the table. */
export const offerOf = async (coop: TestCoop, origin: string): Promise<string> =>
  (
    await coop.db
      .selectFrom("federation.treaty")
      .select("offer")
      .where("host", "=", await hostOf(coop, origin))
      .orderBy("id", "desc")
      .executeTakeFirstOrThrow()
  ).offer ?? "";

/** Whom a coop counts among its followers. */
export async function followers(coop: TestCoop): Promise<readonly string[]> {
  const rows = await coop.db
    .selectFrom("federation.collection_item")
    .innerJoin("federation.activity", "seq", "activity_seq")
    .select("actor")
    .where("collection", "=", `${coop.origin}/actor/followers`)
    .execute();
  return rows.map(({ actor }) => actor);
}

/** Keys of one of a coop's people, made as they are when first needed. */
export async function savedKeys(scope: Scope, path: string): Promise<void> {
  const made = await newKeys();
  for (const { id } of await saveKeys(scope, path, made))
    scope.emit({ type: "actorKey.made", subject: id, body: { actor: path }, about: [] });
}

/** Nothing leaves a coop for another until it is let go, the newest first. */
export async function held(from: TestCoop, to: TestCoop, ...acts: readonly (() => Promise<unknown>)[]): Promise<void> {
  const lane = (probe: Instant | null) =>
    from.db
      .updateTable("federation.host")
      .set({ failures: probe ? 9 : 0, failing_since: probe, probe_at: probe })
      .where("origin", "=", to.origin)
      .execute();
  await lane("2030-01-01T00:00:00.000Z" as Instant);
  for (const act of acts) {
    await act();
    await settled(to);
    await from.settle();
  }
  await lane(null);
  const due = from.db.selectFrom("federation.delivery").select("id").where("state", "=", "due").orderBy("id", "desc");
  const rows = await due.execute();
  await from.db
    .updateTable("federation.delivery")
    .set({ due_at: "2030-01-01T00:00:00.000Z" as Instant })
    .where("state", "=", "due")
    .execute();
  for (const { id } of rows) {
    await from.db.updateTable("federation.delivery").set({ due_at: from.now() }).where("id", "=", id).execute();
    await settled(from, to);
  }
}

/** Why a coop refused what it was told. */
export async function refusedAt(coop: TestCoop): Promise<readonly (string | null)[]> {
  const rows = await coop.db.selectFrom("federation.inbox_event").select("why").where("state", "=", "refused").orderBy("no").execute();
  return rows.map(({ why }) => why);
}

/** FEDERATION.md shows an offer as it left. */
export async function holdOffer(t: Test, { db, origin }: TestCoop, filature: TestCoop): Promise<void> {
  const offer = sql<{ wire: Buffer }>`select wire from federation.activity where origin = ${origin} and doc ->> 'type' = 'Offer'`;
  const coops = { [origin]: "https://atelier.example", [filature.origin]: "https://filature.example" };
  const told = { "an offer of a treaty": JSON.parse(String((await offer.execute(db)).rows[0]?.wire)) as unknown };
  holdPage(t, "test/federation/agreeing-a-treaty.test.ts", coops, told);
}
