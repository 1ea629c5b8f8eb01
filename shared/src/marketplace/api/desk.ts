// What an adviser asks of the desk: the members they follow with what is told about them, and engagements to take from the queue.
import { z } from "zod";
import { stages } from "../../membership/rules.ts";
import { DayJson, IdText, InstantJson, listOf, Nothing } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { alertKinds } from "../rules/desk.ts";

export const listPortfolio = endpoint({
  does: "List the members one follows, each with its alerts and what each alert is about.",
  method: "GET",
  path: "/api/v1/desk/portfolio",
  who: ["adviser"],
  input: z.strictObject({}),
  answer: listOf(
    z.object({
      member: IdText,
      name: z.string(),
      trade: z.string(),
      stage: z.enum(stages),
      branch: z.string(),
      from: InstantJson.meta({ description: "since when one follows them" }),
      note: z.string().optional().meta({ description: "of whoever handed them over" }),
      alerts: z.array(z.object({ kind: z.enum(alertKinds), on: DayJson, about: z.string().optional() })),
    }),
  ),
});

export const takeEngagement = endpoint({
  does: "Take a held-up engagement from the queue: for 30 minutes no other adviser answers it.",
  method: "POST",
  path: "/api/v1/engagements/:engagement/taking",
  who: ["adviser"],
  status: 201,
  input: z.strictObject({ engagement: IdText }),
  answer: z.object({ until: InstantJson }),
  refusals: ["own-engagement", "not-in-this-state", "engagement-taken"],
});

export const releaseEngagement = endpoint({
  does: "Give a taken engagement back to the queue.",
  method: "POST",
  path: "/api/v1/engagements/:engagement/release",
  who: ["adviser"],
  status: 201,
  input: z.strictObject({ engagement: IdText }),
  answer: Nothing,
});
