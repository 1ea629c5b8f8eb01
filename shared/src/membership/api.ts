// What can be asked about people: signing in, organisations that hire, and memberships.
import { z } from "zod";
import { DayJson, EmailText, IdText, InstantJson, Line, listOf, Nothing, pageOfList, Text } from "../platform/api.ts";
import { roles, buyerRoles } from "../platform/actor.ts";
import { endpoint } from "../platform/endpoint.ts";
import { languages } from "../platform/page.ts";
import { stages, statuses } from "./rules.ts";

/** A code opens few doors a minute from one address; a person needs one. */
const codeTriesPerMinute = 20;

export const askToSignUp = endpoint({
  does: "Ask for a code by mail, to become known here. The answer is the same whether or not the address is known already.",
  method: "POST",
  path: "/api/v1/sign-ups",
  who: "anyone",
  status: 202,
  perMinute: codeTriesPerMinute,
  input: z.strictObject({ name: Line(80), email: EmailText, language: z.enum(languages) }),
  answer: Nothing,
  refusals: ["too-many-codes", "not-founded"],
});

export const askToSignIn = endpoint({
  does: "Ask for a code by mail, to sign in. The answer is the same whether or not the address is known.",
  method: "POST",
  path: "/api/v1/sign-ins",
  who: "anyone",
  status: 202,
  perMinute: codeTriesPerMinute,
  input: z.strictObject({ email: EmailText, language: z.enum(languages) }),
  answer: Nothing,
  refusals: ["too-many-codes", "not-founded"],
});

export const openSession = endpoint({
  does: "Open a session with the mailed code. It can be used once, for 15 minutes.",
  method: "POST",
  path: "/api/v1/sessions",
  who: "anyone",
  status: 201,
  session: "opens",
  perMinute: codeTriesPerMinute,
  input: z.strictObject({ email: EmailText, code: z.string().max(40) }),
  answer: Nothing,
  refusals: ["code-wrong"],
});

export const closeSession = endpoint({
  does: "End this session, on every open page of it.",
  method: "DELETE",
  path: "/api/v1/sessions/current",
  who: "person",
  session: "closes",
  input: z.strictObject({}),
  answer: Nothing,
});

export const closeSessions = endpoint({
  does: "End every session of one's own, on every device.",
  method: "DELETE",
  path: "/api/v1/sessions",
  who: "person",
  session: "closes",
  input: z.strictObject({}),
  answer: Nothing,
});

const BranchHeld = z.object({ id: IdText, name: z.string() });

export const Me = z.object({
  id: IdText,
  name: z.string(),
  email: z.string(),
  roles: z.array(z.enum(roles)),
  stage: z.enum(stages).optional(),
  member: IdText.optional().meta({ description: "one's membership; absent for whoever never applied" }),
  branch: BranchHeld.optional().meta({ description: "the branch one is in today; absent for whoever is no member" }),
  adviser: z.string().optional().meta({ description: "who follows one here" }),
  buysFor: z.array(z.object({ client: IdText, name: z.string(), role: z.enum(buyerRoles) })),
  /** How many passkeys they have here. */
  passkeys: z.int(),
  /** Whether they set a password. */
  password: z.boolean(),
});

export const readMe = endpoint({
  does: "Say who is signed in and what they are here; nobody for a visitor.",
  method: "GET",
  path: "/api/v1/me",
  who: "anyone",
  input: z.strictObject({}),
  answer: z.object({ person: Me.optional() }),
});

/** What the coop must know of an organisation to invoice it. */
export const ClientText = {
  name: Line(120),
  country: z.string().regex(/^[A-Z]{2}$/),
  vatNumber: z
    .string()
    .regex(/^[A-Z]{2}[0-9A-Z]{2,13}$/)
    .optional(),
  street: Line(120),
  postcode: Line(12),
  town: Line(80),
};

export const foundClient = endpoint({
  does: "Found an organisation that can post jobs; whoever founds it owns it.",
  method: "POST",
  path: "/api/v1/clients",
  who: "person",
  status: 201,
  input: z.strictObject(ClientText),
  answer: z.object({ id: IdText, name: z.string() }),
  refusals: ["client-already", "vat-number-wrong"],
});

const { country: _country, ...described } = ClientText;

export const describeClient = endpoint({
  does: "Say what stands on an organisation's invoices from now on; those that were issued stay as they are. In another country it would be another organisation to the tax office.",
  method: "POST",
  path: "/api/v1/clients/:client/description",
  who: "person",
  input: z.strictObject({
    client: IdText,
    ...described,
    buyerReference: Line(60)
      .optional()
      .meta({ description: "an order number, or the Leitweg-ID of a German public body (EN 16931, BT-10); absent: ours" }),
  }),
  answer: Nothing,
  refusals: ["owner-needed", "vat-number-wrong"],
});

export const applyAsMember = endpoint({
  does: "Apply for membership: by which legal status one wants to work, and in which trade. The board decides.",
  method: "POST",
  path: "/api/v1/members",
  who: "person",
  status: 201,
  input: z.strictObject({ status: z.enum(statuses), trade: Line(80) }),
  answer: z.object({ id: IdText }),
  refusals: ["member-already"],
});

export const listApplicants = endpoint({
  does: "List who waits for admission, oldest first, and after them whom the board refused.",
  method: "GET",
  path: "/api/v1/members/applicants",
  who: ["board"],
  input: z.strictObject({}),
  answer: listOf(
    z.object({
      id: IdText,
      name: z.string(),
      trade: z.string(),
      status: z.enum(statuses),
      appliedAt: InstantJson,
      refusedBecause: z.string().optional(),
    }),
  ),
});

export const refuseApplicant = endpoint({
  does: "Refuse an application, and say why: the applicant reads it, and may ask the members. Nobody refuses themselves.",
  method: "POST",
  path: "/api/v1/members/:member/refusal",
  who: ["board"],
  input: z.strictObject({ member: IdText, because: Text(2_000, 1) }),
  answer: Nothing,
  refusals: ["own-admission", "not-in-this-state"],
});

export const admitMember = endpoint({
  does: "Admit an applicant to the trial: from now on they may bid. They are in the coop's first branch unless another is named. Nobody admits themselves.",
  method: "POST",
  path: "/api/v1/members/:member/admission",
  who: ["board"],
  input: z.strictObject({ member: IdText, branch: IdText.optional() }),
  answer: Nothing,
  refusals: ["own-admission", "not-in-this-state", "branch-closed"],
});

export const confirmMember = endpoint({
  does: "End a trial with a membership. Nobody confirms themselves.",
  method: "POST",
  path: "/api/v1/members/:member/confirmation",
  who: ["board"],
  input: z.strictObject({ member: IdText }),
  answer: Nothing,
  refusals: ["own-confirmation", "not-in-this-state", "role-needed"],
});

/** An organisation as those see it who buy for it. */
export const ClientCard = z.object({
  id: IdText,
  name: z.string(),
  country: z.string(),
  vatNumber: z.string().optional(),
  street: z.string(),
  postcode: z.string(),
  town: z.string(),
  buyerReference: z.string().optional().meta({ description: "what it wants to find its invoices by" }),
  blockedReason: z.string().optional(),
  role: z.enum(buyerRoles),
});

export const listMyClients = endpoint({
  does: "List the organisations one buys for, with one's part in each.",
  method: "GET",
  path: "/api/v1/clients/mine",
  who: "person",
  input: z.strictObject({}),
  answer: listOf(ClientCard),
});

export const listPeople = endpoint({
  does: "List the people of the coop with their roles, in the order they became known.",
  method: "GET",
  path: "/api/v1/people",
  who: ["board"],
  input: z.strictObject(pageOfList),
  answer: listOf(
    z.object({
      id: IdText,
      name: z.string(),
      email: z.string(),
      roles: z.array(z.enum(roles)),
      stage: z.enum(stages).optional(),
      leavingAt: InstantJson.optional().meta({ description: "of whoever is leaving: since when" }),
      member: IdText.optional(),
      branch: BranchHeld.optional(),
      adviser: z.string().optional().meta({ description: "who follows them" }),
      employed: z.boolean().meta({ description: "paid through payroll" }),
      move: BranchHeld.extend({ from: DayJson }).optional().meta({ description: "the next branch, from that day on" }),
    }),
  ),
});

export const giveRole = endpoint({
  does: "Give a person a role; it works from their next request on. Nobody gives a role to themselves.",
  method: "POST",
  path: "/api/v1/people/:person/roles",
  who: ["board"],
  status: 201,
  input: z.strictObject({ person: IdText, role: z.enum(roles) }),
  answer: Nothing,
  refusals: ["own-role", "board-elected", "role-held", "role-needed"],
});

export const endRole = endpoint({
  does: "End a person's role; it is gone at their next request. The last person on the board stays.",
  method: "POST",
  path: "/api/v1/people/:person/role-endings",
  who: ["board"],
  status: 201,
  input: z.strictObject({ person: IdText, role: z.enum(roles) }),
  answer: Nothing,
  refusals: ["last-board", "board-elected", "role-not-held", "role-needed"],
});
