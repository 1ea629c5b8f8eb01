// Forgetting a person whom a list brought: only who never came in, and of whom nothing else is here.
import type { Id } from "@partcommune/shared/platform/id";
import { cameWith } from "../../platform/imports/store.ts";
import type { Scope } from "../../platform/scope.ts";
import * as endings from "../store/endings.ts";

/** Forgets the person if this run brought them and nothing else here is theirs. */
export async function forgetBrought(scope: Scope, person: Id, run: Id): Promise<void> {
  const came = await cameWith(scope, run, person, "person.joined");
  if (!came || (await endings.cameInSince(scope, person, run)) || (await endings.hasMore(scope, person))) return;
  await endings.forgetPerson(scope, person);
  scope.emit({ type: "person.forgotten", subject: person, body: {}, about: ["desk:people"] });
}
