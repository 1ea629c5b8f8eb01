// Statements on their way: ours is signed and told as it leaves, and a sister's is read, kept, and heard as what it says.
import { readStatement, statementMediaType, statementOf, statementText, type Read } from "@partcommune/federation/statement";
import { isObject } from "@partcommune/federation/read";
import type { Id } from "@partcommune/shared/platform/id";
import type { JsonObject } from "@partcommune/shared/platform/json";
import { millisecondsOf } from "@partcommune/shared/platform/time";
import { found, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Scope } from "../../platform/scope.ts";
import type { Heard } from "../index.ts";
import { provingKeyOf } from "../store/remote-actors.ts";
import * as store from "../store/statements.ts";
import { sisterOfHost } from "../store/sisters.ts";
import { hearAnswer, hearClaim } from "./claims.ts";
import { hearWithdrawal } from "./disputes.ts";
import { signerIn } from "./keys.ts";
import { hearRound } from "./netting.ts";
import { hashOfText } from "./statements.ts";
import { tell } from "./telling.ts";
import { hearHead, hearWitness } from "./witnessing.ts";

/** A statement as it travels, and as it stands at its address. */
export const statementDocument = (origin: string, { jti, type, jws }: Pick<store.Kept, "jti" | "type" | "jws">): JsonObject => ({
  id: jti,
  type: "Document",
  name: type,
  attributedTo: `${origin}/actor`,
  mediaType: statementMediaType,
  "pc:jws": jws,
});

/** Signs a statement of ours and tells it to the coop that it is for. */
export async function sendStatement(scope: Scope, id: Id): Promise<void> {
  const statement = found(await store.ourStatement(scope.tx, id));
  const sister = found(await sisterOfHost(scope.tx, statement.host));
  const signer = found(await signerIn(viewOf(scope), "actor", "ed25519"));
  const jws = await statementOf(statement.type, JSON.parse(statement.payload) as JsonObject, signer);
  await store.saveSignature(scope, id, jws);
  scope.emit({ type: "statement.signed", subject: id, body: { host: statement.host }, about: [] });
  await tell(scope, {
    actor: "actor",
    type: "Create",
    to: [`${sister.origin}/actor`],
    object: statementDocument(scope.origin, { ...statement, jws }),
  });
}

/** The signed words in an activity; undefined where it brings none. */
const wordsIn = ({ document }: Heard): string | undefined => {
  const object = document["object"];
  const jws = isObject(object) ? object["pc:jws"] : undefined;
  return typeof jws === "string" ? jws : undefined;
};

/** A coop stated something. What is not signed by its own key, for us and of now, or comes from no sister, is refused and said to be so. */
export async function hearStatement(scope: Scope, heard: Heard): Promise<void> {
  const jws = wordsIn(heard);
  if (jws === undefined) return;
  const { actor, host } = heard;
  const view = viewOf(scope);
  const sister = await sisterOfHost(scope.tx, host);
  const reading = {
    from: actor,
    to: `${scope.origin}/actor`,
    now: millisecondsOf(scope.now),
    keyOf: (key: string) => provingKeyOf(view, actor, key),
  };
  const read = sister && (await readStatement(jws, reading));
  refuseUnless(read !== undefined, "statement-unreadable");
  const payload = statementText(read.payload);
  const kept = { id: scope.id(), host, type: read.statement.typ, jti: read.statement.jti, payload, sha256: hashOfText(payload), jws };
  if (await store.saveTheirs(scope, kept)) await heardAs(scope, host, read, kept.sha256);
}

async function heardAs(scope: Scope, host: Id, { statement }: Read, sha256: string): Promise<void> {
  if (statement.typ === "settlement-claim") await hearClaim(scope, host, statement, sha256);
  if (statement.typ === "settlement-answer") await hearAnswer(scope, host, statement);
  if (statement.typ === "settlement-withdrawal") await hearWithdrawal(scope, host, statement);
  if (statement.typ === "netting-round") await hearRound(scope, host, statement);
  if (statement.typ === "tree-head") await hearHead(scope, host, statement);
  if (statement.typ === "tree-witness") await hearWitness(scope, host, statement);
}
