// What members vote of people: who is let in, and who sits on the board.
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope } from "../../platform/scope.ts";
import { electedBoard, endRole, giveRole, heldBoard, nowElected } from "../store/roles.ts";
import { letIn } from "./members.ts";

/** Admits whom the members let in, as the board would. */
export const admitByVote = async (scope: Scope, member: Id): Promise<void> => letIn(scope, member);

/** Makes these people the board: the seats members elected decide, and beside them at most the founders, whom nobody elected. */
export async function seatBoard(scope: Scope, people: readonly Id[], founders: "foundersStay" | "foundersLeave"): Promise<void> {
  const before = await heldBoard(scope);
  const leaving = founders === "foundersStay" ? await electedBoard(scope) : before;
  for (const person of leaving.filter((each) => !people.includes(each))) {
    await endRole(scope, person, "board");
    scope.emit({ type: "role.ended", subject: person, body: { role: "board", by: null }, about: ["desk:people"] });
  }
  for (const person of people.filter((each) => !before.includes(each))) {
    await giveRole(scope, person, "board", null);
    scope.emit({ type: "role.given", subject: person, body: { role: "board", by: null }, about: ["desk:people"] });
  }
  if (people.length > 0) await nowElected(scope, people);
}
