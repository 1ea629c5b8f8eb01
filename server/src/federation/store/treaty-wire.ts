// Treaties as they are told to the other coop, in SQL.
import { TermsJson } from "@partcommune/shared/governance/api/terms";
import type { Terms } from "@partcommune/shared/governance/rules/terms";
import type { TreatyState } from "@partcommune/shared/federation/rules/treaty";
import type { Id } from "@partcommune/shared/platform/id";
import type { Database, Tx } from "../../platform/database.ts";
import type { Scope } from "../../platform/scope.ts";
import type { Introduction } from "./neighbours.ts";
import { nameOf } from "./sister-list.ts";

export type Paper = {
  readonly origin: string;
  /** What the other coop is called. */
  readonly name: string;
  /** The vote of our members, where there was one. */
  readonly proposal?: Id;
  readonly draft: number;
  readonly terms: Terms;
};

/** A text of a treaty: the one that an offer carries. */
export async function paperOf(db: Database | Tx, treaty: Id, offer: string): Promise<Paper | undefined> {
  const row = await db
    .selectFrom("federation.treaty_draft as draft")
    .innerJoin("federation.treaty as treaty", "treaty.id", "draft.treaty")
    .innerJoin("federation.host as host", "host.id", "treaty.host")
    .select(["host.origin", "host.name", "treaty.proposal", "draft.draft", "draft.terms"])
    .where("draft.treaty", "=", treaty)
    .where("draft.offer", "=", offer)
    .executeTakeFirst();
  if (!row) return undefined;
  const { origin, proposal, draft, terms } = row;
  return { origin, name: nameOf(row), draft, terms: TermsJson.parse(terms), ...(proposal === null ? {} : { proposal }) };
}

/** In which state the newest treaty with a coop is; undefined where there was never one. */
export async function treatyStateWith(db: Database | Tx, host: Id): Promise<TreatyState | undefined> {
  const row = await db
    .selectFrom("federation.treaty")
    .select("state")
    .where("host", "=", host)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.state as TreatyState | undefined;
}

/** Keeps what a coop says of itself, as it said it when it came to us. */
export async function introduce({ tx }: Scope, host: Id, { currencies, ...said }: Introduction): Promise<void> {
  await tx
    .updateTable("federation.host")
    .set({ ...said, currencies: [...currencies] })
    .where("id", "=", host)
    .execute();
}
