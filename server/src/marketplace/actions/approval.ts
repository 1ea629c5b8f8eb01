// The verbs of approval: in one transaction the work is approved, the invoice issued, the fee in the pots, and those who did the work owed. And what follows when money moves.
import type { ApprovedBy } from "@partcommune/federation/translate/hand-in";
import type * as api from "@partcommune/shared/marketplace/api";
import { engagementTable } from "@partcommune/shared/marketplace/rules/engagement";
import {
  approvedElsewhere,
  approvedFrom,
  milestoneTable,
  nameOf,
  objectionToApproval,
  objectionToFollowing,
  objectionToSilence,
  type MilestoneVerb,
} from "@partcommune/shared/marketplace/rules/milestone";
import { objectionToVerb } from "@partcommune/shared/platform/table";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Money } from "@partcommune/shared/platform/money";
import { lowerPromise, movePromise, oweMember } from "../../mutual/index.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { moveEngagement, type Held } from "../store/engagements.ts";
import { engagementElsewhere } from "../store/across.ts";
import * as store from "../store/milestones.ts";
import { weightsOf } from "../store/teams.ts";
import { endProposals } from "../store/settlements.ts";
import { voidAmendment } from "./amendment-end.ts";
import { billed } from "./billing.ts";
import { endAcross } from "./engagements.ts";
import { inviteReferences } from "./references.ts";
import { aboutDispute, aboutWork, disputeOver, milestoneSeen } from "./work.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Approves the work as it was shown. */
export const approveHandIn: Act<typeof api.approveHandIn> = async (scope, { milestone: id, version }) => {
  const milestone = await milestoneSeen(scope, id);
  refuseIf(objectionToApproval(milestone, scope.actor, version));
  const by = scope.actor.kind === "person" ? scope.actor.person : null;
  return { invoice: await approved(scope, milestone, { verb: "approve", by, bySilence: false }) };
};

/** Approves what a client left unanswered. */
export const approveBySilence: Action<{ milestone: Id }, Record<string, never>> = async (scope, { milestone: id }) => {
  const milestone = await milestoneSeen(scope, id);
  refuseIf(objectionToSilence(milestone, scope.now));
  await approved(scope, milestone, { verb: "approveBySilence", by: null, bySilence: true });
  return {};
};

/** Follows what the coop of a client elsewhere says was approved there, in that client's name: from then on the other coop owes us for it. */
export const followApproval: Action<{ milestone: Id; by: ApprovedBy; at: Instant }, Record<string, never>> = async (
  scope,
  { milestone: id, by, at },
) => {
  const milestone = await milestoneSeen(scope, id);
  refuseIf(objectionToFollowing(milestone, scope.actor));
  await approved(scope, milestone, { verb: "followApproval", by: null, at, bySilence: by !== "client" });
  return {};
};

type Invoiced = { readonly id: Id; readonly number: string };

async function approved(
  scope: Scope,
  milestone: store.HeldMilestone,
  { bySilence, ...approval }: Pick<Approval, "verb" | "by" | "at"> & { readonly bySilence: boolean },
): Promise<Invoiced> {
  const { id, amount, agreed, of, state } = milestone;
  const invoice = await invoiceWork(scope, milestone, { ...approval, price: amount, change: {} });
  // Fewer hours than were agreed at most: of the rest nothing is promised any more.
  if (amount.minor < agreed.minor) {
    const team = await weightsOf(viewOf(scope), of.id);
    const milestones = [{ id, from: agreed, to: amount }];
    await lowerPromise(scope, { engagement: of.id, team, agreedAt: of.signedAt ?? scope.now, milestones });
  }
  if (state === "disputed") await endProposals(scope, id);
  const body = { engagement: of.id, invoice: invoice.id, bySilence };
  scope.emit({ type: "milestone.approved", subject: id, body, about: aboutDispute(of.id) });
  return invoice;
}

export type Approval = {
  readonly verb: "approve" | "approveBySilence" | "followApproval" | "settle";
  /** The buyer; null where the clock approved. */
  readonly by: Id | null;
  /** When, where another coop says so; absent: now, or when silence approved. */
  readonly at?: Instant | undefined;
  /** The milestone's, or the share of it that both sides agreed on. */
  readonly price: Money;
  /** That share, in per cent. */
  readonly share?: number;
  readonly change: store.Change;
};

/** Makes one invoice of work that counts as approved, and owes each who did it their budget of it. */
export async function invoiceWork(
  scope: Scope,
  milestone: store.HeldMilestone,
  { verb, by, at, price, share, change }: Approval,
): Promise<Invoiced> {
  const { id, handedInAt, of, title } = milestone;
  const approvedAt = at === undefined ? approvedFrom(milestone, scope.now) : approvedElsewhere(milestone, at, scope.now);
  const { id: engagement, client, zone } = of;
  const about = nameOf(of.title, title);
  const deliveredOn = dayOf(handedInAt ?? scope.now, zone);
  const parts = { engagement, milestone: id };
  const settled = share === undefined ? undefined : { share, of: milestone.amount };
  const order = {
    ...parts,
    client,
    price,
    settled,
    about,
    deliveredOn,
    agreedAt: of.signedAt ?? scope.now,
    approvedBy: by,
    service: of.service,
  };
  const { invoice, number, earnings } = await billed(scope, order, milestone.number);
  const kept = { ...change, ...disputeOver, approved_at: approvedAt, approved_by: by, invoice };
  refuseUnless(await store.moveMilestone(scope, milestone, verb, kept), "hand-in-changed");
  const { signedAt } = of;
  await movePromise(scope, {
    ...parts,
    team: await weightsOf(viewOf(scope), engagement),
    agreedAt: signedAt ?? scope.now,
    price,
    earnings,
  });
  for (const { member, budget: amount } of earnings) await oweMember(scope, { ...parts, member, invoice, amount, approvedAt });
  return { id: invoice, number };
}

/** What happened to a milestone's money, told by money after the bank had booked it. */
export type Paid = { readonly milestone: Id; readonly verb: Extract<MilestoneVerb, "clientPays" | "memberIsPaid" | "credit"> };

const factOf = { clientPays: "milestone.clientPaid", memberIsPaid: "milestone.memberPaid", credit: "milestone.credited" } as const;

/** Moves a milestone on when its client paid, or its member was paid; told twice, it moves once. The last one finishes the engagement. */
export const notePayment: Action<Paid, Record<string, never>> = async (scope, { milestone: id, verb }) => {
  const milestone = found(await store.milestoneHeld(scope, id));
  const { id: engagement } = milestone.of;
  if (objectionToVerb(milestoneTable, milestone.state, verb)) return {};
  refuseUnless(await store.moveMilestone(scope, milestone, verb), "hand-in-changed");
  scope.emit({ type: factOf[verb], subject: id, body: { engagement }, about: aboutWork(engagement) });
  // A sister's member is paid by their own coop, whatever our client does.
  if (verb === "clientPays" && (await engagementElsewhere(viewOf(scope), engagement))?.isHome === false)
    return notePayment(scope, { milestone: id, verb: "memberIsPaid" });
  await finishIfEnded(scope, milestone.of);
  return {};
};

/** Finishes an engagement of which nothing is open any more; one that was cancelled stays cancelled. */
export async function finishIfEnded(scope: Scope, engagement: Held): Promise<void> {
  const { id, state } = engagement;
  if (objectionToVerb(engagementTable, state, "finish") || !(await store.isAllEnded(scope, id))) return;
  if (!(await moveEngagement(scope, id, state, "finish"))) return;
  await voidAmendment(scope, engagement);
  await endAcross(scope, id);
  scope.emit({ type: "engagement.finished", subject: id, body: {}, about: aboutWork(id) });
  await inviteReferences(scope, id);
}
