// What can be asked about how members take part: who came, how often one is asked, and what waits for a day.
import { z } from "zod";
import { IdText, InstantJson } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { splits } from "../rules/participation.ts";

const Came = {
  roll: z.int().meta({ description: "entries of the rolls" }),
  came: z.int().meta({ description: "of them, those who cast" }),
};

export const readParticipation = endpoint({
  does: "Show who takes part: the turnout of the newest counts, as a whole and by groups of twenty people at least, how many votes open this month, and which proposals wait for a day.",
  method: "GET",
  path: "/api/v1/participation",
  who: "anyone",
  input: z.strictObject({}),
  answer: z.object({
    votes: z.array(z.object({ id: IdText, title: z.string(), closedAt: InstantJson, ...Came })),
    whole: z.object(Came),
    splits: z
      .array(
        z.object({
          by: z.enum(splits),
          groups: z.array(z.object({ part: z.string(), ...Came })),
          rest: z.object(Came).optional().meta({ description: "the others together" }),
        }),
      )
      .meta({ description: "a split in which nobody can be told apart from the others is left out" }),
    openThisMonth: z.int(),
    mostAMonth: z.int(),
    line: z.array(z.object({ proposal: IdText, title: z.string(), place: z.int(), opensAt: InstantJson })).meta({
      description: "admitted proposals in the order in which they get a day, with the earliest they may expect",
    }),
  }),
  mayLag: true,
});
