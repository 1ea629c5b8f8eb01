// Members lower the fee from 8.5 % to 7.9 %: it passes, becomes law once however many carry it out and die, and holds from its second on.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { sql } from "kysely";
import { test, type Test } from "tap";
import { castVote, listBylawVersions, readProposal, readProposalEffects, readTally, readVote } from "@partcommune/shared/governance/api";
import type { Notice } from "@partcommune/shared/governance/rules/notice";
import { approveHandIn, handIn, startEngagement } from "@partcommune/shared/marketplace/api";
import { voteStates, voteTable } from "@partcommune/shared/governance/rules/vote";
import type { Failpoint } from "@partcommune/server/platform/world";
import { millisecondsOf } from "@partcommune/shared/platform/time";
import { agreed, type Engaged } from "../support/engagements.ts";
import { keepLedger, printedLedger, type Names } from "../support/ledger.ts";
import { admitted, backAgain, carried, days, founded, type Members } from "../support/members.ts";
import { told } from "../support/told.ts";
import { clientOwner, signInAgain } from "../support/people.ts";
import { worksAndDies } from "../support/worker.ts";

const names = ["Fanny Founder", "Tess", "Tom", "Anna", "Bela", "Chloe", "Dario"];
const job = { startOn: "2026-04-14", endOn: "2026-04-18", bidsUntil: "2026-04-07" };

const versions = async ({ board }: Members) => (await told(board, listBylawVersions, { key: "fee.rate" })).items;

/** The work is done and approved: its invoice is in the book. */
async function approved({ worker, buyer, engagement, milestone, page }: Engaged): Promise<void> {
  await told(worker, startEngagement, { engagement });
  await told(worker, handIn, { milestone, text: "Three files." });
  await told(buyer, approveHandIn, { milestone, version: (await page()).milestones[0]?.version ?? 0 });
}

/** Nobody gets past the vote, not even whoever holds the server's own login to the database. */
async function refusesShortcuts(t: Test, { coop }: Members, vote: string): Promise<void> {
  const ways = [
    sql`insert into governance.bylaw_version (key, version, value, valid_from, cause) values ('fee.rate', 9, '0', now(), ${vote})`,
    sql`update governance.bylaw_version set value = '30000' where key = 'fee.rate'`,
    sql`select governance.enact(${vote}::uuid, ${coop.now()}::timestamptz + interval '1 year', ${coop.now()}::timestamptz + interval '2 years')`,
    sql`update governance.vote set notice = replace(notice, '79000', '30000') where id = ${vote}::uuid`,
    sql`update governance.vote set state = 'open' where id = ${vote}::uuid`,
    sql`update governance.vote set state = 'annulled' where id = ${vote}::uuid`,
    sql`update governance.vote set extended_until = closes_at + interval '1 day' where id = ${vote}::uuid`,
    sql`update governance.vote set contest_until = closed_at where id = ${vote}::uuid`,
    sql`update governance.roll_entry set college = 'staff' where vote = ${vote}::uuid`,
    sql`update governance.enactment set state = 'done' where vote = ${vote}::uuid`,
    sql`update governance.enactment set payload = '{}' where vote = ${vote}::uuid`,
    sql`insert into governance.paper_count select ${vote}::uuid, 1, person, 7, 0, 0, now() from governance.roll_entry limit 2`,
    sql`insert into governance.vote select gen_random_uuid(), kind, class, method, 'paper', notice, seed, notice_hash, 'ended', 'passed', convened_at, opens_at, closes_at,
      null, opened_at, closed_at, closed_at, closed_at, null, 7, null from governance.vote`,
    sql`insert into governance.roll_call (vote, entry, choice, seq, by, at) select vote, entry, '"yes"', 9, person, now() from governance.roll_entry`,
    sql`update governance.tally set tally = '{}'`,
    sql`select governance.found('{"fee.rate": 30000}'::jsonb, now())`,
  ];
  for (const way of ways) await t.rejects(way.execute(coop.db), { code: /^(42501|PC0\d\d)$/ }, "refused by the database");
  for (const [method, mode] of [
    ["yesNo", "rollCall"],
    ["yesNo", "paper"],
    ["schulze", "rollCall"],
  ] as const)
    await t.rejects(forged(coop, vote, { method, mode }), { code: "PC023", message: /ballots do not carry/ }, `${method} on ${mode}`);
  const { rows } = await sql<{ before: string; after: string }>`select before, after from unnest(${[...voteStates]}::text[]) as before,
    unnest(${[...voteStates]}::text[]) as after where governance.vote_goes(before, after)`.execute(coop.db);
  const steps = voteTable.filter(({ from, to }) => from !== "none" && from !== to).map(({ from, to }) => `${from} ${to}`);
  t.same(
    new Set(rows.map(({ before, after }) => `${before} ${after}`)),
    new Set(steps),
    "the database knows the steps of the law, and no others",
  );
}

/** A vote without a ballot that goes its whole way, and whose tally says that it passed. */
const forged = async ({ db, now }: Members["coop"], like: string, { method, mode }: { readonly method: string; readonly mode: string }) =>
  db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: string }>`
      insert into governance.vote (id, kind, class, method, mode, notice, notice_hash, seed, state, convened_at, opens_at, closes_at)
      select gen_random_uuid(), kind, class, ${method}, ${mode}, notice, notice_hash, seed, 'convened', convened_at, opens_at, closes_at
      from governance.vote where id = ${like}::uuid returning id`.execute(tx);
    const vote = rows[0]?.id ?? "";
    await sql`update governance.vote set state = 'open', opened_at = opens_at where id = ${vote}::uuid`.execute(tx);
    await sql`insert into governance.roll_entry select ${vote}::uuid, gen_random_uuid(), college, person from governance.roll_entry where vote = ${like}::uuid`.execute(
      tx,
    );
    for (const step of [
      sql`roll_size = 7`,
      sql`state = 'closed', closed_at = closes_at`,
      sql`state = 'counted', outcome = 'passed', contest_until = closes_at`,
    ])
      await sql`update governance.vote set ${step} where id = ${vote}::uuid`.execute(tx);
    await sql`update governance.vote set state = 'ended' where id = ${vote}::uuid`.execute(tx);
    await sql`insert into governance.tally select ${vote}::uuid, tally, hash, at from governance.tally where vote = ${like}::uuid`.execute(
      tx,
    );
    await sql`insert into governance.enactment select ${vote}::uuid, proposal, payload, ${now()}::timestamptz, null, 'waiting', null
      from governance.enactment where vote = ${like}::uuid`.execute(tx);
    await sql`select governance.enact(${vote}::uuid, ${now()}::timestamptz, ${now()}::timestamptz + interval '1 day')`.execute(tx);
  });

test("8.5 % becomes 7.9 % by a vote", async (t) => {
  const stage = await founded(t, names);
  const { coop, people, board } = stage;
  const carla = await clientOwner(coop, "Carla");
  const sides = { buyer: carla.caller, client: carla.client, worker: people[3]?.caller ?? board };
  await approved(await agreed(sides, { startOn: "2026-02-14", endOn: "2026-02-18", bidsUntil: "2026-02-07" }));
  const called = Object.fromEntries([
    [carla.client, "carla"],
    ...people.map(({ member, name }) => [member, name.split(" ")[0]?.toLowerCase()]),
  ]) as Names;
  const early = await printedLedger(coop, called);
  const proposal = await carried(stage, 4, "A lower fee", { kind: "bylaws", changes: [{ key: "fee.rate", base: 1, value: 79_000 }] });
  await days(coop, 15);
  await admitted(stage, proposal);
  await days(coop, 1);
  await days(coop, 26);
  await backAgain(stage, people);
  const { vote = "" } = await told(board, readProposal, { proposal });
  const { kept } = await told(board, readProposalEffects, { proposal });
  const { notice } = await told(board, readVote, { vote });
  t.equal((JSON.parse(notice) as Notice).effects?.[proposal], kept?.hash, "the notice holds the effects that were shown");
  t.equal(
    kept?.hash,
    createHash("sha256")
      .update(kept?.text ?? "")
      .digest("hex"),
  );
  for (const [at, { caller }] of people.entries()) await told(caller, castVote, { vote, choice: at < 5 ? "yes" : "no" });
  await days(coop, 10);
  const { contestUntil = "", outcome } = await told(board, readVote, { vote });
  t.equal(outcome, "passed");
  t.match(JSON.parse((await told(board, readTally, { vote })).tally), {
    roll: 7,
    cast: 7,
    stages: { colleges: [{ college: "members", yes: 5, no: 2, abstain: 0 }], share: { over: "5", under: "7" } },
  });
  await refusesShortcuts(t, stage, vote);
  coop.wait(millisecondsOf(contestUntil as never) - millisecondsOf(coop.now()));
  for (const point of ["enacting", "enacted"] as const satisfies readonly Failpoint[]) {
    t.ok(await worksAndDies(coop, point), `a worker dies at ${point}`);
    t.equal((await versions(stage)).length, 1, `killed at ${point}: nothing is law yet`);
  }
  t.ok(await worksAndDies(coop, "committed"), "a worker dies right after it is law");
  await Promise.all(Array.from({ length: 50 }, () => coop.keepTime()));
  const [newest, founding, ...more] = await versions(stage);
  t.same(more, []);
  t.match(newest, { version: 2, value: 79_000, cause: vote });
  t.match(founding, { version: 1, value: 85_000 });
  await signInAgain(coop, carla.caller, "Carla");
  coop.wait(millisecondsOf(newest?.validFrom ?? coop.now()) - 1_000 - millisecondsOf(coop.now()));
  const before = await agreed(sides, job);
  coop.wait(1_000);
  const from = await agreed(sides, job);
  for (const engagement of [before, from]) await approved(engagement);
  const late = await printedLedger(coop, called);
  const entries = (ledger: string): readonly string[] => ledger.split("\n\n")[0]?.split("\n") ?? [];
  t.same(
    entries(late)
      .slice(0, entries(early).length)
      .map((line) => line.replaceAll(/\s+/g, " ")),
    entries(early).map((line) => line.replaceAll(/\s+/g, " ")),
    "what was booked before stands as it was",
  );
  keepLedger(t, join(import.meta.dirname, "lower-fee.ledger.txt"), late);
});
