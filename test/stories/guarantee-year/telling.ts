// How the people of a year ask: a door that does not open ends the year.
import type { AskedOf, Endpoint, ToldOf } from "@partcommune/shared/platform/endpoint";
import type { Caller } from "../../support/coop.ts";

export async function told<E extends Endpoint>(caller: Caller, endpoint: E, input: AskedOf<E>): Promise<ToldOf<E>> {
  const { body, problem, text } = await caller.call(endpoint, input);
  if (problem) throw new Error(`${endpoint.method} ${endpoint.path}: ${text}`);
  return body;
}
