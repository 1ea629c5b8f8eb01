// The verbs of employment: a declaration is entered by its reference and ended once, and a paper for work across a border is kept.
import type * as api from "@partcommune/shared/membership/api/employment";
import { objectionToDays, objectionToEmployment, referenceAsTyped, type Declared } from "@partcommune/shared/membership/rules/employment";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { declarationOf } from "@partcommune/shared/platform/packs";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { memberCard } from "../store/cards.ts";
import * as store from "../store/employment.ts";
import { askingPerson, deciderOf } from "./asking-person.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

const about = (member: Id): readonly string[] => [`member:${member}`, "desk:engagements"];

/** Enters a declaration, by hand or from a list. Undefined where its reference is entered already. */
export async function declare(scope: Scope, member: Id, typed: Declared): Promise<Id | undefined> {
  const declared = { ...typed, reference: referenceAsTyped(typed.reference) };
  const { country } = await bookOf(scope.tx);
  refuseIf(objectionToEmployment(found(await memberCard(viewOf(scope), member)).status, declared, country));
  const scheme = declarationOf(country)?.scheme;
  const id = await store.saveEmployment(scope, { member, scheme, by: deciderOf(scope), ...declared });
  if (id !== undefined) scope.emit({ type: "employment.recorded", subject: id, body: { member }, about: about(member) });
  return id;
}

/** Enters the declaration of a member to the social office. */
export const recordEmployment: Act<typeof api.recordEmployment> = async (scope, { member, ...declared }) => {
  const id = await declare(scope, member, declared);
  refuseUnless(id !== undefined, "employment-reference-taken");
  return { id };
};

/** Enters how an employment ends. */
export const endEmployment: Act<typeof api.endEmployment> = async (scope, { employment: id, lastOn }) => {
  const { member, from } = found(await store.employmentAt(scope, id));
  refuseIf(objectionToDays({ from, until: lastOn }));
  refuseUnless(await store.endEmployment(scope, id, deciderOf(scope), lastOn), "employment-ended");
  scope.emit({ type: "employment.ended", subject: id, body: { member, mistaken: lastOn === undefined }, about: about(member) });
  return {};
};

/** Enters what lets a member work in another country. */
export const recordBorderPaper: Act<typeof api.recordBorderPaper> = async (scope, { member, ...paper }) => {
  found(await memberCard(viewOf(scope), member));
  refuseIf(objectionToDays(paper));
  const reference = referenceAsTyped(paper.reference);
  const id = await store.saveBorderPaper(scope, { ...paper, member, reference, by: askingPerson(scope).person });
  refuseUnless(id !== undefined, "border-paper-known");
  scope.emit({ type: "borderPaper.recorded", subject: id, body: { member, country: paper.country }, about: about(member) });
  return { id };
};
