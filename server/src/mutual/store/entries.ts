// What a figure of the fund opens into: its rows for everybody where they are nobody's own, else by month and kind; for treasurers row by row.
import type { listFigureEntries, readFundEntry } from "@partcommune/shared/mutual/api";
import { isOfPots, type FigureId } from "@partcommune/shared/mutual/rules/figures";
import { memberReading } from "@partcommune/shared/platform/actor";
import { dayOf, monthOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { versionsCited } from "../../governance/index.ts";
import {
  entryTold,
  figureGroups,
  figureRows,
  figureSum,
  sealProof,
  type FigureAccounts,
  type FigureOf,
  type FigureRow,
} from "../../money/index.ts";
import { cursorOf, placeAfter } from "../../platform/list.ts";
import { found } from "../../platform/refused.ts";
import { citedTold } from "./cited.ts";
import { bookOf } from "../../platform/store.ts";
import type { View } from "../../platform/scope.ts";

type Asked = InputOf<typeof listFigureEntries>;
type Told = AnswerOf<typeof listFigureEntries>;

const accountsOf: Readonly<Partial<Record<FigureId, FigureAccounts>>> = {
  bank: "bank",
  vatDue: "vatDue",
  owedToMembers: "budgets",
  inTransit: "inTransit",
  owedToSisters: "sisters",
  exposed: "exposed",
  lost: "lost",
  recovered: "recovered",
};

function figureOf(figure: FigureId, book: Pick<FigureOf, "currency" | "zone" | "today">, till: Day): FigureOf {
  const way = figure === "cameIn" ? "in" : figure === "wentOut" ? "out" : undefined;
  const [, pot] = /^pot-(\w+)$/.exec(figure) ?? [];
  const accounts = pot === undefined ? (accountsOf[figure] ?? "pots") : { pot };
  return { accounts, ...book, till, ...(way ? { month: { from: monthOf(till), way } } : {}) };
}

/** Whether whoever asks sees each row: of pots everybody does, without persons; of anything else treasurers alone. */
const seesRows = ({ actor }: View, figure: FigureId): { readonly rows: boolean; readonly persons: boolean } => {
  const persons = actor.kind === "person" && actor.roles.includes("treasurer");
  return { rows: persons || isOfPots(figure), persons };
};

export async function figureEntries(view: View, { figure, on, limit, after }: Asked): Promise<Told> {
  const { currency, zone } = await bookOf(view.db);
  const today = dayOf(view.now, zone);
  const till = on ?? today;
  const asked = figureOf(figure, { currency, zone, today }, till);
  const money = (minor: bigint): Money => ({ minor, currency });
  const { minor, entries } = await figureSum(view, asked);
  const sees = seesRows(view, figure);
  const head = { figure, on: till, sum: money(minor), entries, rowByRow: sees.rows };
  if (!sees.rows) {
    const groups = await figureGroups(view, asked);
    return {
      ...head,
      items: groups.map(({ month, ...group }) => ({
        on: month,
        kind: group.kind,
        entries: group.entries,
        amount: money(group.minor),
        accounts: [],
        bylaws: [],
      })),
    };
  }
  const [before] = placeAfter(after, after === undefined ? 0 : 1);
  const rows = await figureRows(view, asked, limit + 1, before === undefined ? undefined : BigInt(before));
  const items = rows.slice(0, limit).map((row) => rowTold(row, sees.persons, money));
  const last = rows.slice(0, limit).at(-1);
  return rows.length > limit && last ? { ...head, items, next: cursorOf(String(last.entry)) } : { ...head, items };
}

const rowTold = (
  { uid, kind, on, accounts, bylaws, minor }: FigureRow,
  persons: boolean,
  money: (minor: bigint) => Money,
): Told["items"][number] => ({
  id: uid,
  on,
  kind,
  entries: 1,
  amount: money(minor),
  accounts: persons ? [...accounts] : accounts.map(withoutOwner),
  bylaws: [...bylaws],
});

/** An account that belongs to somebody, without whose it is. */
const withoutOwner = (code: string): string =>
  code.replace(/^((?:member|receivable:client|payable:coop|settlement:coop|loan:\w+|initiative):)[^:]+/, "$1…");

const mostInFile = 100_000;

/** All rows of a figure, for a file. */
export async function figureFile(view: View, { figure, on }: Pick<Asked, "figure" | "on">): Promise<Told> {
  return figureEntries(view, { figure, on, limit: mostInFile, after: undefined });
}

/** One entry as whoever asks may see it. */
export async function fundEntry(view: View, { entry }: InputOf<typeof readFundEntry>): Promise<AnswerOf<typeof readFundEntry>> {
  const { actor } = view;
  const all = actor.kind === "person" && actor.roles.includes("treasurer");
  const owner = memberReading(actor) ?? "";
  const { uid, kind, on, at, legs, bylaws, position } = found(await entryTold(view, entry, { all, owner }));
  const cited = await versionsCited(view, bylaws.map(BigInt));
  return {
    id: uid,
    kind,
    on,
    at,
    legs: legs.map(([code, currency, minor]) => ({ account: all ? code : withoutOwner(code), amount: { minor: BigInt(minor), currency } })),
    bylaws: cited.map(citedTold),
    ...(position === null ? {} : { seal: await sealProof(view, Number(position)) }),
  };
}
