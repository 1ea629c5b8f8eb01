// A member's year as one archive: their own papers and movements, made while it is sent, and nobody else's.
import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";
import { test } from "tap";
import { foundClient } from "@partcommune/shared/membership/api";
import { agreeToCredit, confirmCredit, handInReceipt, proposeCredit, readStatement } from "@partcommune/shared/money/api";
import { downloadMemberYear } from "@partcommune/shared/money/api/books";
import { pathWith } from "@partcommune/shared/platform/endpoint";
import { instant } from "@partcommune/shared/platform/time";
import { zipped, type Packed } from "@partcommune/server/platform/zip";
import type { Caller } from "../support/coop.ts";
import { invoiced } from "../support/invoices.ts";
import { confirmedMember, organisation, signedUp } from "../support/people.ts";
import { clientPaid, eur, signedPayout, treasury, withIban, type Treasury } from "../support/treasury.ts";
import { rowsOf } from "../support/csv.ts";
import { arrivedText } from "../support/uploads.ts";
import { filesIn } from "../support/zip.ts";

const yearOf = async (caller: Caller, member: string, year = 2026) =>
  caller.raw({ method: "GET", url: `${pathWith(downloadMemberYear.path, { member })}?year=${year}` });

/** A year with everything in it: work that was paid, a part of it credited, a receipt, and work of a colleague. */
async function lived(
  stage: Treasury,
): Promise<{ readonly number: string; readonly expense: string; readonly other: string; readonly bob: Caller }> {
  const { coop, board, buyer, worker, member, tess, tom } = stage;
  const { caller: bob, member: bobs } = await confirmedMember(coop, board, "Bob");
  await withIban(stage);
  const reached = { ...organisation, name: "Bart SA", vatNumber: "BE0202239951" };
  const { id: client } = (await (await signedUp(coop, "Bart")).call(foundClient, reached)).body;
  const { number, invoice, payable } = await invoiced(coop, { member, client });
  await clientPaid(stage, invoice, "2420.00");
  const file = await arrivedText(worker, { subjectKind: "member", subject: member }, "Pens, 62.40");
  const outlay = { about: "=Pens", spentOn: "2026-12-01", amount: eur("62.40"), rate: 210_000, vat: eur("10.83"), files: [file] };
  const { id: expense } = (await worker.call(handInReceipt, outlay)).body;
  await signedPayout(stage, [payable]);
  const { invoice: open } = await invoiced(coop, { ...stage, price: "1000.00" });
  const { id: credit } = (await tess.call(proposeCredit, { invoice: open, net: eur("500.00"), reason: "Half of it." })).body;
  for (const side of [buyer, worker]) await side.call(agreeToCredit, { credit });
  const confirmed = await tom.call(confirmCredit, { credit });
  if (confirmed.problem) throw new Error(confirmed.text);
  const { number: other } = await invoiced(coop, { ...stage, member: bobs });
  return { number, expense, other, bob };
}

test("a member takes their own year: every paper opens, every movement is the statement's, and nothing of a colleague is in it", async (t) => {
  const stage = await treasury(t);
  const { worker, member, tess, board } = stage;
  const { number, expense, other, bob } = await lived(stage);
  const { rawPayload, headers } = await yearOf(worker, member);
  t.match(headers["content-type"], "application/zip");
  t.match(headers["content-disposition"], /my-year-2026\.zip|mon-annee-2026\.zip/);
  const files = await filesIn(rawPayload);
  const names = [...files.keys()];
  t.equal(names[0], "README.txt");
  t.match(files.get("README.txt"), /2026 .*Atelier Commun.*\n\n/);
  t.ok([...files].every(([name, said]) => !name.endsWith(".pdf") || said.startsWith("%PDF-")));
  t.match(files.get(`papers/${number}.xml`), new RegExp(`<cbc:ID>${number}</cbc:ID>`));
  t.equal(names.filter((name) => /^papers\/.*\.pdf$/.test(name)).length, 3, "two invoices and a credit note");
  t.equal(files.get(`receipts/2026-12-01-${expense}-1-notes.txt`), "Pens, 62.40");
  const { balance, items, years } = (await worker.call(readStatement, { member })).body;
  const moved = rowsOf(files.get("movements.csv"));
  t.same(
    moved.toReversed().map(({ entry, amount }) => [entry, amount]),
    items.map(({ id, amount }) => [id, amount.amount]),
  );
  t.equal(moved.at(-1)?.["balance"], balance.amount);
  t.same(years, [2026]);
  t.match(rowsOf(files.get("payouts.csv")), [{ about: "invoice", paper: number, amount: "1778.43", iban: /^BE.*6769$/, settledOn: "" }]);
  t.match(rowsOf(files.get("expenses.csv")), [{ about: "'=Pens", amount: "62.40", vat: "10.83", id: expense }]);
  for (const [name, said] of files) t.notOk(name.includes(other) || said.includes(other), `${name} says nothing of a colleague's work`);
  t.equal((await yearOf(bob, member)).statusCode, 404, "another member's year is not there");
  t.equal((await yearOf(worker, member, 2025)).statusCode, 404, "nor one in which nothing moved");
  for (const [who, status] of [
    [stage.coop.someone(), 401],
    [stage.buyer, 403],
    [tess, 403],
    [board, 403],
  ] as const)
    t.equal((await yearOf(who, member)).statusCode, status);
});

test("each file of an archive is made when its turn comes, and one that cannot be made breaks it off", async (t) => {
  const at = instant("2026-12-01T09:00:00Z");
  const made: string[] = [];
  const file = (name: string): Packed => ({
    name,
    parts: async function* () {
      made.push(name);
      yield name.repeat(500_000);
    },
  });
  const parts = zipped([file("a"), file("b"), file("c")], at);
  await parts.next();
  t.notOk(made.includes("b"), "nobody has asked for more yet");
  await parts.return(undefined);
  t.notOk(made.includes("c"), "who goes away leaves the rest unmade");
  const archive = await buffer(Readable.from(zipped([file("d"), file("e")], at)));
  t.same(archive, await buffer(Readable.from(zipped([file("d"), file("e")], at))), "the same files are the same bytes");
  t.equal((await filesIn(archive)).get("e"), "e".repeat(500_000));
  const broken: Packed = {
    name: "broken",
    parts: async function* () {
      yield "half";
      throw new Error("no page");
    },
  };
  await t.rejects(buffer(Readable.from(zipped([file("f"), broken], at))), /no page/);
});
