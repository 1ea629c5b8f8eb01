// Every verb in every state, as the tables have it: what a row allows leads where it says, what no row allows is refused and changes nothing.
import { test, type Test } from "tap";
import { z } from "zod";
import * as api from "@partcommune/shared/marketplace/api";
import {
  engagementStates,
  engagementTable,
  type EngagementState,
  type EngagementVerb,
} from "@partcommune/shared/marketplace/rules/engagement";
import { milestoneStates, milestoneTable, type MilestoneState, type MilestoneVerb } from "@partcommune/shared/marketplace/rules/milestone";
import { invitationTable } from "@partcommune/shared/marketplace/rules/invitation";
import { jobTable } from "@partcommune/shared/marketplace/rules/job";
import { questionTable } from "@partcommune/shared/marketplace/rules/question";
import { transition, type Hand, type Row } from "@partcommune/shared/platform/table";
import { listener } from "@partcommune/shared/platform/actor";
import { saveProfile } from "@partcommune/shared/membership/api/directory";
import { Nothing } from "@partcommune/shared/platform/api";
import { openCoop, type Answered, type Caller, type TestCoop } from "../support/coop.ts";
import { agreed, type Engaged } from "../support/engagements.ts";
import { agreedAsTeam, withPage } from "../support/teams.ts";
import { posterJob } from "../support/jobs.ts";
import { clientOwner, founder, trialMember, withRole } from "../support/people.ts";

/** `colleague`: one of the team who does not lead it. */
type Stand = Engaged & { readonly coop: TestCoop; readonly adviser: Caller; readonly colleague?: Caller };
type Try = (by: Caller) => Promise<Answered<unknown>>;

const versionOf = async ({ page }: Stand): Promise<number> => (await page()).milestones[0]?.version ?? 0;
const reason = "It was agreed otherwise.";

const onEngagement = ({ engagement, page }: Stand): Readonly<Partial<Record<EngagementVerb, Try>>> => ({
  sign: async (by) => by.call(api.signEngagement, { engagement, hash: (await page()).hash }),
  decline: (by) => by.call(api.declineEngagement, { engagement }),
  cover: (by) => by.call(api.coverEngagement, { engagement, note: "Dimona 123456." }),
  sendBack: (by) => by.call(api.sendBackEngagement, { engagement, reason }),
  start: (by) => by.call(api.startEngagement, { engagement }),
  cancel: (by) => by.call(api.cancelEngagement, { engagement, reason }),
  askCancellation: (by) => by.call(api.askCancellation, { engagement, reason }),
  agreeToCancel: (by) => by.call(api.agreeToCancellation, { engagement }),
  proposeAmendment: async (by) => by.call(api.proposeAmendment, { engagement, reason, ...longer(await page()) }),
  signAmendment: async (by) => by.call(api.signAmendment, { engagement, hash: shownIn(await page()) }),
  declineAmendment: async (by) => by.call(api.declineAmendment, { engagement, hash: shownIn(await page()) }),
  withdrawAmendment: async (by) => by.call(api.withdrawAmendment, { engagement, hash: shownIn(await page()) }),
  coverAmendment: async (by) => by.call(api.coverAmendment, { engagement, hash: shownIn(await page()), note: "Dimona 123457." }),
  chooseBudget: (by) => by.call(api.chooseBudget, { engagement, chosen: "first" }),
  sendBackAmendment: async (by) => by.call(api.sendBackAmendment, { engagement, hash: shownIn(await page()), reason }),
});

type Page = Awaited<ReturnType<Engaged["page"]>>;

/** The same work, some days longer. */
const longer = ({ quote, endOn, milestones }: Page) => ({
  text: (JSON.parse(quote) as { text: string }).text,
  endOn: endOn === "2026-12-18" ? "2026-12-21" : "2026-12-18",
  milestones: milestones
    .filter(({ state }) => state === "waiting" || state === "underWay")
    .map(({ id, title, amount, parallel }) => ({ id, title, amount, parallel })),
});

/** The paper of the last change, whatever became of it. */
const shownIn = ({ amendments, hash }: Page): string => amendments.at(-1)?.hash ?? hash;

const onMilestone = (stand: Stand): Readonly<Partial<Record<MilestoneVerb, Try>>> => {
  const { milestone } = stand;
  return {
    handIn: (by) => by.call(api.handIn, { milestone, text: "Three files." }),
    addPart: (by) => by.call(api.addPart, { milestone, text: "The small format." }),
    approve: async (by) => by.call(api.approveHandIn, { milestone, version: await versionOf(stand) }),
    askChanges: (by) => by.call(api.askChanges, { milestone, points: ["Bigger letters."] }),
    dispute: (by) => by.call(api.openDispute, { milestone, reason }),
    endDispute: (by) => by.call(api.endDispute, { milestone }),
    takeMediation: (by) => by.call(api.takeMediation, { milestone }),
    propose: (by) => by.call(api.proposeSettlement, { milestone, share: 60, reason }),
    suggest: (by) => by.call(api.suggestSettlement, { milestone, share: 60, reason }),
  };
};

const callersOf = ({ buyer, worker, adviser, colleague }: Stand): Readonly<Partial<Record<Hand, readonly Caller[]>>> => ({
  approver: [buyer],
  member: [worker, ...(colleague ? [colleague] : [])],
  lead: [worker],
  either: [buyer, worker, ...(colleague ? [colleague] : [])],
  adviser: [adviser],
});

/** Whose verb it is, whatever the state. */
const handsFor = (stand: Stand, table: readonly { readonly verb: string; readonly who: Hand }[], verb: string): readonly Caller[] => [
  ...new Set(table.flatMap((row) => (row.verb === verb ? (callersOf(stand)[row.who] ?? []) : []))),
];

/** Work that a check holds up says so, since a person can be asked about it. */
const outOfTurn = (state: EngagementState, verb: string): string =>
  state === "signed" && verb === "start" ? "engagement-held-up" : "not-in-this-state";

const seen = new Set<string>();

/** In the state it is in, nothing but the rows' verbs gets through, no button shows what is refused, and refusals leave no trace. */
async function refusesTheRest(t: Test, stand: Stand, state: EngagementState, standing: MilestoneState): Promise<void> {
  seen.add(state).add(standing);
  const before = await stand.page();
  t.equal(before.state, state);
  t.equal(before.milestones[0]?.state, standing);
  for (const [verb, attempt] of Object.entries(onEngagement(stand)))
    if ("no" in transition(engagementTable, state, verb as EngagementVerb))
      for (const by of handsFor(stand, engagementTable, verb))
        t.equal((await attempt(by)).problem, outOfTurn(state, verb), `${verb} while ${state}`);
  for (const [verb, attempt] of Object.entries(onMilestone(stand)))
    if ("no" in transition(milestoneTable, standing, verb as MilestoneVerb))
      for (const by of handsFor(stand, milestoneTable, verb))
        t.equal((await attempt(by)).problem, "not-in-this-state", `${verb} while ${standing}`);
  await refusesWhatNoButtonShows(t, stand);
  t.same(await stand.page(), before, `nothing happened while ${state}, ${standing}`);
}

async function refusesWhatNoButtonShows(t: Test, stand: Stand): Promise<void> {
  const { buyer, worker, colleague } = stand;
  for (const [name, by] of Object.entries({ buyer, worker, ...(colleague ? { colleague } : {}) })) {
    const { acts, milestones } = await stand.page(by);
    const shown: readonly string[] = [...acts, ...(milestones[0]?.acts ?? [])];
    for (const [verb, attempt] of [...Object.entries(onEngagement(stand)), ...Object.entries(onMilestone(stand))]) {
      if (shown.includes(verb)) continue;
      const { status } = await attempt(by);
      t.ok(status >= 400 && status < 500, `${name} has no button ${verb}, and is answered ${status}`);
    }
  }
}

/** Does what the reader's button says, and comes where the row says. */
async function begin(t: Test, stand: Stand, by: Caller, verb: EngagementVerb): Promise<void> {
  const { acts, state } = await stand.page(by === stand.adviser ? stand.buyer : by);
  if (by !== stand.adviser) t.ok(acts.includes(verb), `there is a button to ${verb}`);
  const done = await onEngagement(stand)[verb]?.(by);
  t.ok(done && done.status < 300, `${verb}: ${done?.text}`);
  const step = transition(engagementTable, state, verb);
  t.equal((await stand.page()).state, "to" in step ? step.to : "", `${verb} leads on from ${state}`);
}

async function work(t: Test, stand: Stand, by: Caller, verb: MilestoneVerb): Promise<void> {
  const [shown] = (await stand.page(by)).milestones;
  t.ok(shown?.acts.includes(verb), `there is a button to ${verb}`);
  const done = await onMilestone(stand)[verb]?.(by);
  t.ok(done && done.status < 300, `${verb}: ${done?.text}`);
  const step = transition(milestoneTable, shown?.state ?? "waiting", verb);
  t.equal((await stand.page()).milestones[0]?.state, "to" in step ? step.to : "", `${verb} leads on from ${shown?.state}`);
}

/** Tells what money tells after the bank has booked it. */
async function tell({ coop, engagement, milestone }: Stand, type: "invoice.paid" | "payable.paid", key: string): Promise<void> {
  const { client, member } = await coop.db.selectFrom("marketplace.engagement").select(["client", "member"]).executeTakeFirstOrThrow();
  const verb = { name: "test.tell", input: z.strictObject({}), answer: Nothing, status: 200 };
  const saying = { subject: milestone, body: { engagement, milestone, client, member, whole: true }, about: [] };
  await coop.perform(listener, verb, async (scope) => (scope.emit({ type, ...saying }), {}), {}, { key, cause: "test" });
  await coop.settle();
}

async function people(t: Test) {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const { caller: buyer, client } = await clientOwner(coop, "Carla");
  return { coop, board, buyer, client, adviser: await withRole(coop, board, "Ada", "adviser") };
}

/** Work abroad waits for an adviser. */
const abroad = { place: { town: "Lille", country: "FR" } };

async function stage(t: Test, wish: typeof abroad | Record<string, never> = {}): Promise<Stand> {
  const { coop, board, buyer, client, adviser } = await people(t);
  const worker = await trialMember(coop, board, "Marc");
  return { ...(await agreed({ buyer, client, worker }, wish)), coop, adviser };
}

test("by rule, begun, changed, disputed, approved, and paid by the client before the member", async (t) => {
  const stand = await stage(t);
  const { buyer, worker } = stand;
  await refusesTheRest(t, stand, "covered", "waiting");
  await begin(t, stand, buyer, "proposeAmendment");
  await refusesTheRest(t, stand, "covered", "waiting");
  await begin(t, stand, worker, "declineAmendment");
  await begin(t, stand, worker, "start");
  await refusesTheRest(t, stand, "underWay", "underWay");
  await begin(t, stand, worker, "proposeAmendment");
  await begin(t, stand, worker, "withdrawAmendment");
  await work(t, stand, worker, "handIn");
  await begin(t, stand, worker, "proposeAmendment");
  await refusesTheRest(t, stand, "underWay", "handedIn");
  await begin(t, stand, worker, "signAmendment");
  await begin(t, stand, buyer, "signAmendment");
  t.equal((await stand.page()).endOn, "2026-12-21");
  await work(t, stand, buyer, "askChanges");
  await refusesTheRest(t, stand, "underWay", "changesAsked");
  await work(t, stand, worker, "dispute");
  await refusesTheRest(t, stand, "underWay", "disputed");
  await work(t, stand, worker, "endDispute");
  await work(t, stand, buyer, "askChanges");
  await work(t, stand, worker, "handIn");
  await refusesTheRest(t, stand, "underWay", "handedIn");
  await work(t, stand, buyer, "approve");
  await refusesTheRest(t, stand, "underWay", "invoiced");
  await tell(stand, "invoice.paid", "once");
  await refusesTheRest(t, stand, "underWay", "clientPaid");
  await tell(stand, "invoice.paid", "told twice");
  await refusesTheRest(t, stand, "underWay", "clientPaid");
  await tell(stand, "payable.paid", "last");
  await refusesTheRest(t, stand, "finished", "settled");
  await tell(stand, "payable.paid", "told late");
  await refusesTheRest(t, stand, "finished", "settled");
});

test("in a team the lead hands in, the others add their parts, and what lessens their pay needs the word of each", async (t) => {
  const { coop, board, ...alone } = await people(t);
  const colleagues = [await trialMember(coop, board, "Nina"), await trialMember(coop, board, "Otto")] as const;
  const handles = [await withPage(colleagues[0], "nina-n"), await withPage(colleagues[1], "otto-o")] as const;
  const worker = await trialMember(coop, board, "Marc");
  const stand = { ...alone, ...(await agreedAsTeam({ ...alone, worker }, colleagues, handles)), coop, colleague: colleagues[0] };
  const { buyer, colleague } = stand;
  await refusesTheRest(t, stand, "covered", "waiting");
  await begin(t, stand, colleague, "chooseBudget");
  await begin(t, stand, colleague, "start");
  await refusesTheRest(t, stand, "underWay", "underWay");
  await work(t, stand, colleague, "addPart");
  await work(t, stand, worker, "handIn");
  await refusesTheRest(t, stand, "underWay", "handedIn");
  await work(t, stand, buyer, "askChanges");
  await work(t, stand, colleague, "addPart");
  await work(t, stand, colleague, "dispute");
  await refusesTheRest(t, stand, "underWay", "disputed");
  await work(t, stand, colleague, "endDispute");
  const attempts = onEngagement(stand);
  t.equal((await attempts.askCancellation?.(worker))?.status, 201);
  for (const by of [buyer, colleague]) t.equal((await attempts.agreeToCancel?.(by))?.status, 200);
  t.match(await stand.page(), { state: "underWay", cancellation: { missing: ["Otto"] } });
  t.equal((await attempts.agreeToCancel?.(buyer))?.problem, "other-side-agrees");
  await begin(t, stand, colleagues[1], "agreeToCancel");
  await refusesTheRest(t, stand, "cancelled", "cancelled");
});

test("a dispute that the client ends by approving, and a member paid before the client pays", async (t) => {
  const stand = await stage(t);
  const { buyer, worker } = stand;
  await begin(t, stand, worker, "start");
  await work(t, stand, worker, "handIn");
  await work(t, stand, worker, "dispute");
  await work(t, stand, buyer, "approve");
  await tell(stand, "payable.paid", "first");
  await refusesTheRest(t, stand, "underWay", "memberPaid");
  await tell(stand, "invoice.paid", "last");
  await refusesTheRest(t, stand, "finished", "settled");
});

test("held up, sent back, signed anew, covered by an adviser, cancelled", async (t) => {
  const stand = await stage(t, abroad);
  const { buyer, worker, adviser } = stand;
  await refusesTheRest(t, stand, "signed", "waiting");
  await begin(t, stand, adviser, "sendBack");
  await refusesTheRest(t, stand, "quoted", "waiting");
  const attempts = onEngagement(stand);
  t.equal((await attempts.sign?.(worker))?.status, 201);
  await begin(t, stand, worker, "chooseBudget");
  await refusesTheRest(t, stand, "quoted", "waiting");
  await begin(t, stand, buyer, "sign");
  await begin(t, stand, adviser, "cover");
  await refusesTheRest(t, stand, "covered", "waiting");
  await begin(t, stand, buyer, "proposeAmendment");
  t.equal((await attempts.signAmendment?.(worker))?.problem, "amendment-held-up", "a paper for another country was made for its days");
  await begin(t, stand, adviser, "sendBackAmendment");
  await begin(t, stand, worker, "proposeAmendment");
  await begin(t, stand, adviser, "coverAmendment");
  await refusesTheRest(t, stand, "covered", "waiting");
  await begin(t, stand, worker, "signAmendment");
  await begin(t, stand, buyer, "cancel");
  t.equal((await stand.page()).amendments.at(-1)?.outcome, "void");
  await refusesTheRest(t, stand, "cancelled", "cancelled");
});

test("held up, sent back, declined", async (t) => {
  const stand = await stage(t, abroad);
  await begin(t, stand, stand.adviser, "sendBack");
  await begin(t, stand, stand.worker, "decline");
  await refusesTheRest(t, stand, "lapsed", "cancelled");
});

test("held up, sent back, and left unsigned, a quote shows no button that its limit refuses", async (t) => {
  const stand = await stage(t, abroad);
  await begin(t, stand, stand.adviser, "sendBack");
  stand.coop.wait(14 * 86_400_000);
  t.same((await stand.page()).acts, ["decline"]);
  t.equal((await onEngagement(stand).sign?.(stand.buyer))?.problem, "quote-too-late");
  await stand.coop.keepTime();
  await refusesTheRest(t, stand, "lapsed", "cancelled");
});

test("these walks stood still in every state there is", (t) => {
  t.same([...seen].toSorted(), [...new Set<string>([...engagementStates, ...milestoneStates])].toSorted());
  t.end();
});

/** One verb of a machine before a bid is accepted: whose it is, how it is tried, and where the thing stands. */
type Step = {
  readonly table: readonly Row[];
  readonly verb: string;
  readonly attempt: Try;
  readonly state: () => Promise<string | undefined>;
};

/** Whose it is not, they are refused in every state; whose it is, they get where the row says, once. */
async function takesOneStep(
  t: Test,
  { table, verb, attempt, state }: Step,
  hands: Readonly<Partial<Record<Hand | "other", Caller>>>,
): Promise<void> {
  const from = (await state()) ?? "";
  const row = table.find((each) => each.verb === verb && each.from === from);
  const tries = async (but?: string): Promise<void> => {
    for (const [hand, by] of Object.entries(hands).filter(([each]) => each !== but)) {
      const { status, text } = await attempt(by);
      t.ok(status >= 400 && status < 500, `${verb} by ${hand} while ${await state()}: ${text}`);
    }
  };
  await tries(row?.who);
  t.equal(await state(), from, `nobody else moved it by ${verb}`);
  const by = row && hands[row.who];
  if (!by) return;
  t.ok((await attempt(by)).status < 300, verb);
  t.equal(await state(), row.to);
  await tries();
  t.equal(await state(), row.to, `${verb} happens once`);
}

test("what comes before a bid is accepted: questions, invitations, shortlists", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const { caller: poster, client } = await clientOwner(coop, "Carla");
  const [member, other] = [await trialMember(coop, board, "Marc"), await trialMember(coop, board, "Mia")];
  const { caller: approver } = await clientOwner(coop, "Otto");
  const hands = { poster, member, other, approver, adviser: await withRole(coop, board, "Ada", "adviser") };
  await member.call(saveProfile, { handle: "marc-at-work", shown: true, headline: "", about: "", languages: [], places: [] });
  const posted = async (blind: boolean): Promise<string> => (await poster.call(api.postJob, { ...posterJob(client), blind })).body.id;
  const [job, veiled] = [await posted(false), await posted(true)];
  const { id: question } = (await member.call(api.askQuestion, { job, text: "Which paper?", audience: "private" })).body;
  const { id: invitation } = (await poster.call(api.inviteMember, { job, handle: "marc-at-work" })).body;
  const amount = { amount: "2000.00", currency: "EUR" };
  const { id: bid } = (await member.call(api.placeBid, { job: veiled, amount, pitch: "Ten years of posters." })).body;
  const stateIn = (table: "job" | "question" | "invitation", id: string) => async (): Promise<string | undefined> =>
    (await coop.db.selectFrom(`marketplace.${table}`).select("state").where("id", "=", id).executeTakeFirst())?.state;
  const answer: Try = (by) => by.call(api.answerQuestion, { question, text: "Recycled." });
  await takesOneStep(t, { table: questionTable, verb: "answer", attempt: answer, state: stateIn("question", question) }, hands);
  const decline: Try = (by) => by.call(api.declineInvitation, { invitation });
  await takesOneStep(t, { table: invitationTable, verb: "decline", attempt: decline, state: stateIn("invitation", invitation) }, hands);
  const shortlist: Try = (by) => by.call(api.fixShortlist, { job: veiled, bids: [bid] });
  const fixing = { table: jobTable, verb: "shortlist", attempt: shortlist, state: stateIn("job", veiled) };
  await takesOneStep(t, fixing, hands);
  coop.wait(7 * 86_400_000);
  await coop.keepTime();
  await takesOneStep(t, fixing, hands);
  t.equal((await coop.db.selectFrom("marketplace.shortlisted").select("bid").execute()).length, 1);
});
