// What can be asked of a demo alone: who lives there, and to walk in as one of them. Any other coop answers that there is no such thing.
import { z } from "zod";
import { roles } from "../../platform/actor.ts";
import { IdText, listOf, Nothing } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { stages } from "../rules.ts";

export const listDemoPeople = endpoint({
  does: "List the people of a demo whom anyone may walk in as.",
  method: "GET",
  path: "/api/v1/demo/people",
  who: "anyone",
  input: z.strictObject({}),
  answer: listOf(
    z.object({
      id: IdText,
      name: z.string(),
      roles: z.array(z.enum(roles)),
      stage: z.enum(stages).optional(),
      buysFor: z.string().optional().meta({ description: "the organisation they buy for" }),
    }),
  ),
});

export const enterDemo = endpoint({
  does: "Walk into a demo as one of its people: no code, no passkey, and their word counts as a fresh proof.",
  method: "POST",
  path: "/api/v1/demo/sessions",
  who: "anyone",
  status: 201,
  session: "opens",
  input: z.strictObject({ person: IdText }),
  answer: Nothing,
});
