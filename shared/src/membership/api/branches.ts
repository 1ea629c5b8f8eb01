// What can be asked of branches: which there are, and who is in which.
import { z } from "zod";
import { DayJson, DayText, IdText, Line, listOf, Nothing } from "../../platform/api.ts";
import { CountryCode, RegionCode } from "../../platform/api/calendar.ts";
import { endpoint } from "../../platform/endpoint.ts";

const Region = RegionCode.exactOptional().meta({
  description: "whose days of rest are its members', beside the country's, as `GET /calendars` lists them; absent: the country's alone",
});

export const listBranches = endpoint({
  does: "List the branches of the coop, closed ones as well, in the order they were opened: the first is the coop itself.",
  method: "GET",
  path: "/api/v1/branches",
  who: "anyone",
  input: z.strictObject({}),
  answer: listOf(
    z.object({
      id: IdText,
      parent: IdText.optional(),
      name: z.string(),
      country: z.string(),
      region: z
        .string()
        .optional()
        .meta({ description: "whose days of rest are its members', beside the country's; absent: the country's alone" }),
      openedOn: DayJson,
      closedOn: DayJson.optional(),
      members: z.int().meta({ description: "how many are in it today" }),
    }),
  ),
  mayLag: true,
});

export const openBranch = endpoint({
  does: "Open a branch under another.",
  method: "POST",
  path: "/api/v1/branches",
  who: ["board"],
  status: 201,
  input: z.strictObject({ parent: IdText, name: Line(80), country: CountryCode, region: Region }),
  answer: z.object({ id: IdText }),
  refusals: ["branch-closed", "branch-name-taken", "region-without-calendar"],
});

export const setBranchRegion = endpoint({
  does: "Have the members of a branch rest on the days of a region of its country, or on the country's alone. What was promised before keeps its day.",
  method: "POST",
  path: "/api/v1/branches/:branch/region",
  who: ["board"],
  input: z.strictObject({ branch: IdText, region: Region }),
  answer: Nothing,
  refusals: ["branch-closed", "region-without-calendar"],
});

export const renameBranch = endpoint({
  does: "Give a branch another name.",
  method: "POST",
  path: "/api/v1/branches/:branch/name",
  who: ["board"],
  input: z.strictObject({ branch: IdText, name: Line(80) }),
  answer: Nothing,
  refusals: ["branch-closed", "branch-name-taken"],
});

export const closeBranch = endpoint({
  does: "Close a branch in which nobody is, now or by a move to come, and under which none is open.",
  method: "POST",
  path: "/api/v1/branches/:branch/closing",
  who: ["board"],
  input: z.strictObject({ branch: IdText }),
  answer: Nothing,
  refusals: ["branch-closed", "branch-is-root", "branch-not-empty"],
});

export const moveMember = endpoint({
  does: "Move a member to a branch from a day on. Moves planned for that day or later give way to it.",
  method: "POST",
  path: "/api/v1/members/:member/branch-moves",
  who: ["board"],
  status: 201,
  input: z.strictObject({ member: IdText, branch: IdText, from: DayText }),
  answer: Nothing,
  refusals: ["day-past", "branch-closed", "branch-same", "not-in-this-state"],
});
