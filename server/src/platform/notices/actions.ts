// The verbs of notices: read, choose, mail, and switch the mail off.
import type * as api from "@partcommune/shared/platform/api/notices";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Language } from "@partcommune/shared/platform/page";
import { pathOf } from "@partcommune/shared/platform/rules/notices";
import { personActing } from "../acting.ts";
import { say, writeLetter, type Letter } from "../letters.ts";
import { refuseUnless } from "../refused.ts";
import type { Action, Scope } from "../scope.ts";
import { linkOf, personOfLink } from "./link.ts";
import * as store from "./store.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Lets a person's open pages know that their bell changed. */
export const toldTo = (scope: Scope, person: Id): void =>
  scope.emit({ type: "notices.changed", subject: person, body: {}, about: [`person:${person}`] });

export const markNoticesRead: Act<typeof api.markNoticesRead> = async (scope, { upTo }) => {
  const person = personActing(scope.actor);
  if (await store.readUpTo(scope, person, upTo)) toldTo(scope, person);
  return {};
};

export const chooseNotices: Act<typeof api.chooseNotices> = async (scope, choices) => {
  await store.saveChoices(scope, personActing(scope.actor), choices);
  return {};
};

/** Switches all mail of notices off for whoever this link was made for. */
export const unsubscribe: Act<typeof api.unsubscribe> = async (scope, { link }) => {
  const person = personOfLink(scope.keys, link);
  refuseUnless(person !== undefined, "link-unknown");
  await store.endMail(scope, person);
  return {};
};

/** Writes to each of them one letter of all that is to leave now. */
export const mailNotices: Action<{ people: readonly Id[] }, Record<string, never>> = async (scope, { people }) => {
  const due = Map.groupBy(await store.takeDue(scope, people), ({ person }) => person);
  for (const [person, { email, language }] of await scope.people([...due.keys()]))
    await writeLetter(scope, { to: email, language, kind: "notices", params: paramsFor(scope, person, language, due.get(person) ?? []) });
  return {};
};

function paramsFor({ origin, keys }: Scope, person: Id, language: Language, due: readonly store.Notice[]): Letter["params"] {
  const lines = due.map(
    ({ kind, place, subject, values }) =>
      `– ${say(language, `platform.notice.${kind}`, values)}\n  ${origin}/${language}${pathOf(place, subject)}`,
  );
  return { lines: lines.join("\n"), unsubscribe: `${origin}/unsubscribe/${linkOf(keys, person)}` };
}
