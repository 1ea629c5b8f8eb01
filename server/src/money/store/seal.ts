// Sealing in SQL: what is not sealed yet, and the call that seals it.
import canonicalize from "canonicalize";
import { sql } from "kysely";
import { leafHash } from "@partcommune/shared/platform/merkle";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import type { Scope } from "../../platform/scope.ts";
import { hexOf, sha256 } from "../../platform/transparency/log.ts";
import { refusing } from "./refusals.ts";
import type { Reading } from "./ledger.ts";

/** What a seal is taken of: everything an entry says, with codes for account ids, so that it can be verified from an export. */
export type Sealable = {
  readonly entry: bigint;
  readonly uid: string;
  readonly kind: string;
  readonly key: string;
  readonly at: Instant;
  readonly on: Day;
  readonly bylaws: readonly string[];
  readonly cited: Readonly<Record<string, string>>;
  readonly legs: readonly (readonly [code: string, currency: string, amount: string])[];
};

/** The leaf hash of an entry (RFC 6962 over RFC 8785). What it cites goes in as a digest. */
export function leafOf({ uid, kind, key, at, on, bylaws, cited, legs }: Omit<Sealable, "entry">): Uint8Array {
  const leaf = canonicalize({ uid, kind, key, at, on, bylaws, cited: digestOf(cited), legs }) ?? "";
  return leafHash(Buffer.from(leaf), sha256);
}

const digestOf = (cited: Sealable["cited"]): string => hexOf(sha256(Buffer.from(canonicalize(cited) ?? "")));

/** Debits and credits of each currency since the first entry. */
export type Trial = Readonly<Record<string, { readonly debit: string; readonly credit: string }>>;

/** A batch as the transparency log keeps it. */
export type Batch = { readonly batch: number; readonly from: number; readonly to: number; readonly root: string; readonly trial: Trial };

/** The log that holds a leaf for each batch. */
export const sealLog = "ledger";

/** What that leaf says (RFC 8785): by its root it holds every entry of the batch, by its trial balance the sums of all before. */
export const leafOfBatch = (book: string, { batch, from, to, root, trial }: Batch): string =>
  canonicalize({ book, batch, from, to, root, trial }) ?? "";

/** The columns a seal is taken of, from `ledger.entry`. */
export const sealableColumns = sql`entry.entry_id as entry, uid, kind, key, at, value_on as "on", bylaws::text[] as bylaws,
  jsonb_strip_nulls(jsonb_build_object('document', document_id, 'engagement', engagement_id, 'bankLine', bank_line_id,
    'sister', sister, 'bearer', bearer, 'words', encode(words_digest, 'hex'))) as cited,
  (select jsonb_agg(jsonb_build_array(code, leg.currency, amount::text) order by no)
   from ledger.leg join ledger.account using (account_id) where leg.entry_id = entry.entry_id) as legs`;

/** Entries without a seal, in the order of their ids. One that committed late is above the low mark too. */
export async function unsealed({ tx }: Pick<Scope, "tx">, limit: number): Promise<readonly Sealable[]> {
  const { rows } = await sql<Sealable>`
    select ${sealableColumns} from ledger.entry
    where entry_id > coalesce((select low_entry from ledger.batch order by batch_no desc limit 1), 0)
      and not exists (select from ledger.sealed where sealed.entry_id = entry.entry_id)
    order by entry_id limit ${limit}`.execute(tx);
  return rows;
}

/** The newest entry that waits for a seal; undefined while all are sealed. */
export async function newestUnsealed({ db }: Reading): Promise<bigint | undefined> {
  const { rows } = await sql<{ entry: bigint | null }>`
    select max(entry_id) as entry from ledger.entry
    where entry_id > coalesce((select low_entry from ledger.batch order by batch_no desc limit 1), 0)
      and not exists (select from ledger.sealed where sealed.entry_id = entry.entry_id)`.execute(db);
  return rows[0]?.entry ?? undefined;
}

/** True for the one sealer that may work now, until its transaction ends. */
export async function takeSealing({ tx }: Pick<Scope, "tx">): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`select ledger.take_sealing() as mine`.execute(tx);
  return rows[0]?.mine === true;
}

/** Writes the batch: positions, root, trial balance and marks. Throws, and seals nothing, when the trial balance is not zero. */
export async function saveBatch(
  { tx, now }: Pick<Scope, "tx" | "now">,
  entries: readonly bigint[],
  leaves: readonly Uint8Array[],
  root: Uint8Array,
): Promise<Batch> {
  const call = sql<BatchRow>`
    select ${batchColumns} from ledger.seal(
      ${entries.map(String)}::bigint[], array(select decode(leaf, 'hex') from unnest(${leaves.map(hexOf)}::text[]) with ordinality leaves (leaf, n) order by n),
      ${Buffer.from(root)}::bytea, ${now}::timestamptz)`;
  const { rows } = await refusing(call.execute(tx));
  if (!rows[0]) throw new Error("nothing was sealed");
  return batchOf(rows[0]);
}

type BatchRow = { readonly batch: bigint; readonly from: bigint; readonly to: bigint; readonly root: string; readonly trial: Trial };

const batchColumns = sql`batch_no as batch, from_position as "from", to_position as "to", encode(root, 'hex') as root, trial`;

const batchOf = ({ batch, from, to, ...row }: BatchRow): Batch => ({ ...row, batch: Number(batch), from: Number(from), to: Number(to) });

/** What the book calls its coop. */
export async function bookSealed({ db }: Reading): Promise<string> {
  const { rows } = await sql<{ coop: string }>`select coop from ledger.book`.execute(db);
  return rows[0]?.coop ?? "";
}

export type Sealed = Sealable & { readonly position: bigint; readonly leaf: Buffer };

/** Batches in order, from the first. */
export async function batches({ db }: Reading): Promise<readonly Batch[]> {
  const { rows } = await sql<BatchRow>`select ${batchColumns} from ledger.batch order by batch_no`.execute(db);
  return rows.map(batchOf);
}

/** The batch that a place of the book lies in. */
export async function batchOfPosition({ db }: Reading, position: number): Promise<Batch | undefined> {
  const { rows } = await sql<BatchRow>`
    select ${batchColumns} from ledger.batch where ${BigInt(position)} between from_position and to_position`.execute(db);
  return rows[0] && batchOf(rows[0]);
}

/** The entries of a batch by position. */
export async function sealedIn({ db }: Reading, { from, to }: Pick<Batch, "from" | "to">): Promise<readonly Sealed[]> {
  const { rows } = await sql<Sealed>`
    select position, leaf, ${sealableColumns} from ledger.sealed join ledger.entry using (entry_id)
    where position between ${BigInt(from)} and ${BigInt(to)} order by position`.execute(db);
  return rows;
}

/** The leaf hashes of a batch by position. */
export async function leavesIn({ db }: Reading, { from, to }: Pick<Batch, "from" | "to">): Promise<readonly Uint8Array[]> {
  const { rows } = await sql<{ leaf: Buffer }>`
    select leaf from ledger.sealed where position between ${BigInt(from)} and ${BigInt(to)} order by position`.execute(db);
  return rows.map(({ leaf }) => leaf);
}
