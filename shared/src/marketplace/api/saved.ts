// What can be asked about saved searches: kept as the address of the page, with a rhythm of letters, and ended with one click.
import { z } from "zod";
import { CountJson, IdText, InstantJson, Line, listOf, Nothing } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { rhythms, searchStates } from "../rules/saved-search.ts";

const Query = z.string().max(2_000).meta({ description: "what stands after the question mark of the search page" });

export const saveSearch = endpoint({
  does: "Keep a search: a letter says when a job opens that it finds.",
  method: "POST",
  path: "/api/v1/searches",
  who: "person",
  status: 201,
  input: z.strictObject({ name: Line(80), query: Query, rhythm: z.enum(rhythms) }),
  answer: z.object({ id: IdText }),
  refusals: ["too-many-searches"],
});

export const listSearches = endpoint({
  does: "List one's own searches that are not ended, the newest first.",
  method: "GET",
  path: "/api/v1/searches",
  who: "person",
  input: z.strictObject({}),
  answer: listOf(
    z.object({
      id: IdText,
      name: z.string(),
      query: z.string(),
      rhythm: z.enum(rhythms),
      state: z.enum(searchStates),
      found: CountJson.meta({ description: "jobs found so far" }),
      savedAt: InstantJson,
    }),
  ),
});

export const changeSearch = endpoint({
  does: "Set how often the letters of a search come, and whether they come at all.",
  method: "PUT",
  path: "/api/v1/searches/:search",
  who: "person",
  input: z.strictObject({ search: IdText, rhythm: z.enum(rhythms), state: z.enum(["on", "paused"]) }),
  answer: Nothing,
});

export const endSearch = endpoint({
  does: "End a search; it finds nothing any more.",
  method: "POST",
  path: "/api/v1/searches/:search/ending",
  who: "person",
  input: z.strictObject({ search: IdText }),
  answer: Nothing,
});

export const endSearchByLetter = endpoint({
  does: "End a search with the token of its letters, without signing in. A token that is nobody's ends nothing and is told like any other.",
  method: "POST",
  path: "/api/v1/search-endings",
  who: "anyone",
  perMinute: 30,
  input: z.strictObject({ token: z.string().max(100) }),
  answer: Nothing,
});
