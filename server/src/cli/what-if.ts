// What the past months would have been under other bylaws, asked from a terminal: for a proposal, or for values of one's own.
import type { z } from "zod";
import type { Command } from "commander";
import { Effects } from "@partcommune/shared/governance/api";
import type { Wanted } from "@partcommune/shared/governance/rules/change-text";
import { operator } from "@partcommune/shared/platform/actor";
import { amountText, minus, type Money } from "@partcommune/shared/platform/money";
import { effectsOf, effectsOfProposal } from "../money/index.ts";
import { realClock } from "../platform/world.ts";
import { reading } from "./database.ts";

type Told = z.output<typeof Effects>;
type Turn = NonNullable<Told["past"]>["fund"];
type Wish = { readonly set?: readonly Wanted[]; readonly json?: boolean };

/** Prints the effects of a proposal, or of values that are named. */
export async function whatIf(proposal: string | undefined, { set = [], json = false }: Wish, command: Command): Promise<void> {
  if ((proposal === undefined) === (set.length === 0)) command.error("Name a proposal, or values with --set; not both.");
  const effects = await reading("app", (db) => {
    const view = { db, now: realClock(), actor: operator };
    return proposal === undefined ? effectsOf(view, set) : effectsOfProposal(view, { proposal });
  });
  console.log(json ? JSON.stringify(Effects.encode(effects), undefined, 1) : linesOf(effects).join("\n"));
}

function linesOf({ touches, past }: Told): readonly string[] {
  const untouched = touches.map(({ key, what }) => `${key} moves no amount of the past; it decides ${decides[what]}.`);
  if (past) return [...figuresOf(past), ...untouched];
  return untouched.length > 0 ? untouched : ["It changes no bylaw."];
}

const decides: Readonly<Record<Told["touches"][number]["what"], string>> = {
  withdrawals: "how much stays in a pot whatever happens",
  promises: "which payments are guaranteed from then on",
  advances: "which advances are granted from then on",
  cover: "what insurance and coaching answer from then on",
  yearEnd: "what becomes of a year's surplus",
  warnings: "when the coop is warned",
  days: "when clients pay and are reminded",
  members: "who joins, and what a share costs from then on",
  decisions: "how the coop decides",
  work: "how jobs are found, offered and approved from then on",
  sisters: "what is agreed with sister coops",
  gatherings: "what members may do together",
};

function figuresOf({ from, until, shortened, invoices, turnover, ...past }: NonNullable<Told["past"]>): readonly string[] {
  const rows: readonly (readonly [string, Turn])[] = [
    ["common fund", past.fund],
    ...past.pots.map(({ pot, ...turn }) => [`  ${pot}`, turn] as const),
    ["members earned", past.members],
    ...past.branches.map(({ name, ...turn }) => [`  ${name ?? "other branches"}`, turn] as const),
    ["of that, the bank has paid", past.paid],
  ];
  return [
    `From ${from} to ${until}: ${invoices} invoices, ${amountText(turnover)} ${turnover.currency} without VAT.`,
    ...(shortened ? ["There were more in twelve months; these are the newest."] : []),
    line("", "before", "after", "difference"),
    ...rows.map(([label, { before, after }]) => line(label, amountText(before), amountText(after), signed(minus(after, before)))),
  ];
}

const line = (label: string, ...figures: readonly string[]): string =>
  [label.padEnd(28), ...figures.map((figure) => figure.padStart(16))].join("");

const signed = (money: Money): string => `${money.minor > 0n ? "+" : ""}${amountText(money)}`;
