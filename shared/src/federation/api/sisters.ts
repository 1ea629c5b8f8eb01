// What can be read about coops and the treaties with them.
import { z } from "zod";
import { proposalStates } from "../../governance/rules/proposal.ts";
import { treatyActs } from "../../governance/rules/terms.ts";
import { MandateJson, TermsJson } from "../../governance/api/terms.ts";
import { IdText, InstantJson } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { neighbourStates } from "../rules/neighbour.ts";
import { findings } from "../rules/witness.ts";
import { modes, treatyOfficerVerbs, treatyStates } from "../rules/treaty.ts";

export const HashText = z
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

const HeadFound = z.object({
  size: z.int().meta({ description: "seals that the head is over" }),
  root: z.string(),
  finding: z.enum(findings),
  at: InstantJson,
  jws: z.string().meta({ description: "the head as it was signed: `verify ledger --head` compares a book with it" }),
});

/** The newest heads of two books, each as the other coop found it; the one that it could not have grown into where there is one. */
export const Witnessed = z.object({
  ours: HeadFound.optional().meta({ description: "our head, which they keep" }),
  theirs: HeadFound.optional().meta({ description: "their head, which we keep" }),
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
  input: z.strictObject({ host: IdText }),
  answer: z.object({
    ...ofSister,
    currencies: z.array(z.string()),
    following: z.enum(neighbourStates).optional(),
    treaty: TreatyTold.optional(),
    witnessed: Witnessed,
    past: z.array(z.object({ id: IdText, state: z.enum(treatyStates), reason: z.string().optional(), since: InstantJson })),
    proposals: z.array(z.object({ id: IdText, title: z.string(), state: z.enum(proposalStates) })),
    officer: z.boolean().meta({ description: "whether the asker speaks for us to other coops" }),
    acts: z.array(z.enum(treatyOfficerVerbs)).meta({ description: "what the asker can do as an officer" }),
    asks: z.array(z.enum(treatyActs)).meta({ description: "what the asker can put to the members" }),
    begin: z
      .object({ terms: TermsJson, mandate: MandateJson })
      .meta({ description: "terms to begin from: what the bylaws say, and how far officers could go" }),
  }),
});
