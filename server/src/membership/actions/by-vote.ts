// What members vote of people: who sits on the board.
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope } from "../../platform/scope.ts";
import { endRole, giveRole, heldBoard, nowElected } from "../store/roles.ts";

/** Makes these people the board, and nobody else: the seats members elected decide, not what roles were given before. */
export async function seatBoard(scope: Scope, people: readonly Id[]): Promise<void> {
  const before = await heldBoard(scope);
  for (const person of before.filter((each) => !people.includes(each))) {
    await endRole(scope, person, "board");
    scope.emit({ type: "role.ended", subject: person, body: { role: "board", by: null }, about: ["desk:people"] });
  }
  for (const person of people.filter((each) => !before.includes(each))) {
    await giveRole(scope, person, "board", null);
    scope.emit({ type: "role.given", subject: person, body: { role: "board", by: null }, about: ["desk:people"] });
  }
  if (people.length > 0) await nowElected(scope, people);
}
