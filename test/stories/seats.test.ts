// A coop of very many: its members are read in from a list, called to a vote, looked up, written to in one morning, and paid in one day. `npm run drill -- seats` seats 100 000.
import { sql } from "kysely";
import { test, type Test } from "tap";
import type { Mail } from "@partcommune/server/platform/world";
import { readIn } from "@partcommune/server/cli/read-in";
import { listMembers } from "@partcommune/shared/membership/api/directory";
import { readProposal, readVote, sponsorProposal } from "@partcommune/shared/governance/api";
import { dayMs, later, millisecondsOf, type Instant } from "@partcommune/shared/platform/time";
import { admitted, backAgain, carried, days, founded, type Members } from "../support/members.ts";
import { told } from "../support/told.ts";
import { comeIn, type Seated } from "./seats/come-in.ts";
import { addressOf, memberList, nameOf } from "./seats/list.ts";
import { openHouse, payday, worked } from "./seats/payday.ts";

const number = (name: string, small: number): number => Number(process.env[name] ?? small);
/** So many are read in; of them so many come in, show a page, work and are paid. */
const size = { seats: number("SEATS", 60), paid: number("PAID", 6) };

/** Says in one line what a step came to, and how long it took. */
async function timed<Seen>(t: Test, says: (seen: Seen) => string, step: () => Promise<Seen>): Promise<Seen> {
  const begun = performance.now();
  const seen = await step();
  t.comment(`${says(seen)}, ${((performance.now() - begun) / 1_000).toFixed(1)} s`);
  return seen;
}

const counted = async ({ coop }: Members, from: string): Promise<number> =>
  Number((await sql<{ count: bigint }>`select count(*) as count from ${sql.raw(from)}`.execute(coop.db)).rows[0]?.count);

/** A proposal to lower the fee, with as many names as the bylaw asks of so many members. */
async function sponsored(stage: Members, seated: readonly Seated[]): Promise<string> {
  const proposal = await carried(stage, 4, "A lower fee", { kind: "bylaws", changes: [{ key: "fee.rate", base: 1, value: 79_000 }] });
  for (const { caller } of seated) {
    const { state } = await told(caller, readProposal, { proposal });
    if (state !== "idea") return proposal;
    await told(caller, sponsorProposal, { proposal });
  }
  throw new Error("too few have come in to carry a proposal");
}

/** What leaves by mail on the next morning, and for how many minutes. */
async function morning({ coop }: Members): Promise<{ readonly letters: readonly Mail[]; readonly minutes: number }> {
  const before = coop.mails.length;
  const eight = later(`${coop.now().slice(0, 10)}T07:00:00.000Z` as Instant, dayMs);
  coop.wait(millisecondsOf(eight) - millisecondsOf(coop.now()));
  for (let minutes = 0; ; minutes += 1) {
    const so = coop.mails.length;
    await coop.keepTime();
    await coop.settle();
    if (coop.mails.length === so) return { letters: coop.mails.slice(before), minutes };
    coop.wait(60_000);
  }
}

test(`${size.seats} members take their seats`, { timeout: 36_000_000 }, async (t) => {
  const stage = await founded(t, ["Fanny Founder", "Tess", "Tom", "Anna", "Bela", "Chloe", "Dario"]);
  const { coop } = stage;
  const everybody = size.seats + stage.people.length;
  const list = memberList(size.seats);
  const came = await timed(
    t,
    ({ rows, brought }) => `import: ${brought} of ${rows} rows became members`,
    () => readIn(coop.perform, "members", list, {}, () => undefined),
  );
  t.match(came, { rows: size.seats, brought: size.seats, bad: 0 });
  await coop.settle();
  t.equal(coop.mails.filter(({ to }) => to.startsWith("seat-")).length, 0, "who is read in is not written to");

  const seated = await timed(
    t,
    ({ length }) => `come in: ${length} for the first time, each with a page`,
    () => comeIn(coop, size.paid),
  );
  const lookups = 50;
  await timed(
    t,
    () => `directory: ${lookups} names looked up among ${size.paid} pages`,
    async () => {
      for (let at = 0; at < lookups; at += 1) {
        const name = nameOf((at * 37) % size.paid);
        const { items } = await told(coop.someone(), listMembers, { text: name, limit: 20 });
        if (!items.some((each) => each.name === name)) t.fail(`${name} is not in the directory`);
      }
    },
  );

  const proposal = await timed(
    t,
    () => "sponsors: a proposal has as many names as are asked of so many members",
    () => sponsored(stage, seated),
  );
  // Of the two who judge it one is drawn from all of them, and says nothing: after some days that is a yes.
  await days(coop, 15);
  await admitted(stage, proposal);
  const called = await timed(
    t,
    (notices: number) => `call: ${notices} are told of the vote`,
    async () => (await days(coop, 6), counted(stage, "platform.notice where kind = 'voteAnnounced'")),
  );
  t.equal(called, everybody);
  const { letters } = await timed(
    t,
    (left) => `digest: ${left.letters.length} letters left within ${left.minutes} minutes of the morning`,
    () => morning(stage),
  );
  t.equal(new Set(letters.map(({ to }) => to)).size, everybody, "one to each who may vote");
  t.equal(letters.length, everybody, "and to nobody two");
  const { vote = "" } = await told(coop.someone(), readProposal, { proposal });
  const { opensAt } = await told(coop.someone(), readVote, { vote });
  coop.wait(millisecondsOf(opensAt) - millisecondsOf(coop.now()));
  const roll = await timed(
    t,
    (entries: number) => `roll: ${entries} stand on it, frozen`,
    async () => (await coop.keepTime(), counted(stage, `governance.roll_entry where vote = '${vote}'`)),
  );
  t.equal(roll, everybody);
  await coop.settle();

  await backAgain(stage, stage.people);
  await backAgain(
    stage,
    seated.map(({ caller, seat }) => ({ caller, email: addressOf(seat) })),
  );
  const house = await openHouse(stage, seated);
  await timed(
    t,
    (works: number) => `work: ${works} invoices`,
    () => worked(stage, house),
  );
  const paid = await timed(
    t,
    (seen) => `payday: ${seen.came} payments came in, ${seen.paid} members were paid, ${seen.left} lines were left to people`,
    () => payday(stage, house.bank),
  );
  t.same(paid, { came: size.paid, paid: size.paid, left: 0 });
});
