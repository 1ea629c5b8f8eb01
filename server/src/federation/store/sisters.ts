// Coops that a treaty binds to us, for domains that work with them, in SQL.
import type { Terms } from "@partcommune/shared/governance/rules/terms";
import { TermsJson } from "@partcommune/shared/governance/api/terms";
import type { Id } from "@partcommune/shared/platform/id";
import type { Database, Tx } from "../../platform/database.ts";

/** A coop with a treaty. `isOpen`: new jobs, bids and agreements pass; otherwise only what runs goes on. */
export type Sister = {
  readonly host: Id;
  readonly origin: string;
  readonly name: string;
  readonly treaty: Id;
  /** Where both coops find the agreement. */
  readonly iri: string;
  readonly terms: Terms;
  readonly isOpen: boolean;
};

const binding = ["active", "paused", "ended"] as const;

const sisters = (db: Database | Tx) =>
  db
    .selectFrom("federation.treaty as treaty")
    .innerJoin("federation.host as host", "host.id", "treaty.host")
    .select(["treaty.id", "treaty.host", "host.origin", "host.name", "treaty.iri", "treaty.terms", "treaty.state"])
    .where("treaty.state", "in", binding)
    .orderBy("treaty.at", "desc");

type Row = Awaited<ReturnType<ReturnType<typeof sisters>["executeTakeFirstOrThrow"]>>;

const sisterOf = ({ id, host, origin, name, iri, terms, state }: Row): Sister => ({
  host,
  origin,
  name: name ?? origin,
  treaty: id,
  iri: iri ?? "",
  terms: TermsJson.parse(terms),
  isOpen: state === "active",
});

/** The coop at this origin, by its latest treaty; undefined where there never was one in force. */
export async function sisterAt(db: Database | Tx, origin: string): Promise<Sister | undefined> {
  const row = await sisters(db).where("host.origin", "=", origin).executeTakeFirst();
  return row && sisterOf(row);
}

/** The coops with which new work passes now. */
export async function openSisters(db: Database | Tx): Promise<readonly Sister[]> {
  const rows = await sisters(db).where("treaty.state", "=", "active").execute();
  return rows.map(sisterOf);
}

/** The same by its row. */
export async function sisterOfHost(db: Database | Tx, host: Id): Promise<Sister | undefined> {
  const row = await sisters(db).where("treaty.host", "=", host).executeTakeFirst();
  return row && sisterOf(row);
}

/** Every coop that a treaty binds or bound to us, by its latest one, in the order of their names. */
export async function everySister(db: Database | Tx): Promise<readonly Sister[]> {
  const latest = new Map<Id, Sister>();
  for (const row of await sisters(db).execute()) if (!latest.has(row.host)) latest.set(row.host, sisterOf(row));
  return [...latest.values()].toSorted((one, other) => one.name.localeCompare(other.name));
}
