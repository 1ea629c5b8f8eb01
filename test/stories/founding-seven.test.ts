// Seven people found a coop and decide: in their first assembly they say yes to its rules and elect a board, then they change the fee, and the new board lets an eighth in.
import { join } from "node:path";
import { test } from "tap";
import {
  castVote,
  listBylaws,
  listBylawVersions,
  readProposal,
  readTally,
  readVote,
  standForElection,
} from "@partcommune/shared/governance/api";
import { readBoard } from "@partcommune/shared/governance/api/board";
import { readMinutes } from "@partcommune/shared/community/api";
import type { Minutes } from "@partcommune/shared/community/rules/minutes";
import { admitMember, applyAsMember, confirmMember, giveRole } from "@partcommune/shared/membership/api";
import { readSession } from "@partcommune/shared/platform/api";
import { instant } from "@partcommune/shared/platform/time";
import { called, held } from "../support/assembly.ts";
import { keepLedger, printedLedger } from "../support/ledger.ts";
import { bankBooked } from "../support/treasury.ts";
import { addressOf, signedUp } from "../support/people.ts";
import { admitted, backAgain, carried, days, founded, opened, type Members } from "../support/members.ts";
import { told } from "../support/told.ts";

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

test("seven founders open a coop, ratify and elect in an assembly, change the fee, admit an eighth", async (t) => {
  const stage = await founded(t, names, {}, { boardSeats: 3 });
  const { coop, people } = stage;
  const founding = await carried(stage, 0, "The rules we begin with", { kind: "founding" }, true);
  const election = await carried(stage, 3, "Our first board", { kind: "election", college: "members" }, true);
  const fee = await carried(stage, 4, "A lower fee", { kind: "bylaws", changes: [{ key: "fee.rate", base: 1, value: 79_000 }] });
  for (const at of [1, 3, 5, 6]) await told(people[at]!.caller, standForElection, { proposal: election, text: "I have time." });
  await days(coop, 15);
  for (const proposal of [founding, election, fee]) await admitted(stage, proposal);
  await days(coop, 1);
  const gathering = await called(stage, "2026-03-20", [
    { kind: "report", title: "Why we are here" },
    { kind: "vote", title: "Our rules", proposal: founding },
    { kind: "election", title: "Our board", proposal: election },
  ]);
  const votes = [await voteOn(stage, founding), await voteOn(stage, election), await voteOn(stage, fee)] as const;
  const { opensAt } = await told(stage.board, readVote, { vote: votes[2] });
  t.equal(opensAt, "2026-03-14T23:00:00.000Z", "the 15th of March at midnight in Brussels");
  const { candidates } = await told(stage.board, readProposal, { proposal: election });
  const candidacyOf = (who: string | undefined): string => candidates.find(({ name }) => name === who)?.id ?? "";
  await held(stage, gathering, instant("2026-03-20T17:00:00Z"), async ({ vote }) => {
    for (const [at, { caller }] of people.entries()) {
      if (vote?.id === votes[0]) await told(caller, castVote, { vote: votes[0], choice: "yes" });
      const ranked = (rankings[at] ?? []).map((who) => [candidacyOf(people[who]?.name)]);
      if (vote?.id === votes[1]) await told(caller, castVote, { vote: votes[1], choice: { ranks: ranked } });
    }
  });
  const minutes = await told(stage.board, readMinutes, { gathering });
  t.match(minutes, { state: "signed", signatures: { length: 3 } }, "the chair and two tellers signed what the assembly decided");
  const [, ratified, chosen] = (JSON.parse(minutes.text) as Minutes).items;
  t.match(ratified, { vote: { outcome: "passed", cast: 7, roll: 7, colleges: [{ yes: 7, no: 0, abstain: 0 }] } });
  // Two of them have as many votes: the lot says in which order they stand.
  t.same(chosen?.vote?.chosen?.toSorted(), ["Anna", "Chloe", "Tess"]);
  for (const [at, { caller }] of people.entries()) await told(caller, castVote, { vote: votes[2], choice: at < 5 ? "yes" : "no" });
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
  const seated = people.filter(({ name }) => elected.includes(candidacyOf(name)));
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
  const left = (await told(stage.board, readBoard, {})).seats.find(({ name }) => name === "Tess");
  const recall = await carried(stage, 6, "Another seat for Tess", { kind: "recall", seat: left?.id ?? "" });
  await backAgain(stage, people);
  const vote = await opened(stage, recall);
  const emil = { name: "Emil", caller: eighth, member, person: "", email: addressOf("Emil") };
  await backAgain(stage, [...people, emil]);
  for (const { caller } of [...people, emil]) await told(caller, castVote, { vote, choice: "yes" });
  const day = await carried(stage, 2, "A day for all of us", { kind: "resolution" });
  for (const pass of [10, 8, 1]) await days(coop, pass);
  const seats = (await told(stage.board, readBoard, {})).seats;
  t.same(
    seats.map(({ name, until }) => `${name} ${until === left?.until}`).toSorted(),
    ["Anna true", "Chloe true", "Dario true"],
    "for the rest of the term",
  );
  // 90 days after the first assembly the coop is founded: from then on whoever is new waits before they vote.
  await days(coop, 5);
  const ordinary = await voteOn(stage, day);
  await days(coop, 23);
  await backAgain(stage, [...people, emil]);
  t.match(await told(stage.board, readVote, { vote: ordinary }), { state: "open", rollSize: 7 });
  t.equal((await eighth.call(castVote, { vote: ordinary, choice: "yes" })).problem, "not-on-roll");
  const named = Object.fromEntries([...people, emil].map(({ member: id, name }) => [id, name.split(" ")[0]?.toLowerCase() ?? ""]));
  keepLedger(t, join(import.meta.dirname, "founding-seven.ledger.txt"), await printedLedger(coop, named));
});
