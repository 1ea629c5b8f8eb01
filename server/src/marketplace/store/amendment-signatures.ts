// Signatures under changes of signed work in SQL: one of the client, and one of each who does the work.
import type { Side } from "@partcommune/shared/marketplace/rules/engagement";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope, View } from "../../platform/scope.ts";

/** Who of those who do the work has signed these changes. */
export async function signersIn({ db }: Pick<View, "db">, amendments: readonly Id[]): Promise<readonly Signer[]> {
  if (amendments.length === 0) return [];
  return db.selectFrom("marketplace.amendment_signature").select(["amendment", "member"]).where("amendment", "in", amendments).execute();
}

export type Signer = { readonly amendment: Id; readonly member: Id };

/** Keeps the signature of one who does the work. True for exactly one caller. */
export async function signAmendmentPart({ tx, now }: Scope, amendment: Id, member: Id): Promise<boolean> {
  const signed = await tx
    .insertInto("marketplace.amendment_signature")
    .values({ amendment, member, at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return signed.numInsertedOrUpdatedRows === 1n;
}

/** Keeps one side's signature and, with the second one, that it is signed. True for exactly one caller. */
export async function saveAmendmentSignature({ tx, now }: Scope, id: Id, side: Side, signer: Id, isLast: boolean): Promise<boolean> {
  const signature = side === "client" ? { client_signer: signer, client_signed_at: now } : { member_signed_at: now };
  const saved = await tx
    .updateTable("marketplace.amendment")
    .set({ ...signature, ...(isLast ? { signed_at: now, ended_at: now, outcome: "signed" } : {}) })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .where(side === "client" ? "client_signed_at" : "member_signed_at", "is", null)
    .executeTakeFirst();
  return saved.numUpdatedRows === 1n;
}

/** Who signed a change for the client. */
export const clientSignerOf = async ({ tx }: Scope, amendment: Id): Promise<Id | null> =>
  (await tx.selectFrom("marketplace.amendment").select("client_signer").where("id", "=", amendment).executeTakeFirstOrThrow())
    .client_signer;
