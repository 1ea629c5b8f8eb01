// From a fact to those who are told of it. Each domain says who that is; whoever did it is never told.
import { z } from "zod";
import { listener } from "@partcommune/shared/platform/actor";
import { IdText, Nothing } from "@partcommune/shared/platform/api";
import type { Fact, FactType } from "@partcommune/shared/platform/events";
import type { Id } from "@partcommune/shared/platform/id";
import type { Listener } from "../domain.ts";
import { viewOf, type Action, type View } from "../scope.ts";
import { toldTo } from "./actions.ts";
import { saveNotice, type Notice } from "./store.ts";

/** What is told, and to whom; undefined when nobody is concerned any more. */
export type Telling = Notice & { readonly people: readonly Id[] };

const verb = { name: "notice.write", input: z.strictObject({ fact: IdText }), answer: Nothing, status: 200 };

/** A listener that tells people of a fact. */
export const telling = <T extends FactType>(
  name: Listener["name"],
  type: T,
  whom: (view: View, fact: Fact<T>) => Promise<Telling | undefined>,
): Listener => ({
  name,
  facts: [type],
  hear: async ({ perform }, fact) => {
    const call = { key: `fact:${fact.id}:${name}`, cause: fact.cause };
    await perform(listener, verb, writing(fact as Fact<T>, whom), { fact: fact.id }, call);
  },
});

const writing =
  <T extends FactType>(
    fact: Fact<T>,
    whom: (view: View, fact: Fact<T>) => Promise<Telling | undefined>,
  ): Action<{ fact: Id }, Record<string, never>> =>
  async (scope) => {
    const told = await whom(viewOf(scope), fact);
    for (const person of new Set(told?.people)) {
      if (!told || `person:${person}` === fact.actor) continue;
      await saveNotice(scope, person, told);
      toldTo(scope, person);
    }
    return {};
  };
