// Whether a book is what was sealed: every leaf, root, sum and signature reckoned again, line by line, from the database, an export or a wind-down file alike.
import canonicalize from "canonicalize";
import { edgeAfter, leafHash, rootOf, rootOver } from "@partcommune/shared/platform/merkle";
import { readSignedHead } from "../../platform/transparency/heads.ts";
import { hexOf, sha256 } from "../../platform/transparency/log.ts";
import { leafOf, leafOfBatch, sealLog, type Trial } from "../store/seal.ts";
import type { EntryLine, SealedLine } from "./sealed-lines.ts";

/** The first row that is not as it was sealed. */
export type Broken = {
  readonly row: SealedLine["kind"] | "line";
  readonly batch?: number;
  readonly position?: number;
  readonly key?: string;
  /** Of a head: how many leaves it is over. */
  readonly size?: number;
  /** Of a line that cannot be read, or stands behind the end: which, from 1. */
  readonly line?: number;
};

/** A head that somebody kept: the book has to have come by it. */
export type Witnessed = { readonly size: number; readonly root: string };

/** What was read so far. */
type Read = {
  lines: number;
  book: string | undefined;
  position: number;
  leaves: Uint8Array[];
  readonly sums: Map<string, { debit: bigint; credit: bigint }>;
  size: number;
  edge: readonly Uint8Array[];
  heads: number;
  isOver: boolean;
  readonly keys: Set<string>;
};

export type Counted = { readonly entries: number; readonly batches: number; readonly heads: number; readonly keys: readonly string[] };

export type Checking = {
  /** Takes the next line; `undefined` stands for one that cannot be read. The first fault stays. */
  readonly take: (line: SealedLine | undefined) => Promise<Broken | undefined>;
  /** What is wrong when all was taken. */
  readonly end: () => Broken | undefined;
  readonly counted: () => Counted;
};

/** Takes a book from its beginning. What others witnessed of it has to be in it. */
export function checkingSeals(witnessed: readonly Witnessed[] = []): Checking {
  const read: Read = {
    lines: 0,
    book: undefined,
    position: 0,
    leaves: [],
    sums: new Map(),
    size: 0,
    edge: [],
    heads: 0,
    isOver: false,
    keys: new Set(),
  };
  let broken: Broken | undefined;
  return {
    take: async (line) => (broken ??= await faultOf(read, line, witnessed)),
    end: () => (broken ??= read.isOver ? undefined : { row: "end" }),
    counted: () => ({ entries: read.position, batches: read.size, heads: read.heads, keys: [...read.keys] }),
  };
}

async function faultOf(read: Read, line: SealedLine | undefined, witnessed: readonly Witnessed[]): Promise<Broken | undefined> {
  read.lines += 1;
  if (line === undefined || read.isOver) return { row: "line", line: read.lines };
  if ((line.kind === "book") !== (read.book === undefined)) return { row: "book" };
  if (line.kind === "book") return void (read.book = line.says.coop);
  if (line.kind === "entry") return takeEntry(read, line.says);
  if (line.kind === "batch") return takeBatch(read, line.says, witnessed);
  if (line.kind === "head") return takeHead(read, line.says);
  return takeEnd(read, line.says, witnessed);
}

function takeEntry(read: Read, entry: EntryLine): Broken | undefined {
  const leaf = leafOf(entry);
  const { position, key } = entry;
  if (position !== read.position + 1 || hexOf(leaf) !== entry.leaf) return { row: "entry", batch: read.size + 1, position, key };
  read.position = position;
  read.leaves.push(leaf);
  for (const [, currency, amount] of entry.legs) {
    const sum = read.sums.get(currency) ?? { debit: 0n, credit: 0n };
    const minor = BigInt(amount);
    if (minor > 0n) sum.debit += minor;
    else sum.credit -= minor;
    read.sums.set(currency, sum);
  }
  return undefined;
}

const trialOf = ({ sums }: Read): Trial =>
  Object.fromEntries([...sums].map(([currency, { debit, credit }]) => [currency, { debit: String(debit), credit: String(credit) }]));

type Line<Kind extends SealedLine["kind"]> = Extract<SealedLine, { readonly kind: Kind }>["says"];

function takeBatch(read: Read, batch: Line<"batch">, witnessed: readonly Witnessed[]): Broken | undefined {
  const { leaves, size, position } = read;
  const whole = batch.batch === size + 1 && batch.to === position && batch.from === position - leaves.length + 1 && leaves.length > 0;
  const root = hexOf(rootOf(leaves, sha256));
  if (!whole || batch.root !== root || canonicalize(batch.trial) !== canonicalize(trialOf(read)))
    return { row: "batch", batch: batch.batch };
  if (batch.leaf !== leafOfBatch(read.book ?? "", batch)) return { row: "batch", batch: batch.batch };
  read.edge = edgeAfter(size, read.edge, leafHash(Buffer.from(batch.leaf), sha256), sha256);
  read.size += 1;
  read.leaves = [];
  return witnessed.every((head) => head.size !== read.size || head.root === rootNow(read)) ? undefined : { row: "head", size: read.size };
}

const rootNow = ({ edge }: Read): string => hexOf(rootOver(edge, sha256));

async function takeHead(read: Read, { size, root, jws }: Line<"head">): Promise<Broken | undefined> {
  const signed = await readSignedHead(jws);
  const says = signed?.head;
  const isOurs = says !== undefined && says.log === sealLog && says.size === size && says.root === root;
  if (!isOurs || size !== read.size || read.leaves.length > 0 || root !== rootNow(read)) return { row: "head", size };
  read.heads += 1;
  read.keys.add(signed?.key ?? "");
  return undefined;
}

function takeEnd(read: Read, end: Line<"end">, witnessed: readonly Witnessed[]): Broken | undefined {
  const { position, size, heads, leaves } = read;
  read.isOver = true;
  if (leaves.length > 0 || end.entries !== position || end.batches !== size || end.heads !== heads) return { row: "end" };
  const beyond = witnessed.find((head) => head.size > size);
  return beyond && { row: "head", size: beyond.size };
}
