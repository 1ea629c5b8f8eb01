// What members vote of people: who is let in, and who sits on the board.
import { objectionToAdmission } from "@partcommune/shared/membership/rules";
import type { Id } from "@partcommune/shared/platform/id";
import { found, refuseIf } from "../../platform/refused.ts";
import type { Scope } from "../../platform/scope.ts";
import { admit, membershipOf } from "../store/members.ts";
import { endRole, giveRole, heldBoard, nowElected } from "../store/roles.ts";
import { placeMember } from "./branches.ts";

/** Admits an applicant whom the members let in; the board is not asked. */
export async function admitByVote(scope: Scope, member: Id): Promise<void> {
  refuseIf(objectionToAdmission(found(await membershipOf(scope, member)), null));
  await admit(scope, member);
  await placeMember(scope, member, undefined);
  scope.emit({ type: "member.admitted", subject: member, body: { by: null }, about: ["desk:members", `member:${member}`] });
}

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
