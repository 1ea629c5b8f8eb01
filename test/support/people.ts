// People of a test, made through the public doors alone: by code, by form, by the board.
import {
  admitMember,
  applyAsMember,
  askToSignIn,
  askToSignUp,
  confirmMember,
  foundClient,
  giveRole,
  listPeople,
  openSession,
} from "@partcommune/shared/membership/api";
import type { Role } from "@partcommune/shared/platform/actor";
import type { Caller, TestCoop } from "./coop.ts";
import { atelierCommun } from "./founding.ts";
import { foundCoop } from "@partcommune/shared/governance/api";

/** The founder of a coop, signed in: operator and board. */
export async function founder(coop: TestCoop, wish: Partial<typeof atelierCommun> = {}): Promise<Caller> {
  const caller = coop.someone();
  await caller.call(foundCoop, { ...atelierCommun, ...wish });
  return caller;
}

/** The code in the newest letter to an address. */
export function codeFor(coop: TestCoop, email: string): string {
  const letter = coop.mails.findLast(({ to }) => to === email);
  const code = /[2-9B-DF-HJ-NP-TV-Z]{5} [2-9B-DF-HJ-NP-TV-Z]{5}/.exec(letter?.text ?? "");
  if (!code) throw new Error(`no code was sent to ${email}`);
  return code[0];
}

export const addressOf = (name: string): string => `${name.toLowerCase().replaceAll(" ", ".")}@people.example`;

/** Somebody who signed up with a mailed code; `from`: the address they knock at, where many come at once. */
export async function signedUp(coop: TestCoop, name: string, from?: () => string): Promise<Caller> {
  const caller = coop.someone(from);
  const email = addressOf(name);
  await caller.call(askToSignUp, { name, email, language: "en" });
  await coop.settle();
  await caller.call(openSession, { email, code: codeFor(coop, email) });
  return caller;
}

/** The same person some weeks later, when their session has ended. */
export async function signInAgain(coop: TestCoop, caller: Caller, name: string): Promise<void> {
  const email = addressOf(name);
  await caller.call(askToSignIn, { email, language: "en" });
  await coop.settle();
  await caller.call(openSession, { email, code: codeFor(coop, email) });
}

export const organisation = { name: "Musée du Canal", country: "BE", street: "Quai 1", postcode: "1000", town: "Bruxelles" };

/** A person who owns an organisation. */
export async function clientOwner(
  coop: TestCoop,
  name: string,
  from?: () => string,
): Promise<{ readonly caller: Caller; readonly client: string }> {
  const caller = await signedUp(coop, name, from);
  return { caller, client: (await caller.call(foundClient, { ...organisation, name: `${name} SA` })).body.id };
}

/** A person who applied for membership. */
export async function applicant(coop: TestCoop, name: string): Promise<{ readonly caller: Caller; readonly member: string }> {
  const caller = await signedUp(coop, name);
  return { caller, member: (await caller.call(applyAsMember, { status: "invoiced", trade: "translation" })).body.id };
}

/** A member on trial: applied, and admitted by the board. */
export async function trialMember(coop: TestCoop, board: Caller, name: string): Promise<Caller> {
  const { caller, member } = await applicant(coop, name);
  await board.call(admitMember, { member });
  return caller;
}

/** A member: admitted to the trial and confirmed by the board. */
export async function confirmedMember(
  coop: TestCoop,
  board: Caller,
  name: string,
): Promise<{ readonly caller: Caller; readonly member: string }> {
  const { caller, member } = await applicant(coop, name);
  await board.call(admitMember, { member });
  await board.call(confirmMember, { member });
  return { caller, member };
}

/** The id of a person, as the board reads it. */
export async function personNamed(board: Caller, name: string): Promise<string> {
  const { items } = (await board.call(listPeople, { limit: 200 })).body;
  const person = items.find((each) => each.name === name);
  if (!person) throw new Error(`nobody is called ${name}`);
  return person.id;
}

/** Somebody whom the board gave a role. */
export async function withRole(coop: TestCoop, board: Caller, name: string, role: Role): Promise<Caller> {
  const caller = await signedUp(coop, name);
  await board.call(giveRole, { person: await personNamed(board, name), role });
  return caller;
}
