// A client is brought, by a member whose own it is or by a list: the organisation is entered, and its contact owns it, without either having come by themselves.
import type { foundClient } from "@partcommune/shared/membership/api";
import type { InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Language } from "@partcommune/shared/platform/page";
import type { Scope } from "../../platform/scope.ts";
import { refuseUnlessVatNumber } from "../../platform/vat-numbers.ts";
import * as members from "../store/members.ts";
import * as people from "../store/people.ts";
import { welcome } from "./sessions.ts";

export type Contact = { readonly name: string; readonly email: string; readonly language: Language };
export type Brought = { readonly client: Id; readonly contact: Id; readonly isNew: boolean };

/**
 * The organisation and the person who signs for it. One that this person buys for already is the same one, and a known address is its person:
 * what is known here is told to nobody, so both ways end alike.
 */
export async function bringClient(
  scope: Scope,
  member: Id | null,
  client: InputOf<typeof foundClient>,
  contact: Contact,
): Promise<Brought> {
  refuseUnlessVatNumber(client);
  await people.standInLine(scope, contact.email);
  const known = await people.personByEmail(scope.tx, contact.email);
  const person = known?.id ?? (await welcome(scope, { ...contact, confirmed: false }));
  const meant = await members.clientMeant(scope, person, client);
  if (meant !== undefined) return { client: meant, contact: person, isNew: false };
  const id = await members.saveClient(scope, person, client, member);
  scope.emit({ type: "client.founded", subject: id, body: { owner: person }, about: [`client:${id}`] });
  return { client: id, contact: person, isNew: true };
}
