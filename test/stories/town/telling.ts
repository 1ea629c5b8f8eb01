// How the people of a town ask, a door that does not open ends the story; and how many of them act at once.
import { inTurns } from "@partcommune/server/platform/together";
import type { AskedOf, Endpoint, ToldOf } from "@partcommune/shared/platform/endpoint";
import type { Caller, TestCoop } from "../../support/coop.ts";

/** Whoever is told that the coop is busy says the same once more, as people do: on a computer with other work, eight at once wait for one series of numbers. */
export async function told<E extends Endpoint>(caller: Caller, endpoint: E, input: AskedOf<E>, patience = 5): Promise<ToldOf<E>> {
  const { body, problem, text } = await caller.call(endpoint, input);
  if (problem === "try-again" && patience > 0) return told(caller, endpoint, input, patience - 1);
  if (problem) throw new Error(`${endpoint.method} ${endpoint.path}: ${text}`);
  return body;
}

const atOnce = 8;

/** So many act at once: while one waits for the database another reckons. */
export const inTurn = inTurns(atOnce);

/** All facts are heard, by as many listeners at once. */
export const settled = async (coop: TestCoop): Promise<void> =>
  void (await Promise.all(Array.from({ length: atOnce }, () => coop.settle())));
