// Sealing the book: what is sealed can no longer change without the root saying so.
import { rootOf } from "@partcommune/shared/platform/merkle";
import type { Scope } from "../../platform/scope.ts";
import type { Reading } from "../store/ledger.ts";
import * as store from "../store/seal.ts";

/** Entries of one batch at most: a proof in it is 13 hashes long at most. */
const mostInBatch = 5_000;

export type Sealing = { readonly sealed: number; readonly more: boolean };

/** Seals the entries that are not sealed yet, one batch of them. Who comes while another seals does nothing. */
export async function sealEntries(scope: Pick<Scope, "tx" | "now" | "reach">): Promise<Sealing> {
  if (!(await store.takeSealing(scope))) return { sealed: 0, more: false };
  const entries = await store.unsealed(scope, mostInBatch);
  if (entries.length === 0) return { sealed: 0, more: false };
  const leaves = entries.map(store.leafOf);
  scope.reach("seal-reckoned");
  await store.saveBatch(
    scope,
    entries.map(({ entry }) => entry),
    leaves,
    rootOf(leaves, store.sha256),
  );
  scope.reach("sealed");
  return { sealed: entries.length, more: entries.length === mostInBatch };
}

/** What does not verify: an entry that differs from its seal, or a batch whose root is not its leaves'. */
export type Broken = { readonly batch: bigint; readonly position?: bigint; readonly key?: string };

/** Reckons every seal again from the rows and names the first that differs; undefined when the book is as it was sealed. */
export async function firstBrokenSeal(view: Reading): Promise<Broken | undefined> {
  let next = 1n;
  for (const batch of await store.batches(view)) {
    const entries = await store.sealedIn(view, batch);
    for (const entry of entries) {
      const { position, key, leaf } = entry;
      if (position !== next || !leaf.equals(store.leafOf(entry))) return { batch: batch.batch, position, key };
      next += 1n;
    }
    const root = rootOf(
      entries.map(({ leaf }) => leaf),
      store.sha256,
    );
    if (next !== batch.to + 1n || !batch.root.equals(root)) return { batch: batch.batch };
  }
  return undefined;
}
