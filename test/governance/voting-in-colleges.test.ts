// Colleges end to end: members vote that clients and those who work for the coop vote too; each college stands for its own seats and fills them, and the word of each weighs as the rule says.
import { test, type Test } from "tap";
import {
  castVote,
  draftProposal,
  listProposals,
  readProposal,
  readTally,
  readVote,
  standForElection,
} from "@partcommune/shared/governance/api";
import { readBoard } from "@partcommune/shared/governance/api/board";
import { giveRole, readMe } from "@partcommune/shared/membership/api";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import { instant, millisecondsOf } from "@partcommune/shared/platform/time";
import { admitted, announced, backAgain, carried, days, founded, voted, type Members } from "../support/members.ts";
import { nobodysId } from "../support/example.ts";
import { addressOf, clientOwner, personNamed, signedUp } from "../support/people.ts";
import { told } from "../support/told.ts";
import type { Caller } from "../support/coop.ts";

type Outside = { readonly carla: Caller; readonly cem: Caller; readonly acca: Caller; readonly cyr: Caller };

/** Two who own a client that pays, one whose client never bought anything, and an accountant who is no member. */
async function outside({ coop, board }: Members): Promise<Outside> {
  const { caller: carla, client } = await clientOwner(coop, "Carla", () => "10.3.0.1");
  const { caller: cem, client: other } = await clientOwner(coop, "Cem", () => "10.3.0.2");
  const { caller: cyr } = await clientOwner(coop, "Cyr", () => "10.3.0.3");
  // That an invoice which is paid leaves its day here is told by the story of a job.
  await coop.db
    .updateTable("membership.client")
    .set({ paid_at: coop.now(), first_paid_at: instant("2020-01-01T00:00:00Z") })
    .where("id", "in", [client, other])
    .execute();
  const acca = await signedUp(coop, "Acca", () => "10.3.0.4");
  await told(board, giveRole, { person: await personNamed(board, "Acca"), role: "accountant" });
  return { carla, cem, acca, cyr };
}

const weights = [
  { key: "members", weight: 3 },
  { key: "clients", weight: 2 },
  { key: "staff", weight: 1 },
];

/** What is constitutional is voted twice, some time apart. */
async function constituted(stage: Members): Promise<void> {
  const { coop, people } = stage;
  const changes = [
    { key: "vote.colleges", base: 1, value: weights },
    { key: "board.seats", base: 1, value: { members: 1, clients: 1, staff: 1 } },
  ] as const;
  const proposal = await carried(stage, 1, "Three colleges", { kind: "bylaws", changes: [...changes] } as never);
  await voted(stage, [proposal]);
  await days(coop, 31);
  const { vote = "" } = await told(coop.someone(), readProposal, { proposal });
  const { opensAt } = await told(coop.someone(), readVote, { vote });
  coop.wait(Math.max(0, millisecondsOf(opensAt) - millisecondsOf(coop.now())));
  await coop.keepTime();
  await backAgain(stage, people);
  for (const { caller } of people) await told(caller, castVote, { vote, choice: "yes" });
  for (const pass of [14, 8, 1, 1]) await days(coop, pass);
}

async function allBack(stage: Members, { carla, cem, acca }: Outside): Promise<void> {
  const others = Object.entries({ Carla: carla, Cem: cem, Acca: acca }).map(([name, caller]) => ({
    caller,
    email: addressOf(name),
  }));
  await backAgain(stage, [...stage.people, ...others]);
}

/** Once the coop is founded, an organisation waits after its first invoice as members wait after their share. */
async function waitsLikeMembers(t: Test, stage: Members, cem: Caller): Promise<void> {
  const { coop } = stage;
  await coop.db
    .insertInto("governance.assembly_held")
    .values({ gathering: nobodysId(), at: instant("2026-03-01T17:00:00Z") })
    .execute();
  const client = (await told(cem, readMe, {})).person?.buysFor[0]?.client ?? "";
  await coop.db.updateTable("membership.client").set({ first_paid_at: coop.now(), paid_at: coop.now() }).where("id", "=", client).execute();
  await backAgain(stage, stage.people);
  const vote = await announced(
    stage,
    await carried(stage, 1, "A fee in between", { kind: "bylaws", changes: [{ key: "fee.rate", base: 2, value: 80_000 }] }),
  );
  await backAgain(stage, [{ caller: cem, email: addressOf("Cem") }]);
  t.match((await told(cem, readVote, { vote })).mine, { onRoll: false, absent: "clientTooNew" });
}

test("clients and those who work for the coop stand, vote and sit beside the members", async (t) => {
  const stage = await founded(t, ["Fanny Founder", "Anna", "Bela", "Chloe"]);
  const { coop, board, people } = stage;
  const others = await outside(stage);
  const { carla, cem, acca, cyr } = others;
  const [fanny, anna, bela, chloe] = people.map(({ caller }) => caller) as [Caller, Caller, Caller, Caller];
  const ask = {
    title: "A seat for clients",
    text: "They pay.",
    language: "en",
    payload: { kind: "election", college: "clients" },
  } as const;
  t.equal((await anna.call(draftProposal, ask)).problem, "college-seatless");
  await constituted(stage);
  await allBack(stage, others);

  const election = await carried(stage, 1, "A seat for clients", { kind: "election", college: "clients" });
  t.equal((await anna.call(standForElection, { proposal: election, text: "I." })).problem, "other-college");
  t.match((await told(anna, readProposal, { proposal: election })).mine, { mayStand: false });
  t.match((await told(carla, readProposal, { proposal: election })).mine, { mayStand: true, standing: false });
  await told(carla, standForElection, { proposal: election, text: "We buy work here." });
  // She keeps the books here, too, and stands for both seats.
  await told(board, giveRole, { person: await personNamed(board, "Carla"), role: "accountant" });
  const second = await carried(stage, 3, "A seat for who works here", { kind: "election", college: "staff" });
  await told(carla, standForElection, { proposal: second, text: "I keep the books." });
  t.match((await told(carla, readProposal, { proposal: election })).mine, { standing: true });
  const fee = await carried(stage, 2, "A lower fee", { kind: "bylaws", changes: [{ key: "fee.rate", base: 1, value: 79_000 }] });
  const announcedTo = await announced(stage, election);
  await backAgain(stage, [
    { caller: carla, email: addressOf("Carla") },
    { caller: cyr, email: addressOf("Cyr") },
  ]);
  t.match((await told(carla, readVote, { vote: announcedTo })).mine, { onRoll: true, college: "clients" });
  t.match((await told(cyr, readVote, { vote: announcedTo })).mine, { onRoll: false, absent: "clientUnpaid" });
  const { opensAt } = await told(cem, readVote, { vote: announcedTo });
  coop.wait(millisecondsOf(opensAt) - millisecondsOf(coop.now()));
  await coop.keepTime();
  await admitted(stage, fee);
  await allBack(stage, others);
  const { vote: staff = "", candidates: both } = await told(acca, readProposal, { proposal: second });
  await told(acca, castVote, { vote: staff, choice: { ranks: [[both[0]?.id ?? ""]] } });
  const { vote: seat = "", candidates } = await told(cem, readProposal, { proposal: election });
  t.match(await told(cem, readVote, { vote: seat }), { state: "open", rollSize: 2 });
  t.equal((await anna.call(castVote, { vote: seat, choice: { ranks: [[candidates[0]?.id ?? ""]] } })).problem, "not-on-roll");
  await told(cem, castVote, { vote: seat, choice: { ranks: [[candidates[0]?.id ?? ""]] } });

  // The word of each college: 3 of 4 members, 1 of 2 clients, the accountant. (3·3/4 + 2·1/2 + 1·1) / 6 = 17/24, over two thirds.
  const { vote: rate = "" } = await told(cem, readProposal, { proposal: fee });
  t.match(await told(cem, readVote, { vote: rate }), { state: "open", rollSize: 7 });
  for (const caller of [fanny, anna, bela, carla, acca]) await told(caller, castVote, { vote: rate, choice: "yes" });
  for (const caller of [chloe, cem]) await told(caller, castVote, { vote: rate, choice: "no" });
  for (const pass of [11, 8, 1]) await days(coop, pass);
  await allBack(stage, others);
  t.match(JSON.parse((await told(cem, readTally, { vote: rate })).tally), {
    outcome: "passed",
    stages: { share: { over: "17", under: "24" } },
  });

  const page = await told(cem, readBoard, {});
  t.match(page.seats, [{ name: "Carla", state: "held" }], "nobody holds two seats");
  t.match((await told(cem, readVote, { vote: staff })).state, "ended", "and the second election ends all the same");
  t.same(page.founders.toSorted(), ["Anna", "Fanny Founder"], "founders stay until three who were elected sit");
  t.ok((await told(carla, readMe, {})).person?.roles.includes("board"));
  // The clock calls the colleges that never had a seat, and tells those who can stand.
  const calls = (await told(cem, listProposals, { limit: 50 })).items.filter(
    ({ kind, author }) => kind === "election" && author === undefined,
  );
  t.equal(calls.length, 2);
  const toldOf = async (caller: Caller): Promise<number> =>
    (await told(caller, listNotices, {})).items.filter(({ kind }) => kind === "electionCalled").length;
  const isClients = page.seats[0]?.college === "clients";
  t.same([await toldOf(acca), await toldOf(chloe), await toldOf(cem)], isClients ? [1, 1, 0] : [0, 1, 1], "of the seats that are vacant");
  await waitsLikeMembers(t, stage, cem);
});
