// What the marketplace does when money has moved: a milestone is paid by its client, its member is paid, or its invoice was wholly credited.
import { z } from "zod";
import { listener } from "@partcommune/shared/platform/actor";
import { IdText, Nothing } from "@partcommune/shared/platform/api";
import type { Fact } from "@partcommune/shared/platform/events";
import type { Listener, Listening } from "../platform/domain.ts";
import { notePayment, type Paid } from "./actions/approval.ts";

const verb = {
  name: "milestone.notePayment",
  input: z.strictObject({ milestone: IdText, verb: z.enum(["clientPays", "memberIsPaid", "credit"]) }),
  answer: Nothing,
  status: 200,
};

const hearing =
  (name: string, does: Paid["verb"]) =>
  async ({ perform }: Listening, { id, body }: Fact): Promise<void> => {
    const { milestone, whole = true } = body as { readonly milestone: string; readonly whole?: boolean };
    if (!whole) return;
    await perform(listener, verb, notePayment, { milestone, verb: does }, { key: `fact:${id}:${name}`, cause: id });
  };

export const listeners: readonly Listener[] = [
  { name: "marketplace.clientPaid", facts: ["invoice.paid"], hear: hearing("marketplace.clientPaid", "clientPays") },
  // Of an invoice that was credited in part, the rest is still paid.
  { name: "marketplace.credited", facts: ["invoice.credited"], hear: hearing("marketplace.credited", "credit") },
  { name: "marketplace.memberPaid", facts: ["payable.paid"], hear: hearing("marketplace.memberPaid", "memberIsPaid") },
];
