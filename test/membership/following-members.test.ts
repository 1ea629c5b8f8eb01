// The board names who follows a member; that adviser hands over with a note, and nobody else does either.
import { test } from "tap";
import { listPortfolio } from "@partcommune/shared/marketplace/api";
import { endRole, giveRole, listPeople, readMe } from "@partcommune/shared/membership/api";
import { listAdvisers, nameAdviser } from "@partcommune/shared/membership/api/portfolio";
import { objectionToNaming } from "@partcommune/shared/membership/rules/portfolio";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import type { Role } from "@partcommune/shared/platform/actor";
import { openCoop, type Caller } from "../support/coop.ts";
import { applicant, confirmedMember, founder, personNamed, withRole } from "../support/people.ts";

test("who names whom", (t) => {
  const naming = { memberPerson: "marc", present: "ada", next: "rosa", nextRoles: ["adviser"] as readonly Role[], note: undefined };
  const board = { person: "fanny", roles: ["board"] as readonly Role[] };
  const ada = { person: "ada", roles: ["adviser"] as readonly Role[] };
  const rows = [
    ["the board names the next", objectionToNaming(naming, board), undefined],
    ["the board names the first", objectionToNaming({ ...naming, present: undefined }, board), undefined],
    ["the adviser hands over", objectionToNaming({ ...naming, note: "All is well." }, ada), undefined],
    ["the adviser hands over without a word", objectionToNaming(naming, ada), "note-missing"],
    [
      "a board member hands over their own without a word",
      objectionToNaming(naming, { ...ada, roles: ["board", "adviser"] }),
      "note-missing",
    ],
    ["another adviser takes them", objectionToNaming(naming, { ...ada, person: "rosa" }), "other-portfolio"],
    ["an adviser takes whom nobody follows", objectionToNaming({ ...naming, present: undefined }, ada), "other-portfolio"],
    ["who is no adviser", objectionToNaming({ ...naming, nextRoles: ["treasurer"] }, board), "no-adviser"],
    ["the member themselves", objectionToNaming({ ...naming, next: "marc" }, board), "own-adviser"],
    ["who follows already", objectionToNaming({ ...naming, next: "ada" }, board), "adviser-already"],
  ] as const;
  for (const [says, refusal, wanted] of rows) t.equal(refusal?.type, wanted, says);
  t.end();
});

const names = async (by: Caller): Promise<readonly string[]> => (await by.call(listPortfolio, {})).body.items.map(({ name }) => name);

test("a member is followed by one adviser, who reads the note of the one before", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const { caller: marc, member } = await confirmedMember(coop, board, "Marc");
  const [ada, rosa] = [await withRole(coop, board, "Ada", "adviser"), await withRole(coop, board, "Rosa", "adviser")];
  const ids = { ada: await personNamed(board, "Ada"), rosa: await personNamed(board, "Rosa"), marc: await personNamed(board, "Marc") };
  t.same((await board.call(listAdvisers, {})).body.items, [
    { id: ids.ada, name: "Ada" },
    { id: ids.rosa, name: "Rosa" },
  ]);
  t.equal((await ada.call(nameAdviser, { member, adviser: ids.ada })).problem, "other-portfolio", "nobody takes a member");
  t.equal((await marc.call(nameAdviser, { member, adviser: ids.ada })).problem, "role-needed");
  t.equal((await board.call(nameAdviser, { member, adviser: ids.marc })).problem, "no-adviser");
  const waiting = await applicant(coop, "Mia");
  t.equal((await board.call(nameAdviser, { member: waiting.member, adviser: ids.ada })).problem, "not-in-this-state");

  t.equal((await board.call(nameAdviser, { member, adviser: ids.ada })).status, 201);
  t.match((await marc.call(readMe, {})).body, { person: { adviser: "Ada" } }, "the member knows who");
  t.match(
    (await board.call(listPeople, {})).body.items.find(({ name }) => name === "Marc"),
    { adviser: "Ada" },
  );
  t.same([await names(ada), await names(rosa)], [["Marc"], []]);
  t.equal((await ada.call(nameAdviser, { member, adviser: ids.rosa })).problem, "note-missing");
  const note = "He waits for a form from the museum.";
  const both = await Promise.all([
    ada.call(nameAdviser, { member, adviser: ids.rosa, note }),
    board.call(nameAdviser, { member, adviser: ids.rosa }),
  ]);
  t.equal(both.filter(({ status }) => status === 201).length, 1, "of two at once one hands over");
  t.same([await names(ada), await names(rosa)], [[], ["Marc"]]);
  await rosa.call(nameAdviser, { member, adviser: ids.ada, note: "Back to you." });
  t.match((await ada.call(listPortfolio, {})).body.items, [{ note: "Back to you.", branch: "Atelier Commun", alerts: [] }]);
  t.equal((await marc.call(listPortfolio, {})).problem, "role-needed");
  await board.call(endRole, { person: ids.ada, role: "adviser" });
  t.equal((await ada.call(listPortfolio, {})).problem, "role-needed", "at the next request");
  t.notOk((await marc.call(readMe, {})).body.person?.adviser, "nobody follows her members any more");
  t.notMatch(
    (await board.call(listPeople, {})).body.items.find(({ name }) => name === "Marc"),
    { adviser: "Ada" },
    "and the board sees that",
  );
  await coop.settle();
  t.match((await marc.call(listNotices, {})).body.items, [{ kind: "adviserLeft", place: "settings", values: { name: "Ada" } }]);
  await board.call(giveRole, { person: ids.ada, role: "adviser" });
  t.same(await names(ada), [], "the role alone brings nobody back");
});
