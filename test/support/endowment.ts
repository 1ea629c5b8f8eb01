// Founders' money in the guarantee pot, so that a coop of a test promises something.
import { z } from "zod";
import type { Pot } from "@partcommune/shared/governance/rules/pots";
import { bank, pot } from "@partcommune/shared/money/rules/accounts";
import { operator } from "@partcommune/shared/platform/actor";
import { minus, moneyFrom } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { openBook, post } from "@partcommune/server/money/index";
import type { TestCoop } from "./coop.ts";

const eur = (amount: string) => moneyFrom({ amount, currency: "EUR" });

/** As an opening fund brings it; `into` another pot of a book that stands. */
export const endow = (coop: TestCoop, amount: string, into?: Pot) => {
  const key = into ? `endowment of ${into}` : "endowment";
  return coop.perform(
    operator,
    { name: "test endow", input: z.strictObject({}), answer: z.object({}), status: 200 },
    async (scope) => {
      const book = { coop: "test", legalEntity: "Atelier Commun", country: "BE", currency: "EUR", zone: "Europe/Brussels" };
      if (!into) await openBook(scope, { ...book, closedUntil: "2025-12-31" as Day });
      const legs = [
        { account: bank("main"), money: eur(amount) },
        { account: pot(into ?? "guarantee"), money: minus(eur("0.00"), eur(amount)) },
      ];
      await post(scope, [{ kind: "fund.endowed", key, on: (into ? coop.now().slice(0, 10) : "2026-12-01") as Day, bylaws: [], legs }]);
      return {};
    },
    {},
    { key, cause: "test" },
  );
};
