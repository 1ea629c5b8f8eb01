// The end of a membership, seen from where works and money are known: what is open, and that nothing is any more.
import type { readLeaving } from "@partcommune/shared/marketplace/api";
import { openBeforeLeaving, type Open } from "@partcommune/shared/membership/rules/leaving";
import { memberReading } from "@partcommune/shared/platform/actor";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { zero } from "@partcommune/shared/platform/money";
import { sayOf } from "../../governance/index.ts";
import { employmentsRunning, heldByHand, isShown, leave, leavers, leavingOf, leavingSince } from "../../membership/index.ts";
import { moneyOpen, shareOf, sharesInTurn } from "../../money/index.ts";
import { found, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { takenBack } from "./bids.ts";
import { declineAll } from "./invitations.ts";
import { openBidsOf } from "../store/bids.ts";
import { openInvitationsOf } from "../store/invitations.ts";
import { worksRunning } from "../store/leaving.ts";

/** What is open of each of these members. */
async function openOf(view: View, members: readonly Id[]): Promise<ReadonlyMap<Id, readonly Open[]>> {
  const none = zero((await bookOf(view.db)).currency);
  const works = await worksRunning(view, members);
  const money = await moneyOpen(view, members);
  const employments = await employmentsRunning(view, members);
  const since = await leavingSince(view, members);
  return new Map(
    members.map((member) => {
      const { payables = none, budget = none, advances = none, expenses = 0 } = money.get(member) ?? {};
      const standing = { works: works.get(member) ?? 0, payables, budget, advances, expenses, employments: employments.get(member) ?? 0 };
      return [member, openBeforeLeaving({ ...standing, leavingAt: since.get(member) }, view.now)];
    }),
  );
}

/**
 * Whoever leaves takes on nothing new: what they offered and nobody has answered is taken back, for all who are on it, and what they were
 * invited to is declined.
 */
export const endOffers: Action<{ member: Id }, Record<string, never>> = async (scope, { member }) => {
  const view = viewOf(scope);
  if (!(await leavingSince(view, [member])).has(member)) return {};
  for (const bid of await openBidsOf(view, member)) await takenBack(scope, bid);
  await declineAll(scope, member);
  return {};
};

/** Those who are leaving and of whom nothing is open any more. */
export async function settled(view: View): Promise<readonly Id[]> {
  const all = await leavers(view);
  if (all.length === 0) return [];
  const open = await openOf(view, all);
  return all.filter((member) => open.get(member)?.length === 0);
}

/** Ends a membership of which nothing is open. */
export const leaveSettled: Action<{ member: Id }, Record<string, never>> = async (scope, { member }) => {
  const { stage } = found(await leavingOf(viewOf(scope), member));
  const open = await openOf(viewOf(scope), [member]);
  refuseUnless(open.get(member)?.length === 0, "not-in-this-state", { state: stage });
  await leave(scope, member);
  return {};
};

/** What whoever asks reads of their own leaving. */
export async function leavingPage(view: View): Promise<AnswerOf<typeof readLeaving>> {
  const member = found(memberReading(view.actor));
  const { person, stage, leavingAt, leftAt } = found(await leavingOf(view, member));
  const { zone } = await bookOf(view.db);
  const owed = stage === "left" ? await sharesInTurn(view) : [];
  const { closesOn, wait } = owed.find((share) => share.member === member) ?? {};
  return {
    stage,
    ...(leavingAt === null ? {} : { leavingAt }),
    ...(leftAt === null ? {} : { leftOn: dayOf(leftAt, zone) }),
    open: [...((await openOf(view, [member])).get(member) ?? [])],
    ends: {
      bids: (await openBidsOf(view, member)).length,
      invitations: (await openInvitationsOf(view, member)).length,
      roles: [...(await heldByHand(view, person))],
      ...(await sayOf(view, person)),
      shown: await isShown(view, member),
    },
    share: {
      amount: await shareOf(view, member),
      ...(closesOn === undefined ? {} : { closesOn }),
      ...(wait === undefined ? {} : { wait }),
    },
  };
}
