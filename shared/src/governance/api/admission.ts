// What an applicant can ask of the members: to be read, and to be let in where the board said no.
import { z } from "zod";
import { IdText, Line, Nothing, Text } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { languages } from "../../platform/page.ts";

export const presentMyself = endpoint({
  does: "Show the members some words on oneself; with them any associate may propose one's admission, on a page that anyone may read.",
  method: "PUT",
  path: "/api/v1/me/application/words",
  who: "person",
  input: z.strictObject({ text: Text(4_000, 1) }),
  answer: Nothing,
  refusals: ["not-in-this-state", "admission-asked"],
});

export const stopPresenting = endpoint({
  does: "Show the members nothing of oneself any more.",
  method: "DELETE",
  path: "/api/v1/me/application/words",
  who: "person",
  input: z.strictObject({}),
  answer: Nothing,
  refusals: ["not-in-this-state", "admission-asked"],
});

export const appealToMembers = endpoint({
  does: "Ask the members to be let in where the board refused: a proposal under one's name, for which enough associates put theirs.",
  method: "POST",
  path: "/api/v1/me/application/appeal",
  who: "person",
  status: 201,
  input: z.strictObject({ title: Line(120, 3), text: Text(4_000, 1), language: z.enum(languages) }),
  answer: z.object({ id: IdText }),
  refusals: ["not-in-this-state", "admission-asked"],
});

export const takeAppealBack = endpoint({
  does: "Take back one's appeal to the members, until its words are fixed.",
  method: "DELETE",
  path: "/api/v1/me/application/appeal",
  who: "person",
  input: z.strictObject({}),
  answer: Nothing,
  refusals: ["not-in-this-state"],
});
