// What treasurers hear of claims between coops: that two reckon one piece of work differently, whichever of them said so.
import { moneyText, type Money } from "@partcommune/shared/platform/money";
import { peopleWithRole } from "../../membership/index.ts";
import type { Listener } from "../../platform/domain.ts";
import { telling } from "../../platform/notices/telling.ts";
import { claimById } from "../store/claims.ts";
import { nameOfCoop } from "../store/sister-list.ts";

const written = (money: Money): string => {
  const { amount, currency } = moneyText(money);
  return `${amount} ${currency}`;
};

export const claimNotices: readonly Listener[] = [
  telling("federation.claimDisputed", "claim.disputed", async (view, { subject, body: { host, ours } }) => {
    const claim = await claimById(view, subject);
    if (claim?.state !== "disputed") return undefined;
    const { due, theirs } = claim;
    // Where one of the two knows of no such work, there is one sum alone.
    const how = `${ours ? "ours" : "theirs"}${theirs === null ? "Alone" : ""}`;
    const sums = { due: written(due), theirs: theirs === null ? "" : written({ ...due, minor: theirs }) };
    return {
      kind: "claimDisputed",
      place: "settlingDesk",
      subject,
      values: { coop: await nameOfCoop(view, host), how, ...sums },
      people: await peopleWithRole(view, "treasurer"),
    };
  }),
];
