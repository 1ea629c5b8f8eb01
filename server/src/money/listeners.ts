// What money does after a commit: whoever's account was set is written to, so that a thief is seen before money follows; and the second treasurer hears of a line; a member hears what became of their own money; and what a proposal would have meant is kept once its words are fixed.
import { z } from "zod";
import { IdText, Nothing } from "@partcommune/shared/platform/api";
import { listener } from "@partcommune/shared/platform/actor";
import { carriesOut } from "../governance/index.ts";
import { memberCard, peopleWithRole } from "../membership/index.ts";
import type { Listener } from "../platform/domain.ts";
import { telling, type Telling } from "../platform/notices/telling.ts";
import { fundPurpose } from "./actions/purposes.ts";
import { weigh } from "./actions/weigh.ts";
import { reckoningLane } from "./actions/reckoning.ts";
import { writeOfIban } from "./actions/write-of-iban.ts";
import { peopleReported } from "./store/income-reports.ts";
import { purposePage } from "./store/purposes.ts";
import { peopleAsked } from "./store/taxpayers.ts";

const verb = { name: "iban.write", input: z.strictObject({ iban: IdText }), answer: Nothing, status: 200 };

type ToMember =
  | "payable.returned"
  | "advance.returned"
  | "expense.returned"
  | "billedVat.returned"
  | "selfBilled.answered"
  | "advance.paid"
  | "expense.paid"
  | "expense.refused"
  | "correction.booked";

/** A member hears what became of their own money. */
const toMember = (name: Listener["name"], fact: ToMember, notice: Pick<Telling, "kind" | "place">): Listener =>
  telling(name, fact, async (view, { subject, body }) => {
    const member = await memberCard(view, body.member);
    return member && { ...notice, subject, values: {}, people: [member.person] };
  });

const returned = { kind: "paymentReturned", place: "ownMoney" } as const;

export const listeners: readonly Listener[] = [
  { name: "money.effects", facts: ["proposal.fixed"], hear: weigh },
  carriesOut("money.purposes", "budget", fundPurpose),
  telling("money.purposeNotices", "purpose.missed", async (view, { subject }) => ({
    kind: "purposeUnpaid",
    place: "proposal",
    subject,
    values: { title: (await purposePage(view, { proposal: subject })).title },
    people: await peopleWithRole(view, "board"),
  })),
  telling("money.lineNotices", "bankLine.entered", async (view, { subject }) => ({
    kind: "lineToConfirm",
    place: "treasuryDesk",
    subject,
    values: {},
    people: await peopleWithRole(view, "treasurer"),
  })),
  telling("money.billingNotices", "billing.wanted", async (view, { subject }) => {
    const member = await memberCard(view, subject);
    return member && { kind: "billingWanted", place: "ownMoney", subject, values: {}, people: [member.person] };
  }),
  telling("money.shareNotices", "share.repaid", async (view, { subject }) => {
    const member = await memberCard(view, subject);
    return member && { kind: "shareRepaid", place: "leaving", subject, values: {}, people: [member.person] };
  }),
  telling("money.taxpayerNotices", "taxpayers.asked", async (view, { subject }) => ({
    kind: "taxpayerWanted",
    place: "ownMoney",
    subject,
    values: {},
    people: await peopleAsked(view, subject),
  })),
  telling("money.incomeNotices", "income.reported", async (view, { subject, body }) => ({
    kind: "incomeReported",
    place: "ownMoney",
    subject,
    values: { year: String(body.year) },
    people: await peopleReported(view, subject),
  })),
  telling("money.wrongNotices", "selfBilled.calledWrong", async (view, { subject }) => ({
    kind: "selfBilledWrong",
    place: "treasuryDesk",
    subject,
    values: {},
    people: await peopleWithRole(view, "treasurer"),
  })),
  toMember("money.returnNotices", "payable.returned", returned),
  toMember("money.advanceReturnNotices", "advance.returned", returned),
  toMember("money.expenseReturnNotices", "expense.returned", returned),
  toMember("money.billedVatReturnNotices", "billedVat.returned", returned),
  toMember("money.answerNotices", "selfBilled.answered", { kind: "selfBilledAnswered", place: "ownMoney" }),
  toMember("money.advanceNotices", "advance.paid", { kind: "advancePaid", place: "ownExpenses" }),
  toMember("money.expenseNotices", "expense.paid", { kind: "expensePaid", place: "ownExpenses" }),
  toMember("money.correctionNotices", "correction.booked", { kind: "budgetCorrected", place: "ownMoney" }),
  toMember("money.refusalNotices", "expense.refused", { kind: "expenseRefused", place: "ownExpenses" }),
  {
    name: "money.reckoning",
    facts: ["invoice.issued", "invoice.credited"],
    hear: async ({ view, wake }) => {
      for (const payable of await reckoningLane.due(view())) wake(reckoningLane.name, payable);
    },
  },
  {
    name: "money.ibanLetters",
    facts: ["iban.set"],
    hear: async ({ perform }, fact) => {
      if (fact.type !== "iban.set") return;
      const call = { key: `fact:${fact.id}:money.ibanLetters`, cause: fact.cause };
      await perform(listener, verb, writeOfIban, { iban: fact.body.iban }, call);
    },
  },
];
