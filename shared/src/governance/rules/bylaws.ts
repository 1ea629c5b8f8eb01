// Every rule that members vote, in one place: its shape and bounds, its founding value, and the majority that changes it.
import { z } from "zod";
import { exponentOf } from "../../platform/money.ts";
import { foundingFund } from "./founding-fund.ts";
import * as shape from "./bylaw-shapes.ts";
import { amount, odd, ppm, threshold, whole } from "./bylaw-shapes.ts";
import type { BylawClass } from "./words.ts";

/** How a value is read aloud. */
export const bylawUnits = [
  "ppm",
  "ppmPerPot",
  "ppmPerFactor",
  "ppmPerClass",
  "money",
  "moneyPerPot",
  "moneyPerCountry",
  "days",
  "dayList",
  "daysPerClass",
  "daysOfMonth",
  "dayOfMonth",
  "workingDays",
  "hours",
  "weeks",
  "months",
  "terms",
  "count",
  "countPerCollege",
  "threshold",
  "fractionPerClass",
  "colleges",
  "countries",
  "kinds",
  "trustees",
  "convocation",
  "class",
  "switch",
] as const;
export type BylawUnit = (typeof bylawUnits)[number];

type Rule<Schema extends z.ZodType> = {
  readonly schema: Schema;
  readonly founding: z.input<Schema>;
  readonly class: BylawClass;
  readonly unit: BylawUnit;
};

const rule = <Schema extends z.ZodType>(unit: BylawUnit, schema: Schema, founding: z.input<Schema>, class_: BylawClass): Rule<Schema> => ({
  schema,
  founding,
  class: class_,
  unit,
});

const euEeaChGb = "AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split(" ");

export const bylawRegister = {
  "fee.rate": rule("ppm", ppm(30_000, 150_000), 85_000, "important"),
  "fund.split": rule(
    "ppmPerPot",
    shape.split,
    { guarantee: 400_000, insurance: 200_000, coaching: 100_000, advances: 100_000, reserve: 200_000, running: 0 },
    "important",
  ),
  "pot.floors": rule("moneyPerPot", shape.perPot(amount(10_000_000)), foundingFund.floors, "important"),
  "guarantee.workingDays": rule("workingDays", whole(3, 15), foundingFund.workingDays, "important"),
  "guarantee.clientExposure": rule("money", amount(500_000, 1_000), foundingFund.clientExposure, "ordinary"),
  "guarantee.clientShare": rule("ppm", ppm(50_000, 1_000_000), foundingFund.clientShare, "ordinary"),
  "guarantee.holdShare": rule("ppm", ppm(30_000, 1_000_000), foundingFund.holdShare, "important"),
  "guarantee.startAmount": rule("money", amount(25_000), foundingFund.startAmount, "ordinary"),
  "guarantee.countries": rule("countries", shape.countries, euEeaChGb, "ordinary"),
  "advance.cap": rule("money", amount(10_000), "1500", "ordinary"),
  "advance.budgetShare": rule("ppm", ppm(0, 800_000), 500_000, "ordinary"),
  "advance.repaymentShare": rule("ppm", ppm(100_000, 1_000_000), 300_000, "ordinary"),
  "insurance.claimCap": rule("money", amount(50_000), "3000", "ordinary"),
  "insurance.waitingDays": rule("days", whole(0, 180), 30, "ordinary"),
  "coaching.hours": rule("hours", whole(0, 60), 6, "ordinary"),
  "reserve.targetWeeks": rule("weeks", whole(0, 52), 8, "important"),
  "surplus.budgetShare": rule("ppm", ppm(0, 1_000_000), 500_000, "important"),
  "coverage.alert": rule("ppm", ppm(900_000, 2_000_000), 1_000_000, "ordinary"),
  "concentration.client": rule("ppm", ppm(50_000, 500_000), 200_000, "ordinary"),
  "concentration.branch": rule("ppm", ppm(100_000, 900_000), 450_000, "ordinary"),
  "payment.clientDays": rule("days", whole(0, 60), 30, "ordinary"),
  "payment.reminderDays": rule("dayList", shape.rising(whole(1, 90), 2, 6), [3, 10, 30], "ordinary"),
  "share.price": rule("money", amount(500, 10), "20", "important"),
  "share.capitalFloor": rule("money", amount(100_000_000), "0", "important"),
  "share.minimum": rule("count", whole(1, 10), 1, "important"),
  "member.trialMonths": rule("months", whole(0, 12), 3, "ordinary"),
  "member.associateMonths": rule("months", whole(6, 36), 12, "ordinary"),
  "board.seats": rule("countPerCollege", shape.seats, { members: 7 }, "constitutional"),
  "board.termMonths": rule("months", whole(12, 72), 36, "constitutional"),
  "board.termsInRow": rule("terms", whole(1, 4), 2, "constitutional"),
  "vote.colleges": rule("colleges", shape.collegeWeights, [{ key: "members", weight: 1 }], "constitutional"),
  "vote.majority": rule(
    "fractionPerClass",
    shape.majorities,
    { ordinary: "1/2", important: "2/3", constitutional: "2/3" },
    "constitutional",
  ),
  "vote.quorum": rule("ppmPerClass", shape.risingPpm, { ordinary: 100_000, important: 200_000, constitutional: 300_000 }, "constitutional"),
  "vote.quorumSecond": rule("ppmPerClass", shape.risingPpm, { ordinary: 0, important: 50_000, constitutional: 100_000 }, "constitutional"),
  "vote.secondConvocation": rule("convocation", z.enum(["extend", "anew"]), "extend", "constitutional"),
  "vote.noticeDays": rule("days", whole(7, 30), 15, "constitutional"),
  "vote.openDays": rule(
    "daysPerClass",
    shape.perClass(whole(3, 30), whole(3, 30), whole(3, 30)),
    { ordinary: 7, important: 10, constitutional: 14 },
    "constitutional",
  ),
  "vote.extensionDays": rule("days", whole(3, 21), 7, "constitutional"),
  "vote.contestDays": rule("days", whole(3, 30), 7, "constitutional"),
  "vote.contestSupport": rule("threshold", threshold(1_000, 50_000), { ppm: 10_000, least: 3, most: 100 }, "constitutional"),
  "vote.openingDays": rule("daysOfMonth", shape.rising(whole(1, 28), 1, 4), [1, 15], "ordinary"),
  "vote.monthlyLimit": rule("count", whole(1, 10), 4, "ordinary"),
  "vote.sealedKinds": rule(
    "kinds",
    shape.sealedKinds,
    ["persons", "bylawImportant", "bylawConstitutional", "budget", "treaty"],
    "constitutional",
  ),
  "vote.sealedMinimum": rule("count", whole(10, 50), 10, "constitutional"),
  "vote.openedMinimum": rule("count", whole(5, 25), 5, "constitutional"),
  "vote.trustees": rule("trustees", shape.trustees, { total: 5, enough: 3 }, "constitutional"),
  "roll.seniorityDays": rule("days", whole(0, 365), 90, "constitutional"),
  "proposal.sponsors": rule("threshold", threshold(1_000, 50_000), { ppm: 5_000, least: 3, most: 500 }, "constitutional"),
  "proposal.ideaDays": rule("days", whole(30, 180), 60, "ordinary"),
  "proposal.deliberationDays": rule("days", whole(7, 60), 14, "ordinary"),
  "proposal.openPerMember": rule("count", whole(1, 10), 2, "ordinary"),
  "proposal.repeatDays": rule("days", whole(0, 365), 180, "ordinary"),
  "proposal.secondReadingDays": rule("days", whole(14, 90), 30, "constitutional"),
  "proxy.cap": rule("count", whole(0, 5), 2, "constitutional"),
  "proxy.windowHours": rule("hours", whole(12, 72), 24, "constitutional"),
  "delegation.on": rule("switch", z.boolean(), false, "constitutional"),
  "delegation.cap": rule(
    "threshold",
    z.strictObject({ ppm: ppm(1_000, 20_000), least: whole(1, 1), most: whole(1, 50) }),
    { ppm: 10_000, least: 1, most: 20 },
    "constitutional",
  ),
  "jury.size": rule("count", whole(12, 100), 24, "ordinary"),
  "jury.days": rule("days", whole(7, 60), 21, "ordinary"),
  "dispute.panelSize": rule("count", odd(3, 9), 5, "important"),
  "dispute.appealSize": rule("count", odd(5, 11), 7, "important"),
  "dispute.days": rule("days", whole(5, 30), 14, "important"),
  "marketplace.silenceDays": rule("days", whole(5, 30), 10, "ordinary"),
  "marketplace.wageFloors": rule(
    "moneyPerCountry",
    z.record(z.string().regex(/^[A-Z]{2}$/), amount(200)),
    { BE: "28", NL: "28", DE: "27", AT: "27", FR: "26", IT: "22", ES: "20" },
    "ordinary",
  ),
  "marketplace.rankingWeights": rule(
    "ppmPerFactor",
    shape.weights,
    { text: 300_000, skills: 250_000, place: 150_000, fresh: 100_000, fewBids: 100_000, closing: 50_000, firstChance: 50_000 },
    "ordinary",
  ),
  "marketplace.openBids": rule("count", whole(5, 100), 20, "ordinary"),
  "treaty.class": rule("class", z.enum(["important", "constitutional"]), "important", "constitutional"),
  "treaty.hostShare": rule("ppm", ppm(0, 500_000), 200_000, "ordinary"),
  "treaty.exposure": rule("money", amount(1_000_000), "20000", "important"),
  "treaty.exposureTotal": rule("money", amount(1_000_000), "60000", "important"),
  "treaty.loanCap": rule("money", amount(250_000), "10000", "important"),
  "treaty.termMonths": rule("months", whole(6, 60), 24, "important"),
  "netting.day": rule("dayOfMonth", whole(1, 28), 5, "ordinary"),
  "initiative.support": rule("threshold", threshold(1_000, 50_000), { ppm: 10_000, least: 3, most: 15 }, "ordinary"),
  "initiative.seedCap": rule("money", amount(50_000), "2000", "ordinary"),
  "gathering.costCap": rule("money", amount(5_000), "150", "ordinary"),
} as const;

type Register = typeof bylawRegister;

declare module "../../platform/bylaw.ts" {
  interface Bylaws extends Readonly<{ [K in keyof Register]: z.output<Register[K]["schema"]> }> {}
}

export type BylawKeyName = keyof Register;
export const bylawKeys = Object.keys(bylawRegister) as readonly BylawKeyName[];

/** An amount of a bylaw in minor units of the book currency; decimals that the currency lacks are cut off, never invented. */
export function bylawMinor(text: string, currency: string): bigint {
  const [units = "0", decimals = ""] = text.split(".");
  const exponent = exponentOf(currency);
  return BigInt(units + decimals.padEnd(exponent, "0").slice(0, exponent));
}
