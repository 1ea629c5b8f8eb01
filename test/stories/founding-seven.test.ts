// Seven people found a coop and decide: they say yes to its rules, elect a board, change the fee, and the new board lets an eighth in.
import { join } from "node:path";
import { test } from "tap";
import {
  castVote,
  listBylaws,
  listBylawVersions,
  listSeats,
  readProposal,
  readTally,
  readVote,
  standForElection,
} from "@partcommune/shared/governance/api";
import { admitMember, applyAsMember, confirmMember, giveRole } from "@partcommune/shared/membership/api";
import { readSession } from "@partcommune/shared/platform/api";
import { keepLedger, printedLedger } from "../support/ledger.ts";
import { bankBooked } from "../support/treasury.ts";
import { signedUp } from "../support/people.ts";
import { admitted, backAgain, carried, days, founded, opened, told, type Members } from "../support/members.ts";

/** Whom each of the seven ranks, by their place among the seven. */
const rankings = [
  [1, 3],
  [1, 5, 3],
  [3, 1],
  [3, 5],
  [5, 3, 1],
  [5, 6],
  [1, 6],
];
const names = ["Fanny Founder", "Tess", "Tom", "Anna", "Bela", "Chloe", "Dario"];

async function voteOn(stage: Members, proposal: string): Promise<string> {
  const { vote, state } = await told(stage.board, readProposal, { proposal });
  if (!vote) throw new Error(`${proposal} is ${state}`);
  return vote;
}

test("seven founders open a coop, ratify, elect a board, change the fee, admit an eighth", async (t) => {
  const stage = await founded(t, names);
  const { coop, people } = stage;
  const founding = await carried(stage, 0, "The rules we begin with", { kind: "founding" });
  const election = await carried(stage, 3, "Our first board", { kind: "election", college: "members", seats: 3 });
  const fee = await carried(stage, 4, "A lower fee", { kind: "bylaws", changes: [{ key: "fee.rate", base: 1, value: 79_000 }] });
  for (const at of [1, 3, 5, 6]) await told(people[at]!.caller, standForElection, { proposal: election, text: "I have time." });
  await days(coop, 15);
  for (const proposal of [founding, election, fee]) await admitted(stage, proposal);
  await days(coop, 1);
  const votes = [await voteOn(stage, founding), await voteOn(stage, election), await voteOn(stage, fee)] as const;
  const { opensAt } = await told(stage.board, readVote, { vote: votes[0] });
  t.equal(opensAt, "2026-03-14T23:00:00.000Z", "the 15th of March at midnight in Brussels");
  await days(coop, 26);
  await backAgain(stage, people);
  for (const [at, { caller }] of people.entries()) {
    await told(caller, castVote, { vote: votes[0], choice: "yes" });
    await told(caller, castVote, { vote: votes[2], choice: at < 5 ? "yes" : "no" });
    const ranked = (rankings[at] ?? []).map((who) => [people[who]?.member ?? ""]);
    await told(caller, castVote, { vote: votes[1], choice: { ranks: ranked } });
  }
  await days(coop, 10);
  await days(coop, 8);
  await days(coop, 1);
  for (const vote of votes) t.comment((await told(stage.board, readTally, { vote })).tally);
  const versions = await told(stage.board, listBylawVersions, { key: "fee.rate" });
  t.match(versions.items, [
    { version: 2, value: 79_000, cause: votes[2] },
    { version: 1, cause: "founding" },
  ]);
  t.match(
    (await told(stage.board, listBylaws, {})).items.find(({ key }) => key === "fee.rate"),
    { value: 79_000, version: 2 },
  );
  t.match(await told(stage.board, readProposal, { proposal: founding }), { state: "enacted" });

  const { elected } = JSON.parse((await told(stage.board, readTally, { vote: votes[1] })).tally) as { elected: string[] };
  const seated = people.filter(({ member }) => elected.includes(member));
  t.same(
    seated.map(({ name }) => name),
    ["Tess", "Anna", "Chloe"],
    "the three whom most ranked first",
  );
  const eighth = await signedUp(coop, "Emil");
  const { id: member } = await told(eighth, applyAsMember, { status: "invoiced", trade: "printing" });
  const seat = { person: people[6]?.person ?? "", role: "board" } as const;
  t.equal((await (seated[0]?.caller ?? stage.board).call(giveRole, seat)).problem, "board-elected");
  t.equal((await stage.board.call(admitMember, { member })).problem, "role-needed", "who founded the coop sits on its board no more");
  await told(seated[1]?.caller ?? stage.board, admitMember, { member });
  await told(seated[2]?.caller ?? stage.board, confirmMember, { member });
  await bankBooked(stage, { kind: "sharePaid", member }, "20.00");
  t.match((await told(eighth, readSession, {})).person, { stage: "associate" });

  // One of the three is recalled: whoever the same ballots put next takes the seat.
  const left = (await told(stage.board, listSeats, {})).items.find(({ name }) => name === "Tess");
  const recall = await carried(stage, 6, "Another seat for Tess", { kind: "recall", seat: left?.id ?? "" });
  await backAgain(stage, people);
  const vote = await opened(stage, recall);
  await backAgain(stage, people);
  for (const { caller } of people) await told(caller, castVote, { vote, choice: "yes" });
  for (const pass of [10, 8, 1]) await days(coop, pass);
  const seats = (await told(stage.board, listSeats, {})).items;
  t.same(
    seats.map(({ name, until }) => `${name} ${until === left?.until}`).toSorted(),
    ["Anna true", "Chloe true", "Dario true"],
    "for the rest of the term",
  );
  const called = Object.fromEntries(
    [...people, { name: "Emil", member }].map(({ member: id, name }) => [id, name.split(" ")[0]?.toLowerCase() ?? ""]),
  );
  keepLedger(t, join(import.meta.dirname, "founding-seven.ledger.txt"), await printedLedger(coop, called));
});
