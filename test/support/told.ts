// A call that must be answered: what it is told, or a failure that says what was asked.
import type { AskedOf, Endpoint, ToldOf } from "@partcommune/shared/platform/endpoint";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import type { Caller } from "./coop.ts";

/** What a door answers; a test ends where one does not open. */
export async function told<E extends Endpoint>(caller: Caller, endpoint: E, input: AskedOf<E>): Promise<ToldOf<E>> {
  const { body, problem, text } = await caller.call(endpoint, input);
  if (problem) throw new Error(`${endpoint.method} ${endpoint.path}: ${text}`);
  return body;
}

/** What somebody was told of things of a kind. */
export const heard = async (caller: Caller, kind: string): Promise<ReadonlySet<string>> =>
  new Set((await told(caller, listNotices, { limit: 200 })).items.filter((each) => each.kind === kind).map(({ subject }) => subject));
