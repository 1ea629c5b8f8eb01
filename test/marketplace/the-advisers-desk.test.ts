// The adviser's desk: held-up engagements are taken by one adviser at a time, and each followed member's alerts say why.
import { test, type Test } from "tap";
import { coverEngagement, listPortfolio, listUncovered, releaseEngagement, takeEngagement } from "@partcommune/shared/marketplace/api";
import { objectionToTaken, takenUntil } from "@partcommune/shared/marketplace/rules/desk";
import { admitMember } from "@partcommune/shared/membership/api";
import { nameAdviser } from "@partcommune/shared/membership/api/portfolio";
import { dayMs, instant } from "@partcommune/shared/platform/time";
import { openCoop, type Caller, type TestCoop } from "../support/coop.ts";
import { agreed } from "../support/engagements.ts";
import { invoiced } from "../support/invoices.ts";
import { applicant, clientOwner, confirmedMember, founder, personNamed, signInAgain, withRole } from "../support/people.ts";

test("who took it holds it for half an hour", (t) => {
  const taking = { adviser: "ada", at: instant("2026-12-01T09:00:00Z") };
  const [before, at] = [instant("2026-12-01T09:29:59.999Z"), instant("2026-12-01T09:30:00Z")];
  t.equal(takenUntil(taking, before), at);
  t.equal(takenUntil(taking, at), undefined, "equality is late");
  const rows = [
    ["who holds it", objectionToTaken(taking, "ada", before), undefined],
    ["another", objectionToTaken(taking, "rosa", before), "engagement-taken"],
    ["another, half an hour later", objectionToTaken(taking, "rosa", at), undefined],
    ["anyone, when nobody does", objectionToTaken(undefined, "rosa", before), undefined],
  ] as const;
  for (const [says, refusal, wanted] of rows) t.equal(refusal?.type, wanted, says);
  t.end();
});

type Stage = {
  readonly coop: TestCoop;
  readonly board: Caller;
  readonly ada: Caller;
  readonly rosa: Caller;
  readonly engagement: string;
  readonly client: string;
  readonly member: string;
};

/** Work across a border, signed by both on a Tuesday. */
async function heldUp(t: Test): Promise<Stage> {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const { caller: buyer, client } = await clientOwner(coop, "Carla");
  const { caller: worker, member } = await confirmedMember(coop, board, "Marc");
  const { engagement } = await agreed({ buyer, client, worker }, { place: { town: "Lille", country: "FR" } });
  const [ada, rosa] = [await withRole(coop, board, "Ada", "adviser"), await withRole(coop, board, "Rosa", "adviser")];
  return { coop, board, ada, rosa, engagement, client, member };
}

const waiting = async (by: Caller) => (await by.call(listUncovered, {})).body.items[0];

test("taken by one adviser at a time, given back by hand or after half an hour", async (t) => {
  const { coop, board, ada, rosa, engagement } = await heldUp(t);
  t.equal((await board.call(takeEngagement, { engagement })).problem, "role-needed");
  const both = await Promise.all([ada, rosa].map((by) => by.call(takeEngagement, { engagement })));
  t.same(
    both.map(({ status }) => status).toSorted((a, b) => a - b),
    [201, 409],
    "of two at once one takes it",
  );
  const [holder, other] = both[0]?.status === 201 ? [ada, rosa] : [rosa, ada];
  t.match(await waiting(holder), { taken: { mine: true, until: "2026-12-01T09:30:00.000Z" } });
  t.match(await waiting(other), { taken: { mine: false, by: /Ada|Rosa/ } });
  t.equal((await other.call(coverEngagement, { engagement, note: "A1." })).problem, "engagement-taken");
  t.equal((await other.call(releaseEngagement, { engagement })).status, 201);
  t.ok((await waiting(other))?.taken, "what another holds is not given back");
  await holder.call(releaseEngagement, { engagement });
  t.equal((await waiting(other))?.taken, undefined);
  t.equal((await other.call(takeEngagement, { engagement })).status, 201);
  coop.wait(30 * 60_000);
  t.equal((await holder.call(takeEngagement, { engagement })).status, 201, "half an hour later it is free");
  t.equal((await holder.call(coverEngagement, { engagement, note: "A1 no. 118." })).status, 200);
  t.equal((await holder.call(takeEngagement, { engagement })).problem, "not-in-this-state");
});

test("it is answered within a working day; after two it comes with an alarm", async (t) => {
  const { coop, ada } = await heldUp(t);
  t.match(
    await waiting(ada),
    { answerBy: "2026-12-02T23:00:00.000Z", alarm: false },
    "signed on Tuesday: the end of Wednesday in Brussels",
  );
  coop.wait(2 * dayMs + 13 * 3_600_000);
  t.match(await waiting(ada), { alarm: false }, "Thursday 23:00");
  coop.wait(3_600_000);
  t.match(await waiting(ada), { alarm: true }, "Thursday is over");
});

test("each alert says what it is about, and only of the members one follows", async (t) => {
  const { coop, board, ada, rosa, client, member } = await heldUp(t);
  const { member: onTrial } = await applicant(coop, "Tina");
  await board.call(admitMember, { member: onTrial });
  const adviser = await personNamed(board, "Ada");
  for (const each of [member, onTrial]) await board.call(nameAdviser, { member: each, adviser });
  const alerts = async () => Object.fromEntries((await ada.call(listPortfolio, {})).body.items.map(({ name, alerts: of }) => [name, of]));
  const weeksLater = async (ms: number): Promise<void> => {
    coop.wait(ms);
    await signInAgain(coop, ada, "Ada");
  };
  const held = { kind: "heldUp", on: "2026-12-01", about: "Poster for the spring fair" };
  t.same(await alerts(), { Marc: [held], Tina: [] });
  await invoiced(coop, { client, member: onTrial });
  await coop.keepTime(); // seals what was booked
  coop.wait(29 * dayMs);
  t.same(await alerts(), { Marc: [held], Tina: [] });
  await weeksLater(17 * dayMs);
  t.match((await alerts())["Tina"], [{ kind: "clientLate", about: /^Carla SA, BE-2026-000001$/ }], "15 days after the last day to pay");
  await weeksLater(14 * dayMs);
  t.same((await alerts())["Marc"], [held, { kind: "noIncome", on: "2026-12-01" }], "60 days after admission");
  await weeksLater(16 * dayMs);
  t.ok(
    (await alerts())["Tina"]?.some(({ kind, on }) => kind === "trialEnds" && on === "2027-03-01"),
    "two weeks before three months",
  );
  await signInAgain(coop, rosa, "Rosa");
  t.same((await rosa.call(listPortfolio, {})).body.items, []);
});
