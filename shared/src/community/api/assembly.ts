// What can be read of an assembly as it stands.
import { z } from "zod";
import { IdText, InstantJson } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { outcomes, voteStates } from "../../governance/rules/vote.ts";
import { itemKinds, itemStates } from "../rules/agenda.ts";
import { ways } from "../rules/assembly.ts";
import { gatheringStates } from "../rules/gathering.ts";
import { ofGathering } from "./gathering.ts";

const Present = z.object({ person: IdText, name: z.string(), way: z.enum(ways), from: InstantJson });

export const readAssembly = endpoint({
  does: "Show an assembly as it stands: its agenda and what is open of it; for members also who is there.",
  method: "GET",
  path: "/api/v1/gatherings/:gathering/assembly",
  who: "anyone",
  input: z.strictObject(ofGathering),
  answer: z.object({
    state: z.enum(gatheringStates),
    chair: z.string().meta({ description: "by name" }),
    tellers: z.array(z.string()),
    seed: z.string().optional().meta({ description: "what the tellers were drawn with, in hex" }),
    openedAt: InstantJson.optional(),
    closedAt: InstantJson.optional(),
    room: z.int().meta({ description: "how many are in the room" }),
    online: z.int(),
    present: z.array(Present).optional(),
    items: z.array(
      z.object({
        id: IdText,
        kind: z.enum(itemKinds),
        title: z.string(),
        text: z.string(),
        state: z.enum(itemStates),
        note: z.string().optional(),
        proposal: IdText.optional(),
        vote: z
          .object({
            id: IdText,
            state: z.enum(voteStates),
            outcome: z.enum(outcomes).optional(),
            papers: z
              .object({ round: z.int(), entered: z.int(), agreed: z.boolean(), mine: z.boolean() })
              .optional()
              .meta({ description: "on paper: the round of counting, how many tellers have entered in it, and whether I have" }),
          })
          .optional(),
      }),
    ),
    minutes: z.boolean().meta({ description: "whether there are minutes" }),
    mine: z
      .object({
        way: z.enum(ways).optional(),
        isChair: z.boolean(),
        isTeller: z.boolean(),
        mayAttend: z.boolean(),
        verbs: z.array(z.string()),
      })
      .optional()
      .meta({ description: "absent for visitors" }),
  }),
});
