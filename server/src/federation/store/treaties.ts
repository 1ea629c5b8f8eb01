// Treaties as their verbs meet them, in SQL: what lies on the table, what members voted, and every draft.
import { MandateJson, TermsJson } from "@partcommune/shared/governance/api/terms";
import type { Mandate, Terms } from "@partcommune/shared/governance/rules/terms";
import { liveStates, treatyTable, type TreatyState, type TreatyVerb } from "@partcommune/shared/federation/rules/treaty";
import type { Id } from "@partcommune/shared/platform/id";
import { afterVerb } from "@partcommune/shared/platform/table";
import type { Updateable } from "kysely";
import type { Scope } from "../../platform/scope.ts";
import type { FederationTreaty } from "../../platform/tables.ts";
import { hashOfTerms } from "../actions/terms.ts";
import { nameOf } from "./sister-list.ts";

export type Treaty = {
  readonly id: Id;
  readonly host: Id;
  readonly origin: string;
  readonly state: TreatyState;
  readonly ours: boolean;
  readonly draft: number;
  readonly terms: Terms;
  /** SHA-256 of the terms, hexadecimal. */
  readonly hash: string;
  readonly iri?: string | undefined;
  readonly offer: string;
  /** What our members voted, where we offered it, and how far officers may go from it. */
  readonly voted?: Terms | undefined;
  readonly mandate?: Mandate | undefined;
};

/** The treaty with a coop that is on its way or in force, held until the act ends. */
export async function heldTreaty({ tx }: Scope, host: Id): Promise<Treaty | undefined> {
  const row = await tx
    .selectFrom("federation.treaty as treaty")
    .innerJoin("federation.host as host", "host.id", "treaty.host")
    .selectAll("treaty")
    .select("host.origin")
    .where("treaty.host", "=", host)
    .where("treaty.state", "in", [...liveStates])
    .forUpdate("treaty")
    .executeTakeFirst();
  if (!row) return undefined;
  const { state, terms, hash, iri, offer, voted, mandate, ...rest } = row;
  return {
    ...rest,
    state: state as TreatyState,
    terms: TermsJson.parse(terms),
    hash: hash.toString("hex"),
    iri: iri ?? undefined,
    offer: offer ?? "",
    voted: voted === null ? undefined : TermsJson.parse(voted),
    mandate: mandate === null ? undefined : MandateJson.parse(mandate),
  };
}

/** Terms on paper: their number, who wrote them, and the activity that carries them. */
export type Draft = { readonly draft: number; readonly ours: boolean; readonly terms: Terms; readonly offer: string };
type Voted = { readonly proposal: Id; readonly terms: Terms; readonly mandate: Mandate };

const onTheTable = ({ draft, terms, offer }: Draft) => ({ draft, terms: JSON.stringify(terms), hash: hashOfTerms(terms), offer });
const votedIn = (voted: Voted) => ({
  proposal: voted.proposal,
  voted: JSON.stringify(voted.terms),
  mandate: JSON.stringify(voted.mandate),
});

/** A treaty begins: ours by a vote, or theirs. False where there is one already. Its id. */
export async function beginTreaty(scope: Scope, host: Id, draft: Draft, voted?: Voted): Promise<Id | undefined> {
  const { tx, now, id: newId } = scope;
  const state = afterVerb(treatyTable, "none" as TreatyState, draft.ours ? "offer" : "receive");
  const row = await tx
    .insertInto("federation.treaty")
    .values({ id: newId(), host, state, ours: draft.ours, at: now, ...onTheTable(draft), ...(voted ? votedIn(voted) : {}) })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  if (row) await keepDraft(scope, row.id, draft);
  return row?.id;
}

/** Lays other terms on the table; `voted`: by another vote of our members. */
export async function replaceTerms(scope: Scope, treaty: Treaty, draft: Draft, voted?: Voted): Promise<boolean> {
  await keepDraft(scope, treaty.id, draft);
  return moveTreaty(scope, treaty, "redraft", { ...onTheTable(draft), iri: null, ...(voted ? votedIn(voted) : {}) });
}

/** Theirs lies on the table in the place of ours, which our members' vote carried. */
export async function giveWay(scope: Scope, treaty: Treaty, draft: Draft): Promise<boolean> {
  await keepDraft(scope, treaty.id, draft);
  const noVote = { proposal: null, voted: null, mandate: null, iri: null };
  return moveTreaty(scope, treaty, "receive", { ...onTheTable(draft), ...noVote, ours: false });
}

/** Keeps a text that lay on the table. False when it is kept already. */
export async function keepDraft({ tx, now }: Scope, treaty: Id, draft: Draft): Promise<boolean> {
  const kept = await tx
    .insertInto("federation.treaty_draft")
    .values({ treaty, ours: draft.ours, at: now, ...onTheTable(draft) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return kept.numInsertedOrUpdatedRows === 1n;
}

/** The number of the next draft. */
export async function nextDraft({ tx }: Scope, treaty: Id): Promise<number> {
  const { last } = await tx
    .selectFrom("federation.treaty_draft")
    .select(({ fn }) => fn.max("draft").as("last"))
    .where("treaty", "=", treaty)
    .executeTakeFirstOrThrow();
  return (last ?? 0) + 1;
}

/** Moves a treaty by a verb, if it still is where it was read. True for exactly one caller. */
export async function moveTreaty(
  { tx, now }: Scope,
  { id, state }: Pick<Treaty, "id" | "state">,
  verb: TreatyVerb,
  set: Omit<Updateable<FederationTreaty>, "state" | "at"> = {},
): Promise<boolean> {
  const moved = await tx
    .updateTable("federation.treaty")
    .set({ reason: null, ...set, state: afterVerb(treatyTable, state, verb), at: now })
    .where("id", "=", id)
    .where("state", "=", state)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

/** A coop as everybody sees it: we read its board, or there was ever a treaty with it on its way. */
export async function shownCoop({ tx }: Scope, host: Id): Promise<{ readonly origin: string; readonly name: string } | undefined> {
  const row = await tx
    .selectFrom("federation.host as host")
    .select(["host.origin", "host.name"])
    .where("host.id", "=", host)
    .where((eb) =>
      eb.or([
        eb("host.state", "=", "followed"),
        eb.exists(eb.selectFrom("federation.treaty as treaty").select("treaty.id").whereRef("treaty.host", "=", "host.id")),
      ]),
    )
    .executeTakeFirst();
  return row && { origin: row.origin, name: nameOf(row) };
}

/** Where a coop is. */
export async function originOf({ tx }: Scope, host: Id): Promise<string> {
  return (await tx.selectFrom("federation.host").select("origin").where("id", "=", host).executeTakeFirstOrThrow()).origin;
}
