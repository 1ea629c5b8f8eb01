// The verbs of approval: in one transaction the work is approved, the invoice issued, the fee in the pots, and the member owed. And what follows when money moves.
import type * as api from "@partcommune/shared/marketplace/api";
import {
  approvedFrom,
  milestoneTable,
  nameOf,
  objectionToApproval,
  objectionToSilence,
  type MilestoneVerb,
} from "@partcommune/shared/marketplace/rules/milestone";
import { objectionToVerb } from "@partcommune/shared/marketplace/rules/table";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { issueInvoice } from "../../money/index.ts";
import { oweMember } from "../../mutual/index.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import { moveEngagement } from "../store/engagements.ts";
import * as store from "../store/milestones.ts";
import { inviteReferences } from "./references.ts";
import { aboutWork, milestoneSeen } from "./work.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Approves the work as it was shown. */
export const approveHandIn: Act<typeof api.approveHandIn> = async (scope, { milestone: id, version }) => {
  const milestone = await milestoneSeen(scope, id);
  refuseIf(objectionToApproval(milestone, scope.actor, version));
  const by = scope.actor.kind === "person" ? scope.actor.person : null;
  return { invoice: await approved(scope, milestone, "approve", by) };
};

/** Approves what a client left unanswered. */
export const approveBySilence: Action<{ milestone: Id }, Record<string, never>> = async (scope, { milestone: id }) => {
  const milestone = await milestoneSeen(scope, id);
  refuseIf(objectionToSilence(milestone, scope.now));
  await approved(scope, milestone, "approveBySilence", null);
  return {};
};

async function approved(
  scope: Scope,
  milestone: store.HeldMilestone,
  verb: "approve" | "approveBySilence",
  by: Id | null,
): Promise<{ readonly id: Id; readonly number: string }> {
  const { id, amount, handedInAt, of, title } = milestone;
  const approvedAt = approvedFrom(milestone, scope.now);
  const { id: engagement, client, member, zone } = of;
  const about = nameOf(of.title, title);
  const deliveredOn = dayOf(handedInAt ?? scope.now, zone);
  const parts = { engagement, milestone: id, member };
  const order = { ...parts, client, price: amount, about, deliveredOn, agreedAt: of.signedAt ?? scope.now };
  const { invoice, number, budget } = await issueInvoice(scope, order);
  const stopped = { approve_by: null, remind_at: null, disputed_by: null, disputed_at: null, dispute_reason: null };
  const change = { ...stopped, approved_at: approvedAt, approved_by: by, invoice };
  refuseUnless(await store.moveMilestone(scope, milestone, verb, change), "hand-in-changed");
  await oweMember(scope, { ...parts, invoice, amount: budget, approvedAt });
  const body = { engagement, invoice, bySilence: by === null };
  scope.emit({ type: "milestone.approved", subject: id, body, about: aboutWork(engagement) });
  return { id: invoice, number };
}

/** What happened to a milestone's money, told by money after the bank had booked it. */
export type Paid = { readonly milestone: Id; readonly verb: Extract<MilestoneVerb, "clientPays" | "memberIsPaid"> };

const factOf = { clientPays: "milestone.clientPaid", memberIsPaid: "milestone.memberPaid" } as const;

/** Moves a milestone on when its client paid, or its member was paid; told twice, it moves once. The last one finishes the engagement. */
export const notePayment: Action<Paid, Record<string, never>> = async (scope, { milestone: id, verb }) => {
  const milestone = found(await store.milestoneHeld(scope, id));
  const { id: engagement, state } = milestone.of;
  if (objectionToVerb(milestoneTable, milestone.state, verb)) return {};
  refuseUnless(await store.moveMilestone(scope, milestone, verb), "hand-in-changed");
  scope.emit({ type: factOf[verb], subject: id, body: { engagement }, about: aboutWork(engagement) });
  if ((await store.isAllEnded(scope, engagement)) && (await moveEngagement(scope, engagement, state, "finish"))) {
    scope.emit({ type: "engagement.finished", subject: engagement, body: {}, about: aboutWork(engagement) });
    await inviteReferences(scope, engagement);
  }
  return {};
};
