// A year of a book before programs that share nothing with us: each account holds there what it holds here, and whatever is changed in the file is refused.
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { sql } from "kysely";
import { daysOfYear, journalText } from "@partcommune/server/money/index";
import { accountOf } from "@partcommune/shared/money/rules/accounts";
import { beancountName, type JournalForm } from "@partcommune/shared/money/rules/journal";
import { amountText } from "@partcommune/shared/platform/money";
import type { Database, Tx } from "@partcommune/server/platform/database";
import { seededRandom } from "@partcommune/server/platform/world";
import { heldBy, takenBy } from "./judges.ts";
import { mutationsOf } from "./mutations.ts";

export type Verdict = {
  readonly ours: ReadonlyMap<string, string>;
  readonly theirs: ReadonlyMap<string, string>;
  /** What was changed and taken all the same. */
  readonly unseen: readonly string[];
};

/** What every account holds at the end of a year, by its name in a program's file; reckoned from the legs. */
async function heldAtEnd(db: Database | Tx, form: JournalForm, year: number): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ code: string; currency: string; minor: string }>`
    select code, leg.currency, sum(amount)::text as minor from ledger.leg join ledger.account using (account_id)
    where year <= ${year} group by code, leg.currency having sum(amount) <> 0`.execute(db);
  return new Map(
    rows.map(({ code, currency, minor }) => [
      form === "beancount" ? beancountName(code, accountOf(code).class) : code,
      `${amountText({ minor: BigInt(minor), currency })} ${currency}`,
    ]),
  );
}

/** One program's word on a year, and on so many changes of its file. */
export async function verdictOf(db: Database | Tx, form: JournalForm, year: number, changes: number, seed: string): Promise<Verdict> {
  const journal = await text(Readable.from(journalText({ db }, form, daysOfYear(year))));
  const mutations = mutationsOf(journal, changes, seededRandom(seed));
  const taken = takenBy(
    form,
    mutations.map((each) => each.journal),
  );
  return {
    ours: await heldAtEnd(db, form, year),
    theirs: heldBy(form, journal),
    unseen: mutations.flatMap(({ what }, at) => (taken[at] ? [what] : [])),
  };
}
