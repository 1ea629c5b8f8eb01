// The letters that call an assembly: one to each member, whatever they chose of notices, because a convocation is owed to them.
import { z } from "zod";
import { IdText, Nothing } from "@partcommune/shared/platform/api";
import { clockAt, dayOf } from "@partcommune/shared/platform/calendar";
import type { Id } from "@partcommune/shared/platform/id";
import { dayInWords, writeLetter } from "../../platform/letters.ts";
import { viewOf, type Action } from "../../platform/scope.ts";
import { coopCard } from "../../platform/store.ts";
import { itemsOf } from "../store/agenda.ts";
import { convocationOf } from "../store/told.ts";

export const convocationVerb = {
  name: "assembly.mail",
  input: z.strictObject({ gathering: IdText, people: z.array(IdText) }),
  answer: Nothing,
  status: 200,
};

/** Writes to these people, each in their language. */
export const mailConvocation: Action<{ gathering: Id; people: Id[] }, Record<string, never>> = async (scope, { gathering, people }) => {
  const view = viewOf(scope);
  const { title, from, zone, place, link } = await convocationOf(view, gathering);
  const { name: coop } = await coopCard(view);
  const agenda = (await itemsOf(view, gathering)).map((item, at) => `${at + 1}. ${item.title}`).join("\n");
  const where = [place, link].filter((each) => each !== null).join("\n");
  for (const { email: to, language } of (await scope.people(people)).values()) {
    const day = dayInWords(dayOf(from, zone), language);
    const hour = clockAt(from, zone).slice(11);
    const page = `${scope.origin}/${language}/gatherings/${gathering}`;
    await writeLetter(scope, { to, language, kind: "assemblyConvened", params: { coop, title, day, hour, zone, where, agenda, page } });
  }
  return {};
};
