// The workspace of an engagement: one page for both sides, with what each may do now.
import type { listUncovered, readEngagement } from "@partcommune/shared/marketplace/api";
import { actsOnEngagement, actsOnMilestone } from "@partcommune/shared/marketplace/rules/acts";
import { coverChecks } from "@partcommune/shared/marketplace/rules/cover";
import { engagementTable, type EngagementState } from "@partcommune/shared/marketplace/rules/engagement";
import type { MilestoneState } from "@partcommune/shared/marketplace/rules/milestone";
import { priceAt } from "@partcommune/shared/marketplace/rules/settlement";
import { statesBefore } from "@partcommune/shared/platform/table";
import { alarmDays, answerDays, takenUntil } from "@partcommune/shared/marketplace/rules/desk";
import { objectionToCreditAgreement, sidesIn } from "@partcommune/shared/money/rules/credit";
import { readsOwn } from "@partcommune/shared/platform/actor";
import { dayAfter, dayOf, endOfDay, workingDayAfter } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { sum } from "@partcommune/shared/platform/money";
import { isBefore, type Instant } from "@partcommune/shared/platform/time";
import { calendarOfCoop } from "../../membership/index.ts";
import { papersOf, together, waitingCredits, type Papers } from "../../money/index.ts";
import { sisterOfHost } from "../../federation/index.ts";
import { promiseIfSigned, promiseOf } from "../../mutual/index.ts";
import { readCalendar } from "../../platform/calendar/store.ts";
import { cursorOf, isBehind } from "../../platform/list.ts";
import { found } from "../../platform/refused.ts";
import type { View } from "../../platform/scope.ts";
import { coopCard } from "../../platform/store.ts";
import { engagementElsewhere } from "./across.ts";
import { amendmentsOf } from "./amendment-cards.ts";
import { waitingAmendment } from "./amendments.ts";
import { cardOf, cards, requestFrom, sideSeenFrom, type RequestWithReason, type Seen } from "./engagements.ts";
import { asTheLawSees, owedOf, pricesOf, standingOf, type WorkStanding } from "./milestones.ts";
import { quoteFrom } from "./quotes.ts";
import { addedTo, saidAbout, type Added } from "./said.ts";
import { disputesOf } from "./settlements.ts";
import { doersOf, missingAs, teamOf, weightsOf, type Teammate } from "./teams.ts";

type Page = AnswerOf<typeof readEngagement>;
type MilestoneCard = Page["milestones"][number];
type Waited = Awaited<ReturnType<typeof waitingCredits>> extends ReadonlyMap<Id, infer Each> ? Each : never;

/** One engagement whole, for its two sides; for anybody else there is none. */
export async function engagementPage(view: View, { engagement: id }: InputOf<typeof readEngagement>): Promise<Page> {
  const row = found(await wholeRow(view, id));
  const side = found(sideSeenFrom(view.actor, row));
  const promise = await promiseSeen(view, row);
  const team = await teamOf(view, id);
  const milestones = await milestonesOf(view, row);
  const request = requestFrom(row);
  const amendments = await amendmentsOf(view, row);
  const shared = await sharedWith(view, id);
  return {
    ...cardOf(row, side),
    quote: row.quote,
    hash: row.quote_hash.toString("hex"),
    ...(row.client_signed_at ? { clientSignedAt: row.client_signed_at } : {}),
    ...(row.member_signed_at ? { memberSignedAt: row.member_signed_at } : {}),
    ...(row.rate_minor === null ? {} : { rate: { minor: row.rate_minor, currency: row.currency } }),
    team: team.map((mate) => partOf(view, mate, row.currency)),
    zone: row.zone,
    clientId: row.client,
    ...(shared ? { shared } : {}),
    checks: checksFrom(row.failed_checks),
    ...(row.covered_at ? { coveredBy: row.covered_by === null ? ("rule" as const) : ("adviser" as const) } : {}),
    ...(row.cover_note === null ? {} : { coverNote: row.cover_note }),
    ...(row.sent_back_because === null ? {} : { sentBackBecause: row.sent_back_because }),
    ...(row.cancelled_because === null ? {} : { cancelledBecause: row.cancelled_because }),
    ...(promise ? { promise } : {}),
    ...(request && row.state === "underWay" && isBefore(view.now, request.standsUntil)
      ? { cancellation: requestOf(view, request, row, team) }
      : {}),
    amendments: [...amendments],
    milestones: milestones.cards,
    acts: actsOnEngagement(
      { ...quoteFrom(row, signersIn(team)), ...milestones.standing, request, amendment: await waitingAmendment(view, id) },
      view.actor,
      view.now,
    ).filter((verb) => !shared || verb !== "proposeAmendment"),
    version: row.version,
  };
}

/** The other coop, where two share the work. */
async function sharedWith(view: View, id: Id): Promise<Page["shared"]> {
  const across = await engagementElsewhere(view, id);
  const sister = across && (await sisterOfHost(view.db, across.host));
  return across && sister && { coop: sister.name, isHome: across.isHome };
}

const partOf = ({ actor }: View, { number, name, minor, signedAt, member, into }: Teammate, currency: string): Page["team"][number] => ({
  number,
  name,
  amount: { minor, currency },
  ...(signedAt === null ? {} : { signedAt }),
  you: readsOwn(actor, member),
  ...(into !== null && readsOwn(actor, member) ? { into } : {}),
});

const signersIn = (team: readonly Teammate[]): readonly Id[] => team.flatMap(({ member, signedAt }) => (signedAt === null ? [] : [member]));

/** What was asked, with whose word it still needs. */
function requestOf(
  { actor }: View,
  { agreed, ...request }: RequestWithReason,
  parties: Seen,
  team: readonly Teammate[],
): NonNullable<Page["cancellation"]> {
  return { ...request, ...missingAs(actor, parties, agreed, new Map(team.map(({ member, name }) => [member, name]))) };
}

/** Whose guarantee and pay this reader sees: one of a team their own, the client that of all together. */
const whose = ({ actor }: View, { team }: Seen): Id | undefined => team.find((member) => readsOwn(actor, member));

/** What the guarantee answered at signing; before that, what it would answer now, so that nobody signs without knowing. */
async function promiseSeen(view: View, row: Whole): Promise<Page["promise"]> {
  const member = whose(view, row);
  if (row.state !== "quoted") return promiseOf(view, row.id, { member });
  const { id: engagement, client } = row;
  const across = await engagementElsewhere(view, engagement);
  if (across && !across.isHome) return undefined; // the coop of the member promises
  const team = await weightsOf(view, engagement);
  return promiseIfSigned(view, { engagement, client, team, prices: await pricesOf(view, engagement), confirmed: true }, member);
}

const wholeRow = (view: View, id: Id) =>
  cards(view)
    .select([
      "engagement.quote",
      "engagement.quote_hash",
      "engagement.client_signed_at",
      "engagement.signed_at",
      "engagement.member_signed_at",
      "engagement.version",
      "engagement.rate_minor",
    ])
    .select(["engagement.zone", "engagement.failed_checks", "engagement.covered_at", "engagement.covered_by", "engagement.cover_note"])
    .select(["engagement.sent_back_because", "engagement.cancelled_because"])
    .select(["engagement.cancel_asked_by", "engagement.cancel_asked_because", "engagement.cancel_stands_until", "engagement.cancel_agreed"])
    .where("engagement.id", "=", id)
    .executeTakeFirst();

type Whole = NonNullable<Awaited<ReturnType<typeof wholeRow>>>;

const checksFrom = (failed: readonly string[] | null): Page["checks"] =>
  failed === null ? [] : coverChecks.map((check) => ({ check, holds: !failed.includes(check) }));

type Work = { readonly cards: MilestoneCard[]; readonly standing: WorkStanding };

async function milestonesOf(view: View, row: Whole): Promise<Work> {
  const { db, actor, now } = view;
  const parties = { client: row.client, member: row.member, team: row.team, state: row.state as EngagementState };
  const milestones = await db.selectFrom("marketplace.milestone").selectAll().where("engagement", "=", row.id).orderBy("number").execute();
  const ids = milestones.map(({ id }) => id);
  const price = (milestone: (typeof milestones)[number]) => owedOf(milestone, row.currency);
  const said = await saidAbout(view, ids);
  const added = await addedTo(view, ids);
  const disputes = await disputesOf(
    view,
    milestones.map((milestone) => ({ ...milestone, law: asTheLawSees(milestone, parties), price: price(milestone) })),
  );
  const papers = await papersOf(view, row.id);
  const credits = await waitingCredits(view, row.id);
  const each = milestones.map((milestone) => ({
    id: milestone.id,
    number: milestone.number,
    title: milestone.title,
    ...(milestone.due_on === null ? {} : { dueOn: milestone.due_on }),
    parallel: milestone.parallel,
    dropped: milestone.dropped,
    amount: price(milestone),
    ...hoursFrom(milestone, row),
    state: milestone.state as MilestoneState,
    version: milestone.version,
    ...said(milestone.id),
    added: addedSeen(added.get(milestone.id) ?? [], whose(view, row) !== undefined, milestone.handed_in_at),
    ...(milestone.approve_by === null ? {} : { approveBy: milestone.approve_by }),
    ...(milestone.approved_at === null ? {} : { approvedAt: milestone.approved_at }),
    bySilence: milestone.approved_at !== null && milestone.approved_by === null,
    ...disputeFrom(disputes.get(milestone.id)),
    ...(milestone.settled_share === null
      ? {}
      : { settledAt: { share: milestone.settled_share, price: priceAt(price(milestone), milestone.settled_share) } }),
    ...papersFrom(papers.get(milestone.id), whose(view, row)),
    ...creditFrom(credits.get(milestone.id), actor, row),
    acts: actsOnMilestone(asTheLawSees(milestone, parties), actor, now),
  }));
  return { cards: each, standing: standingOf(milestones) };
}

/** The hours of work that is paid so, once they are handed in. */
function hoursFrom(
  { minutes, amount_minor: cap }: { readonly minutes: number | null; readonly amount_minor: bigint },
  { rate_minor: rate, currency }: Whole,
): Pick<MilestoneCard, "hours"> {
  return minutes === null || rate === null ? {} : { hours: { minutes, rate: { minor: rate, currency }, cap: { minor: cap, currency } } };
}

/** What was added, for the team; for its client once it was handed in. */
const addedSeen = (added: readonly Added[], isOfTeam: boolean, handedInAt: Instant | null): Added[] =>
  added.filter(({ at }) => isOfTeam || (handedInAt !== null && at <= handedInAt));

const disputeFrom = (dispute: MilestoneCard["dispute"]): Pick<MilestoneCard, "dispute"> => (dispute ? { dispute } : {});

function creditFrom(credit: Waited | undefined, actor: View["actor"], parties: Seen): Pick<MilestoneCard, "credit"> {
  if (!credit) return {};
  const { agreed: words, ...rest } = credit;
  const refusal = objectionToCreditAgreement({ state: "proposed", agreed: words }, actor, parties);
  return { credit: { ...rest, agreed: [...sidesIn(parties, words)], acts: refusal ? [] : ["agree"] } };
}

function papersFrom(papers: Papers | undefined, member: Id | undefined): Pick<MilestoneCard, "invoice" | "payable"> {
  if (!papers) return {};
  const { invoice, payables } = papers;
  const payable = together(payables.filter((each) => member === undefined || each.member === member));
  const { id, number, gross, payBy, paid, credited, lost, dunning } = invoice;
  const standing = sum(paid, credited, lost).minor < gross.minor ? "waiting" : "ready";
  return {
    invoice: { id, number, gross, payBy, paid, credited, lost, dunning: [...dunning] },
    ...(payable ? { payable: { ...payable, state: payable.state === "open" ? standing : payable.state } } : {}),
  };
}

/** Signed engagements that wait for an adviser, those signed first on top. */
export async function uncovered(view: View, input: InputOf<typeof listUncovered>): Promise<AnswerOf<typeof listUncovered>> {
  const rows = await cards(view)
    .leftJoin("marketplace.taking as taking", "taking.engagement", "engagement.id")
    .leftJoin("membership.person_card as holder", "holder.id", "taking.adviser")
    .select([
      "engagement.signed_at",
      "engagement.failed_checks",
      "engagement.country",
      "taking.adviser",
      "taking.at as takenAt",
      "holder.name as holder",
    ])
    .where("engagement.state", "in", statesBefore(engagementTable, "cover"))
    .where((eb) => isBehind(eb, input.after, ">", "engagement.signed_at", "engagement.id"))
    .orderBy("engagement.signed_at")
    .orderBy("engagement.id")
    .limit(input.limit + 1)
    .execute();
  const limits = await limitsAt(view);
  const shown = rows.slice(0, input.limit);
  const doers = await doersOf(
    view,
    shown.map(({ id }) => id),
  );
  const items = shown.flatMap((row) => {
    const { id, title, client, member, amount, startOn, endOn } = cardOf(row, "member");
    const checks = checksFrom(row.failed_checks);
    if (row.signed_at === null) return [];
    const waiting = { signedAt: row.signed_at, checks, ...limits(row.signed_at), ...takenFrom(view, row) };
    const where = row.country === null ? {} : { country: row.country };
    return [{ id, title, client, member, amount, startOn, endOn, ...where, team: [...(doers.get(id) ?? [])], ...waiting }];
  });
  const last = items.at(-1);
  return { items, ...(rows.length > input.limit && last ? { next: cursorOf(last.signedAt, last.id) } : {}) };
}

/** By when one that was signed at an instant is answered, and whether that is long past. */
async function limitsAt(view: View): Promise<(signedAt: Instant) => Pick<Waiting, "answerBy" | "alarm">> {
  const { zone = "UTC" } = await coopCard(view);
  const today = dayOf(view.now, zone);
  const calendar = await readCalendar(view, await calendarOfCoop(view), dayAfter(today, -90), dayAfter(today, 30));
  const endAfter = (signedAt: Instant, days: number): Instant => endOfDay(workingDayAfter(dayOf(signedAt, zone), days, calendar), zone);
  return (signedAt) => ({ answerBy: endAfter(signedAt, answerDays), alarm: !isBefore(view.now, endAfter(signedAt, alarmDays)) });
}

type Waiting = AnswerOf<typeof listUncovered>["items"][number];
type TakenRow = { readonly adviser: Id | null; readonly takenAt: Instant | null; readonly holder: string | null };

function takenFrom({ actor, now }: View, { adviser, takenAt: at, holder }: TakenRow): Pick<Waiting, "taken"> {
  const until = adviser === null || at === null ? undefined : takenUntil({ adviser, at }, now);
  return until === undefined ? {} : { taken: { by: holder ?? "", mine: actor.kind === "person" && actor.person === adviser, until } };
}
