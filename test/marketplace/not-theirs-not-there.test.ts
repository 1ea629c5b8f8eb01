// What is not yours is not there: every door behind a signature, tried by everyone else, and with values nobody asked for.
import { test, type Test } from "tap";
import * as api from "@partcommune/shared/marketplace/api";
import type { Endpoint } from "@partcommune/shared/platform/endpoint";
import { openCoop, type Caller, type TestCoop } from "../support/coop.ts";
import { engaged, type Engaged } from "../support/engagements.ts";
import { clientOwner, founder, signedUp, trialMember, withRole } from "../support/people.ts";

type Stand = Engaged & { readonly coop: TestCoop; readonly board: Caller };

async function stage(t: Test): Promise<Stand> {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const stand = { coop, board, ...(await engaged(coop, board)) };
  await stand.worker.call(api.startEngagement, { engagement: stand.engagement });
  await stand.worker.call(api.handIn, { milestone: stand.milestone, text: "Three files." });
  return stand;
}

type Door = readonly [Endpoint, Readonly<Record<string, unknown>>];

/** Every door that names an engagement or a milestone, with what it asks for. */
const doors = (engagement: string, milestone: string): readonly Door[] => [
  [api.readEngagement, { engagement }],
  [api.signEngagement, { engagement, hash: "0".repeat(64) }],
  [api.declineEngagement, { engagement }],
  [api.startEngagement, { engagement }],
  [api.cancelEngagement, { engagement, reason: "Mine now." }],
  [api.askCancellation, { engagement, reason: "Mine now." }],
  [api.agreeToCancellation, { engagement }],
  [api.handIn, { milestone, text: "Mine now." }],
  [api.approveHandIn, { milestone, version: 3 }],
  [api.askChanges, { milestone, points: ["Mine now."] }],
  [api.openDispute, { milestone, reason: "Mine now." }],
  [api.endDispute, { milestone }],
  [api.proposeSettlement, { milestone, share: 60, reason: "Mine now." }],
];
const writes = (stand: Engaged): readonly Door[] => doors(stand.engagement, stand.milestone).filter(([{ method }]) => method !== "GET");

const knock = (by: Caller, [endpoint, input]: Door) => by.call(endpoint, input);

/** The answer without the request's own id. */
const plain = (text: string): unknown => ({ ...(JSON.parse(text) as object), instance: "" });

const nowhere = "01936d2c-0000-7000-8000-000000000000";

test("nobody but the two sides finds an engagement or its work, and no answer tells whether there is one", async (t) => {
  const stand = await stage(t);
  const { coop, board, engagement, milestone, page } = stand;
  const before = await page();
  const strangers = {
    "another client": (await clientOwner(coop, "Otto")).caller,
    "another member": await trialMember(coop, board, "Mia"),
    "somebody signed up": await signedUp(coop, "Stan"),
    "an adviser": await withRole(coop, board, "Ada", "adviser"),
    "a treasurer": await withRole(coop, board, "Tess", "treasurer"),
    "the board": board,
  };
  const absent = doors(nowhere, nowhere);
  for (const [name, by] of Object.entries(strangers))
    for (const [at, door] of doors(engagement, milestone).entries()) {
      const [theirs, none] = [await knock(by, door), await knock(by, absent[at] ?? door)];
      t.ok(["not-found", "members-only", "clients-only"].includes(theirs.problem ?? ""), `${name} at ${door[0].path}: ${theirs.text}`);
      t.same([theirs.status, plain(theirs.text)], [none.status, plain(none.text)], `${name} cannot tell ${door[0].path} from nothing`);
    }
  const visitor = coop.someone();
  for (const door of doors(engagement, milestone)) t.equal((await knock(visitor, door)).problem, "sign-in-first");
  t.same(await page(), before);
});

test("only advisers answer the desk, and who is no adviser learns nothing there", async (t) => {
  const { coop, board, buyer, worker, engagement } = await stage(t);
  const adviser = await withRole(coop, board, "Ada", "adviser");
  const answers: readonly Door[] = [
    [api.coverEngagement, { engagement, note: "x" }],
    [api.sendBackEngagement, { engagement, reason: "x" }],
    [api.listUncovered, {}],
    [api.listDisputes, {}],
    [api.takeMediation, { milestone: nowhere }],
    [api.suggestSettlement, { milestone: nowhere, share: 60, reason: "x" }],
  ];
  for (const by of [board, buyer, worker])
    for (const door of answers) t.equal((await knock(by, door)).problem, "role-needed", door[0].path);
  t.equal((await knock(adviser, [api.coverEngagement, { engagement: nowhere, note: "x" }])).problem, "not-found");
  t.equal((await knock(adviser, [api.sendBackEngagement, { engagement: nowhere, reason: "x" }])).problem, "not-found");
});

test("one side does not do what is the other's", async (t) => {
  const stand = await stage(t);
  const { buyer, worker, engagement, milestone } = stand;
  const rows = [
    ["members-only", buyer, api.startEngagement, { engagement }],
    ["members-only", buyer, api.handIn, { milestone, text: "x" }],
    ["clients-only", worker, api.approveHandIn, { milestone, version: 3 }],
    ["clients-only", worker, api.askChanges, { milestone, points: ["x"] }],
  ] as const;
  for (const [problem, by, endpoint, input] of rows) t.equal((await knock(by, [endpoint, input])).problem, problem, endpoint.path);
});

test("no door takes a field that it did not ask for", async (t) => {
  const stand = await stage(t);
  const { buyer, worker, page } = stand;
  const before = await page();
  const fields = [
    "role",
    "status",
    "state",
    "balance",
    "memberSince",
    "feeRate",
    "approvedBy",
    "approvedAt",
    "id",
    "member",
    "amount",
    "invoice",
  ];
  for (const [endpoint, input] of writes(stand))
    for (const field of fields) {
      const by = endpoint.who === "member" ? worker : buyer;
      t.equal((await knock(by, [endpoint, { ...input, [field]: "x" }])).status, 400, `${endpoint.path} with ${field}`);
    }
  t.same(await page(), before);
});

test("values that are none are refused with where they stand", async (t) => {
  const stand = await stage(t);
  const { buyer, worker, engagement, milestone, page } = stand;
  const before = await page();
  const rows: readonly (readonly [Caller, Endpoint, Readonly<Record<string, unknown>>])[] = [
    [worker, api.handIn, { milestone, text: "x".repeat(20_001) }],
    [worker, api.handIn, { milestone, text: "reversed \u202e text" }],
    [worker, api.handIn, { milestone, text: "lone \ud800" }],
    [worker, api.handIn, { milestone, text: ["x"] }],
    [worker, api.handIn, { milestone }],
    [worker, api.handIn, { milestone, text: "x", files: Array.from({ length: 11 }, () => nowhere) }],
    [worker, api.handIn, { milestone, text: "x", files: "x" }],
    [buyer, api.approveHandIn, { milestone, version: -1 }],
    [buyer, api.approveHandIn, { milestone, version: 1.5 }],
    [buyer, api.approveHandIn, { milestone, version: "3" }],
    [buyer, api.approveHandIn, { milestone, version: 2 ** 53 }],
    [buyer, api.approveHandIn, { milestone, version: true }],
    [buyer, api.approveHandIn, { milestone }],
    [buyer, api.askChanges, { milestone, points: [] }],
    [buyer, api.askChanges, { milestone, points: Array.from({ length: 21 }, () => "x") }],
    [buyer, api.askChanges, { milestone, points: [""] }],
    [buyer, api.askChanges, { milestone, points: ["two\nlines"] }],
    [buyer, api.askChanges, { milestone, points: ["x".repeat(501)] }],
    [buyer, api.askChanges, { milestone, points: "x" }],
    [buyer, api.openDispute, { milestone, reason: "" }],
    [buyer, api.openDispute, { milestone, reason: "x".repeat(4_001) }],
    [buyer, api.cancelEngagement, { engagement, reason: "x".repeat(1_001) }],
    [buyer, api.signEngagement, { engagement, hash: "0" }],
  ];
  for (const [by, endpoint, input] of rows) {
    const { status, text } = await knock(by, [endpoint, input]);
    t.equal(status, 422, `${endpoint.path} ${JSON.stringify(input).slice(0, 90)}: ${text.slice(0, 200)}`);
    t.ok((JSON.parse(text) as { errors: readonly { pointer: string }[] }).errors[0]?.pointer.startsWith("/"));
  }
  t.same(await page(), before);
});

test("an id that is none names nothing", async (t) => {
  const { buyer, worker } = await stage(t);
  for (const id of ["x", "0", "01936D2C-0000-7000-8000-000000000000", "..%2f", "'; drop table x"]) {
    for (const [endpoint, input] of doors(id, id))
      t.equal((await knock(endpoint.who === "member" ? worker : buyer, [endpoint, input])).problem, "not-found", `${endpoint.path} ${id}`);
  }
});
