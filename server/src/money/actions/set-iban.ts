// The verb by which a member says where their money goes.
import type * as api from "@partcommune/shared/money/api";
import { countsFrom, masked } from "@partcommune/shared/money/rules/iban";
import { readsOwn } from "@partcommune/shared/platform/actor";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { found, refuseUnless } from "../../platform/refused.ts";
import { readIban } from "../../platform/iban.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import * as store from "../store/ibans.ts";
import { askingPerson } from "./asking-person.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Sets the account of the member who asks. Said twice, it is one change; the account that counts said again takes a change back. */
export const setIban: Act<typeof api.setIban> = async (scope, { member, iban: typed }) => {
  const asking = askingPerson(scope);
  found(readsOwn(asking, member) || undefined);
  const iban = readIban(typed);
  const digest = scope.keys.digest("iban", iban);
  await store.takeTurn(scope, member);
  const { current, coming } = await store.ibansOf(scope, member);
  if (coming?.digest.equals(digest)) return told(coming);
  if (current?.digest.equals(digest)) {
    if (coming) await replaced(scope, member, current);
    return told(current);
  }
  await store.retireAllBut(scope, member, current?.id);
  const row = {
    member,
    person: asking.person,
    iban,
    digest,
    masked: masked(iban),
    countsFrom: countsFrom(scope.now, current === undefined),
    needsSecond: current !== undefined,
  };
  const id = await store.saveIban(scope, row);
  refuseUnless(id !== undefined, "iban-of-another");
  tell(scope, member, id, row.countsFrom);
  return told({ ...row, waits: row.needsSecond });
};

/** Takes a coming change back: the account that counts goes on counting. */
async function replaced(scope: Scope, member: Id, { id }: store.Account): Promise<void> {
  await store.retireAllBut(scope, member, id);
  tell(scope, member, id, scope.now);
}

const told = ({ masked: iban, countsFrom: from, waits }: Pick<store.Account, "masked" | "countsFrom" | "waits">) => ({ iban, from, waits });

const tell = (scope: Scope, member: Id, iban: Id, from: store.Account["countsFrom"]): void =>
  scope.emit({ type: "iban.set", subject: member, body: { iban, from }, about: [`member:${member}`, "desk:money"] });
