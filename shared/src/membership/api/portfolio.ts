// What can be asked of portfolios: who advises, and who follows whom.
import { z } from "zod";
import { IdText, listOf, Nothing, Text } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";

export const listAdvisers = endpoint({
  does: "List the advisers, for whoever names one to a member.",
  method: "GET",
  path: "/api/v1/advisers",
  who: ["board", "adviser"],
  input: z.strictObject({}),
  answer: listOf(z.object({ id: IdText, name: z.string() })),
});

export const nameAdviser = endpoint({
  does: "Name the adviser who follows a member: the board any, an adviser the next one for a member of their own, with a note.",
  method: "POST",
  path: "/api/v1/members/:member/advisers",
  who: ["board", "adviser"],
  status: 201,
  input: z.strictObject({ member: IdText, adviser: IdText, note: Text(4_000, 1).optional() }),
  answer: Nothing,
  refusals: ["other-portfolio", "no-adviser", "own-adviser", "adviser-already", "note-missing", "not-in-this-state"],
});
