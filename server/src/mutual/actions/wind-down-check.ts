// Whether a wind-down file agrees with itself: its sums are those of the book that lies in it, and the book is as it was sealed. It needs the file alone.
import { differenceOf, windDownStatement } from "@partcommune/shared/mutual/rules/winding-down";
import { rootOf } from "@partcommune/shared/platform/merkle";
import { leafOf, sha256 } from "../../money/index.ts";
import type { Piece } from "./winding-down.ts";

type Account = { readonly code: string; readonly currency: string; readonly balance: string };
type Entry = Omit<Parameters<typeof leafOf>[0], "entry"> & { readonly position: string | null; readonly leaf: string | null };
type Seal = { readonly batch: string; readonly from: string; readonly to: string; readonly root: string };
type Money = { readonly account: string; readonly currency: string; readonly balance: string };

/** What has been read of a file. */
type Read = {
  accounts: readonly Account[];
  statement: { readonly country: string; readonly statement: unknown } | undefined;
  readonly members: Map<string, bigint>;
  clients: readonly { readonly currency: string; readonly open: string }[];
  readonly booked: Map<string, bigint>;
  readonly leaves: Map<string, string>;
  readonly broken: string[];
  seals: readonly Seal[];
};

export type Checking = { readonly take: (piece: Piece) => void; readonly faults: () => readonly string[] };

/** Takes a file piece by piece, in any order, and says in the end what does not agree. */
export function checkingWindDown(): Checking {
  const read: Read = {
    accounts: [],
    statement: undefined,
    members: new Map(),
    clients: [],
    booked: new Map(),
    leaves: new Map(),
    broken: [],
    seals: [],
  };
  return { take: (piece) => take(read, piece), faults: () => faultsIn(read) };
}

function take(read: Read, { name, text }: Piece): void {
  if (name === "accounts.json") read.accounts = JSON.parse(text) as readonly Account[];
  else if (name === "statement.json") read.statement = JSON.parse(text) as Read["statement"];
  else if (name === "clients.json") read.clients = JSON.parse(text) as Read["clients"];
  else if (name === "seals.json") read.seals = JSON.parse(text) as readonly Seal[];
  else if (name === "ledger.jsonl") for (const line of text.split("\n")) takeEntry(read, line);
  else if (/^members\/[^/]+\.json$/.test(name))
    for (const { account, balance } of (JSON.parse(text) as { readonly accounts?: readonly Money[] }).accounts ?? [])
      add(read.members, account, -BigInt(balance));
}

const add = (sums: Map<string, bigint>, key: string, minor: bigint): void => void sums.set(key, (sums.get(key) ?? 0n) + minor);

function takeEntry({ booked, leaves, broken }: Read, line: string): void {
  if (line === "") return;
  const entry = JSON.parse(line) as Entry;
  for (const [code, , amount] of entry.legs) add(booked, code, BigInt(amount));
  if (entry.position === null || entry.leaf === null) return;
  leaves.set(entry.position, entry.leaf);
  const leaf = Buffer.from(leafOf({ ...entry, entry: 0n })).toString("hex");
  if (leaf !== entry.leaf) broken.push(`Entry ${entry.uid} is not what was sealed at position ${entry.position}.`);
}

function faultsIn({ accounts, statement, members, clients, booked, leaves, broken, seals }: Read): readonly string[] {
  const standing = accounts.map(({ code, currency, balance }) => ({ code, currency, minor: BigInt(balance) }));
  const parts = windDownStatement(standing, statement?.country ?? "");
  return [
    ...parts.flatMap((part) => (differenceOf(part) === 0n ? [] : [`Debits and credits of ${part.currency} differ.`])),
    ...(textOf(parts) === textOf(statement?.statement) ? [] : ["The statement is not what the accounts come to."]),
    ...standing.flatMap(({ code, minor }) => ((booked.get(code) ?? 0n) === minor ? [] : [`${code} is not the sum of its entries.`])),
    ...standing.flatMap(({ code, minor }) =>
      !code.startsWith("member:") || (members.get(code) ?? 0n) === minor ? [] : [`${code} stands otherwise in its member's file.`],
    ),
    ...clientFaults(standing, clients),
    ...broken,
    ...sealFaults(seals, leaves),
  ];
}

const textOf = (parts: unknown): string =>
  JSON.stringify(parts, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value)) ?? "";

type Standing = readonly { readonly code: string; readonly currency: string; readonly minor: bigint }[];

function clientFaults(standing: Standing, clients: Read["clients"]): readonly string[] {
  const owed = new Map<string, bigint>();
  for (const { code, currency, minor } of standing) if (code.startsWith("receivable:client:")) add(owed, currency, minor);
  for (const { currency, open } of clients) add(owed, currency, -BigInt(open));
  return [...owed].flatMap(([currency, left]) =>
    left === 0n ? [] : [`What clients owe in ${currency} is not what their invoices leave open.`],
  );
}

function sealFaults(seals: readonly Seal[], leaves: ReadonlyMap<string, string>): readonly string[] {
  return seals.flatMap(({ batch, from, to, root }) => {
    const places = Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => leaves.get(String(Number(from) + at)));
    if (places.some((leaf) => leaf === undefined)) return [`An entry of seal ${batch} is missing.`];
    const reckoned = rootOf(
      places.map((leaf) => Buffer.from(leaf ?? "", "hex")),
      sha256,
    );
    return Buffer.from(reckoned).toString("hex") === root ? [] : [`Seal ${batch} is not that of its entries.`];
  });
}
