// What can be asked of choosing among bids.
import { z } from "zod";
import { IdText, Nothing } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { mostShortlisted } from "../rules/choosing.ts";

export const fixShortlist = endpoint({
  does: "Fix the shortlist of a job that hides names, once, when the time for bids is over: of the bids on it the names are shown from then on, and one of them is accepted.",
  method: "POST",
  path: "/api/v1/jobs/:job/shortlist",
  who: "client",
  status: 201,
  input: z.strictObject({ job: IdText, bids: z.array(IdText).min(1).max(mostShortlisted) }),
  answer: Nothing,
  refusals: ["poster-needed", "job-not-blind", "shortlist-fixed", "shortlist-not-of-bids", "not-in-this-state"],
});
