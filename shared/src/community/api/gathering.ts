// What can be asked about gatherings: call one, change it, say whether one comes.
import { z } from "zod";
import { ClockText, CountJson, IdText, InstantJson, Line, listOf, Nothing, pageOfList, Text, ZoneName } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { languages } from "../../platform/page.ts";
import { answerStates, mostGuests, sayings } from "../rules/answer.ts";
import { gatheringKinds, gatheringStates } from "../rules/gathering.ts";

export const ofGathering = { gathering: IdText };
const Link = z
  .url({ protocol: /^https$/ })
  .max(400)
  .meta({ description: "https; told to those who come" });

/** What a gathering says of itself. */
export const words = {
  title: Line(120, 3),
  text: Text(10_000, 1),
  language: z.enum(languages),
  zone: ZoneName.meta({ description: "by whose clocks it begins and ends" }),
  begins: ClockText,
  ends: ClockText,
  place: Line(200, 3).exactOptional(),
  link: Link.exactOptional(),
  access: Text(2_000).default("").meta({ description: "steps, doors, signing, what to bring" }),
  capacity: z.int().min(1).max(100_000).exactOptional(),
};

export const GatheringCard = z.object({
  id: IdText,
  kind: z.enum(gatheringKinds),
  title: z.string(),
  language: z.enum(languages),
  state: z.enum(gatheringStates),
  from: InstantJson,
  until: InstantJson,
  zone: z.string(),
  place: z.string().optional(),
  online: z.boolean(),
  capacity: z.int().optional(),
  free: z.int().optional().meta({ description: "places left, where they are counted" }),
  calledBy: z.string().meta({ description: "by name" }),
});

export const listGatherings = endpoint({
  does: "List gatherings: those that are coming, the next one first, or those that were, the last one first.",
  method: "GET",
  path: "/api/v1/gatherings",
  who: "anyone",
  input: z.strictObject({ ...pageOfList, when: z.enum(["coming", "past"]).default("coming") }),
  answer: listOf(GatheringCard),
  mayLag: true,
});

const Mine = z.object({
  state: z.enum(answerStates).optional(),
  guests: z.int(),
  offeredUntil: InstantJson.optional(),
  ahead: z.int().optional().meta({ description: "how many wait before one" }),
  mayAnswer: z.boolean(),
  verbs: z.array(z.string()).meta({ description: "what else one may do with it" }),
});

export const GatheringPage = GatheringCard.extend({
  text: z.string(),
  html: z.string(),
  access: z.string(),
  begins: z.string().meta({ description: "as the clocks of its zone show it" }),
  ends: z.string(),
  link: z.string().optional().meta({ description: "for those who come, and whoever called it" }),
  cancelledBecause: z.string().optional(),
  version: CountJson,
  going: z.int().meta({ description: "people, their guests counted" }),
  maybe: z.int(),
  waiting: z.int(),
  coming: z
    .array(z.object({ name: z.string(), guests: z.int() }))
    .optional()
    .meta({ description: "the first 200 by name, for members" }),
  mine: Mine.optional().meta({ description: "absent for visitors" }),
});

export const readGathering = endpoint({
  does: "Show a gathering: when and where, and for whoever is signed in whether they come.",
  method: "GET",
  path: "/api/v1/gatherings/:gathering",
  who: "anyone",
  input: z.strictObject(ofGathering),
  answer: GatheringPage,
});

/** Why an hour or a place does not do. */
export const wrong = ["gathering-in-the-past", "gathering-ends-first", "gathering-nowhere", "no-such-hour"] as const;

export const callGathering = endpoint({
  does: "Call a gathering that everybody may come to.",
  method: "POST",
  path: "/api/v1/gatherings",
  who: "member",
  status: 201,
  input: z.strictObject(words),
  answer: z.object({ id: IdText }),
  refusals: ["gathering-needs-membership", ...wrong],
});

export const changeGathering = endpoint({
  does: "Change a gathering one called; whoever comes is told when its hour or place moved.",
  method: "PUT",
  path: "/api/v1/gatherings/:gathering",
  who: "member",
  input: z.strictObject({ ...ofGathering, ...words, version: CountJson }),
  answer: z.object({ version: CountJson }),
  refusals: ["caller-only", "assembly-stands", "not-in-this-state", "gathering-begun", "gathering-changed", "places-promised", ...wrong],
});

export const cancelGathering = endpoint({
  does: "Cancel a gathering and say why; everybody who said they come, perhaps or in line, is told.",
  method: "POST",
  path: "/api/v1/gatherings/:gathering/cancellation",
  who: "person",
  input: z.strictObject({ ...ofGathering, because: Line(400, 3) }),
  answer: Nothing,
  refusals: ["caller-only", "not-in-this-state", "gathering-begun"],
});

export const answerGathering = endpoint({
  does: "Say whether one comes, and with how many guests. Where no place is left one stands in line, and a freed place is kept for a day.",
  method: "PUT",
  path: "/api/v1/gatherings/:gathering/answer",
  who: "person",
  input: z.strictObject({ ...ofGathering, said: z.enum(sayings), guests: z.int().min(0).max(mostGuests).default(0) }),
  answer: z.object({ state: z.enum(answerStates) }),
  refusals: ["gathering-off", "answers-over", "members-attend", "members-come-alone", "party-too-large", "places-too-few"],
});
