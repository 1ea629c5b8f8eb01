// Who members are for the tax office: said by themselves, read by nobody else, and asked for by the treasury where a report needs it.
import type * as api from "@partcommune/shared/money/api/income-report";
import { isInvoiced } from "@partcommune/shared/money/rules/self-billing";
import { objectionToTaxpayer } from "@partcommune/shared/money/rules/taxpayer";
import { readsOwn } from "@partcommune/shared/platform/actor";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { memberCard } from "../../membership/index.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Query } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import * as store from "../store/taxpayers.ts";
import { askingPerson } from "./asking-person.ts";

type Own = InputOf<typeof api.readTaxpayer>;

/** What one said oneself. */
export const taxpayer: Query<Own, AnswerOf<typeof api.readTaxpayer>> = async (view, { member }) => {
  found(readsOwn(view.actor, member) || undefined);
  const said = await store.taxpayerOf(view, member);
  const asked = said === undefined ? await store.askedAt(view, member) : undefined;
  return {
    needed: isInvoiced(found(await memberCard(view, member))),
    ...(said === undefined ? {} : { said }),
    ...(asked === undefined ? {} : { asked }),
  };
};

/** Says it. What was reported before stays as it was told. */
export const setTaxpayer: Action<InputOf<typeof api.setTaxpayer>, AnswerOf<typeof api.setTaxpayer>> = async (
  scope,
  { member, taxpayer: said },
) => {
  const { person } = askingPerson(scope);
  found(readsOwn(scope.actor, member) || undefined);
  refuseUnless(isInvoiced(found(await memberCard(viewOf(scope), member))), "member-not-invoiced");
  refuseIf(objectionToTaxpayer(said, dayOf(scope.now, (await bookOf(scope.tx)).zone)));
  await store.saveTaxpayer(scope, member, person, said);
  scope.emit({ type: "taxpayer.set", subject: member, body: {}, about: [`member:${member}`, "desk:money"] });
  return {};
};
