// Three do one job together, from their bid to three bank accounts, through the public doors alone: one invoice, one fee, and nobody sees another's money.
import { join } from "node:path";
import { test, type Test } from "tap";
import { addPart, approveHandIn, handIn, readEngagement, startEngagement } from "@partcommune/shared/marketplace/api";
import {
  agreeToCredit,
  confirmCredit,
  listPayables,
  listPayouts,
  proposeCredit,
  readInvoice,
  readStatement,
} from "@partcommune/shared/money/api";
import { dayMs } from "@partcommune/shared/platform/time";
import { proving } from "../support/authenticator.ts";
import { coop as coopVerb } from "../support/cli.ts";
import type { Caller } from "../support/coop.ts";
import { keepLedger, printedLedger } from "../support/ledger.ts";
import { paidTo } from "../support/paid-to.ts";
import { confirmedMember } from "../support/people.ts";
import { agreedAsTeam, withPage, type TeamEngaged } from "../support/teams.ts";
import { told } from "../support/told.ts";
import { bankBooked, clientPaid, eur, ibans, signedPayout, treasury, type Treasury } from "../support/treasury.ts";

type Team = TeamEngaged & { readonly members: readonly string[]; readonly people: readonly Caller[] };

// In the past of any machine, because the checks of `npm run coop` go by the real clock.
const job = { startOn: "2026-02-16", endOn: "2026-02-17", bidsUntil: "2026-02-09" };

/** Anna leads; Nina and Otto, whom she found in the directory, do a third each. */
async function team(stage: Treasury): Promise<Team> {
  const { coop, board, worker, member } = stage;
  const [nina, otto] = [await confirmedMember(coop, board, "Nina"), await confirmedMember(coop, board, "Otto")];
  const colleagues = [proving(coop, nina.caller), proving(coop, otto.caller)] as const;
  const handles = [await withPage(nina.caller, "nina-n"), await withPage(otto.caller, "otto-o")] as const;
  const done = await agreedAsTeam(stage, colleagues, handles, job);
  return { ...done, people: [worker, ...colleagues], members: [member, nina.member, otto.member] };
}

test("a job of three over HTTP, from their bid to the last cent", async (t) => {
  const stage = await treasury(t, { now: "2026-02-02T09:00:00Z" });
  const { coop, client, tess, tom } = stage;
  const of = await team(stage);
  const { engagement, page, people, members } = of;
  t.match(await page(), { state: "covered", member: "Anna, Nina, Otto" });
  const invoice = await worked(t, of);
  const paper = await told(of.colleagues[1], readInvoice, { invoice });
  t.match(paper, { gross: eur("2420.00"), engagement });
  t.match(JSON.parse(paper.frozen), { line: { doneBy: "Anna, Nina, Otto" } });

  for (const [at, person] of people.entries()) {
    t.match(await told(person, readStatement, { member: members[at] ?? "" }), { balance: eur("610.00"), available: eur("0.00") });
    t.match((await page(person)).milestones, [{ payable: { amount: eur("610.00"), state: "waiting" } }]);
    t.equal(
      (await person.call(readStatement, { member: members[(at + 1) % 3] ?? "" })).problem,
      "not-found",
      "another's money is not theirs to see",
    );
  }
  t.match((await page()).milestones, [{ payable: { amount: eur("1830.00") } }], "the client sees what it is for all together");

  // A tenth is taken back by a credit: each gives back their part of it, to the cent.
  const { id: credit } = await told(tess, proposeCredit, { invoice, net: eur("200.00"), reason: "One format fewer." });
  for (const side of [of.buyer, of.worker, of.colleagues[0]]) await told(side, agreeToCredit, { credit });
  t.equal((await tom.call(confirmCredit, { credit })).problem, "credit-not-agreed", "nobody gives back on another's word");
  await told(of.colleagues[1], agreeToCredit, { credit });
  await told(tom, confirmCredit, { credit });
  await coop.settle();
  for (const [at, person] of people.entries())
    t.match(await told(person, readStatement, { member: members[at] ?? "" }), { balance: eur("549.00"), available: eur("0.00") });

  await paidTo(people[0] as Caller, members[0] ?? "", ibans[0]);
  await paidTo(people[1] as Caller, members[1] ?? "", ibans[1]);
  await clientPaid(stage, invoice, "1000.00");
  t.match(await told(people[2] as Caller, readStatement, { member: members[2] ?? "" }), { available: eur("252.06") });
  await clientPaid(stage, invoice, "1178.00");
  await coop.settle();
  t.match(await told(people[2] as Caller, readStatement, { member: members[2] ?? "" }), {
    available: eur("549.00"),
    payables: [{ state: "waiting" }],
  });
  t.match((await page()).milestones, [{ state: "clientPaid" }]);

  // Two are paid at once; the third says only later where their money goes, and with them all is done.
  coop.wait(7 * dayMs);
  await coop.keepTime();
  const ready = (await told(tess, listPayables, {})).items.filter(({ waitsFor }) => waitsFor === undefined);
  t.same(ready.map(({ member }) => member).toSorted(), ["Anna", "Nina"]);
  await paid(
    stage,
    ready.map(({ id }) => id),
  );
  t.match((await page(people[0])).milestones, [{ state: "clientPaid", payable: { state: "paid" } }]);
  t.match((await page(people[2])).milestones, [{ payable: { state: "ready" } }]);
  t.match((await page()).milestones, [{ payable: { state: "ready", amount: eur("1647.00") } }]);
  await paidTo(people[2] as Caller, members[2] ?? "", ibans[2]);
  coop.wait(7 * dayMs);
  await paid(
    stage,
    (await told(tess, listPayables, {})).items.map(({ id }) => id),
  );
  t.match(await page(people[2]), { state: "finished", milestones: [{ state: "settled", payable: { state: "paid" } }] });

  const names = { ...Object.fromEntries(members.map((id, at) => [id, ["Anna", "Nina", "Otto"][at] ?? ""])), [client]: "Carla SA" };
  coop.wait(dayMs);
  await coop.keepTime();
  keepLedger(t, join(import.meta.dirname, "a-team-over-http.ledger.txt"), await printedLedger(coop, names));
  const asked = await coopVerb(coop.url, "ledger", "check");
  t.equal(asked.code, 0, asked.out + asked.error);
});

/** Begun, parts added, handed in by the lead, approved: one invoice. */
async function worked(t: Test, { buyer, worker, colleagues: [nina, otto], engagement, milestone, page }: Team): Promise<string> {
  await told(worker, startEngagement, { engagement });
  await told(nina, addPart, { milestone, text: "The large format." });
  await told(otto, addPart, { milestone, text: "The small one." });
  t.equal((await page()).milestones[0]?.added.length, 0, "the client reads what was added once it is handed in");
  t.equal(
    (await page(worker)).milestones[0]?.added
      .map(({ by }) => by)
      .toSorted()
      .join(),
    "Nina,Otto",
  );
  t.equal((await otto.call(handIn, { milestone, text: "Mine." })).problem, "lead-needed");
  t.equal((await worker.call(addPart, { milestone, text: "Mine." })).problem, "lead-hands-in");
  await told(worker, handIn, { milestone, text: "All three formats." });
  t.equal((await otto.call(addPart, { milestone, text: "Late." })).problem, "not-in-this-state");
  const { milestones } = await told(buyer, readEngagement, { engagement });
  t.equal(milestones[0]?.added.length, 2);
  const { invoice } = await told(buyer, approveHandIn, { milestone, version: milestones[0]?.version ?? 0 });
  return invoice.id;
}

/** Ordered by one treasurer, signed by the other, and booked line by line as the bank carries them out. */
async function paid(stage: Treasury, payables: readonly string[]): Promise<void> {
  await signedPayout(stage, payables);
  const [batch] = (await told(stage.tess, listPayouts, {})).items;
  for (const { id: item, amount } of batch?.items ?? []) await bankBooked(stage, { kind: "payoutSettled", item }, amount.amount);
  await stage.coop.settle();
}
