// What can be asked about other coops.
import { z } from "zod";
import { IdText, InstantJson, Nothing } from "../platform/api.ts";
import { endpoint } from "../platform/endpoint.ts";
import { misses, neighbourStates, officers } from "./rules/neighbour.ts";

/** A coop that we know of without a treaty. What an officer alone sees: the states before it is followed, and why it was not found. */
export const Neighbour = z.object({
  id: IdText,
  origin: z.string(),
  name: z.string().optional().meta({ description: "what it calls itself; absent until it answered" }),
  currencies: z.array(z.string()),
  state: z.enum(neighbourStates),
  why: z.enum(misses).optional(),
  since: InstantJson,
});

export const listNeighbours = endpoint({
  does: "List the coops whose public jobs stand in our search; for an officer also those that are asked, awaited or left.",
  method: "GET",
  path: "/api/v1/neighbours",
  who: "anyone",
  input: z.strictObject({}),
  answer: z.object({
    items: z.array(Neighbour),
    officer: z.boolean().meta({ description: "whether the asker may name, follow and leave them" }),
  }),
});

export const askNeighbour = endpoint({
  does: "Look whether a coop answers at an address. What it says of itself shows in the list within moments; nothing is followed yet.",
  method: "POST",
  path: "/api/v1/neighbours",
  who: officers,
  input: z.strictObject({ address: z.string().trim().min(1).max(253) }),
  answer: z.object({ id: IdText }),
  status: 201,
  refusals: ["neighbour-ourselves", "neighbour-address", "neighbour-known"],
});

export const followNeighbour = endpoint({
  does: "Follow a coop's public board: its open jobs then show in our search, to be read, with a way to the coop itself.",
  method: "POST",
  path: "/api/v1/neighbours/:neighbour/following",
  who: officers,
  input: z.strictObject({ neighbour: IdText }),
  answer: Nothing,
  refusals: ["not-in-this-state"],
});

export const leaveNeighbour = endpoint({
  does: "Follow a coop's board no more; its jobs leave our search.",
  method: "DELETE",
  path: "/api/v1/neighbours/:neighbour/following",
  who: officers,
  input: z.strictObject({ neighbour: IdText }),
  answer: Nothing,
  refusals: ["not-in-this-state"],
});
