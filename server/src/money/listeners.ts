// What money does after a commit: whoever's account was set is written to, so that a thief is seen before money follows; and the second treasurer hears of a line; and what a proposal would have meant is kept once its words are fixed.
import { z } from "zod";
import { IdText, Nothing } from "@partcommune/shared/platform/api";
import { listener } from "@partcommune/shared/platform/actor";
import { carriesOut } from "../governance/index.ts";
import { peopleWithRole } from "../membership/index.ts";
import type { Listener } from "../platform/domain.ts";
import { telling } from "../platform/notices/telling.ts";
import { fundPurpose } from "./actions/purposes.ts";
import { weigh } from "./actions/weigh.ts";
import { writeOfIban } from "./actions/write-of-iban.ts";
import { purposePage } from "./store/purposes.ts";

const verb = { name: "iban.write", input: z.strictObject({ iban: IdText }), answer: Nothing, status: 200 };

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
