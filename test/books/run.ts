// npm run check:books: the books of a small demo, eighteen months of it, before judges that nobody here wrote. Says by name who is absent; with JUDGES=required that is a failure.
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { sql } from "kysely";
import { makeDemo } from "@partcommune/server/demo/make";
import { daysOfYear, fecText, sealEntries } from "@partcommune/server/money/index";
import { electronic } from "@partcommune/server/money/actions/write-e-invoice";
import { yearsOfBook } from "@partcommune/server/money/store/journal";
import { kyselyOn, openPool, type Database } from "@partcommune/server/platform/database";
import { nothingReached } from "@partcommune/server/platform/world";
import { bankIdOf } from "@partcommune/shared/money/rules/bank-id";
import { journalForms } from "@partcommune/shared/money/rules/journal";
import { painFile } from "@partcommune/shared/money/rules/pain";
import type { Id } from "@partcommune/shared/platform/id";
import { instant, type Day } from "@partcommune/shared/platform/time";
import { freshDatabase } from "../support/database.ts";
import { readFec } from "../support/fec.ts";
import { verdictOf } from "../support/judged-book.ts";
import { absentJudges, judgeIsHere, numbersTaken, type NumberSort } from "../support/judges.ts";
import { figuresInside } from "../support/pdf.ts";
import { faultsOfFacturX, faultsOfPain } from "../support/xsd.ts";

const now = instant("2026-12-01T09:00:00Z");
const small = { members: 13, clients: 3, jobsAMonth: 1.2 };
const changes = 50;
const papersAsked = 10;

/** What a judge found, nothing where all is well. */
type Finding = { readonly judge: string; readonly found: readonly string[]; readonly of: string };

async function* journals(db: Database): AsyncGenerator<Finding> {
  for (const form of journalForms.filter(judgeIsHere))
    for (const { year, entries } of await yearsOfBook({ db })) {
      const { ours, theirs, unseen } = await verdictOf(db, form, year, changes, `${form} ${year}`);
      const names = new Set([...ours.keys(), ...theirs.keys()]);
      const apart = [...names].filter((name) => ours.get(name) !== theirs.get(name));
      const found = [
        ...apart.map((name) => `${name}: ${ours.get(name)} here, ${theirs.get(name)} there`),
        ...unseen.map((what) => `took ${what}`),
      ];
      yield { judge: form, found, of: `${year}: ${entries} entries, ${ours.size} accounts, ${changes} changes` };
    }
}

async function* fec(db: Database): AsyncGenerator<Finding> {
  for (const { year } of await yearsOfBook({ db })) {
    const file = await text(Readable.from(fecText({ db }, { currency: "EUR", zone: "Europe/Brussels" }, daysOfYear(year))));
    const [lines, fault] = [file.split("\r\n").length - 2, faultOf(() => readFec(file))];
    yield { judge: "law of the FEC", found: fault, of: `${year}: ${lines} lines` };
  }
}

function faultOf(work: () => unknown): readonly string[] {
  try {
    work();
    return [];
  } catch (error) {
    return [String(error)];
  }
}

type Paper = { readonly frozen: string; readonly number: string; readonly reference: string | null };

const papersOf = async (db: Database): Promise<readonly Paper[]> =>
  (
    await sql<Paper>`select number, frozen, reference from money.document where kind = 'invoice'
      union all select number, frozen, null from money.credit_note order by number`.execute(db)
  ).rows;

type Party = { readonly vatNumber?: string; readonly iban?: string };

/** Every reference, account and VAT number that stands on a paper. */
async function numbers(papers: readonly Paper[]): Promise<Finding> {
  const sides = papers.flatMap(({ frozen }) =>
    Object.values(JSON.parse(frozen) as Record<string, Party>).filter((part) => part instanceof Object),
  );
  const sorted: readonly (readonly [NumberSort, string | null | undefined])[] = [
    ...papers.map(({ reference }) => ["iso11649", reference] as const),
    ...sides.flatMap(({ vatNumber, iban }) => [["eu.vat", vatNumber] as const, ["iban", iban] as const]),
  ];
  const asked = [
    ...new Map(sorted.flatMap(([sort, number]) => (number ? [[sort + number, [sort, number] as const] as const] : []))).values(),
  ];
  const taken = numbersTaken(asked);
  return {
    judge: "stdnum",
    found: asked.flatMap((each, at) => (taken[at] ? [] : [each.join(" ")])),
    of: `${asked.length} references, accounts and VAT numbers`,
  };
}

async function figures(papers: readonly Paper[]): Promise<Finding> {
  const found: string[] = [];
  for (const { frozen, number } of papers.slice(0, papersAsked)) {
    const { bytes } = await electronic(frozen, "facturX");
    found.push(...(await faultsOfFacturX(figuresInside(Buffer.from(bytes)))).map((fault) => `${number}: ${fault}`));
  }
  return { judge: "schema of Factur-X", found, of: `${Math.min(papers.length, papersAsked)} papers` };
}

type Item = { readonly id: Id; readonly minor: bigint; readonly currency: string; readonly name: string };

/** All that the demo ever paid out, as one file; the accounts are examples, since those of members are sealed. */
async function payments(db: Database): Promise<Finding> {
  const { rows } = await sql<Item>`select item.id, amount_minor as minor, item.currency, coalesce(name, '') as name
    from money.payout_item item join membership.member_card on member_card.id = item.member order by item.id`.execute(db);
  const transfers = rows.map(({ id, name, minor, currency }) => ({
    id: bankIdOf(id),
    name,
    iban: "BE71096123456769",
    amount: { minor, currency },
    about: "demo",
  }));
  const from = { name: "Atelier Commun", iban: "BE68539007547034" };
  const file = painFile({ id: bankIdOf(rows[0]?.id ?? ""), at: now, executeOn: "2026-12-02" as Day, from, transfers });
  return { judge: "schema of pain.001", found: await faultsOfPain(file), of: `${rows.length} transfers` };
}

async function* findings(db: Database): AsyncGenerator<Finding> {
  yield* journals(db);
  yield* fec(db);
  const papers = await papersOf(db);
  if (judgeIsHere("stdnum")) yield await numbers(papers);
  yield await figures(papers);
  if (judgeIsHere("bankSchemas")) yield await payments(db);
}

const absent = absentJudges();
for (const [judge, from] of absent) console.log(`absent ${judge}: apt-get install ${from}`);
if (absent.length > 0 && process.env["JUDGES"] === "required") process.exit(1);
const database = await freshDatabase();
try {
  await makeDemo({ databaseUrl: database.url, ownerUrl: database.url, secret: Buffer.alloc(32, 7), now, size: small });
  const db = kyselyOn(openPool(database.url, "app", 2, () => undefined));
  await db.transaction().execute((tx) => sealEntries({ tx, now, reach: nothingReached }));
  for await (const { judge, found, of } of findings(db)) {
    console.log(`${found.length === 0 ? "ok    " : "FOUND "} ${judge} ${of}`);
    for (const each of found) console.log(`         ${each}`);
    if (found.length > 0) process.exitCode = 1;
  }
  await db.destroy();
} finally {
  await database.drop();
}
