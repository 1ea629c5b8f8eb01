// An entry's seal as anybody can check it: the way from its leaf to the root of its batch, and from there to the newest signed head.
import type { SealShown } from "@partcommune/shared/money/rules/seal";
import { pathOf } from "@partcommune/shared/platform/merkle";
import { found } from "../../platform/refused.ts";
import { newestHead } from "../../platform/transparency/heads.ts";
import { hexOf, inclusionOf, leafAt, sha256 } from "../../platform/transparency/log.ts";
import type { Reading } from "../store/ledger.ts";
import { batchOfPosition, leavesIn, sealLog } from "../store/seal.ts";

/** The proof of the entry that was sealed at a place. */
export async function sealProof(view: Reading, position: number) {
  const { batch, from, to, root } = found(await batchOfPosition(view, position));
  const leaves = await leavesIn(view, { from, to });
  const path = pathOf(leaves, position - from, sha256).map(hexOf);
  return {
    position,
    batch,
    root,
    from,
    to,
    leaf: hexOf(found(leaves[position - from])),
    path,
    head: await headOver(view, batch),
  } satisfies SealShown;
}

async function headOver(view: Reading, batch: number) {
  const head = await newestHead(view, sealLog);
  if (!head || head.size < batch) return undefined;
  const leaf = Buffer.from(found(await leafAt(view, sealLog, batch - 1))).toString();
  return { ...head, leaf, path: (await inclusionOf(view, sealLog, batch - 1, head.size)).map(hexOf) };
}
