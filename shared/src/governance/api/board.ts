// What can be asked about the board: who sits on it, until when, what is vacant, and when the next election is called.
import { z } from "zod";
import { DayJson, DayText, IdText, InstantJson, Nothing } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { colleges } from "../rules/words.ts";

/** `held`: for the term that runs. `heldOver`: the term is over, and no election has filled the seat yet. `elected`: they sit down when it begins. */
export const seatStates = ["held", "heldOver", "elected"] as const;

export const readBoard = endpoint({
  does: "Show the board: its seats, college by college, who sits on them until when, what is vacant, and when the next election is called.",
  method: "GET",
  path: "/api/v1/board",
  who: "anyone",
  input: z.strictObject({}),
  answer: z.object({
    seats: z.array(
      z.object({
        id: IdText,
        name: z.string(),
        college: z.enum(colleges),
        vote: IdText.meta({ description: "the vote by whose ballots they sit" }),
        from: DayJson.meta({ description: "the first day of the term" }),
        until: InstantJson,
        state: z.enum(seatStates),
        leavesOn: DayJson.exactOptional().meta({ description: "their last day, where they resign" }),
        mine: z.boolean(),
      }),
    ),
    colleges: z.array(
      z.object({
        college: z.enum(colleges),
        seats: z.int().meta({ description: "as the bylaw says" }),
        vacant: z.int(),
        toFill: z.int().meta({ description: "how many seats an election that is asked for today fills" }),
        election: IdText.exactOptional().meta({ description: "the election of its seats that is under way" }),
        callsOn: DayJson.exactOptional().meta({ description: "when the clock calls the next one, where nobody asks for it before" }),
      }),
    ),
    founders: z.array(z.string()).meta({ description: "who sits without a vote, until members have elected a board" }),
  }),
  mayLag: true,
});

export const resignSeat = endpoint({
  does: "Resign from the board, with one’s last day on it; the others are told. Said again, the new day counts.",
  method: "PUT",
  path: "/api/v1/seats/:seat/resignation",
  who: "person",
  input: z.strictObject({ seat: IdText, day: DayText }),
  answer: Nothing,
  refusals: ["resignation-day", "last-seat"],
});
