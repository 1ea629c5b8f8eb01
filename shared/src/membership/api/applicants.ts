// What members can ask about those who applied and agreed to be shown.
import { z } from "zod";
import { IdText, listOf } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";

export const listPresented = endpoint({
  does: "List who applied, is not admitted, and shows the members some words on themselves, by name.",
  method: "GET",
  path: "/api/v1/applicants",
  who: "member",
  input: z.strictObject({}),
  answer: listOf(z.object({ id: IdText, name: z.string(), words: z.string(), refused: z.boolean() })),
});
