// The verbs of blocking: an officer ends at once all that passes between a coop and ours, alone or by a list, and lets it pass again.
import { CsvError } from "csv-parse";
import { parse } from "csv-parse/sync";
import type * as api from "@partcommune/shared/federation/api/blocking";
import { blockedFrom, listOf, type ListRow } from "@partcommune/shared/federation/rules/block";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { refuse } from "@partcommune/shared/platform/refusal";
import { found, Refused, refuseUnless } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import type { File } from "../../platform/doors.ts";
import * as store from "../store/blocks.ts";
import { hostAt } from "../store/hosts.ts";
import { heldTreaty, moveTreaty } from "../store/treaties.ts";
import { aboutSisters, partyOf } from "./treaties.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

const about: readonly string[] = ["neighbours", ...aboutSisters];

export const blockHost: Act<typeof api.blockHost> = async (scope, { host, reason }) => {
  const origin = found(await store.originOfHost(scope, host));
  refuseUnless(await blocked(scope, { host, origin, reason }), "host-blocked");
  return {};
};

type Block = { readonly host: Id; readonly origin: string; readonly reason: string };

/** Blocks a coop, with which a treaty then rests; false where it was blocked already. */
async function blocked(scope: Scope, { host, origin, reason }: Block): Promise<boolean> {
  if (!(await store.saveBlock(scope, host, reason))) return false;
  scope.emit({ type: "host.blocked", subject: host, body: { origin }, about });
  const treaty = await heldTreaty(scope, host);
  if (treaty?.state === "active" && (await moveTreaty(scope, treaty, "pause", { reason })))
    scope.emit({ type: "treaty.paused", subject: treaty.id, body: partyOf(treaty), about: [...aboutSisters] });
  return true;
}

export const unblockHost: Act<typeof api.unblockHost> = async (scope, { host }) => {
  const origin = found(await store.originOfHost(scope, host));
  refuseUnless(await store.endBlock(scope, host), "host-not-blocked");
  scope.emit({ type: "host.unblocked", subject: host, body: { origin }, about });
  return {};
};

export const takeBlocked: Act<typeof api.takeBlocked> = async (scope, { list }) => {
  const named = blockedFrom(rowsOf(list), scope.origin, scope.origin.startsWith("http:"));
  if ("no" in named) throw new Refused(named.no);
  let count = 0;
  for (const { origin, reason } of named.all) {
    const host = await hostAt(scope.tx, origin, { id: scope.id(), now: scope.now });
    if (await blocked(scope, { host, origin, reason })) count += 1;
  }
  return { blocked: count, known: named.all.length - count };
};

type Parsed = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

/** The rows of a list as spreadsheets write them. */
function rowsOf(list: string): readonly ListRow[] {
  try {
    const options = { bom: true, info: true, delimiter: [",", ";"], relax_column_count: true, skip_empty_lines: true };
    return (parse(list, options) as unknown as readonly Parsed[]).map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Refused(refuse("block-list-unreadable", { line: Number(error["lines"] ?? 1) }));
  }
}

/** The list of who is blocked, as others can take it over. */
export const printBlocked = async (all: readonly store.BlockedHost[]): Promise<File> => ({
  name: "blocked.csv",
  bytes: Buffer.from(listOf(all)),
});
