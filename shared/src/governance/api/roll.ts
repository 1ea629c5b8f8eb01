// What can be asked about a roll before it is frozen: objections, and their answers.
import { z } from "zod";
import { IdText, InstantJson, Line, listOf, Nothing, Text } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { absences, changeReasons, objectionGrounds } from "../rules/objection.ts";
import { colleges } from "../rules/words.ts";

/** An objection as whoever raised it, whoever it is about and the board read it. */
export const ObjectionCard = z.object({
  id: IdText,
  by: z.string().meta({ description: "by name" }),
  about: z.string().meta({ description: "by name" }),
  ground: z.enum(objectionGrounds),
  college: z.enum(colleges).optional(),
  text: z.string(),
  at: InstantJson,
  answer: z.object({ upheld: z.boolean(), reason: z.string(), at: InstantJson }).optional(),
});

/** A roll as everybody reads it: numbers, never names. */
export const RollTold = z.object({
  colleges: z.array(z.object({ college: z.enum(colleges), announced: z.int(), opened: z.int().optional() })),
  changes: z.array(z.object({ reason: z.enum(changeReasons), people: z.int() })).meta({ description: "from the notice to the opening" }),
  objections: z.object({ waiting: z.int(), upheld: z.int(), rejected: z.int() }),
});

/** Where the reader stands on the roll that was announced, and how that changed. */
export const OwnEntry = {
  college: z.enum(colleges).optional(),
  absent: z.enum(absences).optional().meta({ description: "why one is not on the roll: before it opens, on the one that was announced" }),
  changed: z.enum(changeReasons).optional().meta({ description: "why one's entry is another one than was announced" }),
  objections: z.array(ObjectionCard).meta({ description: "one's own, and those about oneself" }),
};

export const objectToRoll = endpoint({
  does: "Object to the roll of a vote that is announced: about oneself, or about a member by name. The board answers.",
  method: "POST",
  path: "/api/v1/votes/:vote/objections",
  who: "person",
  status: 201,
  input: z.strictObject({
    vote: IdText,
    ground: z.enum(objectionGrounds),
    member: Line(80).exactOptional().meta({ description: "whose entry, by name; absent: one's own" }),
    college: z.enum(colleges).exactOptional().meta({ description: "where they belong; absent: among the members" }),
    text: Text(2_000, 1),
  }),
  answer: z.object({ id: IdText }),
  refusals: ["roll-frozen", "college-silent", "members-only", "member-unnamed", "objection-waits"],
});

export const listObjections = endpoint({
  does: "List what was objected to the roll of a vote, the oldest first.",
  method: "GET",
  path: "/api/v1/votes/:vote/objections",
  who: ["board"],
  input: z.strictObject({ vote: IdText }),
  answer: listOf(ObjectionCard),
});

export const answerObjection = endpoint({
  does: "Answer an objection to a roll, with a reason. What is upheld changes the entry when the vote opens.",
  method: "PUT",
  path: "/api/v1/objections/:objection/answer",
  who: ["board"],
  input: z.strictObject({ objection: IdText, upheld: z.boolean(), reason: Text(2_000, 1) }),
  answer: Nothing,
  refusals: ["roll-frozen", "objection-answered", "own-objection", "associate-needed"],
});
