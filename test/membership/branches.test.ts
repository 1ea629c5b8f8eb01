// A coop is one tree of branches: the board opens, names and closes them, and each member is in exactly one at any day.
import { test } from "tap";
import { admitMember, listPeople, readMe } from "@partcommune/shared/membership/api";
import { closeBranch, listBranches, moveMember, openBranch, renameBranch } from "@partcommune/shared/membership/api/branches";
import {
  objectionToClosing,
  objectionToMove,
  objectionToOpening,
  objectionToRenaming,
  type Branch,
} from "@partcommune/shared/membership/rules/branches";
import { dayMs, type Day } from "@partcommune/shared/platform/time";
import { openCoop, type Caller } from "../support/coop.ts";
import { applicant, confirmedMember, founder, signedUp, withRole } from "../support/people.ts";

const day = (text: string): Day => text as Day;
const branch = (id: string, parent: string | null, closedOn: string | null = null): Branch => ({
  id,
  parent,
  name: id.toUpperCase(),
  country: "BE",
  closedOn: closedOn as Day | null,
});
const [root, lille, douai, gent] = [
  branch("root", null),
  branch("lille", "root"),
  branch("douai", "lille"),
  branch("gent", "root", "2026-11-01"),
] as const;
const tree = [root, lille, douai, gent];

test("the tree is changed only so that it stays one", (t) => {
  const rows = [
    ["open under the root", objectionToOpening(tree, root, "Mons"), undefined],
    ["open under a closed one", objectionToOpening(tree, gent, "Mons"), "branch-closed"],
    ["open under a name that is taken", objectionToOpening(tree, root, "Lille"), "branch-name-taken"],
    ["open under the name of a closed one", objectionToOpening(tree, root, "GENT"), undefined],
    ["rename to another case of its own name", objectionToRenaming(tree, lille, "Lille"), undefined],
    ["rename to another's name", objectionToRenaming(tree, lille, "douai"), "branch-name-taken"],
    ["rename a closed one", objectionToRenaming(tree, gent, "Mons"), "branch-closed"],
    ["close an empty leaf", objectionToClosing(tree, douai, 0), undefined],
    ["close the root", objectionToClosing(tree, root, 0), "branch-is-root"],
    ["close a closed one", objectionToClosing(tree, gent, 0), "branch-closed"],
    ["close one with members", objectionToClosing(tree, douai, 1), "branch-not-empty"],
    ["close one with an open branch under it", objectionToClosing(tree, lille, 0), "branch-not-empty"],
  ] as const;
  for (const [says, refusal, wanted] of rows) t.equal(refusal?.type, wanted, says);
  t.end();
});

test("a member moves from a day that is not over", (t) => {
  const today = day("2026-12-01");
  const since = (of: string, from: string) => ({ branch: of, fromOn: day(from) });
  const rows = [
    ["today", objectionToMove(since("root", "2026-01-01"), lille, today, today), undefined],
    ["yesterday", objectionToMove(since("root", "2026-01-01"), lille, day("2026-11-30"), today), "day-past"],
    ["to a closed one", objectionToMove(since("root", "2026-01-01"), gent, today, today), "branch-closed"],
    ["to where one is", objectionToMove(since("lille", "2026-01-01"), lille, today, today), "branch-same"],
    ["earlier to where one will be", objectionToMove(since("lille", "2027-01-01"), lille, today, today), undefined],
    ["for the first time", objectionToMove(undefined, root, today, today), undefined],
  ] as const;
  for (const [says, refusal, wanted] of rows) t.equal(refusal?.type, wanted, says);
  t.end();
});

async function branchNamed(caller: Caller, name: string) {
  const found = (await caller.call(listBranches, {})).body.items.find((each) => each.name === name);
  if (!found) throw new Error(`no branch is called ${name}`);
  return found;
}

test("the coop is the root, and a branch is opened, renamed and closed by the board alone", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const visitor = coop.someone();
  const { items } = (await visitor.call(listBranches, {})).body;
  t.match(items, [{ name: "Atelier Commun", country: "BE", openedOn: "2026-12-01", members: 0 }], "anyone reads it");
  const parent = items[0]?.id ?? "";
  const adviser = await withRole(coop, board, "Ada", "adviser");
  t.equal((await adviser.call(openBranch, { parent, name: "Lille", country: "FR" })).problem, "role-needed");
  const { id } = (await board.call(openBranch, { parent, name: "Lille", country: "FR" })).body;
  t.equal((await board.call(openBranch, { parent, name: "lille", country: "FR" })).problem, "branch-name-taken");
  t.equal((await board.call(renameBranch, { branch: id, name: "Lille et Douai" })).status, 200);
  t.match(await branchNamed(visitor, "Lille et Douai"), { parent, country: "FR" });
  t.equal((await board.call(closeBranch, { branch: parent })).problem, "branch-is-root");
  t.equal((await board.call(closeBranch, { branch: id })).status, 200);
  t.equal((await board.call(closeBranch, { branch: id })).problem, "branch-closed");
  t.match(await branchNamed(visitor, "Lille et Douai"), { closedOn: "2026-12-01" }, "what was, is still told");
  t.equal((await board.call(renameBranch, { branch: "0198c0de-0000-7000-8000-000000000000", name: "X" })).problem, "not-found");
});

test("of two who open the same branch at once one does, and nobody is put into a branch that closes", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const other = await withRole(coop, board, "Rosa", "board");
  const { member } = await confirmedMember(coop, board, "Marc");
  const parent = (await branchNamed(board, "Atelier Commun")).id;
  const opened = await Promise.all([board, other].map((by) => by.call(openBranch, { parent, name: "Lille", country: "FR" })));
  t.same(
    opened.map(({ status }) => status).toSorted((a, b) => a - b),
    [201, 409],
  );
  const { id } = await branchNamed(board, "Lille");
  const [closed, moved] = await Promise.all([
    board.call(closeBranch, { branch: id }),
    other.call(moveMember, { member, branch: id, from: "2026-12-01" }),
  ]);
  t.equal([closed.status < 300, moved.status < 300].filter(Boolean).length, 1, `${closed.text} ${moved.text}`);
});

test("a member is in the root from their admission, or where the board says, and moves from a day on", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const rootId = (await branchNamed(board, "Atelier Commun")).id;
  const { id: lilleId } = (await board.call(openBranch, { parent: rootId, name: "Lille", country: "FR" })).body;
  const { caller: marc, member } = await confirmedMember(coop, board, "Marc");
  const mia = await applicant(coop, "Mia");
  t.equal((await board.call(moveMember, { member: mia.member, branch: lilleId, from: "2026-12-01" })).problem, "not-in-this-state");
  t.equal((await board.call(admitMember, { member: mia.member, branch: lilleId })).status, 200);
  t.match((await mia.caller.call(readMe, {})).body, { person: { branch: { id: lilleId, name: "Lille" } } });
  t.match((await marc.call(readMe, {})).body, { person: { branch: { name: "Atelier Commun" } } });
  t.equal((await (await signedUp(coop, "Otto")).call(readMe, {})).body.person?.branch, undefined, "who is no member is in none");

  const move = (from: string, branchId = lilleId) => board.call(moveMember, { member, branch: branchId, from });
  t.equal((await move("2026-11-30")).problem, "day-past");
  t.equal((await move("2026-12-20")).status, 201);
  t.match(
    (await board.call(listPeople, {})).body.items.find(({ name }) => name === "Marc"),
    {
      branch: { name: "Atelier Commun" },
      move: { name: "Lille", from: "2026-12-20" },
    },
  );
  t.equal((await board.call(closeBranch, { branch: lilleId })).problem, "branch-not-empty", "who will be there counts");
  coop.wait(19 * dayMs);
  t.match((await marc.call(readMe, {})).body, { person: { branch: { name: "Lille" } } }, "the day came");
  t.match(await branchNamed(board, "Lille"), { members: 2 });
  t.equal((await move("2026-12-28")).problem, "branch-same");
  t.equal((await move("2026-12-28", rootId)).status, 201);
  t.equal((await move("2026-12-21", rootId)).status, 201, "a sooner move takes the planned one's place");
  const kept = await coop.db
    .selectFrom("membership.branch_member")
    .select(["branch", "from_on", "to_on"])
    .where("member", "=", member)
    .orderBy("from_on")
    .execute();
  t.same(kept, [
    { branch: rootId, from_on: "2026-12-01", to_on: "2026-12-20" },
    { branch: lilleId, from_on: "2026-12-20", to_on: "2026-12-21" },
    { branch: rootId, from_on: "2026-12-21", to_on: null },
  ]);
});

test("of two moves of one member at once both are told, and one day knows one branch", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const other = await withRole(coop, board, "Rosa", "board");
  const parent = (await branchNamed(board, "Atelier Commun")).id;
  const { member } = await confirmedMember(coop, board, "Marc");
  const places = await Promise.all(
    ["Lille", "Gent"].map(async (name) => (await board.call(openBranch, { parent, name, country: "BE" })).body.id),
  );
  await Promise.all(
    [board, other].map((by, at) => by.call(moveMember, { member, branch: places[at] ?? "", from: at === 0 ? "2026-12-05" : "2026-12-03" })),
  );
  const open = await coop.db.selectFrom("membership.branch_member").select("branch").where("to_on", "is", null).execute();
  t.equal(open.length, 1, "and the check of the coop finds no day with two");
});
