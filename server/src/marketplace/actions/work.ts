// The verbs of the work itself: begin, hand in, ask for changes, dispute, and the letters to a client who is silent.
import type * as api from "@partcommune/shared/marketplace/api";
import { objectionToFilesAcross } from "@partcommune/shared/marketplace/rules/across";
import { objectionToStarting, sideOf, type Parties, type Side } from "@partcommune/shared/marketplace/rules/engagement";
import {
  nameOf,
  objectionToAddingPart,
  objectionToChanges,
  objectionToDispute,
  objectionToEmptyHandIn,
  objectionToEndingDispute,
  objectionToHandIn,
  objectionToReminder,
  reminderDays,
  startingNow,
} from "@partcommune/shared/marketplace/rules/milestone";
import { objectionToHours, payOfHours } from "@partcommune/shared/marketplace/rules/price";
import { dayAfter, dayOf, endOfDay } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { dayMs, later, type Instant } from "@partcommune/shared/platform/time";
import { addressesOfApprovers } from "../../membership/index.ts";
import { personActing } from "../../platform/acting.ts";
import { sendFiles } from "../../platform/files/store.ts";
import { dayInWords, writeLetter } from "../../platform/letters.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import * as engagements from "../store/engagements.ts";
import * as store from "../store/milestones.ts";
import { savePartAdded } from "../store/teams.ts";
import { engagementElsewhere } from "../store/across.ts";
import { saveHandInElsewhere } from "../store/hand-ins.ts";
import { promisedAct } from "./across.ts";
import { actingMember } from "./acting-member.ts";
import { endProposals } from "../store/settlements.ts";
import { voidAmendment } from "./amendment-end.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** For its two sides; a stranger is told that there is none. */
export async function engagementSeen(scope: Scope, id: Id): Promise<engagements.Held> {
  refuseUnseen(scope, await engagements.partiesOf(scope, id));
  return found(await engagements.engagementHeld(scope, id));
}

/** The milestone, for the two sides of its engagement. */
export async function milestoneSeen(scope: Scope, id: Id): Promise<store.HeldMilestone> {
  refuseUnseen(scope, await store.partiesOf(scope, id));
  return found(await store.milestoneHeld(scope, id));
}

function refuseUnseen({ actor }: Scope, parties: Parties | undefined): void {
  const seen = parties && (actor.kind === "clock" || engagements.isSeenBy(actor, parties));
  found(seen || undefined);
}

/** Whom a change of an engagement concerns. */
export const aboutWork = (engagement: Id): readonly string[] => [`engagement:${engagement}`];

/** A dispute concerns the advisers' desk, too. */
export const aboutDispute = (engagement: Id): readonly string[] => [...aboutWork(engagement), "desk:engagements"];

/** Begins the work and those milestones that begin with it: by the member, or by the clock on the first day. */
export const startEngagement: Act<typeof api.startEngagement> = async (scope, { engagement: id }) => {
  const engagement = await engagementSeen(scope, id);
  refuseIf(objectionToStarting(engagement, scope.actor));
  refuseUnless(await engagements.moveEngagement(scope, id, engagement.state, "start"), "not-in-this-state", { state: engagement.state });
  scope.emit({ type: "engagement.started", subject: id, body: {}, about: aboutWork(id) });
  await startReady(scope, id);
  return {};
};

/** Begins every milestone whose turn it is now. */
export async function startReady(scope: Scope, engagement: Id): Promise<void> {
  for (const milestone of startingNow(await store.milestonesIn(scope, engagement))) {
    refuseUnless(await store.moveMilestone(scope, milestone, "start"), "hand-in-changed");
    scope.emit({ type: "milestone.started", subject: milestone.id, body: { engagement }, about: aboutWork(engagement) });
  }
}

/** When silence approves and when its first reminder leaves, counted in the engagement's zone; the day of the hand-in is day 0. */
function clockOf({ now }: Scope, { zone, silenceDays }: engagements.Held): { readonly approve_by: Instant; readonly remind_at: Instant } {
  const today = dayOf(now, zone);
  const [first] = reminderDays(silenceDays);
  return { approve_by: endOfDay(dayAfter(today, silenceDays), zone), remind_at: endOfDay(dayAfter(today, first - 1), zone) };
}

/** Hands in work: the client is asked, the clock of their silence begins, and so does what waited for it. */
export const handIn: Act<typeof api.handIn> = async (scope, { milestone: id, text, files = [], minutes }) => {
  const milestone = await milestoneSeen(scope, id);
  const { rate } = milestone.of;
  const across = await engagementElsewhere(viewOf(scope), milestone.of.id);
  refuseIf(objectionToHandIn(milestone, scope.actor) ?? objectionToEmptyHandIn({ text, files }) ?? objectionToHours(rate, minutes));
  refuseIf(objectionToFilesAcross(across !== undefined, files));
  const clock = clockOf(scope, milestone.of);
  const hours = rate && minutes !== undefined ? { minutes, due_minor: payOfHours(rate, minutes, milestone.agreed).minor } : {};
  const change = { ...clock, ...hours, reminders: 0, handed_in_at: scope.now };
  refuseUnless(await store.moveMilestone(scope, milestone, "handIn", change), "hand-in-changed");
  await voidAmendment(scope, milestone.of, milestone);
  const handedIn = await store.saveHandIn(scope, id, text);
  if (files.length > 0)
    await sendFiles(scope, personActing(scope.actor), { subjectKind: "engagement", subject: milestone.of.id }, handedIn, files);
  if (across?.isHome) await saveHandInElsewhere(scope, handedIn, promisedAct(scope));
  await writeToApprovers(scope, milestone, "handedIn", clock.approve_by);
  scope.emit({ type: "milestone.handedIn", subject: id, body: { engagement: milestone.of.id }, about: aboutWork(milestone.of.id) });
  await startReady(scope, milestone.of.id);
  return { approveBy: clock.approve_by };
};

/** Asks for changes, point by point; the clock stops until the work is handed in again. */
export const askChanges: Act<typeof api.askChanges> = async (scope, { milestone: id, points }) => {
  const milestone = await milestoneSeen(scope, id);
  refuseIf(objectionToChanges(milestone, scope.actor, scope.now));
  const change = { ...stopped, changes_asked: milestone.changesAsked + 1 };
  refuseUnless(await store.moveMilestone(scope, milestone, "askChanges", change), "hand-in-changed");
  await store.saveChangeRequest(scope, id, points);
  scope.emit({ type: "milestone.changesAsked", subject: id, body: { engagement: milestone.of.id }, about: aboutWork(milestone.of.id) });
  return {};
};

/** Gives a hand-in back that the coop of a client elsewhere did not take: it is none of the rounds of changes that a client may ask for. */
export const handBack: Action<{ milestone: Id; points: readonly string[] }, Record<string, never>> = async (
  scope,
  { milestone: id, points },
) => {
  const milestone = await milestoneSeen(scope, id);
  refuseUnless(await store.moveMilestone(scope, milestone, "askChanges", stopped), "hand-in-changed");
  await store.saveChangeRequest(scope, id, points);
  scope.emit({ type: "milestone.changesAsked", subject: id, body: { engagement: milestone.of.id }, about: aboutWork(milestone.of.id) });
  return {};
};

/** Adds one's part to what the lead of one's team will hand in. */
export const addPart: Act<typeof api.addPart> = async (scope, { milestone: id, text, files = [] }) => {
  const milestone = await milestoneSeen(scope, id);
  refuseIf(objectionToAddingPart(milestone, scope.actor) ?? objectionToEmptyHandIn({ text, files }));
  const { id: engagement } = milestone.of;
  const added = await savePartAdded(scope, id, actingMember(scope).member, text);
  await sendFiles(scope, personActing(scope.actor), { subjectKind: "engagement", subject: engagement }, added, files);
  scope.emit({ type: "milestone.partAdded", subject: id, body: { engagement }, about: aboutWork(engagement) });
  return {};
};

const stopped = { approve_by: null, remind_at: null } as const;

/** What a milestone forgets when no dispute is open any more. */
export const disputeOver = {
  ...stopped,
  disputed_by: null,
  disputed_at: null,
  dispute_reason: null,
  mediator: null,
} as const;

/** A side has opened or ended a dispute once more. */
const saidBy = (side: Side, word: number): Pick<store.Change, "client_words" | "member_words"> =>
  side === "client" ? { client_words: word } : { member_words: word };

/** Opens a dispute: every clock of the milestone stands still. */
export const openDispute: Act<typeof api.openDispute> = async (scope, { milestone: id, reason }) => {
  const milestone = await milestoneSeen(scope, id);
  refuseIf(objectionToDispute(milestone, scope.actor, scope.now));
  const by = found(sideOf(scope.actor, milestone));
  const { of, words } = milestone;
  const word = words[by] + 1;
  const change = { ...stopped, ...saidBy(by, word), disputed_by: by, disputed_at: scope.now, dispute_reason: reason };
  refuseUnless(await store.moveMilestone(scope, milestone, "dispute", change), "hand-in-changed");
  scope.emit({ type: "milestone.disputed", subject: id, body: { engagement: of.id, by, word }, about: aboutDispute(of.id) });
  return {};
};

/** Withdraws a dispute: the work is with the client again, and the clock begins anew. */
export const endDispute: Act<typeof api.endDispute> = async (scope, { milestone: id }) => {
  const milestone = await milestoneSeen(scope, id);
  refuseIf(objectionToEndingDispute(milestone, scope.actor));
  const { of, words } = milestone;
  const clock = clockOf(scope, of);
  const by = found(sideOf(scope.actor, milestone));
  const word = words[by] + 1;
  const change = { ...disputeOver, ...saidBy(by, word), ...clock, reminders: 0 };
  refuseUnless(await store.moveMilestone(scope, milestone, "endDispute", change), "hand-in-changed");
  await endProposals(scope, id);
  await writeToApprovers(scope, milestone, "disputeEnded", clock.approve_by);
  scope.emit({ type: "milestone.disputeEnded", subject: id, body: { engagement: of.id, word }, about: aboutDispute(of.id) });
  return {};
};

/** Reminds a silent client. A reminder that leaves late moves the limit, so that a day lies between the two whatever happened to this server. */
export const remindClient: Action<{ milestone: Id }, Record<string, never>> = async (scope, { milestone: id }) => {
  const milestone = await milestoneSeen(scope, id);
  refuseIf(objectionToReminder(milestone));
  const least = later(scope.now, dayMs);
  const limit = found(milestone.approveBy);
  const until = limit > least ? limit : least;
  refuseUnless(await store.saveReminder(scope, milestone, nextReminder(scope, milestone, limit), until), "hand-in-changed");
  await writeToApprovers(scope, milestone, "reminder", until);
  scope.emit({ type: "milestone.reminded", subject: id, body: { engagement: milestone.of.id }, about: aboutWork(milestone.of.id) });
  return {};
};

/** The second reminder after the first, counted back from the limit; after the second none. */
function nextReminder({ now }: Scope, { remindedBefore, of: { zone, silenceDays } }: store.HeldMilestone, limit: Instant): Instant | null {
  if (remindedBefore > 0) return null;
  const lastDay = dayOf(later(limit, -1), zone);
  const second = endOfDay(dayAfter(lastDay, reminderDays(silenceDays)[1] - silenceDays - 1), zone);
  return second > now ? second : null;
}

/** Writes to everyone who may bind the client; the limit is told as the last day on which they can answer. */
async function writeToApprovers(
  scope: Scope,
  { client, of, title: milestoneTitle }: store.HeldMilestone,
  kind: string,
  until: Instant,
): Promise<void> {
  const { zone } = of;
  const title = nameOf(of.title, milestoneTitle);
  const day = dayOf(later(until, -1), zone);
  for (const { email, language } of await addressesOfApprovers(viewOf(scope), client))
    await writeLetter(scope, { to: email, language, kind, params: { title, day: dayInWords(day, language) } });
}
