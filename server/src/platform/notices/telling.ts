// From a fact to those who are told of it. Each domain says who that is; whoever did it is never told.
import { z } from "zod";
import { listener } from "@partcommune/shared/platform/actor";
import { IdText, Nothing } from "@partcommune/shared/platform/api";
import type { Fact, FactType } from "@partcommune/shared/platform/events";
import type { Id } from "@partcommune/shared/platform/id";
import type { Listener, Listening } from "../domain.ts";
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
  hear: async (listening, fact) => tell(listening, fact, `fact:${fact.id}:${name}`, async (view) => whom(view, fact as Fact<T>)),
});

const atATime = 500;

/** A page of people, in the order of their ids: those after one, so many. */
export type PageOfPeople = { readonly after: Id | undefined; readonly limit: number };

/** A listener that tells very many people of a fact, some hundreds in one act. */
export const tellingMany = <T extends FactType>(
  name: Listener["name"],
  type: T,
  people: (db: Pick<View, "db">, fact: Fact<T>, page: PageOfPeople) => Promise<readonly Id[]>,
  what: (view: View, fact: Fact<T>) => Promise<Notice | undefined>,
): Listener => ({
  name,
  facts: [type],
  hear: async (listening, heard) => {
    const fact = heard as Fact<T>;
    for (let after: Id | undefined, page; page === undefined || page.length === atATime; after = page.at(-1)) {
      const told = (page = await people(listening, fact, { after, limit: atATime }));
      await tell(listening, heard, `fact:${heard.id}:${name}:${after ?? ""}`, async (view) => {
        const notice = await what(view, fact);
        return notice && { ...notice, people: told };
      });
    }
  },
});

/** Writes a notice to each who is told, in one act under one key. */
async function tell({ perform }: Listening, fact: Fact, key: string, whom: (view: View) => Promise<Telling | undefined>): Promise<void> {
  const writing: Action<{ fact: Id }, Record<string, never>> = async (scope) => {
    const told = await whom(viewOf(scope));
    for (const person of new Set(told?.people)) {
      if (!told || `person:${person}` === fact.actor) continue;
      await saveNotice(scope, person, told);
      toldTo(scope, person);
    }
    return {};
  };
  await perform(listener, verb, writing, { fact: fact.id }, { key, cause: fact.cause });
}
