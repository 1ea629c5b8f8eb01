// What can be read of minutes.
import { z } from "zod";
import { IdText, InstantJson } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { minutesStates, signedParts } from "../rules/minutes.ts";
import { ofGathering } from "./gathering.ts";

export const readMinutes = endpoint({
  does: "Show the minutes of an assembly, who signed them, and what was added; to members and whoever signs them.",
  method: "GET",
  path: "/api/v1/gatherings/:gathering/minutes",
  who: "person",
  input: z.strictObject(ofGathering),
  answer: z.object({
    state: z.enum(minutesStates),
    zone: z.string(),
    text: z.string().meta({ description: "canonical JSON (RFC 8785); its SHA-256 is `hash`" }),
    hash: z.string(),
    signatures: z.array(z.object({ name: z.string(), part: z.enum(signedParts), at: InstantJson.optional() })),
    addenda: z.array(z.object({ id: IdText, name: z.string(), text: z.string(), at: InstantJson })),
    mine: z.object({ maySign: z.boolean(), mayAdd: z.boolean() }),
  }),
});
