// Lists of clients: each row is an organisation with the person who owns it here.
import { ImportedClient } from "@partcommune/shared/membership/api/import";
import type { Id } from "@partcommune/shared/platform/id";
import type { z } from "zod";
import { importable, type Bringing, type Brought } from "../../platform/imports/kind.ts";
import { doneByPeople } from "../../platform/imports/store.ts";
import { viewOf, type Scope } from "../../platform/scope.ts";
import { ownerOf } from "../store/cards.ts";
import * as endings from "../store/endings.ts";
import { clientByVat } from "../store/members.ts";
import { personByEmail } from "../store/people.ts";
import { bringClient } from "./bring-client.ts";
import { forgetBrought } from "./forget.ts";
import { inviteIn } from "./invite.ts";

type Row = z.output<typeof ImportedClient>;

/** Enters the organisation and its contact. One that is known by its VAT number, or as the contact's own, is the same one. */
async function bring(scope: Scope, row: Row, { invite }: Bringing): Promise<Brought> {
  const { key: _, contactName: name, contactEmail: email, contactLanguage: language, ...client } = row;
  const known = client.vatNumber === undefined ? undefined : await clientByVat(scope, client.vatNumber);
  if (known !== undefined) return { subject: known, brought: false };
  const contact = { name, email, language };
  const stranger = (await personByEmail(scope.tx, email)) === undefined;
  const { client: subject, isNew } = await bringClient(scope, null, client, contact);
  if (invite && stranger) await inviteIn(scope, contact);
  return { subject, brought: isNew };
}

async function holds(scope: Scope, client: Id, run: Id): Promise<string | undefined> {
  const owner = await ownerOf(viewOf(scope), client);
  if (owner !== undefined && (await endings.cameInSince(scope, owner, run))) return "the person who owns it here has signed in since";
  const done = await doneByPeople(scope, [client]);
  return done === undefined ? undefined : `somebody has acted on it since (${done})`;
}

async function takeBack(scope: Scope, client: Id, run: Id): Promise<void> {
  const owner = await ownerOf(viewOf(scope), client);
  await endings.endClient(scope, client);
  scope.emit({ type: "client.takenBack", subject: client, body: {}, about: [`client:${client}`] });
  if (owner !== undefined) await forgetBrought(scope, owner, run);
}

export const importedClients = importable({
  kind: "clients",
  row: ImportedClient,
  keyOf: ({ key, vatNumber }) => key ?? vatNumber ?? "",
  bring,
  columnOf: {},
  holds,
  takeBack,
});
