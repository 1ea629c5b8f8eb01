// What every act about a claim says: in the log, and to the other coop.
import type { Figures } from "@partcommune/shared/money/rules/split";
import type { Id } from "@partcommune/shared/platform/id";
import type { JsonObject } from "@partcommune/shared/platform/json";
import { moneyText } from "@partcommune/shared/platform/money";
import { instantOf, millisecondsOf, type Instant } from "@partcommune/shared/platform/time";
import { found } from "../../platform/refused.ts";
import type { Scope } from "../../platform/scope.ts";
import type { HeldClaim } from "../store/claims.ts";
import { sisterOfHost } from "../store/sisters.ts";
import { state } from "./statements.ts";

/** Who watches what is owed between coops. */
export const aboutClaims: readonly string[] = ["desk:money", "sisters"];

type Standing = Pick<HeldClaim, "host" | "engagement" | "milestone" | "ours">;

/** What every fact about a claim says. */
export const told = ({ host, engagement, milestone, ours }: Standing): Standing => ({ host, engagement, milestone, ours });

/** Figures as they are written in a statement. */
export const textsOf = ({ gross, fee, hostFund, homeFund, member, due }: Figures): JsonObject =>
  Object.fromEntries(Object.entries({ gross, fee, hostFund, homeFund, member, due }).map(([name, money]) => [name, moneyText(money)]));

/** What has whole seconds in a statement has them here too: both coops count it into the same month. */
export const wholeSeconds = (at: Instant): Instant => instantOf(Math.floor(millisecondsOf(at) / 1_000) * 1_000);

/** When an answer was given, as both coops count it. */
export const heardAt = ({ now }: Scope, iat: number): Instant => {
  const said = instantOf(iat * 1_000);
  return said < now ? said : now;
};

/** Answers a claim of a sister. */
export async function answer(scope: Scope, host: Id, words: JsonObject): Promise<void> {
  await state(scope, found(await sisterOfHost(scope.tx, host)), "settlement-answer", words);
}
