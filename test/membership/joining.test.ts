// Organisations are founded by people, memberships are decided by the board, and nobody is two members or admits themselves.
import { test } from "tap";
import { admitMember, applyAsMember, foundClient, listApplicants, readMe } from "@partcommune/shared/membership/api";
import { objectionToAdmission, objectionToRefusing, stages } from "@partcommune/shared/membership/rules";
import { openCoop } from "../support/coop.ts";
import { applicant, clientOwner, founder, organisation, signedUp } from "../support/people.ts";

test("only whoever applied and is outside is admitted, and by somebody else; an answer is given once", (t) => {
  for (const stage of stages) {
    const outside = stage === "applicant" || stage === "refused";
    t.equal(objectionToAdmission({ person: "a", stage }, "b")?.type ?? "-", outside ? "-" : "not-in-this-state", stage);
    t.equal(objectionToRefusing({ person: "a", stage }, "b")?.type ?? "-", stage === "applicant" ? "-" : "not-in-this-state", stage);
  }
  t.equal(objectionToAdmission({ person: "a", stage: "applicant" }, "a")?.type, "own-admission");
  t.equal(objectionToRefusing({ person: "a", stage: "applicant" }, "a")?.type, "own-admission");
  t.end();
});

test("the board admits an applicant, who may bid from the next request on", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const { caller, member } = await applicant(coop, "Marc");
  t.match((await caller.call(readMe, {})).body, { person: { stage: "applicant" } });
  t.match((await board.call(listApplicants, {})).body, { items: [{ id: member, name: "Marc", trade: "translation", status: "invoiced" }] });
  t.equal((await board.call(admitMember, { member })).status, 200);
  t.match((await caller.call(readMe, {})).body, { person: { stage: "trial" } });
  t.equal((await board.call(admitMember, { member })).problem, "not-in-this-state");
  t.same((await board.call(listApplicants, {})).body, { items: [] });
});

test("fifty applications at once make one member", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const marc = await signedUp(coop, "Marc");
  const answers = await Promise.all(Array.from({ length: 50 }, () => marc.call(applyAsMember, { status: "invoiced", trade: "x" })));
  t.equal(answers.filter(({ status }) => status === 201).length, 1);
  t.equal(answers.filter(({ problem }) => problem === "member-already").length, 49);
});

test("the board's doors are closed to everyone else, and the founder cannot admit themselves", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const { caller, member } = await applicant(coop, "Marc");
  t.equal((await coop.someone().call(listApplicants, {})).problem, "sign-in-first");
  t.equal((await caller.call(listApplicants, {})).problem, "role-needed");
  t.equal((await caller.call(admitMember, { member })).problem, "role-needed");
  const own = (await board.call(applyAsMember, { status: "employee", trade: "founding" })).body.id;
  t.equal((await board.call(admitMember, { member: own })).problem, "own-admission");
  t.equal((await board.call(admitMember, { member: "0198c0de-0000-7000-8000-000000000000" })).problem, "not-found");
  t.equal((await board.call(admitMember, { member: "not-an-id" })).problem, "not-found");
});

test("an organisation belongs to its founder, and the same intent is one organisation", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const { caller, client } = await clientOwner(coop, "Carla");
  t.match((await caller.call(readMe, {})).body, { person: { buysFor: [{ client, name: "Carla SA", role: "owner" }] } });
  const first = await caller.call(foundClient, organisation, "one-intent");
  const again = await caller.call(foundClient, organisation, "one-intent");
  t.equal(again.text, first.text, "byte for byte");
  t.equal(again.headers["idempotent-replayed"], "true");
  t.equal((await caller.call(foundClient, { ...organisation, town: "Liège" }, "one-intent")).problem, "idempotency-mismatch");
  t.equal((await caller.call(foundClient, organisation, "another")).problem, "client-already");
  const other = await signedUp(coop, "Otto");
  t.equal((await other.call(foundClient, organisation, "one-intent")).status, 201, "keys are a person's own");
});

test("fields nobody asked for are refused on every write", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const { caller } = await clientOwner(coop, "Carla");
  for (const extra of ["role", "roles", "stage", "status2", "balance", "id", "memberSince", "feeRate", "approvedBy", "tenant"]) {
    const refused = await caller.call(foundClient, { ...organisation, name: "X", [extra]: "admin" });
    t.equal(refused.status, 400, extra);
    t.match(JSON.parse(refused.text), { errors: [{ pointer: `/${extra}` }] });
  }
  t.equal(
    (await caller.call(foundClient, { ...organisation, name: "X", constructor: "admin" } as never)).status,
    400,
    "a key of every object",
  );
  const poisoned = await caller.raw({
    method: "POST",
    url: "/api/v1/clients",
    headers: { "content-type": "application/json", "idempotency-key": "p" },
    payload: '{"__proto__":{"role":"owner"},"name":"X"}',
  });
  t.equal(poisoned.statusCode, 400);
});
