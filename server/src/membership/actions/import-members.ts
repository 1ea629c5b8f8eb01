// Lists of members: each row is a person with a membership as it stood elsewhere, and walks the same steps here.
import { ImportedMember, type StageBrought } from "@partcommune/shared/membership/api/import";
import { objectionToTakingBack } from "@partcommune/shared/membership/rules";
import { startOfDay } from "@partcommune/shared/platform/calendar";
import type { Id } from "@partcommune/shared/platform/id";
import type { z } from "zod";
import { faultAt } from "../../platform/imports/bring.ts";
import { importable, type Bringing, type Brought } from "../../platform/imports/kind.ts";
import { doneByPeople } from "../../platform/imports/store.ts";
import { found, refuseIf } from "../../platform/refused.ts";
import type { Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { openBranchNamed } from "../store/branches.ts";
import * as endings from "../store/endings.ts";
import { memberOf, membershipOf } from "../store/members.ts";
import { personByEmail } from "../store/people.ts";
import { forgetBrought } from "./forget.ts";
import { inviteIn } from "./invite.ts";
import { endedBy } from "./leaving.ts";
import { admitMember, applyFor, confirmMember, shareWasPaid } from "./members.ts";
import { welcome } from "./sessions.ts";

type Row = z.output<typeof ImportedMember>;
type Step = (scope: Scope, member: Id, branch: Id | undefined) => Promise<unknown>;

/** What leads on from stage to stage, as the board and the treasurers do it. */
const steps: readonly (readonly [to: StageBrought, step: Step])[] = [
  ["trial", (scope, member, branch) => admitMember(scope, { member, ...(branch === undefined ? {} : { branch }) })],
  ["member", (scope, member) => confirmMember(scope, { member })],
  ["associate", (scope, member) => shareWasPaid(scope, member)],
];

/** Enters a person and walks their membership to its stage, as of the day they had it. Who is a member here already is left alone. */
async function bring(scope: Scope, row: Row, { invite }: Bringing): Promise<Brought> {
  const { name, email, language, stage, status, trade } = row;
  const known = await personByEmail(scope.tx, email);
  const member = known && (await memberOf(scope, known.id));
  if (member !== undefined) return { subject: member, brought: false };
  const [then, branch] = [await asOf(scope, row), await branchOf(scope, row)];
  const person = known?.id ?? (await welcome(scope, { name, email, language, confirmed: false }));
  const id = await applyFor(then, person, { status, trade });
  const reached = steps.findIndex(([to]) => to === stage);
  for (const [, step] of steps.slice(0, reached + 1)) await step(then, id, branch);
  if (invite && !known) await inviteIn(scope, { name, email, language });
  return { subject: id, brought: true };
}

/** The same act as of the day the membership is from. The facts are dated by the act itself. */
async function asOf(scope: Scope, { since }: Row): Promise<Scope> {
  const { zone } = await bookOf(scope.tx);
  const now = startOfDay(since, zone);
  if (now > scope.now) throw faultAt("since", "a day that has been");
  return { ...scope, now };
}

async function branchOf(scope: Scope, { branch: name }: Row): Promise<Id | undefined> {
  if (name === undefined) return undefined;
  const branch = await openBranchNamed(scope, name);
  if (branch === undefined) throw faultAt("branch", "the name of a branch that is open; nothing: the coop's first");
  return branch;
}

async function holds(scope: Scope, member: Id, run: Id): Promise<string | undefined> {
  const { person } = found(await membershipOf(scope, member));
  if (await endings.cameInSince(scope, person, run)) return "the person has signed in";
  const done = await doneByPeople(scope, [member]);
  return done === undefined ? undefined : `somebody has acted on it since (${done})`;
}

async function takeBack(scope: Scope, member: Id, run: Id): Promise<void> {
  const membership = found(await membershipOf(scope, member));
  refuseIf(objectionToTakingBack(membership));
  await endedBy(scope, member, "takeBack");
  scope.emit({ type: "member.takenBack", subject: member, body: {}, about: ["desk:members", "desk:people", `member:${member}`] });
  await forgetBrought(scope, membership.person, run);
}

export const importedMembers = importable({
  kind: "members",
  row: ImportedMember,
  keyOf: ({ email }) => email,
  bring,
  columnOf: { "branch-closed": "branch" },
  holds,
  takeBack,
});
