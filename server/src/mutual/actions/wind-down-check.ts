// Whether a wind-down file agrees with itself: its sums are those of the book that lies in it, and the book is as it was sealed. It needs the file alone.
import { differenceOf, windDownStatement } from "@partcommune/shared/mutual/rules/winding-down";
import { jsonText } from "@partcommune/shared/platform/json";
import { checkingSeals, readLine, type SealChecking } from "../../money/index.ts";
import type { Piece } from "./winding-down.ts";

type Account = { readonly code: string; readonly currency: string; readonly balance: string };
type Legs = { readonly legs: readonly (readonly [code: string, currency: string, amount: string])[] };
type Money = { readonly account: string; readonly currency: string; readonly balance: string };

/** What has been read of a file. */
type Read = {
  accounts: readonly Account[];
  statement: { readonly country: string; readonly statement: unknown } | undefined;
  readonly members: Map<string, bigint>;
  clients: readonly { readonly currency: string; readonly open: string }[];
  readonly booked: Map<string, bigint>;
  readonly seals: SealChecking;
};

export type Checking = { readonly take: (piece: Piece) => Promise<void>; readonly faults: () => readonly string[] };

/** Takes a file piece by piece, each file from its beginning, and says in the end what does not agree. */
export function checkingWindDown(): Checking {
  const read: Read = {
    accounts: [],
    statement: undefined,
    members: new Map(),
    clients: [],
    booked: new Map(),
    seals: checkingSeals(),
  };
  return { take: (piece) => take(read, piece), faults: () => faultsIn(read) };
}

async function take(read: Read, { name, text }: Piece): Promise<void> {
  if (name === "accounts.json") read.accounts = JSON.parse(text) as readonly Account[];
  else if (name === "statement.json") read.statement = JSON.parse(text) as Read["statement"];
  else if (name === "clients.json") read.clients = JSON.parse(text) as Read["clients"];
  else if (name === "ledger.jsonl") for (const line of linesIn(text)) await takeLine(read, line);
  else if (name === "unsealed.jsonl") for (const line of linesIn(text)) book(read, JSON.parse(line) as Legs);
  else if (/^members\/[^/]+\.json$/.test(name))
    for (const { account, balance } of (JSON.parse(text) as { readonly accounts?: readonly Money[] }).accounts ?? [])
      add(read.members, account, -BigInt(balance));
}

const add = (sums: Map<string, bigint>, key: string, minor: bigint): void => void sums.set(key, (sums.get(key) ?? 0n) + minor);

const linesIn = (text: string): readonly string[] => text.split("\n").filter((line) => line !== "");

async function takeLine(read: Read, text: string): Promise<void> {
  const line = readLine(text);
  await read.seals.take(line);
  if (line?.kind === "entry") book(read, line.says);
}

function book({ booked }: Read, { legs }: Legs): void {
  for (const [code, , amount] of legs) add(booked, code, BigInt(amount));
}

function faultsIn({ accounts, statement, members, clients, booked, seals }: Read): readonly string[] {
  const standing = accounts.map(({ code, currency, balance }) => ({ code, currency, minor: BigInt(balance) }));
  const parts = windDownStatement(standing, statement?.country ?? "");
  return [
    ...parts.flatMap((part) => (differenceOf(part) === 0n ? [] : [`Debits and credits of ${part.currency} differ.`])),
    ...(jsonText(parts) === jsonText(statement?.statement) ? [] : ["The statement is not what the accounts come to."]),
    ...standing.flatMap(({ code, minor }) => ((booked.get(code) ?? 0n) === minor ? [] : [`${code} is not the sum of its entries.`])),
    ...standing.flatMap(({ code, minor }) =>
      !code.startsWith("member:") || (members.get(code) ?? 0n) === minor ? [] : [`${code} stands otherwise in its member's file.`],
    ),
    ...clientFaults(standing, clients),
    ...sealFaults(seals),
  ];
}

type Standing = readonly { readonly code: string; readonly currency: string; readonly minor: bigint }[];

function clientFaults(standing: Standing, clients: Read["clients"]): readonly string[] {
  const owed = new Map<string, bigint>();
  for (const { code, currency, minor } of standing) if (code.startsWith("receivable:client:")) add(owed, currency, minor);
  for (const { currency, open } of clients) add(owed, currency, -BigInt(open));
  return [...owed].flatMap(([currency, left]) =>
    left === 0n ? [] : [`What clients owe in ${currency} is not what their invoices leave open.`],
  );
}

function sealFaults(seals: SealChecking): readonly string[] {
  const broken = seals.end();
  return broken ? [`The book is not what was sealed: ${jsonText(broken)}`] : [];
}
