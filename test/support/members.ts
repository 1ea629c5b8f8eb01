// A coop of associates who decide together: each applied, was let in, and paid a share through the public doors.
import type { Test } from "tap";
import {
  castVote,
  draftProposal,
  judgeProposal,
  publishProposal,
  readProposal,
  readVote,
  sponsorProposal,
} from "@partcommune/shared/governance/api";
import { admitMember, applyAsMember, askToSignIn, confirmMember, giveRole, openSession } from "@partcommune/shared/membership/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { dayMs, millisecondsOf } from "@partcommune/shared/platform/time";
import { proving } from "./authenticator.ts";
import { openCoop, type Caller, type TestCoop, type Wishes } from "./coop.ts";
import { atelierCommun } from "./founding.ts";
import { addressOf, codeFor, founder, personNamed, signedUp } from "./people.ts";
import { told } from "./told.ts";
import { bankBooked } from "./treasury.ts";

export type Associate = {
  readonly name: string;
  readonly caller: Caller;
  readonly member: string;
  readonly person: string;
  readonly email: string;
};
export type Members = {
  readonly coop: TestCoop;
  readonly board: Caller;
  readonly tess: Caller;
  readonly tom: Caller;
  readonly people: readonly Associate[];
};

type Wish = Parameters<typeof founder>[1];

const application = { status: "invoiced", trade: "translation" } as const;

/** Founds a coop of so many associates, the founder among them; the second and third are its treasurers. */
export async function founded(t: Pick<Test, "teardown">, names: readonly string[], wishes: Wishes = {}, wish: Wish = {}): Promise<Members> {
  return foundedIn(await openCoop(t, { settings: { poolSize: 30 }, now: "2026-02-02T09:00:00Z", ...wishes }), names, wish);
}

/** The same in a coop that is open already. */
export async function foundedIn(coop: TestCoop, names: readonly string[], wish: Wish = {}): Promise<Members> {
  const board = await founder(coop, wish);
  const callers = await Promise.all(
    names.slice(1).map(async (name, at) => proving(coop, await signedUp(coop, name, () => `10.2.0.${at}`))),
  );
  const all = [board, ...callers];
  const members = await Promise.all(all.map(async (caller) => (await told(caller, applyAsMember, application)).id));
  const named = ["Fanny Founder", ...names.slice(1)];
  const persons = await Promise.all(named.map((name) => personNamed(board, name)));
  const [, second = "", third = ""] = persons;
  await told(board, giveRole, { person: second, role: "board" });
  for (const person of [second, third]) await told(board, giveRole, { person, role: "treasurer" });
  const letIn = async (by: Caller, member: string): Promise<void> => {
    await told(by, admitMember, { member });
    await told(by, confirmMember, { member });
  };
  const [fanny = "", ...others] = members;
  await letIn(callers[0] ?? board, fanny);
  for (const member of others) await letIn(board, member);
  const [tess, tom] = [callers[0] ?? board, callers[1] ?? board];
  for (const member of members) await bankBooked({ coop, tess, tom }, { kind: "sharePaid", member }, "20.00");
  const people = named.map((name, at) => ({
    name,
    caller: all[at] ?? board,
    member: members[at] ?? "",
    person: persons[at] ?? "",
    email: at === 0 ? atelierCommun.founder.email : addressOf(name),
  }));
  return { coop, board, tess, tom, people };
}

/** What has fallen due is done, and what follows from that in the same moment; where nothing was, nothing follows. */
export async function catchUp(coop: TestCoop): Promise<void> {
  for (let step = 0; step < 4; step += 1) if ((await coop.keepTime()) === 0) break;
  await coop.settle();
}

/** Time passes, and everything that has fallen due is done: one step leads to the next. */
export async function days(coop: TestCoop, count: number): Promise<void> {
  coop.wait(count * dayMs);
  await catchUp(coop);
}

/** Waits until the vote on a proposal is announced: deliberated, judged or let through by silence. The vote. */
export async function announced(stage: Members, proposal: string): Promise<string> {
  const { coop, board } = stage;
  await days(coop, 14);
  await admitted(stage, proposal);
  await days(coop, 6);
  const { vote, state } = await told(board, readProposal, { proposal });
  if (vote === undefined) throw new Error(`${proposal} is ${state}`);
  return vote;
}

/** The same, and until it is open. */
export async function opened(stage: Members, proposal: string): Promise<string> {
  const { coop, board } = stage;
  const vote = await announced(stage, proposal);
  const { opensAt } = await told(board, readVote, { vote });
  coop.wait(millisecondsOf(opensAt) - millisecondsOf(coop.now()));
  await coop.keepTime();
  return vote;
}

/** Everybody comes in, or comes in again some weeks later. */
export async function backAgain(
  { coop }: Pick<Members, "coop">,
  people: readonly (Pick<Associate, "caller" | "email"> & Partial<Associate>)[],
): Promise<void> {
  for (const { caller, email } of people) await told(caller, askToSignIn, { email, language: "en" });
  await coop.settle();
  for (const { caller, email } of people) await told(caller, openSession, { email, code: codeFor(coop, email) });
}

type Payload = AskedOf<typeof draftProposal>["payload"];

/** A proposal that its author published and enough others put their name to. */
export async function carried({ people }: Members, author: number, title: string, payload: Payload, inAssembly = false): Promise<string> {
  const by = people[author]?.caller ?? people[0]!.caller;
  const { id: proposal } = await told(by, draftProposal, { title, text: `Why: ${title}.`, language: "en", payload, inAssembly });
  await told(by, publishProposal, { proposal });
  for (const { caller } of people) {
    const { state } = await told(caller, readProposal, { proposal });
    if (state !== "idea") break;
    await told(caller, sponsorProposal, { proposal });
  }
  return proposal;
}

/** The two who were asked say that it may be voted. */
export async function admitted({ people }: Members, proposal: string): Promise<void> {
  for (const { caller } of people) {
    const { mine } = await told(caller, readProposal, { proposal });
    if (mine.judge) await told(caller, judgeProposal, { proposal, admissible: true });
  }
}

/** These proposals are voted on one day, everybody says yes to each, and what passes is carried out. */
export async function voted(stage: Members, proposals: readonly string[]): Promise<void> {
  const { coop, people } = stage;
  await days(coop, 14);
  for (const each of proposals) await admitted(stage, each);
  await days(coop, 1);
  const votes: string[] = [];
  for (const proposal of proposals) votes.push((await told(coop.someone(), readProposal, { proposal })).vote ?? "");
  const { opensAt } = await told(coop.someone(), readVote, { vote: votes[0] ?? "" });
  coop.wait(millisecondsOf(opensAt) - millisecondsOf(coop.now()));
  await coop.keepTime();
  await backAgain(stage, people);
  for (const { caller } of people) for (const vote of votes) await told(caller, castVote, { vote, choice: "yes" });
  for (const pass of [10, 8, 1]) await days(coop, pass);
  await backAgain(stage, people);
}
