// A lot is opened: the pool is published under one hash, with the hash of the server's own seed, before anybody gives theirs.
import { commitDays } from "@partcommune/shared/governance/rules/draw";
import { commitmentOf, poolRootOf } from "@partcommune/shared/governance/rules/lot";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope } from "../../platform/scope.ts";
import { saveDraw } from "../store/lots.ts";
import { inDays } from "./proposals.ts";

export const aboutLot = (lot: Id, panel: Id): readonly string[] => ["panels", `lot:${lot}`, `panel:${panel}`];

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const asId = (text: string): Id => text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** Opens a draw among these people for a panel: the first, or another after one that is void. */
export async function openDraw(scope: Scope, panel: Id, people: readonly (Id | null)[], attempt: number): Promise<void> {
  const pool = people.map((person) => ({ entry: asId(hex(scope.random(16))), person }));
  const serverSeed = hex(scope.random(32));
  const poolRoot = poolRootOf(pool.map(({ entry }) => entry));
  const commitUntil = await inDays(scope, commitDays);
  const lot = await saveDraw(scope, { panel, attempt, pool, poolRoot, serverSeed, serverHash: commitmentOf(serverSeed), commitUntil });
  scope.emit({ type: "lot.opened", subject: lot, body: { panel, poolRoot }, about: aboutLot(lot, panel) });
}
