// Sealing the book: what is sealed can no longer change without the root saying so, nor the root without the log that others keep the heads of.
import { rootOf } from "@partcommune/shared/platform/merkle";
import type { Scope } from "../../platform/scope.ts";
import { appendTo, sha256 } from "../../platform/transparency/log.ts";
import * as store from "../store/seal.ts";

/** Entries of one batch at most: a proof in it is 13 hashes long at most. */
const mostInBatch = 5_000;

export type Sealing = { readonly sealed: number; readonly more: boolean };

/** Seals the entries that are not sealed yet, one batch of so many at most. Who comes while another seals does nothing. */
export async function sealEntries(scope: Pick<Scope, "tx" | "now" | "reach">, most = mostInBatch): Promise<Sealing> {
  if (!(await store.takeSealing(scope))) return { sealed: 0, more: false };
  const entries = await store.unsealed(scope, most);
  if (entries.length === 0) return { sealed: 0, more: false };
  const leaves = entries.map(store.leafOf);
  scope.reach("seal-reckoned");
  const ids = entries.map(({ entry }) => entry);
  const batch = await store.saveBatch(scope, ids, leaves, rootOf(leaves, sha256));
  await appendTo(scope, store.sealLog, Buffer.from(store.leafOfBatch(await store.bookSealed({ db: scope.tx }), batch)));
  scope.reach("sealed");
  return { sealed: entries.length, more: entries.length === most };
}
