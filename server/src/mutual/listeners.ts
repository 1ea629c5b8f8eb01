// What the fund does when a client has paid: nothing is exposed for that engagement any more; and who is told when somebody has to wait or the fund warns.
import { z } from "zod";
import { listener } from "@partcommune/shared/platform/actor";
import { IdText, Nothing } from "@partcommune/shared/platform/api";
import type { Fact } from "@partcommune/shared/platform/events";
import { memberCard, peopleWithRole } from "../membership/index.ts";
import type { Listener, Listening } from "../platform/domain.ts";
import { telling } from "../platform/notices/telling.ts";
import { rehearsalDue } from "./actions/rehearsing.ts";
import { collectPromise, creditPromise, losePromise } from "./actions/guarantee.ts";

const verb = { name: "guarantee.collect", input: z.strictObject({ engagement: IdText }), answer: Nothing, status: 200 };

async function collected({ perform }: Listening, { id, body }: Fact): Promise<void> {
  const { engagement } = body as { readonly engagement: string };
  await perform(
    listener,
    verb,
    async (scope) => (await collectPromise(scope, engagement), {}),
    { engagement },
    {
      key: `fact:${id}:mutual.collected`,
      cause: id,
    },
  );
}

const crediting = {
  ...verb,
  name: "guarantee.credit",
  input: z.strictObject({ engagement: IdText, milestone: IdText, backs: z.array(z.object({ member: IdText, minor: z.string() })) }),
};

async function credited({ perform }: Listening, { id, body }: Fact): Promise<void> {
  const { engagement, milestone, backs } = body as Extract<Fact, { type: "invoice.credited" }>["body"];
  const call = { key: `fact:${id}:mutual.credited`, cause: id };
  await perform(
    listener,
    crediting,
    async (scope) => {
      const given = backs.map(({ member, minor }) => ({ member, minor: BigInt(minor) }));
      await creditPromise(scope, { engagement, milestone, backs: given });
      return {};
    },
    { engagement, milestone, backs },
    call,
  );
}

const losing = { ...verb, name: "guarantee.lose", input: z.strictObject({ engagement: IdText, milestone: IdText }) };

async function lost({ perform }: Listening, { id, body }: Fact): Promise<void> {
  const { engagement, milestone } = body as Extract<Fact, { type: "invoice.lost" }>["body"];
  const call = { key: `fact:${id}:mutual.lost`, cause: id };
  await perform(listener, losing, async (scope, work) => (await losePromise(scope, work), {}), { engagement, milestone }, call);
}

export const listeners: readonly Listener[] = [
  { name: "mutual.collected", facts: ["invoice.paid"], hear: collected },
  telling("mutual.warningNotices", "fund.warned", async (view, { subject }) => ({
    kind: "fundWarned",
    place: "fund",
    subject,
    values: {},
    people: await peopleWithRole(view, "board"),
  })),
  { name: "mutual.credited", facts: ["invoice.credited"], hear: credited },
  { name: "mutual.lost", facts: ["invoice.lost"], hear: lost },
  telling("mutual.alertNotices", "mutual.alerted", async (view, { subject }) => ({
    kind: "fundAlert",
    place: "fund",
    subject,
    values: {},
    people: await peopleWithRole(view, "board"),
  })),
  { name: "mutual.rehearsals", facts: ["windDown.due"], hear: rehearsalDue },
  telling("mutual.rehearsalNotices", "windDown.rehearsed", async (view, { subject, body: { faults } }) => {
    if (faults === 0) return undefined;
    const people = new Set([...(await peopleWithRole(view, "operator")), ...(await peopleWithRole(view, "board"))]);
    return { kind: "rehearsalFailed", place: "fund", subject, values: {}, people: [...people] };
  }),
  telling("mutual.queueNotices", "guarantee.queued", async (view, { subject, body }) => {
    const member = await memberCard(view, body.member);
    return member && { kind: "paymentQueued", place: "ownMoney", subject, values: {}, people: [member.person] };
  }),
];
