// A journal with one thing wrong in it, as a hand or a broken disk would leave it: a cent, a sign, a day; and the same where it still balances, so that only what is held at the end betrays it.

export type Mutation = { readonly what: string; readonly journal: string };

/** The lines of one entry: its first line, and those that move money on different accounts. */
type Entry = { readonly head: number; readonly legs: readonly number[] };

const leg = /^ {4}(\S+)( +)(-?)(\d+(?:\.\d+)?)( [A-Z]{3})$/;

/** The entries of a journal in any of its forms; what was held before and what is held at the end are none. */
function entriesOf(lines: readonly string[]): readonly Entry[] {
  const entries: Entry[] = [];
  for (const [head, line] of lines.entries()) {
    if (!/^\d{4}-\d\d-\d\d \* "?(?!opening|closing)[a-z]/.test(line)) continue;
    const end = lines.indexOf("", head);
    const legs = Array.from({ length: end - head - 1 }, (_, at) => head + 1 + at).filter((at) => leg.test(lines[at] ?? ""));
    entries.push({ head, legs });
  }
  return entries;
}

const changed = (line: string, change: (minor: bigint) => bigint): string =>
  line.replace(leg, (_, account: string, gap: string, sign: string, number: string, currency: string) => {
    const decimals = number.split(".")[1]?.length ?? 0;
    const minor = change(BigInt(`${sign}${number.replace(".", "")}`));
    const digits = String(minor < 0n ? -minor : minor).padStart(decimals + 1, "0");
    const cut = digits.length - decimals;
    return `    ${account}${gap}${minor < 0n ? "-" : ""}${digits.slice(0, cut)}${decimals > 0 ? `.${digits.slice(cut)}` : ""}${currency}`;
  });

const turned = (minor: bigint): bigint => -minor;
const more = (minor: bigint): bigint => minor + 1n;
const less = (minor: bigint): bigint => minor - 1n;

/** What an entry moves on each account: nothing at all, and turning it round would change nothing. */
function isMoving(lines: readonly string[], { legs }: Entry): boolean {
  const sums = new Map<string, bigint>();
  for (const at of legs) {
    const [, account = "", , sign = "", number = "", currency = ""] = leg.exec(lines[at] ?? "") ?? [];
    sums.set(account + currency, (sums.get(account + currency) ?? 0n) + BigInt(sign + number.replace(".", "")));
  }
  return [...sums.values()].some((sum) => sum !== 0n);
}

/** Two legs of one currency on two accounts. */
function pairIn(lines: readonly string[], { legs }: Entry): readonly [number, number] | undefined {
  const [first, ...others] = legs;
  const read = (at: number) => leg.exec(lines[at] ?? "") ?? [];
  if (first === undefined) return undefined;
  const [, account, , , , currency] = read(first);
  const second = others.find((at) => read(at)[1] !== account && read(at)[5] === currency);
  return second === undefined ? undefined : [first, second];
}

type Change = (lines: string[], entry: Entry, pick: (from: readonly number[]) => number) => boolean;

const alter = (lines: string[], at: number, change: (minor: bigint) => bigint): void => void (lines[at] = changed(lines[at] ?? "", change));

const changes: Readonly<Record<string, Change>> = {
  "a cent": (lines, { legs }, pick) => (alter(lines, pick(legs), more), true),
  "a sign": (lines, { legs }, pick) => (alter(lines, pick(legs), turned), true),
  "a day beyond the year": (lines, { head }) => {
    lines[head] = (lines[head] ?? "").replace(/^\d{4}/, (year) => String(Number(year) + 1));
    return true;
  },
  "a cent that balances": (lines, entry) => {
    const pair = pairIn(lines, entry);
    if (pair)
      for (const [at, change] of [
        [pair[0], more],
        [pair[1], less],
      ] as const)
        alter(lines, at, change);
    return pair !== undefined;
  },
  "an entry turned round": (lines, entry) => {
    for (const at of entry.legs) alter(lines, at, turned);
    return isMoving(lines, entry);
  },
};

/** So many journals that each differ from this one in one thing, the kinds by turns; a seed gives the same ones again. */
export function mutationsOf(journal: string, count: number, random: (bytes: number) => Uint8Array): readonly Mutation[] {
  const lines = journal.split("\n");
  const entries = entriesOf(lines);
  if (entries.length === 0) throw new Error("a journal without entries has nothing to get wrong");
  const die = (sides: number): number => Buffer.from(random(4)).readUInt32BE() % sides;
  const kinds = Object.entries(changes);
  const mutations: Mutation[] = [];
  while (mutations.length < count) {
    const [kind, change] = kinds[mutations.length % kinds.length] ?? ["", () => false];
    const entry = entries[die(entries.length)] ?? { head: 0, legs: [] };
    const copy = [...lines];
    if (change(copy, entry, (from) => from[die(from.length)] ?? 0))
      mutations.push({ what: `${kind}: ${lines[entry.head]}`, journal: copy.join("\n") });
  }
  return mutations;
}
