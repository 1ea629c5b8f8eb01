// Lists of declarations, as a payroll office gives them: each row is a member, by their address, under a reference.
import { ImportedEmployment } from "@partcommune/shared/membership/api/import";
import { referenceAsTyped } from "@partcommune/shared/membership/rules/employment";
import type { Id } from "@partcommune/shared/platform/id";
import type { z } from "zod";
import { faultAt } from "../../platform/imports/bring.ts";
import { importable, type Brought } from "../../platform/imports/kind.ts";
import { found } from "../../platform/refused.ts";
import type { Scope } from "../../platform/scope.ts";
import { employmentNamed } from "../store/employment.ts";
import { memberOf } from "../store/members.ts";
import { personByEmail } from "../store/people.ts";
import { declare, endEmployment } from "./employment.ts";

type Row = z.output<typeof ImportedEmployment>;

/** Enters a declaration. What is entered already for the same member is left alone. */
async function bring(scope: Scope, { email, ...declared }: Row): Promise<Brought> {
  const person = await personByEmail(scope.tx, email);
  const member = person && (await memberOf(scope, person.id));
  if (member === undefined) throw faultAt("email", "the address of a member");
  const id = await declare(scope, member, declared);
  if (id !== undefined) return { subject: id, brought: true };
  const known = found(await employmentNamed(scope, referenceAsTyped(declared.reference)));
  if (known.member !== member) throw faultAt("reference", "a reference that is not another member's");
  return { subject: known.id, brought: false };
}

async function takeBack(scope: Scope, employment: Id): Promise<void> {
  await endEmployment(scope, { employment });
}

export const importedEmployments = importable({
  kind: "employments",
  row: ImportedEmployment,
  keyOf: ({ reference }) => referenceAsTyped(reference),
  bring,
  columnOf: { "employment-days-reversed": "until", "employment-reference-unlike": "reference", "member-not-employed": "email" },
  holds: async () => undefined,
  takeBack,
});
