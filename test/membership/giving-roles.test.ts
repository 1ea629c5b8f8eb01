// The board gives roles and ends them: at once, never to oneself, and never so that no board is left.
import { test } from "tap";
import { confirmMember, endRole, giveRole, listApplicants, listMyClients, listPeople, readMe } from "@partcommune/shared/membership/api";
import { operator, roles } from "@partcommune/shared/platform/actor";
import { clientCard, memberCard, shareWasPaid } from "@partcommune/server/membership/index";
import { z } from "zod";
import { openCoop } from "../support/coop.ts";
import { applicant, clientOwner, confirmedMember, founder, personNamed, signedUp, withRole } from "../support/people.ts";

test("a role works from the next request on, and is gone at the next", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const rosa = await signedUp(coop, "Rosa");
  const person = await personNamed(board, "Rosa");
  t.equal((await rosa.call(listApplicants, {})).problem, "role-needed");
  t.equal((await board.call(giveRole, { person, role: "board" })).status, 201);
  t.equal((await rosa.call(listApplicants, {})).status, 200);
  t.match((await rosa.call(readMe, {})).body, { person: { roles: ["board"] } });
  t.equal((await board.call(giveRole, { person, role: "board" })).problem, "role-held");
  t.equal((await board.call(endRole, { person, role: "board" })).status, 201);
  t.equal((await rosa.call(listApplicants, {})).problem, "role-needed");
  t.equal((await board.call(endRole, { person, role: "board" })).problem, "role-not-held");
});

test("nobody climbs by their own hand", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const { caller: client } = await clientOwner(coop, "Carla");
  const { caller: member } = await confirmedMember(coop, board, "Marc");
  const climbers = {
    Carla: client,
    Marc: member,
    Adan: await withRole(coop, board, "Adan", "adviser"),
    Tess: await withRole(coop, board, "Tess", "treasurer"),
  };
  for (const [name, caller] of Object.entries(climbers)) {
    const person = await personNamed(board, name);
    for (const role of roles) t.equal((await caller.call(giveRole, { person, role })).problem, "role-needed", `${name} to ${role}`);
    t.equal((await caller.call(listPeople, {})).problem, "role-needed", name);
  }
  const fanny = await personNamed(board, "Fanny Founder");
  t.equal((await board.call(giveRole, { person: fanny, role: "treasurer" })).problem, "own-role");
  t.equal((await coop.someone().call(giveRole, { person: fanny, role: "board" })).problem, "sign-in-first");
  t.equal((await board.call(giveRole, { person: "0198c0de-0000-7000-8000-000000000000", role: "board" })).problem, "not-found");
});

test("the last person on the board stays, also when two end each other at once", async (t) => {
  const coop = await openCoop(t);
  const fanny = await founder(coop);
  const ids = { fanny: await personNamed(fanny, "Fanny Founder"), rosa: "" };
  t.equal((await fanny.call(endRole, { person: ids.fanny, role: "board" })).problem, "last-board");
  const rosa = await withRole(coop, fanny, "Rosa", "board");
  ids.rosa = await personNamed(fanny, "Rosa");
  const answers = await Promise.all([
    fanny.call(endRole, { person: ids.rosa, role: "board" }),
    rosa.call(endRole, { person: ids.fanny, role: "board" }),
  ]);
  t.equal(answers.filter(({ status }) => status === 201).length, 1, JSON.stringify(answers.map(({ text }) => text)));
  const seated = await coop.db
    .selectFrom("membership.role_grant")
    .select("person")
    .where("role", "=", "board")
    .where("ended_at", "is", null)
    .execute();
  t.equal(seated.length, 1);
});

test("people are listed in pages, with roles and stage", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  coop.wait(1);
  await applicant(coop, "Marc");
  coop.wait(1);
  await withRole(coop, board, "Tess", "treasurer");
  const first = (await board.call(listPeople, { limit: 2 })).body;
  t.match(first.items, [
    { name: "Fanny Founder", roles: ["board", "operator"] },
    { name: "Marc", roles: [], stage: "applicant" },
  ]);
  const second = (await board.call(listPeople, { limit: 2, after: first.next })).body;
  t.match(second.items, [{ name: "Tess", roles: ["treasurer"] }]);
  t.equal(second.next, undefined);
});

test("a trial is confirmed by another board member, once, and a paid share makes an associate", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const { caller, member } = await applicant(coop, "Marc");
  t.equal((await board.call(confirmMember, { member })).problem, "not-in-this-state", "an applicant is not on trial");
  const { caller: paying, member: ready } = await confirmedMember(coop, board, "Mia");
  t.equal((await board.call(confirmMember, { member: ready })).problem, "not-in-this-state");
  t.equal((await caller.call(confirmMember, { member })).problem, "role-needed");
  const verb = { name: "test share", input: z.strictObject({}), answer: z.object({}), status: 200 };
  const pay = (which: string, key: string) =>
    coop.perform(operator, verb, async (scope) => (await shareWasPaid(scope, which), {}), {}, { key, cause: "test" });
  await pay(ready, "one");
  await pay(ready, "two");
  await pay(member, "three");
  t.match((await paying.call(readMe, {})).body, { person: { stage: "associate" } });
  t.match(await memberCard(coop, ready), { name: "Mia", stage: "associate", status: "invoiced" });
  t.match(await memberCard(coop, member), { name: "Marc", stage: "applicant" });
  const facts = await coop.db.selectFrom("platform.fact").select("subject").where("type", "=", "member.associated").execute();
  t.same(facts, [{ subject: ready }], "two payments associate once");
});

test("one's organisations are listed for oneself alone", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const { caller, client } = await clientOwner(coop, "Carla");
  const other = await signedUp(coop, "Otto");
  t.match((await caller.call(listMyClients, {})).body, { items: [{ id: client, name: "Carla SA", town: "Bruxelles", role: "owner" }] });
  t.same((await other.call(listMyClients, {})).body, { items: [] });
  t.match(await clientCard(coop, client), { id: client, name: "Carla SA" });
});
