// What can be asked about treaties with other coops.
import { z } from "zod";
import { treatyActs, proposalStates } from "../../governance/rules/proposal.ts";
import { MandateJson, TermsJson } from "../../governance/api/terms.ts";
import { IdText, InstantJson, Line, Nothing, Text } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { languages } from "../../platform/page.ts";
import { neighbourStates, officers } from "../rules/neighbour.ts";
import { modes, treatyOfficerVerbs, treatyStates } from "../rules/treaty.ts";

const host = { host: IdText };
const Reason = Text(2_000, 3).meta({ description: "why, for everybody to read" });
const HashText = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ description: "SHA-256 of the terms in canonical JSON, hexadecimal" });

const ofSister = {
  host: IdText,
  origin: z.string(),
  name: z.string(),
  mode: z.enum(modes),
  reason: z.string().optional().meta({ description: "why it rests, ended or was refused" }),
  since: InstantJson,
};

const DraftTold = z.object({
  draft: z.int(),
  ours: z.boolean().meta({ description: "whether we wrote it" }),
  terms: TermsJson,
  hash: HashText,
  at: InstantJson,
});

const TreatyTold = z.object({
  id: IdText,
  state: z.enum(treatyStates),
  ours: z.boolean().meta({ description: "whether we offered it" }),
  draft: z.int().meta({ description: "the number of the terms on the table" }),
  terms: TermsJson,
  hash: HashText,
  mandate: MandateJson.optional(),
  iri: z.string().optional().meta({ description: "where the agreement stands" }),
  reason: z.string().optional(),
  since: InstantJson,
  drafts: z.array(DraftTold).meta({ description: "every text that lay on the table, the first one first" }),
});

export const listSisters = endpoint({
  does: "List the coops we have to do with: those whose board we read, those with a treaty on its way, in force or over, with the reason where it rests or ended.",
  method: "GET",
  path: "/api/v1/sisters",
  who: "anyone",
  input: z.strictObject({}),
  answer: z.object({ items: z.array(z.object(ofSister)) }),
});

export const readSister = endpoint({
  does: "Show a coop: what is shared with it, the treaty with its terms and every draft, the votes on it, and what the asker can do.",
  method: "GET",
  path: "/api/v1/sisters/:host",
  who: "anyone",
  input: z.strictObject(host),
  answer: z.object({
    ...ofSister,
    currencies: z.array(z.string()),
    following: z.enum(neighbourStates).optional(),
    treaty: TreatyTold.optional(),
    past: z.array(z.object({ id: IdText, state: z.enum(treatyStates), reason: z.string().optional(), since: InstantJson })),
    proposals: z.array(z.object({ id: IdText, title: z.string(), state: z.enum(proposalStates) })),
    acts: z.array(z.enum(treatyOfficerVerbs)).meta({ description: "what the asker can do as an officer" }),
    asks: z.array(z.enum(treatyActs)).meta({ description: "what the asker can put to the members" }),
    begin: z
      .object({ terms: TermsJson, mandate: MandateJson })
      .meta({ description: "terms to begin from: what the bylaws say, and how far officers could go" }),
  }),
});

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
  refusals: ["treaty-none", "not-in-this-state"],
});
