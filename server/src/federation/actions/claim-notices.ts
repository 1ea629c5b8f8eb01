// What treasurers hear of claims between coops: that two reckon one piece of work or one loss differently, whichever of them said so, and that our pots bear a share of a loss elsewhere.
import { isOurWord, kindOfClaim } from "@partcommune/shared/federation/rules/claim";
import { moneyText, type Money } from "@partcommune/shared/platform/money";
import { peopleWithRole } from "../../membership/index.ts";
import type { Listener } from "../../platform/domain.ts";
import { telling } from "../../platform/notices/telling.ts";
import { claimById, type HeldClaim } from "../store/claims.ts";
import { nameOfCoop } from "../store/sister-list.ts";

const written = (money: Money): string => {
  const { amount, currency } = moneyText(money);
  return `${amount} ${currency}`;
};

/** A sum whose direction the words around it say. */
const unsigned = ({ minor, currency }: Money): Money => ({ minor: minor < 0n ? -minor : minor, currency });

/** Whose word it is, and whether the other coop names a sum. */
function howDisputed({ theirs, ...claim }: HeldClaim): string {
  const alone = theirs === null ? "Alone" : "";
  if (kindOfClaim(claim.turn) === "work") return `${isOurWord(claim) ? "ours" : "theirs"}${alone}`;
  return isOurWord(claim) ? `lossOurs${alone}` : "lossTheirs";
}

export const claimNotices: readonly Listener[] = [
  telling("federation.claimDisputed", "claim.disputed", async (view, { subject, body: { host } }) => {
    const claim = await claimById(view, subject);
    if (claim?.state !== "disputed") return undefined;
    const { due, theirs } = claim;
    const sums = { due: written(unsigned(due)), theirs: theirs === null ? "" : written(unsigned({ ...due, minor: theirs })) };
    return {
      kind: "claimDisputed",
      place: "settlingDesk",
      subject,
      values: { coop: await nameOfCoop(view, host), how: howDisputed(claim), ...sums },
      people: await peopleWithRole(view, "treasurer"),
    };
  }),
  telling("federation.lossShared", "lossShare.borne", async (view, { body: { host, minor, currency } }) => {
    const money = { minor: BigInt(minor), currency };
    const how = money.minor > 0n ? "lost" : "cameBack";
    return {
      kind: "lossShared",
      place: "settlingDesk",
      subject: host,
      values: { coop: await nameOfCoop(view, host), how, sum: written(unsigned(money)) },
      people: await peopleWithRole(view, "treasurer"),
    };
  }),
];
