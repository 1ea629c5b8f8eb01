// The verbs of stating: what we say to a sister is kept in the act that says it, and signed and sent after that.
import { createHash } from "node:crypto";
import { statementText, type StatementType } from "@partcommune/federation/statement";
import type { Id } from "@partcommune/shared/platform/id";
import type { JsonObject } from "@partcommune/shared/platform/json";
import { millisecondsOf } from "@partcommune/shared/platform/time";
import type { Scope } from "../../platform/scope.ts";
import { saveOurs } from "../store/statements.ts";

/** What was stated: its address, and the hash of its words. */
export type Stated = { readonly jti: string; readonly sha256: string };

export const hashOfText = (text: string): string => createHash("sha256").update(text).digest("hex");

/** States something to a coop. It leaves after the commit, under the signature of ours. */
export async function state(
  scope: Scope,
  to: { readonly host: Id; readonly origin: string },
  type: StatementType,
  words: JsonObject,
): Promise<Stated> {
  const id = scope.id();
  const jti = `${scope.origin}/statements/${id}`;
  const iat = Math.floor(millisecondsOf(scope.now) / 1_000);
  const payload = statementText({ v: 1, iss: `${scope.origin}/actor`, aud: `${to.origin}/actor`, iat, jti, ...words });
  const sha256 = hashOfText(payload);
  await saveOurs(scope, { id, host: to.host, type, jti, payload, sha256 });
  scope.emit({ type: "statement.made", subject: id, body: { host: to.host }, about: [] });
  return { jti, sha256 };
}
