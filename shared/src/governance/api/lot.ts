// What can be asked about the lot a panel is drawn by: everything somebody needs to draw it again.
import { z } from "zod";
import { IdText, InstantJson, Nothing } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { drawStates } from "../rules/draw.ts";

const ofLot = { lot: IdText };
const Hex32 = z.string().regex(/^[0-9a-f]{64}$/, "32 bytes in hex");

export const readLot = endpoint({
  does: "Show a lot: the pool without names, who gave which seed, and the order drawn from them.",
  method: "GET",
  path: "/api/v1/lots/:lot",
  who: "anyone",
  input: z.strictObject(ofLot),
  answer: z.object({
    id: IdText,
    panel: IdText,
    title: z.string().meta({ description: "of the proposal it is about" }),
    state: z.enum(drawStates),
    attempt: z.int().meta({ description: "above one: a seed was withheld before" }),
    wanted: z.int().meta({ description: "how many are drawn" }),
    until: InstantJson.optional().meta({ description: "when this state ends by the clock" }),
    poolRoot: z.string().meta({ description: "Merkle root (RFC 6962) over the entries in ascending order" }),
    pool: z.array(z.string()).meta({ description: "an entry for each who can be drawn, ascending" }),
    parties: z.array(
      z.object({
        party: z.string(),
        name: z.string().optional().meta({ description: "absent for the server" }),
        hash: z.string(),
        seed: z.string().optional(),
      }),
    ),
    seed: z.string().optional().meta({ description: "SHA-256 over the seeds in the order of the parties' names" }),
    drawn: z.array(z.string()).meta({ description: "the first of the order" }),
    mine: z.object({
      entry: z.string().optional().meta({ description: "one's own in the pool" }),
      verbs: z.array(z.string()),
    }),
  }),
});

export const commitSeed = endpoint({
  does: "Give a seed to a lot by the hash of it, as one of the board; it is shown later.",
  method: "PUT",
  path: "/api/v1/lots/:lot/commitment",
  who: ["board"],
  input: z.strictObject({ ...ofLot, hash: Hex32 }),
  answer: z.object({ until: InstantJson }),
  refusals: ["seed-given", "party-left-out", "not-in-this-state"],
});

export const revealSeed = endpoint({
  does: "Show the seed one gave. With the last one the lot is drawn.",
  method: "PUT",
  path: "/api/v1/lots/:lot/seed",
  who: "person",
  input: z.strictObject({ ...ofLot, seed: Hex32 }),
  answer: Nothing,
  refusals: ["party-needed", "seed-unlike", "not-in-this-state"],
});
