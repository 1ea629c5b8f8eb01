// Every address with an id in it, asked by those whom the thing does not concern: they are told exactly what they are told of a thing that does not exist, after just the same work, and nothing changes.
import { askNeighbour } from "@partcommune/shared/federation/api";
import { Client } from "pg";
import { test, type Test } from "tap";
import { z } from "zod";
import { openPayable, placeHold } from "@partcommune/server/money/index";
import { saveAdvance, saveAdvanceLoss } from "@partcommune/server/money/store/advances";
import { saveCorrection } from "@partcommune/server/money/store/corrections";
import type { Scope } from "@partcommune/server/platform/scope";
import { pot } from "@partcommune/shared/money/rules/accounts";
import { advanceHoldKey } from "@partcommune/shared/money/rules/advance";
import { operator } from "@partcommune/shared/platform/actor";
import { Nothing } from "@partcommune/shared/platform/api";
import { moneyFrom } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { endpoints } from "@partcommune/shared/endpoints";
import { readAssembly } from "@partcommune/shared/community/api";
import { conveneAssembly } from "@partcommune/shared/community/api/meeting";
import { admitMember, applyAsMember } from "@partcommune/shared/membership/api";
import { recordEmployment } from "@partcommune/shared/membership/api/employment";
import { listBranches } from "@partcommune/shared/membership/api/branches";
import {
  beginDraft,
  askQuestion,
  handIn,
  inviteMember,
  openDispute,
  placeBid,
  postJob,
  proposeSettlement,
  saveSearch,
  startEngagement,
} from "@partcommune/shared/marketplace/api";
import {
  appealProposal,
  draftProposal,
  judgeProposal,
  objectToRoll,
  publishProposal,
  readPanel,
  readProposal,
} from "@partcommune/shared/governance/api";
import {
  agreeToCredit,
  confirmCredit,
  confirmLoss,
  handInReceipt,
  openBudget,
  listIbanChanges,
  confirmBankLine,
  orderPayouts,
  proposeClosing,
  proposeRate,
  listSelfBilled,
  setIban,
  proposeCredit,
  proposeLoss,
  proposeRelief,
  proposeHouseAccount,
  readInvoice,
} from "@partcommune/shared/money/api";
import { listStatements, listWaitingLines } from "@partcommune/shared/money/api/statement";
import { camt, imported } from "../support/camt.ts";
import { writeMessage } from "@partcommune/shared/platform/api/messages";
import { paramsOf, pathWith, type AskedOf, type Endpoint } from "@partcommune/shared/platform/endpoint";
import { saveProfile } from "@partcommune/shared/membership/api/directory";
import { askPerson } from "@partcommune/shared/platform/api/review";
import { listPasskeys } from "@partcommune/shared/membership/api/passkeys";
import { subscribePush } from "@partcommune/shared/platform/api/push";
import { associates } from "../support/associates.ts";
import { prove } from "../support/authenticator.ts";
import { origin, type Caller, type TestCoop } from "../support/coop.ts";
import { everythingIn } from "../support/digest.ts";
import { agreed } from "../support/engagements.ts";
import { finished } from "../support/finished.ts";
import { exampleOf, nobodysId } from "../support/example.ts";
import { agreedAsTeam, thirds, withPage } from "../support/teams.ts";
import { invoiced } from "../support/invoices.ts";
import { posterJob, typed } from "../support/jobs.ts";
import { clientOwner, confirmedMember, personNamed, signedUp } from "../support/people.ts";
import { arrivedText } from "../support/uploads.ts";
import { days } from "../support/members.ts";
import {
  bankBooked,
  clientPaid,
  entered,
  eur,
  signedPayout,
  treasury,
  withIban,
  type Treasury,
  houseAccount,
  ibans,
} from "../support/treasury.ts";

/** One real thing for each name that stands in an address, none of which concerns the askers below. A new name gets its line here. */
type Things = Readonly<Record<string, string>>;

/** What everybody may know of: only there may a real id be told apart from none. */
const known = new Set(["job", "branch", "handle", "vote", "panel", "lot", "gathering", "item", "warning", "entry"]);

/** What the others may do with a thing that is known to all. */
const open = new Set([
  "POST /api/v1/jobs/:job/bids as another member",
  "POST /api/v1/jobs/:job/questions as another member",
  "PUT /api/v1/gatherings/:gathering/answer as another member",
  "PUT /api/v1/profile as another member",
  "POST /api/v1/votes/:vote/objections as another member",
  "POST /api/v1/votes/:vote/objections as another client",
]);

/** A month that is over, waiting for the second person to close it. */
async function octoberProposed(stage: Treasury): Promise<string> {
  const { coop, tess, tom } = stage;
  const means = { kind: "endowed", pot: "reserve", by: "grant", from: "the city" } as const;
  const { id: line } = (await entered(stage, means, "1.00", { bookedOn: "2026-10-05" })).body;
  await tom.call(confirmBankLine, { line });
  await coop.keepTime();
  return (await tess.call(proposeClosing, { until: "2026-10-31" as Day, bank: eur("1.00") })).body.id;
}

async function thingsOf(stage: Treasury): Promise<Things> {
  const { coop, board, buyer, worker, client, member, tess } = stage;
  const asked = await askedOfMembers(stage);
  for (const caller of [worker, tess]) await prove(coop, caller);
  // First, since they settle: what follows is paid without a milestone of its own.
  const { of } = await finished(coop, stage);
  const employment = await employed(stage);
  const closing = await octoberProposed(stage);
  const { id: job } = (await buyer.call(postJob, posterJob(client))).body;
  // A bid that a colleague has not signed, and work of three: what concerns a team concerns nobody else.
  const colleagues = [(await confirmedMember(coop, board, "Nina")).caller, (await confirmedMember(coop, board, "Otto")).caller] as const;
  const handles = [await withPage(colleagues[0], "nina-n"), await withPage(colleagues[1], "otto-o")] as const;
  const { id: bid } = (await worker.call(placeBid, { job, amount: eur("2000.00"), pitch: "The three of us.", team: thirds(handles) })).body;
  const { id: question } = (await worker.call(askQuestion, { job, text: "Which paper?", audience: "private" })).body;
  const { engagement, milestone } = await agreedAsTeam(stage, colleagues, handles);
  const on = { subjectKind: "engagement", subject: engagement } as const;
  const file = await arrivedText(worker, on);
  const { id: message } = (await worker.call(writeMessage, { ...on, text: "Between us.", files: [file] })).body;
  const { invoice, payable } = await invoiced(coop, stage);
  await clientPaid(stage, invoice, "2420.00");
  await withIban(stage);
  const paper = await billed(stage);
  const { id: payout } = (await tess.call(orderPayouts, { payables: [payable] })).body;
  await houseAccount(stage);
  for (const ends of ["1.00", "2.00"]) await imported(tess, camt([{ amount: "1.00", ref: ends }], { closing: ends, until: "2026-11-09" }));
  const statement = (await tess.call(listStatements, {})).body.items.find(({ state }) => state === "broken")?.id ?? "";
  const waiting = (await tess.call(listWaitingLines, {})).body.items[0]?.id ?? "";
  await worker.call(setIban, { member, iban: ibans[1] });
  const change = (await tess.call(listIbanChanges, {})).body.items[0]?.id ?? "";
  const { id: account } = (await tess.call(proposeHouseAccount, { iban: "BE68539007547034", holder: "Atelier Commun" })).body;
  const { id: line } = (await entered(stage, { kind: "sharePaid", member }, "20.00")).body;
  const branch = (await board.call(listBranches, {})).body.items[0]?.id ?? "";
  const handle = "anna-at-work";
  await worker.call(saveProfile, { handle, shown: true, headline: "", about: "", languages: [], places: [] });
  const { id: invitation } = (await buyer.call(inviteMember, { job, handle })).body;
  const { id: review } = (await worker.call(askPerson, { refusal: "role-needed", instance: nobodysId(), facts: {}, text: "Why?" })).body;
  const [person, passkeys] = [await personNamed(board, "Anna"), (await worker.call(listPasskeys, {})).body.items];
  const talk = { message, subject: engagement, file };
  const { id: search } = (await worker.call(saveSearch, { name: "Posters", query: "q=poster", rhythm: "weekly" })).body;
  const { id: budget } = (await worker.call(openBudget, { name: "Books" })).body;
  const { id: device } = (await worker.call(subscribePush, exampleOf(subscribePush) as AskedOf<typeof subscribePush>)).body;
  const { id: neighbour } = (await board.call(askNeighbour, { address: "https://filature.example" })).body;
  const { id: draft } = (await buyer.call(beginDraft, { client, words: typed({ title: "Between us." }) })).body;
  const hours = { begins: "2027-01-20T18:00", ends: "2027-01-20T20:00", place: "Rue du Canal 1" };
  const called = { ...exampleOf(conveneAssembly), ...hours } as AskedOf<typeof conveneAssembly>;
  const { id: gathering } = (await board.call(conveneAssembly, called)).body;
  const item = (await board.call(readAssembly, { gathering })).body.items[0]?.id ?? "";
  return {
    ...asked,
    gathering,
    entry: nobodysId(), // whoever may see one of their legs reads it: the pots are everybody's
    warning: nobodysId(), // one takes a month to come, and everybody reads it
    item,
    job,
    draft,
    branch,
    budget,
    bid,
    question,
    invitation,
    search,
    device,
    neighbour,
    host: neighbour,
    claim: await withdrawnClaim(coop, neighbour),
    engagement,
    milestone,
    ...talk,
    member,
    client,
    invoice,
    payout,
    closing,
    paper,
    account,
    change,
    statement,
    waiting,
    line,
    rate: await rateToConfirm(stage),
    employment,
    review,
    handle,
    reference: of.client,
    person,
    passkey: passkeys[0]?.id ?? "",
    settlement: await proposedToSettle(stage),
    ...(await credited(stage)),
    ...(await advanced(stage)),
    expense: await spent(stage),
    ...(await putRight(stage)),
  };
}

/** What one treasurer says a foreign currency is worth. */
const rateToConfirm = async ({ coop, tess }: Treasury): Promise<string> =>
  (await tess.call(proposeRate, { currency: "CHF", on: coop.now().slice(0, 10), home: "1.04", foreign: "1", source: "a bank" })).body.id;

/** How somebody is employed. */
async function employed({ coop, board }: Treasury): Promise<string> {
  const emma = await signedUp(coop, "Emma");
  const { id: member } = (await emma.call(applyAsMember, { status: "employee", trade: "printing" })).body;
  await board.call(admitMember, { member });
  return (await board.call(recordEmployment, { member, reference: "1234567890", from: "2026-11-01" })).body.id;
}

/** An invoice in the member's name: of work that two have signed the payment of. */
async function billed(stage: Treasury): Promise<string> {
  const { invoice, payable } = await invoiced(stage.coop, stage);
  await clientPaid(stage, invoice, "2420.00");
  await signedPayout(stage, [payable]);
  return (await stage.worker.call(listSelfBilled, { member: stage.member })).body.items[0]?.id ?? "";
}

/** What was spent, with its receipt. */
async function spent({ worker, member }: Treasury): Promise<string> {
  const file = await arrivedText(worker, { subjectKind: "member", subject: member });
  const shown = { amount: eur("12.10"), rate: 210_000, vat: eur("2.10"), files: [file] };
  return (await worker.call(handInReceipt, { about: "Pens", spentOn: "2026-11-01", ...shown })).body.id;
}

/** An advance that was asked for, and that somebody proposes to give up. */
async function advanced({ coop, member, board }: Treasury): Promise<{ readonly advance: string; readonly advanceLoss: string }> {
  const proposedBy = await personNamed(board, "Anna");
  const [advance, amount] = [nobodysId(), moneyFrom(eur("1.00"))];
  let advanceLoss = "";
  const verb = { name: "test.advance", input: z.strictObject({}), answer: Nothing, status: 200 };
  const ask = async (scope: Scope) => {
    await saveAdvance(scope, { id: advance, member, amount, bylaws: [] });
    await placeHold(scope, { account: pot("advances"), money: amount, kind: "advance", key: advanceHoldKey(advance, amount) });
    await openPayable(scope, { about: "advance", source: advance, member, amount });
    advanceLoss = (await saveAdvanceLoss(scope, { advance, talkedOn: "2026-11-09" as Day, proposedBy })) ?? "";
    return {};
  };
  await coop.perform(operator, verb, ask, {}, { key: advance, cause: "test" });
  return { advance, advanceLoss };
}

/** A correction of a budget, and what the tax office said of a loss, each as one treasurer proposes it. */
async function putRight(stage: Treasury): Promise<{ readonly correction: string; readonly relief: string }> {
  const { coop, member, tess, tom } = stage;
  const { invoice } = await invoiced(coop, stage);
  const { id: loss } = (await tess.call(proposeLoss, { invoice, because: "insolvent" })).body;
  await tom.call(confirmLoss, { loss });
  const { id: relief } = (await tess.call(proposeRelief, { loss, answer: "granted" })).body;
  let correction = "";
  const proposedBy = await personNamed(stage.board, "Anna");
  const verb = { name: "test.correct", input: z.strictObject({}), answer: Nothing, status: 200 };
  const propose = async (scope: Scope) => {
    const words = { bearer: "reserve", reason: "Between us." } as const;
    correction = (await saveCorrection(scope, { member, amount: moneyFrom(eur("1.00")), ...words, proposedBy })) ?? "";
    return {};
  };
  await coop.perform(operator, verb, propose, {}, { key: nobodysId(), cause: "test" });
  return { correction, relief };
}

/** What was claimed of another coop and is claimed no more, so that no book holds it. */
async function withdrawnClaim({ db, now }: TestCoop, host: string): Promise<string> {
  const figures = { gross_minor: 1n, fee_minor: 0n, host_fund_minor: 0n, home_fund_minor: 0n, member_minor: 1n, due_minor: 1n };
  const of = {
    engagement: "https://sister.example/engagements/1",
    milestone: "m1",
    turn: 0,
    statement: `${origin}/statements/1`,
    sha256: "0",
  };
  const [id, at] = [nobodysId(), now()];
  await db
    .insertInto("federation.claim")
    .values({ id, host, ours: true, ...of, ...figures, state: "withdrawn", currency: "EUR", at })
    .execute();
  return id;
}

type AskedOfMembers = Readonly<Record<"vote" | "objection" | "panel" | "lot" | "proposal", string>>;

/**
 * A vote that is announced, a panel about a text that was kept from the vote with its lot, and a proposal that its author still keeps to
 * themselves. It takes three weeks, so it comes first.
 */
async function askedOfMembers(stage: Treasury): Promise<AskedOfMembers> {
  const { coop, worker, member } = stage;
  await bankBooked(stage, { kind: "sharePaid", member }, "20.00");
  const words = { title: "A day for all", text: "Once a year.", language: "en", payload: { kind: "resolution" } } as const;
  const { id: published } = (await worker.call(draftProposal, words)).body;
  const { id: kept } = (await worker.call(draftProposal, { ...words, title: "A day for nobody" })).body;
  for (const proposal of [published, kept]) await worker.call(publishProposal, { proposal });
  await days(coop, 14);
  const { panel, lot } = await appealed(stage, kept);
  await days(coop, 6);
  const { vote = "" } = (await worker.call(readProposal, { proposal: published })).body;
  const { id: proposal } = (await worker.call(draftProposal, words)).body;
  const { id: objection } = (await worker.call(objectToRoll, { vote, ground: "missing", text: "Between me and the board." })).body;
  return { vote, objection, panel, lot, proposal };
}

/** The one who looks at it says no, three more associates come who can be drawn, and its author asks a panel. */
async function appealed({ coop, board, worker }: Treasury, proposal: string): Promise<Pick<AskedOfMembers, "panel" | "lot">> {
  await board.call(judgeProposal, { proposal, admissible: false, ground: "unclear", text: "Which day?" });
  await associates(coop, 3);
  const { panel } = (await worker.call(appealProposal, { proposal, text: "It says which." })).body;
  return { panel, lot: (await coop.someone().call(readPanel, { panel })).body.lot ?? "" };
}

/** A dispute about work handed in, with one side's proposal to settle it. */
async function proposedToSettle(stage: Treasury): Promise<string> {
  const { buyer, worker } = stage;
  const { engagement, milestone } = await agreed(stage);
  await worker.call(startEngagement, { engagement });
  await worker.call(handIn, { milestone, text: "Three files." });
  await buyer.call(openDispute, { milestone, reason: "One of them is not what was agreed." });
  return (await worker.call(proposeSettlement, { milestone, share: 60, reason: "Two of three are used." })).body.id;
}

/** A credit note that was issued, one more credit that waits, and what is left proposed to be given up. */
async function credited(stage: Treasury): Promise<{ readonly credit: string; readonly note: string; readonly loss: string }> {
  const { coop, tess, tom } = stage;
  const { invoice } = await invoiced(coop, stage);
  const proposed = async (): Promise<string> =>
    (await tess.call(proposeCredit, { invoice, net: eur("100.00"), reason: "One format fewer." })).body.id;
  const first = await proposed();
  for (const side of [stage.buyer, stage.worker]) await side.call(agreeToCredit, { credit: first });
  await tom.call(confirmCredit, { credit: first });
  const [note] = (await tess.call(readInvoice, { invoice })).body.credits;
  const { id: loss } = (await tess.call(proposeLoss, { invoice, because: "insolvent" })).body;
  return { credit: await proposed(), note: note?.id ?? "", loss };
}

async function askersOf({ coop, board }: Treasury): Promise<readonly (readonly [who: string, caller: Caller])[]> {
  const people = [
    ["a stranger", await signedUp(coop, "Steve")],
    ["another client", (await clientOwner(coop, "Clovis")).caller],
    ["another member", (await confirmedMember(coop, board, "Max")).caller],
  ] as const;
  // Proved, so that nobody is turned away before the thing is looked for.
  for (const [, caller] of people) await prove(coop, caller);
  return [["a visitor", coop.someone()], ...people];
}

const called = ({ method, path }: Endpoint): string => `${method} ${path}`;

/** Writes down what the database is asked: the same statements take the same time, whatever else the machine does. */
function listenIn(t: Test): string[] {
  const asked: string[] = [];
  const query = Reflect.get(Client.prototype, "query") as (...given: readonly unknown[]) => unknown;
  Client.prototype.query = function overheard(this: Client, ...given: unknown[]) {
    const [what] = given;
    asked.push(typeof what === "string" ? what : String((what as { text?: string }).text));
    return query.apply(this, given);
  } as never;
  t.teardown(() => void (Client.prototype.query = query as never));
  return asked;
}

type Told = { readonly status: number; readonly body: unknown };

/** What an asker is told, but for the name of the request. */
async function told(caller: Caller, endpoint: Endpoint, ids: Things): Promise<Told> {
  const input = exampleOf(endpoint, ids);
  const params = paramsOf(endpoint.path);
  const rest = Object.fromEntries(Object.entries(input).filter(([field]) => !params.includes(field)));
  const url = pathWith(endpoint.path, input);
  const answer =
    endpoint.method === "GET"
      ? await caller.raw({ method: "GET", url: `${url}?${new URLSearchParams(rest as Record<string, string>).toString()}` })
      : await caller.raw({
          method: endpoint.method,
          url,
          headers: { "content-type": "application/json", "idempotency-key": nobodysId(), origin },
          payload: JSON.stringify(rest),
        });
  // A feed may be XML.
  const isJson = String(answer.headers["content-type"]).includes("json");
  const { instance: _, ...body } = isJson ? answer.json<{ instance?: string }>() : { feed: answer.body };
  return { status: answer.statusCode, body };
}

/** A mailed link is not somebody's thing but a key: whoever holds it is whom it concerns. Its own test tries every token that is none. */
const every = Object.values(endpoints).filter(({ path }) => !paramsOf(path).includes("token"));
const withIds = every.filter(({ path }) => paramsOf(path).length > 0);

/** What everybody knows: a number, a word, or who sits on the board. */
const isPublic = new Set(["version", "step", "log", "index", "seat"]);

test("a house with a real thing for every name in an address", async (t) => {
  const stage = await treasury(t, { now: "2026-11-10T09:00:00Z" });
  const [askers, things] = [await askersOf(stage), await thingsOf(stage)];
  thereIsOneForEach(t, things);
  await t.test("tells of them by no list", (step) => foundByNoList(step, askers, things));
  await t.test("tells whom a thing does not concern what it tells of nothing", (step) => toldAsOfNothing(step, stage, askers, things));
});

type Askers = Awaited<ReturnType<typeof askersOf>>;

function thereIsOneForEach(t: Test, things: Things): void {
  const missing = withIds.flatMap((endpoint) =>
    paramsOf(endpoint.path)
      .filter((name) => !(name in things) && !isPublic.has(name))
      .map((name) => `${called(endpoint)}: ${name}`),
  );
  t.same(missing, [], "say in thingsOf how one comes to be");
  for (const [name, id] of Object.entries(things)) t.match(id, name === "handle" ? /^anna-at-work$/ : /^[0-9a-f-]{36}$/, name);
}

async function toldAsOfNothing(t: Test, stage: Treasury, askers: Askers, things: Things): Promise<void> {
  const { coop } = stage;
  const { id: forFew } = (await stage.buyer.call(postJob, { ...posterJob(stage.client), visibility: "invited" })).body;
  const before = await everythingIn(coop.db);
  const named = every.filter((endpoint) => Object.values(things).some((id) => JSON.stringify(exampleOf(endpoint, things)).includes(id)));
  t.ok(named.length > withIds.length, "ids in bodies are tried as well");
  const work = listenIn(t);
  for (const endpoint of named) for (const [who, caller] of askers) await visit(t, endpoint, who, caller, things, work);
  for (const endpoint of withIds.filter(({ path }) => paramsOf(path).includes("job")))
    for (const [who, caller] of askers) await compare(t, endpoint, who, caller, { job: forFew }, work);
  t.same(await everythingIn(coop.db), before, "nothing changed");
}

async function visit(t: Test, endpoint: Endpoint, who: string, caller: Caller, things: Things, work: string[]): Promise<void> {
  const at = `${called(endpoint)} as ${who}`;
  if (open.has(at)) return;
  if ((who !== "a visitor" || endpoint.who === "anyone") && paramsOf(endpoint.path).some((name) => known.has(name))) {
    const { status } = await told(caller, endpoint, things);
    return void t.ok(endpoint.method === "GET" || status >= 400, `${at}: ${status}`);
  }
  await compare(t, endpoint, who, caller, things, work);
}

/** The thing and none are told alike, after the same work. */
async function compare(t: Test, endpoint: Endpoint, who: string, caller: Caller, things: Things, work: string[]): Promise<void> {
  const at = `${called(endpoint)} as ${who}`;
  work.length = 0;
  const real = await told(caller, endpoint, things);
  const workForReal = work.splice(0);
  if (who === "a visitor" && endpoint.who !== "anyone") return void t.equal(real.status, 401, at);
  const none = await told(caller, endpoint, {});
  t.same(real, none, at);
  t.same(workForReal, work, `${at}: the same work`);
  // 403 is the door's: it was said before anybody looked for the thing.
  t.ok([401, 403, 404].includes(real.status), `${at}: ${real.status} ${JSON.stringify(real.body)}`);
}

/** What stands in no address: others' engagements, bids and people are in nobody's answers. */
async function foundByNoList(t: Test, askers: Askers, things: Things): Promise<void> {
  const lists = every.filter(({ method, path }) => method === "GET" && paramsOf(path).every((name) => known.has(name)));
  for (const endpoint of lists)
    for (const [who, caller] of askers) {
      const { body } = await told(caller, endpoint, things);
      const text = JSON.stringify(body);
      for (const name of Object.keys(things).filter((each) => !known.has(each)))
        t.notMatch(text, things[name] ?? "", `${called(endpoint)} tells ${who} no ${name}`);
      t.notMatch(text, /anna@people\.example|carla@people\.example/, `${called(endpoint)} tells ${who} no address`);
    }
}
