// What can be asked about work for clients of one's own: declaring it, and signing its quote by the mailed link.
import { z } from "zod";
import { ClientText } from "../../membership/api.ts";
import { DayText, EmailText, IdText, InstantJson, Line, listOf, MoneyJson, Nothing, PositiveMoney, Text } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { languages } from "../../platform/page.ts";
import { engagementStates } from "../rules/engagement.ts";
import { Amendment } from "./amendment.ts";
import { Place, Plan, ServiceAsked } from "./plan.ts";

/** Nobody guesses 128 bits; whoever tries is slowed down all the same. */
const linkTriesPerMinute = 20;

export const declareWork = endpoint({
  does: "Declare work that a client of one's own has agreed to: it becomes a quote, and its client is mailed a link to sign it by, without an account.",
  method: "POST",
  path: "/api/v1/engagements",
  who: "member",
  status: 201,
  input: z.strictObject({
    client: z
      .union([
        z.strictObject({ id: IdText }),
        z.strictObject({ ...ClientText, contact: z.strictObject({ name: Line(80), email: EmailText, language: z.enum(languages) }) }),
      ])
      .meta({ description: "a client one has worked for, or a new one with the person who signs for it" }),
    title: Line(120, 3),
    text: Text(20_000, 1),
    place: Place.optional().meta({ description: "absent: the work is done remotely" }),
    startOn: DayText,
    endOn: DayText,
    price: PositiveMoney.meta({ description: "excl. VAT" }),
    milestones: Plan,
    service: ServiceAsked,
  }),
  answer: z.object({ engagement: IdText }),
  refusals: [
    "vat-number-wrong",
    "work-needs-membership",
    "work-while-leaving",
    "own-client",
    "client-blocked",
    "too-many-open-quotes",
    "currency-differs",
    "dates-reversed",
    "dates-past",
    "milestones-differ-from-price",
    "milestone-outside-dates",
    "below-wage-floor",
    "below-a-day",
    "service-taxed-alike",
  ],
});

export const listOwnClients = endpoint({
  does: "List the clients one has worked for: those that signed a quote of one's own.",
  method: "GET",
  path: "/api/v1/my/clients",
  who: "member",
  input: z.strictObject({}),
  answer: listOf(z.object({ id: IdText, name: z.string(), town: z.string(), country: z.string() })),
});

const byLink = {
  token: z
    .string()
    .regex(/^[\w-]{22}$/)
    .meta({ description: "from the mailed link" }),
};

export const readQuoteByLink = endpoint({
  does: "Read a quote by its mailed link. A link that was used, replaced or never made is told like one that does not exist.",
  method: "GET",
  path: "/api/v1/signing-links/:token",
  who: "anyone",
  perMinute: linkTriesPerMinute,
  input: z.strictObject(byLink),
  answer: z.object({
    title: z.string(),
    client: z.string(),
    member: z.string(),
    amount: MoneyJson,
    quote: z.string().meta({ description: "canonical JSON (RFC 8785)" }),
    hash: z.string().meta({ description: "SHA-256 of the quote, hexadecimal" }),
    signUntil: InstantJson,
    sentBackBecause: z.string().optional(),
    signer: z.object({ name: z.string(), email: z.string() }).meta({ description: "to whom the link was mailed" }),
    amendment: Amendment.optional().meta({ description: "absent: it is the first quote that is signed" }),
  }),
});

export const signByLink = endpoint({
  does: "Sign the quote one was shown, for the client to whose person the link was mailed. It shows that the address is theirs, opens no session, and uses the link up.",
  method: "POST",
  path: "/api/v1/signing-links/:token/signature",
  who: "anyone",
  status: 201,
  perMinute: linkTriesPerMinute,
  input: z.strictObject({ ...byLink, hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  answer: z.object({ state: z.enum(engagementStates) }),
  refusals: ["quote-differs", "promise-would-be-lost", "below-wage-floor", "below-a-day", "end-past"],
});

export const declineByLink = endpoint({
  does: "Decline the quote of a mailed link, which is then used up.",
  method: "POST",
  path: "/api/v1/signing-links/:token/refusal",
  who: "anyone",
  perMinute: linkTriesPerMinute,
  input: z.strictObject(byLink),
  answer: Nothing,
});
