// What domains above carry out when a proposal of their kind has passed: they hear it as a fact, and do it once.
import { z } from "zod";
import type { Payload } from "@partcommune/shared/governance/rules/proposal";
import { listener } from "@partcommune/shared/platform/actor";
import { IdText, Nothing } from "@partcommune/shared/platform/api";
import type { Id } from "@partcommune/shared/platform/id";
import type { Listener } from "../../platform/domain.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { enactedOf } from "../store/enactments.ts";

type Kind = Payload["kind"];

/** A proposal that was carried out, with what stood in its notice. */
export type Passed<K extends Kind> = { readonly proposal: Id; readonly payload: Extract<Payload, { kind: K }> };

const verb = { name: "proposal.carryOut", input: z.strictObject({ proposal: IdText }), answer: Nothing, status: 200 };

/** A listener that carries out proposals of one kind. The key is the fact's own, so whoever hears it how often, it is done once. */
export const carriesOut = <K extends Kind>(
  name: Listener["name"],
  kind: K,
  act: (scope: Scope, passed: Passed<K>) => Promise<void>,
): Listener => {
  const carry: Action<{ proposal: Id }, Record<string, never>> = async (scope, { proposal }) => {
    const payload = await enactedOf(viewOf(scope), proposal);
    if (isOf(kind, payload)) await act(scope, { proposal, payload });
    return {};
  };
  return {
    name,
    facts: ["proposal.enacted"],
    hear: async ({ perform }, { id, subject, cause }) =>
      void (await perform(listener, verb, carry, { proposal: subject }, { key: `fact:${id}:${name}`, cause })),
  };
};

const isOf = <K extends Kind>(kind: K, payload: Payload | undefined): payload is Extract<Payload, { kind: K }> => payload?.kind === kind;
