// What a bylaw would have meant: the past replayed under a proposed value is, to the cent, the same past told from nothing under it.
import { createHash } from "node:crypto";
import { test, type Test } from "tap";
import { draftProposal, publishProposal, readEffects, readProposalEffects } from "@partcommune/shared/governance/api";
import { bylawKeys } from "@partcommune/shared/governance/rules/bylaws";
import { touchOf } from "@partcommune/shared/governance/rules/touching";
import { approveHandIn, handIn, readEngagement, startEngagement } from "@partcommune/shared/marketplace/api";
import {
  agreeToCredit,
  confirmBankLine,
  confirmCredit,
  listPayables,
  listPayouts,
  proposeCredit,
  readInvoice,
} from "@partcommune/shared/money/api";
import { branchesTold } from "@partcommune/shared/money/rules/turns";
import { oneMoreValue } from "@partcommune/server/cli/arguments";
import { replayOf } from "@partcommune/server/money/index";
import { realClock } from "@partcommune/server/platform/world";
import type { AskedOf, Endpoint, ToldOf } from "@partcommune/shared/platform/endpoint";
import { amountText, minus, moneyFrom } from "@partcommune/shared/platform/money";
import { dayMs, later } from "@partcommune/shared/platform/time";
import type { Day } from "@partcommune/shared/platform/time";
import { proving } from "../support/authenticator.ts";
import { coop as coopVerb } from "../support/cli.ts";
import type { Caller } from "../support/coop.ts";
import { agreed, type Engaged } from "../support/engagements.ts";
import { atelierCommun } from "../support/founding.ts";
import { invoiced } from "../support/invoices.ts";
import { paidTo } from "../support/paid-to.ts";
import { confirmedMember, signInAgain } from "../support/people.ts";
import { agreedAsTeam, withPage } from "../support/teams.ts";
import { bankBooked, clientPaid, entered, eur, ibans, signedPayout, treasury, withIban, type Treasury } from "../support/treasury.ts";
import { differences, replayedDifferences, trialOf } from "../support/trial.ts";

async function told<E extends Endpoint>(caller: Caller, endpoint: E, input: AskedOf<E>): Promise<ToldOf<E>> {
  const { body, problem, text } = await caller.call(endpoint, input);
  if (problem) throw new Error(`${endpoint.method} ${endpoint.path}: ${text}`);
  return body;
}

const job = { startOn: "2026-02-16", endOn: "2026-02-17", bidsUntil: "2026-02-09" };
const otherSplit = { guarantee: 333_333, insurance: 166_667, coaching: 50_001, advances: 99_999, reserve: 150_000, running: 200_000 };

type Lived = { readonly stage: Treasury; readonly names: ReadonlyMap<string, string>; readonly people: readonly Caller[] };

/** Begun, handed in and approved. */
async function approved({ buyer, worker, engagement, milestone }: Engaged): Promise<string> {
  await told(worker, startEngagement, { engagement });
  await told(worker, handIn, { milestone, text: "Three files." });
  const { milestones } = await told(buyer, readEngagement, { engagement });
  return (await told(buyer, approveHandIn, { milestone, version: milestones[0]?.version ?? 0 })).invoice.id;
}

async function credited({ tess, tom, buyer }: Treasury, invoice: string, net: string, team: readonly Caller[]): Promise<void> {
  const { id: credit } = await told(tess, proposeCredit, { invoice, net: eur(net), reason: "One format fewer." });
  for (const side of [buyer, ...team]) await told(side, agreeToCredit, { credit });
  await told(tom, confirmCredit, { credit });
}

/** The client pays what is left of it. */
async function paidInFull(stage: Treasury, invoice: string): Promise<void> {
  const { gross, credited: back } = await told(stage.buyer, readInvoice, { invoice });
  const { status, text } = await clientPaid(stage, invoice, amountText(minus(moneyFrom(gross), moneyFrom(back))));
  if (status !== 200) throw new Error(text);
}

/** Whoever is ready is ordered, signed and booked by the bank, but for the last of them, whom the bank has not booked yet. */
async function mostPaid(stage: Treasury): Promise<void> {
  const ready = (await told(stage.tess, listPayables, {})).items.filter(({ waitsFor }) => waitsFor === undefined);
  if (ready.length !== 3) throw new Error("two of Anna's and one of Nina's are ready");
  await signedPayout(
    stage,
    ready.map(({ id }) => id),
  );
  const [batch] = (await told(stage.tess, listPayouts, {})).items;
  const items = (batch?.items ?? []).toSorted((one, other) => (one.member < other.member ? -1 : 1));
  for (const { id: item, amount } of items.slice(0, -1)) await bankBooked(stage, { kind: "payoutSettled", item }, amount.amount);
}

/** February in a coop founded so: work of one and of three, part credits, payments in parts, payouts booked, ordered and waiting. */
async function february(t: Test, founding: Partial<typeof atelierCommun>): Promise<Lived> {
  const stage = await treasury(t, { now: "2026-02-02T09:00:00Z" }, founding);
  const { coop, board, worker, member, buyer, client } = stage;
  const [nina, otto] = [await confirmedMember(coop, board, "Nina"), await confirmedMember(coop, board, "Otto")];
  const colleagues = [proving(coop, nina.caller), proving(coop, otto.caller)] as const;
  const handles = [await withPage(nina.caller, "nina-n"), await withPage(otto.caller, "otto-o")] as const;
  await withIban(stage);
  await paidTo(colleagues[0], nina.member, ibans[1]);

  const alone = await approved(await agreed({ buyer, client, worker }, { ...job, price: eur("1999.99") }));
  // Small enough that whoever gives back a cent depends on what was given back before.
  for (const part of ["0.05", "0.06", "333.33"]) await credited(stage, alone, part, [worker]);
  const team = await agreedAsTeam({ buyer, client, worker }, colleagues, handles, job);
  const shared = await approved(team);
  await credited(stage, shared, "200.01", [worker, ...colleagues]);
  for (const invoice of [alone, shared]) await paidInFull(stage, invoice);
  await approved(await agreed({ buyer, client, worker }, { ...job, price: eur("1234.57") }));
  await coop.settle();
  coop.wait(8 * dayMs);
  await coop.keepTime();
  await mostPaid(stage);
  coop.wait(20 * dayMs);
  await coop.keepTime();
  const names = new Map([
    [member, "Anna"],
    [nina.member, "Nina"],
    [otto.member, "Otto"],
    [client, "Carla"],
  ]);
  return { stage, names, people: [worker, ...colleagues] };
}

const window = { from: "2025-03-01" as Day, until: "2026-02-28" as Day };

/** What was worked out when the words were fixed stays, also when the bank's line of a day of that time arrives late. */
async function keptAsItWas(t: Test, stage: Treasury): Promise<void> {
  const { coop, worker, member, tess, tom } = stage;
  await bankBooked(stage, { kind: "sharePaid", member }, "20.00");
  const payload = { kind: "bylaws" as const, changes: [{ key: "fee.rate" as const, base: 1, value: 79_000 }] };
  const { id: proposal } = await told(worker, draftProposal, { title: "A lower fee", text: "Why.", language: "en", payload });
  await told(worker, publishProposal, { proposal });
  const open = await told(coop.someone(), readProposalEffects, { proposal });
  t.equal(open.kept, undefined, "until its words are fixed, it is worked out anew for whoever asks");
  coop.wait(14 * dayMs);
  await coop.keepTime();
  for (const [caller, name] of [
    [worker, "Anna"],
    [tess, "Tess"],
    [tom, "Tom"],
  ] as const)
    await signInAgain(coop, caller, name);
  const before = await told(coop.someone(), readProposalEffects, { proposal });
  t.match(before, {
    ...open,
    kept: {
      agrees: true,
      booked: 0,
      hash: createHash("sha256")
        .update(before.kept?.text ?? "")
        .digest("hex"),
    },
  });
  coop.wait(1);
  const items = (await told(tess, listPayouts, {})).items.flatMap((batch) => batch.items);
  const late = items.toSorted((one, other) => (one.member < other.member ? -1 : 1)).at(-1);
  const means = { kind: "payoutSettled", item: late?.id ?? "" } as const;
  const { body, text } = await entered(stage, means, late?.amount.amount ?? "", { bookedOn: "2026-02-27" });
  t.equal((await tom.call(confirmBankLine, { line: body.id })).status, 200, text);
  const after = await told(coop.someone(), readProposalEffects, { proposal });
  t.same(after, { ...before, kept: { ...before.kept, agrees: false, booked: 1 } }, "the figures stay; that the books moved on is said");
  t.equal((await told(worker, readProposalEffects, { proposal })).past?.me !== undefined, true, "who asks reads of themselves besides");
}

test("a replay is what the same month comes to in a coop that was founded so", async (t) => {
  const first = await february(t, {});
  const { coop } = first.stage;
  const before = await trialOf(coop.db, first.names);
  t.same(replayedDifferences(await replayOf(coop, {}, window), first.names), {}, "under what is in force, it is what is posted");

  for (const { founding, under, key, value } of [
    { founding: { feeRate: 79_000 }, under: { "fee.rate": 79_000n }, key: "fee.rate", value: 79_000 },
    { founding: { fundSplit: otherSplit }, under: { "fund.split": bigSplit }, key: "fund.split", value: otherSplit },
  ] as const) {
    const other = await february(t, founding);
    const differing = differences(before, await trialOf(other.stage.coop.db, other.names));
    t.same(replayedDifferences(await replayOf(coop, under, window), first.names), differing, `${key}: every account, to the cent`);
    t.ok(Object.keys(differing).length >= 5, "and they do differ");

    const effects = await told(first.people[0] as Caller, readEffects, { key, value: JSON.stringify(value) });
    t.match(effects, { replayed: [key], touches: [], past: { ...window, shortened: false, invoices: 3, turnover: eur("4701.11") } });
    const asOther = await told(other.people[0] as Caller, readEffects, { key, value: JSON.stringify(value) });
    const figures = ({ past }: ToldOf<typeof readEffects>, side: "before" | "after") => ({
      fund: past?.fund[side],
      pots: past?.pots.map(({ pot, ...turn }) => [pot, turn[side]]),
      members: past?.members[side],
      paid: past?.paid[side],
      me: past?.me?.[side],
    });
    t.same(figures(effects, "after"), figures(asOther, "before"), "and every figure people read");
    t.same(figures(asOther, "after"), figures(asOther, "before"), "where it is in force already nothing would be otherwise");
  }
  const ofVisitor = await told(coop.someone(), readEffects, { key: "fee.rate", value: "79000" });
  t.notOk("me" in (ofVisitor.past ?? {}), "nobody reads of another what they earned");
  t.same(ofVisitor.past?.branches, [], "nor by a branch that is all of them");
  await keptAsItWas(t, first.stage);
});

const bigSplit = Object.fromEntries(Object.entries(otherSplit).map(([pot, ppm]) => [pot, BigInt(ppm)])) as Record<
  keyof typeof otherSplit,
  bigint
>;

test("480 000.00 at 7.9 % instead of 8.5 % leaves 2 880.00 with the members: on the page of a proposal and at the terminal", async (t) => {
  const start = later(realClock(), -70 * dayMs);
  const stage = await treasury(t, { now: start });
  const { coop, worker, member } = stage;
  await invoiced(coop, { ...stage, price: "478000.00" });
  await invoiced(coop, stage);
  await bankBooked(stage, { kind: "sharePaid", member }, "20.00");
  const payload = { kind: "bylaws" as const, changes: [{ key: "fee.rate" as const, base: 1, value: 79_000 }] };
  const words = { title: "A lower fee", text: "The pots are full.", language: "en" as const, payload };
  const { id: draft } = await told(worker, draftProposal, words);
  const { id: proposal } = await told(worker, draftProposal, words);
  await told(worker, publishProposal, { proposal });
  coop.wait(70 * dayMs);
  await coop.keepTime();
  await signInAgain(coop, worker, "Anna");

  const effects = await told(coop.someone(), readProposalEffects, { proposal });
  t.match(effects.past, {
    invoices: 2,
    turnover: eur("480000.00"),
    fund: { before: eur("40800.00"), after: eur("37920.00") },
    pots: [{ pot: "guarantee", before: eur("16320.00"), after: eur("15168.00") }],
    members: { before: eur("439200.00"), after: eur("442080.00") },
  });
  t.equal((await coop.someone().call(readProposalEffects, { proposal: draft })).status, 404, "a draft is its author's");
  t.match((await told(worker, readProposalEffects, { proposal: draft })).past, { me: { after: eur("442080.00") } });

  const asked = await coopVerb(coop.url, "what-if", proposal, "--json");
  const { me: _, ...past } = effects.past ?? {};
  t.same(JSON.parse(asked.out || "{}").past, past, `the same figures: ${asked.error}`);
  const tried = await coopVerb(coop.url, "what-if", "--set", "fee.rate=79000", "--set", "payment.clientDays=14");
  t.match(tried.out, /common fund +40800\.00 +37920\.00 +-2880\.00/);
  t.match(tried.out, /guarantee +16320\.00 +15168\.00 +-1152\.00/);
  t.match(tried.out, /payment\.clientDays moves no amount of the past/);
  for (const text of ["fee.rate=1", "fee.rate", "fee=79000"])
    t.throws(() => oneMoreValue(text), { code: "commander.invalidArgument" }, `${text}: no vote could choose it`);
});

test("what moves no amount is said by its bylaw, and no value that could not be voted is tried", async (t) => {
  const { coop } = await treasury(t);
  const visitor = coop.someone();
  t.same(await told(visitor, readEffects, { key: "marketplace.silenceDays", value: "12" }), {
    replayed: [],
    touches: [{ key: "marketplace.silenceDays", what: "work" }],
  });
  t.match((await told(visitor, readEffects, { key: "fee.rate", value: "79000" })).past, { invoices: 0, turnover: eur("0.00") });
  for (const [key, value] of [
    ["fee.rate", "-1"],
    ["fee.rate", "8.5"],
    ["fee.rate", "NaN"],
    ["fee.rate", '"85000"'],
    ["fund.split", '{"__proto__":1}'],
    ["fund.split", "[]"],
  ] as const)
    t.equal((await visitor.call(readEffects, { key, value })).status, 422, `${key} ${value}`);
  t.same(
    bylawKeys.filter((key) => touchOf(key) === undefined),
    ["fee.rate", "fund.split"],
    "and these two are all that decide amounts",
  );
});

test("a branch is told where three or more earned in it, and the rest so that nobody is told by what is missing", (t) => {
  const branch = (name: string, ...who: readonly string[]) => ({
    name,
    who: new Set(who),
    turn: { before: 10n, after: BigInt(who.length) },
  });
  const shown = (...branches: Parameters<typeof branchesTold>[0]) =>
    branchesTold(branches).map(({ name = "-", who, turn }) => `${name} ${who.size} ${turn.before} ${turn.after}`);
  const [north, south] = [branch("north", "a", "b", "c"), branch("south", "d", "e", "f", "g")];
  t.same(shown(north, south), ["south 4 10 4", "north 3 10 3"]);
  t.same(shown(north, south, branch("east", "h"), branch("west", "i", "j")), ["south 4 10 4", "north 3 10 3", "- 3 20 3"]);
  t.same(shown(north, south, branch("east", "h")), ["south 4 10 4", "- 4 20 4"], "one alone takes the smallest with it");
  t.same(shown(north, branch("east", "h")), [], "and where all are one then, the sum of all says it");
  t.same(shown(south, branch("east", "h", "i"), branch("west", "h", "i")), [], "who moved is one person");
  t.end();
});
