// What actors of ours proved, in SQL: the bytes that were signed, shown at their own address to whom they are for.
import type { Iri } from "@partcommune/federation/iri";
import { audienceIncludes } from "@partcommune/federation/standing";
import type { Scope, View } from "../../platform/scope.ts";
import type { Reader } from "../index.ts";

export type Signed = { readonly iri: Iri; readonly actor: Iri; readonly bytes: Buffer; readonly audience: readonly Iri[] };

/** Keeps what was proved, in place of what stood at its address. */
export async function saveSigned({ tx, now: at }: Scope, { iri, audience, ...told }: Signed): Promise<void> {
  const kept = { ...told, audience: [...audience], at };
  await tx
    .insertInto("federation.signed")
    .values({ iri, ...kept })
    .onConflict((conflict) => conflict.column("iri").doUpdateSet(kept))
    .execute();
}

/** What stood at this address is gone, for good. */
export async function forgetSigned({ tx, now: at }: Scope, iri: Iri): Promise<void> {
  await tx.updateTable("federation.signed").set({ bytes: null, at }).where("iri", "=", iri).execute();
}

/** The bytes at an address of ours, for who may read them; `gone` when there were any. */
export async function signedAt({ db, origin }: View, iri: Iri, reader: Reader): Promise<Buffer | "gone" | undefined> {
  const row = await db.selectFrom("federation.signed").select(["bytes", "audience"]).where("iri", "=", iri).executeTakeFirst();
  if (!row || !isFor(row.audience, reader, origin)) return undefined;
  return row.bytes ?? "gone";
}

/** Whether a reader is among those whom a thing is for. Who follows the coop itself are its sisters. */
export function isFor(audience: readonly Iri[], reader: Reader, ours: string): boolean {
  if (reader !== "anybody" && reader.host !== undefined && audience.includes(`${ours}/actor/followers`)) return true;
  return audienceIncludes(audience, reader);
}
