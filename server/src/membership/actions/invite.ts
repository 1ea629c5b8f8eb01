// The letter that tells somebody they are known here and may come in.
import type { Language } from "@partcommune/shared/platform/page";
import { writeLetter } from "../../platform/letters.ts";
import { viewOf, type Scope } from "../../platform/scope.ts";
import { coopCard } from "../../platform/store.ts";

export type Invited = { readonly name: string; readonly email: string; readonly language: Language };

/** Writes to somebody whom a list brought; they come in by a code to the same address. */
export async function inviteIn(scope: Scope, { name, email, language }: Invited): Promise<void> {
  const { name: coop } = await coopCard(viewOf(scope));
  const params = { name, coop, email, link: `${scope.origin}/${language}/sign-in` };
  await writeLetter(scope, { to: email, language, kind: "invited", params });
}
