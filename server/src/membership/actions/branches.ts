// The verbs of branches: the board opens, names and closes them, and moves members from a day on.
import type * as api from "@partcommune/shared/membership/api/branches";
import {
  objectionToClosing,
  objectionToMove,
  objectionToOpening,
  objectionToRegion,
  objectionToRenaming,
  type Branch,
  type Tree,
} from "@partcommune/shared/membership/rules/branches";
import { placed } from "@partcommune/shared/membership/rules";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Day } from "@partcommune/shared/platform/time";
import { regionNamed } from "../../platform/calendar/store.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import * as branches from "../store/branches.ts";
import { membershipOf } from "../store/members.ts";
import { deciderOf } from "./asking-person.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

const desk = ["desk:branches", "desk:people"];

const today = async ({ tx, now }: Scope): Promise<Day> => dayOf(now, (await bookOf(tx)).zone);

const branchIn = (tree: Tree, id: Id): Branch => found(tree.find((branch) => branch.id === id));

/** The root: the coop itself, under its own name and country. */
export async function plantRoot(scope: Scope, root: { readonly name: string; readonly country: string }): Promise<void> {
  const { name, country } = root;
  const planted = { name, country, region: "", parent: null };
  const id = await branches.saveBranch(scope, { ...planted, openedOn: await today(scope) });
  scope.emit({ type: "branch.opened", subject: id, body: planted, about: desk });
}

/** Opens a branch under another. */
export const openBranch: Act<typeof api.openBranch> = async (scope, { region = "", ...asked }) => {
  const tree = await branches.heldTree(scope);
  refuseIf(objectionToOpening(tree, branchIn(tree, asked.parent), asked.name));
  await restingBy(scope, asked.country, region);
  const id = await branches.saveBranch(scope, { ...asked, region, openedOn: await today(scope) });
  scope.emit({ type: "branch.opened", subject: id, body: { ...asked, region }, about: desk });
  return { id };
};

/** Has the members of a branch rest on the days of a region too. Promises that were given keep the calendar they were reckoned by. */
export const setBranchRegion: Act<typeof api.setBranchRegion> = async (scope, { branch: id, region = "" }) => {
  const branch = branchIn(await branches.heldTree(scope), id);
  refuseUnless(branch.closedOn === null, "branch-closed");
  await restingBy(scope, branch.country, region);
  await branches.setRegion(scope, id, region);
  scope.emit({ type: "branch.regionSet", subject: id, body: { region }, about: desk });
  return {};
};

/** Refuses a region whose days are not kept. */
async function restingBy(scope: Scope, country: string, region: string): Promise<void> {
  const isKept = (await regionNamed(viewOf(scope), { country, region })) !== undefined;
  refuseIf(objectionToRegion(country, region, isKept));
}

/** Gives a branch another name. */
export const renameBranch: Act<typeof api.renameBranch> = async (scope, { branch, name }) => {
  const tree = await branches.heldTree(scope);
  refuseIf(objectionToRenaming(tree, branchIn(tree, branch), name));
  await branches.renameBranch(scope, branch, name);
  scope.emit({ type: "branch.renamed", subject: branch, body: { name }, about: desk });
  return {};
};

/** Closes a branch that is empty. */
export const closeBranch: Act<typeof api.closeBranch> = async (scope, { branch }) => {
  const day = await today(scope);
  const tree = await branches.heldTree(scope);
  refuseIf(objectionToClosing(tree, branchIn(tree, branch), await branches.membersFrom(scope, branch, day)));
  refuseUnless(await branches.closeBranch(scope, branch, day), "branch-closed");
  scope.emit({ type: "branch.closed", subject: branch, body: {}, about: desk });
  return {};
};

/** Moves a member from a day on. */
export const moveMember: Act<typeof api.moveMember> = async (scope, { member, branch, from }) => {
  const { stage } = found(await membershipOf(scope, member));
  refuseUnless(placed.includes(stage), "not-in-this-state", { state: stage });
  await placeMember(scope, member, branch, from);
  return {};
};

/** Puts a member into a branch from a day on; without one it is the root. */
export async function placeMember(scope: Scope, member: Id, branch: Id | undefined, wanted?: Day): Promise<void> {
  const by = deciderOf(scope);
  const day = await today(scope);
  const from = wanted ?? day;
  const last = await branches.lastPlace(scope, member);
  const to = found(await branches.openDoorOf(scope, branch));
  refuseIf(objectionToMove(last, to, from, day));
  await branches.place(scope, member, to.id, from);
  scope.emit({ type: "member.moved", subject: member, body: { branch: to.id, from, by }, about: [...desk, `member:${member}`] });
}
