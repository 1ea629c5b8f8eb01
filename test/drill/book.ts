// What the drill asks of the book: entries with holds as the acts of money post them, and seals, through the one way to write.
import { z } from "zod";
import { sealEntries } from "@partcommune/server/money/actions/seal";
import { post } from "@partcommune/server/money/store/ledger";
import { found } from "@partcommune/server/platform/refused";
import type { Action } from "@partcommune/server/platform/scope";
import { accountOf } from "@partcommune/shared/money/rules/accounts";
import { entryKinds } from "@partcommune/shared/money/rules/entry";
import { CountJson, MoneyJson } from "@partcommune/shared/platform/api";
import { endpoint, type AnswerOf, type InputOf } from "@partcommune/shared/platform/endpoint";
import { entry } from "../support/book.ts";

const HoldJson = z.strictObject({ account: z.string(), money: MoneyJson, key: z.string() });

export const postEntry = endpoint({
  does: "Post one entry of the drill.",
  method: "POST",
  path: "/api/v1/drill/entries",
  who: "anyone",
  status: 201,
  input: z.strictObject({
    kind: z.enum(entryKinds),
    key: z.string(),
    legs: z.string(),
    hold: HoldJson.optional(),
    ends: HoldJson.optional(),
  }),
  answer: z.object({ entry: CountJson }),
});

export const postForDrill: Action<InputOf<typeof postEntry>, AnswerOf<typeof postEntry>> = async (
  scope,
  { kind, key, legs, hold, ends },
) => {
  const [posted] = await post(scope, [
    {
      ...entry(kind, key, legs),
      ...(hold ? { holds: [{ ...hold, account: accountOf(hold.account), kind: "uncollected" }] } : {}),
      ...(ends ? { ends: [{ key: ends.key, outcome: "posted", posted: ends.money }] } : {}),
    },
  ]);
  return { entry: found(posted).entry };
};

export const sealBook = endpoint({
  does: "Seal what is not sealed yet.",
  method: "POST",
  path: "/api/v1/drill/seals",
  who: "anyone",
  status: 201,
  input: z.strictObject({}),
  answer: z.object({ sealed: z.int() }),
});

export const sealForDrill: Action<InputOf<typeof sealBook>, AnswerOf<typeof sealBook>> = async (scope) => sealEntries(scope);
