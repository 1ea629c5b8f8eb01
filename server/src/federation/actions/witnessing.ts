// The verbs of witnessing: once a day each sister is told how our book stands, keeps it, and says whether it continues what it kept; and we do so for each of them.
import type { Statement } from "@partcommune/federation/statement";
import { findingOn } from "@partcommune/shared/federation/rules/witness";
import type { Id } from "@partcommune/shared/platform/id";
import { found, refuseUnless } from "../../platform/refused.ts";
import type { Action, Scope, View } from "../../platform/scope.ts";
import { newestHead, readSignedHead, type SignedHead } from "../../platform/transparency/heads.ts";
import { consistencyIn, hexOf } from "../../platform/transparency/log.ts";
import { sealLog } from "../../money/index.ts";
import { openSisters, sisterOfHost } from "../store/sisters.ts";
import * as store from "../store/witnessed.ts";
import { state } from "./statements.ts";

/** The sisters that are to hear today how our book stands, and of which head. */
export async function headsToTell(view: View): Promise<readonly { readonly host: Id; readonly size: number }[]> {
  const head = await newestHead(view, sealLog);
  if (!head) return [];
  const told: { readonly host: Id; readonly size: number }[] = [];
  for (const { host } of await openSisters(view.db))
    if (!(await store.isToldToday(view, { host, log: sealLog }, head.size))) told.push({ host, size: head.size });
  return told;
}

/** Tells a sister the newest head of our book, with the proof that it continues the one that it keeps. */
export const tellHead: Action<{ readonly host: Id }, Record<string, never>> = async (scope, { host }) => {
  const kept = await store.newestKept(scope.tx, { host, ours: true, log: sealLog });
  const head = found(await newestHead({ db: scope.tx }, sealLog));
  await store.saveHead(scope, { host, ours: true, log: sealLog }, head, null);
  await sendHead(scope, host, head, kept?.size ?? 0);
  return {};
};

async function sendHead(scope: Scope, host: Id, { size, jws }: store.HeadKept, from: number): Promise<void> {
  const sister = found(await sisterOfHost(scope.tx, host));
  // A book that is shorter than what was kept of it has no proof; its witness finds that by itself.
  const proof = from <= size ? (await consistencyIn({ db: scope.tx }, sealLog, from, size)).map(hexOf) : [];
  await state(scope, sister, "tree-head", { head: jws, from, proof });
}

/** The head in a statement, signed by the coop at this origin for its book; anything else is unreadable. */
async function headIn(jws: string, origin: string): Promise<SignedHead["head"]> {
  const signed = await readSignedHead(jws);
  refuseUnless(signed !== undefined && signed.head.origin === origin && signed.head.log === sealLog, "statement-unreadable");
  return signed.head;
}

/** A sister says how its book stands: it is kept whatever it is, and answered. */
export async function hearHead(scope: Scope, host: Id, said: Statement<"tree-head">): Promise<void> {
  const sister = found(await sisterOfHost(scope.tx, host));
  const head = await headIn(said.head, sister.origin);
  const between = { host, ours: false, log: head.log };
  const [newest, same] = [await store.newestKept(scope.tx, between), await store.keptOfSize(scope.tx, between, head.size)];
  const finding = findingOn(head, said, { newest, same });
  if (finding === undefined) return;
  const wasForked = await store.isForked(scope.tx, between);
  await store.saveHead(scope, between, { ...head, jws: said.head }, finding);
  const { log, size, root } = head;
  const kept = same ?? newest;
  await state(scope, sister, "tree-witness", { log, size, root, finding, ...(kept ? { kept: kept.jws } : {}) });
  tellFound(scope, between, size, finding, wasForked);
}

/** A sister says what it found on a head of ours. Where it kept another than we thought, the proof from that one follows, once. */
export async function hearWitness(scope: Scope, host: Id, said: Statement<"tree-witness">): Promise<void> {
  const between = { host, ours: true, log: said.log };
  const told = await store.toldHead(scope.tx, between, said);
  if (!told) return;
  const wasForked = await store.isForked(scope.tx, between);
  if (!(await store.saveHead(scope, between, told, said.finding))) return;
  tellFound(scope, between, said.size, said.finding, wasForked);
  if (said.finding !== "unproven" || told.finding !== null || said.kept === undefined) return;
  await sendHead(scope, host, told, (await headIn(said.kept, scope.origin)).size);
}

function tellFound(scope: Scope, { host, ours }: store.Between, size: number, finding: string, wasForked: boolean): void {
  scope.emit({ type: "head.witnessed", subject: host, body: { ours, size }, about: ["sisters", "fund"] });
  // The board hears once that a book was rewritten; what comes of it afterwards is kept beside it.
  if (finding === "forked" && !wasForked)
    scope.emit({ type: "book.forked", subject: host, body: { ours, size }, about: ["sisters", "fund"] });
}
