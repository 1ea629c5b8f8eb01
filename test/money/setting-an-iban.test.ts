// Where a member's money goes: one account is one person's, a change waits two days, and its owner is written to.
import { test } from "tap";
import { confirmIbanChange, discardIbanChange, listIbanChanges, readStatement, setIban } from "@partcommune/shared/money/api";
import { countsFrom, masked, objectionToIbanChange } from "@partcommune/shared/money/rules/iban";
import { dayMs, instant } from "@partcommune/shared/platform/time";
import { addressOf, confirmedMember } from "../support/people.ts";
import { proving } from "../support/authenticator.ts";
import type { Caller, TestCoop } from "../support/coop.ts";
import { ibans, treasury } from "../support/treasury.ts";

/** One more member, with a passkey at hand. */
async function another(coop: TestCoop, board: Caller, name: string): Promise<{ readonly caller: Caller; readonly member: string }> {
  const { caller, member } = await confirmedMember(coop, board, name);
  return { caller: proving(coop, caller), member };
}

test("a first account counts at once, another after two days", (t) => {
  const now = instant("2026-12-01T09:00:00Z");
  t.equal(countsFrom(now, true), now);
  t.equal(countsFrom(now, false), "2026-12-03T09:00:00.000Z");
  t.equal(masked("BE71096123456769"), "BE•• •••• 6769");
  t.end();
});

test("what is no account is refused, and what is one is read in any spacing", async (t) => {
  const { worker, member } = await treasury(t);
  const wrong = [
    "BE71 0961 2345 6768", // checksum
    "BE71 0961 2345 676", // too short
    "GB00 WEST 1234 5698 7654 32",
    "BЕ71 0961 2345 6769", // a Cyrillic letter
    "BE71 0961 2345 676９", // a full-width digit
    "CH44 3199 9123 0008 8901 2", // a QR-IBAN
    "TN59 1000 6035 1835 9847 8831", // outside the area
    "DE89-3704-0044-0532-0130-00",
    "XX",
    "",
    "BE71\u202e096123456769",
    "0".repeat(42),
  ];
  for (const iban of wrong) t.equal((await worker.call(setIban, { member, iban })).problem, "iban-unreadable", iban);
  t.equal((await worker.call(setIban, { member, iban: "0".repeat(43) })).problem, "not-as-asked");
  for (const iban of ["be71 0961 2345 6769", "BE71096123456769", "BE71 0961 2345 6769"]) {
    const answer = await worker.call(setIban, { member, iban });
    t.match(answer.body, { iban: "BE•• •••• 6769", from: "2026-12-01T09:00:00.000Z" }, answer.text);
  }
});

test("an account is sealed, and is one person's", async (t) => {
  const { coop, board, worker, member } = await treasury(t);
  const other = await another(coop, board, "Mona");
  await worker.call(setIban, { member, iban: ibans[0] });
  t.equal((await other.caller.call(setIban, { member: other.member, iban: ibans[0] })).problem, "iban-of-another");
  t.equal((await other.caller.call(setIban, { member, iban: ibans[1] })).problem, "not-found", "nobody sets another's");
  const rows = await coop.db.selectFrom("money.iban").selectAll().execute();
  t.equal(rows.length, 1);
  t.notMatch(JSON.stringify(rows.map((row) => ({ ...row, sealed: row.sealed.toString("latin1") }))), /0961|12345/);
  t.equal(coop.keys.open(`iban:${member}`, rows[0]?.sealed ?? Buffer.alloc(0)), "BE71096123456769");
  t.throws(() => coop.keys.open(`iban:${other.member}`, rows[0]?.sealed ?? Buffer.alloc(0)), "another's row does not open it");
  t.equal((await worker.call(setIban, { member, iban: ibans[0], from: "2020-01-01" } as never)).status, 400);
});

test("ten at once want the same account: one person gets it, and one member has one", async (t) => {
  const { coop, board, worker, member } = await treasury(t);
  const rivals = [{ caller: worker, member }];
  for (const name of ["Mona", "Nils", "Olga"]) rivals.push(await another(coop, board, name));
  const all = await Promise.all(rivals.map((rival) => rival.caller.call(setIban, { member: rival.member, iban: ibans[0] })));
  t.equal(all.filter(({ status }) => status === 200).length, 1);
  t.equal(all.filter(({ problem }) => problem === "iban-of-another").length, 3);
  const winner = rivals.find((_, at) => all[at]?.status === 200) ?? { caller: worker, member };
  const different = await Promise.all(
    Array.from({ length: 10 }, (_, at) => winner.caller.call(setIban, { member: winner.member, iban: ibans[1 + (at % 3)] ?? "" })),
  );
  t.ok(different.every((answer) => answer.body.from === "2026-12-03T09:00:00.000Z"));
  const live = await coop.db.selectFrom("money.iban").select("id").where("live", "=", true).execute();
  t.equal(live.length, 2, "the one that counts and the one that will");
});

test("a change counts after 48 hours, and each is written to its owner", async (t) => {
  const { coop, worker, member, tess, tom } = await treasury(t);
  const shown = async () => (await worker.call(readStatement, { member })).body.iban;
  await worker.call(setIban, { member, iban: ibans[0] });
  const changed = (await worker.call(setIban, { member, iban: ibans[1] })).body;
  t.match(changed, { iban: /^FR.*2606$/, from: "2026-12-03T09:00:00.000Z" });
  t.match((await worker.call(setIban, { member, iban: ibans[1] })).body, changed, "said twice, it is one change");
  t.equal(changed.waits, true);
  const [change] = (await tess.call(listIbanChanges, {})).body.items;
  t.match(change, { member: "Anna", before: /^BE.*6769$/, after: /^FR.*2606$/, from: "2026-12-03T09:00:00.000Z", mine: false });
  t.notMatch(JSON.stringify(change), /2004|0961/);
  const id = change?.id ?? "";
  t.equal((await worker.call(confirmIbanChange, { change: id })).problem, "role-needed");
  t.equal((await tess.call(confirmIbanChange, { change: member })).problem, "not-found");
  const tries = await Promise.all(Array.from({ length: 10 }, (_, at) => (at % 2 ? tess : tom).call(confirmIbanChange, { change: id })));
  t.equal(tries.filter(({ status }) => status === 200).length, 1);
  t.equal(
    (await tom.call(discardIbanChange, { change: id })).problem,
    "not-in-this-state",
    "what is confirmed is its member's to take back",
  );
  coop.wait(2 * dayMs - 1);
  t.match(await shown(), /^BE/, "confirmed, it waits all the same");
  coop.wait(1);
  t.match(await shown(), /^FR/);
  await coop.settle();
  const letters = coop.mails.filter(({ to, subject }) => to === addressOf("Anna") && subject.includes("bank account"));
  t.equal(letters.length, 2);
  t.match(letters[1]?.text, /December 3, 2026 at 10:00.*FR•• •••• 2606/);
  t.notMatch(letters[1]?.text, /2004/);
});

test("a change that nobody confirms never counts, and a treasurer who is told no ends it", async (t) => {
  const { coop, worker, member, tess } = await treasury(t);
  await worker.call(setIban, { member, iban: ibans[0] });
  await worker.call(setIban, { member, iban: ibans[1] });
  coop.wait(20 * dayMs);
  t.match((await worker.call(readStatement, { member })).body.iban, /^BE/);
  const change = (await tess.call(listIbanChanges, {})).body.items[0]?.id ?? "";
  t.equal((await tess.call(discardIbanChange, { change })).status, 200);
  t.equal((await tess.call(confirmIbanChange, { change })).problem, "not-in-this-state");
  t.same((await tess.call(listIbanChanges, {})).body.items, []);
  t.match((await worker.call(readStatement, { member })).body.iban, /^BE/);
});

test("who is the second person of a change", (t) => {
  t.equal(objectionToIbanChange({ state: "proposed", person: "a" }, "b"), undefined);
  t.equal(objectionToIbanChange({ state: "proposed", person: "a" }, "a")?.type, "second-person-needed");
  for (const state of ["confirmed", "discarded"] as const)
    t.equal(objectionToIbanChange({ state, person: "a" }, "b")?.type, "not-in-this-state");
  t.end();
});

test("saying the account that counts again takes a change back", async (t) => {
  const { coop, board, worker, member } = await treasury(t);
  await worker.call(setIban, { member, iban: ibans[0] });
  await worker.call(setIban, { member, iban: ibans[1] });
  t.match((await worker.call(setIban, { member, iban: ibans[0] })).body, { iban: /^BE/, from: "2026-12-01T09:00:00.000Z" });
  coop.wait(3 * dayMs);
  t.match((await worker.call(readStatement, { member })).body.iban, /^BE/);
  const other = await another(coop, board, "Mona");
  t.equal((await other.caller.call(setIban, { member: other.member, iban: ibans[1] })).status, 200, "what was taken back is free");
});
