// The wind-down file: everything that is owed to anybody and everything that covers it, so that it can be read, checked and gone on with where this coop no longer is.
import { hledgerTransaction } from "@partcommune/shared/money/rules/journal";
import { windDownStatement } from "@partcommune/shared/mutual/rules/winding-down";
import { jsonText } from "@partcommune/shared/platform/json";
import type { Language } from "@partcommune/shared/platform/page";
import {
  accountsWritten,
  lineText,
  moneyOfMembers,
  namesWritten,
  papersWritten,
  receivablesWritten,
  sealedBook,
  unsealedWritten,
  type AccountWritten,
} from "../../money/index.ts";
import type { View } from "../../platform/scope.ts";
import { coopCard } from "../../platform/store.ts";
import { membersWritten, promisesWritten, rulesWritten, sistersWritten } from "../store/winding-down.ts";
import { memberInWords, statementInWords } from "./wind-down-words.ts";

/** A part of a file; what comes later under the same name follows it. A part of a `.jsonl` ends with a line. */
export type Piece = { readonly name: string; readonly text: string };

const json = (value: unknown): string => `${jsonText(value, 1)}\n`;

/** Every piece of the file. The view reads one moment. */
export async function* windDownFiles(view: View): AsyncGenerator<Piece> {
  const { name: coop, country = "", languages } = await coopCard(view);
  const language = languages.find((each): each is Language => each === "en" || each === "fr") ?? "en";
  const accounts = await accountsWritten(view);
  const statement = windDownStatement(
    accounts.map(({ code, currency, balance: minor }) => ({ code, currency, minor })),
    country,
  );
  yield { name: "statement.txt", text: statementInWords(language, { coop, country, at: view.now, statement }) };
  yield { name: "statement.json", text: json({ country, at: view.now, statement }) };
  yield { name: "accounts.json", text: json(accounts) };
  yield { name: "pots.json", text: json(accounts.filter(({ code }) => code.startsWith("pot:")).map(potOf)) };
  yield { name: "clients.json", text: json(await receivablesWritten(view)) };
  yield { name: "sisters.json", text: json(await sistersWithMoney(view, accounts)) };
  yield { name: "lenders-and-purposes.json", text: json(await namesWritten(view)) };
  yield { name: "rules.json", text: json(await rulesWritten(view)) };
  yield* memberFiles(view, { coop, language });
  yield* paperFiles(view);
  yield* sealedFiles(view);
  yield* unsealedFiles(view);
}

const potOf = ({ code, currency, balance, held, floor }: AccountWritten) => ({
  pot: code.slice("pot:".length),
  currency,
  balance: -balance,
  held,
  floor: floor ?? 0n,
});

/** Each sister with the accounts between us. */
async function sistersWithMoney(view: View, accounts: readonly AccountWritten[]): Promise<readonly unknown[]> {
  const between = accounts.filter(({ code }) => /^(receivable|payable|settlement|loan):coop:/.test(code));
  const sisters = await sistersWritten(view);
  return sisters.map((sister) => ({ ...sister, accounts: between.filter(({ owner }) => owner === sister["id"]) }));
}

type Told = { readonly coop: string; readonly language: Language };

/** Two files a member: one to read, one for a program. */
async function* memberFiles(view: View, { coop, language }: Told): AsyncGenerator<Piece> {
  for (let page = await membersWritten(view); page.length > 0; page = await membersWritten(view, page.at(-1)?.id)) {
    const ids = page.map(({ id }) => id);
    const [money, promises] = [await moneyOfMembers(view, ids), await promisesWritten(view, ids)];
    const people = await view.people(page.flatMap(({ person }) => person ?? []));
    for (const { id, person, name, stage } of page) {
      const { email = null } = people.get(person ?? "") ?? {};
      const member = { id, name, email, stage, at: view.now, coop, promises: promises.get(id) ?? [], ...money.get(id) };
      yield { name: `members/${id}.json`, text: json(member) };
      yield { name: `members/${id}.txt`, text: memberInWords(language, member) };
    }
  }
}

const papersAtOnce = 500;

/** Each paper in the very text that was hashed when it was issued. */
async function* paperFiles(view: View): AsyncGenerator<Piece> {
  for (let page = await papersWritten(view, "", papersAtOnce); page.length > 0;) {
    for (const { number, frozen } of page) yield { name: `papers/${number.replaceAll(/[^\w-]/g, "_")}.json`, text: frozen };
    page = await papersWritten(view, page.at(-1)?.number ?? "", papersAtOnce);
  }
}

/** The sealed book, as `ledger export` writes it and as hledger reads it. */
async function* sealedFiles(view: View): AsyncGenerator<Piece> {
  let [lines, journal] = ["", ""];
  for await (const line of sealedBook(view)) {
    lines += lineText(line);
    if (line.kind === "entry") journal += hledgerTransaction(line.says);
    if (line.kind !== "batch" && line.kind !== "end") continue;
    yield { name: "ledger.jsonl", text: lines };
    yield { name: "ledger.journal", text: journal };
    [lines, journal] = ["", ""];
  }
}

const entriesAtOnce = 1_000;

/** What no seal covers yet. */
async function* unsealedFiles(view: View): AsyncGenerator<Piece> {
  for (let page = await unsealedWritten(view, 0n, entriesAtOnce); page.length > 0;) {
    yield { name: "unsealed.jsonl", text: page.map((entry) => `${jsonText(entry)}\n`).join("") };
    yield { name: "ledger.journal", text: page.map(hledgerTransaction).join("") };
    page = await unsealedWritten(view, page.at(-1)?.entry ?? 0n, entriesAtOnce);
  }
}
