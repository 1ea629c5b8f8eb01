// Founders' money in the guarantee pot, so that a coop of a test promises something.
import { z } from "zod";
import { bank, pot } from "@partcommune/shared/money/rules/accounts";
import { operator } from "@partcommune/shared/platform/actor";
import { minus, moneyFrom } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { openBook, post } from "@partcommune/server/money/index";
import type { TestCoop } from "./coop.ts";

const eur = (amount: string) => moneyFrom({ amount, currency: "EUR" });

/** As an opening fund brings it. */
export const endow = (coop: TestCoop, amount: string) =>
  coop.perform(
    operator,
    { name: "test endow", input: z.strictObject({}), answer: z.object({}), status: 200 },
    async (scope) => {
      const book = { coop: "test", legalEntity: "Atelier Commun", country: "BE", currency: "EUR", zone: "Europe/Brussels" };
      await openBook(scope, { ...book, closedUntil: "2025-12-31" as Day });
      const legs = [
        { account: bank("main"), money: eur(amount) },
        { account: pot("guarantee"), money: minus(eur("0.00"), eur(amount)) },
      ];
      await post(scope, [{ kind: "fund.endowed", key: "endowment", on: "2026-12-01" as Day, bylaws: [], legs }]);
      return {};
    },
    {},
    { key: "endowment", cause: "test" },
  );
