// What the drill asks of who speaks for the coop: an actor gets its keys, as it does with its first word to a sister.
import { z } from "zod";
import { newKeys } from "@partcommune/server/federation/actions/keys";
import { saveKeys } from "@partcommune/server/federation/store/keys";
import type { Action } from "@partcommune/server/platform/scope";
import { endpoint, type AnswerOf, type InputOf } from "@partcommune/shared/platform/endpoint";

export const giveKeys = endpoint({
  does: "Give somebody of the coop the keys to speak for themselves.",
  method: "POST",
  path: "/api/v1/drill/keys",
  who: "anyone",
  status: 201,
  input: z.strictObject({ actor: z.string() }),
  answer: z.object({}),
});

export const giveKeysForDrill: Action<InputOf<typeof giveKeys>, AnswerOf<typeof giveKeys>> = async (scope, { actor }) => {
  await saveKeys(scope, actor, await newKeys());
  return {};
};
