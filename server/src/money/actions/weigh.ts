// When the words of a proposal are fixed, what it would have meant in the past is worked out once more and kept with it.
import { z } from "zod";
import { Effects } from "@partcommune/shared/governance/api";
import { listener, operator } from "@partcommune/shared/platform/actor";
import { IdText, Nothing } from "@partcommune/shared/platform/api";
import type { Fact } from "@partcommune/shared/platform/events";
import type { Id } from "@partcommune/shared/platform/id";
import { bylawsWanted, keepEffects } from "../../governance/index.ts";
import type { Listening } from "../../platform/domain.ts";
import type { Action } from "../../platform/scope.ts";
import { effectsOf } from "../store/effects.ts";

const verb = { name: "effects.keep", input: z.strictObject({ proposal: IdText, effects: z.string() }), answer: Nothing, status: 200 };

const keep: Action<{ proposal: Id; effects: string }, Record<string, never>> = async (scope, { proposal, effects }) => {
  await keepEffects(scope, proposal, JSON.parse(effects));
  return {};
};

/** Works out the effects for nobody in particular, before any transaction begins, and keeps them. */
export async function weigh({ perform, view }: Listening, { id, subject: proposal, cause }: Fact): Promise<void> {
  const eyes = { ...view(), actor: operator };
  const wanted = (await bylawsWanted(eyes, proposal)) ?? [];
  if (wanted.length === 0) return;
  const effects = JSON.stringify(Effects.encode(await effectsOf(eyes, wanted)));
  await perform(listener, verb, keep, { proposal, effects }, { key: `fact:${id}:money.effects`, cause });
}
