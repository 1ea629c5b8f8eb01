// What people of ours can do about a treaty: ask the members, and as an officer move it as far as members let them.
import { z } from "zod";
import { MandateJson, TermsJson } from "../../governance/api/terms.ts";
import { treatyActs } from "../../governance/rules/terms.ts";
import { IdText, Line, Nothing, Text } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { languages } from "../../platform/page.ts";
import { officers } from "../rules/neighbour.ts";
import { HashText } from "./sisters.ts";

const host = { host: IdText };
const Reason = Text(2_000, 3).meta({ description: "why, for everybody to read" });

export const proposeTreaty = endpoint({
  does: "Begin a proposal about a treaty: to offer these terms, to say yes to those on the table, or to end what is in force.",
  method: "POST",
  path: "/api/v1/sisters/:host/proposals",
  who: "member",
  status: 201,
  input: z.strictObject({
    ...host,
    act: z.enum(treatyActs),
    title: Line(120, 3),
    text: Text(20_000, 1),
    language: z.enum(languages),
    inAssembly: z.boolean().default(false).meta({ description: "whether it waits, for some time, to be voted in an assembly" }),
    terms: TermsJson.exactOptional(),
    mandate: MandateJson.exactOptional(),
    hash: HashText.exactOptional().meta({ description: "of the other coop's terms, as the writer read them" }),
  }),
  answer: z.object({ id: IdText }),
  refusals: [
    "associates-only",
    "treaty-stands",
    "treaty-not-in-force",
    "treaty-terms-needed",
    "treaty-terms-theirs",
    "treaty-changed",
    "treaty-currency",
    "treaty-limits",
    "treaty-exposure",
    "treaty-over",
    "treaty-too-long",
    "treaty-mandate",
  ],
});

export const redraftTreaty = endpoint({
  does: "Lay other terms on the table in place of those we offered, as far as the members let their officers go.",
  method: "POST",
  path: "/api/v1/sisters/:host/drafts",
  who: officers,
  input: z.strictObject({ ...host, terms: TermsJson }),
  answer: z.object({ draft: z.int() }),
  refusals: ["treaty-none", "not-in-this-state", "treaty-outside-mandate", "treaty-over"],
});

export const wishTreaty = endpoint({
  does: "Tell a coop that offered a treaty which terms we would rather have. It binds nobody.",
  method: "POST",
  path: "/api/v1/sisters/:host/wishes",
  who: officers,
  input: z.strictObject({ ...host, terms: TermsJson }),
  answer: z.object({ draft: z.int() }),
  refusals: ["treaty-none", "not-in-this-state", "treaty-currency", "treaty-limits", "treaty-exposure", "treaty-over", "treaty-too-long"],
});

export const refuseTreaty = endpoint({
  does: "Refuse what a coop offers, unless the members have it before them.",
  method: "POST",
  path: "/api/v1/sisters/:host/refusal",
  who: officers,
  input: z.strictObject({ ...host, reason: Reason }),
  answer: Nothing,
  refusals: ["treaty-none", "not-in-this-state", "treaty-with-members"],
});

export const withdrawTreaty = endpoint({
  does: "Take back what we offered, as long as the other coop has not said yes.",
  method: "POST",
  path: "/api/v1/sisters/:host/withdrawal",
  who: officers,
  input: z.strictObject({ ...host, reason: Reason }),
  answer: Nothing,
  refusals: ["treaty-none", "not-in-this-state"],
});

export const pauseTreaty = endpoint({
  does: "Let a treaty rest: no new jobs and bids pass, what runs goes on.",
  method: "POST",
  path: "/api/v1/sisters/:host/pause",
  who: officers,
  input: z.strictObject({ ...host, reason: Reason }),
  answer: Nothing,
  refusals: ["treaty-none", "not-in-this-state"],
});

export const resumeTreaty = endpoint({
  does: "End the rest of a treaty: new jobs and bids pass again.",
  method: "POST",
  path: "/api/v1/sisters/:host/resumption",
  who: officers,
  input: z.strictObject({ ...host, reason: Reason }),
  answer: Nothing,
  refusals: ["treaty-none", "not-in-this-state", "host-blocked"],
});
